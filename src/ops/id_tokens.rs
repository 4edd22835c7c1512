//! ID tokens of user pools that this process may use again before they expire.
//!
//! An `OpenID` token of an identity pool lives for ten minutes and the ID token that it is asked for
//! with for an hour: without this each renewal of the first would spend a refresh of the second. A
//! token serves only while the refresh token beside which it came is the one that is kept, so that
//! another sign-in, by whichever process, ends it. Deliberately absent: any store.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::domain::{Claims, KeptSignIn, Profile, ProfileName, Secret};

/// With less left a token may expire on its way.
const AT_LEAST: SignedDuration = SignedDuration::from_mins(1);

/// By the sign-in's name.
#[derive(Clone, Default)]
pub struct IdTokens(Arc<Mutex<HashMap<ProfileName, Entry>>>);

struct Entry {
    id_token: Secret,
    claims: Claims,
    refresh_token: Secret,
}

impl IdTokens {
    /// Keeps what a refresh brought, with the refresh token that is good now.
    pub(super) fn keep(
        &self,
        profile: &Profile,
        kept: &KeptSignIn,
        id_token: &Secret,
        claims: &Claims,
    ) {
        let entry = Entry {
            id_token: id_token.duplicate(),
            claims: claims.clone(),
            refresh_token: kept.refresh_token.duplicate(),
        };
        let name = profile.sign_in_name().clone();
        self.entries().insert(name, entry);
    }

    /// The token of this very sign-in; one of another, or with less than a minute left, is dropped.
    pub(super) fn get(
        &self,
        profile: &Profile,
        kept: &KeptSignIn,
        now: Timestamp,
    ) -> Option<(Secret, Claims)> {
        let mut entries = self.entries();
        let entry = entries.get(profile.sign_in_name())?;
        let is_theirs = entry.refresh_token.is_same(&kept.refresh_token);
        if is_theirs && now.duration_until(entry.claims.expires_at) >= AT_LEAST {
            return Some((entry.id_token.duplicate(), entry.claims.clone()));
        }
        entries.remove(profile.sign_in_name());
        None
    }

    /// Drops the token of a sign-in that has ended.
    pub(super) fn forget(&self, sign_in: &ProfileName) {
        self.entries().remove(sign_in);
    }

    /// A panic elsewhere leaves no entry half-made.
    fn entries(&self) -> MutexGuard<'_, HashMap<ProfileName, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
