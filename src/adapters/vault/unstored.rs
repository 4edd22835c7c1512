//! Refresh tokens and other providers' on their way into the store, and those that it did not take.
//!
//! A rotated token is worth everything and the one in the store nothing any more. So a text is held
//! here until the store has it, read from here meanwhile, and tried again at each reading. Another
//! process may have signed in or out since: then what the store has is younger and goes first.
//! Deliberately absent: anything that outlives the process.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use super::store::{SecretStore, StoreError};
use crate::crypto::group::sha256;

type Text = Zeroizing<String>;
type Digest = [u8; 32];

/// By key.
#[derive(Default)]
pub struct Unstored(Mutex<Known>);

#[derive(Default)]
struct Known {
    held: HashMap<String, Text>,
    /// What the store had when this process last looked, as a digest; `None` where it had nothing.
    seen: HashMap<String, Option<Digest>>,
}

impl Unstored {
    /// Holds a text until the store has it.
    pub fn put(&self, key: &str, text: Text) {
        self.known().held.insert(key.to_owned(), text);
    }

    /// Nothing is held under these keys any more.
    pub fn forget(&self, keys: &[String]) {
        let mut known = self.known();
        for key in keys {
            known.held.remove(key);
            known.seen.remove(key);
        }
    }

    /// Puts what is held under `key` into the store.
    pub fn store(
        &self,
        store: Result<&mut dyn SecretStore, StoreError>,
        key: &str,
    ) -> Result<(), StoreError> {
        self.put_in(store?, key)
    }

    /// What is held under `key`, or else what the store has.
    pub fn read(
        &self,
        store: Result<&mut dyn SecretStore, StoreError>,
        key: &str,
    ) -> Result<Option<Text>, StoreError> {
        let held = self.held(key);
        let found = store.and_then(|store| {
            let found = store.get(key)?;
            Ok((store, found))
        });
        let Some(held) = held else {
            let (_, found) = found?;
            self.saw(key, found.as_ref());
            return Ok(found);
        };
        // A store that cannot be read cannot tell of anything younger.
        let Ok((store, found)) = found else {
            return Ok(Some(held));
        };
        if self.is_as_seen(key, found.as_ref()) {
            // Where it fails again, it is still held.
            let _stored = self.put_in(store, key);
            return Ok(Some(held));
        }
        self.known().held.remove(key);
        self.saw(key, found.as_ref());
        Ok(found)
    }

    fn put_in(&self, store: &mut dyn SecretStore, key: &str) -> Result<(), StoreError> {
        let Some(text) = self.held(key) else {
            return Ok(());
        };
        if let Err(error) = store.set(key, &text) {
            // Some stores fail after they took it.
            let found = store.get(key).ok().flatten();
            if found.as_ref() != Some(&text) {
                return Err(error);
            }
        }
        let mut known = self.known();
        known.seen.insert(key.to_owned(), Some(digest(&text)));
        // A younger one may have come meanwhile.
        if known.held.get(key) == Some(&text) {
            known.held.remove(key);
        }
        Ok(())
    }

    fn held(&self, key: &str) -> Option<Text> {
        self.known().held.get(key).cloned()
    }

    fn is_as_seen(&self, key: &str, found: Option<&Text>) -> bool {
        let known = self.known();
        let seen = known.seen.get(key);
        seen.is_none_or(|seen| *seen == found.map(digest))
    }

    fn saw(&self, key: &str, found: Option<&Text>) {
        let seen = found.map(digest);
        self.known().seen.insert(key.to_owned(), seen);
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn digest(text: &Text) -> Digest {
    sha256(&[text.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::vault::memory_store::MemoryStore;

    const KEY: &str = "dev/sign-in";

    fn text(text: &str) -> Text {
        Zeroizing::new(text.to_owned())
    }

    fn read(unstored: &Unstored, store: &mut MemoryStore) -> Option<String> {
        let read = unstored.read(Ok(store), KEY).unwrap();
        read.map(|text| text.to_string())
    }

    /// A process that read `old` and got `new`, with a store that takes nothing.
    fn after_a_failure() -> (Unstored, MemoryStore) {
        let (unstored, mut store) = (Unstored::default(), MemoryStore::default());
        store.set(KEY, "old").unwrap();
        assert_eq!(read(&unstored, &mut store).as_deref(), Some("old"));
        store.fail_after(Some(0));
        unstored.put(KEY, text("new"));
        assert!(unstored.store(Ok(&mut store), KEY).is_err());
        assert_eq!(store.get(KEY).unwrap(), Some(text("old")));
        (unstored, store)
    }

    #[test]
    fn what_the_store_does_not_take_is_read_and_stored_when_it_does() {
        let (unstored, mut store) = after_a_failure();
        assert_eq!(read(&unstored, &mut store).as_deref(), Some("new"));
        let locked = StoreError::Locked("asleep".to_owned());
        let held = unstored.read(Err(locked.clone()), KEY).unwrap();
        assert_eq!(held, Some(text("new")));
        store.fail_after(None);
        assert_eq!(read(&unstored, &mut store).as_deref(), Some("new"));
        assert_eq!(store.get(KEY).unwrap(), Some(text("new")));
        assert_eq!(unstored.read(Err(locked.clone()), KEY), Err(locked));
    }

    #[test]
    fn what_others_did_since_goes_first() {
        for younger in [Some("theirs"), None] {
            let (unstored, mut store) = after_a_failure();
            store.fail_after(None);
            match younger {
                Some(text) => store.set(KEY, text).unwrap(),
                None => store.delete(KEY).unwrap(),
            }
            assert_eq!(read(&unstored, &mut store).as_deref(), younger);
            assert_eq!(store.get(KEY).unwrap(), younger.map(text));
        }
    }

    #[test]
    fn what_is_forgotten_does_not_come_back() {
        let (unstored, mut store) = after_a_failure();
        unstored.forget(&[KEY.to_owned()]);
        assert_eq!(read(&unstored, &mut store).as_deref(), Some("old"));
        unstored.put(KEY, text("new"));
        unstored.forget(&[KEY.to_owned()]);
        store.fail_after(None);
        // The job that was to store it runs late.
        unstored.store(Ok(&mut store), KEY).unwrap();
        assert_eq!(store.get(KEY).unwrap(), Some(text("old")));
    }
}
