"""What other software on the machine gets: boto3, and the files that it reads.

Nothing here looks at the screen.
"""

import glob
import json
import os
import re
import subprocess

from window import Failed

ASK = """
import json, sys, boto3
session = boto3.Session(profile_name=sys.argv[1] or None)
keys = session.get_credentials().get_frozen_credentials()
caller = session.client("sts", region_name="us-east-1").get_caller_identity()
print(json.dumps([keys._asdict(), {name: caller[name] for name in ("Account", "Arn")}]))
"""


def boto_of(python):
    """boto3 as a function: the credentials that it finds, and who it is with them."""

    def ask(window, profile=None, home=None, endpoint=None, **variables):
        home = home or demo_home(window)
        files = os.path.join(home, ".aws")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": home,
            "AWS_SHARED_CREDENTIALS_FILE": os.path.join(files, "credentials"),
            "AWS_CONFIG_FILE": os.path.join(files, "config"),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL_STS": endpoint or sandbox_of(home),
        }
        asked = subprocess.run(
            [python, "-c", ASK, profile or ""], env=environment | variables, capture_output=True, text=True, timeout=60
        )
        if asked.returncode:
            raise Failed(f"boto3 does not get through:\n{asked.stderr}")
        keys, caller = json.loads(asked.stdout)
        if ":assumed-role/" not in caller["Arn"]:
            raise Failed(f"not a role's credentials: {caller}")
        return keys, caller

    return ask


def demo_home(window):
    """Where the demo of a window has its files."""
    homes = glob.glob(os.path.join(window.tmp, "poolkey-demo-*"))
    if len(homes) != 1:
        raise Failed(f"one demo home was expected: {homes}")
    return homes[0]


def sandbox_of(home):
    """The address of a demo's sandbox."""
    return re.search(r'endpoint_url = "(http://127\.0\.0\.1:\d+)"', read(home, "config", "profiles.toml")).group(1)


def read(*path):
    """A file; nothing where there is none."""
    try:
        with open(os.path.join(*path)) as file:
            return file.read()
    except FileNotFoundError:
        return ""


def private(*path):
    """Refuses a file that others can read."""
    mode = os.stat(os.path.join(*path)).st_mode & 0o777
    if mode != 0o600:
        raise Failed(f"{path[-1]} has the mode {mode:o}")


def parts(secret):
    """Pieces of a secret: half of one is not half as secret."""
    return {secret[at : at + 12] for at in range(0, len(secret) - 11, 4)}


def holds(text, secret):
    """True where any part of a secret stands in a text."""
    return any(part in text for part in parts(secret))
