//! `sign-in` where no user pool is asked: guests, people whom a backend vouches for, and those of
//! other providers.
//!
//! Deliberately absent: the exchange, which is the same for all (see `ops::session`).

use super::args::SignIn as Options;
use crate::domain::{Problem, ProblemKind, Profile};

/// True where no user pool asks anything: credentials are fetched at once, or once other providers'
/// tokens are there.
pub const fn is_meant(profile: &Profile) -> bool {
    !profile.sign_in.uses_user_pool()
}

/// What such a profile has no use for is not swallowed.
///
/// # Errors
/// With the option.
pub fn check(options: &Options, profile: &Profile) -> Result<(), Problem> {
    if !is_meant(profile) {
        return Ok(());
    }
    let useless = [
        (
            !options.tokens.is_empty() && profile.logins.is_empty(),
            "--token",
        ),
        (options.username.is_some(), "--username"),
        (options.password_stdin, "--password-stdin"),
        (options.totp_secret_stdin, "--totp-secret-stdin"),
        (options.new_password_stdin, "--new-password-stdin"),
        (options.forgot_password, "--forgot-password"),
        (!options.answers.is_empty(), "--answer"),
        (options.browser.browser, "--browser"),
    ];
    let Some((_, option)) = useless.into_iter().find(|(is_given, _)| *is_given) else {
        return Ok(());
    };
    let sentence = format!(
        "{option} is of no use here: {} signs in to no user pool",
        profile.name
    );
    Err(Problem::new(ProblemKind::Usage, sentence)
        .hint("Leave it out, or set another sign-in method in the profile."))
}
