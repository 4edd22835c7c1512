//! A password that was forgotten: `ForgotPassword` and `ConfirmForgotPassword`.
//!
//! Refresh tokens stay good when a password changes, as in the service. Deliberately absent: the
//! choice of a medium (the e-mail address, else the phone), and a sign-in at the end.

use serde_json::json;

use super::error::{Answer, Refusal};
use super::inbox::{Medium, Purpose, delivery_details, medium_of, simulated_details};
use super::input::Input;
use super::limits::Kind;
use super::named::{CODE_DIGITS, confirmation_code, named};
use super::password_change::{password_member, set_password};
use super::password_policy;
use super::users::{Status, User};
use super::world::Call;

const PURPOSE: Purpose = Purpose::ResetPassword;

/// `ForgotPassword`.
pub(super) fn forgot_password(call: &mut Call<'_>, input: &Input) -> Answer {
    let asked = named(call, input)?;
    let medium = match &asked.user {
        Some(user) => Some(recovery_medium(user)?),
        None => None,
    };
    let state = &mut *call.state;
    state
        .limits
        .count(&asked.name, Kind::Send(PURPOSE), call.now)?;
    if let Some((user, medium)) = asked.user.as_ref().zip(medium) {
        state.inbox.send(user, PURPOSE, CODE_DIGITS, call.now)?;
        return Ok(delivery_details(user, medium));
    }
    state.inbox.pretend(&asked.name, PURPOSE, call.now);
    Ok(simulated_details(&asked.typed))
}

/// `ConfirmForgotPassword`: the new password, if the code is right. A password that the policy
/// refuses costs neither the code nor a try.
pub(super) fn confirm_forgot_password(call: &mut Call<'_>, input: &Input) -> Answer {
    let code = confirmation_code(input)?;
    let password = password_member(input, "Password")?;
    let asked = named(call, input)?;
    if let Some(user) = &asked.user {
        may_reset(user)?;
    }
    password_policy::check(password)?;
    let tries = Kind::Try(PURPOSE);
    call.state.limits.count(&asked.name, tries, call.now)?;
    let user = asked.accept(call, PURPOSE, code)?;
    set_password(call, &user, password)?;
    call.state.directory.change(&user.username, |user| {
        if user.status == Status::MustResetPassword {
            user.status = Status::Confirmed;
        }
    });
    call.state.lockouts.succeeded(&user.username);
    call.state.limits.forget(&asked.name, tries);
    Ok(json!({}))
}

/// How a user gets a code. The address of somebody who never confirmed it is not verified.
fn recovery_medium(user: &User) -> Result<Medium, Refusal> {
    may_reset(user)?;
    medium_of(user)
        .filter(|_| user.status != Status::Unconfirmed)
        .ok_or_else(|| {
            Refusal::invalid_parameter(
                "Cannot reset password for the user as there is no registered/verified email or \
                 phone_number",
            )
        })
}

/// Somebody who never chose a password has none to forget: the administrator gives another one.
fn may_reset(user: &User) -> Result<(), Refusal> {
    if user.status == Status::MustChangePassword {
        return Err(Refusal::not_authorized(
            "User password cannot be reset in the current state.",
        ));
    }
    Ok(())
}
