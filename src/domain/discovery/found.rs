//! The profiles that can be made of an account, and what makes none.
//!
//! Deliberately absent: how they were worked out (see `offers`).

use super::inventory::Missed;
use crate::domain::ids::{EndpointUrl, ProfileName};
use crate::domain::profile::Profile;
use crate::domain::secret::Secret;

/// What can be made of an account.
#[derive(Debug, Default)]
pub struct Offers {
    /// Ready to be added, those of one identity pool after each other.
    pub ready: Vec<Found>,
    /// What is there and makes no profile.
    pub incomplete: Vec<Incomplete>,
    /// What could not be read.
    pub missed: Vec<Missed>,
}

impl Offers {
    /// Those that there are not yet.
    pub fn fresh(&self) -> impl Iterator<Item = &Found> {
        self.ready.iter().filter(|found| found.known.is_none())
    }
}

/// A profile that is ready to be added.
#[derive(Debug)]
pub struct Found {
    /// The profile, under a name of its own.
    pub profile: Profile,
    /// The identity pool's name.
    pub identity_pool: String,
    /// Who signs in: `acme-web in acme-customers`, `Guests`.
    pub who: String,
    /// What to know, a sentence each.
    pub remarks: Vec<String>,
    /// The app client's secret.
    pub client_secret: Option<Secret>,
    /// The profile that is the same already.
    pub known: Option<ProfileName>,
}

impl Found {
    /// True where it is added with others unless somebody leaves it out: new, and at AWS or on this
    /// machine. Any other address comes from the AWS files, where it is easily forgotten.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        let url = self.profile.endpoints.url.as_ref();
        self.known.is_none() && url.is_none_or(EndpointUrl::is_loopback)
    }
}

/// Something that makes no profile by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incomplete {
    /// `acme-admin in acme-customers`.
    pub what: String,
    /// Its ID.
    pub id: String,
    /// Why, and what would help.
    pub why: String,
}
