"""Every road of an identity pool by the AWS SDK for Python, at Poolkey's sandbox.

Usage: boto3_flows.py FLOW, with the sandbox's first line on standard input; --list names the flows. The SDK knows no
SRP: the user pool's tokens come from its plain password flow.
"""

import time

import boto3
import jwt
import requests
from botocore import UNSIGNED
from botocore.config import Config
from sandbox import ABOUT, described, password, refused, run

MAIN, OPEN = (pool["identity_pool_id"] for pool in ABOUT["identity_pools"])
USER_POOL = f"cognito-idp.{ABOUT['region']}.amazonaws.com/{ABOUT['user_pool_id']}"
COGNITO = "cognito-identity.amazonaws.com"
GOOGLE, FACEBOOK, AMAZON, APPLE, SAML, OIDC = (known["provider"] for known in ABOUT["providers"])
DENIED = "Not authorized to perform sts:AssumeRoleWithWebIdentity"


def service(name, keys=None):
    """A client of the sandbox that signs with `keys`, or not at all."""
    sign = {} if keys else {"signature_version": UNSIGNED}
    signer = dict(zip(("aws_access_key_id", "aws_secret_access_key", "aws_session_token"), keys or (), strict=False))
    return boto3.client(
        name,
        region_name=ABOUT["region"],
        endpoint_url=ABOUT["endpoint"],
        config=Config(proxies={}, retries={"max_attempts": 1}, **sign),
        **signer,
    )


IDP, IDENTITIES, STS = (service(name) for name in ("cognito-idp", "cognito-identity", "sts"))


def login(provider, person):
    """A login of that person at that provider, as the logins map has it."""
    url = next(known["token_url"] for known in ABOUT["providers"] if known["provider"] == provider)
    return {provider: requests.get(f"{url}&person={person}", timeout=15).json()["token"]}


