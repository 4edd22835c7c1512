//! The clipboard: secrets are marked so that clipboard histories leave them out where the system
//! allows it.
//!
//! The handle stays open: on X11 the program that copied serves the text until another copies.

use std::sync::Mutex;

use arboard::Clipboard;

use crate::domain::{Problem, ProblemKind, Secret};

/// The system's clipboard, opened at the first copy.
#[derive(Default)]
pub struct SystemClipboard {
    opened: Mutex<Option<Clipboard>>,
}

impl SystemClipboard {
    /// Copies an identifier.
    ///
    /// # Errors
    /// When there is no clipboard.
    pub fn copy_text(&self, text: &str) -> Result<(), Problem> {
        self.with(|clipboard| clipboard.set_text(text))
    }

    /// Copies a secret.
    ///
    /// # Errors
    /// When there is no clipboard.
    pub fn copy_secret(&self, secret: &Secret) -> Result<(), Problem> {
        self.with(|clipboard| {
            let set = clipboard.set();
            #[cfg(target_os = "linux")]
            let set = arboard::SetExtLinux::exclude_from_history(set);
            #[cfg(target_os = "macos")]
            let set = arboard::SetExtApple::exclude_from_history(set);
            #[cfg(windows)]
            let set = arboard::SetExtWindows::exclude_from_cloud(
                arboard::SetExtWindows::exclude_from_history(set),
            );
            set.text(secret.expose())
        })
    }

    fn with(
        &self,
        act: impl FnOnce(&mut Clipboard) -> Result<(), arboard::Error>,
    ) -> Result<(), Problem> {
        let mut opened = self.opened.lock().map_err(|_| failed("it is in use"))?;
        if opened.is_none() {
            *opened = Some(Clipboard::new().map_err(|error| failed(&error.to_string()))?);
        }
        match opened.as_mut().map(act) {
            Some(Ok(())) => Ok(()),
            Some(Err(error)) => {
                *opened = None;
                Err(failed(&error.to_string()))
            }
            None => Err(failed("it did not open")),
        }
    }
}

fn failed(why: &str) -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        format!("The clipboard did not take it: {why}"),
    )
}
