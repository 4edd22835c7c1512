//! Looking without touching: does a document answer, which way goes there, is a file or program there.
//!
//! Deliberately absent: running a command, and any request that changes something.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::http::Uri;
use hyper_util::client::proxy::matcher::Matcher;

use super::aws_client::{self, AwsHttp};
use super::aws_files::expanded;
use super::blocking::blocking;
use super::looks;
use super::managed_login::http;
use super::token_sources;
use crate::domain::{EndpointUrl, Endpoints, Problem, ProblemKind, UserPoolId};
use crate::ops::ports::{Page, Probes, Route};

const KEYS: &str = "The user pool's key document";
const PAGE: &str = "The managed login domain";
const WITHIN: Duration = Duration::from_secs(8);

/// Probes with the certificates and the proxy of the AWS calls.
pub struct SystemProbes {
    http: Arc<AwsHttp>,
    home: PathBuf,
}

impl SystemProbes {
    /// Shares the HTTP client's rules with the other adapters. `home`: what `~/` at the beginning
    /// of a path means.
    #[must_use]
    pub const fn new(http: Arc<AwsHttp>, home: PathBuf) -> Self {
        Self { http, home }
    }
}

#[async_trait]
impl Probes for SystemProbes {
    async fn key_document(&self, pool: &UserPoolId, endpoints: &Endpoints) -> Result<u16, Problem> {
        let url = aws_client::endpoint(endpoints.url.as_ref()).map_or_else(
            || format!("https://{}", pool.provider_name()),
            |endpoint| format!("{endpoint}/{pool}"),
        );
        let url = format!("{url}/.well-known/jwks.json");
        let answer = http::get(&self.http, &url, KEYS, WITHIN).await?;
        Ok(answer.status)
    }

    async fn page(&self, url: &str) -> Result<Page, Problem> {
        let answer = http::get(&self.http, url, PAGE, WITHIN).await?;
        Ok(Page {
            status: answer.status,
            location: answer.location,
        })
    }

    async fn route(&self, url: &str) -> Result<Route, Problem> {
        // Certificates are read here as they are for a request.
        self.http.connector(url)?;
        Ok(Route {
            proxy: proxy(url, &self.http.network().matcher()),
            ca_bundle: self.http.network().ca_file().map(Path::to_owned),
        })
    }

    async fn token_file(&self, path: &Path) -> Result<(), Problem> {
        let (shown, path) = (path.to_owned(), expanded(path, &self.home));
        blocking(move || token_file(&path, &shown)).await
    }

    async fn certificates(&self, path: &Path) -> Result<(), Problem> {
        let (shown, path) = (path.to_owned(), expanded(path, &self.home));
        blocking(move || looks::certificates(&path, &shown)).await
    }

    async fn writable(&self, path: &Path) -> Result<(), Problem> {
        let (shown, path) = (path.to_owned(), expanded(path, &self.home));
        blocking(move || looks::writable(&path, &shown)).await
    }

    async fn program(&self, command: &str) -> Result<Option<PathBuf>, Problem> {
        let Some(word) = first_word(command) else {
            return Ok(None);
        };
        let (word, file) = (word.to_owned(), expanded(Path::new(word), &self.home));
        let found = move || program(&word, &file, std::env::var_os("PATH").as_deref());
        blocking(found).await.map(Some)
    }

