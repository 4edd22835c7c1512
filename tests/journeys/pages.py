"""Journeys through getting profiles in, ordering them, and how the window looks and where it is.

By role and name; the keyboard only where a person needs it. Nothing is asked of the screen's pixels.
"""

import json
import os
import re
import subprocess

from at_spi import put
from labels import DEMO_BADGE, FIRST_RUN, PROFILE_SELECTED
from outside import demo_home, read
from ways import by_palette
from window import Failed

IMPORT = ("push button", "Import profiles")
PASTED = ("entry|text", "A link or a text that somebody sent you")
IMPORT_TEXT = ("push button", "Import text")
OFFERS = ("dialog", r"Add these profiles\?")
KNOWN = ("label", "You have this already", OFFERS)
ADD = ("push button", "Add profile", OFFERS)
DISCOVER_PAGE = ("push button", "Discover profiles")
DISCOVER = ("push button", "Discover")
FOUND = ("heading|label", r"\d+ profiles? found.*")
RENAME = ("menu item", "Rename…")
REMOVE = ("menu item", "Remove profile")
UNDO = ("push button", "Undo")
NEW_NAME = ("entry", "Name", ("dialog", "Rename .*"))
SETTINGS = ("heading", "Settings")
THEME = ("combo box", "Theme")
TEXT_SIZE = ("combo box", "Text size")
SHOW_LIST = ("push button", "Show the profiles")
LIST = ("dialog", "Profiles")
SMALL = (760, 520)

SHOP = {
    "version": "1.4",
    "auth": {
        "aws_region": "eu-west-1",
        "user_pool_id": "eu-west-1_aB3dE5gH7",
        "user_pool_client_id": "1h57kf5cpq17m0eml12example",
        "identity_pool_id": "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e",
    },
}


