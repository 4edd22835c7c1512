//! Authenticator apps: `SOFTWARE_TOKEN_MFA`, and setting one up during a sign-in or after it.
//!
//! An app set up with an access token is only registered; it becomes the second factor by
//! `SetUserMFAPreference`, as in the service. Deliberately absent: several apps per user.

use std::collections::HashMap;
use std::sync::Arc;

use data_encoding::BASE32_NOPAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::account::bearer;
use super::attempts::{Attempt, SetUp, Step};
use super::error::{Answer, Refusal};
use super::fresh;
use super::input::Input;
use super::next_challenge;
use super::response::Response;
use super::users::User;
use super::world::Call;
use crate::crypto::totp::{STEP_SECONDS, is_code_at};
use crate::domain::Secret;

/// What is known about codes and secrets besides the users' own.
#[derive(Default)]
pub(super) struct SoftwareTokens {
    /// The newest step whose code was used, by user name.
    used_steps: HashMap<String, i64>,
    /// Secrets handed out to signed-in users and not verified yet, by user name.
    associated: HashMap<String, Arc<Secret>>,
}

/// The challenge.
pub(super) fn ask(call: &mut Call<'_>, user: &User, attempt: Attempt) -> Answer {
    let parameters = json!({
        "USER_ID_FOR_SRP": user.username,
        "FRIENDLY_DEVICE_NAME": "Authenticator app",
    });
    let step = Step::SoftwareToken;
    next_challenge::ask(call, attempt, step, "SOFTWARE_TOKEN_MFA", &parameters)
}

/// The response. A wrong code leaves the session as it is.
pub(super) fn answer(call: &mut Call<'_>, response: &Response<'_>) -> Answer {
    let wanted = |step: &Step| matches!(step, Step::SoftwareToken).then_some(());
    let resumed = response.resume(call, wanted)?;
    let user = resumed.user(Refusal::invalid_session)?;
    let code = Secret::new(
        response
            .fields
            .required("SOFTWARE_TOKEN_MFA_CODE")?
            .to_owned(),
    );
    let secret = user
        .totp_secret
        .as_deref()
        .ok_or_else(Refusal::no_software_token)?;
    let tokens = &mut call.state.software_tokens;
    tokens.accept(&user.username, secret, &code, call.now)?;
    response.spend(call);
    let mut attempt = resumed.attempt;
    attempt.second_factor = true;
    next_challenge::after_first_factor(call, attempt)
}

/// `AssociateSoftwareToken`, with the session of `MFA_SETUP` or with an access token.
pub(super) fn associate(call: &mut Call<'_>, input: &Input) -> Answer {
    let text = BASE32_NOPAD.encode(fresh::bytes::<32>()?.as_slice());
    let secret = Arc::new(Secret::new(text.clone()));
    if let Some(token) = input.text("AccessToken") {
        let user = bearer(call, token)?;
        let associated = &mut call.state.software_tokens.associated;
        associated.insert(user.username.clone(), secret);
        return Ok(json!({ "SecretCode": text }));
    }
    let (attempt, _) = set_up(call, input)?;
    let step = Step::SetUp(SetUp::Associated(secret));
    let session = call.state.sessions.open(attempt, step, call.now)?;
    call.state.sessions.spend(input.text("Session"));
    Ok(json!({ "SecretCode": text, "Session": session }))
}