    async fn pause(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// The proxy that a request goes through, by the same rules; its name and password are left out.
fn proxy(url: &str, rules: &Matcher) -> Option<String> {
    let is_loopback = url
        .parse::<EndpointUrl>()
        .is_ok_and(|url| url.is_loopback());
    if is_loopback {
        return None;
    }
    let proxy = rules.intercept(&url.parse::<Uri>().ok()?)?;
    let (uri, scheme) = (proxy.uri(), proxy.uri().scheme_str().unwrap_or("http"));
    let host = uri.host().unwrap_or_default();
    Some(match uri.port_u16() {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    })
}

fn token_file(path: &Path, shown: &Path) -> Result<(), Problem> {
    let shown = shown.display();
    let problem = |sentence: String| {
        Problem::new(ProblemKind::File, sentence)
            .hint("Check the path in the profile, and the program that writes the file.")
    };
    let text = token_sources::contents(path)
        .map_err(|error| problem(format!("The token file {shown} cannot be read: {error}")))?;
    if text.trim_ascii().is_empty() {
        return Err(problem(format!("The token file {shown} is empty")));
    }
    Ok(())
}

/// The first word of a shell's command, quoted or not. Nothing where the shell makes another one of
/// it: a variable, an assignment, a group, a word of the shell's own.
fn first_word(command: &str) -> Option<&str> {
    const OF_THE_SHELL: [&str; 12] = [
        ".", "call", "cd", "command", "eval", "exec", "export", "if", "for", "set", "umask",
        "while",
    ];
    let command = command.trim();
    let quote = command
        .chars()
        .next()
        .filter(|first| "\"'".contains(*first));
    let (word, rest) = match quote {
        Some(quote) => command[1..].split_once(quote)?,
        None => command
            .split_once(char::is_whitespace)
            .unwrap_or((command, "")),
    };
    let special = match quote {
        Some('\'') if cfg!(unix) => "",
        Some(_) if cfg!(unix) => "$`\\",
        _ if cfg!(unix) => "$`\\=;&|<>(){}[]*?!#\"'",
        _ => "%^=;&|<>()",
    };
    let goes_on = quote.is_some() && !rest.is_empty() && !rest.starts_with(char::is_whitespace);
    let is_plain = !goes_on && !word.contains(|letter| special.contains(letter));
    (is_plain && !OF_THE_SHELL.contains(&word)).then_some(word)
}

fn program(word: &str, file: &Path, path: Option<&std::ffi::OsStr>) -> Result<PathBuf, Problem> {
    let found = if file.components().count() > 1 {
        executable(file)
    } else {
        let folders = path.map(std::env::split_paths);
        folders.and_then(|mut folders| folders.find_map(|folder| executable(&folder.join(word))))
    };
    found.filter(|_| !word.is_empty()).ok_or_else(|| {
        Problem::new(
            ProblemKind::File,
            format!("The command {word:?} is not found"),
        )
        .hint("Name the program with its whole path, or install it where PATH leads.")
    })
}

/// The file, with the endings that Windows adds.
pub(super) fn executable(path: &Path) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) {
        &["exe", "cmd", "bat", "com"]
    } else {
        &[]
    };
    let with_ending = endings
        .iter()
        .map(|ending| path.with_added_extension(ending));
    std::iter::once(path.to_owned())
        .chain(with_ending)
        .find(|path| is_executable(path))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path)
        .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_without_its_password() {
        let rules = Matcher::builder()
            .all("http://ana:canary@proxy.acme.example:3128")
            .no("near.example")
            .build();
        let way = |url| proxy(url, &rules);
        let proxied = Some("http://proxy.acme.example:3128".to_owned());
        assert_eq!(
            way("https://cognito-identity.eu-west-1.amazonaws.com"),
            proxied
        );
        assert_eq!(way("https://near.example"), None);
        assert_eq!(way("http://127.0.0.1:5000"), None);
    }

    #[cfg(unix)]
    #[test]
    fn programs_are_found_and_not_run() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let tool = folder.path().join("my tool");
        std::fs::write(&tool, "#!/bin/sh\ntouch ran\n").unwrap();
        let shown = tool.display();
        let find = |command: &str| {
            let word = first_word(command).unwrap();
            program(
                word,
                &expanded(Path::new(word), folder.path()),
                Some(folder.path().as_os_str()),
            )
            .ok()
        };
        assert_eq!(find(&format!("'{shown}' --x")), None, "not executable");
        std::fs::set_permissions(&tool, std::fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!(find(&format!("\"{shown}\" --x")), Some(tool.clone()));
        assert_eq!(find(&format!("'{shown}'")), Some(tool));
        let plain = folder.path().join("tool");
        std::fs::rename(folder.path().join("my tool"), &plain).unwrap();
        for command in ["tool --x", "~/tool --x $A"] {
            assert_eq!(find(command), Some(plain.clone()), "{command}");
        }
        for missing in ["", "  ", "no-such-tool --x", "./no-such-tool"] {
            assert_eq!(find(missing), None, "{missing}");
        }
        assert!(!folder.path().join("ran").exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_only_a_shell_knows_is_not_judged() {
        for command in [
            "A=b tool --x",
            "$HOME/bin/tool",
            "\"$HOME/bin/tool\" --x",
            "(tool)",
            "my\\ tool",
            "tool;",
            "cd /srv && ./tool",
            "'/srv/my tools'/tool",
            "'tool",
            ". ./tool",
        ] {
            assert_eq!(first_word(command), None, "{command}");
        }
        for (command, word) in [("tool | jq .x", "tool"), ("'my $tool' --x", "my $tool")] {
            assert_eq!(first_word(command), Some(word));
        }
    }

    #[test]
    fn token_files_are_there_and_hold_something() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let look = || token_file(&path, Path::new("~/token"));
        assert!(look().unwrap_err().sentence.contains("~/token"));
        std::fs::write(&path, " \n").unwrap();
        assert!(look().unwrap_err().sentence.contains("empty"));
        std::fs::write(&path, "canary\n").unwrap();
        assert!(look().is_ok());
    }
}
