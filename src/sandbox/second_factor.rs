//! The second factor: which one, and the delivered codes (`SMS_MFA`, `EMAIL_OTP`).
//!
//! The codes of `USER_AUTH` are answered here too: `EMAIL_OTP` is one challenge for both, and
//! `SMS_OTP` differs by its name. Deliberately absent: the authenticator app, in `software_token`.

use serde_json::{Value, json};

use super::attempts::{Attempt, Step};
use super::error::{Answer, Refusal};
use super::inbox::{self, Medium, Purpose};
use super::mfa_setup;
use super::next_challenge;
use super::response::Response;
use super::software_token;
use super::users::{Mfa, User};
use super::world::Call;

/// How many digits a code has that is the second factor.
pub(super) const MFA_DIGITS: u32 = 6;

/// The name a factor has in `MFAS_CAN_CHOOSE` and `MFAS_CAN_SETUP`, and as a challenge.
pub(super) const fn name(factor: Mfa) -> &'static str {
    match factor {
        Mfa::Sms => "SMS_MFA",
        Mfa::Email => "EMAIL_OTP",
        Mfa::SoftwareToken => "SOFTWARE_TOKEN_MFA",
    }
}

/// A list of factors as the service writes it: a JSON array inside a text.
pub(super) fn list(factors: &[Mfa]) -> String {
    let names: Vec<&str> = factors.iter().copied().map(name).collect();
    json!(names).to_string()
}

/// The second factors of a user.
pub(super) fn of(user: &User) -> Vec<Mfa> {
    let app = user.totp_secret.is_some().then_some(Mfa::SoftwareToken);
    user.delivered_mfa.iter().copied().chain(app).collect()
}

/// The challenge for a user with these factors: the choice where there are several.
pub(super) fn ask(call: &mut Call<'_>, user: &User, attempt: Attempt, factors: &[Mfa]) -> Answer {
    if let [only] = factors {
        return ask_for(call, user, attempt, *only);
    }
    let parameters = json!({
        "USER_ID_FOR_SRP": user.username,
        "MFAS_CAN_CHOOSE": list(factors),
    });
    let step = Step::ChooseFactor;
    next_challenge::ask(call, attempt, step, "SELECT_MFA_TYPE", &parameters)
}

fn ask_for(call: &mut Call<'_>, user: &User, attempt: Attempt, factor: Mfa) -> Answer {
    let medium = match factor {
        Mfa::SoftwareToken => return software_token::ask(call, user, attempt),
        Mfa::Sms => Medium::Sms,
        Mfa::Email => Medium::Email,
    };
    let step = Step::Code(name(factor));
    send(call, user, medium, MFA_DIGITS)?;
    let parameters = delivered_to(user, medium);
    next_challenge::ask(call, attempt, step, name(factor), &parameters)
}

/// The response to `SELECT_MFA_TYPE`.
pub(super) fn choose(call: &mut Call<'_>, response: &Response<'_>) -> Answer {
    let wanted = |step: &Step| matches!(step, Step::ChooseFactor).then_some(());
    let resumed = response.resume(call, wanted)?;
    let user = resumed.user(Refusal::invalid_session)?;
    let chosen = match response.fields.required("ANSWER")? {
        "SMS_MFA" => Some(Mfa::Sms),
        // The guide and the API's enumeration name it differently.
        "EMAIL_OTP" | "EMAIL_MFA" => Some(Mfa::Email),
        "SOFTWARE_TOKEN_MFA" => Some(Mfa::SoftwareToken),
        _ => None,
    };
    let chosen = chosen
        .filter(|chosen| of(&user).contains(chosen))
        .ok_or_else(|| Refusal::invalid_parameter("Invalid answer for SELECT_MFA_TYPE"))?;
    let answer = ask_for(call, &user, resumed.attempt, chosen)?;
    response.spend(call);
    Ok(answer)
}

/// The response to a challenge that sent a code: `SMS_MFA`, `EMAIL_OTP`, `SMS_OTP`.
pub(super) fn answer(call: &mut Call<'_>, response: &Response<'_>, name: &str) -> Answer {
    let resumed = response.resume(call, |step| match step {
        Step::Code(asked) if *asked == name => Some(None),
        Step::EnrolEmail(address) if name == "EMAIL_OTP" => Some(Some(address.clone())),
        _ => None,
    })?;
    let code = response.fields.required(&format!("{name}_CODE"))?;
    let user = resumed.user(Refusal::wrong_code)?;
    let inbox = &mut call.state.inbox;
    inbox.accept(&user.username, Purpose::SignIn, code, call.now)?;
    if let Some(address) = resumed.step {
        mfa_setup::enrolled(call, &user, address);
    }
    response.spend(call);
    let mut attempt = resumed.attempt;
    attempt.second_factor = true;
    next_challenge::after_first_factor(call, attempt)
}

/// Sends a code for this sign-in.
pub(super) fn send(
    call: &mut Call<'_>,
    user: &User,
    medium: Medium,
    digits: u32,
) -> Result<(), Refusal> {
    if medium == Medium::Sms && user.phone.is_none() {
        return Err(Refusal::invalid_parameter(
            "User has no verified phone number",
        ));
    }
    let inbox = &mut call.state.inbox;
    inbox.send(user, Purpose::SignIn, digits, call.now)
}

/// What a challenge says about the code that was sent.
pub(super) fn delivered_to(user: &User, medium: Medium) -> Value {
    json!({
        "USER_ID_FOR_SRP": user.username,
        "CODE_DELIVERY_DESTINATION": inbox::masked(user, medium),
        "CODE_DELIVERY_DELIVERY_MEDIUM": medium.name(),
    })
}
