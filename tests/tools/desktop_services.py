"""A desktop's notification daemon and tray, as far as a program sees them on the session bus.

    /usr/bin/python3 desktop_services.py LOG

Each event is a line of JSON in LOG; commands come as lines on standard input:
    act ID KEY      somebody presses a notification's button
    click LABEL     somebody chooses a row of the tray's menu
    menu            write the labels of the tray's menu to LOG
    leave           the tray goes away
It ends with its standard input.
"""

import json
import sys
import threading

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NOTIFICATIONS = """
<node><interface name="org.freedesktop.Notifications">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>"""
WATCHER = """
<node><interface name="org.kde.StatusNotifierWatcher">
  <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
  <method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
  <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
  <property name="ProtocolVersion" type="i" access="read"/>
  <signal name="StatusNotifierHostRegistered"/>
</interface></node>"""
WATCHER_NAME = "org.kde.StatusNotifierWatcher"


class Desktop:
    """Both services on one connection."""

    def __init__(self, log):
        self.log = open(log, "a", encoding="utf-8")
        self.shown = 0
        self.items = []
        self.loop = GLib.MainLoop()
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.serve("/org/freedesktop/Notifications", NOTIFICATIONS)
        self.serve("/StatusNotifierWatcher", WATCHER)
        for name in ("org.freedesktop.Notifications", WATCHER_NAME):
            self.ask("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "RequestName", "(su)", (name, 4))
        self.say(ready=True)

    def serve(self, path, xml):
        interface = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
        self.bus.register_object(path, interface, self.called, self.read, None)

    def say(self, **event):
        self.log.write(json.dumps(event) + "\n")
        self.log.flush()

    def called(self, _bus, sender, _path, _interface, method, parameters, call):
        given = parameters.unpack()
        if method == "Notify":
            self.shown += 1
            self.say(notify=self.shown, app=given[0], summary=given[3], body=given[4], actions=given[5])
            call.return_value(GLib.Variant("(u)", (self.shown,)))
            return
        if method == "RegisterStatusNotifierItem":
            service = given[0] if not given[0].startswith("/") else sender
            self.items.append(service)
            self.say(item=service)
        call.return_value(None)

    def read(self, _bus, _sender, _path, _interface, name):
        values = {
            "RegisteredStatusNotifierItems": GLib.Variant("as", self.items),
            "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
            "ProtocolVersion": GLib.Variant("i", 0),
        }
        return values[name]

    def ask(self, name, path, interface, method, signature, given):
        given = GLib.Variant(signature, given)
        return self.bus.call_sync(name, path, interface, method, given, None, 0, 10_000, None).unpack()

    def rows(self):
        """Every row of the menu with its number, those that open to the side before what is in them."""
        item = self.items[-1]
        given = ("org.kde.StatusNotifierItem", "Menu")
        path = self.ask(item, "/StatusNotifierItem", "org.freedesktop.DBus.Properties", "Get", "(ss)", given)[0]
        layout = self.ask(item, path, "com.canonical.dbusmenu", "GetLayout", "(iias)", (0, -1, []))[1]
        found = []

        def walk(node):
            number, properties, below = node
            found.append((number, properties.get("label", "")))
            for row in below:
                walk(row)

        walk(layout)
        return item, path, found

    def command(self, line):
        word, _, rest = line.strip().partition(" ")
        if word == "act":
            number, key = rest.split(" ")
            given = GLib.Variant("(us)", (int(number), key))
            path, interface = "/org/freedesktop/Notifications", "org.freedesktop.Notifications"
            self.bus.emit_signal(None, path, interface, "ActionInvoked", given)
        elif word == "menu":
            self.say(menu=[label for _, label in self.rows()[2] if label])
        elif word == "click":
            item, path, rows = self.rows()
            number = next(number for number, label in rows if label == rest)
            given = (number, "clicked", GLib.Variant("i", 0), 0)
            self.ask(item, path, "com.canonical.dbusmenu", "Event", "(isvu)", given)
        elif word == "leave":
            self.ask("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "ReleaseName", "(s)", (WATCHER_NAME,))
        self.say(done=line.strip())
        return False

    def listen(self):
        for line in sys.stdin:
            GLib.idle_add(self.command, line)
        GLib.idle_add(self.loop.quit)


desktop = Desktop(sys.argv[1])
threading.Thread(target=desktop.listen, daemon=True).start()
desktop.loop.run()