def imported(start, _boto):
    """A pasted file, a link that the program is started with, and one while a window is open."""
    window = start()
    window.see(FIRST_RUN)
    window.press(IMPORT)
    window.see(IMPORT_TEXT)
    window.picture("page")
    put(window, PASTED, json.dumps(SHOP, separators=(",", ":")))
    window.press(IMPORT_TEXT)
    name = offered(window)
    window.see(("label", f"Identity pool {SHOP['auth']['identity_pool_id']}", OFFERS))
    window.picture("offers")
    if "[[profile]]" in profiles_file(window):
        raise Failed("it was added before anybody agreed")
    window.press(ADD)
    added(window, name)

    shared = subprocess.run(
        [window.process.args[0], "profile", "export", name, "--link"],
        env=dict(os.environ, HOME=os.path.join(window.folder, "home")),
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
    )
    link = shared.stdout.strip()
    if not re.fullmatch("poolkey://import#[A-Za-z0-9_-]+", link):
        raise Failed(f"this is no link: {link}")
    # The window that is open takes the link, and comes to the front for it.
    subprocess.run(["xdotool", "windowminimize", "--sync", window.id], check=True, timeout=20)
    second = subprocess.run(
        [window.process.args[0], link],
        env=dict(os.environ, HOME=os.path.join(window.folder, "home")),
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    if (second.returncode, second.stdout, second.stderr) != (0, "", ""):
        raise Failed(f"the second start: {second}")
    # What is there already is said, and added only by who wants it twice.
    window.see(KNOWN)
    window.press(("check box", f"Add {name}", OFFERS))
    again = offered(window)
    window.until("the window is in front", lambda: active_window() == window.id)
    window.picture("link")
    if again == name:
        raise Failed("a name that is taken is offered")
    window.press(ADD)
    added(window, again)
    if window.process.poll() is not None:
        raise Failed("the first window ended")
    # Once it is closed, a link opens a window of its own.
    window.close()
    third = start(link)
    third.see(KNOWN)


def active_window():
    """The window that has the keyboard."""
    asked = subprocess.run(["xdotool", "getactivewindow"], capture_output=True, text=True, check=False, timeout=20)
    return asked.stdout.strip()


def offered(window):
    """Waits for the sheet; the name that the one profile on it gets."""
    window.see(OFFERS)
    return window.see(("entry", "Name", OFFERS)).text


def added(window, name):
    """The sheet is gone, the profile is there and in the file."""
    window.see_not(OFFERS)
    window.see(("list item", f"{name}, .*"))
    window.until("it is in the file", lambda: f'name = "{name}"' in profiles_file(window))


def profiles_file(window):
    """What the configuration says."""
    return read(window.folder, "home", ".config", "poolkey", "profiles.toml")


def discovered(start, _boto):
    """The demo's account is looked through with its own AWS profile, and one profile is added."""
    window = start("demo")
    window.see(DEMO_BADGE)
    window.press(IMPORT)
    window.press(DISCOVER_PAGE)
    window.picture("page")
    window.press(DISCOVER)
    window.see(FOUND)
    window.picture("found")
    for name in ("confidential-open", "devices-open", "rotating-open"):
        window.press(("check box", f"Add {name}"))
    window.press(("push button", "Add profile"))
    window.until("it is in the file", lambda: 'name = "rotating-main"' in read(demo_home(window), "config", "profiles.toml"))
    if "-open" in "".join(re.findall("^name = .*$", read(demo_home(window), "config", "profiles.toml"), re.MULTILINE)):
        raise Failed("what was left out was added too")


def arranged(start, _boto):
    """A profile is opened by the palette, renamed and removed; Undo brings it back as it was."""
    window = start("demo")
    window.see(DEMO_BADGE)
    by_palette(window, "demo-guest")
    window.see((PROFILE_SELECTED, "demo-guest"))
    row_menu(window, "demo-guest")
    window.press(RENAME)
    window.see_focus(NEW_NAME)
    window.key("ctrl+a")
    window.type("visitor")
    window.key("Return")
    window.see((PROFILE_SELECTED, "visitor"))
    window.see_not(("list item", "demo-guest, .*"))
    kept = (demo_home(window), "config", "profiles.toml")
    before = read(*kept)
    row_menu(window, "visitor")
    window.press(REMOVE)
    window.see_not(("list item", "visitor, .*"))
    window.picture("removed")
    window.press(UNDO)
    window.see(("list item", "visitor, .*"))
    if read(*kept) != before:
        raise Failed("it did not come back as it was")


def looks(start, _boto):
    """Theme and text size by the Settings page; a small window; all of it is there after a restart."""
    window = start()
    window.see(FIRST_RUN)
    settings(window)
    pick(window, THEME, "Light")
    window.picture("light")
    pick(window, TEXT_SIZE, "200 %")
    window.until("both are in the file", lambda: {'theme = "light"', "text_size_percent = 200"} <= set(profiles_file(window).splitlines()))
    window.resize(*SMALL)
    window.see(SHOW_LIST)
    window.picture("small")
    window.press(SHOW_LIST)
    window.see(("entry", "Search profiles", LIST))
    window.picture("list")
    window.key("Escape")
    window.see_not(LIST)
    place = window.place()
    window.close()

    window = start()
    window.see(SHOW_LIST)
    if window.place() != place or place[2:] != SMALL:
        raise Failed(f"it was at {place}, and is at {window.place()}")
    settings(window)
    for what, picked in ((THEME, "Light"), (TEXT_SIZE, "200 %")):
        if picked not in str(window.see(what)):
            raise Failed(f"{what[1]} is not {picked}: {window.see(what)}")
    window.picture("after-restart")


def settings(window):
    """Opens the Settings page."""
    window.key("ctrl+comma")
    window.see(SETTINGS)


def pick(window, picker, choice):
    """Picks one of several."""
    window.press(picker)
    window.press(("radio menu item", choice))
    window.until(f"{choice} is picked", lambda: choice in str(window.see(picker)))


JOURNEYS = (imported, discovered, arranged, looks)


def row_menu(window, profile):
    """Opens the menu of a row by the keyboard."""
    row = ("list item", f"{profile}, .*")
    window.see(row).focus()
    window.see_focus(row)
    window.key("shift+F10")
