"""What the window says that a journey looks for, and what the made-up users know."""

import base64
import hashlib
import hmac
import struct

# Everything the window says that a journey looks for, as (role, label).
FIRST_RUN = ("heading", "AWS credentials from Amazon Cognito, one click away")
OPEN_DEMO = ("push button", "Open the demo")
DEMO_BADGE = ("status bar", "Demo")
SEARCH = ("entry", "Search profiles")
PROFILE_SELECTED = "heading"
ROW_DEMO = ("list item", "demo, .*")
SIGN_IN = ("push button", "Sign in")
SIGN_OUT = ("push button", "Sign out")
SIGN_OUT_NOW = ("menu item", "Sign out")
SHEET = ("dialog", "Sign in to .*")
PASSWORD = ("password text", "Password")
CONTINUE = ("push button", "Continue")
# While a question is asked, the page below the sheet has a Cancel too.
CANCEL = ("push button", "Cancel", SHEET)
CODE = ("entry", "6-digit code")
ALERT = ("alert|notification", ".+")
VALID = ("status bar", "Credentials valid")
SIGNED_OUT = ("status bar", "Signed out")
TIMER = ("timer", "Remaining lifetime")
ACCESS_KEY = ("label", "Access key ID: ASIA.+")
REVEAL = ("push button", "Reveal")
HIDE = ("push button", "Hide")
SECRET_SHOWN = ("label", "Secret key: shown on screen")
TOKEN_SHOWN = ("label", "Session token: shown on screen")
FILE_SWITCH = ("toggle button", "Credentials file")
WRITE = ("push button", "Write", ("dialog", r"Write \[.*\]\?"))
FILE_WRITTEN = ("label", r"\[demo\] in .*credentials · keys until .*")

# The sandbox's users.
ANA_PASSWORD = "Demo-Sunrise-42!"
TOM_PASSWORD = "Demo-Harbor-77!"
TOM_TOTP = "POOLKEYSANDBOXDEMOTOMCODE234567A"


def code(at, key=TOM_TOTP):
    """What an authenticator app shows (RFC 6238)."""
    mac = hmac.new(base64.b32decode(key + "=" * (-len(key) % 8)), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    offset = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
