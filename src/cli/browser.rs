//! `sign-in --browser` and `sign-out --browser`: the address on standard error, a browser unless
//! there shall be none, and what is pasted on standard input.
//!
//! Deliberately absent: waiting for standard input; a thread reads it and is left behind.

use std::io::{self, BufRead as _, Read as _};
use std::sync::Arc;
use std::thread;

use async_trait::async_trait;
use clap::Args;
use zeroize::Zeroizing;

use super::output::Output;
use crate::domain::sign_in::Finished;
use crate::domain::{Problem, Profile, Secret, SignInMethod};
use crate::ops::browser::{self, BrowserWatch, Pastes};
use crate::ops::{Deps, Progress};

/// Far longer than any address a browser ends at.
const MOST_BYTES: u64 = 16 * 1024;

/// For `sign-in`.
#[derive(Debug, Clone, Args)]
pub struct BrowserOptions {
    /// Sign in with managed login in the browser
    #[arg(long, conflicts_with_all = ["password_stdin", "totp_secret_stdin"])]
    pub browser: bool,
    /// Print the address only: the browser is elsewhere
    #[arg(long)]
    pub no_open: bool,
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

/// A terminal whose person signs in in a browser.
pub struct Browser<'a> {
    wanted: bool,
    opens: bool,
    reads: bool,
    username: Option<String>,
    pastes: Arc<Pastes>,
    output: &'a Output,
}

impl<'a> Browser<'a> {
    /// As the options say; without input, nothing is read.
    pub fn new(
        options: &BrowserOptions,
        no_input: bool,
        username: Option<&String>,
        output: &'a Output,
    ) -> Self {
        Self {
            wanted: options.browser,
            opens: !options.no_open,
            reads: !no_input,
            username: username.cloned(),
            pastes: Arc::default(),
            output,
        }
    }

    /// True where the sign-in begins in the browser.
    pub fn is_wanted(&self, profile: &Profile) -> bool {
        self.wanted || profile.sign_in == SignInMethod::Browser
    }

    /// Signs in in the browser.
    ///
    /// # Errors
    /// As [`browser::sign_in`].
    pub async fn sign_in(
        &self,
        deps: &Deps,
        profile: &Profile,
        progress: &dyn Progress,
    ) -> Result<Finished, Problem> {
        let mut profile = profile.clone();
        profile.username = self.username.clone().or(profile.username);
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

/// Until standard input ends.
fn read_lines(pastes: &Pastes) {
    let mut input = io::stdin().lock();
    loop {
        let mut line = Zeroizing::new(String::new());
        match input.by_ref().take(MOST_BYTES).read_line(&mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) if line.trim().is_empty() => {}
            Ok(_) => pastes.put(Secret::new(line.trim().to_owned())),
        }
    }
}

/// The address that ends the browser's own sign-in, where that was asked for.
///
/// # Errors
/// When the profile has no managed login.
pub fn sign_out_url(
    options: &BrowserSignOut,
    profile: &Profile,
) -> Result<Option<String>, Problem> {
    let url = options.browser.then(|| browser::sign_out_url(profile));
    url.transpose()
}

/// Goes to that address. A browser that does not open is only told.
pub async fn sign_out(options: &BrowserSignOut, url: &str, deps: &Deps, output: &Output) {
    output.note(&format!("Sign out in the browser at:\n{url}"));
    if !options.no_open
        && let Err(problem) = deps.managed_login.open(url).await
    {
        output.note(&format!("note: {}", problem.sentence));
    }
}
