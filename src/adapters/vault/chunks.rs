//! Splitting a text over entries of limited size, and reading it back all or nothing.
//!
//! Windows' Credential Manager takes 2,560 bytes an entry. The first entry is the header; parts
//! carry the text's digest in their key, so a new text never overwrites parts of the old one: the
//! parts are written first, the header last, and the old parts go afterwards. A process that dies
//! in between leaves the old text or the new one.

use zeroize::Zeroizing;

use super::store::{SecretStore, StoreError};
use crate::crypto::group::sha256;

/// Below the limit of Windows, with room for the header.
pub const ENTRY_BYTES: usize = 2400;

const MAGIC: &str = "poolkey1";

/// A store whose texts may have any length.
pub struct Chunked<S> {
    store: S,
    limit: usize,
}

impl<S: SecretStore> Chunked<S> {
    /// Splits texts of more than `limit` bytes.
    pub const fn new(store: S, limit: usize) -> Self {
        Self { store, limit }
    }

    fn header(&mut self, key: &str) -> Result<Option<Zeroizing<String>>, StoreError> {
        self.store.get(key)
    }

    fn delete_parts(&mut self, key: &str, header: &str) -> Result<(), StoreError> {
        if let Some(Header { parts, digest }) = Header::parse(header) {
            for part in 0..parts {
                self.store.delete(&part_key(key, digest, part))?;
            }
        }
        Ok(())
    }
}

impl<S: SecretStore> SecretStore for Chunked<S> {
    fn name(&self) -> &'static str {
        self.store.name()
    }

    fn get(&mut self, key: &str) -> Result<Option<Zeroizing<String>>, StoreError> {
        let Some(header) = self.header(key)? else {
            return Ok(None);
        };
        let Some(Header { parts, digest }) = Header::parse(&header) else {
            return Ok(Some(header));
        };
        let mut text = Zeroizing::new(String::with_capacity(parts * self.limit));
        for part in 0..parts {
            let piece = self
                .store
                .get(&part_key(key, digest, part))?
                .ok_or_else(|| StoreError::Broken("a part of an entry is missing".to_owned()))?;
            text.push_str(&piece);
        }
        if digest_of(&text) != digest {
            return Err(StoreError::Broken(
                "the parts of an entry do not fit together".to_owned(),
            ));
        }
        Ok(Some(text))
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        let before = self.header(key)?;
        if text.len() <= self.limit && !text.starts_with(MAGIC) {
            self.store.set(key, text)?;
            return before.map_or(Ok(()), |before| self.delete_parts(key, &before));
        }
        let digest = digest_of(text);
        let pieces = split(text, self.limit);
        for (part, piece) in pieces.iter().enumerate() {
            self.store.set(&part_key(key, &digest, part), piece)?;
        }
        let header = format!("{MAGIC} {} {digest}", pieces.len());
        self.store.set(key, &header)?;
        match before {
            Some(before) if *before != header => self.delete_parts(key, &before),
            _ => Ok(()),
        }
    }

    fn delete(&mut self, key: &str) -> Result<(), StoreError> {
        let header = self.header(key)?;
        self.store.delete(key)?;
        header.map_or(Ok(()), |header| self.delete_parts(key, &header))
    }

    fn unlock(&mut self, passphrase: crate::domain::Secret) {
        self.store.unlock(passphrase);
    }

    fn is_locked(&self) -> bool {
        self.store.is_locked()
    }
}

struct Header<'a> {
    parts: usize,
    digest: &'a str,
}

impl<'a> Header<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (parts, digest) = text
            .strip_prefix(MAGIC)?
            .strip_prefix(' ')?
            .split_once(' ')?;
        Some(Self {
            parts: parts.parse().ok()?,
            digest,
        })
    }
}

fn part_key(key: &str, digest: &str, part: usize) -> String {
    format!("{key}#{digest}.{part}")
}

/// 16 hexadecimal digits: enough to tell texts apart, and useless for guessing a token.
fn digest_of(text: &str) -> String {
    let hash = sha256(&[text.as_bytes()]);
    data_encoding::HEXLOWER.encode(hash.get(..8).unwrap_or_default())
}

fn split(text: &str, limit: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.floor_char_boundary(limit.max(4));
        let (piece, tail) = rest.split_at(end);
        pieces.push(piece);
        rest = tail;
    }
    pieces
}

#[cfg(test)]
mod tests {
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
}
