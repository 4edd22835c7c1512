"""The sign-in flows of pycognito at Poolkey's sandbox.

Usage: pycognito_flows.py FLOW, with the sandbox's first line on standard input. Prints {"username": …} of who is
signed in at the end; ends with an exception when anything in the flow is not as it has to be. With --list instead of
a flow it prints the names of all. The flow device_made prints a device as well; device_given is told one by the key
"device" of the line.

It knows no choice of a second factor, no MFA_SETUP, no USER_AUTH, no CUSTOM_AUTH and no rotating refresh tokens.
"""

import boto3
import requests
from botocore import UNSIGNED
from botocore.config import Config
from pycognito import Cognito
from pycognito.aws_srp import AWSSRP, generate_hash_device
from pycognito.exceptions import (
    ForceChangePasswordException,
    SMSMFAChallengeException,
    SoftwareTokenMFAChallengeException,
)

from sandbox import ABOUT, described, inbox, password, refused, run, totp, wrong

NEW_PASSWORD = "Quite-Another-99!"
SERVICE = boto3.client(
    "cognito-idp",
    region_name=ABOUT["region"],
    endpoint_url=ABOUT["endpoint"],
    config=Config(signature_version=UNSIGNED, proxies={}, retries={"max_attempts": 1}),
)


class Service:
    """boto3, which adds what pycognito leaves out of its responses."""

    def __init__(self, attributes=None):
        self.session = None
        self.attributes = attributes or {}

    def __getattr__(self, name):
        return getattr(SERVICE, name)

    def respond_to_auth_challenge(self, **request):
        """With the newest session, which devices' challenges want, and with attributes for a new password."""
        if self.session:
            request.setdefault("Session", self.session)
        if request["ChallengeName"] == "NEW_PASSWORD_REQUIRED":
            request["ChallengeResponses"] |= self.attributes
        answer = SERVICE.respond_to_auth_challenge(**request)
        self.session = answer.get("Session")
        return answer


def person(name, client="public", secret=None, attributes=None):
    """A pycognito user at an app client; the client's own secret unless another one is given."""
    client = described("clients", client, "name")
    user = Cognito(
        ABOUT["user_pool_id"],
        client["client_id"],
        client_secret=secret or client.get("client_secret"),
        username=name,
        session=boto3.Session(region_name=ABOUT["region"]),
    )
    user.client = Service(attributes)
    # The issuer in the tokens is the service's; only the keys, which they are checked with, come from here.
    keys = f"{ABOUT['endpoint']}/{ABOUT['user_pool_id']}/.well-known/jwks.json"
    user.pool_jwk = requests.get(keys, timeout=15).json()
    return user


def asked(exception, call, *arguments):
    """The call asks for more by this exception; the challenge."""
    try:
        call(*arguments)
    except exception as challenge:
        return challenge.get_tokens() if hasattr(challenge, "get_tokens") else None
    raise AssertionError(f"{exception.__name__} was expected")


def end(user):
    """Refreshes the tokens, whose signatures pycognito has checked; whose they are."""
    first = user.access_token
    # A refresh wants the secret hash over the real user name, also after an alias was typed.
    user.username = user.id_claims["cognito:username"]
    user.renew_access_token()
    assert user.access_token != first
    assert user.access_claims["username"] == user.username
    assert user.client.get_user(AccessToken=user.access_token)["Username"] == user.username
    return user.username


def srp(name, client="public"):
    """A wrong password, then the right one."""
    wrong_one = person(name, client).authenticate
    refused("NotAuthorizedException", "Incorrect username or password.", wrong_one, "Wrong-Password-1!")
    user = person(name, client)
    user.authenticate(password("ana"))
    return end(user)


