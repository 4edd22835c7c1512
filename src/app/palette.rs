//! The palette: what can be picked in it, and what that does.
//!
//! Deliberately absent: what is typed into it, which is a draft of the window and goes nowhere.

use super::command::Command;
use super::{Action, Effect, Model, ProfileState, Sheet};
use crate::domain::ProfileName;

/// How many picks are remembered.
const RECENT: usize = 5;

/// A command, and the profile it is about where that is not the one shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// What to do.
    pub command: Command,
    /// To which profile; none for the one shown, or for none at all.
    pub profile: Option<ProfileName>,
}

impl Pick {
    /// A command about the profile shown, or about none.
    #[must_use]
    pub const fn of(command: Command) -> Self {
        Self {
            command,
            profile: None,
        }
    }

    /// A command about a profile.
    #[must_use]
    pub fn on(command: Command, state: &ProfileState) -> Self {
        Self {
            command,
            profile: Some(state.profile.name.clone()),
        }
    }

    /// What it asks for; none where it is not possible now.
    #[must_use]
    pub fn action(&self, model: &Model) -> Option<Action> {
        match &self.profile {
            None => self.command.action(model),
            Some(name) => self.command.action_on(model, model.profile(name)?),
        }
    }

    /// What the palette says: `Sign in to acme-prod`.
    #[must_use]
    pub fn label(&self) -> String {
        let word = self.command.label();
        match (&self.profile, self.command) {
            (None, _) => word.to_owned(),
            (Some(name), Command::Show) => name.to_string(),
            (Some(name), Command::SignIn) => format!("Sign in to {name}"),
            (Some(name), Command::SignOut) => format!("Sign out of {name}"),
            (Some(name), Command::Refresh) => format!("Refresh {name}"),
            (Some(name), _) => format!("{word}: {name}"),
        }
    }
}

impl Model {
    /// Everything that can be picked now: what was picked last, then commands, then profiles.
    #[must_use]
    pub fn picks(&self) -> Vec<Pick> {
        const OF_OTHERS: [Command; 4] = [
            Command::Show,
            Command::SignIn,
            Command::Refresh,
            Command::GetCredentials,
        ];
        let is_possible = |pick: &Pick| pick.action(self).is_some();
        let recent: Vec<Pick> = self
            .recent
            .iter()
            .filter(|pick| is_possible(pick))
            .cloned()
            .collect();
        let commands = Command::all()
            .filter(|command| *command != Command::Palette)
            .map(Pick::of);
        let others = self
            .profiles
            .iter()
            .flat_map(|state| OF_OTHERS.map(|command| Pick::on(command, state)));
        let rest = commands
            .chain(others)
            .filter(|pick| is_possible(pick) && !recent.contains(pick));
        recent.iter().cloned().chain(rest).collect()
    }

    pub(super) fn open_palette(&mut self) -> Vec<Effect> {
        if self.sheet.is_none() {
            self.sheet = Some(Sheet::Palette);
        }
        Vec::new()
    }

    /// Closes the palette and does what was picked, if it is still possible.
    pub(super) fn pick(&mut self, pick: Pick) -> Vec<Effect> {
        if matches!(self.sheet, Some(Sheet::Palette)) {
            self.sheet = None;
        }
        let Some(action) = pick.action(self) else {
            return Vec::new();
        };
        self.recent.retain(|before| *before != pick);
        self.recent.push_front(pick);
        self.recent.truncate(RECENT);
        self.act(action)
    }
}
