//! Questions on the terminal, and lines from standard input. Secrets are not echoed.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use zeroize::Zeroizing;

use crate::domain::{Problem, ProblemKind, Secret};

/// Lines of standard input, taken one after the other.
pub struct Lines {
    lines: Vec<Zeroizing<String>>,
    next: usize,
}

impl Lines {
    /// Reads as many lines as will be taken.
    ///
    /// # Errors
    /// When standard input cannot be read or is not text.
    pub fn read(count: usize) -> Result<Self, Problem> {
        let mut lines = Vec::with_capacity(count);
        let mut input = io::stdin().lock();
        for _ in 0..count {
            let mut line = Zeroizing::new(String::new());
            let read = input.read_line(&mut line).map_err(|error| {
                Problem::new(
                    ProblemKind::Usage,
                    format!("Standard input cannot be read: {error}"),
                )
            })?;
            if read == 0 {
                break;
            }
            lines.push(line);
        }
        Ok(Self { lines, next: 0 })
    }

    /// The next line without its end.
    ///
    /// # Errors
    /// When there is none, or it is empty.
    pub fn take(&mut self, what: &str) -> Result<Secret, Problem> {
        let line = self
            .lines
            .get(self.next)
            .map(|line| line.trim_end_matches(['\r', '\n']));
        self.next += 1;
        match line {
            Some(line) if !line.is_empty() => Ok(Secret::new(line.to_owned())),
            _ => Err(Problem::new(
                ProblemKind::Usage,
                format!("Standard input has no {what}"),
            )),
        }
    }
}

/// True when somebody can be asked.
#[must_use]
pub fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for a plain text.
///
/// # Errors
/// When the terminal is gone.
pub fn text(question: &str) -> Result<String, Problem> {
    let mut err = io::stderr().lock();
    let _shown = write!(err, "{question}: ").and_then(|()| err.flush());
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| gone(&error))?;
    Ok(line.trim().to_owned())
}

/// Asks for a secret without showing it.
///
/// # Errors
/// When the terminal is gone.
pub fn secret(question: &str) -> Result<Secret, Problem> {
    let mut err = io::stderr().lock();
    let _shown = write!(err, "{question}: ").and_then(|()| err.flush());
    drop(err);
    rpassword::read_password()
        .map(Secret::new)
        .map_err(|error| gone(&error))
}

fn gone(error: &io::Error) -> Problem {
    Problem::new(
        ProblemKind::SignInNeeded,
        format!("Nobody answered on the terminal: {error}"),
    )
}
