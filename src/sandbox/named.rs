//! Who is meant by a request that carries a user name and no token.
//!
//! The app clients prevent user existence errors, so a name that does not exist and a user who is
//! disabled are answered alike: as if there were somebody, whom no code reaches. Deliberately
//! absent: signing in, which has its own parameters.

use std::sync::Arc;

use super::error::Refusal;
use super::inbox::Purpose;
use super::input::{Input, broken_constraint};
use super::users::User;
use super::world::Call;

/// The digits of a code that confirms an account or resets a password.
pub(super) const CODE_DIGITS: u32 = 6;

const NOT_EMPTY: &str = "Member must have length greater than or equal to 1";

/// A user name as it was sent, and whom it means.
pub(super) struct Named {
    /// As it was sent.
    pub(super) typed: String,
    /// The real user name, or what was sent where there is none: what limits are counted by.
    pub(super) name: String,
    /// Whoever has that name, if not disabled.
    pub(super) user: Option<Arc<User>>,
    /// Whether the one who has that name is disabled.
    pub(super) disabled: bool,
}

/// Reads `ClientId`, `Username` and `SecretHash`, which is over exactly that `Username`.
pub(super) fn named(call: &Call<'_>, input: &Input) -> Result<Named, Refusal> {
    let client = input.required("ClientId")?;
    let typed = input.required("Username")?;
    if typed.is_empty() {
        return Err(broken_constraint("Username", "", NOT_EMPTY));
    }
    let client = call.state.client(client)?;
    client.check_first_hash(typed, input.text("SecretHash"))?;
    let found = call.state.directory.typed(typed)?;
    let name = found
        .as_ref()
        .map_or_else(|| typed.to_lowercase(), |user| user.username.clone());
    let disabled = found.as_ref().is_some_and(|user| !user.enabled);
    Ok(Named {
        typed: typed.to_owned(),
        name,
        user: found.filter(|user| user.enabled),
        disabled,
    })
}

impl Named {
    /// Takes a code: the right one of somebody who exists works once.
    pub(super) fn accept(
        &self,
        call: &mut Call<'_>,
        purpose: Purpose,
        code: &str,
    ) -> Result<Arc<User>, Refusal> {
        // Whoever was disabled after a code was sent has no right one any more; none is empty.
        let code = if self.user.is_some() { code } else { "" };
        call.state
            .inbox
            .accept(&self.name, purpose, code, call.now)?;
        self.user.clone().ok_or_else(Refusal::internal)
    }
}

/// `ConfirmationCode`.
pub(super) fn confirmation_code(input: &Input) -> Result<&str, Refusal> {
    let code = input.required("ConfirmationCode")?;
    if code.is_empty() {
        return Err(broken_constraint("ConfirmationCode", " ''", NOT_EMPTY));
    }
    if code.contains(char::is_whitespace) {
        return Err(broken_constraint(
            "ConfirmationCode",
            &format!(" '{code}'"),
            "Member must satisfy regular expression pattern: [\\S]+",
        ));
    }
    Ok(code)
}
