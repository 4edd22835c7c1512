//! What stands for the window while it is not there: a tray icon's menu, and what is pressed in it.
//!
//! Deliberately absent: the tray, and what follows from a press.

use super::ids::ProfileName;

/// The tray icon's menu.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrayMenu {
    /// Groups of rows with a line between them.
    pub groups: Vec<Vec<TrayRow>>,
}

/// A row of the tray's menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrayRow {
    /// `acme-prod · 42 min`.
    pub text: String,
    /// What pressing it asks for; a row without is only read or opened.
    pub press: Option<Press>,
    /// Opens to the side.
    pub rows: Vec<TrayRow>,
}

/// What somebody asks for outside the window: in the tray's menu, or in a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Show the window.
    Open,
    /// Renew a profile.
    Renew(ProfileName),
    /// Show the window with the sign-in sheet of a profile.
    SignIn(ProfileName),
    /// Sign in to the AWS console in the browser.
    Console(ProfileName),
    /// Renew every profile that needs nobody.
    RenewAll,
    /// End the program.
    Quit,
}

impl Press {
    /// A text from which it comes back.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Open => "open".to_owned(),
            Self::Renew(name) => format!("renew {name}"),
            Self::SignIn(name) => format!("sign-in {name}"),
            Self::Console(name) => format!("console {name}"),
            Self::RenewAll => "renew-all".to_owned(),
            Self::Quit => "quit".to_owned(),
        }
    }

    /// Back from [`Self::id`].
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        let named = |prefix| id.strip_prefix(prefix)?.parse().ok();
        match id {
            "open" => Some(Self::Open),
            "renew-all" => Some(Self::RenewAll),
            "quit" => Some(Self::Quit),
            _ => named("renew ")
                .map(Self::Renew)
                .or_else(|| named("sign-in ").map(Self::SignIn))
                .or_else(|| named("console ").map(Self::Console)),
        }
    }
}

impl TrayRow {
    /// A row that asks for something.
    #[must_use]
    pub fn pressed(text: impl Into<String>, press: Press) -> Self {
        Self {
            text: text.into(),
            press: Some(press),
            rows: Vec::new(),
        }
    }
}
