//! Texts in parts: whole again, nothing left behind, and what dying or racing processes leave.

use super::*;
use crate::adapters::vault::memory_store::MemoryStore;

fn chunked(limit: usize) -> Chunked<MemoryStore> {
    Chunked::new(MemoryStore::default(), limit)
}

#[test]
fn long_texts_come_back_whole() {
    for length in [0, 9, 10, 11, 4000] {
        let text: String = "aä€😀".chars().cycle().take(length).collect();
        let mut store = chunked(10);
        store.set("k", &text).unwrap();
        assert_eq!(store.get("k").unwrap().unwrap().as_str(), text, "{length}");
        assert!(store.store.longest() <= 40, "an entry is too long");
    }
}

#[test]
fn a_text_that_looks_like_a_header_is_a_text() {
    let mut store = chunked(100);
    store.set("k", "poolkey1 2 abc").unwrap();
    assert_eq!(store.get("k").unwrap().unwrap().as_str(), "poolkey1 2 abc");
}

#[test]
fn shorter_texts_leave_no_parts_behind() {
    let mut store = chunked(10);
    store.set("k", &"x".repeat(95)).unwrap();
    assert_eq!(store.store.count(), 11);
    store.set("k", &"y".repeat(25)).unwrap();
    assert_eq!(store.store.count(), 4);
    store.set("k", "short").unwrap();
    assert_eq!(store.store.count(), 1);
    store.set("k", &"y".repeat(25)).unwrap();
    store.delete("k").unwrap();
    assert_eq!(store.store.count(), 0);
}

#[test]
fn a_missing_part_is_an_error_not_a_shorter_text() {
    let mut store = chunked(10);
    store.set("k", &"x".repeat(25)).unwrap();
    let part = part_key("k", &digest_of(&"x".repeat(25)), 1);
    store.store.delete(&part).unwrap();
    assert!(matches!(store.get("k"), Err(StoreError::Broken(_))));
    store.set("k", "fresh").unwrap();
    assert_eq!(store.get("k").unwrap().unwrap().as_str(), "fresh");
}

/// Each reading of a part comes after somebody else's next write.
struct Racing {
    store: MemoryStore,
    next: Vec<MemoryStore>,
}

impl SecretStore for Racing {
    fn name(&self) -> &'static str {
        "Racing"
    }

    fn get(&mut self, key: &str) -> Result<Option<Zeroizing<String>>, StoreError> {
        if key.contains('#')
            && let Some(next) = self.next.pop()
        {
            self.store = next;
        }
        self.store.get(key)
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        self.store.set(key, text)
    }

    fn delete(&mut self, key: &str) -> Result<(), StoreError> {
        self.store.delete(key)
    }
}

fn holding(text: Option<&str>) -> MemoryStore {
    let mut store = chunked(10);
    if let Some(text) = text {
        store.set("k", text).unwrap();
    }
    store.store
}

#[test]
fn what_is_replaced_while_it_is_read_is_read_anew() {
    let (old, new, newest) = ("o".repeat(25), "n".repeat(35), "m".repeat(15));
    for (then, read) in [
        (vec![Some(new.as_str())], Some(new.as_str())),
        (
            vec![Some(newest.as_str()), Some(new.as_str())],
            Some(newest.as_str()),
        ),
        (vec![Some("short")], Some("short")),
        (vec![None], None),
    ] {
        let store = Racing {
            store: holding(Some(&old)),
            next: then.into_iter().map(holding).collect(),
        };
        let found = Chunked::new(store, 10).get("k").unwrap();
        assert_eq!(found.as_ref().map(|text| text.as_str()), read);
    }
}

/// Every write that a dying process may have been the last to make leaves old or new.
#[test]
fn dying_at_any_write_keeps_old_or_new() {
    let (old, new) = ("o".repeat(35), "n".repeat(55));
    for writes in 0..20 {
        let mut store = chunked(10);
        store.set("k", &old).unwrap();
        store.store.fail_after(Some(writes));
        let finished = store.set("k", &new).is_ok();
        store.store.fail_after(None);
        let read = store.get("k").unwrap().unwrap();
        assert!(*read == old || *read == new, "after {writes} writes");
        assert!(!finished || *read == new);
    }
}
