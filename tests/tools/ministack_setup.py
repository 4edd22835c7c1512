"""Sets up ministack for the tests in tests/real/ministack.rs and prints what it made as JSON.

Usage: ministack_setup.py ENDPOINT
"""

import base64
import hashlib
import hmac
import json
import struct
import sys
import time

import boto3
from botocore.config import Config

REGION = "us-east-1"
ROOT = "000000000000"  # ministack's root key; any secret goes with it
ANA, TOM, EVA = "Ministack-Ana-11!", "Ministack-Tom-22!", "Ministack-Eva-33!"
FLOWS = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


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


def add_client(idp, pool, name, secret):
    """An app client; its ID and, where there is one, its secret."""
    made = idp.create_user_pool_client(
        UserPoolId=pool, ClientName=name, GenerateSecret=secret, ExplicitAuthFlows=FLOWS
    )["UserPoolClient"]
    return {"client_id": made["ClientId"], "client_secret": made.get("ClientSecret")}


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


def add_pool(idp, name, users):
    """A user pool with a public and a confidential client."""
    pool = idp.create_user_pool(PoolName=name, AliasAttributes=["email"])["UserPool"]["Id"]
    idp.set_user_pool_mfa_config(
        UserPoolId=pool, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="OPTIONAL"
    )
    for username, password in users.items():
        add_user(idp, pool, username, password)
    return {
        "user_pool_id": pool,
        "public": add_client(idp, pool, "public", secret=False),
        "confidential": add_client(idp, pool, "confidential", secret=True),
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
            for client in ("public", "confidential")
        ],
    )["IdentityPoolId"]
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Federated": "cognito-identity.amazonaws.com"},
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Condition": {
                    "StringEquals": {"cognito-identity.amazonaws.com:aud": made},
                    "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"},
                },
            }
        ],
    }
    role = service("iam", endpoint).create_role(
        RoleName="real-users", AssumeRolePolicyDocument=json.dumps(trust)
    )["Role"]["Arn"]
    identity.set_identity_pool_roles(IdentityPoolId=made, Roles={"authenticated": role})
    return made, role


def main():
    """Everything, in order."""
    endpoint = sys.argv[1]
    idp = service("cognito-idp", endpoint)
    pool = add_pool(idp, "real", {"ana": ANA, "tom": TOM})
    totp_secret = enrol_authenticator(idp, pool["user_pool_id"], pool["public"], "tom", TOM)
    identity_pool, role = add_identity_pool(endpoint, pool)
    print(
        json.dumps(
            {
                **pool,
                "endpoint": endpoint,
                "identity_pool_id": identity_pool,
                "role_arn": role,
                "account": ROOT,
                "ana": {"username": "ana", "email": "ana@example.com", "password": ANA},
                "tom": {"username": "tom", "password": TOM, "totp_secret": totp_secret},
                "foreign": {**add_pool(idp, "foreign", {"eva": EVA}), "username": "eva", "password": EVA},
            }
        )
    )


if __name__ == "__main__":
    main()
