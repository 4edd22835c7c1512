"""When the AWS SDK for Python asks a credential process again: how often it is started for ten requests, by how many
seconds the credentials in its answer still live. Nothing is sent anywhere.

Called as: python refresh_windows.py SECONDS…; prints {"SECONDS": starts, …}. refresh_windows.js is its counterpart.
"""

import json
import os
import sys
import tempfile
from datetime import datetime, timedelta, timezone

import botocore.awsrequest
import botocore.session

REQUESTS = 10


def answer(left):
    """What a credential process says."""
    end = datetime.now(timezone.utc) + timedelta(seconds=left)
    keys = {"AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "secret", "SessionToken": "token"}
    return json.dumps({"Version": 1, **keys, "Expiration": end.strftime("%Y-%m-%dT%H:%M:%SZ")})


def respond(request, **_):
    """In place of the service."""
    body = b"<GetCallerIdentityResponse><GetCallerIdentityResult/></GetCallerIdentityResponse>"
    response = botocore.awsrequest.AWSResponse(request.url, 200, {}, None)
    response._content = body
    return response


def starts(left):
    """How often the process is started for the requests of one client."""
    with tempfile.TemporaryDirectory() as folder:
        said, counted, config = (os.path.join(folder, name) for name in ("answer", "counted", "config"))
        with open(said, "w") as file:
            file.write(answer(left))
        with open(config, "w") as file:
            file.write(f"[default]\ncredential_process = sh -c 'echo >> {counted}; cat {said}'\n")
        os.environ.update(AWS_CONFIG_FILE=config, AWS_SHARED_CREDENTIALS_FILE=os.path.join(folder, "none"))
        client = botocore.session.Session().create_client("sts", region_name="us-east-1")
        client.meta.events.register("before-send", respond)
        for _ in range(REQUESTS):
            client.get_caller_identity()
        with open(counted) as file:
            return len(file.readlines())


for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]
print(json.dumps({left: starts(float(left)) for left in sys.argv[1:]}))
