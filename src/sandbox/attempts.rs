//! Sign-ins under way: who is signing in, how far it is, and the `Session` that stands for it.
//!
//! A session is opaque, belongs to one user, one client and one thing it waits for, and works once;
//! every accepted step leads to a new one. A refused response does not use it up. Deliberately
//! absent: what each step asks and accepts, which is in the file of its challenge.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::clients::{Client, Flow};
use super::clock::after;
use super::error::Refusal;
use super::fresh;
use super::input::Parameters;
use super::world::Call;
use crate::domain::Secret;

/// One sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attempt {
    /// The real user name, or what was typed where there is no such user.
    pub(super) username: String,
    pub(super) client_id: &'static str,
    /// How it began.
    pub(super) entrance: Flow,
    /// The key of the known device it comes from.
    pub(super) device: Option<String>,
    /// The password was proved by SRP: only then can a new device be confirmed.
    pub(super) by_srp: bool,
    /// A second factor was given, or a remembered device stood for it.
    pub(super) second_factor: bool,
}

impl Attempt {
    pub(super) fn new(username: &str, client: &Client, entrance: Flow) -> Self {
        Self {
            username: username.to_owned(),
            client_id: client.id,
            entrance,
            device: None,
            by_srp: false,
            second_factor: false,
        }
    }

    /// One that `InitiateAuth` begins, from the known device that it names.
    pub(super) fn begun(
        call: &Call<'_>,
        client: &Client,
        username: &str,
        entrance: Flow,
        parameters: Parameters<'_>,
    ) -> Self {
        let devices = &call.state.devices;
        Self {
            device: devices.begun_with(client, username, parameters),
            ..Self::new(username, client, entrance)
        }
    }
}

/// What a session waits for.
#[derive(Clone)]
pub(super) enum Step {
    /// `PASSWORD_VERIFIER` inside `USER_AUTH` and `CUSTOM_AUTH`.
    PasswordVerifier,
    /// `NEW_PASSWORD_REQUIRED`.
    NewPassword,
    /// A delivered code, asked for by the challenge of this name.
    Code(&'static str),
    /// `SOFTWARE_TOKEN_MFA`.
    SoftwareToken,
    /// `SELECT_MFA_TYPE`.
    ChooseFactor,
    /// `MFA_SETUP`.
    SetUp(SetUp),
    /// `EMAIL_OTP` as the end of an `MFA_SETUP` with this address.
    EnrolEmail(String),
    /// `SELECT_CHALLENGE`.
    Choose,
    /// `PASSWORD`.
    Password,
    /// `PASSWORD_SRP`.
    PasswordSrp,
    /// `WEB_AUTHN`.
    Passkey,
    /// `CUSTOM_CHALLENGE`: which question, and how many answers were wrong so far.
    Custom { question: usize, wrong: u8 },
    /// `DEVICE_SRP_AUTH`.
    DeviceSrp,
    /// `DEVICE_PASSWORD_VERIFIER`.
    DeviceVerifier,
}

/// How far an authenticator app is set up during a sign-in.
#[derive(Clone)]
pub(super) enum SetUp {
    /// Nothing happened yet.
    Begun,
    /// This shared secret was handed out.
    Associated(Arc<Secret>),
    /// A code of it was right.
    Verified,
}

/// The sessions handed out.
#[derive(Default)]
pub(super) struct Sessions(HashMap<String, Session>);

struct Session {
    attempt: Attempt,
    step: Step,
    made: Timestamp,
    used: bool,
}

impl Sessions {
    /// A new session of `attempt` that waits for `step`.
    pub(super) fn open(
        &mut self,
        attempt: Attempt,
        step: Step,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        // Used and expired ones are kept for a while, to be told apart from unknown ones.
        let recent = |made: Timestamp| now.duration_since(made) < SignedDuration::from_hours(1);
        self.0.retain(|_, session| recent(session.made));
        let token = fresh::session()?;
        let session = Session {
            attempt,
            step,
            made: now,
            used: false,
        };
        self.0.insert(token.clone(), session);
        Ok(token)
    }

    /// What a session that still works stands for.
    pub(super) fn look(
        &self,
        token: Option<&str>,
        now: Timestamp,
        lifetime: Duration,
    ) -> Result<(&Attempt, &Step), Refusal> {
        let token = token.ok_or_else(|| Refusal::missing_parameter("Session"))?;
        let session = self.0.get(token).ok_or_else(Refusal::invalid_session)?;
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
        Ok((&session.attempt, &session.step))
    }

    /// Ends a session whose step was accepted.
    pub(super) fn spend(&mut self, token: Option<&str>) {
        if let Some(session) = token.and_then(|token| self.0.get_mut(token)) {
            session.used = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIFETIME: Duration = Duration::from_mins(3);

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_session_works_once_and_not_for_long() {
        let attempt = Attempt {
            username: "ana".to_owned(),
            client_id: "abc",
            entrance: Flow::Srp,
            device: None,
            by_srp: true,
            second_factor: false,
        };
        let mut sessions = Sessions::default();
        let first = sessions
            .open(attempt.clone(), Step::NewPassword, second(0))
            .unwrap();
        let other = sessions
            .open(attempt.clone(), Step::ChooseFactor, second(0))
            .unwrap();
        assert_ne!(first, other);
        let message = |sessions: &Sessions, token: Option<&str>, at: i64| {
            let found = sessions.look(token, second(at), LIFETIME);
            found.map_or_else(
                |refusal| refusal.message.into_owned(),
                |(attempt, _)| attempt.username.clone(),
            )
        };
        assert_eq!(message(&sessions, Some(&first), 179), "ana");
        assert_eq!(
            message(&sessions, Some(&first), 180),
            "Invalid session for the user, session is expired."
        );
        sessions.spend(Some(&first));
        assert_eq!(
            message(&sessions, Some(&first), 1),
            "Invalid session for the user, session can only be used once."
        );
        assert_eq!(message(&sessions, Some(&other), 1), "ana");
        assert_eq!(
            message(&sessions, Some("made up"), 1),
            "Invalid session for the user."
        );
        assert_eq!(
            message(&sessions, None, 1),
            "Missing required parameter Session"
        );
    }
}
