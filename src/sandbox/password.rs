//! A password sent as it is: `USER_PASSWORD_AUTH`, and `PASSWORD` inside `USER_AUTH`.
//!
//! It is checked against the same verifier as a proof by SRP, with the same lock-out.

use super::error::Refusal;
use super::users::User;
use super::world::{Call, POOL_NAME};
use crate::domain::Secret;

/// Accepts the password of `name`, who is `user` or does not exist.
pub(super) fn check(
    call: &mut Call<'_>,
    name: &str,
    user: Option<&User>,
    password: &str,
) -> Result<(), Refusal> {
    call.state.lockouts.check(name, call.now)?;
    let password = Secret::new(password.to_owned());
    if let Some(user) = user {
        user.may_sign_in()?;
        if user.verifier.matches(POOL_NAME, &user.username, &password) {
            call.state.lockouts.succeeded(name);
            return Ok(());
        }
    }
    call.state.lockouts.failed(name, call.now);
    Err(Refusal::wrong_password())
}
