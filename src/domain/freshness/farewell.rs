//! What a person is told when a sign-in ends. It may stand on a locked screen: nothing is in it but
//! the profile's name, and that only while the window shows it as well.

use jiff::SignedDuration;

use crate::domain::ids::ProfileName;

/// A sign-in ends, or has ended: only a person can go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Farewell {
    /// Whose.
    pub profile: ProfileName,
    /// What is left of the credentials; nothing where they have ended.
    pub left: SignedDuration,
    /// The window is locked, and nothing outside it names the profile either.
    pub is_nameless: bool,
}

impl Farewell {
    /// `acme-prod: sign-in ends in 10 minutes`, or `A sign-in ends in 10 minutes`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let (ended, ends) = if self.is_nameless {
            ("A sign-in".to_owned(), "A sign-in".to_owned())
        } else {
            let profile = &self.profile;
            (
                format!("{profile}: the sign-in"),
                format!("{profile}: sign-in"),
            )
        };
        // Rounded up: at nine and a half minutes nobody wants to read of nine.
        match (self.left.as_secs().max(0) + 59) / 60 {
            0 => format!("{ended} has ended"),
            1 => format!("{ends} ends in a minute"),
            minutes => format!("{ends} ends in {minutes} minutes"),
        }
    }

    /// What to do about it in a terminal.
    #[must_use]
    pub fn how_to_go_on(&self) -> String {
        format!("Run: poolkey sign-in {}", self.profile)
    }
}
