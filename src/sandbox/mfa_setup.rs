//! `MFA_SETUP`: a user without a second factor has to set one up before there are tokens.
//!
//! For an authenticator app, three calls with a session each: `AssociateSoftwareToken`,
//! `VerifySoftwareToken` (both in `software_token`), then the response here. For e-mail, the
//! response names the address, and `EMAIL_OTP` follows. Deliberately absent: enrolling a phone.

use serde_json::json;

use super::attempts::{Attempt, SetUp, Step};
use super::error::{Answer, Refusal};
use super::inbox::Medium;
use super::next_challenge;
use super::response::Response;
use super::second_factor::{MFA_DIGITS, delivered_to, list, send};
use super::users::{Mfa, User};
use super::world::Call;

/// The challenge.
pub(super) fn ask(call: &mut Call<'_>, user: &User, attempt: Attempt) -> Answer {
    let parameters = json!({
        "USER_ID_FOR_SRP": user.username,
        "MFAS_CAN_SETUP": list(&user.must_set_up),
    });
    let step = Step::SetUp(SetUp::Begun);
    next_challenge::ask(call, attempt, step, "MFA_SETUP", &parameters)
}

/// The response.
pub(super) fn answer(call: &mut Call<'_>, response: &Response<'_>) -> Answer {
    let resumed = response.resume(call, |step| match step {
        Step::SetUp(set_up) => Some(set_up.clone()),
        _ => None,
    })?;
    let user = resumed.user(Refusal::invalid_session)?;
    let mut attempt = resumed.attempt;
    if let Some(address) = response.fields.text("EMAIL") {
        return enrol(call, response, &user, attempt, address);
    }
    if !matches!(resumed.step, SetUp::Verified) {
        return Err(Refusal::no_software_token());
    }
    response.spend(call);
    attempt.second_factor = true;
    next_challenge::after_first_factor(call, attempt)
}

/// Sends a code to the address that is to be the second factor.
fn enrol(
    call: &mut Call<'_>,
    response: &Response<'_>,
    user: &User,
    attempt: Attempt,
    address: &str,
) -> Answer {
    let is_address = address
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !user.must_set_up.contains(&Mfa::Email) || !is_address {
        return Err(Refusal::invalid_parameter("Invalid email address format."));
    }
    let mut recipient = user.clone();
    address.clone_into(&mut recipient.email);
    send(call, &recipient, Medium::Email, MFA_DIGITS)?;
    response.spend(call);
    let parameters = delivered_to(&recipient, Medium::Email);
    let step = Step::EnrolEmail(address.to_owned());
    next_challenge::ask(call, attempt, step, "EMAIL_OTP", &parameters)
}

/// The code arrived: the address is the user's second factor from now on.
pub(super) fn enrolled(call: &mut Call<'_>, user: &User, address: String) {
    call.state.directory.change(&user.username, |user| {
        user.email = address;
        user.delivered_mfa.push(Mfa::Email);
        user.must_set_up.clear();
    });
}
