//! The palette: what can be picked in it, and what that does.
//!
//! Deliberately absent: what is typed into it, which is a draft of the window and goes nowhere.

use std::cmp::Reverse;

use super::command::Command;
use super::fuzzy;
use super::{Action, Effect, Model, ProfileState, Sheet};
use crate::domain::ProfileName;

/// How many picks are remembered.
const RECENT: usize = 5;
/// What was picked not long ago goes before what fits as well.
const RECENT_BONUS: i32 = 6;

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

    fn is_possible(&self, model: &Model) -> bool {
        self.action(model).is_some()
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

/// One row of the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it picks.
    pub pick: Pick,
    /// What it says.
    pub label: String,
    /// True for what was picked not long ago.
    pub is_recent: bool,
}

/// A row that is left, and which of its letters were meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its number among the offers.
    pub offer: usize,
    /// Numbers of characters of its label.
    pub at: Vec<usize>,
}

/// The offers that what was typed leaves, best first; all of them where nothing was typed.
#[must_use]
pub fn hits(offers: &[Offer], typed: &str) -> Vec<Hit> {
    let typed = typed.trim();
    let rows = offers.iter().enumerate();
    if typed.is_empty() {
        let all = rows.map(|(offer, _)| Hit {
            offer,
            at: Vec::new(),
        });
        return all.collect();
    }
    let words = typed.to_lowercase();
    let mut found: Vec<(i32, usize, Hit)> = rows
        .filter_map(|(offer, row)| {
            let (score, at) = match fuzzy::find(typed, &row.label) {
                Some(found) => (found.score, found.at),
                None if is_told_by(&words, row) => (0, Vec::new()),
                None => return None,
            };
            let score = score + if row.is_recent { RECENT_BONUS } else { 0 };
            Some((score, row.label.len(), Hit { offer, at }))
        })
        .collect();
    found.sort_by_key(|(score, length, _)| (Reverse(*score), *length));
    found.into_iter().map(|(_, _, hit)| hit).collect()
}

/// True where each word that was typed is in the label or among the other words for it.
fn is_told_by(typed: &str, row: &Offer) -> bool {
    let label = row.label.to_lowercase();
    let others = row.pick.command.words();
    typed
        .split_whitespace()
        .all(|word| label.contains(word) || others.contains(word))
}

/// What is offered for each profile by its name.
const OF_EACH: [Command; 5] = [
    Command::Show,
    Command::SignIn,
    Command::Refresh,
    Command::GetCredentials,
    Command::SignOut,
];

impl Model {
    /// Everything that can be picked now: what was picked last, what is about the profile shown,
    /// other commands, other profiles.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        let is_shown = |state: &&ProfileState| Some(&state.profile.name) == self.selected.as_ref();
        let of_each = |state| OF_EACH.map(|command| Pick::on(command, state));
        let own = self.profiles.iter().filter(is_shown).flat_map(of_each);
        let others = self.profiles.iter().filter(|state| !is_shown(state));
        let commands = Command::all()
            .filter(|command| *command != Command::Palette && !OF_EACH.contains(command))
            .map(Pick::of);
        let recent: Vec<&Pick> = self.recent.iter().collect();
        let rest = own.chain(commands).chain(others.flat_map(of_each));
        let rest = rest.filter(|pick| !recent.contains(&pick));
        let offer = |pick: Pick, is_recent| {
            let is_possible = pick.is_possible(self);
            is_possible.then(|| Offer {
                label: pick.label(),
                pick,
                is_recent,
            })
        };
        let first = self.recent.iter().cloned();
        first
            .filter_map(|pick| offer(pick, true))
            .chain(rest.filter_map(|pick| offer(pick, false)))
            .collect()
    }

    pub(super) fn open_palette(&mut self) -> Vec<Effect> {
        self.sheet = match self.sheet.take() {
            None => Some(Sheet::Palette),
            Some(Sheet::Palette) => None,
            other => other,
        };
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
