"""A whole sign-in with pycognito (SRP), and the exchange at the identity pool with boto3. Told on standard input by peers.py."""

import json
import sys

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from pycognito.aws_srp import AWSSRP

told = json.load(sys.stdin)
client = boto3.client("cognito-idp", config=Config(signature_version=UNSIGNED))
srp = AWSSRP(
    username=told["user"]["username"],
    password=told["user"]["password"],
    pool_id=told["user_pool_id"],
    client_id=told["client_id"],
    client=client,
)
tokens = srp.authenticate_user()["AuthenticationResult"]
logins = {f"cognito-idp.{told['region']}.amazonaws.com/{told['user_pool_id']}": tokens["IdToken"]}
pools = boto3.client("cognito-identity", config=Config(signature_version=UNSIGNED))
identity = pools.get_id(IdentityPoolId=told["identity_pool_id"], Logins=logins)["IdentityId"]
keys = pools.get_credentials_for_identity(IdentityId=identity, Logins=logins)["Credentials"]
assert keys["AccessKeyId"].startswith("ASIA"), keys
