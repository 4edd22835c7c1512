//! Devices: handed out, confirmed, remembered, used instead of a code, forgotten.

use data_encoding::BASE64;

use super::walk::{Walk, ephemeral, expires};
use super::*;
use crate::crypto::group::{GENERATOR, pad, padded_bytes};
use crate::crypto::srp::private_key;

const NO_DEVICE: &str = "ResourceNotFoundException: Device does not exist.";
const WRONG_PASSWORD: &str = "NotAuthorizedException: Incorrect username or password.";
const DEVICE_SECRET: &str = "c2l4dGVlbiBieXRlcyBhbmQgc29tZSBtb3JlIGZvciBhIGRldmljZQ==";

/// A sign-in by SRP through the client with device tracking, as far as the password leads.
fn proved(
    running: &'static Running,
    username: &str,
    device: Option<&str>,
) -> Result<Walk<'static>, String> {
    let secret = ephemeral();
    let mut parameters = json!({ "USERNAME": username, "SRP_A": secret.srp_a() });
    if let Some(device) = device {
        parameters["DEVICE_KEY"] = device.into();
    }
    let mut walk = Walk::begin(running, "devices", "USER_SRP_AUTH", parameters).unwrap();
    let password = password(running, username);
    let claim = walk.claim(&secret, "Poolkey01", username, password);
    walk.answer = walk.respond(&claim)?;
    Ok(walk)
}

/// As far as the tokens; `sam` gets a code.
fn signed_in(running: &'static Running) -> Value {
    let walk = proved(running, "sam", None).unwrap();
    assert_eq!(walk.challenge(), "SMS_MFA");
    let code = walk.code();
    walk.go(&json!({ "SMS_MFA_CODE": code })).tokens().clone()
}

struct NewDevice {
    key: String,
    group_key: String,
}

impl NewDevice {
    fn of(tokens: &Value) -> Self {
        let text = |name: &str| {
            tokens["NewDeviceMetadata"][name]
                .as_str()
                .unwrap()
                .to_owned()
        };
        Self {
            key: text("DeviceKey"),
            group_key: text("DeviceGroupKey"),
        }
    }

    /// Salt and verifier of the device's secret, as `ConfirmDevice` wants them.
    fn config(&self) -> Value {
        let secret = Secret::new(DEVICE_SECRET.to_owned());
        let salt = [0x9c_u8; 16];
        let x = private_key(&salt, &self.group_key, &self.key, &secret);
        let verifier = GENERATOR.pow_bounded_exp(&*x, 256);
        json!({
            "Salt": BASE64.encode(&pad(&salt)),
            "PasswordVerifier": BASE64.encode(&padded_bytes(&verifier)),
        })
    }

    fn confirm(&self, running: &Running, tokens: &Value, config: Value) -> Result<Value, String> {
        let input = json!({
            "AccessToken": tokens["AccessToken"], "DeviceKey": self.key, "DeviceName": "desk",
            "DeviceSecretVerifierConfig": config,
        });
        ask(running, IDP, "ConfirmDevice", input)
    }

    fn operate(&self, running: &Running, operation: &str, tokens: &Value) -> Result<Value, String> {
        let input = json!({
            "AccessToken": tokens["AccessToken"], "DeviceKey": self.key,
            "DeviceRememberedStatus": "remembered",
        });
        ask(running, IDP, operation, input)
    }

