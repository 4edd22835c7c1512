//! Arranging the list: order, groups, favorites, names, and what a new profile begins with.
//!
//! The list changes at once; the configuration follows, and is read again where it could not.

use crate::app::{Effect, Model, Page, ProfileDraft, Sheet};
use crate::domain::{Arrangement, ListOrder, Profile, ProfileName, Spot, arranged};

impl Model {
    pub(super) fn arrange(
        &mut self,
        names: Vec<ProfileName>,
        arrangement: Arrangement,
    ) -> Vec<Effect> {
        if names.is_empty() || self.config_problem.is_some() {
            return Vec::new();
        }
        let arrangement = self.beside_its_group(&names, arrangement);
        for name in &names {
            let Some(state) = self.profile_mut(name) else {
                continue;
            };
            match &arrangement {
                Arrangement::Favorite(on) => state.profile.favorite = *on,
                Arrangement::Group(group) | Arrangement::Place { group, .. } => {
                    state.profile.group.clone_from(group);
                }
            }
        }
        if let Arrangement::Place { spot, .. } = &arrangement {
            let before = self.profiles.iter().map(|state| &state.profile.name);
            let order = arranged(before, &names, spot);
            let mut before: Vec<_> = std::mem::take(&mut self.profiles)
                .into_iter()
                .map(Some)
                .collect();
            let after = order.into_iter();
            self.profiles = after
                .filter_map(|index| before.get_mut(index)?.take())
                .collect();
        }
        self.list_changed();
        vec![Effect::Arrange(names, arrangement)]
    }

    /// Who goes into a group stands last there; elsewhere the order of the groups could change.
    fn beside_its_group(&self, names: &[ProfileName], wanted: Arrangement) -> Arrangement {
        let Arrangement::Group(group) = wanted else {
            return wanted;
        };
        let last = self.profiles.iter().rev().map(|state| &state.profile);
        let last = last
            .filter(|profile| profile.group == group && !names.contains(&profile.name))
            .map(|profile| profile.name.clone())
            .next();
        match last {
            Some(last) => Arrangement::Place {
                spot: Spot::After(last),
                group,
            },
            None => Arrangement::Group(group),
        }
    }

    pub(super) fn set_list_order(&mut self, order: ListOrder) -> Vec<Effect> {
        self.settings.list_order = order;
        vec![Effect::SaveListOrder(order)]
    }

    pub(super) fn fold(&mut self, section: String, folded: bool) -> Vec<Effect> {
        if folded {
            self.list.folded.insert(section);
        } else {
            self.list.folded.remove(&section);
        }
        let all = self.list.folded.iter().cloned().collect();
        vec![Effect::SaveFolded(all)]
    }

    /// Those that are there; a selection of one is none.
    pub(super) fn mark(&mut self, names: Vec<ProfileName>) -> Vec<Effect> {
        self.list.marked = names
            .into_iter()
            .filter(|name| self.place(name).is_some())
            .collect();
        Vec::new()
    }

    /// Opens the form with a copy. Nothing that is kept in the secret store is copied.
    pub(super) fn duplicate(&mut self, name: &ProfileName) -> Vec<Effect> {
        let Some(state) = self.profile(name) else {
            return Vec::new();
        };
        let mut copy = state.profile.clone();
        let Some(free) = self.free_name(name) else {
            return Vec::new();
        };
        copy.name = free;
        copy.favorite = false;
        let told = if copy.has_client_secret() {
            format!("Not saved yet: a copy of {name}. Type its client secret, which is not copied")
        } else {
            format!("Not saved yet: a copy of {name}, without its sign-in")
        };
        self.tell(told);
        self.propose(copy)
    }

    /// Opens the form of a new profile with these values.
    pub(super) fn propose(&mut self, profile: Profile) -> Vec<Effect> {
        let count = self.list.proposed.as_ref().map_or(0, |(count, _)| *count);
        self.list.proposed = Some((count + 1, Box::new(profile)));
        self.page = Page::NewProfile;
        vec![Effect::FindProfiles]
    }

    /// `x-copy`, `x-copy-2`, …: a name has no blanks.
    fn free_name(&self, name: &ProfileName) -> Option<ProfileName> {
        let copies = (1..1000).map(|count| match count {
            1 => format!("{name}-copy"),
            count => format!("{name}-copy-{count}"),
        });
        copies
            .filter_map(|text| text.parse().ok())
            .find(|free: &ProfileName| self.place(free).is_none() && !self.is_removed(free))
    }

    pub(super) fn ask_rename(&mut self, name: ProfileName) -> Vec<Effect> {
        let effects = self.close_sheet();
        self.sheet = Some(Sheet::Rename(name));
        effects
    }

    /// The sheet's profile gets another name: everything else about it stays.
    pub(super) fn rename(&mut self, to: ProfileName) -> Vec<Effect> {
        let Some(Sheet::Rename(name)) = self.sheet.take() else {
            return Vec::new();
        };
        let Some(state) = self.profile(&name) else {
            return Vec::new();
        };
        if to == name {
            return Vec::new();
        }
        let profile = Profile {
            name: to,
            ..state.profile.clone()
        };
        self.save(Box::new(ProfileDraft {
            original: Some(name),
            profile,
            client_secret: None,
            login_secrets: Vec::new(),
        }))
    }

    pub(super) fn ask_group(&mut self, names: Vec<ProfileName>) -> Vec<Effect> {
        let effects = self.close_sheet();
        self.sheet = Some(Sheet::Group(names));
        effects
    }

    /// The sheet's profiles go into a group of this name.
    pub(super) fn name_group(&mut self, group: String) -> Vec<Effect> {
        let Some(Sheet::Group(names)) = self.sheet.take() else {
            return Vec::new();
        };
        self.arrange(names, Arrangement::Group(Some(group)))
    }
}
