"""A running Poolkey window: what a screen reader sees of it, the keyboard, and pictures.

Widgets are found by role and label through AT-SPI. Every wait has an end, and a wait that ends
badly shows the whole tree.
"""

import os
import re
import subprocess
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

LONGEST = 20.0


class Failed(Exception):
    """Something is not as it should be; the text says what."""


def copied_elsewhere(text):
    """Puts a text into the clipboard as another program does: that one hands it out until somebody else copies."""
    subprocess.run(["xclip", "-i", "-selection", "clipboard"], input=text, text=True, check=True, timeout=LONGEST)


class Node:
    """One widget as the accessibility tree tells it: where it is, its role and name; `whole` asks for the rest."""

    def __init__(self, accessible, depth):
        self.accessible = accessible
        self.depth = depth
        self.role = accessible.get_role_name()
        self.name = accessible.get_name() or ""

    def whole(self):
        """This widget with all that is known of it. Each question is a message on the bus, so a search asks few."""
        self.description = self.accessible.get_description() or ""
        states = self.accessible.get_state_set()
        self.on = states.contains(Atspi.StateType.CHECKED) or states.contains(Atspi.StateType.PRESSED)
        self.enabled = states.contains(Atspi.StateType.ENABLED) or states.contains(Atspi.StateType.SENSITIVE)
        self.focused = states.contains(Atspi.StateType.FOCUSED)
        self.text = self._text()
        return self

    def _text(self):
        text = self.accessible.get_text_iface()
        if text is None:
            return ""
        return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) or ""

    def press(self):
        """As a screen reader presses it."""
        action = self.accessible.get_action_iface()
        if action is None or Atspi.Action.get_n_actions(action) == 0:
            raise Failed(f"{self} cannot be pressed")
        Atspi.Action.do_action(action, 0)

    def focus(self):
        """Moves the keyboard here."""
        Atspi.Component.grab_focus(self.accessible.get_component_iface())

    def __str__(self):
        marks = [mark for mark, there in (("on", self.on), ("focused", self.focused), ("disabled", not self.enabled)) if there]
        parts = [f"{self.role} {self.name!r}"]
        if self.text and self.text != self.name:
            parts.append(f"text {self.text!r}")
        if self.description:
            parts.append(f"description {self.description!r}")
        return "  " * self.depth + " ".join(parts + marks)


