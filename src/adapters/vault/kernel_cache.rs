//! Sessions in the kernel's keyring of the user, for as long as the credentials live.
//!
//! Why there: every process of the user can read it, no other user can, it is memory only, and the
//! kernel itself forgets it in time. Reading takes six system calls instead of a desktop's keyring
//! over D-Bus. Where the kernel offers none (containers, system-call filters) or its quota is used
//! up, nothing is kept and nothing is said: the store has the session.
//!
//! Sources: `keyrings(7)`, `keyctl(2)`, `user-keyring(7)`. Deliberately absent: `big_key`, which
//! many kernels lack, and the session keyring, which ends with the shell.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use data_encoding::HEXLOWER;
use linux_keyutils::{
    Key, KeyError, KeyPermissions, KeyPermissionsBuilder, KeyRing, KeyRingIdentifier, Permission,
};
use zeroize::Zeroizing;

use super::clock_memory::ClockMemory;
use super::kind::{Kind, key};
use super::session_cache::{SessionCache, recalled};
use crate::crypto::group::sha256;
use crate::domain::{Problem, ProblemKind, Profile, ProfileName, Session, StoreChoice};
use crate::ops::ports::Clock;

/// The stores that a copy may stand beside. `keyutils` is the kernel itself, and of what is kept in
/// `memory` nothing may stay.
const BESIDE: [StoreChoice; 3] = [
    StoreChoice::Auto,
    StoreChoice::SecretService,
    StoreChoice::File,
];

/// Each user's keys and bytes, and how many there may be.
const USAGE: &str = "/proc/key-users";

/// The kernel's copies of the sessions of one state folder.
pub struct KernelCache {
    scope: String,
    store: StoreChoice,
    is_on: bool,
}

impl KernelCache {
    /// Beside a store, where that may have one. One that is off keeps and gives nothing; what it
    /// kept before is forgotten like everything else.
    #[must_use]
    pub fn beside(store: StoreChoice, state_dir: &Path, is_on: bool) -> Option<Self> {
        let digest = sha256(&[one_name(state_dir).as_os_str().as_encoded_bytes()]);
        BESIDE.contains(&store).then(|| Self {
            scope: HEXLOWER.encode(&digest[..8]),
            store,
            is_on,
        })
    }

    /// The profile's session, if it is for this configuration. The clock is told of its offset.
    #[must_use]
    pub fn session(&self, profile: &Profile, clock: Arc<dyn Clock>) -> Option<Session> {
        let text = self.read(&key(&profile.name, Kind::Session))?;
        recalled(Some(&ClockMemory::new(clock)), profile, &text)
    }

    fn read(&self, key: &str) -> Option<Zeroizing<String>> {
        if !self.is_on {
            return None;
        }
        possess_user_ring().ok()?;
        let ring = user_ring().ok()?;
        let found = ring.search(&self.description(self.store, key)).ok()?;
        // The kernel says how much there is, whatever there is room for.
        let mut bytes = Zeroizing::new(vec![0; found.read(&mut []).ok()?]);
        let length = found.read(&mut *bytes).ok()?;
        let text = std::str::from_utf8(bytes.get(..length)?).ok()?;
        Some(Zeroizing::new(text.to_owned()))
    }

    fn write(&self, key: &str, text: &str, lasts: Duration) -> Result<(), KeyError> {
        possess_user_ring()?;
        let ring = user_ring()?;
        if !leaves_room(ring, text.len()) {
            return Err(KeyError::QuotaExceeded);
        }
        let added = ring.add_key(&self.description(self.store, key), text.as_bytes())?;
        let guarded = added
            .set_perms(permissions())
            .and_then(|()| added.set_timeout(seconds(lasts)));
        guarded.or_else(|error| erase(ring, added).and(Err(error)))
    }

    /// What the key is called in `/proc/keys`.
    #[must_use]
    pub fn name(&self, profile: &ProfileName) -> String {
        self.description(self.store, &key(profile, Kind::Session))
    }

    /// Which folder, which store, which profile: homes never meet.
    fn description(&self, store: StoreChoice, key: &str) -> String {
        format!("poolkey:{}:{store}:{key}", self.scope)
    }
}

