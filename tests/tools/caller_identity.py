"""Reads a profile from the AWS files as any boto3 program does, and asks STS who that is.

Usage: caller_identity.py PROFILE ENDPOINT
"""

import json
import sys

import boto3
from botocore.config import Config

profile, endpoint = sys.argv[1:]
session = boto3.Session(profile_name=profile)
credentials = session.get_credentials()
sts = session.client("sts", endpoint_url=endpoint, config=Config(proxies={}, retries={"max_attempts": 1}))
caller = sts.get_caller_identity()
print(
    json.dumps(
        {
            "account": caller["Account"],
            "arn": caller["Arn"],
            "access_key_id": credentials.access_key,
            "method": credentials.method,
            "region": session.region_name,
        }
    )
)
