//! The session, read and kept: in the store, and beside it in a cache that answers at once.
//!
//! The cache never has what the store has not: whoever finds nothing in the store empties it, and
//! what is forgotten goes from the cache first. Deliberately absent: any other record. A refresh
//! token opens a month, a session one hour.

use std::sync::Arc;
use std::time::Duration;

use super::SecretVault;
use super::clock_memory::ClockMemory;
use super::kind::{Kind, is_session, key};
use super::records;
use crate::domain::{Problem, Profile, Session};

/// A copy of sessions by the key of their entry, gone at the latest with the credentials.
pub trait SessionCache: Send + Sync {
    /// Keeps a copy for so long. Where that cannot be, there is none.
    fn keep(&self, key: &str, text: &str, lasts: Duration);
    /// Forgets the copy.
    ///
    /// # Errors
    /// When there is one and it stays.
    fn forget(&self, key: &str) -> Result<(), Problem>;
}

impl SecretVault {
    /// Keeps a copy of each session in a cache, too.
    #[must_use]
    pub fn with_cache(mut self, cache: Option<Arc<dyn SessionCache>>) -> Self {
        self.cache = cache;
        self
    }

    pub(super) async fn read_session(&self, profile: &Profile) -> Result<Option<Session>, Problem> {
        let text = self.get(&profile.name, Kind::Session).await?;
        let session = text.and_then(|text| recalled(self.clock.as_ref(), profile, &text));
        if session.is_none() {
            self.forget_copies(&[key(&profile.name, Kind::Session)])?;
        }
        Ok(session)
    }

    pub(super) async fn write_session(
        &self,
        profile: &Profile,
        session: &Session,
    ) -> Result<(), Problem> {
        let key = key(&profile.name, Kind::Session);
        let offset = self.clock.as_ref().map(ClockMemory::offset);
        let text = records::write_session(profile, session, offset.unwrap_or_default());
        let forgotten = self.forget_copies(std::slice::from_ref(&key));
        self.set(&profile.name, Kind::Session, text.clone()).await?;
        if let (Some(cache), Some(clock), Some(text)) = (&self.cache, &self.clock, text) {
            let lasts = session.remaining(clock.now()).try_into();
            cache.keep(&key, &text, lasts.unwrap_or_default());
        }
        forgotten
    }

    /// The copies of those of the entries that have one. All are tried.
    pub(super) fn forget_copies(&self, keys: &[String]) -> Result<(), Problem> {
        let Some(cache) = &self.cache else {
            return Ok(());
        };
        let mut all = Ok(());
        for key in keys.iter().filter(|key| is_session(key)) {
            all = all.and(cache.forget(key));
        }
        all
    }
}

