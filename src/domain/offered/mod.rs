//! Profiles that an import found: whole, or with what is still missing, and what a person should
//! know before they are added.
//!
//! Deliberately absent: reading files, links and text (see `adapters::imports`), and adding: nothing
//! that comes from elsewhere is added before somebody looked at it.

mod amplify;
mod rules;

pub use self::amplify::AmplifyAuth;
pub(super) use self::rules::own_address;
pub use self::rules::{local_source, quoted, warnings};

use super::ids::{IdentityPoolId, ProfileName};
use super::managed_login::ManagedLogin;
use super::profile::{PoolClient, Profile, SignInMethod};

/// One profile that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Where: `amplify_outputs.json`, `[dev] in ~/.aws/config`, `link`.
    pub source: String,
    /// What.
    pub offer: Offer,
    /// What did not come along and what is to be done about it, a sentence each, without full stop.
    pub remarks: Vec<String>,
}

/// How much of a profile there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// All of it.
    Ready(Box<Profile>),
    /// All but the identity pool, which the person may know.
    NoIdentityPool(Box<WithoutIdentityPool>),
    /// Nothing that can be added.
    Useless {
        /// As it is called where it was found.
        name: String,
        /// Why, a sentence without a full stop.
        why: String,
    },
}

/// A sign-in without the exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithoutIdentityPool {
    /// A suggestion.
    pub name: ProfileName,
    /// Where to sign in.
    pub user_pool: PoolClient,
    /// How.
    pub sign_in: SignInMethod,
    /// Where it has pages of its own.
    pub managed_login: Option<ManagedLogin>,
}

impl WithoutIdentityPool {
    /// The whole profile.
    #[must_use]
    pub fn with(&self, identity_pool_id: IdentityPoolId) -> Profile {
        let user_pool = self.user_pool.clone();
        Profile {
            sign_in: self.sign_in,
            managed_login: self.managed_login.clone(),
            ..Profile::of_user_pool(self.name.clone(), user_pool, identity_pool_id)
        }
    }
}

impl Offered {
    /// The name it came with.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.offer {
            Offer::Ready(profile) => profile.name.as_str(),
            Offer::NoIdentityPool(partial) => partial.name.as_str(),
            Offer::Useless { name, .. } => name,
        }
    }

    /// The profile, once what is missing is given.
    #[must_use]
    pub fn profile(&self, identity_pool: Option<IdentityPoolId>) -> Option<Profile> {
        match &self.offer {
            Offer::Ready(profile) => Some((**profile).clone()),
            Offer::NoIdentityPool(partial) => Some(partial.with(identity_pool?)),
            Offer::Useless { .. } => None,
        }
    }

    /// Why somebody should look twice, a sentence each, without full stop.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        match &self.offer {
            Offer::Ready(profile) => warnings(profile),
            Offer::NoIdentityPool(partial) => {
                let login = partial.managed_login.as_ref();
                login.and_then(rules::foreign_domain).into_iter().collect()
            }
            Offer::Useless { .. } => Vec::new(),
        }
    }

    /// True where it may be ticked from the start and added with others: it lacks nothing, and
    /// nothing of it deserves a second look.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        matches!(&self.offer, Offer::Ready(profile) if warnings(profile).is_empty())
    }

    /// Without what could steer a window or a terminal, in every text that is shown of it.
    #[must_use]
    pub fn tidied(self) -> Self {
        let text = |text: String| rules::tidied_text(&text);
        Self {
            source: text(self.source),
            offer: match self.offer {
                Offer::Ready(profile) => Offer::Ready(Box::new(rules::tidied(*profile))),
                Offer::Useless { name, why } => Offer::Useless {
                    name: text(name),
                    why: text(why),
                },
                // Its values cannot have any of it.
                partial @ Offer::NoIdentityPool(_) => partial,
            },
            remarks: self.remarks.into_iter().map(text).collect(),
        }
    }
}

/// The most that one file or link offers: more than anybody looks through.
pub const MOST_OFFERS: usize = 500;

/// Leaves the first of them, and says so where there are more.
pub fn limit(offers: &mut Vec<Offered>, source: &str) {
    if offers.len() <= MOST_OFFERS {
        return;
    }
    offers.truncate(MOST_OFFERS);
    let why = format!("Only the first {MOST_OFFERS} of a file or a link are looked at");
    offers.push(Offered {
        source: source.to_owned(),
        offer: Offer::Useless {
            name: "More profiles".to_owned(),
            why,
        },
        remarks: Vec::new(),
    });
}

/// Profiles as they are to be added, by the names that the person left or gave them. A shared
/// sign-in stays shared where its owner comes along; else the profile has its own. Owners come first.
#[must_use]
pub fn settled(chosen: Vec<(ProfileName, Profile)>) -> Vec<Profile> {
    let names: Vec<(ProfileName, ProfileName)> = chosen
        .iter()
        .map(|(name, profile)| (profile.name.clone(), name.clone()))
        .collect();
    let mut profiles: Vec<Profile> = chosen
        .into_iter()
        .map(|(name, profile)| {
            let owner = profile.shares_sign_in.as_ref().and_then(|owner| {
                let found = names.iter().find(|(former, _)| former == owner);
                found.map(|(_, name)| name.clone())
            });
            Profile {
                name,
                shares_sign_in: owner,
                ..profile
            }
        })
        .collect();
    profiles.sort_by_key(|profile| profile.shares_sign_in.is_some());
    profiles
}

/// A name that is not taken: the wanted one, or with a number behind it.
#[must_use]
pub fn free_name<'a>(wanted: &ProfileName, is_taken: impl Fn(&str) -> bool + 'a) -> ProfileName {
    const LONGEST_STEM: usize = 58;
    if !is_taken(wanted.as_str()) {
        return wanted.clone();
    }
    let stem: String = wanted.as_str().chars().take(LONGEST_STEM).collect();
    (2..10_000)
        .map(|number| format!("{stem}-{number}"))
        .find(|name| !is_taken(name))
        .and_then(|name| name.parse().ok())
        .unwrap_or_else(|| wanted.clone())
}

/// What a name may be made of, out of any text: a folder's or a pool's name.
#[must_use]
pub fn name_of(text: &str) -> Option<ProfileName> {
    const LONGEST: usize = 58;
    let letters = text.chars().map(|letter| {
        let fits = letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '-');
        if fits { letter } else { '-' }
    });
    let name: String = letters.take(LONGEST).collect();
    name.trim_matches(['-', '.']).parse().ok()
}

#[cfg(test)]
mod tests;
