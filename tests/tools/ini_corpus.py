"""Odd AWS files, and what botocore makes of them.

    ini_corpus.py write FOLDER   writes the files, half of them config, half credentials
    ini_corpus.py read FOLDER    prints, by file name, the profiles that botocore sees, or its error
"""

import json
import pathlib
import random
import sys

from botocore import configloader, exceptions

# The cases in which SDKs were seen to differ, each with a section of ours in it or beside it.
CASES = [
    "", "\n", "# only a remark\n", "[x]", "[x]\nregion = a", "[other]\nregion = a\n",
    "[x]\naws_session_token = new\naws_security_token = old\n",
    "[x]\naws_access_key_id = A # remark\n", "[x]\naws_access_key_id = A#B;C\n",
    "[x]\naws_access_key_id = \"quoted\"\n",
    "[x]\nregion = a\n[x]\nregion = b\n", "[x]\nregion = a\nregion = b\n",
    "[other]\na = 1\n[other]\nb = 2\n[x]\nregion = a\n", "[other]\na = 1\na = 2\n[x]\nregion = a\n",
    "garbage\n[x]\nregion = a\n", "[x]\ngarbage\n", "[other]\ngarbage\n[x]\nregion = a\n",
    "\ufeff[x]\nregion = a\n", "[x]\r\nregion = a\r\n\r\n[other]\r\nb = 2\r\n",
    "[x]\n  region = a\n  output = json\n", "[x]\nregion: a\n", "[x]\nREGION = a\n",
    "[profile x]\nregion = a\n", "[profile \"x\"]\nregion = a\n", "[ x ]\nregion = a\n",
    "[profile my prof]\nregion = a\n[x]\n", "[a@b.c]\nk = 1\n[a/b:c+d%e]\nk = 2\n",
    "[\u00fcmlaut]\nk = 1\n[a,b]\nk = 2\n", "[DEFAULT]\nregion = leaks\n[other]\nk = 1\n",
    "[default]\nregion = a\n[profile default]\nregion = b\n",
    "[x]\ns3 =\n  max_concurrent_requests = 3\n  addressing_style = path\nregion = a\n",
    "[x]\nregion =\n  a\n", "[x]\naws_access_key_id = A\n  B\n", "[x]\nregion =\n",
    "[x]\n\nregion = a\n\n# remark\n\n[other]\nk = 1\n", "[x]\n; remark\nregion = a ; b\n",
    "[x] # remark\nregion = a\n", "[x]]\nk = 1\n", "[x\nregion = a\n", "[]\nk = 1\n[x]\n",
    "[x]\n [other]\nk = 1\n", " [x]\nregion = a\n", "[x]\nk = [other]\n", "[x]\n= 1\n", "[x]\nk\n",
    "[x]\nk = a = b\n", "[x]\nk = %(region)s\n", "[sso-session x]\nsso_region = a\n[profile x]\n",
    "# managed by Poolkey\n[x]\naws_access_key_id = A\n[other]\nk = 1\n",
    "# managed by Poolkey\n[profile x]\ncredential_process = p\nregion = a\n",
]
HEADERS = [
    "[x]", "[other]", "[profile x]", "[profile other]", "[default]", "[x] # remark", "[profile \"a b\"]",
    "# managed by Poolkey\n[x]", "# remark\n\n[more]",
]
SETTINGS = [
    "aws_access_key_id = A", "aws_security_token = old", "region = a", "  region2 = b",
    "\toutput = json", "  more", "credential_process = p", "role_arn = r", "k: v", "# remark",
    "; remark", "", "  ", "k2 =", "s3 =", "  nested = 1", "web_identity_token_file = /t",
    "AWS_SESSION_TOKEN = t", "k3 = v # c", "garbage",
]
RANDOM_FILES = 300


def files():
    # Always the same ones.
    chance = random.Random(20)
    for text in CASES:
        yield text
    for _ in range(RANDOM_FILES):
        lines = []
        for header in chance.sample(HEADERS, chance.randrange(1, 4)):
            lines += [header, *chance.sample(SETTINGS, chance.randrange(6))]
        yield "\n".join(lines) + chance.choice(["\n", "\n", ""])


def seen(path):
    try:
        if path.name.startswith("config"):
            return {"profiles": configloader.load_config(str(path))["profiles"]}
        return {"profiles": configloader.raw_config_parse(str(path))}
    except (exceptions.ConfigParseError, UnicodeDecodeError) as error:
        return {"error": type(error).__name__}


def main():
    job, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if job == "write":
        for number, text in enumerate(files()):
            for kind in ("config", "credentials"):
                (folder / f"{kind}.{number}").write_bytes(text.encode())
        return
    paths = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    json.dump({path.name: seen(path) for path in paths}, sys.stdout)


main()
