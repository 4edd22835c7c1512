//! The list of profiles as people see and arrange it: what is collapsed, what is marked, what goes
//! away unless it is taken back.
//!
//! Deliberately absent: how a row looks, where the list is scrolled to, and what is typed into the
//! search, which are the window's.

mod rows;
mod search;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use jiff::Timestamp;

pub use rows::{Row, Rows, Section};
pub use search::Haystacks;

use super::{Effect, Model, ProfileState};
use crate::domain::{Profile, ProfileField, ProfileName};

/// What belongs to the list as a whole.
#[derive(Debug, Default)]
pub struct ListState {
    /// Sections that show only their heading, by [`Section::key`].
    pub folded: BTreeSet<String>,
    /// The profiles that several things at once are asked for.
    pub marked: BTreeSet<ProfileName>,
    /// Another number each time a profile comes, goes, moves or is configured anew.
    pub revision: u64,
    /// What the form of a new profile begins with, and which time.
    pub proposed: Option<(u64, Box<Profile>)>,
    /// The field of a profile's form that a problem led to, and which time.
    pub asked_field: Option<(u64, ProfileField)>,
    /// Removed for whoever looks; there until nobody can take it back any more.
    pub(super) removals: Vec<Removal>,
    /// Being removed.
    pub(super) leaving: Vec<ProfileName>,
    /// Done as soon as the ones that have its names are gone.
    pub(super) waiting: Vec<Effect>,
    /// Renewed one after the other.
    pub(super) to_renew: VecDeque<ProfileName>,
    /// What is kept for them is yet to be read.
    pub(super) to_load: VecDeque<ProfileName>,
    /// What is kept for them is being read.
    pub(super) loading: HashSet<ProfileName>,
    pub(super) places: HashMap<ProfileName, usize>,
    pub(super) memo: Memo,
}

/// Profiles that were removed and can be brought back.
#[derive(Debug)]
pub struct Removal {
    /// The notice that offers it.
    pub(super) notice: u64,
    /// Each with its place before.
    pub(super) profiles: Vec<(usize, ProfileState)>,
    /// When it is carried out.
    pub(super) until: Timestamp,
}

/// What was found out by looking at every profile, so as not to look again. Says nothing of itself.
#[derive(Default)]
pub(super) struct Memo {
    /// Another number each time anything happens but the passing of time.
    pub(super) changes: u64,
    pub(super) summary: RefCell<Summary>,
    /// From when to when the clock has nothing to do, as long as `changes` is the number.
    pub(super) quiet: Option<(u64, Timestamp, Option<Timestamp>)>,
}

impl std::fmt::Debug for Memo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memo")
    }
}

impl ListState {
    /// Another number each time anything happens but the passing of time.
    #[must_use]
    pub const fn changes(&self) -> u64 {
        self.memo.changes
    }

    /// True while what is kept for this profile is yet to be read.
    #[must_use]
    pub fn is_unread(&self, name: &ProfileName) -> bool {
        self.loading.contains(name) || self.to_load.contains(name)
    }

    /// True while what is kept for some profiles is yet to be read.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        !self.to_load.is_empty()
    }

    /// An empty list, whose numbers are others.
    pub(super) fn emptied(&self) -> Self {
        Self {
            revision: self.revision + 1,
            memo: Memo {
                changes: self.memo.changes + 1,
                ..Memo::default()
            },
            ..Self::default()
        }
    }
}

/// What the whole list comes to, and for how long that holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Summary {
    pub(super) changes: u64,
    pub(super) from: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
    pub(super) live: usize,
    pub(super) next_renewal: Option<(ProfileName, Timestamp)>,
}

impl Summary {
    fn holds(&self, changes: u64, now: Timestamp) -> bool {
        self.changes == changes
            && self.from.is_some_and(|from| from <= now)
            && self.until.is_none_or(|until| now < until)
    }
}

impl Model {
    /// How many profiles have credentials that work.
    #[must_use]
    pub fn live_count(&self) -> usize {
        self.summary(|summary| summary.live)
    }

    /// The profile that is renewed next by itself, and when.
    #[must_use]
    pub fn next_renewal(&self) -> Option<(ProfileName, Timestamp)> {
        self.summary(|summary| summary.next_renewal.clone())
    }

    /// Where a profile stands in [`Model::profiles`].
    #[must_use]
    pub fn place(&self, name: &ProfileName) -> Option<usize> {
        let is_there = |place: &usize| {
            let state = self.profiles.get(*place);
            state.is_some_and(|state| state.profile.name == *name)
        };
        let known = self.list.places.get(name).copied().filter(is_there);
        known.or_else(|| {
            let mut profiles = self.profiles.iter();
            profiles.position(|state| state.profile.name == *name)
        })
    }

    /// Profiles came, went, moved or are configured anew.
    pub(super) fn list_changed(&mut self) {
        self.list.revision += 1;
        let names = self.profiles.iter().map(|state| state.profile.name.clone());
        self.list.places = names
            .enumerate()
            .map(|(place, name)| (name, place))
            .collect();
        let places = &self.list.places;
        self.list.marked.retain(|name| places.contains_key(name));
    }

    /// Looks at every profile once, and then not again before something happens or the time has come
    /// at which the answer is another.
    fn summary<T>(&self, read: impl Fn(&Summary) -> T) -> T {
        let (changes, now) = (self.list.memo.changes, self.now);
        if let Ok(summary) = self.list.memo.summary.try_borrow()
            && summary.holds(changes, now)
        {
            return read(&summary);
        }
        let mut summary = Summary {
            changes,
            from: Some(now),
            ..Summary::default()
        };
        for state in self.profiles.iter().filter(|state| state.is_live(now)) {
            summary.live += 1;
            let ends = state
                .session
                .as_ref()
                .map(|session| session.credentials.expires_at);
            summary.until = summary.until.into_iter().chain(ends).min();
            if let Some(at) = state.standing().renews_at()
                && summary
                    .next_renewal
                    .as_ref()
                    .is_none_or(|(_, first)| at < *first)
            {
                summary.next_renewal = Some((state.profile.name.clone(), at));
            }
        }
        let answer = read(&summary);
        if let Ok(mut kept) = self.list.memo.summary.try_borrow_mut() {
            *kept = summary;
        }
        answer
    }
}
