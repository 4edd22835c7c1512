//! Questions on the terminal, and lines from standard input. Secrets are not echoed.
//!
//! Whoever is asked may take an hour or press Ctrl-C, so the waiting is done on a thread of its own.
//! Deliberately absent: what is asked and in which words (see `ask`).

use std::future::pending;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;
use zeroize::Zeroizing;

use crate::adapters::blocking::blocking;
use crate::domain::{Problem, ProblemKind, Secret};
use crate::ops::Unbroken;

/// Held while the terminal shows nothing of what is typed.
static HIDDEN: Mutex<()> = Mutex::const_new(());

/// True while a question waits for its answer.
static ASKED: AtomicBool = AtomicBool::new(false);

/// How long the terminal may take to become as it was.
const RESTORED_WITHIN: Duration = Duration::from_secs(1);

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
    pub async fn read(count: usize) -> Result<Self, Problem> {
        blocking(move || {
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
        })
        .await
    }

    /// The next line without its end.
    ///
    /// # Errors
    /// When there is none, or it is empty.
    pub fn take(&mut self, what: &str) -> Result<Secret, Problem> {
        self.take_text(what).map(Secret::new)
    }

    /// The same for what need not be secret.
    ///
    /// # Errors
    /// As [`Lines::take`].
    pub fn take_text(&mut self, what: &str) -> Result<String, Problem> {
        let line = self
            .lines
            .get(self.next)
            .map(|line| line.trim_end_matches(['\r', '\n']));
        self.next += 1;
        match line {
            Some(line) if !line.is_empty() => Ok(line.to_owned()),
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

/// Asks for something that may be seen; without the spaces around it.
///
/// # Errors
/// When the terminal is gone.
pub async fn text(question: &str) -> Result<Zeroizing<String>, Problem> {
    let question = question.to_owned();
    asking(move || {
        show(&question);
        let mut line = Zeroizing::new(String::new());
        match io::stdin().lock().read_line(&mut line) {
            Ok(0) => Err(gone("it was closed")),
            Ok(_) => Ok(Zeroizing::new(line.trim().to_owned())),
            Err(error) => Err(not_read(&error)),
        }
    })
    .await
}

/// Asks for a secret without showing it.
///
/// # Errors
/// When the terminal is gone.
pub async fn secret(question: &str) -> Result<Secret, Problem> {
    let question = question.to_owned();
    asking(move || {
        let _hidden = HIDDEN.blocking_lock();
        show(&question);
        rpassword::read_password()
            .map(Secret::new)
            .map_err(|error| not_read(&error))
    })
    .await
}

/// Waits for a person on a thread of its own.
async fn asking<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    ASKED.store(true, Ordering::Relaxed);
    let answered = blocking(ask).await;
    ASKED.store(false, Ordering::Relaxed);
    answered
}

/// Does the work unless Ctrl-C ends it. Without this a prompt that hides what is typed would leave
/// the terminal like that, and a refresh token that is just being renewed would be lost. Pressed
/// twice, it ends that, too.
///
/// # Errors
/// Those of the work, or that it was interrupted.
pub async fn unless_interrupted<T>(
    unbroken: &Unbroken,
    work: impl Future<Output = Result<T, Problem>>,
) -> Result<T, Problem> {
    let twice = async {
        interrupt().await;
        if unbroken.is_busy() && can_ask() {
            let _told = writeln!(
                io::stderr(),
                "\nThe user pool's answer is waited for and kept. Ctrl-C again ends at once."
            );
        }
        interrupt().await;
    };
    let done = tokio::select! {
        biased;
        () = twice => Err(()),
        done = unbroken.unless(interrupt(), work) => done,
    };
    if let Ok(result) = done {
        return result;
    }
    if can_ask() {
        // A thread that waits for a secret has seen the key too, and puts things right.
        let _restored = tokio::time::timeout(RESTORED_WITHIN, HIDDEN.lock()).await;
        let _shown = writeln!(io::stderr());
    }
    Err(interrupted())
}

/// Where the system tells of no interruption, it ends the program itself.
async fn interrupt() {
    if tokio::signal::ctrl_c().await.is_err() {
        pending::<()>().await;
    }
}

/// Only who was asked something has an answer to give; other work was under way.
fn interrupted() -> Problem {
    let (kind, sentence) = if ASKED.load(Ordering::Relaxed) {
        (
            ProblemKind::SignInNeeded,
            "Interrupted before the last answer",
        )
    } else {
        (ProblemKind::Unexpected, "Interrupted before it was done")
    };
    Problem::new(kind, sentence).hint("Run the same command again.")
}

/// The signal may come to the thread that reads before it comes to the one that waits.
fn not_read(error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::Interrupted => interrupted(),
        _ => gone(&error.to_string()),
    }
}

fn show(question: &str) {
    let mut err = io::stderr().lock();
    // A closed standard error cannot be told about.
    let _shown = write!(err, "{question}: ").and_then(|()| err.flush());
}

fn gone(why: &str) -> Problem {
    Problem::new(
        ProblemKind::SignInNeeded,
        format!("Nobody answered on the terminal: {why}"),
    )
    .hint("Run the same command again.")
}
