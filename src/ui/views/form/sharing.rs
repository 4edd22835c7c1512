//! Whose sign-in a profile could use instead of one of its own.

use super::FormDraft;
use crate::app::Model;
use crate::domain::{Profile, ProfileName};

/// Another profile with the same user pool, app client and address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharer {
    /// Its name.
    pub name: ProfileName,
    /// Who signs in there, as far as it is known.
    pub username: Option<String>,
}

/// The profiles whose sign-in is good for this one. Those that share themselves are left out, and
/// a profile that others share has a sign-in of its own.
pub(super) fn sharers(profile: &Profile, draft: &FormDraft, model: &Model) -> Vec<Sharer> {
    if profile.user_pool.is_none() {
        return Vec::new();
    }
    let others = || model.profiles.iter().map(|state| &state.profile);
    let is_shared = |original: &ProfileName| {
        others().any(|other| other.shares_sign_in.as_ref() == Some(original))
    };
    if draft.original.as_ref().is_some_and(is_shared) {
        return Vec::new();
    }
    let good = others().filter(|other| {
        Some(&other.name) != draft.original.as_ref()
            && other.shares_sign_in.is_none()
            && other.signs_in_at_the_same_place(profile)
    });
    let sharer = |other: &Profile| Sharer {
        name: other.name.clone(),
        username: other.username.clone(),
    };
    good.map(sharer).collect()
}