/// The session in the text of an entry or of its copy, if it is for this configuration; the clock is
/// told of its offset.
pub(super) fn recalled(
    clock: Option<&ClockMemory>,
    profile: &Profile,
    text: &str,
) -> Option<Session> {
    let (session, offset) = records::read_session(profile, text)?;
    if let Some(clock) = clock {
        clock.recall(&session, offset);
    }
    Some(session)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Mutex;

    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::adapters::clock::ServiceClock;
    use crate::adapters::vault::{StoreChoice, StorePlan};
    use crate::domain::{
        AwsCredentials, KeptSignIn, ProblemKind, RoleChoice, Secret, SignInMethod,
    };
    use crate::ops::ports::Vault as _;

    #[derive(Default)]
    struct Copies {
        texts: Mutex<HashMap<String, Duration>>,
        refuses: bool,
    }

    impl SessionCache for Copies {
        fn keep(&self, key: &str, _text: &str, lasts: Duration) {
            self.texts.lock().unwrap().insert(key.to_owned(), lasts);
        }

        fn forget(&self, key: &str) -> Result<(), Problem> {
            if self.refuses {
                return Err(Problem::new(ProblemKind::SecretStore, "It stays"));
            }
            self.texts.lock().unwrap().remove(key);
            Ok(())
        }
    }

    impl Copies {
        fn has(&self, key: &str) -> bool {
            self.texts.lock().unwrap().contains_key(key)
        }
    }

    const KEY: &str = "dev/session";

    fn vault(copies: &Arc<Copies>) -> SecretVault {
        let plan = StorePlan {
            choice: StoreChoice::Memory,
            file: "unused".into(),
            passphrase_file: None,
        };
        let vault = SecretVault::new(plan, Duration::from_secs(30)).unwrap();
        vault
            .with_clock(Arc::new(ServiceClock::on(|| Timestamp::UNIX_EPOCH)))
            .with_cache(Some(copies.clone()))
    }

    fn profile() -> Profile {
        let pool = "us-east-1:0a".parse().unwrap();
        Profile::of_identity_pool("dev".parse().unwrap(), SignInMethod::Guest, pool)
    }

    fn session() -> Session {
        Session {
            identity_id: "us-east-1:0a".parse().unwrap(),
            credentials: AwsCredentials {
                access_key_id: "ASIA".to_owned(),
                secret_access_key: Secret::new("s".to_owned()),
                session_token: Secret::new("t".to_owned()),
                expires_at: Timestamp::UNIX_EPOCH + SignedDuration::from_mins(7),
            },
            username: "ana".to_owned(),
            groups: Vec::new(),
            roles: Vec::new(),
            logins: Vec::new(),
            role_choice: RoleChoice::default(),
            caller: None,
            obtained_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[tokio::test]
    async fn the_copy_comes_and_goes_with_the_session() {
        let (copies, profile) = (Arc::new(Copies::default()), profile());
        let vault = vault(&copies);
        let keep = async || {
            vault.keep_session(&profile, &session()).await.unwrap();
            let lasts = copies.texts.lock().unwrap().get(KEY).copied();
            assert_eq!(lasts, Some(Duration::from_mins(7)));
        };
        keep().await;
        vault.forget_credentials(&profile.name).await.unwrap();
        assert!(!copies.has(KEY));
        keep().await;
        vault.forget_session(&profile).await.unwrap();
        assert!(!copies.has(KEY));
        keep().await;
        vault.forget_profile(&profile.name).await.unwrap();
        assert!(!copies.has(KEY));
        keep().await;
        vault.forget_sign_in(&profile).await.unwrap();
        assert!(copies.has(KEY), "the session stays");
        let kept = KeptSignIn {
            refresh_token: Secret::new("r".to_owned()),
            username: "ana".to_owned(),
            device_key: None,
        };
        vault.keep_sign_in(&profile, &kept).await.unwrap();
        assert_eq!(copies.texts.lock().unwrap().len(), 1, "sessions only");
    }

    #[tokio::test]
    async fn a_session_is_of_one_sign_in() {
        let (vault, profile) = (vault(&Arc::default()), profile());
        vault.keep_session(&profile, &session()).await.unwrap();
        let owned_by = |owner: &str| Profile {
            shares_sign_in: Some(owner.parse().unwrap()),
            ..profile.clone()
        };
        assert!(vault.session(&owned_by("ana")).await.unwrap().is_none());
        let shared = owned_by("ana");
        vault.keep_session(&shared, &session()).await.unwrap();
        assert!(vault.session(&shared).await.unwrap().is_some());
        assert!(vault.session(&owned_by("tom")).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn no_copy_outlives_what_the_store_has() {
        let (copies, profile) = (Arc::new(Copies::default()), profile());
        copies.keep(KEY, "a copy", Duration::from_mins(1));
        assert!(vault(&copies).session(&profile).await.unwrap().is_none());
        assert!(!copies.has(KEY));
    }

    #[tokio::test]
    async fn a_copy_that_stays_is_told() {
        let copies = Arc::new(Copies {
            refuses: true,
            ..Copies::default()
        });
        let (vault, profile) = (vault(&copies), profile());
        assert!(vault.keep_session(&profile, &session()).await.is_err());
        let kept = vault.session(&profile).await.unwrap();
        assert!(kept.is_some(), "the store has it all the same");
        for forgotten in [
            vault.forget_credentials(&profile.name).await,
            vault.forget_session(&profile).await,
            vault.forget_profile(&profile.name).await,
        ] {
            assert_eq!(forgotten.unwrap_err().sentence, "It stays");
        }
        assert!(
            vault.session(&profile).await.is_err(),
            "not in the store any more"
        );
    }
}