impl SessionCache for KernelCache {
    fn keep(&self, key: &str, text: &str, lasts: Duration) {
        // No time-out at all is what the kernel makes of zero seconds.
        if self.is_on && seconds(lasts) > 0 {
            let _kept = self.write(key, text, lasts);
        }
    }

    /// Also beside the other stores: the same one may have been named in another way.
    fn forget(&self, key: &str) -> Result<(), Problem> {
        // Where there is no keyring there is nothing in it.
        let Ok(ring) = user_ring() else {
            return Ok(());
        };
        possess_user_ring().map_err(stays)?;
        let forget = |store| match ring.search(&self.description(store, key)) {
            Ok(found) => erase(ring, found),
            Err(KeyError::KeyDoesNotExist | KeyError::KeyExpired | KeyError::KeyRevoked) => Ok(()),
            Err(error) => Err(error),
        };
        let all = BESIDE.map(forget).into_iter().collect::<Result<(), _>>();
        all.map_err(stays)
    }
}

/// Two ways to name a folder must lead to the same copies, also before it is there: else a sign-out
/// misses some.
fn one_name(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let resolved = absolute.ancestors().find_map(|there| {
        let real = std::fs::canonicalize(there).ok()?;
        let rest = absolute.strip_prefix(there).ok()?;
        Some(real.components().chain(rest.components()).collect())
    });
    resolved.unwrap_or(absolute)
}

fn user_ring() -> Result<KeyRing, KeyError> {
    KeyRing::from_special_id(KeyRingIdentifier::User, false)
}

/// A key belongs to whoever possesses its keyring. Every process of the user can, where they have one
/// user namespace; not every session's keyring leads there by itself.
fn possess_user_ring() -> Result<(), KeyError> {
    KeyRing::from_special_id(KeyRingIdentifier::Thread, true)?
        .link_keyring_id(KeyRingIdentifier::User)
}

/// For whoever possesses the user's keyring, and for nobody else: to be the same user is not enough,
/// as a container's root may be to the kernel. Nobody may link it elsewhere.
fn permissions() -> KeyPermissions {
    KeyPermissionsBuilder::builder()
        .posessor(Permission::ALL & !Permission::LINK)
        .user(Permission::VIEW)
        .group(Permission::empty())
        .world(Permission::empty())
        .build()
}

/// Whole ones: rather too early than too late.
fn seconds(lasts: Duration) -> usize {
    usize::try_from(lasts.as_secs()).unwrap_or_default()
}

/// Every other program of the user, Kerberos among them, has the same quota: a quarter of it is
/// left to them.
fn leaves_room(ring: KeyRing, bytes: usize) -> bool {
    let Ok(owner) = ring.metadata().map(|ring| ring.get_uid()) else {
        return true;
    };
    let usage = std::fs::read_to_string(USAGE).unwrap_or_default();
    room(&usage, owner).is_none_or(|(used, most)| used + bytes <= most / 4 * 3)
}

/// Bytes used and allowed: the last column of the user's line.
fn room(usage: &str, owner: u32) -> Option<(usize, usize)> {
    let of_user = |line: &&str| line.trim_start().starts_with(&format!("{owner}:"));
    let (used, most) = usage
        .lines()
        .find(of_user)?
        .rsplit_once(' ')?
        .1
        .split_once('/')?;
    Some((used.parse().ok()?, most.parse().ok()?))
}

/// Overwritten first: whatever becomes of the key, the session is gone.
fn erase(ring: KeyRing, found: Key) -> Result<(), KeyError> {
    let overwritten = found.update(b"-");
    found
        .invalidate()
        .or_else(|_| found.revoke())
        .or_else(|_| ring.unlink_key(found))
        .or(overwritten)
}