    /// The two device challenges, answered with that secret.
    fn prove(&self, walk: Walk<'static>, secret: &str) -> Result<Walk<'static>, String> {
        assert_eq!(walk.challenge(), "DEVICE_SRP_AUTH");
        let mine = ephemeral();
        let mut walk = walk.go(&json!({ "SRP_A": mine.srp_a() }));
        assert_eq!(walk.challenge(), "DEVICE_PASSWORD_VERIFIER");
        assert_eq!(walk.parameter("DEVICE_KEY"), self.key);
        let claim = walk.claim(&mine, &self.group_key, &self.key, secret);
        walk.answer = walk.respond(&claim)?;
        Ok(walk)
    }
}

/// A device of `sam` that is confirmed and remembered.
fn remembered(running: &'static Running) -> (NewDevice, Value) {
    let tokens = signed_in(running);
    let device = NewDevice::of(&tokens);
    let confirmed = device.confirm(running, &tokens, device.config()).unwrap();
    assert_eq!(confirmed, json!({ "UserConfirmationNecessary": true }));
    device
        .operate(running, "UpdateDeviceStatus", &tokens)
        .unwrap();
    (device, tokens)
}

fn refresh_with(running: &Running, tokens: &Value, device: Option<&str>) -> [Option<String>; 2] {
    let client = client_id(running, "devices");
    let token = &tokens["RefreshToken"];
    let mut new = json!({ "RefreshToken": token, "ClientId": client });
    let mut parameters = json!({ "REFRESH_TOKEN": token });
    if let Some(device) = device {
        new["DeviceKey"] = device.into();
        parameters["DEVICE_KEY"] = device.into();
    }
    let old = json!({
        "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": client, "AuthParameters": parameters,
    });
    [
        ask(running, IDP, "GetTokensFromRefreshToken", new).err(),
        ask(running, IDP, "InitiateAuth", old).err(),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_remembered_device_stands_for_the_code() {
    let running = leaked_sandbox().await;
    let (device, _) = remembered(running);
    assert!(device.key.starts_with("us-east-1_") && device.key.len() == 46);
    assert!(device.group_key.starts_with('-') && device.group_key.len() == 9);

    let walk = proved(running, "sam", Some(&device.key)).unwrap();
    let done = device.prove(walk, DEVICE_SECRET).unwrap();
    assert!(done.tokens().get("NewDeviceMetadata").is_none());
    assert_eq!(
        refresh_with(running, done.tokens(), Some(&device.key)),
        [None, None]
    );

    let walk = proved(running, "sam", Some(&device.key)).unwrap();
    assert_eq!(
        device.prove(walk.clone(), "another secret").err().unwrap(),
        WRONG_PASSWORD
    );
    let once =
        "NotAuthorizedException: Invalid session for the user, session can only be used once.";
    let srp_a = json!({ "SRP_A": ephemeral().srp_a() });
    assert_eq!(walk.respond(&srp_a).unwrap_err(), once);
    let late = proved(running, "sam", Some(&device.key)).unwrap();
    expires(&late, &srp_a);
    // Another user's name does not make it that user's device.
    assert_eq!(
        proved(running, "otto", Some(&device.key)).err().unwrap(),
        NO_DEVICE
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_response_names_the_device() {
    let running = leaked_sandbox().await;
    let (device, _) = remembered(running);
    let missing = "InvalidParameterException: Missing required parameter DEVICE_KEY";
    let mut walk = proved(running, "sam", Some(&device.key)).unwrap();
    let srp_a = json!({ "SRP_A": ephemeral().srp_a() });
    walk.device = None;
    assert_eq!(walk.respond(&srp_a).unwrap_err(), missing);
    walk.device = Some("us-east-1_0".to_owned());
    assert_eq!(walk.respond(&srp_a).unwrap_err(), NO_DEVICE);

    let secret = ephemeral();
    let parameters =
        json!({ "USERNAME": "sam", "SRP_A": secret.srp_a(), "DEVICE_KEY": device.key });
    let mut walk = Walk::begin(running, "devices", "USER_SRP_AUTH", parameters).unwrap();
    let claim = walk.claim(&secret, "Poolkey01", "sam", password(running, "sam"));
    walk.device = None;
    assert_eq!(walk.respond(&claim).unwrap_err(), missing);
    walk.device = Some(device.key);
    assert_eq!(walk.go(&claim).challenge(), "DEVICE_SRP_AUTH");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_device_is_refused_and_the_response_can_be_repeated() {
    let running = leaked_sandbox().await;
    let secret = ephemeral();
    let forgotten = "us-east-1_5a4db0c5-d3e0-4b0b-9c41-0000c0de0001";
    let parameters =
        json!({ "USERNAME": "otto", "SRP_A": secret.srp_a(), "DEVICE_KEY": forgotten });
    let mut walk = Walk::begin(running, "devices", "USER_SRP_AUTH", parameters).unwrap();
    let otto = password(running, "otto");
    let claim = walk.claim(&secret, "Poolkey01", "otto", otto);
    assert_eq!(walk.respond(&claim).unwrap_err(), NO_DEVICE);
    walk.device = None;
    let done = walk.go(&claim);
    let device = NewDevice::of(done.tokens());
    // Handed out, but never confirmed.
    assert_eq!(
        proved(running, "otto", Some(&device.key)).err().unwrap(),
        NO_DEVICE
    );
    let parameters = json!({ "USERNAME": "otto", "PASSWORD": otto, "DEVICE_KEY": forgotten });
    let flow = "USER_PASSWORD_AUTH";
    let refused = Walk::begin(running, "devices", flow, parameters.clone());
    assert_eq!(refused.err().unwrap(), NO_DEVICE);
    // Clients without device tracking take no notice.
    let done = Walk::begin(running, "public", flow, parameters).unwrap();
    assert!(done.tokens().get("NewDeviceMetadata").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_right_verifier_and_the_right_tokens_confirm_a_device() {
    let running = leaked_sandbox().await;
    let tokens = signed_in(running);
    let device = NewDevice::of(&tokens);
    let good = device.config();
    let negative = "InvalidParameterException: Negate value passed for salt and Password verifier";
    let mut config = good.clone();
    config["Salt"] = BASE64.encode(&[0x9c; 16]).into();
    assert_eq!(
        device.confirm(running, &tokens, config).unwrap_err(),
        negative
    );
    for value in ["", "no base64!", "AA=="] {
        let mut config = good.clone();
        config["PasswordVerifier"] = value.into();
        let refused = device.confirm(running, &tokens, config).unwrap_err();
        assert!(
            refused.starts_with("InvalidParameterException"),
            "{refused}"
        );
    }
    let invalid = "InvalidParameterException: Invalid device key given.";
    let other = signed_in(running);
    let refused = device.confirm(running, &other, good.clone());
    assert_eq!(refused.unwrap_err(), invalid);
    let early = device.operate(running, "UpdateDeviceStatus", &tokens);
    assert_eq!(early.unwrap_err(), NO_DEVICE);

    // A password that was sent as it is cannot confirm, but its tokens are good.
    let parameters = json!({ "USERNAME": "ana", "PASSWORD": password(running, "ana") });
    let sent = Walk::begin(running, "devices", "USER_PASSWORD_AUTH", parameters).unwrap();
    let new = NewDevice::of(sent.tokens());
    let refused = new.confirm(running, sent.tokens(), new.config());
    assert_eq!(refused.unwrap_err(), invalid);
    assert_eq!(refresh_with(running, sent.tokens(), None), [None, None]);
    let malformed = NewDevice {
        key: "us-east-1_XYZ".to_owned(),
        group_key: String::new(),
    };
    let refused = malformed.confirm(running, &tokens, good).unwrap_err();
    assert!(refused.contains("regular expression pattern"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_names_the_device_until_it_is_forgotten() {
    let running = leaked_sandbox().await;
    let invalid = Some("NotAuthorizedException: Invalid Refresh Token".to_owned());
    let refused = [invalid.clone(), invalid];
    let tokens = signed_in(running);
    let device = NewDevice::of(&tokens);
    assert_eq!(refresh_with(running, &tokens, Some(&device.key)), refused);
    device.confirm(running, &tokens, device.config()).unwrap();
    assert_eq!(
        refresh_with(running, &tokens, Some(&device.key)),
        [None, None]
    );
    assert_eq!(refresh_with(running, &tokens, None), refused);
    assert_eq!(refresh_with(running, &tokens, Some("us-east-1_0")), refused);

    // Another device of the same user is the wrong one.
    let others = signed_in(running);
    let other = NewDevice::of(&others);
    other.confirm(running, &others, other.config()).unwrap();
    assert_eq!(refresh_with(running, &tokens, Some(&other.key)), refused);
    assert_eq!(
        other.operate(running, "ForgetDevice", &others),
        Ok(json!({}))
    );

    // Known, but not remembered: the code is asked for, and the device stays the same.
    let walk = proved(running, "sam", Some(&device.key)).unwrap();
    assert_eq!(walk.challenge(), "SMS_MFA");
    let code = walk.code();
    let known = walk.go(&json!({ "SMS_MFA_CODE": code })).tokens().clone();
    assert!(known.get("NewDeviceMetadata").is_none());
    assert_eq!(
        refresh_with(running, &known, Some(&device.key)),
        [None, None]
    );

    let got = device.operate(running, "GetDevice", &tokens).unwrap();
    assert_eq!(got["Device"]["DeviceKey"], device.key.as_str());
    let listed = device.operate(running, "ListDevices", &tokens).unwrap();
    assert_eq!(listed["Devices"], json!([got["Device"]]));
    assert_eq!(
        device.operate(running, "ForgetDevice", &tokens),
        Ok(json!({}))
    );
    for operation in ["ForgetDevice", "GetDevice", "UpdateDeviceStatus"] {
        let gone = device.operate(running, operation, &tokens);
        assert_eq!(gone.unwrap_err(), NO_DEVICE, "{operation}");
    }
    assert_eq!(refresh_with(running, &tokens, Some(&device.key)), refused);
    let repeated = proved(running, "sam", Some(&device.key));
    assert_eq!(repeated.err().unwrap(), NO_DEVICE);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rotating_client_hands_a_token_out_once() {
    let running = leaked_sandbox().await;
    let parameters = json!({ "USERNAME": "ana", "PASSWORD": password(running, "ana") });
    let done = Walk::begin(running, "rotating", "USER_PASSWORD_AUTH", parameters).unwrap();
    let input = json!({
        "RefreshToken": done.tokens()["RefreshToken"], "ClientId": client_id(running, "rotating"),
    });
    let rotated = ask(running, IDP, "GetTokensFromRefreshToken", input.clone()).unwrap();
    assert!(rotated["AuthenticationResult"]["RefreshToken"].is_string());
    let reused = ask(running, IDP, "GetTokensFromRefreshToken", input).unwrap_err();
    assert!(reused.starts_with("RefreshTokenReuseException"), "{reused}");
}
