//! The second factor: `SOFTWARE_TOKEN_MFA`, its session and its codes.
//!
//! Deliberately absent: SMS and e-mail codes, and the choice between factors.

use std::collections::HashMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::clients::Client;
use super::clock::after;
use super::error::{Answer, Refusal};
use super::fresh;
use super::input::Parameters;
use super::issue;
use super::users::User;
use super::world::Call;
use crate::crypto::totp::{STEP_SECONDS, is_code_at};
use crate::domain::Secret;

/// Sessions that wait for a code, and the codes that were used.
#[derive(Default)]
pub(super) struct Sessions {
    sessions: HashMap<String, Session>,
    /// The newest step whose code was used, by user name.
    used_steps: HashMap<String, i64>,
}

struct Session {
    username: String,
    client_id: &'static str,
    made: Timestamp,
    used: bool,
}

impl Sessions {
    fn open(&mut self, username: &str, client: &Client, now: Timestamp) -> Result<String, Refusal> {
        // Used and expired ones are kept for a while, to be told apart from unknown ones.
        let recent = |made: Timestamp| now.duration_since(made) < SignedDuration::from_hours(1);
        self.sessions.retain(|_, session| recent(session.made));
        let token = fresh::session()?;
        let username = username.to_owned();
        let session = Session {
            username,
            client_id: client.id,
            made: now,
            used: false,
        };
        self.sessions.insert(token.clone(), session);
        Ok(token)
    }

    fn check(
        &self,
        token: &str,
        client: &Client,
        now: Timestamp,
        lifetime: Duration,
    ) -> Result<&Session, Refusal> {
        let session = self
            .sessions
            .get(token)
            .filter(|session| session.client_id == client.id);
        let session =
            session.ok_or_else(|| Refusal::not_authorized("Invalid session for the user."))?;
        if session.used {
            return Err(Refusal::not_authorized(
                "Invalid session for the user, session can only be used once.",
            ));
        }
        if now >= after(session.made, lifetime) {
            return Err(Refusal::not_authorized(
                "Invalid session for the user, session is expired.",
            ));
        }
        Ok(session)
    }
}

/// The challenge for a user with a second factor, else the tokens.
pub(super) fn challenge_or_tokens(call: &mut Call<'_>, client: &Client, user: &User) -> Answer {
    if user.totp_secret.is_none() {
        return issue::signed_in(call, user, client);
    }
    let token = call.state.sessions.open(&user.username, client, call.now)?;
    Ok(json!({
        "ChallengeName": "SOFTWARE_TOKEN_MFA",
        "Session": token,
        "ChallengeParameters": {
            "USER_ID_FOR_SRP": user.username,
            "FRIENDLY_DEVICE_NAME": "Authenticator app",
        },
    }))
}

/// The answer to `SOFTWARE_TOKEN_MFA`. A wrong code leaves the session as it is.
pub(super) fn answer(
    call: &mut Call<'_>,
    client: &Client,
    session: Option<&str>,
    responses: Parameters<'_>,
) -> Answer {
    let typed = responses.required("USERNAME")?;
    client.check_hash(typed, responses.text("SECRET_HASH"))?;
    let code = Secret::new(responses.required("SOFTWARE_TOKEN_MFA_CODE")?.to_owned());
    let token = session.ok_or_else(|| Refusal::missing_parameter("Session"))?;
    let lifetime = call.state.lifetimes.session;
    let username = call
        .state
        .sessions
        .check(token, client, call.now, lifetime)?
        .username
        .clone();
    // An alias is understood here too: pycognito sends what was typed.
    let user = call
        .state
        .directory
        .typed(typed)?
        .filter(|user| user.username == username)
        .ok_or_else(|| Refusal::not_authorized("Invalid session for the user."))?;
    user.may_sign_in()?;
    accept_code(&mut call.state.sessions, &user, &code, call.now)?;
    if let Some(session) = call.state.sessions.sessions.get_mut(token) {
        session.used = true;
    }
    issue::signed_in(call, &user, client)
}

/// Accepts the code of this step or of a neighbor, each step once.
fn accept_code(
    sessions: &mut Sessions,
    user: &User,
    code: &Secret,
    now: Timestamp,
) -> Result<(), Refusal> {
    let secret = user.totp_secret.as_deref().ok_or_else(|| {
        Refusal::new(
            400,
            "SoftwareTokenMFANotFoundException",
            "Software token MFA not found",
        )
    })?;
    let near = [0, -STEP_SECONDS, STEP_SECONDS]
        .map(|away| now.saturating_add(SignedDuration::from_secs(away)));
    let matched = near
        .into_iter()
        .flatten()
        .find(|time| is_code_at(secret, *time, code));
    let matched = matched.map(|time| time.as_second().div_euclid(STEP_SECONDS));
    let matched = matched.ok_or_else(|| {
        Refusal::new(
            400,
            "CodeMismatchException",
            "Invalid code received for user",
        )
    })?;
    if sessions
        .used_steps
        .get(&user.username)
        .is_some_and(|used| matched <= *used)
    {
        return Err(Refusal::new(
            400,
            "ExpiredCodeException",
            "Your software token has already been used once.",
        ));
    }
    sessions.used_steps.insert(user.username.clone(), matched);
    Ok(())
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
        let tom = User::new("Pool", &TOM).unwrap();
        let secret = tom.totp_secret.clone().unwrap();
        let mut sessions = Sessions::default();
        let mut try_code = |code_of: i64, at: i64| {
            let code = code_at(&secret, second(code_of)).unwrap();
            accept_code(&mut sessions, &tom, &code, second(at)).map_err(|refusal| refusal.code)
        };
        assert_eq!(try_code(3_000, 3_060), Err("CodeMismatchException"));
        assert_eq!(try_code(3_000, 3_030), Ok(()));
        assert_eq!(try_code(3_000, 3_031), Err("ExpiredCodeException"));
        assert_eq!(try_code(3_060, 3_035), Ok(()));
        assert_eq!(try_code(3_030, 3_036), Err("ExpiredCodeException"));
        assert_eq!(try_code(3_090, 3_090), Ok(()));
    }
}
