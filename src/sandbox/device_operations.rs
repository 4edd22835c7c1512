//! What a signed-in user does with devices: `ConfirmDevice`, `UpdateDeviceStatus`, `ForgetDevice`,
//! `GetDevice`, `ListDevices`.
//!
//! Deliberately absent: pages in `ListDevices`.

use data_encoding::BASE64;
use serde_json::{Value, json};

use super::account::bearer;
use super::error::{Answer, Refusal};
use super::input::Input;
use super::srp_server::Verifier;
use super::tokens::unverified_claims;
use super::world::Call;

/// The claim of an access token that names the device it belongs to.
pub(super) const DEVICE_CLAIM: &str = "device_key";

/// `ConfirmDevice`. Only the tokens that came with a device, by a password proved by SRP, can.
pub(super) fn confirm(call: &mut Call<'_>, input: &Input) -> Answer {
    let token = input.required("AccessToken")?;
    let user = bearer(call, token)?;
    let key = device_key(input)?;
    // `bearer` has verified the token.
    let claims = unverified_claims(token).unwrap_or_default();
    let bound = claims.get(DEVICE_CLAIM).and_then(Value::as_str);
    if bound != Some(key) || call.state.devices.of(key, &user.username).is_none() {
        return Err(Refusal::invalid_parameter("Invalid device key given."));
    }
    let config = input
        .map("DeviceSecretVerifierConfig")
        .ok_or_else(|| Refusal::missing_parameter("DeviceSecretVerifierConfig"))?;
    let (salt, value) = (config.text("Salt"), config.text("PasswordVerifier"));
    let (Some(salt), Some(value)) = (salt, value) else {
        return Err(Refusal::invalid_parameter(
            "Password verifier and salt are required",
        ));
    };
    let verifier = Verifier::given(&number(salt)?, &number(value)?)
        .ok_or_else(|| Refusal::invalid_parameter("Invalid password verifier"))?;
    let name = input.text("DeviceName").map(str::to_owned);
    let devices = &mut call.state.devices;
    devices.change(key, &user.username, |device| {
        device.verifier = Some(verifier);
        device.name = name;
    })?;
    Ok(json!({ "UserConfirmationNecessary": true }))
}

/// `UpdateDeviceStatus`.
pub(super) fn update_status(call: &mut Call<'_>, input: &Input) -> Answer {
    let user = bearer(call, input.required("AccessToken")?)?;
    let key = device_key(input)?;
    let remembered = match input.text("DeviceRememberedStatus") {
        Some("remembered") => true,
        Some("not_remembered") => false,
        _ => return Err(Refusal::invalid_parameter("Invalid device status")),
    };
    let devices = &mut call.state.devices;
    devices.known(key, &user.username)?;
    devices.change(key, &user.username, |device| device.remembered = remembered)?;
    Ok(json!({}))
}

/// `ForgetDevice`.
pub(super) fn forget(call: &mut Call<'_>, input: &Input) -> Answer {
    let user = bearer(call, input.required("AccessToken")?)?;
    let key = device_key(input)?;
    call.state.devices.known(key, &user.username)?;
    call.state.devices.forget(key);
    Ok(json!({}))
}

/// `GetDevice`.
pub(super) fn get(call: &mut Call<'_>, input: &Input) -> Answer {
    let user = bearer(call, input.required("AccessToken")?)?;
    let key = device_key(input)?;
    let device = call.state.devices.known(key, &user.username)?;
    Ok(json!({ "Device": device.described(key) }))
}

/// `ListDevices`.
pub(super) fn list(call: &mut Call<'_>, input: &Input) -> Answer {
    let user = bearer(call, input.required("AccessToken")?)?;
    Ok(json!({ "Devices": call.state.devices.list(&user.username) }))
}

/// `DeviceKey`, as the API's model describes it.
fn device_key(input: &Input) -> Result<&str, Refusal> {
    const PATTERN: &str = "[\\w-]+_[0-9a-f-]+";
    let key = input.required("DeviceKey")?;
    let is_key = key.len() <= 55
        && key.rsplit_once('_').is_some_and(|(region, id)| {
            let word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
            let hex = |byte: u8| b"0123456789abcdef-".contains(&byte);
            !region.is_empty() && !id.is_empty() && region.bytes().all(word) && id.bytes().all(hex)
        });
    if is_key {
        return Ok(key);
    }
    Err(Refusal::invalid_parameter(format!(
        "1 validation error detected: Value '{key}' at 'deviceKey' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: {PATTERN}"
    )))
}

/// A number as Java reads it: without a zero byte in front, a top bit makes it negative.
fn number(text: &str) -> Result<Vec<u8>, Refusal> {
    let bytes = BASE64
        .decode(text.as_bytes())
        .ok()
        .filter(|bytes| !bytes.is_empty())
        .ok_or_else(|| Refusal::invalid_parameter("Invalid password verifier or salt"))?;
    if bytes.first().is_some_and(|first| *first >= 0x80) {
        return Err(Refusal::invalid_parameter(
            "Negate value passed for salt and Password verifier",
        ));
    }
    Ok(bytes)
}
