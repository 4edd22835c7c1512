//! A response to a challenge, and what all of them begin with: name, secret hash, session, device.
//!
//! Deliberately absent: the challenges' own fields and rules.

use std::sync::Arc;

use super::attempts::{Attempt, Step};
use super::clients::Client;
use super::error::Refusal;
use super::input::{Input, Parameters};
use super::users::User;
use super::world::Call;

/// A `RespondToAuthChallenge` request.
pub(super) struct Response<'a> {
    pub(super) client: Arc<Client>,
    pub(super) fields: Parameters<'a>,
    session: Option<&'a str>,
}

/// A sign-in that goes on.
pub(super) struct Resumed<T> {
    /// None for somebody who does not exist and is challenged all the same.
    user: Option<Arc<User>>,
    pub(super) attempt: Attempt,
    /// What the session says about its step.
    pub(super) step: T,
}

impl<T> Resumed<T> {
    /// The user, or the refusal for somebody who does not exist.
    pub(super) fn user(&self, refusal: fn() -> Refusal) -> Result<Arc<User>, Refusal> {
        self.user.clone().ok_or_else(refusal)
    }

    pub(super) fn anybody(&self) -> Option<&Arc<User>> {
        self.user.as_ref()
    }
}

impl<'a> Response<'a> {
    pub(super) fn read(call: &Call<'_>, input: &'a Input) -> Result<Self, Refusal> {
        let client = call.state.client(input.required("ClientId")?)?;
        let fields = input
            .map("ChallengeResponses")
            .ok_or_else(|| Refusal::missing_parameter("challenge responses."))?;
        Ok(Self {
            client,
            fields,
            session: input.text("Session"),
        })
    }

    /// `SECRET_HASH` over exactly the name that was sent.
    pub(super) fn check_hash(&self, username: &str) -> Result<(), Refusal> {
        self.client
            .check_hash(username, self.fields.text("SECRET_HASH"))
    }

    /// The sign-in that the session stands for, if it waits for this challenge; `wanted` picks
    /// what the challenge needs of the step.
    pub(super) fn resume<T>(
        &self,
        call: &Call<'_>,
        wanted: impl FnOnce(&Step) -> Option<T>,
    ) -> Result<Resumed<T>, Refusal> {
        let typed = self.fields.required("USERNAME")?;
        self.check_hash(typed)?;
        let lifetime = call.state.lifetimes.session;
        let (attempt, step) = call.state.sessions.look(self.session, call.now, lifetime)?;
        let step = wanted(step)
            .filter(|_| attempt.client_id == self.client.id)
            .ok_or_else(Refusal::invalid_session)?;
        let mut attempt = attempt.clone();
        // An alias is understood here too: pycognito sends what was typed.
        let user = call.state.directory.typed(typed)?;
        let name = user.as_ref().map_or(typed, |user| user.username.as_str());
        if !name.eq_ignore_ascii_case(&attempt.username) {
            return Err(Refusal::invalid_session());
        }
        if let Some(user) = &user {
            user.may_sign_in()?;
        }
        self.take_device(call, &mut attempt)?;
        Ok(Resumed {
            user,
            attempt,
            step,
        })
    }

    /// `DEVICE_KEY` goes into every response of a sign-in that comes from a known device.
    pub(super) fn take_device(
        &self,
        call: &Call<'_>,
        attempt: &mut Attempt,
    ) -> Result<(), Refusal> {
        if !self.client.tracks_devices {
            return Ok(());
        }
        let given = self.fields.text("DEVICE_KEY");
        match (given, &attempt.device) {
            (None, None) => Ok(()),
            (None, Some(_)) => Err(Refusal::missing_parameter("DEVICE_KEY")),
            (Some(key), Some(begun)) if key != begun => Err(Refusal::no_device()),
            (Some(key), _) => {
                call.state.devices.known(key, &attempt.username)?;
                attempt.device = Some(key.to_owned());
                Ok(())
            }
        }
    }

    /// Ends the session: its step was accepted.
    pub(super) fn spend(&self, call: &mut Call<'_>) {
        call.state.sessions.spend(self.session);
    }
}
