//! Removing profiles: hidden at once, removed when nobody can take it back any more.
//!
//! Until then the configuration and the secret store have everything: a program that is killed
//! loses nothing. Deliberately absent: a question before it.

use std::collections::HashSet;

use jiff::SignedDuration;

use crate::app::list::Removal;
use crate::app::{Effect, Model, NoticeOffer, ProfileDraft, ProfileState, Tab};
use crate::domain::{Problem, ProfileName};

/// How long a removal can be taken back.
const CAN_UNDO: SignedDuration = SignedDuration::from_secs(10);

impl Model {
    /// Hides profiles and offers to bring them back.
    pub(super) fn remove(&mut self, names: &[ProfileName]) -> Vec<Effect> {
        let names: Vec<ProfileName> = names
            .iter()
            .filter(|name| self.place(name).is_some())
            .cloned()
            .collect();
        let Some(first) = names.first() else {
            return Vec::new();
        };
        let told = match names.len() {
            1 => format!("{first} removed"),
            count => format!("{count} profiles removed"),
        };
        let mut effects = self.leave(|known| !names.contains(&known.name));
        let beside = self.beside(&names);
        let mut gone = Vec::new();
        let all = std::mem::take(&mut self.profiles);
        for (place, state) in all.into_iter().enumerate() {
            if names.contains(&state.profile.name) {
                gone.push((place, state));
            } else {
                self.profiles.push(state);
            }
        }
        self.list_changed();
        if self.current().is_none() {
            self.selected = beside;
            self.tab = Tab::Overview;
        }
        let until = self.now.saturating_add(CAN_UNDO).unwrap_or(self.now);
        let notice = self.offer(told, ("Undo", NoticeOffer::Restore), until);
        self.list.removals.push(Removal {
            notice,
            profiles: gone,
            until,
        });
        effects.extend(self.watch_token_files());
        effects
    }

    /// The one to show after these are gone: the next below, or else the last above.
    fn beside(&self, names: &[ProfileName]) -> Option<ProfileName> {
        let at = self.place(self.selected.as_ref()?)?;
        let stays = |state: &&ProfileState| !names.contains(&state.profile.name);
        let below = self.profiles.get(at..)?.iter().find(stays);
        let above = || self.profiles.get(..at)?.iter().rev().find(stays);
        let state = below.or_else(above)?;
        Some(state.profile.name.clone())
    }

    /// Brings back what a notice offers.
    pub(super) fn restore(&mut self, notice: u64) -> Vec<Effect> {
        self.dismiss_notice(notice);
        let removals = &mut self.list.removals;
        let Some(at) = removals.iter().position(|removal| removal.notice == notice) else {
            return Vec::new();
        };
        let removal = removals.remove(at);
        let mut names = Vec::new();
        for (place, state) in removal.profiles {
            names.push(state.profile.name.clone());
            self.profiles.insert(place.min(self.profiles.len()), state);
        }
        self.list_changed();
        self.selected = names.first().cloned();
        let mut effects = vec![Effect::ReadExports(self.home, names.clone())];
        self.list.to_load.extend(names);
        effects.extend(self.load_more());
        effects.extend(self.watch_token_files());
        effects
    }

    /// Carries out what cannot be taken back any more; all of it where `all` is true.
    pub(super) fn settle_removals(&mut self, all: bool) -> Vec<Effect> {
        let now = self.now;
        let is_over = |removal: &Removal| all || removal.until <= now;
        let (over, open) = std::mem::take(&mut self.list.removals)
            .into_iter()
            .partition(is_over);
        self.list.removals = open;
        let over: Vec<Removal> = over;
        let mut effects = Vec::new();
        for removal in over {
            self.dismiss_notice(removal.notice);
            for (_, state) in removal.profiles {
                self.list.leaving.push(state.profile.name.clone());
                effects.push(Effect::Remove(Box::new(state.profile)));
            }
        }
        effects
    }

    /// True for a profile that is in the configuration only because its removal can be taken back,
    /// or is under way.
    pub(super) fn is_removed(&self, name: &ProfileName) -> bool {
        let mut hidden = self
            .list
            .removals
            .iter()
            .flat_map(|removal| &removal.profiles);
        hidden.any(|(_, state)| state.profile.name == *name) || self.list.leaving.contains(name)
    }

    /// Saves a form; where a profile of its name is only hidden, after that is gone for good.
    pub(super) fn save(&mut self, draft: Box<ProfileDraft>) -> Vec<Effect> {
        self.after_removals(Effect::Save(draft))
    }

    /// Carries out what adds profiles, once no removal of one of their names can be taken back or
    /// is under way.
    pub(super) fn after_removals(&mut self, effect: Effect) -> Vec<Effect> {
        let wanted = locks_of(&effect);
        let mut hidden = self
            .list
            .removals
            .iter()
            .flat_map(|removal| &removal.profiles);
        let mut effects = if hidden.any(|(_, state)| wanted.contains(&lock(&state.profile.name))) {
            self.settle_removals(true)
        } else {
            Vec::new()
        };
        if self.waits(&effect) {
            self.list.waiting.push(effect);
        } else {
            effects.push(effect);
        }
        effects
    }

    /// True while a profile of one of its names is being removed.
    fn waits(&self, effect: &Effect) -> bool {
        let wanted = locks_of(effect);
        let mut leaving = self.list.leaving.iter();
        leaving.any(|name| wanted.contains(&lock(name)))
    }

    /// Nothing where it was hidden before.
    fn drop_profile(&mut self, name: &ProfileName) -> Vec<Effect> {
        if self.place(name).is_none() {
            return Vec::new();
        }
        let mut effects = self.leave(|known| known.name != *name);
        let beside = self.beside(std::slice::from_ref(name));
        self.profiles.retain(|state| state.profile.name != *name);
        self.list_changed();
        if self.current().is_none() {
            self.selected = beside;
            self.tab = Tab::Overview;
        }
        effects.extend(self.watch_token_files());
        effects
    }

    pub(super) fn removed(
        &mut self,
        name: &ProfileName,
        result: Result<(), Problem>,
    ) -> Vec<Effect> {
        self.list.leaving.retain(|leaving| leaving != name);
        let mut effects = Vec::new();
        match result {
            Ok(()) => effects.extend(self.drop_profile(name)),
            Err(problem) => {
                self.tell_problem(&problem);
                // It is still there.
                effects.push(Effect::LoadProfiles);
            }
        }
        effects.extend(self.go_on_after_removal());
        effects
    }

    /// What waited for a removal, once that is over or is stopped.
    pub(super) fn go_on_after_removal(&mut self) -> Vec<Effect> {
        let waiting = std::mem::take(&mut self.list.waiting);
        let (wait, go): (Vec<Effect>, Vec<Effect>) =
            waiting.into_iter().partition(|effect| self.waits(effect));
        self.list.waiting = wait;
        go
    }
}

/// Names that differ in case alone share a lock, and what is kept under it.
fn lock(name: &ProfileName) -> String {
    name.as_str().to_ascii_lowercase()
}

/// The names that an effect adds profiles under.
fn locks_of(effect: &Effect) -> HashSet<String> {
    match effect {
        Effect::Save(draft) => HashSet::from([lock(&draft.profile.name)]),
        Effect::AddProfiles(profiles) => profiles.iter().map(|added| lock(&added.name)).collect(),
        Effect::AddFound(drafts) => drafts
            .iter()
            .map(|draft| lock(&draft.profile.name))
            .collect(),
        _ => HashSet::new(),
    }
}
