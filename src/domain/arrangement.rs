//! The order of the profiles in the list, and how people change it.
//!
//! Deliberately absent: where the order is kept (the configuration file's own order) and how a
//! moved entry is written there.

use std::collections::HashSet;

use super::ids::ProfileName;

/// What is changed about the place of some profiles in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrangement {
    /// Among the favorites, or no more.
    Favorite(bool),
    /// Into a group, or out of every group.
    Group(Option<String>),
    /// To another place, in the group that is there.
    Place {
        /// Where.
        spot: Spot,
        /// The group they belong to from then on.
        group: Option<String>,
    },
}

/// A place beside another profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// Directly before it.
    Before(ProfileName),
    /// Directly after it.
    After(ProfileName),
}

impl Spot {
    /// The profile beside the place.
    #[must_use]
    pub const fn anchor(&self) -> &ProfileName {
        match self {
            Self::Before(name) | Self::After(name) => name,
        }
    }
}

/// The order after `moved` went to the spot, as indices into the order before. What moves keeps its
/// own order. A spot beside a profile that moves itself, or that is not there, changes nothing.
#[must_use]
pub fn arranged<'a>(
    before: impl IntoIterator<Item = &'a ProfileName>,
    moved: &[ProfileName],
    spot: &Spot,
) -> Vec<usize> {
    let moved: HashSet<&ProfileName> = moved.iter().collect();
    let before: Vec<&ProfileName> = before.into_iter().collect();
    let anchor = spot.anchor();
    let stays: Vec<usize> = (0..before.len())
        .filter(|index| before.get(*index).is_some_and(|name| !moved.contains(name)))
        .collect();
    let at = stays
        .iter()
        .position(|index| before.get(*index) == Some(&anchor));
    let Some(at) = at else {
        return (0..before.len()).collect();
    };
    let at = match spot {
        Spot::Before(_) => at,
        Spot::After(_) => at + 1,
    };
    let moving = (0..before.len())
        .filter(|index| before.get(*index).is_some_and(|name| moved.contains(name)));
    let (head, tail) = stays.split_at(at);
    let head = head.iter().copied();
    head.chain(moving).chain(tail.iter().copied()).collect()
}

/// How the list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListOrder {
    /// As people arranged it: the configuration file's order.
    #[default]
    Arranged,
    /// What expires first stands first; then what has expired, then who is signed out.
    Expiry,
    /// By name.
    Name,
}

impl ListOrder {
    /// In the order shown.
    pub const ALL: [Self; 3] = [Self::Arranged, Self::Expiry, Self::Name];

    /// The word in the configuration file, where an arranged list needs none.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Arranged => None,
            Self::Expiry => Some("expiry"),
            Self::Name => Some("name"),
        }
    }

    /// What is shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Arranged => "As arranged",
            Self::Expiry => "Expires first",
            Self::Name => "Name",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<ProfileName> {
        text.split(' ').map(|name| name.parse().unwrap()).collect()
    }

    #[test]
    fn profiles_go_beside_another() {
        let before = names("a b c d");
        let name = |text: &str| -> ProfileName { text.parse().unwrap() };
        for (moved, spot, after) in [
            ("c", Spot::Before(name("a")), "c a b d"),
            ("a", Spot::After(name("c")), "b c a d"),
            ("d a", Spot::Before(name("c")), "b a d c"),
            ("a b", Spot::After(name("d")), "c d a b"),
            ("b", Spot::After(name("a")), "a b c d"),
            ("b", Spot::After(name("b")), "a b c d"),
            ("b", Spot::After(name("x")), "a b c d"),
            ("x", Spot::After(name("c")), "a b c d"),
        ] {
            let order = arranged(&before, &names(moved), &spot);
            let got: Vec<&str> = order.iter().map(|index| before[*index].as_str()).collect();
            assert_eq!(got.join(" "), after, "{moved} {spot:?}");
        }
    }
}
