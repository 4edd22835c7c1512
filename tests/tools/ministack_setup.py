"""Sets up ministack for the tests in tests/real/ministack.rs and prints what it made as JSON.

Usage: ministack_setup.py ENDPOINT [CALLBACK_URL...]

The callback addresses are registered with the app clients that may use managed login. The triggers of custom sign-in
are in ministack_triggers.py.
"""

import base64
import hashlib
import hmac
import io
import json
import pathlib
import struct
import sys
import time
import zipfile

import boto3
from botocore.config import Config

REGION = "us-east-1"
ROOT = "000000000000"  # ministack's root key; any secret goes with it
TEMPORARY = ("nina", "nora", "nell")
USERS = {name: f"Ministack-{name.title()}-11!" for name in ("ana", "tom", "rita", "dan", *TEMPORARY)}
EVA, UMA = "Ministack-Eva-33!", "Ministack-Uma-44!"
FLOWS = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
SCOPES = ["openid", "email", "aws.cognito.signin.user.admin"]
LOGOUT = "http://127.0.0.1:1/bye"
CLIENTS = ("public", "confidential", "browser", "secret_browser", "choosing_browser")


def service(name, endpoint):
    """A client of one service at the emulator."""
    return boto3.client(
        name,
        region_name=REGION,
        endpoint_url=endpoint,
        aws_access_key_id=ROOT,
        aws_secret_access_key="unused",
        config=Config(retries={"max_attempts": 1}, proxies={}),
    )


def totp(secret, now):
    """RFC 6238 with SHA-1, 30 seconds and 6 digits."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(now) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def add_user(idp, pool, name, password):
    """A confirmed user with an e-mail alias and a permanent password."""
    email = [{"Name": "email", "Value": f"{name}@example.com"}, {"Name": "email_verified", "Value": "true"}]
    idp.admin_create_user(UserPoolId=pool, Username=name, UserAttributes=email, MessageAction="SUPPRESS")
    idp.admin_set_user_password(UserPoolId=pool, Username=name, Password=password, Permanent=True)


def add_client(idp, pool, name, secret=False, more=None):
    """An app client; its ID and, where there is one, its secret."""
    flows = {"ExplicitAuthFlows": FLOWS}
    made = idp.create_user_pool_client(
        UserPoolId=pool, ClientName=name, GenerateSecret=secret, **(flows | (more or {}))
    )["UserPoolClient"]
    return {"client_id": made["ClientId"], "client_secret": made.get("ClientSecret")}


def managed_login(callbacks, providers=("COGNITO",)):
    """What an app client needs for managed login."""
    return {
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": SCOPES,
        "CallbackURLs": list(callbacks),
        "LogoutURLs": [LOGOUT],
        "SupportedIdentityProviders": list(providers),
    }


def enrol_authenticator(idp, pool, client, name, password):
    """Turns on the second factor; the shared secret."""
    tokens = idp.initiate_auth(
        ClientId=client["client_id"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": password},
    )["AuthenticationResult"]
    secret = idp.associate_software_token(AccessToken=tokens["AccessToken"])["SecretCode"]
    idp.verify_software_token(AccessToken=tokens["AccessToken"], UserCode=totp(secret, time.time()))
    idp.admin_set_user_mfa_preference(
        UserPoolId=pool, Username=name, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    return secret


def add_pool(idp, name, users, **more):
    """A user pool with a public and a confidential client."""
    pool = idp.create_user_pool(PoolName=name, AliasAttributes=["email"], **more)["UserPool"]["Id"]
    idp.set_user_pool_mfa_config(
        UserPoolId=pool, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="OPTIONAL"
    )
    for username, password in users.items():
        add_user(idp, pool, username, password)
    return {
        "user_pool_id": pool,
        "public": add_client(idp, pool, "public"),
        "confidential": add_client(idp, pool, "confidential", secret=True),
    }


def spoil_accounts(idp, pool):
    """Those who cannot just sign in: a temporary password, a reset one, a disabled and an unconfirmed account."""
    at = {"UserPoolId": pool["user_pool_id"]}
    for name in TEMPORARY:
        idp.admin_set_user_password(**at, Username=name, Password=USERS[name], Permanent=False)
    idp.admin_reset_user_password(**at, Username="rita")
    idp.admin_disable_user(**at, Username="dan")
    email = [{"Name": "email", "Value": "uma@example.com"}]
    idp.sign_up(ClientId=pool["public"]["client_id"], Username="uma", Password=UMA, UserAttributes=email)


def trust(principal, action, condition=None):
    """Who may take a role, as the text that IAM wants."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": action}
    statement |= {"Condition": condition} if condition else {}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def add_role(endpoint, name, trusted):
    """A role; its ARN."""
    made = service("iam", endpoint).create_role(RoleName=name, AssumeRolePolicyDocument=trusted)
    return made["Role"]["Arn"]


