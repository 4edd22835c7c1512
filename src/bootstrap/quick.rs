//! Credentials that the kernel holds and that are good for a while, before anything else is made:
//! no thread, no async runtime, no TLS, no AWS SDK, no D-Bus.
//!
//! What is unusual in any way is nothing here: the ordinary way knows what to do about it, and what
//! to say. Deliberately absent: rules. They are the configuration's, the store's and the session's.

use std::sync::Arc;

use super::{Places, PlacesOptions, kernel_cache};
use crate::adapters::clock::ServiceClock;
use crate::adapters::config_file::ConfigFile;
use crate::domain::{Profile, Session};
use crate::ops::ports::Clock as _;

/// What was found.
pub struct Quick {
    /// Works now, and for a while.
    pub session: Session,
    /// Whose.
    pub profile: Profile,
}

/// The session of a profile, where it is at hand.
#[must_use]
pub fn quick(options: &PlacesOptions, name: &str) -> Option<Quick> {
    let places = Places::find(options).ok()?;
    let configuration = ConfigFile::new(places.config_file()).read().ok()?;
    let store = places.secret_store(&configuration).ok()?;
    let cache = kernel_cache(store, &places, &configuration)?;
    let mut profiles = configuration.profiles.into_iter();
    let profile = profiles.find(|profile| profile.name.as_str() == name)?;
    let clock = Arc::new(ServiceClock::system());
    let session = cache.session(&profile, clock.clone())?;
    (!session.is_due(clock.now(), profile.margin)).then_some(Quick { session, profile })
}
