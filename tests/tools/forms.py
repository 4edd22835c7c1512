"""Reads credentials as programs do, and prints what they get as JSON.

Called as: forms.py dotenv FILE | profile FILE NAME
"""

import json
import os
import sys

if sys.argv[1] == "dotenv":
    from dotenv import dotenv_values

    print(json.dumps(dotenv_values(sys.argv[2], interpolate=False)))
else:
    os.environ["AWS_SHARED_CREDENTIALS_FILE"] = sys.argv[2]
    os.environ["AWS_CONFIG_FILE"] = os.devnull
    import boto3

    session = boto3.Session(profile_name=sys.argv[3])
    keys = session.get_credentials()
    names = {
        "AWS_ACCESS_KEY_ID": keys.access_key,
        "AWS_SECRET_ACCESS_KEY": keys.secret_key,
        "AWS_SESSION_TOKEN": keys.token,
        "AWS_REGION": session.region_name,
    }
    print(json.dumps(names))