def add_triggers(endpoint):
    """The functions of custom sign-in, which ministack runs itself; for LambdaConfig."""
    role = add_role(endpoint, "triggers", trust({"Service": "lambda.amazonaws.com"}, "sts:AssumeRole"))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.write(pathlib.Path(__file__).with_name("ministack_triggers.py"), "triggers.py")
    made = {}
    for trigger, handler in {
        "DefineAuthChallenge": "define",
        "CreateAuthChallenge": "create",
        "VerifyAuthChallengeResponse": "verify",
    }.items():
        made[trigger] = service("lambda", endpoint).create_function(
            FunctionName=handler,
            Runtime="python3.12",
            Role=role,
            Handler=f"triggers.{handler}",
            Code={"ZipFile": archive.getvalue()},
        )["FunctionArn"]
    return made


def add_managed_login(idp, endpoint, pool, foreign, callbacks):
    """App clients for the browser. The foreign pool is the identity provider Partner of this one."""
    port = endpoint.rsplit(":", 1)[1]
    back = managed_login([f"http://localhost:{port}/oauth2/idpresponse"])
    partner = add_client(idp, foreign["user_pool_id"], "partner", secret=True, more=back)
    at = {"UserPoolId": pool["user_pool_id"]}
    idp.create_identity_provider(
        **at,
        ProviderName="Partner",
        ProviderType="OIDC",
        ProviderDetails={
            **partner,
            "attributes_request_method": "GET",
            "oidc_issuer": f"https://cognito-idp.{REGION}.amazonaws.com/{foreign['user_pool_id']}",
            "authorize_scopes": "openid email",
            "authorize_url": f"{endpoint}/oauth2/authorize",
            "token_url": f"{endpoint}/oauth2/token",
        },
        AttributeMapping={"email": "email"},
    )
    login = managed_login(callbacks, ("COGNITO", "Partner"))
    choosing = login | {"ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}
    return {
        "browser": add_client(idp, pool["user_pool_id"], "browser", more=login),
        "secret_browser": add_client(idp, pool["user_pool_id"], "secret_browser", secret=True, more=login),
        "choosing_browser": add_client(idp, pool["user_pool_id"], "choosing_browser", more=choosing),
    }


def add_identity_pool(endpoint, pool):
    """An identity pool that knows the pool's clients, with a role for its users."""
    identity = service("cognito-identity", endpoint)
    made = identity.create_identity_pool(
        IdentityPoolName="real",
        AllowUnauthenticatedIdentities=False,
        CognitoIdentityProviders=[
            {
                "ProviderName": f"cognito-idp.{REGION}.amazonaws.com/{pool['user_pool_id']}",
                "ClientId": pool[client]["client_id"],
                "ServerSideTokenCheck": False,
            }
            for client in CLIENTS
        ],
    )["IdentityPoolId"]
    condition = {
        "StringEquals": {"cognito-identity.amazonaws.com:aud": made},
        "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"},
    }
    users = trust(
        {"Federated": "cognito-identity.amazonaws.com"}, "sts:AssumeRoleWithWebIdentity", condition
    )
    role = add_role(endpoint, "real-users", users)
    identity.set_identity_pool_roles(IdentityPoolId=made, Roles={"authenticated": role})
    return made, role


def main():
    """Everything, in order."""
    endpoint, *callbacks = sys.argv[1:]
    idp = service("cognito-idp", endpoint)
    factors = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    pool = add_pool(idp, "real", USERS, LambdaConfig=add_triggers(endpoint), Policies=factors)
    foreign = add_pool(idp, "foreign", {"eva": EVA})
    totp_secret = enrol_authenticator(idp, pool["user_pool_id"], pool["public"], "tom", USERS["tom"])
    spoil_accounts(idp, pool)
    pool |= add_managed_login(idp, endpoint, pool, foreign, callbacks)
    identity_pool, role = add_identity_pool(endpoint, pool)
    users = {
        name: {"username": name, "email": f"{name}@example.com", "password": password}
        for name, password in (USERS | {"uma": UMA}).items()
    }
    users["tom"]["totp_secret"] = totp_secret
    about = {
        "endpoint": endpoint,
        "identity_pool_id": identity_pool,
        "role_arn": role,
        "account": ROOT,
        "callbacks": callbacks,
        "logout_url": LOGOUT,
        "foreign": {**foreign, "username": "eva", "password": EVA},
    }
    print(json.dumps(pool | users | about))


if __name__ == "__main__":
    main()
