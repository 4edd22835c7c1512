"""Journeys through the ways to sign in that the demo has a profile for."""

import os
import tempfile
import time

from labels import ACCESS_KEY, CODE, CONTINUE, DEMO_BADGE, PASSWORD, PROFILE_SELECTED, SHEET, SIGN_IN, SIGN_OUT, SIGN_OUT_NOW, SIGNED_OUT, VALID, code
from window import Failed

FILL_IN = ("push button", "Fill in", SHEET)
NEW_PASSWORD = ("password text", "New password")
GIVEN_NAME = ("entry", "Given name")
ANSWER = ("entry", "Answer")
MESSAGE_CODE = ("entry", "Code")
BY_EMAIL = ("push button", "Code by e-mail")
QR_CODE = ("image", "QR code for the authenticator app")
SHOW_KEY = ("push button", "Show the key")
COPY_KEY = ("push button", "Copy the key")
REMEMBER = ("push button", "Remember it")
BROWSER_OPEN = ("label", "Sign in in the browser")
COPY_ADDRESS = ("push button", "Copy the address")
PALETTE = ("entry", "Commands and profiles")
PALETTE_LIST = ("dialog", "Commands and profiles")
ANOTHER = ("push button", "Use another method")


def messages(start, _boto):
    """A code by SMS, a first password, and a question of the pool's own."""
    window = start("demo")
    window.see(DEMO_BADGE)
    begin(window, "demo-sms")
    fill_in(window, PASSWORD)
    window.see_focus(CODE)
    window.see(("label", r"A code was sent by SMS to \+.*"))
    window.picture("sms")
    fill_in(window, CODE)
    signed_in(window)

    begin(window, "demo-new-user")
    fill_in(window, PASSWORD)
    window.see_focus(NEW_PASSWORD)
    window.picture("new-password")
    window.press(FILL_IN)
    window.see_focus(GIVEN_NAME)
    window.type("Nina")
    window.picture("new-password-filled")
    window.key("Return")
    signed_in(window)

    begin(window, "demo-custom")
    window.press(CONTINUE)
    window.see_focus(ANSWER)
    window.type("43")
    window.key("Return")
    window.see(("label", "What is six times seven.*"))
    window.see_focus(ANSWER)
    window.picture("custom")
    window.type("42")
    window.key("Return")
    window.see(("label", "In Elvish"))
    window.see_focus(ANSWER)
    window.type("mellon")
    window.key("Return")
    signed_in(window)


def choose(start, _boto):
    """The pool offers several ways: one is chosen, then another one."""
    window = start("demo")
    window.see(DEMO_BADGE)
    begin(window, "demo-choice")
    window.press(CONTINUE)
    window.see(BY_EMAIL)
    window.picture("choices")
    window.press(BY_EMAIL)
    window.see_focus(MESSAGE_CODE)
    window.picture("code-by-email")
    window.press(ANOTHER)
    window.see(BY_EMAIL)
    window.press(BY_EMAIL)
    fill_in(window, MESSAGE_CODE)
    signed_in(window)


def new_app(start, _boto):
    """An authenticator app is set up from the key; nothing of the key can be read."""
    window = start("demo")
    window.see(DEMO_BADGE)
    begin(window, "demo-new-app")
    fill_in(window, PASSWORD)
    window.see(QR_CODE)
    window.press(SHOW_KEY)
    window.picture("key")
    window.press(COPY_KEY)
    key = window.clipboard()
    tree = window.tree()
    if len(key) < 32 or key[:12] in tree or key[:4] + " " + key[4:8] in tree:
        raise Failed(f"{len(key)} letters were copied, or they can be read in the window")
    window.key("Tab")
    window.find(CODE).focus()
    window.see_focus(CODE)
    window.type(code(time.time(), key))
    window.key("Return")
    signed_in(window)


def device(start, _boto):
    """A remembered device is not asked for the code again."""
    window = start("demo")
    window.see(DEMO_BADGE)
    begin(window, "demo-device")
    fill_in(window, PASSWORD)
    fill_in(window, CODE)
    window.see_focus(REMEMBER)
    window.picture("remember")
    window.key("Return")
    signed_in(window)
    window.press(SIGN_OUT)
    window.press(SIGN_OUT_NOW)
    window.see(SIGNED_OUT)
    window.press(SIGN_IN)
    fill_in(window, PASSWORD)
    signed_in(window)


def browser(start, _boto):
    """The browser opens, its person signs in there, and the window has the credentials."""
    here = os.path.dirname(os.path.abspath(__file__))
    go = os.path.join(tempfile.mkdtemp(prefix="browser-"), "go")
    window = start("demo", BROWSER=os.path.join(here, "browser"), JOURNEY_GO=go)
    window.see(DEMO_BADGE)
    begin(window, "demo-browser", asked=False)
    window.see(BROWSER_OPEN)
    window.picture("waiting")
    window.press(COPY_ADDRESS)
    address = window.clipboard()
    if "/oauth2/authorize?" not in address or "code_challenge=" not in address:
        raise Failed(f"not the address of the sign-in: {address}")
    open(go, "w").close()
    signed_in(window)
    window.picture("signed-in")


JOURNEYS = (messages, choose, new_app, device, browser)


def select(window, profile):
    """Shows a profile: by its row, or by the palette where the row is scrolled away."""
    window.see(DEMO_BADGE)
    window.see(("list item", ".+"))
    row = ("list item", f"{profile}, .*")
    if window.find(row):
        window.press(row)
    else:
        by_palette(window, profile)
    window.see((PROFILE_SELECTED, profile))


def by_palette(window, words):
    """Types a few letters into the palette and takes what stands first."""
    window.key("ctrl+k")
    # The keyboard is in the field; what is read aloud is the row that Enter takes.
    window.see_focus(("list item", ".+", PALETTE_LIST))
    window.type(words)
    window.see_focus(("list item", f".*{words}", PALETTE_LIST))
    window.key("Return")
    window.see_not(PALETTE)


def begin(window, profile, asked=True):
    """Opens the sign-in sheet of a profile."""
    select(window, profile)
    window.press(SIGN_IN)
    window.see(SHEET)
    if asked:
        window.see(CONTINUE)


def fill_in(window, field):
    """Lets the demo type what it suggests, and goes on."""
    window.see_focus(field)
    window.press(FILL_IN)
    window.press(CONTINUE)


def signed_in(window):
    """The sheet is gone and credentials are there."""
    window.see(VALID)
    window.see_not(SHEET)
    window.see(ACCESS_KEY)