/// `VerifySoftwareToken`, with the session of `AssociateSoftwareToken` or with an access token.
pub(super) fn verify(call: &mut Call<'_>, input: &Input) -> Answer {
    let code = Secret::new(input.required("UserCode")?.to_owned());
    if let Some(token) = input.text("AccessToken") {
        let user = bearer(call, token)?;
        let tokens = &mut call.state.software_tokens;
        let secret = tokens.associated.get(&user.username).cloned();
        let secret = secret.ok_or_else(Refusal::no_software_token)?;
        tokens.accept_first(&user.username, &secret, &code, call.now)?;
        tokens.associated.remove(&user.username);
        call.state.directory.change(&user.username, |user| {
            user.registered_totp = Some(secret);
        });
        return Ok(json!({ "Status": "SUCCESS" }));
    }
    let (attempt, set_up) = set_up(call, input)?;
    let SetUp::Associated(secret) = set_up else {
        return Err(Refusal::invalid_session());
    };
    let tokens = &mut call.state.software_tokens;
    tokens.accept_first(&attempt.username, &secret, &code, call.now)?;
    call.state.directory.change(&attempt.username, |user| {
        user.registered_totp = Some(Arc::clone(&secret));
        user.totp_secret = Some(secret);
        user.must_set_up.clear();
    });
    let step = Step::SetUp(SetUp::Verified);
    let session = call.state.sessions.open(attempt, step, call.now)?;
    call.state.sessions.spend(input.text("Session"));
    Ok(json!({ "Status": "SUCCESS", "Session": session }))
}

/// The sign-in whose session waits for `MFA_SETUP`. These calls name no client.
fn set_up(call: &Call<'_>, input: &Input) -> Result<(Attempt, SetUp), Refusal> {
    let lifetime = call.state.lifetimes.session;
    let sessions = &call.state.sessions;
    let (attempt, step) = sessions.look(input.text("Session"), call.now, lifetime)?;
    match step {
        Step::SetUp(set_up) => Ok((attempt.clone(), set_up.clone())),
        _ => Err(Refusal::invalid_session()),
    }
}

impl SoftwareTokens {
    /// Accepts the first code of a new secret.
    fn accept_first(
        &mut self,
        username: &str,
        secret: &Secret,
        code: &Secret,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        // Another secret has other codes, so the steps used with the old one do not count.
        let step = matching_step(secret, code, now)
            .ok_or_else(|| Refusal::new(400, "EnableSoftwareTokenMFAException", "Code mismatch"))?;
        self.used_steps.insert(username.to_owned(), step);
        Ok(())
    }

    /// Accepts the code of this step or of a neighbor, each step once.
    pub(super) fn accept(
        &mut self,
        username: &str,
        secret: &Secret,
        code: &Secret,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let matched = matching_step(secret, code, now).ok_or_else(Refusal::wrong_code)?;
        let used = self.used_steps.get(username);
        if used.is_some_and(|used| matched <= *used) {
            return Err(Refusal::new(
                400,
                "ExpiredCodeException",
                "Your software token has already been used once.",
            ));
        }
        self.used_steps.insert(username.to_owned(), matched);
        Ok(())
    }
}

/// The step near `now` that has this code.
fn matching_step(secret: &Secret, code: &Secret, now: Timestamp) -> Option<i64> {
    let near = [0, -STEP_SECONDS, STEP_SECONDS]
        .map(|away| now.saturating_add(SignedDuration::from_secs(away)));
    let matched = near
        .into_iter()
        .flatten()
        .find(|time| is_code_at(secret, *time, code));
    matched.map(|time| time.as_second().div_euclid(STEP_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::totp::code_at;
    use crate::sandbox::users::TOM;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_code_is_good_for_its_step_and_the_neighbors_once() {
        let secret = Secret::new(TOM.totp_secret.unwrap().to_owned());
        let mut tokens = SoftwareTokens::default();
        let mut try_code = |code_of: i64, at: i64| {
            let code = code_at(&secret, second(code_of)).unwrap();
            let accepted = tokens.accept("tom", &secret, &code, second(at));
            accepted.map_err(|refusal| refusal.code)
        };
        assert_eq!(try_code(3_000, 3_060), Err("CodeMismatchException"));
        assert_eq!(try_code(3_000, 3_030), Ok(()));
        assert_eq!(try_code(3_000, 3_031), Err("ExpiredCodeException"));
        assert_eq!(try_code(3_060, 3_035), Ok(()));
        assert_eq!(try_code(3_030, 3_036), Err("ExpiredCodeException"));
        assert_eq!(try_code(3_090, 3_090), Ok(()));
    }
}
