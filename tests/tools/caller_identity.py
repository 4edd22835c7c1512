"""Asks STS who it is, as any boto3 program does: credentials, region and address come from the environment and the AWS files.

Prints {"account": …, "arn": …, "access_key_id": …, "region": …}.
"""

import json

import boto3

session = boto3.Session()
credentials = session.get_credentials()
caller = session.client("sts").get_caller_identity()
print(
    json.dumps(
        {
            "account": caller["Account"],
            "arn": caller["Arn"],
            "access_key_id": credentials.access_key,
            "region": session.region_name,
        }
    )
)