class Window:
    """Poolkey in its own home, until it is closed."""

    def __init__(self, binary, arguments, folder, pictures, name, **variables):
        self.pictures = pictures
        self.name = name
        self.taken = 0
        self.folder = folder
        self.tmp = os.path.join(folder, "tmp")
        home = os.path.join(folder, "home")
        for made in (folder, self.tmp, home):
            os.makedirs(made, mode=0o700, exist_ok=True)
        self.log = open(os.path.join(folder, "log"), "w+")
        environment = dict(os.environ, HOME=home, TMPDIR=self.tmp, **variables)
        self.process = subprocess.Popen(
            [binary, *arguments], env=environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log
        )
        self.id = self.until("the window is mapped", self._find_window)
        self.until("the window has the keyboard", self.activate)
        self.until("the accessibility tree is there", lambda: len(self.nodes()) > 3)

    def close(self):
        """Closes the window as its frame does; returns the exit code."""
        if self.process.poll() is None:
            self.until("the window has the keyboard", self.activate)
            subprocess.run(["xdotool", "key", "alt+F4"], check=False, timeout=LONGEST)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        return self.process.returncode

    def said(self):
        """What the program printed."""
        self.log.flush()
        with open(self.log.name) as log:
            return log.read()

    # What is there

    def nodes(self):
        """All widgets, from the top, by role and name."""
        return list(self._walk())

    def _walk(self, deepest=99):
        desktop = Atspi.get_desktop(0)
        desktop.set_cache_mask(Atspi.Cache.NONE)
        for number in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(number)
            try:
                is_ours = application is not None and application.get_process_id() == self.process.pid
            except gi.repository.GLib.Error:
                continue
            if is_ours:
                yield from self._below(application, 0, deepest)
                return

    def _below(self, accessible, depth, deepest):
        try:
            yield Node(accessible, depth)
            for number in range(accessible.get_child_count() if depth < deepest else 0):
                child = accessible.get_child_at_index(number)
                if child is not None:
                    yield from self._below(child, depth + 1, deepest)
        except gi.repository.GLib.Error:
            # It went away while it was being read.
            return

    def tree(self):
        """The whole tree as text: everything a screen reader could say."""
        lines = []
        for node in self.nodes():
            try:
                lines.append(str(node.whole()))
            except gi.repository.GLib.Error:
                # It went away while it was being read.
                continue
        return "\n".join(lines)

    def find(self, what):
        """The widget `(role, label)`, or `(role, label, outer)` below another one.

        Both are regular expressions for all of the text.
        """
        try:
            found = self._search(what)
            return found and found.whole()
        except gi.repository.GLib.Error:
            return None

    def _search(self, what):
        role, label, *outer = what
        floor = -1 if not outer else None
        for node in self._walk():
            if floor is not None and node.depth <= floor:
                floor = None
            if floor is None and outer:
                if re.fullmatch(outer[0][0], node.role) and re.fullmatch(outer[0][1], node.name, re.DOTALL):
                    floor = node.depth
            elif re.fullmatch(role, node.role) and re.fullmatch(label, node.name, re.DOTALL):
                return node
        return None

    def see(self, what, longest=LONGEST):
        """Waits for a widget."""
        return self.until(f"{what[0]} {what[1]!r} is there", lambda: self.find(what), longest)

    def hear(self, notice):
        """Waits for a notice. They are gone after seconds, so only the window's own children are looked at."""

        def said():
            names = [node.name for node in self._walk(2) if node.role in ("notification", "alert")]
            return next((name for name in names if re.fullmatch(notice, name, re.DOTALL)), None)

        return self.until(f"{notice!r} is said", said)

    def see_not(self, what):
        """Waits until a widget is gone."""
        self.until(f"{what[0]} {what[1]!r} is gone", lambda: self.find(what) is None)

    def see_focus(self, what):
        """Waits until a widget has the keyboard."""
        self.until(f"{what[0]} {what[1]!r} has the keyboard", lambda: getattr(self.find(what), "focused", False))

    def press(self, what):
        """Presses a widget as soon as it can be pressed."""

        def ready():
            found = self.find(what)
            return found if getattr(found, "enabled", False) else None

        self.until(f"{what[0]} {what[1]!r} can be pressed", ready).press()

    def clipboard(self, wanted=".+"):
        """What was copied, as soon as it is there and looks as it should."""

        def pasted():
            told = subprocess.run(["xclip", "-o", "-selection", "clipboard"], capture_output=True, text=True, check=False, timeout=LONGEST)
            return re.fullmatch(wanted, told.stdout, re.DOTALL) and told.stdout

        return self.until(f"{wanted!r} was copied", pasted)

    # The keyboard

    def type(self, text):
        """Types text where the keyboard is."""
        self._xdotool("type", "--delay", "30", text)

    def paste(self, text):
        """What another program copied, put where the keyboard is."""
        copied_elsewhere(text)
        self.key("ctrl+v")

    def key(self, *keys):
        """Presses keys by their X names."""
        self._xdotool("key", "--delay", "40", *keys)

    def _xdotool(self, *arguments):
        subprocess.run(["xdotool", *arguments], check=True, timeout=LONGEST)

    # Its place

    def place(self):
        """Left, top, width and height on the screen."""
        told = subprocess.check_output(["xdotool", "getwindowgeometry", "--shell", self.id], text=True, timeout=LONGEST)
        found = dict(line.split("=") for line in told.split())
        return tuple(int(found[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))

    def resize(self, width, height):
        """As somebody drags its corner."""
        subprocess.run(["xdotool", "windowsize", self.id, str(width), str(height)], check=True, timeout=LONGEST)
        self.until(f"it is {width} x {height}", lambda: self.place()[2:] == (width, height))

    # Pictures

    def picture(self, what):
        """Keeps a picture and refuses one that shows nothing."""
        self.taken += 1
        path = os.path.join(self.pictures, f"{self.name}-{self.taken}-{what}.png")
        time.sleep(0.3)
        subprocess.run(["import", "-window", self.id, path], check=True, timeout=LONGEST)
        colors = int(subprocess.check_output(["identify", "-format", "%k", path]))
        if colors < 50:
            raise Failed(f"{path} shows nothing: {colors} colors")

    # Waiting

    def _find_window(self):
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return found.stdout.split()[0] if found.stdout.split() else None

    def activate(self):
        """Asks for the keyboard until the window has it: a manager may still be taking the window in."""
        focused = subprocess.run(["xdotool", "getwindowfocus"], capture_output=True, text=True, check=False)
        if focused.stdout.strip() == self.id:
            return True
        asked = subprocess.run(["xdotool", "windowactivate", self.id], capture_output=True, text=True, check=False)
        if asked.returncode:
            print(f"the manager refuses: {asked.stderr.strip()}", flush=True)
            subprocess.run(["xdotool", "windowfocus", self.id], capture_output=True, check=False)
        return False

    def until(self, what, there, longest=LONGEST):
        end = time.monotonic() + longest
        while True:
            if self.process.poll() is not None:
                raise Failed(f"Poolkey ended with {self.process.returncode} before {what}:\n{self.said()}")
            found = there()
            if found:
                return found
            if time.monotonic() > end:
                raise Failed(f"not within {longest:.0f} s: {what}\n{self.tree()}")
            time.sleep(0.1)


def accessibility(on):
    """Says to every program whether somebody reads the accessibility tree."""
    put = "org.freedesktop.DBus.Properties.Set"
    call = ["gdbus", "call", "--session", "-d", "org.a11y.Bus", "-o", "/org/a11y/bus", "-m", put]
    value = "<true>" if on else "<false>"
    subprocess.run([*call, "org.a11y.Status", "IsEnabled", value], check=True, stdout=subprocess.DEVNULL)


def desktop():
    """A window manager, an unlocked keychain, and accessibility turned on; returns the processes."""
    manager = _window_manager()
    keychain = subprocess.Popen(
        ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    keychain.stdin.write(b"journeys")
    keychain.stdin.close()
    accessibility(True)
    return [manager, keychain]


def _window_manager():
    """Openbox, when it has taken the screen; it is started again if it ends before that."""
    log = tempfile.TemporaryFile("w+")
    for _ in range(3):
        manager = subprocess.Popen(["openbox"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        end = time.monotonic() + LONGEST
        while manager.poll() is None and time.monotonic() < end:
            check = subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True, text=True, check=False)
            if "#" in check.stdout:
                return manager
            time.sleep(0.1)
        manager.kill()
        manager.wait()
    log.seek(0)
    raise Failed(f"no window manager: openbox ended with {manager.returncode}:\n{log.read()}")
