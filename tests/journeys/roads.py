"""Journeys through the other roads to credentials, and through what shows how they went."""

import os
import re
import tempfile

from labels import ACCESS_KEY, ANA_PASSWORD, DEMO_BADGE, PASSWORD, SIGN_OUT, TIMER
from outside import holds
from ways import BROWSER_OPEN, begin, fill_in, select, signed_in
from window import Failed

GET = ("push button", "Get credentials")
REFRESH = ("push button", "Refresh now")
TRY_AGAIN = ("push button", "Try again")
FORGET = ("menu item", "Forget here")
CHANGE_ROLE = ("push button", "Change role")
ON_CALL = ("radio menu item", ".*-on-call")
IDENTITY = ("label", r"Identity ID: us-east-1:[0-9a-f-]{36}")
SAVE = ("push button", "Save")
POOL_ID = ("entry", "Identity pool ID")
FILTER = ("entry", "Filter by operation, code or request ID")
CALLS = ("heading", r"\d+ calls?")
COPY_REPORT = ("push button", "Copy report")
COPY_COMMAND = ("push button", "Copy AWS CLI command")
OPEN_CONSOLE = ("push button", "Open console page")
COPY_PROBLEM = ("push button", "Copy the problem")
CHECK = ("push button", "Check configuration")
CHECKED = ("label", r"(\d+) of (\d+) checks pass.*")
COPY_ID_TOKEN = ("push button", "Copy ID token")

NO_SUCH_POOL = "us-east-1:00000000-0000-4000-8000-000000000000"


def guest(start, _boto):
    """Credentials without any sign-in, and nothing of them left afterwards."""
    window = start("demo")
    select(window, "demo-guest")
    window.picture("before")
    window.press(GET)
    signed_in(window)
    window.see(IDENTITY)
    window.see(("label", r"Logins: none \(guest\)"))
    window.picture("guest")
    window.press(SIGN_OUT)
    window.see(FORGET)
    window.picture("menu")
    window.press(FORGET)
    window.see(GET)
    window.see_not(ACCESS_KEY)
    window.see(("status bar", "No credentials yet"))


def basic_flow(start, _boto):
    """STS hands out the credentials: of the profile's role, for as long as it asks."""
    window = start("demo")
    with_password(window, "demo-basic")
    window.see(("label", "Role: .*on-call.*"))
    window.see(("label", "Role choice: assumed through STS"))
    two_hours = r"(2 hours|1 hour 5\d minutes.*) left"
    window.until("two hours are left", lambda: re.fullmatch(two_hours, window.see(TIMER).description))
    window.picture("basic")


def one_sign_in(start, _boto):
    """One sign-in, two roles and two identity pools."""
    window = start("demo")
    with_password(window, "demo")
    window.press(CHANGE_ROLE)
    window.see(ON_CALL)
    window.picture("roles")
    window.press(ON_CALL)
    window.see(("label", "Role: .*on-call.*"))
    signed_in(window)
    window.picture("on-call")

    select(window, "demo-shared")
    window.see(("list item", "demo-shared, .*signed in.*"))
    window.picture("shared")
    window.press(REFRESH)
    signed_in(window)
    window.see(("label", "Role: .*"))
    window.picture("shared-credentials")


def no_questions(start, _boto):
    """Tokens from a file, by a command and by both; a backend that vouches for its person."""
    window = start("demo")
    for profile, login in (
        ("demo-google", "Google"),
        ("demo-amazon", ".*Amazon"),
        ("demo-linked", "Google, .*Amazon"),
        ("demo-developer", ".+"),
    ):
        select(window, profile)
        window.press(GET)
        signed_in(window)
        window.see(("label", f"Logins: {login}"))
        window.picture(profile)


def pasted_tokens(start, _boto):
    """Tokens that somebody has to paste."""
    window = start("demo")
    for profile, token in (
        ("demo-facebook", "Facebook user access token"),
        ("demo-apple", "Sign in with Apple ID token"),
        ("demo-saml", "SandboxSaml SAML response"),
    ):
        begin(window, profile)
        window.picture(profile)
        fill_in(window, ("password text", token))
        signed_in(window)
    window.picture("saml-credentials")


def provider_in_browser(start, _boto):
    """The browser opens the provider's page, its person is chosen there."""
    here = os.path.dirname(os.path.abspath(__file__))
    go = os.path.join(tempfile.mkdtemp(prefix="browser-"), "go")
    window = start("demo", BROWSER=os.path.join(here, "browser"), JOURNEY_GO=go)
    begin(window, "demo-oidc", asked=False)
    window.see(BROWSER_OPEN)
    window.picture("waiting")
    open(go, "w").close()
    signed_in(window)
    window.picture("signed-in")


