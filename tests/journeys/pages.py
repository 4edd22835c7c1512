"""Journeys through getting profiles in, ordering them, and how the window looks and where it is.

By role and name; the keyboard only where a person needs it. Nothing is asked of the screen's pixels.
"""

import json
import os
import re
import subprocess

from labels import DEMO_BADGE, FIRST_RUN, PROFILE_SELECTED, SIGNED_OUT
from outside import read
from ways import by_palette, select
from window import Failed

IMPORT = ("push button", "Import profiles")
PASTED = ("entry|text", "A link or a text that somebody sent you")
IMPORT_TEXT = ("push button", "Import text")
OFFERS = ("dialog", r"Add these profiles\?")
ADD = ("push button", "Add profile", OFFERS)
DISCOVER_PAGE = ("push button", "Discover…")
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
    fill(window, PASTED, json.dumps(SHOP))
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
    second = start(link)
    again = offered(second)
    if again == name:
        raise Failed("a name that is taken is offered")
    second.press(ADD)
    added(second, again)
    # The window that was open before follows the file.
    window.see(("list item", f"{again}, .*"))
    second.key("Delete")
    second.close()


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
    home_file = lambda: read(demo(window), "config", "profiles.toml")  # noqa: E731
    before = home_file()
    row_menu(window, "visitor")
    window.press(REMOVE)
    window.see_not(("list item", "visitor, .*"))
    window.picture("removed")
    window.press(UNDO)
    window.see(("list item", "visitor, .*"))
    if home_file() != before:
        raise Failed("it did not come back as it was")


def looks(start, _boto):
    """Theme and text size by the Settings page; a small window; all of it is there after a restart."""
    window = start()


JOURNEYS = (imported, discovered, arranged, looks)


def fill(window, field, text):
    """Puts text into a field."""
    from at_spi import put

    put(window, field, text)


def demo(window):
    from outside import demo_home

    return demo_home(window)


def row_menu(window, profile):
    """Opens the menu of a row by the keyboard."""
    row = ("list item", f"{profile}, .*")
    window.see(row).focus()
    window.see_focus(row)
    window.key("shift+F10")
