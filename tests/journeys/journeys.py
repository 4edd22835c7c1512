"""Journeys through the real window, each in a window and a home of its own.

A journey passes when the last thing it waits for is there. What proves that the credentials work is
not on the screen: boto3 reads the file that the window wrote, and asks who it is.
"""

import argparse
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

from at_spi import JOURNEYS as AT_SPI
from hand_on import JOURNEYS as HAND_ON
from labels import (
    ACCESS_KEY,
    ALERT,
    ANA_PASSWORD,
    CANCEL,
    CODE,
    CONTINUE,
    DEMO_BADGE,
    FILE_SWITCH,
    FILE_WRITTEN,
    FIRST_RUN,
    HIDE,
    OPEN_DEMO,
    PASSWORD,
    PROFILE_SELECTED,
    REVEAL,
    ROW_DEMO,
    SEARCH,
    SECRET_SHOWN,
    SHEET,
    SIGNED_OUT,
    SIGN_IN,
    SIGN_OUT,
    SIGN_OUT_NOW,
    TIMER,
    TOKEN_SHOWN,
    TOM_PASSWORD,
    VALID,
    WRITE,
    code,
)
from outside import boto_of, demo_home, holds, private
from roads import JOURNEYS as ROADS
from pages import JOURNEYS as PAGES
from ways import JOURNEYS as WAYS
from window import Failed, Window, copied_elsewhere, desktop


def first_run(start, boto):
    """From an empty machine to a boto3 that knows who it is; then signed out again."""
    window = start()
    window.see(FIRST_RUN)
    window.picture("first-run")
    window.press(OPEN_DEMO)
    window.see(DEMO_BADGE)
    window.press(ROW_DEMO)
    window.see((PROFILE_SELECTED, "demo"))
    window.press(SIGN_IN)
    window.see_focus(PASSWORD)
    # As from a password manager; no key copies it again.
    window.paste(ANA_PASSWORD)
    window.until("the password was pasted", lambda: window.see(PASSWORD).text)
    copied_elsewhere("something else")
    window.key("ctrl+a", "ctrl+c")
    typed = window.see(PASSWORD)
    if ANA_PASSWORD in typed.name + typed.text + typed.description:
        raise Failed("the password can be read in its field")
    if len(typed.text) != len(ANA_PASSWORD):
        raise Failed(f"the password field holds {len(typed.text)} characters")
    window.clipboard("something else")
    window.picture("password")
    window.key("Return")
    window.see(VALID)
    window.see(TIMER)
    window.see(ACCESS_KEY)
    window.picture("signed-in")

    window.press(FILE_SWITCH)
    window.press(WRITE)
    window.see(FILE_WRITTEN)
    window.picture("exported")
    private(demo_home(window), ".aws", "credentials")
    keys, _caller = boto(window, "demo")

    window.press(REVEAL)
    window.see(HIDE)
    window.see(SECRET_SHOWN)
    window.see(TOKEN_SHOWN)
    # Not kept: the picture shows the secrets. It proves that something was painted.
    window.picture("revealed")
    os.remove(glob.glob(os.path.join(window.pictures, f"{window.name}-*-revealed.png"))[0])
    tree = window.tree()
    if keys["access_key"] not in tree:
        raise Failed(f"the window does not show the access key that it exported\n{tree}")
    for what in ("secret_key", "token"):
        if holds(tree, keys[what]):
            raise Failed(f"the accessibility tree holds the {what}")
    if ANA_PASSWORD in tree:
        raise Failed("the accessibility tree holds the password")

    window.press(SIGN_OUT)
    window.press(SIGN_OUT_NOW)
    window.see(SIGNED_OUT)
    window.see(SIGN_IN)
    if window.find(ACCESS_KEY):
        raise Failed(f"signed out, and the access key is still there\n{window.tree()}")
    window.picture("signed-out")
    said = window.said()
    for secret in (ANA_PASSWORD, keys["secret_key"], keys["token"]):
        if secret in said:
            raise Failed("the program printed a secret")


