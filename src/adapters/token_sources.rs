//! Tokens of other providers that a file holds or a command prints.
//!
//! Deliberately absent: what a token says, and any log of it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use async_trait::async_trait;
use zeroize::Zeroizing;

use super::blocking::blocking;
use crate::domain::{Problem, ProblemKind, Secret};
use crate::ops::ports::TokenSources;

/// Files and commands of this machine.
pub struct LocalTokens {
    home: PathBuf,
}

impl LocalTokens {
    /// `home`: what `~/` at the beginning of a path means.
    #[must_use]
    pub const fn new(home: PathBuf) -> Self {
        Self { home }
    }
}

#[async_trait]
impl TokenSources for LocalTokens {
    async fn read(&self, path: &Path) -> Result<Secret, Problem> {
        let path = match path.strip_prefix("~") {
            Ok(rest) => self.home.join(rest),
            Err(_) => path.to_owned(),
        };
        blocking(move || {
            let bytes = std::fs::read(&path).map(Zeroizing::new);
            let bytes = bytes.map_err(|error| {
                let sentence = format!("{} cannot be read: {error}", path.display());
                Problem::new(ProblemKind::File, sentence)
            })?;
            token(&bytes)
        })
        .await
    }

    async fn run(&self, command: &str) -> Result<Secret, Problem> {
        let command = command.to_owned();
        blocking(move || {
            let mut shell = Command::new("sh");
            let shell = shell.args(["-c", &command]).stdin(Stdio::null());
            let output = shell.output().map_err(|error| {
                let sentence = format!("The command did not start: {error}");
                Problem::new(ProblemKind::Unexpected, sentence)
            })?;
            let printed = Zeroizing::new(output.stdout);
            if !output.status.success() {
                let sentence = format!("The command failed: {}", output.status);
                return Err(Problem::new(ProblemKind::Unexpected, sentence));
            }
            token(&printed)
        })
        .await
    }
}

fn token(bytes: &[u8]) -> Result<Secret, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        let sentence = "The token is no text";
        Problem::new(ProblemKind::Unexpected, sentence)
    })?;
    Ok(Secret::new(text.trim().to_owned()))
}
