"""What Poolkey costs beside the programs that people use today; part of measure.py.

The peers are what `tests/benches/install` and Debian's `awscli` install. Each has a home of its own and does the same job there:
credentials from a session that is cached already, a whole sign-in to the sandbox, one profile in a file of many. Nothing of it
leaves the machine. Deliberately absent: a peer that needs a server which cannot be had here.
"""

import hashlib
import json
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.realpath(__file__))
TOOLS = os.path.join(os.environ.get("CARGO_TARGET_DIR") or os.path.join(HERE, "..", "..", "target"), "bench-tools")
PYTHON = os.path.join(TOOLS, "python", "bin", "python")
AWS = "/usr/bin/aws"
# As long as real ones are.
TOKEN = "IQoJb3JpZ2luX2VjE" + "tokenTOKEN0123456789/+" * 40
LATER = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 12 * 3600))


def program(name):
    """A Python program of the install script."""
    return os.path.join(TOOLS, "python", "bin", name)


def median(values):
    """The middle one."""
    return statistics.median(values)


def both(values):
    """`p50 / p95`."""
    ordered = sorted(values)
    return f"{median(ordered):.1f} / {ordered[int(len(ordered) * 0.95)]:.1f}"


class Case:
    """A command in a home of its own, with what it cost each time."""

    def __init__(self, name, command, home, given=None, more=None):
        self.name, self.home = name, home
        os.makedirs(os.path.join(home, ".aws"), exist_ok=True)
        self.given = None
        if given is not None:
            self.given = os.path.join(home, "given")
            with open(self.given, "w", encoding="utf-8") as file:
                file.write(given)
        self.commands = command if isinstance(command[0], list) else [command]
        self.environment = {
            "HOME": home,
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "AWS_EC2_METADATA_DISABLED": "true",
            "PYTHONDONTWRITEBYTECODE": "1",
            **(more or {}),
        }
        for variable in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
            if variable in os.environ:
                self.environment[variable] = os.environ[variable]
        self.walls, self.cpus, self.sizes = [], [], []
        self.turn = 0

    def start(self, command, **options):
        """The process; without a terminal, so that nobody asks for a password there."""
        stdin = open(self.given, "rb") if self.given else subprocess.DEVNULL
        return subprocess.Popen(command, env=self.environment, cwd=self.home, stdin=stdin, start_new_session=True, **options)

    def next_command(self):
        """They take turns where there are several."""
        self.turn += 1
        return self.commands[self.turn % len(self.commands)]

    def run(self):
        """Once, and its cost. What fails was not measured."""
        with open(os.path.join(self.home, "errors"), "w+", encoding="utf-8") as errors:
            before = time.perf_counter()
            process = self.start(self.next_command(), stdout=subprocess.DEVNULL, stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - before
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                errors.seek(0)
                raise SystemExit(f"{self.name} ended with {process.returncode}: {errors.read()}")
        self.walls.append(wall * 1000)
        self.cpus.append((usage.ru_utime + usage.ru_stime) * 1000)

    def weigh(self):
        """Peak memory in MiB. Not by `run`: there the memory of this program would count, too."""
        command = ["/usr/bin/time", "--format=%M", *self.next_command()]
        process = self.start(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        _, said = process.communicate()
        self.sizes.append(int(said.split()[-1]) / 1024)

    def said(self):
        """Standard output of one run."""
        process = self.start(self.next_command(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return process.communicate()[0]


def interleave(cases, rounds, warm=2, weigh=0):
    """All cases in turn; who goes first changes."""
    for turn in range(rounds + warm):
        for at in range(len(cases)):
            cases[(at + turn) % len(cases)].run()
    for case in cases:
        del case.walls[:warm], case.cpus[:warm]
        for _ in range(weigh):
            case.weigh()


def rows(cases):
    """Wall, CPU and memory of each."""
    for case in cases:
        yield f"{case.name}: wall ms p50 / p95", both(case.walls), ""
        yield f"{case.name}: CPU ms p50 / p95", both(case.cpus), ""
        if case.sizes:
            yield f"{case.name}: peak RSS MiB", f"{median(case.sizes):.1f}", ""


def part(ours, theirs):
    """`1/31`, for how many of ours go into one of theirs."""
    return f"1/{theirs / ours:.0f}"


class Signed:
    """The sandbox, and homes of Poolkey's with profiles that are signed in to it."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        with open(os.path.join(folder, "sandbox.log"), "wb") as log:
            self.process = subprocess.Popen([binary, "sandbox"], stdout=subprocess.PIPE, stderr=log, text=True)
        self.about = json.loads(self.process.stdout.readline())
        self.client = next(each for each in self.about["clients"] if "client_secret" not in each)["client_id"]
        self.user = next(each for each in self.about["users"] if "totp_secret" not in each)

    def case(self, name, words, store="secret-service", given=None, **more):
        """A command of Poolkey's, in the home for that store."""
        home = os.path.join(self.folder, f"poolkey-{store}")
        commands = [[self.binary, "--secret-store", store, *each] for each in (words if isinstance(words[0], list) else [words])]
        return Case(name, commands, home, given, {"POOLKEY_SESSION_CACHE": "on", **more})

    def add(self, profile, store="secret-service"):
        """A profile of the sandbox, signed in."""
        about = self.about
        ids = ["--user-pool-id", about["user_pool_id"], "--client-id", self.client, "--identity-pool-id", about["identity_pool_id"]]
        user = ["--username", self.user["username"], "--endpoint-url", about["endpoint"]]
        self.case("add", ["profile", "add", profile, *ids, *user], store).run()
        self.sign_in("sign-in", profile, store).run()

    def sign_in(self, name, profile, store="secret-service"):
        """A whole sign-in of it."""
        return self.case(name, ["sign-in", profile, "--password-stdin"], store, self.user["password"])

    def stop(self):
        """What follows comes from the cache: there is nobody left to ask."""
        self.process.terminate()
        self.process.wait()


def single_sign_on(home):
    """A profile of IAM Identity Center whose credentials are cached, as the AWS CLI and two others read it."""
    start, role, account = "https://example.awsapps.com/start", "Admin", "123456789012"
    os.makedirs(os.path.join(home, ".aws", "cli", "cache"))
    key = json.dumps({"accountId": account, "roleName": role, "startUrl": start}, sort_keys=True, separators=(",", ":"))
    cache = os.path.join(home, ".aws", "cli", "cache", hashlib.sha1(key.encode()).hexdigest() + ".json")
    keys = {"AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "s", "SessionToken": TOKEN, "Expiration": LATER}
    with open(cache, "w", encoding="utf-8") as file:
        json.dump({"ProviderType": "sso", "Credentials": keys}, file)
    with open(os.path.join(home, ".aws", "config"), "w", encoding="utf-8") as file:
        file.write(f"[profile bench]\nsso_start_url = {start}\nsso_region = us-east-1\nsso_account_id = {account}\nsso_role_name = {role}\nregion = us-east-1\n")
    return home


def vending(signed, folder, rounds=30):
    """Credentials from a session that is cached."""
    ask = ["credential-process", "bench"]
    ours = [signed.case("`poolkey credential-process`, Secret Service", ask, POOLKEY_SESSION_CACHE="off")]
    kernel = "`poolkey credential-process`, kernel keyring"
    # There is no Secret Service on this bus: what answers then is the kernel.
    if "ASIA" in signed.case(kernel, ask, DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent").said():
        ours.insert(0, signed.case(kernel, ask))
    else:
        yield "the kernel's keyring cannot be used here", "", ""
    home = single_sign_on(os.path.join(folder, "sso"))
    static = os.path.join(folder, "awsume")
    os.makedirs(os.path.join(static, ".aws"))
    with open(os.path.join(static, ".aws", "credentials"), "w", encoding="utf-8") as file:
        file.write(f"[bench]\naws_access_key_id = ASIAEXAMPLE\naws_secret_access_key = s\naws_session_token = {TOKEN}\nregion = us-east-1\n")
    theirs = [
        Case("AWS CLI 2.9 `configure export-credentials`", [AWS, "configure", "export-credentials", "--profile", "bench"], home),
        Case("`aws-sso-credential-process` 0.3.1", [program("aws-sso-credential-process"), "--profile", "bench"], home),
        Case("`aws-sso-util credential-process` 4.33.0", [program("aws-sso-util"), "credential-process", "--profile", "bench"], home),
        Case("`awsumepy` 4.5.4, keys in the credentials file", [program("awsumepy"), "bench"], static),
    ]
    plain = [
        Case("`secret-tool lookup`, 1.8 kB", ["secret-tool", "lookup", "bench", "yes"], os.path.join(folder, "secret-tool")),
        signed.case("`poolkey --version`", ["--version"]),
    ]
    subprocess.run(["secret-tool", "store", "--label=bench", "bench", "yes"], input="x" * 1800, text=True, check=True)
    for case in [*ours, *theirs]:
        if "ASIA" not in case.said():
            raise SystemExit(f"{case.name} printed no credentials")
    interleave([*ours, *plain, *theirs], rounds, weigh=3)
    yield from rows([*ours, *plain, *theirs])
    fastest = min(theirs, key=lambda case: median(case.walls))
    for case in ours:
        ratios = f"{part(median(case.walls), median(fastest.walls))}, {part(median(case.cpus), median(fastest.cpus))}"
        yield f"{case.name}: p50 wall, CPU beside the fastest ({fastest.name})", ratios, "≤ 1/30" if case is ours[0] else ""


def signing_in(signed, folder, rounds=15):
    """A whole sign-in and exchange in one process, at the sandbox."""
    about, user = signed.about, signed.user
    endpoint = {"AWS_ENDPOINT_URL": about["endpoint"], "AWS_REGION": about["region"], "AWS_DEFAULT_REGION": about["region"]}
    told = json.dumps({**about, "client_id": signed.client, "user": user})
    cogauth = os.path.join(folder, "cogauth")
    os.makedirs(cogauth)
    with open(os.path.join(cogauth, ".cognito-cli-config.json"), "w", encoding="utf-8") as file:
        json.dump({"user_pool_id": about["user_pool_id"], "client_id": signed.client, "identity_pool_id": about["identity_pool_id"], "region": about["region"]}, file)
    ours = [
        signed.sign_in("`poolkey sign-in` (SRP), Secret Service", "bench"),
        signed.sign_in("`poolkey sign-in` (SRP), kept nowhere", "bench", "memory"),
    ]
    login = [program("cogauth"), "login", "--username", user["username"], "--profile", "bench", "--no-lambda-proxy"]
    theirs = [
        Case("`cogauth login` 0.0.8 (password sent, no SRP)", login, cogauth, user["password"] + "\n", endpoint),
        Case("pycognito 2024.5.1 (SRP) + boto3", [PYTHON, os.path.join(HERE, "sign_in.py")], os.path.join(folder, "pycognito"), told, endpoint),
        Case("amazon-cognito-identity-js 6.3.21 (SRP) + fetch", ["node", os.path.join(HERE, "sign_in.js"), os.path.join(TOOLS, "node", "node_modules")], os.path.join(folder, "js"), told),
    ]
    interleave([*ours, *theirs], rounds, weigh=3)
    yield from rows([*ours, *theirs])
    for case in ours:
        yield f"{case.name}: p50 CPU beside `cogauth login`", part(median(case.cpus), median(theirs[0].cpus)), "≤ 1/15"


CONFIGPARSER = """
import configparser, os, sys, time
path = os.path.expanduser('~/.aws/credentials')
file = configparser.RawConfigParser()
file.read(path)
file[sys.argv[1]] = {'aws_access_key_id': f'ASIA{time.time_ns()}', 'aws_secret_access_key': 's', 'aws_session_token': sys.argv[2]}
with open(path, 'w') as out: file.write(out)
"""
PROFILE_MANAGER = """
import sys, time
from aws_cognito_auth.client import AWSProfileManager
keys = {'AccessKeyId': f'ASIA{time.time_ns()}', 'SecretAccessKey': 's', 'SessionToken': sys.argv[2]}
AWSProfileManager().update_profile(sys.argv[1], keys, 'us-east-1')
"""


def many_profiles(home, count):
    """A credentials file of so many profiles with keys, half a kilobyte each."""
    os.makedirs(os.path.join(home, ".aws"), exist_ok=True)
    with open(os.path.join(home, ".aws", "credentials"), "w", encoding="utf-8") as file:
        for number in range(count):
            file.write(f"[app-{number}]\naws_access_key_id = ASIA{number:016}\naws_secret_access_key = {'s' * 40}\naws_session_token = {TOKEN[:400]}\n\n")


def files(signed, folder):
    """One profile's keys in a credentials file of many, each time others."""
    for count, rounds in ((10, 9), (1_000, 9), (10_000, 5)):
        name = f"app-{count // 2}"
        homes = {tool: os.path.join(folder, f"{tool}-{count}") for tool in ("ours", "configparser", "cogauth", "aws")}
        for home in homes.values():
            many_profiles(home, count)
        aws = os.path.join(homes["ours"], ".aws")
        place = {"AWS_SHARED_CREDENTIALS_FILE": os.path.join(aws, "credentials"), "AWS_CONFIG_FILE": os.path.join(aws, "config")}
        # Two sessions in turn, so that there is always something to write.
        words = [["export", profile, "--to", "credentials-file", "--aws-profile", name] for profile in ("bench", "other")]
        signed.case("take over", [*words[0], "--take-over"], **place).run()
        set_one = f"{AWS} configure set %s --profile {name}"
        keys = ("aws_access_key_id ASIA$$", "aws_secret_access_key s", f"aws_session_token {TOKEN}")
        cases = [
            signed.case(f"{count:,} profiles: `poolkey export`", words, **place),
            Case(f"{count:,} profiles: Python's configparser", [PYTHON, "-c", CONFIGPARSER, name, TOKEN], homes["configparser"]),
            Case(f"{count:,} profiles: cogauth's profile manager", [PYTHON, "-c", PROFILE_MANAGER, name, TOKEN], homes["cogauth"]),
            Case(f"{count:,} profiles: AWS CLI 2.9 `configure set`, three times", ["sh", "-ec", "\n".join(set_one % key for key in keys)], homes["aws"]),
        ]
        interleave(cases, rounds, warm=1)
        ours, parser = cases[:2]
        ratio = part(median(ours.cpus), median(parser.cpus))
        yield from rows(cases)
        yield f"{count:,} profiles: `poolkey export`, p50 CPU beside configparser", ratio, "≤ 1/15" if count == 10_000 else ""


def measure(binary, folder):
    """All rows. The secret store has to be unlocked."""
    for needed in (PYTHON, AWS, os.path.join(TOOLS, "node", "node_modules")):
        if not os.path.exists(needed):
            raise SystemExit(f"{needed} is missing: tests/benches/install, apt-get install awscli")
    os.makedirs(folder, exist_ok=True)
    signed = Signed(binary, folder)
    try:
        signed.add("bench")
        signed.add("other")
        signed.add("bench", "memory")
        yield from signing_in(signed, folder)
        signed.sign_in("sign-in", "bench").run()
    finally:
        signed.stop()
    yield from vending(signed, folder)
    yield from files(signed, folder)


def main():
    """The rows alone, for trying: tests/journeys/desktop tests/benches/peers.py BINARY."""
    sys.path.insert(0, os.path.join(HERE, "..", "journeys"))
    from window import desktop

    processes = desktop()
    try:
        for what, measured, goal in measure(os.path.realpath(sys.argv[1]), os.environ["TMPDIR"]):
            print(f"| {what} | {measured} | {goal} |", flush=True)
    finally:
        for process in processes:
            process.terminate()


if __name__ == "__main__":
    main()
