"""Adds to what ministack_setup.py made an account's worth of app clients, and prints what boto3 lists as JSON.

Usage: ministack_discover.py, with what ministack_setup.py printed on standard input.
"""

import json
import sys

from ministack_setup import REGION, add_client, service

MANY = 64  # with the others, more than one part of a list has


def listed(call, name, **more):
    """All parts of a list."""
    found, token = [], {}
    while True:
        part = call(MaxResults=60, **more, **token)
        found += part[name]
        if not part.get("NextToken"):
            return found
        token = {"NextToken": part["NextToken"]}


def main():
    """A domain, many app clients and an identity pool of theirs; then every client as boto3 describes it."""
    about = json.load(sys.stdin)
    idp, identity = (service(name, about["endpoint"]) for name in ("cognito-idp", "cognito-identity"))
    pool = about["user_pool_id"]
    idp.create_user_pool_domain(Domain="real-people", UserPoolId=pool)
    many = [add_client(idp, pool, f"many-{number}", secret=number % 2 == 0) for number in range(MANY)]
    identity.create_identity_pool(
        IdentityPoolName="many people",
        AllowUnauthenticatedIdentities=True,
        CognitoIdentityProviders=[
            {"ProviderName": f"cognito-idp.{REGION}.amazonaws.com/{pool}", "ClientId": client["client_id"]}
            for client in many
        ],
    )
    clients = [
        idp.describe_user_pool_client(UserPoolId=pool["Id"], ClientId=client["ClientId"])["UserPoolClient"]
        for pool in listed(idp.list_user_pools, "UserPools")
        for client in listed(idp.list_user_pool_clients, "UserPoolClients", UserPoolId=pool["Id"])
    ]
    pools = [
        identity.describe_identity_pool(IdentityPoolId=pool["IdentityPoolId"])
        for pool in listed(identity.list_identity_pools, "IdentityPools")
    ]
    print(json.dumps({"clients": clients, "identity_pools": pools}, default=str))


if __name__ == "__main__":
    main()
