//! The rows of the list, in order: headings and the profiles below them.
//!
//! Deliberately absent: which profiles a search leaves (see `search`).

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::super::{Model, ProfileState};
use crate::domain::{ListOrder, ProfileName};

/// What stands under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Section {
    /// The favorites, above all groups.
    Favorites,
    /// A group.
    Group(String),
    /// Profiles without a group.
    Rest,
    /// Sorted by expiry: credentials that work.
    Live,
    /// Credentials that have expired.
    Expired,
    /// None at all.
    Without,
}

impl Section {
    /// Names it in the configuration. No group is named so: a group's name has no star.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Favorites => "*favorites".to_owned(),
            Self::Group(name) => name.clone(),
            Self::Rest => "*rest".to_owned(),
            Self::Live => "*live".to_owned(),
            Self::Expired => "*expired".to_owned(),
            Self::Without => "*without".to_owned(),
        }
    }

    /// The heading.
    #[must_use]
    pub fn label(&self, demo: bool) -> &str {
        match self {
            Self::Favorites => "Favorites",
            Self::Group(name) => name,
            Self::Rest if demo => "Sandbox",
            Self::Rest => "Profiles",
            Self::Live => "Expires first",
            Self::Expired => "Expired",
            Self::Without => "No credentials",
        }
    }

    /// The group that a profile belongs to here; none where the section says nothing of groups.
    #[must_use]
    pub fn group(&self) -> Option<Option<String>> {
        match self {
            Self::Group(name) => Some(Some(name.clone())),
            Self::Rest => Some(None),
            _ => None,
        }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A heading.
    Heading {
        /// Of what.
        section: Section,
        /// How many profiles it has.
        count: usize,
        /// True while they are not shown.
        folded: bool,
    },
    /// The profile at this place of [`Model::profiles`].
    Profile(usize),
}

/// All rows, and where each profile stands among those that are shown.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// The profiles among them.
    pub profiles: Vec<usize>,
}

impl Rows {
    /// The rows for the profiles at these places. A search shows what it found, collapsed or not.
    #[must_use]
    pub fn of(model: &Model, places: &[usize], searched: bool) -> Self {
        let mut sections: Vec<(Section, Vec<usize>)> = Vec::new();
        let mut known: HashMap<Section, usize> = HashMap::new();
        for place in sorted(model, places) {
            let Some(state) = model.profiles.get(place) else {
                continue;
            };
            let section = section(model, state);
            let at = *known.entry(section).or_insert_with_key(|section| {
                sections.push((section.clone(), Vec::new()));
                sections.len() - 1
            });
            if let Some((_, profiles)) = sections.get_mut(at) {
                profiles.push(place);
            }
        }
        // The others stand where their first profile does.
        sections.sort_by_key(|(section, _)| *section != Section::Favorites);
        let mut all = Self::default();
        for (section, profiles) in sections {
            let folded = !searched && model.list.folded.contains(&section.key());
            all.rows.push(Row::Heading {
                section,
                count: profiles.len(),
                folded,
            });
            if !folded {
                all.rows.extend(profiles.iter().copied().map(Row::Profile));
                all.profiles.extend(profiles);
            }
        }
        all
    }

    /// The section that the row at `index` stands in.
    #[must_use]
    pub fn section(&self, index: usize) -> Option<&Section> {
        let above = self.rows.get(..=index)?;
        above.iter().rev().find_map(|row| match row {
            Row::Heading { section, .. } => Some(section),
            Row::Profile(_) => None,
        })
    }
}

impl Model {
    /// The profile above or below the one that is shown, as the list has them. Those under a
    /// collapsed heading are passed over.
    #[must_use]
    pub fn neighbor(&self, below: bool) -> Option<ProfileName> {
        let shown = self.place(self.selected.as_ref()?)?;
        let places: Vec<usize> = (0..self.profiles.len()).collect();
        // The one that is shown may itself stand under a collapsed heading.
        let all = Rows::of(self, &places, true).profiles;
        let open: HashSet<usize> = Rows::of(self, &places, false)
            .profiles
            .into_iter()
            .collect();
        let at = all.iter().position(|place| *place == shown)?;
        let is_open = |place: &&usize| open.contains(place);
        let found = if below {
            all.iter().skip(at + 1).find(is_open)
        } else {
            all.iter().take(at).rev().find(is_open)
        };
        Some(self.profiles.get(*found?)?.profile.name.clone())
    }
}

fn section(model: &Model, state: &ProfileState) -> Section {
    if model.settings.list_order == ListOrder::Expiry {
        return match &state.session {
            Some(_) if state.is_live(model.now) => Section::Live,
            Some(_) => Section::Expired,
            None => Section::Without,
        };
    }
    match &state.profile.group {
        _ if state.profile.favorite => Section::Favorites,
        Some(group) => Section::Group(group.clone()),
        None => Section::Rest,
    }
}

fn sorted(model: &Model, places: &[usize]) -> Vec<usize> {
    let mut places = places.to_vec();
    let state = |place: &usize| model.profiles.get(*place);
    match model.settings.list_order {
        ListOrder::Arranged => {}
        ListOrder::Name => places.sort_by_cached_key(|place| {
            let name = state(place).map(|state| state.profile.name.as_str());
            name.unwrap_or_default().to_lowercase()
        }),
        ListOrder::Expiry => places.sort_by(|one, other| match (state(one), state(other)) {
            (Some(one), Some(other)) => by_expiry(one, other, model.now),
            _ => Ordering::Equal,
        }),
    }
    places
}

/// Live ones by what is left, then the expired, what expired last first, then those without any.
fn by_expiry(one: &ProfileState, other: &ProfileState, now: Timestamp) -> Ordering {
    let end = |state: &ProfileState| {
        let session = state.session.as_ref();
        session.map(|session| session.credentials.expires_at)
    };
    match (end(one), end(other)) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(first), Some(second)) => match (one.is_live(now), other.is_live(now)) {
            (true, true) => first.cmp(&second),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => second.cmp(&first),
        },
    }
}
