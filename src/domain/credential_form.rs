//! The forms in which credentials leave Poolkey as text.
//!
//! Deliberately absent: the text itself, which holds secrets (see `adapters::credential_text`).

/// For whom the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CredentialForm {
    /// `credential_process`, JSON version 1.
    Process,
    /// `export` lines.
    PosixShell,
    /// `set -gx` lines.
    Fish,
    /// `$Env:` lines.
    PowerShell,
    /// `set` lines.
    Cmd,
    /// `NAME=value` lines.
    Dotenv,
    /// An object with region and account.
    Json,
    /// A `[name]` section, to be pasted into a credentials file.
    AwsProfile,
}

impl CredentialForm {
    /// Every form, in the order of a menu: shells first.
    pub const ALL: [Self; 8] = [
        Self::PosixShell,
        Self::Fish,
        Self::PowerShell,
        Self::Cmd,
        Self::Dotenv,
        Self::Json,
        Self::AwsProfile,
        Self::Process,
    ];

    /// The name in a menu.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Process => "credential_process JSON",
            Self::PosixShell => "bash or zsh",
            Self::Fish => "fish",
            Self::PowerShell => "PowerShell",
            Self::Cmd => "Command Prompt",
            Self::Dotenv => ".env file",
            Self::Json => "JSON",
            Self::AwsProfile => "AWS CLI profile",
        }
    }
}
