//! What may be typed about signing in and about passwords. Passwords themselves are no arguments:
//! every user of the machine can read those.

#![expect(
    clippy::doc_markdown,
    reason = "these comments are the help texts: no markup"
)]

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::logins::named_provider;
use crate::cli::browser::BrowserOptions;
use crate::domain::LoginProvider;

/// How to sign in.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Args)]
pub struct SignIn {
    /// Which profile
    pub profile: String,
    /// User name or alias; else the profile's
    #[arg(long, value_name = "U", value_parser = NonEmptyStringValueParser::new())]
    pub username: Option<String>,
    /// Read the password from the first line of standard input
    #[arg(long)]
    pub password_stdin: bool,
    /// Answer a challenge, such as software_token_mfa_code=123456; each is used once, in this order.
    /// NAME=- reads the answer from standard input when it is asked
    #[arg(long = "answer", value_name = "NAME=VALUE", value_parser = answer)]
    pub answers: Vec<Answer>,
    /// Read the authenticator's shared secret from standard input, after the password
    #[arg(long)]
    pub totp_secret_stdin: bool,
    /// Read the password to be set from standard input, after the other two
    #[arg(long)]
    pub new_password_stdin: bool,
    /// Set a new password first, with a code that is sent to you
    #[arg(long)]
    pub forgot_password: bool,
    /// Read the token of another provider from standard input, one line each, in this order and
    /// after the passwords: PROVIDER=-
    #[arg(long = "token", value_name = "PROVIDER=-", value_parser = token)]
    pub tokens: Vec<LoginProvider>,
    /// Never ask: fail where an answer is missing
    #[arg(long)]
    pub no_input: bool,
    /// The browser.
    #[command(flatten)]
    pub browser: BrowserOptions,
}

/// Which passwords.
#[derive(Debug, Args)]
pub struct ChangePassword {
    /// Which profile
    pub profile: String,
    /// Read the present password from the first line of standard input
    #[arg(long)]
    pub password_stdin: bool,
    /// Read the new password from standard input, after the present one
    #[arg(long)]
    pub new_password_stdin: bool,
    /// Never ask: fail where a password is missing
    #[arg(long)]
    pub no_input: bool,
}

/// An answer given beforehand. Its value may be a code, so it is never printed.
#[derive(Clone)]
pub struct Answer {
    /// A challenge's response key in lower case.
    pub name: String,
    /// The answer.
    pub value: String,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answer({})", self.name)
    }
}

fn answer(text: &str) -> Result<Answer, String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => Ok(Answer {
            name: name.to_lowercase(),
            value: value.to_owned(),
        }),
        _ => Err("an answer is written NAME=VALUE".to_owned()),
    }
}

fn token(text: &str) -> Result<LoginProvider, String> {
    match text.split_once('=') {
        Some((provider, "-")) => named_provider(provider),
        // Whatever stands there is not said again: it may be the token.
        _ => Err(
            "every user of this machine can read arguments: write PROVIDER=- and give the token on \
             standard input"
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_no_argument() {
        for (text, provider) in [
            ("google=-", Some("accounts.google.com")),
            ("login.acme.example/a=-", Some("login.acme.example/a")),
            ("google=canary", None),
            ("google", None),
            ("google=-canary", None),
            ("=-", None),
        ] {
            let parsed = token(text);
            assert_eq!(parsed.as_ref().ok().map(LoginProvider::as_str), provider);
            assert!(parsed.err().is_none_or(|error| !error.contains("canary")));
        }
    }
}
