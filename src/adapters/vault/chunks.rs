//! Splitting a text over entries of limited size, and reading it back all or nothing.
//!
//! Windows' Credential Manager takes 2,560 bytes an entry. The first entry is the header; parts
//! carry the text's digest in their key, so a new text never overwrites parts of the old one: the
//! parts are written first, the header last, and the old parts go afterwards. A process that dies
//! in between leaves the old text or the new one. Who reads meanwhile may find the old header and no
//! parts any more; then the header is another one, and is followed anew.

use zeroize::Zeroizing;

use super::store::{SecretStore, StoreError};
use crate::crypto::group::sha256;

/// Below the limit of Windows, with room for the header.
pub const ENTRY_BYTES: usize = 2400;

const MAGIC: &str = "poolkey1";

/// A reader holds no lock: the entry may be replaced under it, but not again and again.
const MOST_READS: usize = 3;

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

    /// The text that this header leads to.
    fn text_of(
        &mut self,
        key: &str,
        header: Option<&Zeroizing<String>>,
    ) -> Result<Option<Zeroizing<String>>, StoreError> {
        let Some(header) = header else {
            return Ok(None);
        };
        let Some(Header { parts, digest }) = Header::parse(header) else {
            return Ok(Some(header.clone()));
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
        let mut header = self.header(key)?;
        for _ in 1..MOST_READS {
            match self.text_of(key, header.as_ref()) {
                Err(broken @ StoreError::Broken(_)) => {
                    let now = self.header(key)?;
                    if now == header {
                        return Err(broken);
                    }
                    header = now;
                }
                result => return result,
            }
        }
        self.text_of(key, header.as_ref())
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
#[path = "chunks_tests.rs"]
mod chunks_tests;
