//! Handing credentials on without a file: the clipboard, a terminal, the console, an endpoint.

use jiff::SignedDuration;

use crate::app::files::{Endpoint, EndpointAt};
use crate::app::{Effect, Model};
use crate::domain::{CredentialForm, Problem, ProfileName};

/// How long a secret may stay on the clipboard.
pub const CLIPBOARD_KEEPS: SignedDuration = SignedDuration::from_secs(45);

impl Model {
    pub(super) fn copy_as(&mut self, name: &ProfileName, form: CredentialForm) -> Vec<Effect> {
        let state = self.profile(name);
        let profile = state.map(|state| Box::new(state.profile.clone()));
        let copy = profile.map(|profile| Effect::CopyCredentials { profile, form });
        copy.into_iter().collect()
    }

    pub(super) fn open_terminal(&mut self, name: &ProfileName) -> Vec<Effect> {
        let state = self.profile(name);
        let profile = state.map(|state| Box::new(state.profile.clone()));
        profile.map(Effect::OpenTerminal).into_iter().collect()
    }

    /// Once: a second press while the link is fetched does nothing.
    pub(super) fn open_console(&mut self, name: &ProfileName) -> Vec<Effect> {
        let Some(state) = self.profile_mut(name) else {
            return Vec::new();
        };
        if std::mem::replace(&mut state.opening_console, true) {
            return Vec::new();
        }
        vec![Effect::OpenConsole(Box::new(state.profile.clone()))]
    }

    pub(super) fn console_opened(
        &mut self,
        name: &ProfileName,
        result: Result<(), Problem>,
    ) -> Vec<Effect> {
        if let Some(state) = self.profile_mut(name) {
            state.opening_console = false;
        }
        match result {
            Ok(()) => self.tell(format!("The AWS console opens in your browser, as {name}")),
            Err(problem) => self.tell_problem(&problem),
        }
        Vec::new()
    }

    pub(super) fn terminal_opened(
        &mut self,
        name: &ProfileName,
        result: Result<(), Problem>,
    ) -> Vec<Effect> {
        match result {
            Ok(()) => self.tell(format!("A terminal opens with the credentials of {name}")),
            Err(problem) => self.tell_problem(&problem),
        }
        Vec::new()
    }

    pub(super) fn set_endpoint(&mut self, name: &ProfileName, on: bool) -> Vec<Effect> {
        let Some(state) = self.profile_mut(name) else {
            return Vec::new();
        };
        match (&state.endpoint, on) {
            (Endpoint::Off, true) => {
                state.endpoint = Endpoint::Starting;
                vec![Effect::StartEndpoint(Box::new(state.profile.clone()))]
            }
            (Endpoint::On(_), false) => {
                state.endpoint = Endpoint::Off;
                vec![Effect::StopEndpoint(name.clone())]
            }
            _ => Vec::new(),
        }
    }

    /// Of a profile that goes, or is another one now.
    pub(super) fn stop_endpoint(&mut self, name: &ProfileName) -> Option<Effect> {
        let state = self.profile_mut(name)?;
        let was = std::mem::take(&mut state.endpoint);
        (was != Endpoint::Off).then(|| Effect::StopEndpoint(name.clone()))
    }

    pub(super) fn endpoint_started(
        &mut self,
        name: &ProfileName,
        result: Result<EndpointAt, Problem>,
    ) -> Vec<Effect> {
        let stop = vec![Effect::StopEndpoint(name.clone())];
        let endpoint = match result {
            Ok(at) => Endpoint::On(at),
            Err(problem) => {
                self.tell_problem(&problem);
                Endpoint::Off
            }
        };
        // The profile may be gone by now.
        let Some(state) = self.profile_mut(name) else {
            return stop;
        };
        state.endpoint = endpoint;
        Vec::new()
    }

    /// What was copied and is a secret goes from the clipboard after a while.
    pub(super) fn copied(
        &mut self,
        what: &str,
        secret: bool,
        result: Result<(), Problem>,
    ) -> Vec<Effect> {
        match result {
            Ok(()) if secret => {
                self.clipboard_until = self.now.saturating_add(CLIPBOARD_KEEPS).ok();
                let seconds = CLIPBOARD_KEEPS.as_secs();
                self.tell(format!(
                    "{what} copied; the clipboard forgets it in {seconds} s"
                ));
            }
            Ok(()) => {
                self.clipboard_until = None;
                self.tell(format!("{what} copied"));
            }
            Err(problem) => self.tell_problem(&problem),
        }
        Vec::new()
    }

    /// Empties the clipboard when its time is over.
    pub(super) fn clear_clipboard(&mut self) -> Option<Effect> {
        let until = self.clipboard_until?;
        if until > self.now {
            return None;
        }
        self.clipboard_until = None;
        Some(Effect::ClearClipboard)
    }
}
