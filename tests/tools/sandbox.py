"""What the Python flows share: Poolkey's sandbox as its first line on standard input describes it, the codes it "sends",
and how a flow ends.
"""

import base64
import hashlib
import hmac
import json
import struct
import sys
import time

import requests
from botocore.exceptions import ClientError

ABOUT = json.load(sys.stdin)


def described(kind, name, key):
    """An app client or a user of the sandbox."""
    return next(one for one in ABOUT[kind] if one[key] == name)


def password(name):
    """A user's password."""
    return described("users", name, "username")["password"]


def totp(name):
    """RFC 6238 with SHA-1, 30 seconds and 6 digits."""
    secret = described("users", name, "username")["totp_secret"]
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def inbox(name):
    """The newest code that was sent to a user."""
    return requests.get(f"{ABOUT['endpoint']}/sandbox/inbox/{name}", timeout=15).json()["code"]


def wrong(code):
    """A code of as many digits that is not this one."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def refused(code, words, call, *arguments, **named):
    """The call fails with this error code of the service, and with these words."""
    try:
        call(*arguments, **named)
    except ClientError as error:
        assert (error.response["Error"]["Code"], words in str(error)) == (code, True), error
        return
    raise AssertionError(f"{code} was expected, but nothing was refused")


def run(flows):
    """Runs the flow that the command line names: who is signed in, or a dictionary that says so."""
    name = sys.argv[1]
    said = list(flows) if name == "--list" else flows[name]()
    print(json.dumps({"username": said} if isinstance(said, str) else said))