fn stays(error: KeyError) -> Problem {
    Problem::new(
        ProblemKind::SecretStore,
        format!("The kernel keyring does not forget the credentials: {error}"),
    )
    .hint("They stay readable for this user until they expire, or until the machine restarts.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A keyring of the kernel, or a word about why there is none.
    fn cache(folder: &Path) -> Option<KernelCache> {
        let cache = KernelCache::beside(StoreChoice::File, folder, true).unwrap();
        let tried = cache.write("trial/session", "trial", Duration::from_mins(1));
        let forgotten = cache.forget("trial/session");
        match tried {
            Ok(()) => {
                forgotten.unwrap();
                Some(cache)
            }
            Err(error) => {
                println!("skipped: the kernel keyring is not usable here: {error}");
                None
            }
        }
    }

    fn read(cache: &KernelCache) -> Option<String> {
        let text = cache.read("dev/session");
        text.map(|text| text.to_string())
    }

    #[test]
    fn a_copy_is_read_replaced_and_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let Some(cache) = cache(folder.path()) else {
            return;
        };
        for text in ["one", "another"] {
            cache.keep("dev/session", text, Duration::from_mins(1));
            assert_eq!(read(&cache).as_deref(), Some(text));
        }
        let other = tempfile::tempdir().unwrap();
        let others = [
            KernelCache::beside(StoreChoice::File, other.path(), true),
            KernelCache::beside(StoreChoice::Auto, folder.path(), true),
            KernelCache::beside(StoreChoice::File, folder.path(), false),
        ];
        for other in others {
            assert_eq!(read(&other.unwrap()), None);
        }
        // Named in another way, and switched off since.
        let same = KernelCache::beside(StoreChoice::Auto, &folder.path().join("."), false);
        same.unwrap().forget("dev/session").unwrap();
        assert_eq!(read(&cache), None);
        cache.forget("dev/session").unwrap();
    }

    #[test]
    fn only_the_user_may_read_it_and_only_for_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let Some(cache) = cache(folder.path()) else {
            return;
        };
        cache.keep("dev/session", "text", Duration::from_mins(1));
        let description = cache.description(StoreChoice::File, "dev/session");
        let found = user_ring().unwrap().search(&description).unwrap();
        assert_eq!(found.metadata().unwrap().get_perms().bits(), 0x2f01_0000);
        // Its line in the kernel's list ends with the time left, `perm` where there is no end.
        let keys = std::fs::read_to_string("/proc/keys").unwrap();
        let line = keys.lines().find(|line| line.contains(&description));
        let left = line.unwrap().split_whitespace().nth(3).unwrap();
        assert!(left == "59s" || left == "1m", "{left}");
        // The kernel would take zero seconds for no end at all.
        cache.keep("dev/session", "other", Duration::from_millis(900));
        assert_eq!(read(&cache).as_deref(), Some("text"));
        cache.forget("dev/session").unwrap();
    }

    #[test]
    fn a_key_that_was_left_half_made_is_replaced_and_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let Some(cache) = cache(folder.path()) else {
            return;
        };
        let description = cache.description(StoreChoice::File, "dev/session");
        for is_replaced in [true, false] {
            let ring = user_ring().unwrap();
            ring.add_key(&description, "half").unwrap();
            if is_replaced {
                cache.keep("dev/session", "whole", Duration::from_mins(1));
                assert_eq!(read(&cache).as_deref(), Some("whole"));
            }
            cache.forget("dev/session").unwrap();
            assert_eq!(read(&cache), None);
        }
    }

    #[test]
    fn a_folder_has_one_name_before_and_after_it_is_made() {
        let root = tempfile::tempdir().unwrap();
        let real = root.path().canonicalize().unwrap().join("real");
        std::fs::create_dir(&real).unwrap();
        let link = root.path().join("link");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let folder = link.join("share/poolkey");
        let expected = real.join("share/poolkey");
        assert_eq!(one_name(&folder).as_os_str(), expected.as_os_str());
        std::fs::create_dir_all(&folder).unwrap();
        assert_eq!(one_name(&folder).as_os_str(), expected.as_os_str());
    }

    #[test]
    fn no_copy_beside_the_kernel_and_the_memory() {
        for store in [StoreChoice::Keyutils, StoreChoice::Memory] {
            assert!(KernelCache::beside(store, Path::new("/"), true).is_none());
        }
    }

    #[test]
    fn the_users_share_of_the_quota_is_read() {
        let usage = "    0:    14 13/13 6/1000000 3949/25000000\n 1000:     4 4/4 4/200 67/20000\n";
        assert_eq!(room(usage, 1000), Some((67, 20_000)));
        assert_eq!(room(usage, 0), Some((3949, 25_000_000)));
        assert_eq!(room(usage, 100), None);
    }
}
