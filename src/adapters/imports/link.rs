//! `poolkey://import#…`: profiles in one line.
//!
//! Behind the `#` stand, as base64url without padding (RFC 4648), four bytes of a SHA-256 and the
//! profile file they are of. What chat programs do to long lines is taken back: a piece is added at a
//! time until the check is right, so words behind the link do no harm and a link that was cut off is
//! noticed. Deliberately absent: an address to fetch anything from.

use data_encoding::BASE64URL_NOPAD;

use crate::crypto::group::sha256;
use crate::domain::{Problem, ProblemKind};

const BEGINNING: &str = "poolkey://import";
const CHECK: usize = 4;
/// More than a screen full of profiles.
const MOST_LETTERS: usize = 256 * 1024;
/// The most pieces that a link may have been broken into.
const MOST_PIECES: usize = 400;

/// The link of a profile file.
pub(super) fn of(file: &str) -> String {
    let mut bytes = check(file.as_bytes()).to_vec();
    bytes.extend_from_slice(file.as_bytes());
    format!("{BEGINNING}#{}", BASE64URL_NOPAD.encode(&bytes))
}

fn check(file: &[u8]) -> [u8; CHECK] {
    let [a, b, c, d, ..] = sha256(&[file]);
    [a, b, c, d]
}

/// Whether there is one in the text.
pub(super) fn is_in(text: &str) -> bool {
    begins(text).is_some()
        || text
            .trim_start()
            .to_ascii_lowercase()
            .starts_with("poolkey:")
}

fn begins(text: &str) -> Option<usize> {
    let at = text.to_ascii_lowercase().find(BEGINNING)?;
    Some(at + BEGINNING.len())
}

/// The profile file in the first link of the text.
///
/// # Errors
/// A link of another kind, or one that was cut off or changed.
pub(super) fn read(text: &str) -> Result<String, Problem> {
    let wrong = |sentence: &str| {
        Problem::new(ProblemKind::Usage, sentence)
            .hint("Copy the whole link again, or ask for the plain text.")
    };
    let behind = begins(text).and_then(|at| text.get(at..));
    let behind = behind.map(|rest| rest.trim_start_matches(['/', '\\']));
    let behind =
        behind.and_then(|rest| rest.strip_prefix('#').or_else(|| rest.strip_prefix("%23")));
    let Some(behind) = behind else {
        return Err(wrong(
            "This poolkey:// link is not one that imports profiles",
        ));
    };
    let mut letters = String::new();
    for piece in behind.split_whitespace().take(MOST_PIECES) {
        let fits = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        // Breaks that are not seen, and marks of quotation in front.
        let seen = piece
            .chars()
            .filter(|letter| !"\u{ad}\u{200b}\u{200c}\u{200d}".contains(*letter));
        letters.extend(seen.skip_while(|letter| *letter == '>').take_while(fits));
        if letters.len() > MOST_LETTERS {
            break;
        }
        if let Some(file) = checked(&letters) {
            return Ok(file);
        }
    }
    Err(wrong(
        "The link is not whole: something of it is missing or changed",
    ))
}

fn checked(letters: &str) -> Option<String> {
    let bytes = BASE64URL_NOPAD.decode(letters.as_bytes()).ok()?;
    let (told, file) = bytes.split_at_checked(CHECK)?;
    let file = (check(file) == told).then_some(file)?;
    String::from_utf8(file.to_vec()).ok()
}
