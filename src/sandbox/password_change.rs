//! A password changed by its owner: `ChangePassword`, and what every new password has to pass.
//!
//! Deliberately absent: the policy, which is in `password_policy`, and a history of passwords.

use serde_json::json;

use super::account::bearer;
use super::error::{Answer, Refusal};
use super::input::{Input, broken_constraint};
use super::password_policy;
use super::srp_server::Verifier;
use super::users::User;
use super::world::{Call, POOL_NAME};
use crate::domain::Secret;

/// `ChangePassword`. Sign-ins that exist go on, as in the service.
pub(super) fn change_password(call: &mut Call<'_>, input: &Input) -> Answer {
    let token = input.required("AccessToken")?;
    let previous = password_member(input, "PreviousPassword")?;
    let proposed = password_member(input, "ProposedPassword")?;
    let user = bearer(call, token)?;
    call.state.lockouts.check(&user.username, call.now)?;
    let previous = Secret::new(previous.to_owned());
    if !user.verifier.matches(POOL_NAME, &user.username, &previous) {
        call.state.lockouts.failed(&user.username, call.now);
        return Err(Refusal::wrong_password());
    }
    call.state.lockouts.succeeded(&user.username);
    password_policy::check(proposed)?;
    set_password(call, &user, proposed)?;
    Ok(json!({}))
}

/// Gives a user another password.
pub(super) fn set_password(call: &mut Call<'_>, user: &User, text: &str) -> Result<(), Refusal> {
    let password = Secret::new(text.to_owned());
    let verifier = Verifier::new(POOL_NAME, &user.username, &password)?;
    call.state
        .directory
        .change(&user.username, |user| user.verifier = verifier);
    Ok(())
}

/// A member that holds a password: no space at either end. The service never repeats its value.
pub(super) fn password_member<'a>(input: &'a Input, name: &str) -> Result<&'a str, Refusal> {
    let text = input.required(name)?;
    if text.trim() != text || text.chars().count() < 2 {
        return Err(broken_constraint(
            name,
            "",
            "Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
        ));
    }
    Ok(text)
}
