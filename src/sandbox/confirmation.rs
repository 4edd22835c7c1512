//! An account to be confirmed after a sign-up: `ConfirmSignUp` and `ResendConfirmationCode`.
//!
//! Deliberately absent: signing up, and the `Session` of a confirmation that goes on to a sign-in.

use serde_json::json;

use super::error::{Answer, Refusal};
use super::inbox::{Purpose, delivery_details, medium_of, simulated_details};
use super::input::Input;
use super::limits::Kind;
use super::named::{CODE_DIGITS, confirmation_code, named};
use super::users::Status;
use super::world::Call;

const PURPOSE: Purpose = Purpose::ConfirmAccount;

/// `ResendConfirmationCode`.
pub(super) fn resend_confirmation_code(call: &mut Call<'_>, input: &Input) -> Answer {
    let asked = named(call, input)?;
    let sending = Kind::Send(PURPOSE);
    let Some(user) = &asked.user else {
        call.state.limits.count(&asked.name, sending, call.now)?;
        call.state.inbox.pretend(&asked.name, PURPOSE, call.now);
        return Ok(simulated_details(&asked.typed));
    };
    if user.status != Status::Unconfirmed {
        return Err(Refusal::invalid_parameter("User is already confirmed."));
    }
    let medium = medium_of(user).ok_or_else(|| {
        Refusal::invalid_parameter("Cannot resend codes. Auto verification not turned on.")
    })?;
    call.state.limits.count(&asked.name, sending, call.now)?;
    call.state
        .inbox
        .send(user, PURPOSE, CODE_DIGITS, call.now)?;
    Ok(delivery_details(user, medium))
}

/// `ConfirmSignUp`.
pub(super) fn confirm_sign_up(call: &mut Call<'_>, input: &Input) -> Answer {
    let code = confirmation_code(input)?;
    let asked = named(call, input)?;
    if asked.disabled {
        return Err(Refusal::not_authorized("User is disabled."));
    }
    if let Some(user) = &asked.user
        && user.status != Status::Unconfirmed
    {
        return Err(Refusal::not_authorized(format!(
            "User cannot be confirmed. Current status is {}",
            user.status.name()
        )));
    }
    let tries = Kind::Try(PURPOSE);
    call.state.limits.count(&asked.name, tries, call.now)?;
    let user = asked.accept(call, PURPOSE, code)?;
    call.state.directory.change(&user.username, |user| {
        user.status = Status::Confirmed;
    });
    call.state.limits.forget(&asked.name, tries);
    Ok(json!({}))
}
