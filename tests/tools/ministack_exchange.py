"""Adds to what ministack_setup.py made whatever the tests of the exchange need, and prints it as JSON.

Usage: ministack_exchange.py, with what ministack_setup.py printed on standard input.
"""

import json
import sys

from ministack_setup import REGION, add_role, service, trust

COGNITO = "cognito-identity.amazonaws.com"
WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity"


def trusting(pool, method, principal=COGNITO):
    """A trust policy for an identity pool's tokens, as Amazon's console writes it."""
    condition = {
        "StringEquals": {f"{COGNITO}:aud": pool},
        "ForAnyValue:StringLike": {f"{COGNITO}:amr": method},
    }
    return trust({"Federated": principal}, WEB_IDENTITY, condition)


def main():
    """A second identity pool: guests, Google, and both user pools. Roles that fit, and that do not."""
    about = json.load(sys.stdin)
    endpoint, first, foreign = about["endpoint"], about["identity_pool_id"], about["foreign"]
    identity, idp = service("cognito-identity", endpoint), service("cognito-idp", endpoint)

    def key(pool):
        return f"cognito-idp.{REGION}.amazonaws.com/{pool['user_pool_id']}"

    pool = identity.create_identity_pool(
        IdentityPoolName="open",
        AllowUnauthenticatedIdentities=True,
        AllowClassicFlow=True,
        SupportedLoginProviders={"accounts.google.com": "1234567890.apps.googleusercontent.com"},
        CognitoIdentityProviders=[
            {"ProviderName": key(known), "ClientId": known["public"]["client_id"], "ServerSideTokenCheck": False}
            for known in (about, foreign)
        ],
    )["IdentityPoolId"]
    roles = {
        name: add_role(endpoint, name, trusted)
        for name, trusted in {
            "open-users": trusting(pool, "authenticated"),
            "open-guests": trusting(pool, "unauthenticated"),
            "other-principal": trusting(pool, "authenticated", "accounts.google.com"),
            "other-audience": trusting(first, "authenticated"),
            "other-method": trusting(pool, "unauthenticated"),
        }.items()
    }
    attached = {"authenticated": roles["open-users"], "unauthenticated": roles["open-guests"]}
    identity.set_identity_pool_roles(IdentityPoolId=pool, Roles=attached)
    tokens = idp.initiate_auth(
        ClientId=about["public"]["client_id"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ana", "PASSWORD": about["ana"]["password"]},
    )["AuthenticationResult"]
    made = {
        "identity_pool_id": pool,
        "roles": roles | {"missing": roles["open-users"].replace("open-users", "nobody-made-this")},
        "id_token": tokens["IdToken"],
        "access_token": tokens["AccessToken"],
        "user_pool_key": key(about),
        "foreign_key": key(foreign),
    }
    print(json.dumps(made))


if __name__ == "__main__":
    main()
