//! The canary sweep: one whole life of a profile with known secrets, and then a search for them.
//!
//! `programs` runs the binary and looks through everything it says and leaves behind; `values` and
//! `window` print every type that can hold a secret.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop where it stands"
)]

#[cfg(unix)]
mod life;
mod made;
#[cfg(unix)]
mod programs;
#[cfg(unix)]
mod relay;
#[cfg(unix)]
#[path = "../support/mod.rs"]
mod support;
mod values;
mod window;

/// Texts that must not be found, each under a name that may.
pub(crate) struct Canaries(Vec<(&'static str, String)>);

impl Canaries {
    pub fn new() -> Self {
        // Every token of a user pool is a JSON web token, and begins like one.
        Self(vec![("a token", "eyJ".to_owned())])
    }

    pub fn add(&mut self, name: &'static str, text: &str) {
        assert!(text.len() >= 6, "too short to be found: {name}");
        self.0.push((name, text.to_owned()));
    }

    /// Which of them are in these bytes.
    pub fn found_in(&self, bytes: &[u8]) -> Vec<&'static str> {
        let is_in = |text: &str| {
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        };
        let found = self.0.iter().filter(|(_, text)| is_in(text));
        found.map(|(name, _)| *name).collect()
    }

    /// None of them is there.
    #[track_caller]
    pub fn absent(&self, place: &str, bytes: &[u8]) {
        let found = self.found_in(bytes);
        assert!(found.is_empty(), "{place} has {found:?}");
    }

    /// As [`Canaries::absent`], but for these.
    #[track_caller]
    pub fn absent_but(&self, allowed: &[&str], place: &str, bytes: &[u8]) {
        let mut found = self.found_in(bytes);
        found.retain(|name| !allowed.contains(name));
        assert!(found.is_empty(), "{place} has {found:?}");
    }
}

#[test]
fn the_search_finds_what_is_there() {
    let mut canaries = Canaries::new();
    canaries.add("password", "Canary-Password-81!");
    let text = b"x Canary-Password-81! eyJhbGciOi";
    assert_eq!(canaries.found_in(text), ["a token", "password"]);
    assert!(canaries.found_in(b"Canary-Password-82!").is_empty());
}
