//! `sign-in --browser` and `sign-out --browser`: the address on standard error, a browser unless
//! there shall be none, and what is pasted on standard input.
//!
//! Deliberately absent: waiting for standard input; a thread reads it and is left behind.

use std::io::{self, BufRead as _, Read as _};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use async_trait::async_trait;
use clap::{Args, value_parser};
use zeroize::Zeroizing;

use super::args::SignIn as Options;
use super::output::Output;
use crate::domain::sign_in::Finished;
use crate::domain::{Problem, ProblemKind, Profile, Secret, SignInMethod};
use crate::ops::browser::{self, BrowserWatch, Pastes};
use crate::ops::{Deps, Progress};

/// Far longer than any address a browser ends at.
const MOST_BYTES: u64 = 16 * 1024;

/// For `sign-in`.
#[derive(Debug, Clone, Args)]
pub struct BrowserOptions {
    /// Sign in with managed login in the browser
    #[arg(long, conflicts_with_all = ["password_stdin", "totp_secret_stdin", "new_password_stdin", "forgot_password", "answers"])]
    pub browser: bool,
    /// Print the address only: the browser is elsewhere
    #[arg(long)]
    pub no_open: bool,
    /// Give up when the browser has not come back after so long
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = value_parser!(u64).range(1..=3600))]
    pub browser_timeout: u64,
}

/// For `sign-out`.
#[derive(Debug, Clone, Args)]
pub struct BrowserSignOut {
    /// Sign out in the browser, too: else the next sign-in there asks nothing
    #[arg(long)]
    pub browser: bool,
    /// With --browser: print the address only
    #[arg(long, requires = "browser")]
    pub no_open: bool,
}

/// Where the profile's method is the browser, what it has no use for is not swallowed, and one
/// that was not asked for by name is not opened where nobody sits.
///
/// # Errors
/// With the option, or with what is needed.
pub fn check(options: &Options, profile: &Profile) -> Result<(), Problem> {
    if profile.sign_in != SignInMethod::Browser || options.browser.browser {
        return Ok(());
    }
    let is_reset = options.forgot_password;
    let useless = [
        (options.password_stdin, "--password-stdin"),
        (options.totp_secret_stdin, "--totp-secret-stdin"),
        (
            options.new_password_stdin && !is_reset,
            "--new-password-stdin",
        ),
        (!options.answers.is_empty() && !is_reset, "--answer"),
    ];
    if let Some((_, option)) = useless.into_iter().find(|(is_given, _)| *is_given) {
        let sentence = format!(
            "{option} is of no use here: {} signs in in the browser",
            profile.name
        );
        return Err(Problem::new(ProblemKind::Usage, sentence)
            .hint("Leave it out, or set another sign-in method in the profile."));
    }
    if !options.no_input {
        return Ok(());
    }
    let needed = format!(
        "BROWSER is needed: {} signs in with managed login",
        profile.name
    );
    Err(
        Problem::new(ProblemKind::SignInNeeded, needed).hint(format!(
            "Where a browser may be opened: poolkey sign-in {} --browser",
            profile.name
        )),
    )
}

/// A terminal whose person signs in in a browser.
pub struct Browser<'a> {
    wanted: bool,
    opens: bool,
    reads: bool,
    patience: Duration,
    pastes: Arc<Pastes>,
    output: &'a Output,
}

impl<'a> Browser<'a> {
    /// As the options say; without input, nothing is read.
    pub fn new(options: &BrowserOptions, no_input: bool, output: &'a Output) -> Self {
        Self {
            wanted: options.browser,
            opens: !options.no_open,
            reads: !no_input,
            patience: Duration::from_secs(options.browser_timeout),
            pastes: Arc::default(),
            output,
        }
    }

    /// True where the sign-in begins in the browser.
    pub fn is_wanted(&self, profile: &Profile) -> bool {
        self.wanted || profile.sign_in == SignInMethod::Browser
    }

    /// True where a browser may come back: somebody sits somewhere.
    pub const fn is_allowed(&self) -> bool {
        self.reads
    }

    /// Signs in in the browser; `username` is filled in there.
    ///
    /// # Errors
    /// As [`browser::sign_in`].
    pub async fn sign_in(
        &self,
        deps: &Deps,
        profile: &Profile,
        username: Option<String>,
        progress: &dyn Progress,
    ) -> Result<Finished, Problem> {
        let mut profile = profile.clone();
        profile.username = username;
        browser::sign_in(deps, &profile, self, progress).await
    }

    fn tell(&self, problem: &Problem) {
        self.output.note(&format!("note: {}", problem.sentence));
        for hint in &problem.hints {
            self.output.note(&format!("hint: {hint}"));
        }
    }
}

#[async_trait]
impl BrowserWatch for Browser<'_> {
    fn patience(&self) -> Duration {
        self.patience
    }

    fn opened(&self, url: &str) {
        let how = if self.opens {
            "Sign in in the browser that opens now, or in any other at:"
        } else {
            "Sign in in a browser at:"
        };
        self.output.note(&format!("{how}\n{url}"));
        if self.reads {
            self.output
                .note("If the browser is on another machine, paste the address it ended at here:");
            let pastes = self.pastes.clone();
            let reader = thread::Builder::new().name("poolkey-paste".to_owned());
            // Without a thread nobody can paste; the browser comes back all the same.
            let _started = reader.spawn(move || read_lines(&pastes));
        }
    }

    fn opens(&self) -> bool {
        self.opens
    }

    fn not_opened(&self, problem: &Problem) {
        self.tell(problem);
    }

    async fn pasted(&self) -> Secret {
        self.pastes.next().await
    }

    fn paste_refused(&self, problem: &Problem) {
        self.tell(problem);
    }
}

/// Until standard input ends. Bytes that are no text are no address, and said to be so.
fn read_lines(pastes: &Pastes) {
    let mut input = io::stdin().lock();
    loop {
        let mut line = Zeroizing::new(Vec::new());
        match input.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) if line.trim_ascii().is_empty() => {}
            Ok(_) => {
                let text = String::from_utf8_lossy(line.trim_ascii());
                pastes.put(Secret::new(text.into_owned()));
            }
        }
    }
}

/// The browser's part of signing out, known to be possible before anything is forgotten.
pub struct BrowserGoodbye {
    url: Option<String>,
    opens: bool,
}

impl BrowserGoodbye {
    /// As the options say.
    ///
    /// # Errors
    /// When it is asked for and the profile has no managed login.
    pub fn prepare(options: &BrowserSignOut, profile: &Profile) -> Result<Self, Problem> {
        let url = options.browser.then(|| browser::sign_out_url(profile));
        Ok(Self {
            url: url.transpose()?,
            opens: !options.no_open,
        })
    }

    /// Ends the browser's own sign-in, where that was asked for. A browser that does not open is
    /// only told.
    pub async fn say(self, deps: &Deps, output: &Output) {
        let Some(url) = self.url else { return };
        output.note(&format!("Sign out in the browser at:\n{url}"));
        if self.opens
            && let Err(problem) = deps.managed_login.open(&url).await
        {
            output.note(&format!("note: {}", problem.sentence));
        }
    }
}
