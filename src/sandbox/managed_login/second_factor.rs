//! The code a user with a second factor types on the second page.
//!
//! Deliberately absent: the choice between several factors (the authenticator app comes first), and
//! setting one up.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::crypto::totp::{STEP_SECONDS, is_code_at};
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
    /// The newest step whose code was used, by user name.
    used_steps: HashMap<String, i64>,
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
        accept_totp(call, user, &Secret::new(code.to_owned()))?;
    } else {
        let inbox = &mut call.state.inbox;
        inbox.accept(&user.username, Purpose::SignIn, code, call.now)?;
    }
    let pending = &mut call.state.managed_login.second_factors;
    pending.waiting.remove(session);
    Ok(())
}

/// The code of this step or of a neighbor, each step once.
fn accept_totp(call: &mut Call<'_>, user: &User, code: &Secret) -> Result<(), Refusal> {
    let wrong = || {
        let message = "Invalid code received for user";
        Refusal::new(400, "CodeMismatchException", message)
    };
    let secret = user.totp_secret.as_deref().ok_or_else(wrong)?;
    let matched = [0, -STEP_SECONDS, STEP_SECONDS]
        .map(|away| call.now.saturating_add(SignedDuration::from_secs(away)))
        .into_iter()
        .flatten()
        .find(|time| is_code_at(secret, *time, code))
        .ok_or_else(wrong)?;
    let step = matched.as_second().div_euclid(STEP_SECONDS);
    let steps = &mut call.state.managed_login.second_factors.used_steps;
    if steps.get(&user.username).is_some_and(|used| step <= *used) {
        let message = "Your software token has already been used once.";
        return Err(Refusal::new(400, "ExpiredCodeException", message));
    }
    steps.insert(user.username.clone(), step);
    Ok(())
}