def tokens_and_calls(start, _boto):
    """What the tokens say can be read, the tokens cannot; each call is listed with its request ID."""
    window = start("demo")
    with_password(window, "demo")
    tab(window, "Tokens")
    window.see(("label", "cognito:username: ana"))
    window.see(("label", r"cognito:groups: .*"))
    window.see(("label", r"token_use: id"))
    window.picture("tokens")
    window.press(("push button", "Reveal ID token"))
    window.see(("push button", "Hide ID token"))
    window.press(COPY_ID_TOKEN)
    token = window.clipboard()
    if token.count(".") != 2 or len(token) < 200:
        raise Failed(f"not a token: {len(token)} letters were copied")
    hidden(window, token)
    window.press(("push button", "Hide ID token"))

    tab(window, "Activity")
    window.see(CALLS)
    for operation in ("InitiateAuth", "GetId", "GetCredentialsForIdentity"):
        window.see(("row|list item|label", f".*{operation}.*"))
    ids = [node.name for node in window.nodes() if re.fullmatch(r"Copy request ID [0-9a-f-]{36}", node.name)]
    if len(ids) < 4 or len(set(ids)) != len(ids):
        raise Failed(f"these are the request IDs: {ids}")
    window.picture("activity")
    window.find(FILTER).focus()
    window.see_focus(FILTER)
    window.type("getid")
    window.see_not(("row|list item|label", ".*InitiateAuth.*"))
    window.see(("row|list item|label", ".*GetId.*"))
    window.picture("filtered")
    window.press(COPY_REPORT)
    report = window.clipboard("(?!eyJ).+")
    for wanted in ("GetId", "GetCredentialsForIdentity", ids[0].split()[-1]):
        if wanted not in report:
            raise Failed(f"the report does not tell {wanted}:\n{report}")
    for secret in (token, ANA_PASSWORD):
        if secret in report:
            raise Failed("the report holds a secret")


def refusal(start, _boto):
    """An identity pool that is not there: why, what to do, and how it works again."""
    window = start("demo")
    with_password(window, "demo")
    tab(window, "Configuration")
    pool = window.see(POOL_ID).text
    rename_pool(window, NO_SUCH_POOL)
    tab(window, "Overview")
    window.see(COPY_COMMAND)
    window.see(TRY_AGAIN)
    # AWS's console does not have the sandbox's pools.
    window.see_not(OPEN_CONSOLE)
    window.see(("label", ".*ResourceNotFoundException.*"))
    window.see(("label", "1. .+"))
    window.picture("refused")
    window.press(COPY_PROBLEM)
    told = window.clipboard()
    for wanted in ("ResourceNotFoundException", NO_SUCH_POOL, "aws cognito-identity"):
        if wanted not in told:
            raise Failed(f"the problem does not tell {wanted}:\n{told}")
    tab(window, "Configuration")
    rename_pool(window, pool)
    tab(window, "Overview")
    signed_in(window)
    window.see_not(COPY_COMMAND)


def checks(start, _boto):
    """The configuration is checked before anybody signs in, and again when it is wrong."""
    window = start("demo")
    select(window, "demo")
    tab(window, "Configuration")
    window.picture("form")
    window.press(CHECK)
    done = window.see(CHECKED)
    passed, tried = re.fullmatch(CHECKED[1], done.name).groups()
    window.picture("checked")
    if passed != tried or int(tried) < 3:
        raise Failed(f"{done.name}\n{window.tree()}")


JOURNEYS = (guest, basic_flow, one_sign_in, no_questions, pasted_tokens, provider_in_browser, tokens_and_calls, refusal, checks)


def with_password(window, profile):
    """Signs in as Ana."""
    window.see(DEMO_BADGE)
    begin(window, profile)
    fill_in(window, PASSWORD)
    signed_in(window)


def tab(window, name):
    """Opens a tab."""
    window.press(("page tab", name))


def rename_pool(window, pool):
    """Types another identity pool ID and saves it."""
    window.see(POOL_ID).focus()
    window.see_focus(POOL_ID)
    window.key("ctrl+a")
    window.type(pool)
    window.press(SAVE)


def hidden(window, secret):
    """Refuses a tree that holds any part of a secret."""
    if holds(window.tree(), secret):
        raise Failed("the accessibility tree holds a secret")