def tokens(name):
    """A user's tokens of the user pool."""
    return IDP.initiate_auth(
        ClientId=described("clients", "public", "name")["client_id"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": password(name)},
    )["AuthenticationResult"]


def ana():
    """Ana's login of the user pool."""
    return {USER_POOL: tokens("ana")["IdToken"]}


def role_arn(name):
    """The ARN of a role of the sandbox's account."""
    return described("roles", name, "name")["arn"]


def session_arn(role, name):
    """The ARN of a session of that role."""
    return role_arn(role).replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + f"/{name}"


def signer(made):
    """The keys of either flow: they call the secret differently."""
    secret = made.get("SecretKey") or made["SecretAccessKey"]
    return made["AccessKeyId"], secret, made["SessionToken"]


def claims_of(token):
    """The claims of a token, unchecked."""
    return jwt.decode(token, options={"verify_signature": False})


def check_keys(made, arn, seconds):
    """The keys are good for that long, and STS says whose they are."""
    left = made["Expiration"].timestamp() - time.time()
    assert seconds - 60 < left <= seconds + 1, left
    assert service("sts", signer(made)).get_caller_identity()["Arn"] == arn
    key, secret, token = signer(made)
    refused("SignatureDoesNotMatch", "", service("sts", (key, secret[::-1], token)).get_caller_identity)
    refused("InvalidClientTokenId", "", service("sts", (key, secret)).get_caller_identity)


def given(logins):
    """The parameter, which a guest must not send."""
    return {"Logins": logins} if logins else {}


def get_id(logins=None, pool=OPEN):
    """GetId."""
    return IDENTITIES.get_id(IdentityPoolId=pool, **given(logins))["IdentityId"]


def credentials(identity, logins=None, **more):
    """GetCredentialsForIdentity."""
    return IDENTITIES.get_credentials_for_identity(IdentityId=identity, **given(logins), **more)


def enhanced(logins=None, role="authenticated", pool=OPEN, **more):
    """The enhanced flow; the identity ID and the answer."""
    identity = get_id(logins, pool)
    assert not logins or get_id(logins, pool) == identity
    made = credentials(identity, logins, **more)
    assert made["IdentityId"] == identity
    check_keys(made["Credentials"], session_arn(role, "CognitoIdentityCredentials"), 3600)
    return identity, made["Credentials"]


def open_id_token(identity, logins=None):
    """GetOpenIdToken, checked with the published key as any other receiver would; the token and its claims."""
    made = IDENTITIES.get_open_id_token(IdentityId=identity, **given(logins))
    assert made["IdentityId"] == identity
    token = made["Token"]
    return token, read(token)


def read(token, lifetime=600):
    """The claims of an identity pool's token."""
    key = jwt.PyJWKClient(f"{ABOUT['endpoint']}/.well-known/jwks_uri").get_signing_key_from_jwt(token)
    claims = jwt.decode(token, key, algorithms=["RS256"], audience=OPEN, issuer=f"https://{COGNITO}", leeway=5)
    assert claims["exp"] - claims["iat"] == lifetime, claims
    # No claim more or less than the tokens of ministack have (tests/real/ministack_basic.rs).
    pool = f"https://{COGNITO}/identity-pool-arn"
    assert set(claims) == {"sub", "aud", "amr", "iss", "iat", "exp", pool}, claims
    assert claims[pool].endswith(f":identitypool/{OPEN}"), claims
    return claims


def assume(token, role="authenticated", **more):
    """AssumeRoleWithWebIdentity."""
    asked = {"RoleArn": role_arn(role), "WebIdentityToken": token, "RoleSessionName": "boto3@laptop"}
    return STS.assume_role_with_web_identity(**asked | more)


def basic(identity, logins=None, role="authenticated"):
    """The basic flow; the credentials."""
    token, claims = open_id_token(identity, logins)
    assert claims["sub"] == identity
    provider = next(iter(logins or {}), None)
    assert claims["amr"][:2] == (["authenticated", provider] if logins else ["unauthenticated"]), claims
    made = assume(token, role, DurationSeconds=900)
    assert made["SubjectFromWebIdentityToken"] == identity
    assert (made["Provider"], made["Audience"]) == (COGNITO, OPEN)
    assert made["AssumedRoleUser"]["Arn"] == session_arn(role, "boto3@laptop")
    check_keys(made["Credentials"], session_arn(role, "boto3@laptop"), 900)
    return made["Credentials"]


def providers():
    """Both flows with the login of each provider whose tokens may go to STS."""
    for provider in (GOOGLE, FACEBOOK, AMAZON, APPLE, OIDC):
        logins = login(provider, "gina")
        identity, _ = enhanced(logins)
        basic(identity, logins)
        assert get_id(login(provider, "gina")) == identity, "a new login of the same person"
        assert get_id(login(provider, "somebody-else")) != identity
    return "gina"


def user_pool():
    """The roles of the user pool's groups count where the identity pool says so."""
    identity, _ = enhanced(ana())
    basic(identity, ana())
    signed_in = f"{USER_POOL}:CognitoSignIn:{claims_of(tokens('ana')['IdToken'])['sub']}"
    assert open_id_token(identity, ana())[1]["amr"] == ["authenticated", USER_POOL, signed_in]
    in_main, _ = enhanced(ana(), "developers", MAIN)
    assert in_main != identity
    return "ana"


def saml():
    """Enhanced only."""
    logins = login(SAML, "sid")
    identity, _ = enhanced(logins)
    words = "Basic (classic) flow is not supported with SAML, please use enhanced flow."
    refused("InvalidParameterException", words, open_id_token, identity, logins)
    return "sid"


def is_scoped_down(made):
    """Whether a session policy stands before a service that guests must not use."""
    code = "AccessDenied" if made.get("SecretKey") else "InvalidAuthorizationMessageException"
    words = "no session policy allows" if made.get("SecretKey") else ""
    sts = service("sts", signer(made))
    refused(code, words, sts.decode_authorization_message, EncodedMessage="unused")


def guest():
    """The enhanced flow scopes a guest down, the basic flow does not."""
    identity, made = enhanced(role="unauthenticated")
    is_scoped_down(made)
    is_scoped_down(basic(identity, role="unauthenticated"))
    token, _ = open_id_token(identity)
    refused("AccessDenied", DENIED, assume, token, "authenticated")
    assert get_id() != identity, "each GetId without logins makes a guest"
    refused("NotAuthorizedException", "Unauthenticated access is not supported", get_id, pool=MAIN)
    return "guest"


def guest_upgrade():
    """A guest who signs in keeps the ID; one whose login has an identity gets that."""
    first, second, logins = get_id(), get_id(), login(GOOGLE, "gina")
    assert credentials(first, logins)["IdentityId"] == first
    assert get_id(logins) == first
    refused("NotAuthorizedException", f"Access to Identity '{first}' is forbidden.", credentials, first)
    assert credentials(second, logins)["IdentityId"] == first
    refused("NotAuthorizedException", f"Access to Identity '{second}' is forbidden.", credentials, second)
    return "gina"


def linked_logins():
    """Two logins in one call are one identity from then on."""
    google, facebook = login(GOOGLE, "gina"), login(FACEBOOK, "fay")
    identity, _ = enhanced(google | facebook)
    assert [get_id(google), get_id(facebook)] == [identity, identity]
    apple = login(APPLE, "abe")
    other = get_id(apple)
    refused("ResourceConflictException", "already linked", credentials, other, apple | google)
    refused("NotAuthorizedException", "Logins don't match.", credentials, identity, apple)
    return "gina"


def custom_role():
    """One of the token's own roles."""
    enhanced(ana(), "on-call", CustomRoleArn=role_arn("on-call"))
    wrong = role_arn("unauthenticated")
    words = f"Access to Role '{wrong}' is forbidden."
    identity = get_id(ana())
    refused("NotAuthorizedException", words, credentials, identity, ana(), CustomRoleArn=wrong)
    refused("NotAuthorizedException", words, credentials, get_id(), CustomRoleArn=wrong)
    return "ana"


def developer():
    """The backend signs with credentials of its own; the client gets on with the token."""
    about = ABOUT["developer"]
    name, keys = about["provider_name"], (about["access_key_id"], about["secret_access_key"])
    asked = {"IdentityPoolId": OPEN, "Logins": {name: "dora"}}

    def token(keys=keys, **more):
        backend = service("cognito-identity", keys)
        return backend.get_open_id_token_for_developer_identity(**asked | more)

    refused("InvalidSignatureException", "", token, (keys[0], keys[1][::-1]))
    refused("UnrecognizedClientException", "", token, ("AKIAIOSFODNN7EXAMPLE", keys[1]))
    refused("InvalidParameterException", "developer provider", token, Logins={"login.elsewhere.example": "dora"})
    made = token(TokenDuration=3600)
    identity, logins = made["IdentityId"], {COGNITO: made["Token"]}
    assert read(made["Token"], 3600)["sub"] == identity
    assert token()["IdentityId"] == identity
    answered = credentials(identity, logins)
    assert answered["IdentityId"] == identity
    check_keys(answered["Credentials"], session_arn("authenticated", "CognitoIdentityCredentials"), 3600)
    assert assume(made["Token"])["SubjectFromWebIdentityToken"] == identity
    refused("InvalidParameterException", "Please provide a valid public provider.", get_id, {name: "dora"})
    refused("NotAuthorizedException", "Not a Cognito token.", get_id, {COGNITO: login(GOOGLE, "dora")[GOOGLE]})
    assert token(Logins={name: "dan"})["IdentityId"] != identity
    return "dora"


def classic_flow_disabled():
    """Where the pool does not allow it."""
    identity, _ = enhanced(ana(), "developers", MAIN)
    words = "Basic (classic) flow is not enabled, please use enhanced flow."
    refused("InvalidParameterException", words, open_id_token, identity, ana())
    return "ana"


def ambiguous_roles():
    """At a sandbox whose open pool wants a role from the token and gives none without."""
    logins = login(GOOGLE, "gina")
    identity = get_id(logins)
    words = "The ambiguous role mapping rules denied this request"
    refused("NotAuthorizedException", words, credentials, identity, logins)
    words = "Basic (classic) flow is not supported with RoleMappings enabled, please use enhanced flow."
    refused("InvalidParameterException", words, open_id_token, identity, logins)
    enhanced(ana(), "developers")
    return "gina"


def refused_logins():
    """What is wrong with a login, in the service's words."""
    google, invalid = login(GOOGLE, "gina")[GOOGLE], "Invalid login token. "
    unsupported = "Token is not from a supported provider of this identity pool."
    head, claims, signature = google.split(".")
    for logins, words in (
        ({APPLE: google}, f"{invalid}Issuer doesn't match providerName"),
        ({USER_POOL: tokens("ana")["AccessToken"]}, f"{invalid}Missing a required claim: aud"),
        ({GOOGLE: ".".join((head, claims, signature[::-1]))}, f"{invalid}Couldn't verify signed token."),
        ({GOOGLE: "opaque"}, f"{invalid}Not a valid OpenId Connect identity token."),
        ({"login.elsewhere.example": google}, unsupported),
        (ana() | {APPLE: google}, f"{invalid}Issuer doesn't match providerName"),
    ):
        refused("NotAuthorizedException", words, get_id, logins)
    refused("NotAuthorizedException", unsupported, get_id, login(GOOGLE, "gina"), pool=MAIN)
    nowhere = f"{OPEN[:-4]}ffff"
    refused("ResourceNotFoundException", f"IdentityPool '{nowhere}' not found.", get_id, pool=nowhere)
    refused("ResourceNotFoundException", f"Identity '{nowhere}' not found.", credentials, nowhere)
    enhanced(login(GOOGLE, "gina"))
    return "gina"


def refused_by_sts():
    """What STS says of tokens, roles and lengths."""
    logins = login(GOOGLE, "gina")
    token, _ = open_id_token(get_id(logins), logins)
    id_token = tokens("ana")["IdToken"]
    issuer = "No OpenIDConnect provider found in your account for https://cognito-idp."
    refused("InvalidIdentityToken", issuer, assume, id_token)
    refused("InvalidIdentityToken", "is not a valid JWT", assume, "opaque")
    refused("InvalidIdentityToken", "", assume, token[:-8] + token[-8:][::-1])
    refused("AccessDenied", DENIED, assume, token, "unauthenticated")
    refused("AccessDenied", DENIED, assume, token, RoleArn=f"{role_arn('authenticated')}-that-is-none")
    longest = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    refused("ValidationError", longest, assume, token, DurationSeconds=3601)
    refused("ValidationError", "durationSeconds", assume, token, "on-call", DurationSeconds=43201)
    refused("ValidationError", "roleSessionName", assume, token, RoleSessionName="two words")
    refused("MalformedPolicyDocument", "", assume, token, Policy="{")
    made = assume(token, "on-call", DurationSeconds=43200)["Credentials"]
    check_keys(made, session_arn("on-call", "boto3@laptop"), 43200)
    return "gina"


def identities():
    """A login at each provider, and the identity that it has."""
    others = (GOOGLE, FACEBOOK, AMAZON, APPLE, SAML, OIDC)
    known = [("ana", ana())] + [("gina", login(provider, "gina")) for provider in others]
    made = [{"person": person, "login": logins, "identity_id": get_id(logins)} for person, logins in known]
    about = ABOUT["developer"]
    backend = service("cognito-identity", (about["access_key_id"], about["secret_access_key"]))
    asked = {"IdentityPoolId": OPEN, "Logins": {about["provider_name"]: "dora"}}
    developer_identity = backend.get_open_id_token_for_developer_identity(**asked)["IdentityId"]
    return {"logins": made, "developer": developer_identity}


run(
    {
        flow.__name__: flow
        for flow in (
            user_pool,
            providers,
            saml,
            guest,
            guest_upgrade,
            linked_logins,
            custom_role,
            developer,
            classic_flow_disabled,
            refused_logins,
            refused_by_sts,
            ambiguous_roles,
            identities,
        )
    }
)
