"""Journeys through every way to use the credentials: shown in the window, proved outside of it."""

import json
import os
import re
import subprocess
import urllib.error
import urllib.request

from labels import ACCESS_KEY, FILE_SWITCH, FILE_WRITTEN, VALID, WRITE
from outside import FORMS, Terminal, demo_home, holds, private, read, sandbox_of, setting
from roads import rename_pool, tab, with_password
from ways import select, signed_in
from window import Failed

HERE = os.path.dirname(os.path.abspath(__file__))
REMOVE_SHEET = ("dialog", r"Remove \[demo\]\?")
REMOVE = ("push button", "Remove", REMOVE_SHEET)
TAKE_OVER_SHEET = ("dialog", r"Take over \[demo\]\?")
TAKE_OVER = ("push button", "Take over", TAKE_OVER_SHEET)
UNDO = ("push button", "Take back…")
UNDO_SHEET = ("dialog", r"Take the last change back\?")
UNDO_NOW = ("push button", "Take back", UNDO_SHEET)
NO_SECTION = ("label", r"\[demo\] in .*credentials · for tools that read keys only")
FOREIGN = ("label", r"\[demo\] in .*credentials · not made by Poolkey")
ENDPOINT = ("toggle button", "Container endpoint")
ADDRESS = ("label", r"Address: http://127\.0\.0\.1:\d+/.*")
TOKEN_FILE = ("label", "Token file: /.+")
COPY_VARIABLES = ("push button", "Copy as environment variables")
WEB_IDENTITY = ("toggle button", "Web identity")
ROLE = ("entry", "Role ARN for the web identity")
OPEN_TERMINAL = ("push button", "Open a terminal")
CONSOLE = ("push button", "Open console")
COPY_AS = ("push button", "Copy as")
PROGRAM = ("push button", "Copy the program")
KEEP_FRESH = ("toggle button", "Keep fresh")
SETTINGS = ("push button", "Settings")

THEIRS = "\n# of somebody else\n[demo]\naws_access_key_id = AKIASOMEBODYELSE0001\naws_secret_access_key = theirs-and-secret-0123456789/abcdef\n"
ROLE_ARN = "arn:aws:iam::123456789012:role/poolkey-sandbox-developers"


def credentials_file(start, boto):
    """Each change is shown first, and can be taken back; what somebody else wrote is asked about."""
    window = start("demo")
    with_password(window, "demo")
    tab(window, "Export")
    window.picture("export")
    home = demo_home(window)
    before = read(home, ".aws", "credentials")
    window.press(FILE_SWITCH)
    window.see(WRITE)
    shown = window.tree()
    window.picture("write")
    if read(home, ".aws", "credentials") != before:
        raise Failed("it was written before anybody agreed")
    window.press(WRITE)
    window.see(FILE_WRITTEN)
    window.picture("written")
    private(home, ".aws", "credentials")
    keys, _caller = boto(window, "demo")
    if f"aws_access_key_id = {keys['access_key']}" not in shown:
        raise Failed(f"the sheet does not show what is written:\n{shown}")
    for secret in (keys["secret_key"], keys["token"], setting(before, "aws_secret_access_key")):
        if holds(shown + window.said(), secret):
            raise Failed("the sheet or the log shows a secret")

    window.press(FILE_SWITCH)
    window.see(REMOVE)
    window.picture("remove")
    window.press(REMOVE)
    window.see(NO_SECTION)
    if read(home, ".aws", "credentials") != before:
        raise Failed("removing leaves something, or takes too much")
    window.press(UNDO)
    window.see(UNDO_NOW)
    window.picture("take-back")
    window.press(UNDO_NOW)
    window.see(FILE_WRITTEN)
    boto(window, "demo")
    window.press(FILE_SWITCH)
    window.press(REMOVE)
    window.see(NO_SECTION)

    with open(os.path.join(home, ".aws", "credentials"), "a") as file:
        file.write(THEIRS)
    # The files are read again with each selection.
    select(window, "demo-totp")
    select(window, "demo")
    window.see(FOREIGN)
    window.press(FILE_SWITCH)
    window.see(TAKE_OVER)
    window.picture("take-over")
    if holds(window.tree(), setting(THEIRS, "aws_secret_access_key")):
        raise Failed("the sheet shows somebody else's secret")
    window.key("Escape")
    window.see_not(TAKE_OVER_SHEET)
    if read(home, ".aws", "credentials") != before + THEIRS:
        raise Failed("it was taken over though nobody agreed")
    window.press(FILE_SWITCH)
    window.press(TAKE_OVER)
    window.see(FILE_WRITTEN)
    boto(window, "demo")
    window.press(UNDO)
    window.press(UNDO_NOW)
    window.see(FOREIGN)
    if read(home, ".aws", "credentials") != before + THEIRS:
        raise Failed("taking back does not give somebody else's section back")


