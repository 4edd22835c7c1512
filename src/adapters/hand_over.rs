//! Credentials in the environment of a command, and the command in Poolkey's place.
//!
//! On Unix the process becomes the command: signals, terminal, job control and exit status are the
//! command's own, and nobody stands between. Files and sockets of Poolkey are closed by that, locks
//! are given back. Deliberately absent: `AWS_ENDPOINT_URL` and its like, `AWS_CONFIG_FILE`,
//! `AWS_SHARED_CREDENTIALS_FILE` and `AWS_CA_BUNDLE`: where a service is and what else is configured
//! is the person's choice, and no other identity comes of it.

use std::ffi::OsStr;
use std::io;
use std::process::Command;

use super::credential_text::variables;
use crate::domain::{ProfileName, Region, Session};

/// Names that would say another identity, or another end of life, than the credentials have. The old
/// names of access keys are read by the SDKs for Go and Java, the account by those for Java,
/// JavaScript and Rust.
const CLEARED: [&str; 12] = [
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_ACCESS_KEY",
    "AWS_SECRET_KEY",
    "AWS_SECURITY_TOKEN",
    "AWS_SESSION_EXPIRATION",
    "AWS_ACCOUNT_ID",
    "AWS_CREDENTIAL_SCOPE",
    "AWS_CREDENTIAL_FILE",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
];

/// Another source of credentials, and tokens that a service takes before them (Bedrock's).
const CLEARED_PREFIXES: [&str; 2] = ["AWS_CONTAINER_", "AWS_BEARER_TOKEN_"];

/// For prompts.
const PROFILE: &str = "POOLKEY_PROFILE";

/// Puts the credentials into the command's environment, and takes out what contradicts them.
pub fn set_environment(
    command: &mut Command,
    profile: &ProfileName,
    session: &Session,
    region: &Region,
) {
    clear_others(command);
    for (name, value) in variables(session, region) {
        command.env(name, value.as_str());
    }
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    command.env(PROFILE, profile.as_str());
}

fn clear_others(command: &mut Command) {
    for name in CLEARED {
        command.env_remove(name);
    }
    for (name, _) in std::env::vars_os() {
        if is_another_source(&name) {
            command.env_remove(name);
        }
    }
}

fn is_another_source(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_ascii_uppercase();
    CLEARED_PREFIXES
        .iter()
        .any(|prefix| name.starts_with(prefix))
}

/// Becomes the command. Comes back only where it cannot be started.
#[cfg(unix)]
#[must_use]
pub fn become_command(mut command: Command) -> io::Error {
    std::os::unix::process::CommandExt::exec(&mut command)
}

/// Runs the command and ends as it ends. Comes back only where it cannot be started. Ctrl-C goes to
/// all programs of a console: it ends the command, and Poolkey with it.
#[cfg(windows)]
#[must_use]
#[expect(clippy::exit, reason = "the command's status has 32 bits")]
pub fn become_command(mut command: Command) -> io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}
