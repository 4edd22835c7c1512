# AWS credentials as the Poolkey profile {{profile}} gets them: boto3.
{{#environment}}
# Run with {{environment}}
{{/environment}}
# pip install boto3
{{#client_secret}}
import base64
import hmac
{{/client_secret}}
import os

import boto3

{{#password}}
username = os.environ["COGNITO_USERNAME"]
parameters = {"USERNAME": username, "PASSWORD": os.environ["COGNITO_PASSWORD"]}
{{#client_secret}}
# The app client has a secret. It belongs on a server, never into an app.
key = os.environ["COGNITO_CLIENT_SECRET"].encode()
digest = hmac.digest(key, (username + "{{client_id}}").encode(), "sha256")
parameters["SECRET_HASH"] = base64.b64encode(digest).decode()
{{/client_secret}}
{{#srp}}
# The app client must allow ALLOW_USER_PASSWORD_AUTH. Without it sign in by SRP: pycognito.
{{/srp}}
user_pool = boto3.client("cognito-idp", region_name="{{user_pool_region}}")
signed_in = user_pool.initiate_auth(
    ClientId="{{client_id}}",
    AuthFlow="USER_PASSWORD_AUTH",
    AuthParameters=parameters,
)
if "AuthenticationResult" not in signed_in:
    raise SystemExit(f"Answer {signed_in['ChallengeName']} with respond_to_auth_challenge")
id_token = signed_in["AuthenticationResult"]["IdToken"]

{{/password}}
{{#own_token}}
{{#browser}}
# The ID token of a sign-in through managed login: authorization code with PKCE.
{{/browser}}
{{#custom}}
# The ID token of a sign-in by CUSTOM_AUTH, whose challenges only you know.
{{/custom}}
id_token = os.environ["COGNITO_ID_TOKEN"]

{{/own_token}}
{{#logins}}
logins = {
    "{{login_key}}": {{login_token}},
}
{{/logins}}
identity_pool = boto3.client("cognito-identity", region_name="{{region}}")
{{#identity}}
identity_id = identity_pool.get_id(
    IdentityPoolId="{{identity_pool_id}}",
{{#logins}}
    Logins=logins,
{{/logins}}
)["IdentityId"]
{{/identity}}
{{#developer}}
# Your backend calls GetOpenIdTokenForDeveloperIdentity and hands on identity ID and token.
identity_id = os.environ["COGNITO_IDENTITY_ID"]
{{/developer}}
{{#enhanced}}
credentials = identity_pool.get_credentials_for_identity(
    IdentityId=identity_id,
{{#logins}}
    Logins=logins,
{{/logins}}
{{#role}}
    CustomRoleArn="{{role_arn}}",
{{/role}}
)["Credentials"]
session = boto3.Session(
    aws_access_key_id=credentials["AccessKeyId"],
    aws_secret_access_key=credentials["SecretKey"],
    aws_session_token=credentials["SessionToken"],
    region_name="{{region}}",
)
{{/enhanced}}
{{#basic}}
token = identity_pool.get_open_id_token(
    IdentityId=identity_id,
{{#logins}}
    Logins=logins,
{{/logins}}
)["Token"]
sts = boto3.client("sts", region_name="{{region}}")
credentials = sts.assume_role_with_web_identity(
    RoleArn="{{role_arn}}",
    RoleSessionName="{{session_name}}",
    WebIdentityToken=token,
)["Credentials"]
session = boto3.Session(
    aws_access_key_id=credentials["AccessKeyId"],
    aws_secret_access_key=credentials["SecretAccessKey"],
    aws_session_token=credentials["SessionToken"],
    region_name="{{region}}",
)
{{/basic}}

# For any client: session.client("s3")
print(credentials["AccessKeyId"], credentials["Expiration"])
