"""Signs in with pycognito, refreshes, and prints what came of it as JSON.

Usage: pycognito_sign_in.py POOL CLIENT CLIENT_SECRET USERNAME TOTP_SECRET
AWS_ENDPOINT_URL names the server. The password is the first line of standard input; an empty argument means "none".
"""

import base64
import hashlib
import hmac
import json
import os
import struct
import sys
import time

import boto3
import requests
from botocore.config import Config
from pycognito import Cognito
from pycognito.exceptions import SoftwareTokenMFAChallengeException


def totp(secret):
    """RFC 6238 with SHA-1, 30 seconds and 6 digits."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def main():
    """One sign-in and one refresh."""
    pool, client, client_secret, username, totp_secret = sys.argv[1:]
    endpoint = os.environ["AWS_ENDPOINT_URL"]
    password = sys.stdin.readline().rstrip("\n")
    user = Cognito(
        pool,
        client,
        client_secret=client_secret or None,
        username=username,
        session=boto3.Session(region_name=pool.split("_")[0]),
        botocore_config=Config(proxies={}, retries={"max_attempts": 1}),
    )
    # The issuer in the tokens is the service's; only the keys come from this address.
    user.pool_jwk = requests.get(f"{endpoint}/{pool}/.well-known/jwks.json", timeout=15).json()
    asked = False
    try:
        user.authenticate(password=password)
    except SoftwareTokenMFAChallengeException as challenge:
        if not totp_secret:
            raise
        asked = True
        user.respond_to_software_token_mfa_challenge(totp(totp_secret), challenge.get_tokens())
    first = user.access_token
    # A refresh wants the secret hash over the real user name, also after an alias was typed.
    user.username = user.id_claims["cognito:username"]
    user.renew_access_token()
    print(json.dumps({"claims": user.id_claims, "asked": asked, "renewed": user.access_token != first}))


main()
