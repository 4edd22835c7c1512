//! Other homes' files, and the files that sections name.
//!
//! Deliberately absent: looking for the Windows home (see `wsl`).

use std::path::Path;

use super::UserAwsProfiles;
use crate::adapters::aws_files::{TokenSays, expanded};
use crate::adapters::claims::JwtClaims;
use crate::adapters::safe_file;
use crate::domain::{ClaimValue, Problem, ProblemKind, Secret};
use crate::ops::ports::{ClaimsReader as _, LastChange};

impl UserAwsProfiles {
    /// The same in a home that is not the person's, such as the demo's: paths are told whole.
    #[must_use]
    pub fn apart(self, is_apart: bool) -> Self {
        Self { is_apart, ..self }
    }
}

/// Where there is no Windows home.
pub fn no_windows() -> Problem {
    Problem::new(
        ProblemKind::Usage,
        "No Windows home with AWS files is in reach",
    )
    .hint("Inside WSL, hand it over with: export WSLENV=USERPROFILE/p")
}

/// `\\wsl.localhost\…` is nothing that every SDK can open.
pub fn not_from_windows() -> Problem {
    let sentence = "Programs of Windows cannot read the token's file in this distribution";
    Problem::new(ProblemKind::Usage, sentence).hint("Use --to credential-process there")
}

/// Somebody was shown a change that is the newest no more.
pub fn came_between(newest: &LastChange) -> Problem {
    let sentence = format!("Another change came in between: Poolkey {}", newest.what);
    Problem::new(ProblemKind::Usage, sentence).hint("Look at that one, and take it back first")
}

/// What the token of a web identity says, where an identity pool made it. Nothing is checked: it only
/// tells whose profile it may be.
pub fn token_says(path: &Path, home: &Path) -> Option<TokenSays> {
    const LONGEST: u64 = 64 * 1024;
    let path = expanded(path, home);
    if !path
        .metadata()
        .is_ok_and(|meta| meta.is_file() && meta.len() <= LONGEST)
    {
        return None;
    }
    let token = safe_file::read(&path).ok()?;
    let token = Secret::new(String::from_utf8(token.to_vec()).ok()?.trim().to_owned());
    let reading = JwtClaims.read_all(&token)?;
    let says = |name: &str| match reading.claim(name) {
        Some(ClaimValue::Text(text)) => text.clone(),
        Some(ClaimValue::List(list)) => list.join(" "),
        _ => String::new(),
    };
    if !says("iss").starts_with("https://cognito-identity") {
        return None;
    }
    Some(TokenSays {
        identity_pool: says("aud").parse().ok()?,
        is_guest: says("amr").contains("unauthenticated"),
    })
}