def wrong_secret():
    """A hash with another secret, and no hash at all."""
    other = person("ana", "confidential", secret="0not0the0secret0of0this0client0")
    refused("NotAuthorizedException", "Unable to verify secret hash", other.authenticate, password("ana"))
    none = person("ana", "confidential")
    none.client_secret = None
    refused("NotAuthorizedException", "SECRET_HASH was not received", none.authenticate, password("ana"))
    needless = person("ana", "public", secret="0secret0that0nobody0asked0for00")
    refused("InvalidParameterException", "is not configured for secret", needless.authenticate, password("ana"))
    return "ana"


def app_code(name, client):
    """The authenticator's code, after a wrong one."""
    user = person(name, client)
    challenge = asked(SoftwareTokenMFAChallengeException, user.authenticate, password("tom"))
    code, respond = totp("tom"), user.respond_to_software_token_mfa_challenge
    refused("CodeMismatchException", "", respond, wrong(code), challenge)
    respond(code, challenge)
    return end(user)


def sms(client="public"):
    """The code that was sent, after a wrong one."""
    user = person("sam", client)
    challenge = asked(SMSMFAChallengeException, user.authenticate, password("sam"))
    code, respond = inbox("sam"), user.respond_to_sms_mfa_challenge
    refused("CodeMismatchException", "", respond, wrong(code), challenge)
    respond(code, challenge)
    return end(user)


def new_password(client="public"):
    """pycognito fills in no attributes, so without them it is refused."""
    asked(ForceChangePasswordException, person("nina", client).authenticate, password("nina"))
    alone = person("nina", client).new_password_challenge
    refused("InvalidParameterException", "given_name", alone, password("nina"), NEW_PASSWORD)
    user = person("nina", client, attributes={"userAttributes.given_name": "Nina"})
    refused("InvalidPasswordException", "", user.new_password_challenge, password("nina"), "short")
    user.client.session = None
    user.new_password_challenge(password("nina"), NEW_PASSWORD)
    return end(user)


def at_device(name, known=None, device_password=None):
    """One sign-in in pycognito's SRP, with a device where there is one."""
    known = known or {}
    return AWSSRP(
        username=name,
        password=password(name),
        pool_id=ABOUT["user_pool_id"],
        client_id=described("clients", "devices", "name")["client_id"],
        client=Service(),
        device_key=known.get("DeviceKey"),
        device_group_key=known.get("DeviceGroupKey"),
        device_password=device_password,
    )


def new_device(name, challenge, answer):
    """The second factor of a device's first sign-in; the tokens, the device and its password.

    pycognito sends ConfirmDevice to the service's own address, whatever the endpoint: boto3 sends it here instead.
    """
    tokens = SERVICE.respond_to_auth_challenge(
        ClientId=described("clients", "devices", "name")["client_id"],
        ChallengeName=challenge["ChallengeName"],
        Session=challenge["Session"],
        ChallengeResponses={"USERNAME": name, f"{challenge['ChallengeName']}_CODE": answer},
    )["AuthenticationResult"]
    new, token = tokens["NewDeviceMetadata"], tokens["AccessToken"]
    secret, verifier = generate_hash_device(new["DeviceGroupKey"], new["DeviceKey"])
    confirmed = SERVICE.confirm_device(
        AccessToken=token, DeviceKey=new["DeviceKey"], DeviceSecretVerifierConfig=verifier
    )
    assert confirmed["UserConfirmationNecessary"]
    return token, new, secret


def remember(token, device):
    """From now on it stands for the second factor."""
    SERVICE.update_device_status(
        AccessToken=token, DeviceKey=device["DeviceKey"], DeviceRememberedStatus="remembered"
    )


def proven(name, known, secret):
    """Only the device's own password is accepted, and no code is asked for; whose tokens they are."""
    refused("NotAuthorizedException", "", at_device(name, known, "another").authenticate_user)
    tokens = at_device(name, known, secret).authenticate_user()["AuthenticationResult"]
    assert "NewDeviceMetadata" not in tokens
    return SERVICE.get_user(AccessToken=tokens["AccessToken"])["Username"]


