//! `SetUserMFAPreference`: which second factors a signed-in user turns on or off.
//!
//! Deliberately absent: the preferred one. A user with several is always asked.

use serde_json::json;

use super::account::bearer;
use super::error::{Answer, Refusal};
use super::input::Input;
use super::users::{Mfa, User};
use super::world::Call;

/// `SetUserMFAPreference`.
pub(super) fn set(call: &mut Call<'_>, input: &Input) -> Answer {
    let mut user = User::clone(&*bearer(call, input.required("AccessToken")?)?);
    if let Some(enabled) = input.flag("SoftwareTokenMfaSettings", "Enabled") {
        let registered = user.registered_totp.clone();
        if enabled && registered.is_none() {
            return Err(Refusal::invalid_parameter(
                "User has not verified software token mfa",
            ));
        }
        user.totp_secret = registered.filter(|_| enabled);
    }
    for (settings, factor) in [
        ("SMSMfaSettings", Mfa::Sms),
        ("EmailMfaSettings", Mfa::Email),
    ] {
        let Some(enabled) = input.flag(settings, "Enabled") else {
            continue;
        };
        if enabled && factor == Mfa::Sms && user.phone.is_none() {
            return Err(Refusal::invalid_parameter(
                "User does not have delivery config set to turn on SMS_MFA",
            ));
        }
        user.delivered_mfa.retain(|known| *known != factor);
        user.delivered_mfa.extend(enabled.then_some(factor));
    }
    let directory = &mut call.state.directory;
    directory.change(&user.username.clone(), |there| *there = user);
    Ok(json!({}))
}
