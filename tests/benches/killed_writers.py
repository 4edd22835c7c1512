"""Fifty writers at once on one pair of AWS files, some of them killed at any moment: what is lost?

    target/bench-tools/python/bin/python tests/benches/killed_writers.py --binary target/release/poolkey
    … --peer configparser|aws-configure-set|cogauth|awsume|node-ini|aws-export-credentials --rounds 3

`tests/benches/install` makes that Python. Each round starts all writers, sends SIGKILL to about half of them, and then looks:
botocore can read the files; the comments, line ends and profiles of other people are as they were; the value of every writer
that reported success is there unless a later writer replaced it; one more writer is not kept waiting; no files pile up. While
they write, the file is read all the time: whoever reads has to see all of it. Ends with 1 where Poolkey loses anything.

With `--store secret-service` (inside `dbus-run-session`) a third of Poolkey's writers put keys into the credentials file. The
others write a `credential_process`, which needs no secret.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time

from botocore.configloader import raw_config_parse
from botocore.exceptions import BotoCoreError

NAMES = 30
LONGEST_WAIT = 30
SHARE_KILLED = 0.5
# Backups, lists and locks that Poolkey keeps elsewhere.
MOST_KEPT = 60

# Other people's text before and behind what is written, with both kinds of line ends.
HEAD = {
    "config": "# The team's profiles, please keep the order\r\n[profile work]\r\nregion = eu-west-1\r\n; a comment\r\noutput=json\r\n",
    "credentials": "# The team's keys\r\n[work]\r\naws_access_key_id = AKIAWORK\r\naws_secret_access_key = w/+=\r\n; a comment\r\n",
}
TAIL = {
    "config": "# below: by hand\n[profile zed]\nregion=us-west-2\nmy_tool   =   {a: 1}\n\n\n",
    "credentials": "# below: by hand\n[zed]\naws_access_key_id=AKIAZED\naws_secret_access_key  =  z\nmy_key = kept\n\n\n",
}


def others(kind):
    """A hundred more profiles that are not ours."""
    word = "profile " if kind == "config" else ""
    key = "region = eu-north-1" if kind == "config" else "aws_access_key_id = AKIAOTHER"
    return "".join(f"\n# number {number}\n[{word}other-{number}]\n{key}\n" for number in range(100))


def blocks(kind):
    """What has to be there byte for byte, in this order."""
    return [(HEAD[kind] + others(kind)).encode(), TAIL[kind].encode()]


class Home:
    """A home folder with the two AWS files in a folder of their own."""

    def __init__(self, folder):
        self.folder = folder
        self.aws = os.path.join(folder, ".aws")
        os.makedirs(self.aws)
        self.environment = {
            "HOME": folder,
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self.restore()

    def keyring(self):
        """An unlocked Secret Service on this session's bus; ends with the bus."""
        place = os.path.join(self.folder, "run")
        os.mkdir(place, 0o700)
        self.environment["XDG_RUNTIME_DIR"] = place
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
        command = ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--daemonize"]
        self.run(command, stdin=None, input=b"writers", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def path(self, kind):
        """The config or the credentials file."""
        return os.path.join(self.aws, kind)

    def unfinished(self):
        """Temporary files of Poolkey's, among the backups as well: the next writer should have swept them."""
        return [name for _, _, names in os.walk(self.folder) for name in names if ".poolkey-tmp-" in name]

    def restore(self):
        """The files as other people left them."""
        for kind in HEAD:
            with open(self.path(kind), "wb") as file:
                file.write(b"".join(blocks(kind)))

    def run(self, command, **options):
        """A command to its end."""
        return subprocess.run(command, env=self.environment, stdin=options.pop("stdin", subprocess.DEVNULL), check=True, **options)


class Poolkey:
    """`poolkey export`, to the config file and, with a store, to the credentials file."""

    def __init__(self, home, binary, store):
        # To write a credential_process the store is named, and not opened.
        self.store = store or "file"
        self.to_credentials = store is not None
        self.binary = os.path.realpath(binary)
        # No server is asked from here on: the first command says where it would be.
        sandbox = subprocess.Popen([self.binary, "sandbox"], env=home.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        told = json.loads(sandbox.stdout.readline())
        ids = ["--user-pool-id", told["user_pool_id"], "--client-id", told["clients"][0]["client_id"], "--identity-pool-id", told["identity_pool_id"]]
        user = ["--username", told["users"][0]["username"], "--endpoint-url", told["endpoint"]]
        home.run(self.words("profile", "add", "own", *ids, *user), stderr=subprocess.DEVNULL)
        self.key = None
        if self.to_credentials:
            home.run(self.words("sign-in", "own", "--password-stdin"), stdin=None, input=told["users"][0]["password"].encode(), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            said = home.run(self.words("credential-process", "own"), stdout=subprocess.PIPE).stdout
            self.key = json.loads(said)["AccessKeyId"]
        sandbox.kill()
        sandbox.wait()

    def words(self, *words):
        """A command line."""
        return [self.binary, "--secret-store", self.store, *words]

    def command(self, name, number):
        """Writes the section of this name, with a value of its own."""
        to = "credentials-file" if self.writes_keys(name) else "credential-process"
        return self.words("export", "own", "--to", to, "--aws-profile", name, "--region", f"us-east-{number}")

    def writes_keys(self, name):
        """A third of the names are sections with keys."""
        return self.to_credentials and int(name.split("-")[1]) % 3 == 0

    @staticmethod
    def value(number):
        """What `read` finds when this writer was the last one."""
        return f"us-east-{number}"

    def read(self, files, name):
        """The value of a section; nothing where one is not whole."""
        section = files["config"].get(f"profile {name}")
        if section is None:
            return None
        if self.writes_keys(name):
            keys = files["credentials"].get(name, {})
            whole = keys.get("aws_access_key_id") == self.key and "aws_secret_access_key" in keys and "aws_session_token" in keys
        else:
            whole = section.get("credential_process", "").endswith(" credential-process own")
        return section.get("region") if whole else None


class Peer:
    """Another program that writes an access key ID of its own into the credentials file."""

    def __init__(self, home, name):
        tools = os.path.dirname(os.path.dirname(os.path.realpath(sys.prefix)))
        self.tools = os.path.join(tools, "bench-tools")
        self.home = home
        self.make = getattr(self, name.replace("-", "_"))

    def bin(self, name):
        """A program that tests/benches/install made."""
        return os.path.join(self.tools, "python", "bin", name)

    def command(self, name, number):
        """Writes the section of this name, with a value of its own."""
        return self.make(name, self.value(number))

    @staticmethod
    def value(number):
        """The access key ID of this writer."""
        return f"ASIA{number:06}"

    @staticmethod
    def read(files, name):
        """The access key ID in a section."""
        return files["credentials"].get(name, {}).get("aws_access_key_id")

    def configparser(self, name, value):
        """As a short script does it."""
        script = (
            "import configparser, os, sys\n"
            "path = os.path.expanduser('~/.aws/credentials')\n"
            "file = configparser.RawConfigParser()\n"
            "file.read(path)\n"
            "file[sys.argv[1]] = {'aws_access_key_id': sys.argv[2], 'aws_secret_access_key': 's', 'aws_session_token': 't'}\n"
            "with open(path, 'w') as out: file.write(out)\n"
        )
        return [self.bin("python"), "-c", script, name, value]

    @staticmethod
    def aws_configure_set(name, value):
        """The AWS CLI, version 2: one of the three calls that it takes."""
        return ["/usr/bin/aws", "configure", "set", "aws_access_key_id", value, "--profile", name]

    def cogauth(self, name, value):
        """What `cogauth login` ends with."""
        script = (
            "import sys\nfrom aws_cognito_auth.client import AWSProfileManager\n"
            "keys = {'AccessKeyId': sys.argv[2], 'SecretAccessKey': 's', 'SessionToken': 't'}\n"
            "AWSProfileManager().update_profile(sys.argv[1], keys, 'eu-west-1')\n"
        )
        return [self.bin("python"), "-c", script, name, value]

    def aws_export_credentials(self, name, value):
        """From its cache file."""
        cache = os.path.join(self.home.folder, f"cache-{value}.json")
        expiry = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 7200))
        with open(cache, "w", encoding="utf-8") as file:
            json.dump({"Credentials": {"AccessKeyId": value, "SecretAccessKey": "s", "SessionToken": "t", "Expiration": expiry}}, file)
        return [self.bin("aws-export-credentials"), "--cache-file", cache, "-c", name]

    def awsume(self, name, value):
        """From a profile with keys, which a file of its own has."""
        config = os.path.join(self.home.folder, f"config-{value}")
        with open(config, "w", encoding="utf-8") as file:
            file.write(f"[profile source]\naws_access_key_id = {value}\naws_secret_access_key = s\nregion = eu-west-1\n")
        return [self.bin("awsumepy"), "--config-file", config, "source", "--output-profile", name]

    def node_ini(self, name, value):
        """The package that most Node programs write such files with."""
        script = (
            "const fs = require('fs'), ini = require(process.argv[1] + '/ini');\n"
            "const path = process.env.HOME + '/.aws/credentials';\n"
            "const file = ini.parse(fs.readFileSync(path, 'utf8'));\n"
            "file[process.argv[2]] = { aws_access_key_id: process.argv[3], aws_secret_access_key: 's', aws_session_token: 't' };\n"
            "fs.writeFileSync(path, ini.stringify(file, { whitespace: true }));\n"
        )
        return ["node", "-e", script, os.path.join(self.tools, "node", "node_modules"), name, value]


class Writer:
    """One process; `ended` is set when it was waited for."""

    def __init__(self, tool, home, name, number, kill_after):
        self.name, self.value = name, tool.value(number)
        command = tool.command(name, number)
        self.errors = tempfile.TemporaryFile()
        self.started = time.monotonic()
        self.kill_at = self.started + kill_after
        self.process = subprocess.Popen(command, env=home.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.errors)
        self.ended = None

    def look(self, now):
        """Kills it when its time has come; whether it has ended."""
        if self.ended is None:
            if self.process.poll() is not None:
                self.ended = time.monotonic()
            elif now >= self.kill_at:
                self.process.kill()
        return self.ended is not None

    @property
    def well(self):
        """It reported success."""
        return self.process.returncode == 0

    @property
    def killed(self):
        """It was killed."""
        return self.process.returncode == -9

    def said(self):
        """Standard error."""
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace").strip()


def acceptable(writers):
    """The values that a section may have: of a writer that ended well or was killed, unless one that ended well began after."""
    ended_well = [writer for writer in writers if writer.well]
    allowed = [
        writer.value
        for writer in writers
        if (writer.well or writer.killed) and not any(later.started > writer.ended for later in ended_well)
    ]
    return allowed, bool(ended_well)


class Run:
    """All rounds of one tool, and what was counted."""

    def __init__(self, home, tool, options):
        self.home, self.tool, self.options = home, tool, options
        self.random = random.Random(options.seed)
        self.number = 0
        self.usual = 0.2
        self.entries = None
        self.counts = dict.fromkeys(("well", "killed", "failed", "lost", "unreadable", "changed", "torn", "blocked", "piled"), 0)
        self.notes = []

    def count(self, what, note, times=1):
        """Counts something, and keeps the first few reasons."""
        self.counts[what] += times
        if times and sum(known.startswith(what) for known in self.notes) < 3:
            self.notes.append(f"{what}: {note}")

    def writer(self, name, may_be_killed=True):
        """Starts the next one."""
        self.number += 1
        dies = may_be_killed and self.random.random() < SHARE_KILLED
        delay = self.random.uniform(0, self.usual) if dies else 10 * LONGEST_WAIT
        return Writer(self.tool, self.home, name, self.number, delay)

    def read_while_written(self):
        """Somebody reads: the text of other people is all there."""
        for kind in HEAD:
            with open(self.home.path(kind), "rb") as file:
                found = file.read()
            # Peers write other people's text anew: of them only its first and last section are asked.
            parts = [b"work]", b"zed]"] if self.options.peer else blocks(kind)
            if not all(part in found for part in parts):
                self.count("torn", f"{kind} had {len(found)} bytes")
                return

    def round(self):
        """All writers, then what they left."""
        before = {name: self.value_now(name) for name in self.names()}
        writers = []
        waiting = [f"app-{self.random.randrange(NAMES)}" for _ in range(self.options.writers)]
        while waiting or not all([writer.look(time.monotonic()) for writer in writers]):
            if waiting:
                writers.append(self.writer(waiting.pop()))
            self.read_while_written()
            if not waiting:
                time.sleep(0.002)
        took = sorted(writer.ended - writer.started for writer in writers if writer.well)
        if took:
            # So that a kill may come at any moment of a writer's life.
            self.usual = took[len(took) * 9 // 10]
        self.judge(writers, before)
        self.next_writer()

    @staticmethod
    def names():
        """Every name."""
        return [f"app-{number}" for number in range(NAMES)]

    def files(self):
        """Both files as botocore reads them."""
        return {kind: raw_config_parse(self.home.path(kind), parse_subsections=False) for kind in HEAD}

    def value_now(self, name):
        """Before the round: nothing where the file cannot be read."""
        try:
            return self.tool.read(self.files(), name)
        except BotoCoreError:
            return None

    def judge(self, writers, before):
        """Counts what went wrong in a round."""
        for writer in writers:
            what = "well" if writer.well else "killed" if writer.killed else "failed"
            self.count(what, writer.said(), 1) if what == "failed" else self.count_only(what)
        try:
            files = self.files()
        except BotoCoreError as error:
            self.count("unreadable", error)
            files = None
        for name in self.names() if files else []:
            mine = [writer for writer in writers if writer.name == name]
            allowed, must = acceptable(mine)
            if not must:
                allowed.append(before[name])
            found = self.tool.read(files, name)
            if found not in allowed:
                well = sum(writer.well for writer in mine)
                self.count("lost", f"{name} is {found}, not one of {allowed}", max(1, well))
        for kind in HEAD:
            with open(self.home.path(kind), "rb") as file:
                text = file.read()
            at = -1
            for block in blocks(kind):
                at = text.find(block, at + 1)
                if at < 0 or text.count(block) != 1:
                    self.count("changed", f"{kind}: other people's text, {len(text)} bytes now")
                    break

    def count_only(self, what):
        """Counts what is not worth a note."""
        self.counts[what] += 1

    def next_writer(self):
        """After the round one more writer gets through, and what is in the folder does not grow."""
        writer = self.writer("app-0", may_be_killed=False)
        while not writer.look(time.monotonic()):
            if time.monotonic() > writer.started + LONGEST_WAIT:
                writer.process.kill()
            time.sleep(0.002)
        if not writer.well:
            self.count("blocked", writer.said())
        entries = sorted(os.listdir(self.home.aws))
        if self.entries is None:
            self.entries = entries
        elif len(entries) > len(self.entries):
            self.count("piled", f"{sorted(set(entries) - set(self.entries))}", len(entries) - len(self.entries))
            self.entries = entries
        unfinished = self.home.unfinished()
        self.count("piled", f"{unfinished}", len(unfinished))
        kept = sum(len(files) for folder, _, files in os.walk(self.home.folder) if folder != self.home.aws)
        if not self.options.peer and kept > MOST_KEPT:
            self.count("piled", f"{kept} files outside .aws", kept - MOST_KEPT)

    def all(self):
        """Every round: the row of the table."""
        for _ in range(self.options.rounds):
            if self.options.peer:
                # Otherwise all that follows the first loss is lost as well.
                self.home.restore()
            self.round()
        counts = self.counts
        name = self.options.peer or "**Poolkey**"
        cells = [f"{counts['well']} / {counts['killed']} / {counts['failed']}"]
        cells += [str(counts[what]) for what in ("lost", "unreadable", "changed", "torn", "blocked", "piled")]
        return f"| {name} | {self.options.rounds} | {' | '.join(cells)} |"


TABLE = (
    "| tool | rounds | writers that ended well / were killed / failed | updates lost | file unreadable after a round | "
    "other people's text changed | readers that saw a cut file | next writer blocked | files piled up |\n|---|---|---|---|---|---|---|---|---|"
)


def main():
    """Prints the table's row, and why on standard error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default="target/release/poolkey")
    parser.add_argument("--peer")
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--store")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-header", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="killed-writers-") as folder:
        home = Home(folder)
        if options.store == "secret-service":
            home.keyring()
        tool = Peer(home, options.peer) if options.peer else Poolkey(home, options.binary, options.store)
        run = Run(home, tool, options)
        row = run.all()
    if not options.no_header:
        print(TABLE)
    print(row, flush=True)
    for note in run.notes:
        print(f"  {note}", file=sys.stderr)
    wrong = sum(run.counts[what] for what in ("failed", "lost", "unreadable", "changed", "torn", "blocked", "piled"))
    sys.exit(0 if options.peer or not wrong else 1)


if __name__ == "__main__":
    main()