def code_by_keyboard(start, _boto):
    """The keyboard alone: search, password, a wrong code, the right one."""
    window = start("demo")
    window.see(DEMO_BADGE)
    window.key("ctrl+f")
    window.see_focus(SEARCH)
    window.type("totp")
    window.key("Return")
    window.see((PROFILE_SELECTED, "demo-totp"))
    tab_to(window, SIGN_IN)
    window.key("space")
    window.see_focus(PASSWORD)
    window.type(TOM_PASSWORD)
    window.key("Return")
    window.see_focus(CODE)
    window.picture("code")
    window.type(wrong_code())
    window.key("Return")
    window.see(ALERT)
    window.see_focus(CODE)
    window.picture("wrong-code")
    if window.find(VALID):
        raise Failed("a wrong code signed in")
    window.type(code(time.time()))
    window.key("Return")
    window.see(VALID)
    window.see_not(SHEET)
    window.picture("signed-in")


def cancel(start, _boto):
    """Cancelled between password and code: nothing is kept, and it can begin again."""
    window = start("demo")
    window.press(("list item", "demo-totp, .*"))
    window.see((PROFILE_SELECTED, "demo-totp"))
    for leave in (lambda: window.key("Escape"), lambda: window.press(CANCEL)):
        window.press(SIGN_IN)
        window.see_focus(PASSWORD)
        window.type(TOM_PASSWORD)
        window.press(CONTINUE)
        window.see_focus(CODE)
        leave()
        window.see_not(SHEET)
        window.see(SIGNED_OUT)
        if window.find(SIGN_OUT) or window.find(ACCESS_KEY):
            raise Failed(f"cancelled, and something is kept\n{window.tree()}")
    window.picture("cancelled")


JOURNEYS = (first_run, code_by_keyboard, cancel, *AT_SPI, *WAYS, *ROADS, *HAND_ON, *PAGES)


def tab_to(window, what):
    """Moves the keyboard with Tab, as far as it takes."""
    for _ in range(40):
        found = window.find(what)
        if found and found.focused:
            return
        window.key("Tab")
    raise Failed(f"Tab does not lead to {what[1]!r}\n{window.tree()}")


def wrong_code():
    """Six digits that no clock near ours shows."""
    near = {code(time.time() + 30 * steps) for steps in range(-4, 5)}
    return next(guess for guess in ("000000", *map(str, range(111111, 111131))) if guess not in near)


def run(journey, options):
    """One journey; true when it passed."""
    folder = tempfile.mkdtemp(prefix=journey.__name__ + "-")
    opened = []

    def start(*arguments, kind=Window, **variables):
        opened.append(kind(options.binary, arguments, folder, options.pictures, journey.__name__, **variables))
        return opened[-1]

    began = time.monotonic()
    try:
        journey(start, boto_of(options.aws_python))
        for window in opened:
            ended = window.close()
            if ended != 0:
                raise Failed(f"the closed window ended with {ended}:\n{window.said()}")
            left = glob.glob(os.path.join(window.tmp, "poolkey-demo-*"))
            if left:
                raise Failed(f"the demo's home is still there: {left}")
        print(f"{journey.__name__}: ok ({time.monotonic() - began:.1f} s)", flush=True)
        return True
    except Exception as error:
        for window in opened:
            try:
                subprocess.run(["import", "-window", "root", os.path.join(options.pictures, f"{journey.__name__}-failed.png")], check=False)
                window.close()
            except Exception:
                pass
        text = str(error) if isinstance(error, Failed) else traceback.format_exc()
        print(f"{journey.__name__}: FAILED ({time.monotonic() - began:.1f} s)\n{text}", flush=True)
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    """Runs the journeys that are named, or all."""
    parser = argparse.ArgumentParser()
    for name in ("--binary", "--aws-python", "--pictures"):
        parser.add_argument(name, required=True)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    processes = desktop()
    try:
        wanted = [journey for journey in JOURNEYS if not options.names or journey.__name__ in options.names]
        results = [run(journey, options) for journey in wanted]
    finally:
        for process in processes:
            process.terminate()
    print(f"journeys: {results.count(True)} passed, {results.count(False)} failed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
