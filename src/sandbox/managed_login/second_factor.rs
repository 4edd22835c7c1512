//! The code a user with a second factor types on the second page.
//!
//! Deliberately absent: the choice between several factors (the authenticator app comes first), and
//! setting one up.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::domain::Secret;
use crate::sandbox::clock::after;
use crate::sandbox::error::Refusal;
use crate::sandbox::fresh;
use crate::sandbox::inbox::Purpose;
use crate::sandbox::users::{Mfa, User};
use crate::sandbox::world::Call;

/// Sign-ins that wait for a code.
#[derive(Default)]
pub(super) struct Pending {
    waiting: HashMap<String, (String, Timestamp)>,
}

/// The factor a user signs in with, if any.
pub(super) fn of(user: &User) -> Option<Mfa> {
    if user.totp_secret.is_some() {
        return Some(Mfa::SoftwareToken);
    }
    user.delivered_mfa.first().copied()
}

/// Asks for a code, and sends it where it has to be sent; answers with the session for the form.
pub(super) fn ask(call: &mut Call<'_>, user: &User, factor: Mfa) -> Result<String, Refusal> {
    if factor != Mfa::SoftwareToken {
        let inbox = &mut call.state.inbox;
        inbox.send(user, Purpose::SignIn, 6, call.now)?;
    }
    let session = fresh::session()?;
    let pending = &mut call.state.managed_login.second_factors.waiting;
    pending.insert(session.clone(), (user.username.clone(), call.now));
    Ok(session)
}

/// The user name that `session` waits for.
pub(super) fn waiting(call: &Call<'_>, session: &str) -> Option<String> {
    let pending = &call.state.managed_login.second_factors.waiting;
    let (username, since) = pending.get(session)?;
    (call.now < after(*since, call.state.lifetimes.session)).then(|| username.clone())
}

/// Checks the code; the right one ends the session.
pub(super) fn accept(
    call: &mut Call<'_>,
    session: &str,
    user: &User,
    code: &str,
) -> Result<(), Refusal> {
    if of(user) == Some(Mfa::SoftwareToken) {
        let secret = user
            .totp_secret
            .as_deref()
            .ok_or_else(Refusal::wrong_code)?;
        let tokens = &mut call.state.software_tokens;
        let code = Secret::new(code.to_owned());
        tokens.accept(&user.username, secret, &code, call.now)?;
    } else {
        let inbox = &mut call.state.inbox;
        inbox.accept(&user.username, Purpose::SignIn, code, call.now)?;
    }
    let pending = &mut call.state.managed_login.second_factors;
    pending.waiting.remove(session);
    Ok(())
}
