//! Token files of other providers: which are watched, and what follows when one has a new token.
//!
//! Deliberately absent: looking into them.

use std::path::PathBuf;

use super::sign_in::begin;
use crate::app::{Effect, Model, StoreState};
use crate::domain::{ProfileName, TokenSource};

impl Model {
    /// Watches the files of the profiles there are, where those have changed.
    pub(super) fn watch_token_files(&mut self) -> Option<Effect> {
        let profiles = self.profiles.iter().map(|state| &state.profile);
        let files: Vec<(ProfileName, PathBuf)> = profiles
            .flat_map(|profile| {
                let paths = profile
                    .logins
                    .iter()
                    .filter_map(|login| match &login.token {
                        TokenSource::File(path) => Some(path.clone()),
                        _ => None,
                    });
                paths.map(|path| (profile.name.clone(), path))
            })
            .collect();
        if files == self.watched {
            return None;
        }
        self.watched.clone_from(&files);
        Some(Effect::WatchTokenFiles(files))
    }

    /// New credentials where the old token was too old for them, or failed. Credentials that work
    /// for long are left alone.
    pub(super) fn token_file_changed(&mut self, name: &ProfileName) -> Vec<Effect> {
        let is_asked = self.signing_in() == Some(name);
        if is_asked || !matches!(self.store, StoreState::Ready(_)) {
            return Vec::new();
        }
        let (attempt, now) = (self.new_attempt(), self.now);
        let Some(state) = self.profile_mut(name) else {
            return Vec::new();
        };
        let session = state.session.as_ref();
        let margin = state.profile.margin;
        let is_wanted =
            state.problem.is_some() || session.is_none_or(|live| live.is_due(now, margin));
        let is_busy = state.running.is_some() || state.signing_out;
        if !state.profile.keep_fresh || is_busy || !is_wanted {
            return Vec::new();
        }
        begin(state, attempt, "reading tokens");
        vec![Effect::Renew {
            attempt,
            profile: Box::new(state.profile.clone()),
            forced: true,
        }]
    }
}
