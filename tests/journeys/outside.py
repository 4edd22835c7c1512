"""What other software on the machine gets: boto3, the files that it reads, what was copied, a terminal.

Nothing here looks at the screen.
"""

import glob
import json
import os
import re
import subprocess
import tempfile

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


def setting(text, name):
    """The value of the first `name = value`."""
    return re.search(rf"^{name} = (.*)$", text, re.MULTILINE).group(1)


NAMES = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")


def run_by(*shell):
    """Reads as the shell reads it."""

    def keys(text):
        line = [*shell, f"{text}\nprintf '%s\\n' " + " ".join(f'"${name}"' for name in NAMES)]
        return subprocess.check_output(line, text=True, timeout=20, env={"PATH": os.environ["PATH"]}).split()

    return keys


def matched(pattern):
    """Reads each of the three by a pattern with its name."""
    return lambda text: [re.search(pattern.format(name), text, re.MULTILINE).group(1) for name in NAMES]


def listed(*names):
    """Reads a JSON object."""
    return lambda text: [json.loads(text)[name] for name in names]


def section(text):
    """Reads as the AWS CLI does."""
    return [setting(text, name.lower()) for name in NAMES]


# A form's label, how its text begins, and its three keys.
FORMS = (
    ("bash or zsh", "export .*", run_by("bash", "-c")),
    ("fish", "set -gx .*", matched("^set -gx {} '(.*)'")),
    ("PowerShell", r"\$Env:.*", matched(r"^\$Env:{} *= *'(.*)'")),
    ("Command Prompt", "(@?echo.*)?set .*", matched('^set "{}=(.*)"')),
    (".env file", "AWS_.*", matched("^{}=[\"']?([^\"'\n]*)")),
    ("JSON", r"\{(?!\"Version\"|\s*\"Version\").*", listed("AccessKeyId", "SecretAccessKey", "SessionToken")),
    ("AWS CLI profile", r".*\[demo\].*", section),
    ("credential_process JSON", r'\{\s*"Version".*', listed("AccessKeyId", "SecretAccessKey", "SessionToken")),
)


class Terminal:
    """A terminal that runs what it is told to, with a shell that tells what is in its environment."""

    def __init__(self, name):
        self.place = tempfile.mkdtemp(prefix="terminal-")
        self.told = os.path.join(self.place, "told")
        self.variables = {
            "TERMINAL": self.script(name, 'printf "%s\\n" "$@" >"$TOLD.line"\nshift\nexec "$@"'),
            "SHELL": self.script("shell", 'env -0 >"$TOLD.part"\nmv "$TOLD.part" "$TOLD"'),
            "TOLD": self.told,
        }

    def script(self, name, lines):
        """A program of the shell."""
        path = os.path.join(self.place, name)
        with open(path, "w") as file:
            file.write(f"#!/bin/sh\n{lines}\n")
        os.chmod(path, 0o700)
        return path

    def has_credentials(self, window, profile, access_key):
        """Waits for the shell: it has to have these credentials, no others, and none on a command line."""
        window.until("the shell has begun", lambda: os.path.exists(self.told))
        has = dict(line.split("=", 1) for line in read(self.told).split("\0") if line)
        # A certificate authority says nothing about who one is.
        aws = {name: value for name, value in has.items() if name.startswith("AWS_") and name != "AWS_CA_BUNDLE"}
        if aws.keys() != {*NAMES, "AWS_CREDENTIAL_EXPIRATION", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_EC2_METADATA_DISABLED"}:
            raise Failed(f"the shell has {sorted(aws)}")
        if aws["AWS_ACCESS_KEY_ID"] != access_key or has["POOLKEY_PROFILE"] != profile:
            raise Failed("the shell has other credentials than the window shows")
        if any(holds(read(self.told + ".line"), aws[name]) for name in NAMES[1:]):
            raise Failed("a secret is on the terminal's command line")
