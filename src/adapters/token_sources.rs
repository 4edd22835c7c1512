//! Tokens of other providers that a file holds or a command prints.
//!
//! Deliberately absent: what a token says, and any log of it.

mod command;
mod watch;

use std::io::Read as _;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use zeroize::Zeroizing;

use super::aws_files::expanded;
use super::blocking::blocking;
use crate::domain::{Problem, ProblemKind, Secret, capital};
use crate::ops::ports::{FileChanged, TokenSources};

/// The identity pool takes 50,000 characters.
const MOST_BYTES: usize = 64 * 1024;

/// Files and commands of this machine.
pub struct LocalTokens {
    home: PathBuf,
}

impl LocalTokens {
    /// `home`: what `~/` at the beginning of a path means.
    #[must_use]
    pub const fn new(home: PathBuf) -> Self {
        Self { home }
    }

    fn expanded(&self, path: &Path) -> PathBuf {
        expanded(path, &self.home)
    }
}

#[async_trait]
impl TokenSources for LocalTokens {
    async fn read(&self, path: &Path) -> Result<Secret, Problem> {
        let (shown, path) = (path.display().to_string(), self.expanded(path));
        blocking(move || {
            let bytes = contents(&path).map_err(|error| not_read(&shown, &error))?;
            token(&bytes, &shown, ProblemKind::File)
        })
        .await
    }

    async fn run(&self, command: &str) -> Result<Secret, Problem> {
        let printed = command::run(command, &command::LIMITS).await?;
        token(&printed, "the command's output", ProblemKind::Unexpected)
    }

    async fn output(&self, command: &str) -> Result<Secret, Problem> {
        let printed = command::run(command, &command::LIMITS).await?;
        let text = std::str::from_utf8(&printed).map_err(|_| {
            let sentence = "The command's output is not text";
            Problem::new(ProblemKind::Unexpected, sentence)
        })?;
        Ok(Secret::new(text.to_owned()))
    }

    async fn watch(
        &self,
        paths: Vec<PathBuf>,
        changed: FileChanged,
    ) -> (Box<dyn Send + Sync>, Vec<Problem>) {
        let files = paths.into_iter();
        let files = files.map(|path| (self.expanded(&path), path)).collect();
        watch::start(files, changed).await
    }
}

/// What a file holds, at most one byte more than is taken.
pub(super) fn contents(path: &Path) -> std::io::Result<Zeroizing<Vec<u8>>> {
    // To open a pipe would wait for whoever writes into it, perhaps for ever.
    let kind = std::fs::metadata(path)?.file_type();
    if !kind.is_file() {
        return Err(std::io::Error::other("it is not a file"));
    }
    let file = std::fs::File::open(path)?;
    // One buffer that is large enough: growing would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MOST_BYTES + 1));
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// `whence`: for a person.
fn token(bytes: &[u8], whence: &str, kind: ProblemKind) -> Result<Secret, Problem> {
    let flaw = |what: &str| {
        Problem::new(kind, format!("{whence}: {what}", whence = capital(whence)))
            .hint("It has to be one token, as the provider gave it, and nothing else.")
    };
    if bytes.len() > MOST_BYTES {
        return Err(flaw("it is longer than any token"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| flaw("it is not text"))?;
    // What Windows' editors put before the text.
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(flaw("it is empty"));
    }
    if text.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
        return Err(flaw("there is more than one word in it"));
    }
    Ok(Secret::new(text.to_owned()))
}

fn not_read(shown: &str, error: &std::io::Error) -> Problem {
    Problem::new(
        ProblemKind::File,
        format!("The token file {shown} cannot be read: {error}"),
    )
    .hint("Check the path in the profile, and that you may read the file.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_one_token_with_white_space_around_it() {
        let home = tempfile::tempdir().unwrap();
        let tokens = LocalTokens::new(home.path().to_owned());
        let path = home.path().join("token");
        let long = "a".repeat(MOST_BYTES + 1);
        for (content, expected) in [
            (&b"  a.b.c \r\n"[..], Ok("a.b.c")),
            (b"\xef\xbb\xbfa.b.c", Ok("a.b.c")),
            (b"", Err("is empty")),
            (b" \n", Err("is empty")),
            (b"a\nb", Err("more than one word")),
            (b"\xff\xfe", Err("is not text")),
            (long.as_bytes(), Err("longer than any token")),
        ] {
            std::fs::write(&path, content).unwrap();
            let read = tokens.read(Path::new("~/token")).await;
            match (read, expected) {
                (Ok(token), Ok(expected)) => assert_eq!(token.expose(), expected),
                (Err(problem), Err(expected)) => {
                    assert_eq!(problem.kind, ProblemKind::File);
                    assert!(problem.sentence.contains(expected), "{problem}");
                    assert!(problem.sentence.contains("~/token"), "{problem}");
                }
                (read, _) => panic!("{expected:?}: {read:?}"),
            }
        }
        let problem = tokens.read(&home.path().join("no")).await.unwrap_err();
        assert!(problem.sentence.contains("cannot be read"), "{problem}");
        let problem = tokens.read(home.path()).await.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::File);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn nobody_waits_for_a_pipe() {
        let home = tempfile::tempdir().unwrap();
        let pipe = home.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let tokens = LocalTokens::new(home.path().to_owned());
        let reading = tokens.read(&pipe);
        let read = tokio::time::timeout(std::time::Duration::from_secs(5), reading).await;
        let problem = read.expect("an answer").unwrap_err();
        assert!(problem.sentence.contains("it is not a file"), "{problem}");
    }
}