def device():
    """pycognito makes the device's password and verifier, and proves the password."""
    challenge = asked(SMSMFAChallengeException, at_device("sam").authenticate_user)
    token, new, secret = new_device("sam", challenge, inbox("sam"))
    # Known, but not remembered: it stands for nothing yet.
    asked(SMSMFAChallengeException, at_device("sam", new, secret).authenticate_user)
    remember(token, new)
    return proven("sam", new, secret)


def device_made():
    """A remembered device, for another client."""
    challenge = asked(SoftwareTokenMFAChallengeException, at_device("tom").authenticate_user)
    token, new, secret = new_device("tom", challenge, totp("tom"))
    remember(token, new)
    made = {"key": new["DeviceKey"], "group_key": new["DeviceGroupKey"], "password": secret}
    return {"username": "tom", "device": made}


def device_given():
    """A device that another client made."""
    given = ABOUT["device"]
    known = {"DeviceKey": given["key"], "DeviceGroupKey": given["group_key"]}
    return proven("tom", known, given["password"])


def forgot_password(client="public"):
    """A forgotten password."""
    rita = person("rita", client)
    refused("PasswordResetRequiredException", "", rita.authenticate, password("rita"))
    rita.initiate_forgot_password()
    code, confirm = inbox("rita"), rita.confirm_forgot_password
    refused("CodeMismatchException", "", confirm, wrong(code), NEW_PASSWORD)
    refused("InvalidPasswordException", "", confirm, code, "short")
    confirm(code, NEW_PASSWORD)
    rita.authenticate(NEW_PASSWORD)
    return end(rita)


def confirm_registration(client="public"):
    """An account that was never confirmed."""
    uma = person("uma", client)
    refused("UserNotConfirmedException", "", uma.authenticate, password("uma"))
    uma.resend_confirmation_code("uma")
    code = inbox("uma")
    refused("CodeMismatchException", "", uma.confirm_sign_up, wrong(code), "uma")
    uma.confirm_sign_up(code, "uma")
    uma.authenticate(password("uma"))
    return end(uma)


def change_password():
    """Another password; the old one is refused."""
    ana = person("ana")
    ana.authenticate(password("ana"))
    refused("NotAuthorizedException", "", ana.change_password, "Wrong-Password-1!", NEW_PASSWORD)
    ana.change_password(password("ana"), NEW_PASSWORD)
    refused("NotAuthorizedException", "", person("ana").authenticate, password("ana"))
    ana.authenticate(NEW_PASSWORD)
    return end(ana)


def global_sign_out():
    """Ends the sessions of all machines."""
    here, elsewhere = person("ana"), person("ana")
    for user in (elsewhere, here):
        user.authenticate(password("ana"))
    here.logout()
    refused("NotAuthorizedException", "Refresh Token has been revoked", elsewhere.renew_access_token)
    refused("NotAuthorizedException", "", SERVICE.get_user, AccessToken=elsewhere.access_token)
    return "ana"


FLOWS = {
    "srp": lambda: srp("ana"),
    "alias": lambda: srp("ana@example.com"),
    "secret": lambda: srp("ana", "confidential"),
    "secret_alias": lambda: srp("ana@example.com", "confidential"),
    "wrong_secret": wrong_secret,
    "totp": lambda: app_code("tom", "public"),
    "secret_totp": lambda: app_code("tom", "confidential"),
    "alias_totp": lambda: app_code("tom@example.com", "public"),
    "sms": sms,
    "secret_sms": lambda: sms("confidential"),
    "new_password": new_password,
    "secret_new_password": lambda: new_password("confidential"),
    "device": device,
    "forgot_password": forgot_password,
    "secret_forgot_password": lambda: forgot_password("confidential"),
    "confirm_registration": confirm_registration,
    "secret_confirm_registration": lambda: confirm_registration("confidential"),
    "change_password": change_password,
    "global_sign_out": global_sign_out,
    "device_made": device_made,
    "device_given": device_given,
}

run(FLOWS)
