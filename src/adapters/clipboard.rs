//! The clipboard: secrets are marked so that clipboard histories leave them out where the system
//! allows it.
//!
//! The handle stays open: on X11 the program that copied serves the text until another copies.

use std::sync::{Mutex, MutexGuard};

use arboard::Clipboard;
use zeroize::Zeroizing;

use crate::crypto::group::sha256;
use crate::domain::{Problem, ProblemKind, Secret};

/// The system's clipboard, opened at the first copy.
#[derive(Default)]
pub struct SystemClipboard {
    opened: Mutex<Option<Clipboard>>,
    /// Of the secret that was copied last.
    mark: Mutex<Option<Mark>>,
}

/// Knows a text again without keeping it.
#[derive(PartialEq, Eq)]
struct Mark([u8; 32]);

impl Mark {
    fn of(text: &str) -> Self {
        Self(sha256(&[text.as_bytes()]))
    }
}

impl SystemClipboard {
    /// Copies an identifier.
    ///
    /// # Errors
    /// When there is no clipboard.
    pub fn copy_text(&self, text: &str) -> Result<(), Problem> {
        self.with(|clipboard| clipboard.set_text(text))?;
        self.set_mark(None)
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
        })?;
        self.set_mark(Some(Mark::of(secret.expose())))
    }

    /// Empties the clipboard if it still holds the secret that was copied last; true where it did.
    /// What somebody copied since, here or elsewhere, stays.
    ///
    /// # Errors
    /// When there is no clipboard, or another program has it open: then it can be asked again.
    pub fn clear_if_ours(&self) -> Result<bool, Problem> {
        let mut marked = self.marked()?;
        let Some(mark) = marked.as_ref() else {
            return Ok(false);
        };
        let cleared = self.with(|clipboard| {
            let text = text_of(clipboard.get_text())?;
            if text.is_none_or(|text| Mark::of(&text) != *mark) {
                return Ok(false);
            }
            clipboard.clear().map(|()| true)
        })?;
        *marked = None;
        Ok(cleared)
    }

    fn set_mark(&self, mark: Option<Mark>) -> Result<(), Problem> {
        *self.marked()? = mark;
        Ok(())
    }

    fn marked(&self) -> Result<MutexGuard<'_, Option<Mark>>, Problem> {
        self.mark.lock().map_err(|_| failed("it is in use"))
    }

    fn with<T>(
        &self,
        act: impl FnOnce(&mut Clipboard) -> Result<T, arboard::Error>,
    ) -> Result<T, Problem> {
        let mut opened = self.opened.lock().map_err(|_| failed("it is in use"))?;
        if opened.is_none() {
            *opened = Some(Clipboard::new().map_err(|error| failed(&error.to_string()))?);
        }
        match opened.as_mut().map(act) {
            Some(Ok(done)) => Ok(done),
            Some(Err(error)) => {
                *opened = None;
                Err(failed(&error.to_string()))
            }
            None => Err(failed("it did not open")),
        }
    }
}

/// What is no text, or nothing, is not ours. Any other failure tells nothing about it.
fn text_of(
    got: Result<String, arboard::Error>,
) -> Result<Option<Zeroizing<String>>, arboard::Error> {
    match got {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(arboard::Error::ContentNotAvailable | arboard::Error::ConversionFailure) => Ok(None),
        Err(error) => Err(error),
    }
}

fn failed(why: &str) -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        format!("The clipboard did not take it: {why}"),
    )
}

#[cfg(test)]
mod tests {
    use arboard::Error;

    use super::text_of;

    #[test]
    fn a_clipboard_that_is_held_is_asked_again() {
        for not_text in [Error::ContentNotAvailable, Error::ConversionFailure] {
            assert!(matches!(text_of(Err(not_text)), Ok(None)));
        }
        let held = text_of(Err(Error::ClipboardOccupied));
        assert!(matches!(held, Err(Error::ClipboardOccupied)));
    }
}