def endpoint_and_role(start, boto):
    """The two ways by which an SDK asks again by itself."""
    window = start("demo")
    with_password(window, "demo")
    tab(window, "Export")
    window.press(ENDPOINT)
    address = window.see(ADDRESS).name.removeprefix("Address: ")
    token_file = window.see(TOKEN_FILE).name.removeprefix("Token file: ")
    window.picture("endpoint")
    private(token_file)
    token = read(token_file)
    if holds(window.tree(), token):
        raise Failed("the window shows the endpoint's token")
    variables = {"AWS_CONTAINER_CREDENTIALS_FULL_URI": address, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": token_file}
    boto(window, **variables)
    for how, headers in (
        ("without a token", {}),
        ("with a wrong token", {"Authorization": token[:-1]}),
        ("from a web page", {"Authorization": token, "Origin": "http://127.0.0.1"}),
        ("by another name", {"Authorization": token, "Host": "rebound.example"}),
    ):
        if answer(address, headers) not in (401, 403):
            raise Failed(f"asked {how} it answers {answer(address, headers)}")
    window.press(COPY_VARIABLES)
    copied = window.clipboard("export .*")
    region = {"AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"}
    if dict(re.findall(r"(\w+)='(.*?)'", copied)) != variables | region:
        raise Failed(f"this was copied:\n{copied}")
    window.press(ENDPOINT)
    window.see_not(ADDRESS)
    if answer(address, {"Authorization": token}) is not None or os.path.exists(token_file):
        raise Failed("the endpoint is switched off, and still there")

    # Only a pool with the basic flow hands out tokens for STS.
    home = demo_home(window)
    open_pool = setting(read(home, "config", "profiles.toml").split('name = "demo-basic"')[1], "identity_pool_id").strip('"')
    tab(window, "Configuration")
    rename_pool(window, open_pool)
    tab(window, "Overview")
    signed_in(window)
    tab(window, "Export")
    if window.see(WEB_IDENTITY).enabled:
        raise Failed("a web identity without a role can be switched on")
    window.find(ROLE).focus()
    window.see_focus(ROLE)
    window.type(ROLE_ARN)
    window.press(WEB_IDENTITY)
    window.see(WRITE)
    window.picture("web-identity")
    window.press(WRITE)
    window.see(("label", r"\[profile demo\] in .*config · renewed every 8 minutes while Poolkey runs"))
    window.picture("web-identity-on")
    config = read(home, ".aws", "config")
    if setting(config, "role_arn") != ROLE_ARN:
        raise Failed(f"not the role that was typed:\n{config}")
    token_file = setting(config, "web_identity_token_file")
    private(token_file)
    if holds(window.tree(), read(token_file)):
        raise Failed("the window shows the web identity token")
    _keys, caller = boto(window, "demo")
    if caller["Arn"].split("/")[1] != ROLE_ARN.split("/")[1]:
        raise Failed(f"not the role that was typed: {caller}")


def terminal_and_console(start, _boto):
    """A terminal with these credentials and no others; the browser is sent to the console."""
    terminal = Terminal("xterm")
    page = os.path.join(terminal.place, "page")
    window = start(
        "demo",
        BROWSER=os.path.join(HERE, "browser"),
        JOURNEY_PAGE=page,
        AWS_PROFILE="another",
        AWS_ROLE_ARN=ROLE_ARN,
        AWS_CONTAINER_CREDENTIALS_FULL_URI="http://127.0.0.1:1/",
        **terminal.variables,
    )
    with_password(window, "demo")
    access_key = window.see(ACCESS_KEY).name.split()[-1]
    tab(window, "Export")
    window.press(OPEN_TERMINAL)
    window.hear("A terminal opens with the credentials of demo")
    terminal.has_credentials(window, "demo", access_key)

    window.press(CONSOLE)
    window.hear("The AWS console opens in your browser, as demo")
    window.until("the console's page is there", lambda: os.path.exists(page))
    link, text = read(page).split("\n", 1)
    if not link.startswith(f"{sandbox_of(demo_home(window))}/federation?Action=login&"):
        raise Failed("the browser was sent elsewhere")
    if "Signed in to the console" not in text or ":assumed-role/" not in text:
        raise Failed(f"not the console:\n{text}")
    if re.search(r"SigninToken=([^&]+)", link).group(1) in window.tree() + window.said():
        raise Failed("the link can be read in the window or in what it says")


def copied(start, _boto):
    """Each form of the menu, as the program that it is for reads it; a first program in each language."""
    window = start("demo")
    with_password(window, "demo")
    access_key = window.see(ACCESS_KEY).name.split()[-1]
    secrets = set()
    for form, what, keys in FORMS:
        window.press(COPY_AS)
        item = ("menu item", re.escape(form))
        window.see(item)
        if form == "JSON":
            window.picture("menu")
        window.press(item)
        text = window.clipboard(what)
        found = keys(text)
        if found[0] != access_key or len(found[1]) != 40 or len(found[2]) < 100:
            raise Failed(f"{form} holds other credentials than the window shows")
        secrets.update(found[1:])
        window.hear(".* copied; the clipboard forgets it in 45 s")
    targets = subprocess.check_output(["xclip", "-o", "-selection", "clipboard", "-t", "TARGETS"], text=True, timeout=20)
    if "x-kde-passwordManagerHint" not in targets:
        raise Failed(f"clipboard histories are not told to leave it out: {targets.split()}")
    if len(secrets) != 2 or any(holds(window.tree(), secret) for secret in secrets):
        raise Failed("the forms disagree, or the accessibility tree holds a secret")
    window.picture("copied")

    tab(window, "Export")
    pool = setting(read(demo_home(window), "config", "profiles.toml"), "identity_pool_id").strip('"')
    for language, sign in LANGUAGES:
        tab(window, re.escape(language))
        begins = re.escape(f" AWS credentials as the Poolkey profile demo gets them: {sign}.")
        window.see(("label", f"(#|//){begins}.*{pool}.*"))
        window.press(PROGRAM)
        if pool not in window.clipboard(f"(#|//){begins}.*"):
            raise Failed(f"the program in {language} is for another pool")


def remembered(start, _boto):
    """Switches are where they were left."""
    window = start("demo")
    with_password(window, "demo")
    kept = ("config", "profiles.toml")
    home = demo_home(window)
    window.press(KEEP_FRESH)
    window.see(("label", "Expires at .* · does not renew by itself"))
    window.until("it is in the file", lambda: "keep_fresh = false" in read(home, *kept))
    window.press(KEEP_FRESH)
    window.see(("label", "Expires at .* · renews by itself at .*"))
    window.until("it is out of the file", lambda: "keep_fresh" not in read(home, *kept))
    window.close()

    notify, tray = (("toggle button", text) for text in ("Notify before a sign-in ends", "Keep renewing in the tray"))
    window = start()
    was = {}
    window.press(SETTINGS)
    window.picture("settings")
    for switch in (notify, tray):
        was[switch] = window.see(switch).on
        window.press(switch)
        window.until("it is turned", lambda switch=switch: window.see(switch).on != was[switch])
    # Without a tray the window ends all the same.
    window.close()
    window = start()
    window.press(SETTINGS)
    for switch in (notify, tray):
        if window.see(switch).on == was[switch]:
            raise Failed(f"{switch[1]!r} is forgotten")
    window.press(SETTINGS)


def process(start, boto):
    """A profile of one's own whose secrets are in the keychain: the SDK runs Poolkey."""
    terminal = Terminal("some-terminal")
    window = start(**terminal.variables)
    sandbox = subprocess.Popen([window.process.args[0], "sandbox"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        pools = json.loads(sandbox.stdout.readline())
        ana = next(user for user in pools["users"] if user["username"] == "ana")
        window.press(("push button", "New profile"))
        for label, text in (
            ("Profile name", "mine"),
            ("User pool ID", pools["user_pool_id"]),
            ("App client ID", pools["clients"][0]["client_id"]),
            ("Identity pool ID", pools["identity_pool_id"]),
            (r"Endpoint \(optional\)", pools["endpoint"]),
        ):
            put(window, ("entry", label), text)
        window.picture("form")
        window.press(("push button", "Save"))
        window.press(("push button", "Sign in"))
        window.see_focus(("entry", "Username"))
        window.type("ana")
        window.key("Return")
        window.see_focus(("password text", "Password"))
        window.type(ana["password"])
        window.key("Return")
        window.see(VALID)

        tab(window, "Export")
        window.press(("toggle button", "credential_process"))
        window.see(WRITE)
        window.picture("write")
        window.press(WRITE)
        window.see(("label", r"\[profile mine\] in ~/\.aws/config · always fresh, nothing on disk"))
        home = os.path.join(window.folder, "home")
        if os.path.exists(os.path.join(home, ".aws", "credentials")):
            raise Failed("there are credentials on the disk")
        session = {name: os.environ[name] for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")}
        keys, _caller = boto(window, "mine", home, pools["endpoint"], **session)
        if holds(window.tree(), keys["secret_key"]):
            raise Failed("the window shows a secret")
        window.press(OPEN_TERMINAL)
        terminal.has_credentials(window, "mine", keys["access_key"])
        window.press(("push button", "Sign out"))
        window.press(("menu item", "Sign out"))
        window.see(("status bar", "Signed out"))
        try:
            boto(window, "mine", home, pools["endpoint"], **session)
        except Failed as refused:
            if "mine" not in str(refused) or "hint: " not in str(refused):
                raise
        else:
            raise Failed("signed out, and the SDK still gets credentials")
    finally:
        sandbox.terminate()
        sandbox.wait()


def keyboard_and_refusal(start, _boto):
    """A sheet that closes gives the keyboard back; a way that the pool does not allow is refused with what helps."""
    window = start("demo")
    with_password(window, "demo")
    tab(window, "Export")
    window.see(ROLE).focus()
    window.see_focus(ROLE)
    window.type(ROLE_ARN)
    window.press(WEB_IDENTITY)
    window.press(WRITE)
    said = window.hear("The identity pool does not allow the basic flow.*")
    window.picture("refused")
    home = demo_home(window)
    if "[profile demo]" in read(home, ".aws", "config") or os.path.exists(os.path.join(home, "state", "web-identity", "demo.jwt")):
        raise Failed("refused, and something was written")
    if "Set the exchange of demo to the enhanced flow" in said:
        raise Failed(f"the profile has the enhanced flow already, and is told: {said}")
    window.see(FILE_SWITCH).focus()
    window.see_focus(FILE_SWITCH)
    window.key("space")
    window.see(WRITE)
    window.key("Escape")
    window.see_not(WRITE)
    window.see_focus(FILE_SWITCH)


JOURNEYS = (credentials_file, endpoint_and_role, terminal_and_console, copied, remembered, process, keyboard_and_refusal)


def put(window, field, text):
    """Types into a field in place of what is there."""
    window.see(field).focus()
    window.see_focus(field)
    window.key("ctrl+a")
    window.type(text)


def answer(address, headers):
    """The status that the endpoint answers with; none where nothing listens."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        return opener.open(urllib.request.Request(address, headers=headers), timeout=20).status
    except urllib.error.HTTPError as refused:
        return refused.code
    except urllib.error.URLError:
        return None


# A language's tab, and for what its program says it is.
LANGUAGES = (
    ("JavaScript (SDK v3)", "AWS SDK for JavaScript v3, Node.js"),
    ("Python (boto3)", "boto3"),
    ("Swift", "AWS SDK for Swift"),
    ("Kotlin", "AWS SDK for Kotlin"),
    (".NET (C#)", "AWS SDK for .NET"),
    ("Rust", "AWS SDK for Rust"),
)
