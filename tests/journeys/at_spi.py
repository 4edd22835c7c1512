"""The window through AT-SPI alone, as a screen reader uses it: no keys, no pointer, no coordinates.

Everything is found by role and name, pressed by its action, typed by its text interface and read from
what it tells. Every wait is for a condition and has an end.
"""

import os
import subprocess
import time

from labels import (
    CODE,
    CONTINUE,
    DEMO_BADGE,
    FILE_SWITCH,
    PASSWORD,
    PROFILE_SELECTED,
    SHEET,
    SIGNED_OUT,
    SIGN_IN,
    SIGN_OUT,
    SIGN_OUT_NOW,
    TIMER,
    TOM_PASSWORD,
    VALID,
    WRITE,
    code,
)
from outside import demo_home, private
from window import Atspi, Failed, Window

MENU = ("push button", "Menu")
CLOSE = ("menu item", "Close the window")
ROW = ("list item", "demo-totp, .*")
SECTION = "[demo-totp]"


class Reader(Window):
    """A window that is found, asked and closed without its display."""

    def _find_window(self):
        return any(node.role == "frame" for node in self.nodes())

    def activate(self):
        return True

    def close(self):
        """Closes the window by its menu; returns the exit code."""
        if self.process.poll() is None:
            self.press(MENU)
            self.press(CLOSE)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        return self.process.returncode


def at_spi(start, _boto):
    """Sign in with a code, read the countdown, export to the credentials file, sign out."""
    window = start("demo", kind=Reader)
    window.see(DEMO_BADGE)
    window.press(ROW)
    window.see((PROFILE_SELECTED, "demo-totp"))
    window.press(SIGN_IN)
    window.see(SHEET)
    put(window, PASSWORD, TOM_PASSWORD)
    window.press(CONTINUE)
    window.see(CODE)
    put(window, CODE, code(time.time()))
    window.press(CONTINUE)
    window.see(VALID)
    window.see_not(SHEET)
    announced(window, "demo-totp: Credentials valid")
    falls(window)

    window.press(FILE_SWITCH)
    window.see(("dialog", r"Write \[demo-totp\]\?"))
    window.press(WRITE)
    written = os.path.join(demo_home(window), ".aws", "credentials")
    window.until("the file has the section", lambda: SECTION in read(written))
    private(demo_home(window), ".aws", "credentials")
    for key in ("aws_access_key_id", "aws_secret_access_key", "aws_session_token"):
        if key not in read(written):
            raise Failed(f"{written} has no {key}")

    window.press(SIGN_OUT)
    window.press(SIGN_OUT_NOW)
    window.see(SIGNED_OUT)
    announced(window, "demo-totp: Signed out")
    if window.find(TIMER):
        raise Failed(f"signed out, and time is still running\n{window.tree()}")


def put(window, what, text):
    """Types into a field as assistive technology does."""
    node = window.see(what)
    window.until(f"{what[1]!r} can be typed into", lambda: _put(window, what, text))
    if node.role != "password text":
        window.until(f"{what[1]!r} has what was typed", lambda: text in window.see(what).text.replace(" ", ""))


def _put(window, what, text):
    node = window.find(what)
    field = node and node.accessible.get_editable_text_iface()
    return field is not None and Atspi.EditableText.set_text_contents(field, text)


def falls(window):
    """The countdown tells its seconds as a number and its words as a description; both go on."""

    def left():
        value = window.see(TIMER).accessible.get_value_iface()
        return Atspi.Value.get_current_value(value)

    first, words = left(), window.see(TIMER).description
    if not 0 < first <= 3600 or not words.endswith(" left"):
        raise Failed(f"the countdown tells {first} and {words!r}")
    window.until("the countdown falls", lambda: left() < first)
    window.until("its words follow", lambda: window.see(TIMER).description != words)


def announced(window, text):
    """The live region has the news."""
    window.see(("status bar", f"{text}.*"))


def read(path):
    """The file's text; empty where there is none yet."""
    try:
        with open(path) as file:
            return file.read()
    except FileNotFoundError:
        return ""


JOURNEYS = (at_spi,)
