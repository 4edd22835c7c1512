//! What is generated from the commands themselves: the manual and what shells complete with.
//!
//! Deliberately absent: copies in the repository. Packages ask the program that they hold, so that
//! the two never differ.

use std::io;
use std::path::Path;

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::args::Arguments;
use super::output::Output;
use crate::domain::{Problem, ProblemKind};

const NAME: &str = "poolkey";

/// Sections of the program's own page behind its options and commands: what stands before the
/// colon, and what it means.
const SECTIONS: &[(&str, &[(&str, &str)])] = &[
    (
        "EXIT STATUS",
        &[
            ("0", "Done"),
            ("1", "Something unexpected"),
            ("2", "Wrong usage, or a configuration that has to be mended"),
            (
                "3",
                "A sign-in or an answer is needed; standard error names it",
            ),
            ("4", "The secret store is missing, locked or broken"),
            (
                "5",
                "Refused by AWS; standard error has what AWS said, and a hint",
            ),
            ("6", "Network, TLS, or no answer in time"),
            (
                "7",
                "A file could not be read or written; nothing was changed",
            ),
        ],
    ),
    (
        "ENVIRONMENT",
        &[
            (
                "POOLKEY_CONFIG_DIR, POOLKEY_STATE_DIR",
                "As --config-dir and --state-dir",
            ),
            ("POOLKEY_SECRET_STORE", "As --secret-store"),
            (
                "POOLKEY_PASSPHRASE_FILE",
                "A file that holds the passphrase of the encrypted secret store",
            ),
            (
                "POOLKEY_SESSION_CACHE",
                "off: no copy of the session in the kernel's keyring",
            ),
            (
                "AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE",
                "The AWS files, where they are not in ~/.aws",
            ),
            (
                "HTTPS_PROXY, NO_PROXY, AWS_CA_BUNDLE",
                "The way to AWS, and certificates that are trusted as well",
            ),
        ],
    ),
    (
        "FILES",
        &[
            (
                "$XDG_CONFIG_HOME/poolkey/profiles.toml",
                "Profiles and settings; never a secret",
            ),
            (
                "$XDG_STATE_HOME/poolkey/",
                "Backups of the AWS files, locks, identity IDs, the log, the encrypted secret store (secrets.age)",
            ),
        ],
    ),
    (
        "EXAMPLES",
        &[
            (
                "poolkey demo",
                "Try everything, without an AWS account and without a change on this machine",
            ),
            (
                "poolkey sign-in acme && poolkey export acme --to credential-process",
                "Sign in, and have the AWS CLI and SDKs ask for credentials when they need some",
            ),
            (
                "poolkey exec acme -- aws sts get-caller-identity",
                "One command with credentials",
            ),
        ],
    ),
];

/// Prints what the shell reads to complete commands and options.
///
/// # Errors
/// When standard output cannot be written.
pub fn completions(shell: Shell, output: &Output) -> Result<(), Problem> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), NAME, &mut text);
    output.result(String::from_utf8_lossy(&text).trim_end())
}

/// Prints the program's page, or writes the pages of all commands into the folder.
///
/// # Errors
/// When standard output or the folder cannot be written.
pub fn pages(folder: Option<&Path>, output: &Output) -> Result<(), Problem> {
    let unwritten = |why: io::Error| {
        let place = folder.map_or("The manual".into(), Path::to_string_lossy);
        Problem::new(
            ProblemKind::File,
            format!("{place} cannot be written: {why}"),
        )
        .hint("Name a folder that exists and that you may write to.")
    };
    let mut page = Vec::new();
    own_page(&mut page).map_err(unwritten)?;
    let Some(folder) = folder else {
        return output.result(String::from_utf8_lossy(&page).trim_end());
    };
    clap_mangen::generate_to(Arguments::command(), folder).map_err(unwritten)?;
    // Over the one that knows nothing of the sections below.
    std::fs::write(folder.join("poolkey.1"), page).map_err(unwritten)
}

fn own_page(page: &mut Vec<u8>) -> io::Result<()> {
    let command = Arguments::command();
    let man = Man::new(command).manual("Poolkey");
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    man.render_subcommands_section(page)?;
    let mut more = Roff::new();
    for (title, entries) in SECTIONS {
        more.control("SH", [*title]);
        for (term, meaning) in *entries {
            more.control("TP", []);
            more.text([bold(*term)]);
            more.text([roman(*meaning)]);
        }
    }
    more.to_writer(page)?;
    man.render_version_section(page)
}
