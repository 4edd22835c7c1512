//! `USER_AUTH`: the user, or the client in the user's name, chooses the first factor.
//!
//! What a user can choose depends on the user: codes only where there is no second factor (the
//! service offers none without a password then), passkeys only where a test says so. Deliberately
//! absent: checking a passkey, so `WEB_AUTHN` is asked and never right.

use serde_json::{Value, json};

use super::attempts::{Attempt, Step};
use super::clients::{Client, Flow};
use super::error::{Answer, Refusal};
use super::fresh;
use super::inbox::Medium;
use super::input::Parameters;
use super::next_challenge;
use super::password;
use super::password_verifier;
use super::response::Response;
use super::second_factor;
use super::users::{Status, User};
use super::world::{Call, REGION};

/// How many digits a code has that is the first factor.
const OTP_DIGITS: u32 = 8;

/// `InitiateAuth`.
pub(super) fn begin(
    call: &mut Call<'_>,
    client: &Client,
    user: Option<&User>,
    typed: &str,
    parameters: Parameters<'_>,
) -> Answer {
    let name = user.map_or(typed, |user| user.username.as_str());
    let attempt = Attempt::begun(call, client, name, Flow::Choice, parameters);
    let available = available(user);
    match parameters.text("PREFERRED_CHALLENGE") {
        Some(preferred) if available.contains(&preferred) => {
            let answer = take(call, user, attempt, preferred, parameters)?;
            Ok(with_available(answer, &[preferred]))
        }
        _ => {
            let step = Step::Choose;
            let answer = next_challenge::ask(call, attempt, step, "SELECT_CHALLENGE", &json!({}))?;
            Ok(with_available(answer, &available))
        }
    }
}

/// The response to `SELECT_CHALLENGE`.
pub(super) fn answer(call: &mut Call<'_>, response: &Response<'_>) -> Answer {
    let wanted = |step: &Step| matches!(step, Step::Choose).then_some(());
    let resumed = response.resume(call, wanted)?;
    let user = resumed.anybody().cloned();
    let chosen = response.fields.required("ANSWER")?;
    if !available(user.as_deref()).contains(&chosen) {
        return Err(Refusal::invalid_parameter(
            "Invalid answer for SELECT_CHALLENGE",
        ));
    }
    let fields = response.fields;
    let answer = take(call, user.as_deref(), resumed.attempt, chosen, fields)?;
    response.spend(call);
    Ok(answer)
}

/// The response to `PASSWORD` and to `PASSWORD_SRP`, which ask for what the choice left out.
pub(super) fn complete(call: &mut Call<'_>, response: &Response<'_>, name: &str) -> Answer {
    let resumed = response.resume(call, |step| match (step, name) {
        (Step::Password, "PASSWORD") => Some("PASSWORD"),
        (Step::PasswordSrp, "PASSWORD_SRP") => Some("SRP_A"),
        _ => None,
    })?;
    response.fields.required(resumed.step)?;
    let user = resumed.anybody().cloned();
    let fields = response.fields;
    let answer = take(call, user.as_deref(), resumed.attempt, name, fields)?;
    response.spend(call);
    Ok(answer)
}

/// The response to `WEB_AUTHN`: no credential is right here.
pub(super) fn passkey(call: &mut Call<'_>, response: &Response<'_>) -> Answer {
    let wanted = |step: &Step| matches!(step, Step::Passkey).then_some(());
    response.resume(call, wanted)?;
    response.fields.required("CREDENTIAL")?;
    Err(Refusal::wrong_password())
}

/// What can be chosen. Somebody who does not exist looks like a plain user.
fn available(user: Option<&User>) -> Vec<&'static str> {
    let passwords = vec!["PASSWORD", "PASSWORD_SRP"];
    let Some(user) = user else {
        return [passwords, vec!["EMAIL_OTP"]].concat();
    };
    if user.status == Status::MustChangePassword {
        return vec!["PASSWORD_SRP", "PASSWORD"];
    }
    let mut available = passwords;
    if second_factor::of(user).is_empty() && user.must_set_up.is_empty() {
        available.push("EMAIL_OTP");
        if user.phone.is_some() {
            available.push("SMS_OTP");
        }
    }
    if user.has_passkey {
        available.push("WEB_AUTHN");
    }
    available
}

/// Goes on with a chosen first factor, as far as `fields` say enough.
fn take(
    call: &mut Call<'_>,
    user: Option<&User>,
    attempt: Attempt,
    chosen: &str,
    fields: Parameters<'_>,
) -> Answer {
    let parameters = json!({ "USER_ID_FOR_SRP": attempt.username });
    match chosen {
        "PASSWORD" => match fields.text("PASSWORD") {
            Some(password) => {
                password::check(call, &attempt.username, user, password)?;
                next_challenge::after_first_factor(call, attempt)
            }
            None => next_challenge::ask(call, attempt, Step::Password, "PASSWORD", &parameters),
        },
        "PASSWORD_SRP" => match fields.text("SRP_A") {
            Some(srp_a) => password_verifier::offer(call, &attempt, user, srp_a),
            None => next_challenge::ask(
                call,
                attempt,
                Step::PasswordSrp,
                "PASSWORD_SRP",
                &parameters,
            ),
        },
        "EMAIL_OTP" => send(call, user, attempt, Medium::Email, "EMAIL_OTP"),
        "SMS_OTP" => send(call, user, attempt, Medium::Sms, "SMS_OTP"),
        _ => {
            let options = json!({ "CREDENTIAL_REQUEST_OPTIONS": request_options()?.to_string() });
            next_challenge::ask(call, attempt, Step::Passkey, "WEB_AUTHN", &options)
        }
    }
}

/// Sends a code, or says so where there is nobody to send it to.
fn send(
    call: &mut Call<'_>,
    user: Option<&User>,
    attempt: Attempt,
    medium: Medium,
    name: &'static str,
) -> Answer {
    let parameters = if let Some(user) = user {
        second_factor::send(call, user, medium, OTP_DIGITS)?;
        second_factor::delivered_to(user, medium)
    } else {
        let first: String = attempt.username.chars().take(1).collect();
        json!({
            "USER_ID_FOR_SRP": attempt.username,
            "CODE_DELIVERY_DESTINATION": format!("{first}***@e***"),
            "CODE_DELIVERY_DELIVERY_MEDIUM": medium.name(),
        })
    };
    next_challenge::ask(call, attempt, Step::Code(name), name, &parameters)
}

fn request_options() -> Answer {
    let challenge = fresh::bytes::<32>()?;
    Ok(json!({
        "challenge": data_encoding::BASE64URL_NOPAD.encode(challenge.as_slice()),
        "rpId": format!("poolkey-sandbox.auth.{REGION}.amazoncognito.com"),
        "allowCredentials": [],
        "timeout": 180_000,
        "userVerification": "preferred",
    }))
}

/// `AvailableChallenges` stands beside the challenge, not among its parameters. An answer that is
/// no challenge any more has none.
fn with_available(mut answer: Value, available: &[&str]) -> Value {
    if answer.get("ChallengeName").is_some()
        && let Some(answer) = answer.as_object_mut()
    {
        answer.insert("AvailableChallenges".into(), json!(available));
    }
    answer
}
