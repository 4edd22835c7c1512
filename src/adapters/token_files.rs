//! Web identity token files: `<state>/web-identity/<profile>.jwt`, one for each profile.
//!
//! Written as the AWS files are: whole or not at all, readable by their owner only, and without an
//! end of line, which some SDKs would send along. Deliberately absent: what is in the token.

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use zeroize::Zeroizing;

use super::blocking::blocking;
use super::claims::JwtClaims;
use super::safe_file;
use crate::domain::{Problem, ProblemKind, ProfileName, Secret, TokenReading};
use crate::ops::ports::{ClaimsReader as _, TokenFiles};

const LOCK_WAIT: Duration = Duration::from_secs(10);

/// No token is longer; a file that is, is none.
const MOST_BYTES: usize = 20_000;

/// Names that Windows keeps for devices, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A folder of token files.
pub struct WebIdentityFiles {
    folder: PathBuf,
}

impl WebIdentityFiles {
    /// The folder may not exist yet.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        // SDKs do not know where this process was started.
        let folder = std::path::absolute(&folder).unwrap_or(folder);
        Self { folder }
    }
}

/// Where the file system does not tell case apart, "Dev" and "dev" still have two files.
fn file_name(profile: &ProfileName) -> String {
    let name = profile.as_str();
    let stem = name.split('.').next().unwrap_or(name);
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_device = DEVICES.contains(&stem);
    let mut file = String::with_capacity(name.len() + 4);
    for (at, byte) in name.bytes().enumerate() {
        let is_plain = matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'@')
            || (byte == b'.' && at > 0);
        if is_plain && !(is_device && at == 0) {
            file.push(char::from(byte));
        } else {
            let _infallible = write!(file, "+{byte:02x}");
        }
    }
    file.push_str(".jwt");
    file
}

#[async_trait]
impl TokenFiles for WebIdentityFiles {
    fn path(&self, profile: &ProfileName) -> PathBuf {
        self.folder.join(file_name(profile))
    }

    async fn write(&self, profile: &ProfileName, token: &Secret) -> Result<(), Problem> {
        let (path, token) = (self.path(profile), token.duplicate());
        blocking(move || {
            safe_file::update(&path, LOCK_WAIT, |_| {
                Ok((Some(Zeroizing::new(token.expose().to_owned())), ()))
            })
            .map(|_| ())
        })
        .await
    }

    async fn copy(&self, from: &ProfileName, to: &ProfileName) -> Result<(), Problem> {
        let (from, to) = (self.path(from), self.path(to));
        blocking(move || {
            let token = safe_file::read(&from)?;
            let Ok(token) = std::str::from_utf8(&token) else {
                return Ok(());
            };
            if token.is_empty() || token.len() > MOST_BYTES {
                return Ok(());
            }
            let token = Zeroizing::new(token.to_owned());
            safe_file::update(&to, LOCK_WAIT, |_| Ok((Some(token.clone()), ()))).map(|_| ())
        })
        .await
    }

    async fn remove(&self, profile: &ProfileName) -> Result<(), Problem> {
        let path = self.path(profile);
        blocking(move || {
            // Takes the temporary file of a killed write away, too.
            let held = safe_file::hold(&path, LOCK_WAIT);
            match std::fs::remove_file(&path) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    let sentence = format!("{} cannot be removed: {error}", path.display());
                    return Err(Problem::new(ProblemKind::File, sentence)
                        .hint("Remove it by hand: the token in it works for up to ten minutes."));
                }
            }
            held.map(drop)
        })
        .await
    }

    async fn read(&self, profile: &ProfileName) -> Result<Option<TokenReading>, Problem> {
        let path = self.path(profile);
        blocking(move || {
            let bytes = safe_file::read(&path)?;
            let token = std::str::from_utf8(&bytes)
                .ok()
                .filter(|text| text.len() <= MOST_BYTES)
                .map(|text| Secret::new(text.to_owned()));
            Ok(token.and_then(|token| JwtClaims.read_all(&token)))
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> String {
        file_name(&text.parse().unwrap())
    }

    #[test]
    fn each_name_has_a_file_of_its_own() {
        assert_eq!(name("acme-prod_2"), "acme-prod_2.jwt");
        assert_eq!(name("a.b@c"), "a.b@c.jwt");
        assert_eq!(name("Dev"), "+44ev.jwt");
        assert_eq!(name("+44ev"), "+2b44ev.jwt");
        assert_eq!(name(".."), "+2e..jwt");
        for device in ["con", "nul", "com1", "lpt9.x", "aux."] {
            assert!(name(device).starts_with('+'), "{device}");
        }
        assert_eq!(name("console"), "console.jwt");
    }

    #[tokio::test]
    async fn a_file_is_private_and_holds_the_token_alone() {
        let home = tempfile::tempdir().unwrap();
        let files = WebIdentityFiles::new(home.path().join("web-identity"));
        let dev: ProfileName = "dev".parse().unwrap();
        assert!(files.read(&dev).await.unwrap().is_none());
        files.remove(&dev).await.unwrap();
        // {"alg":"none"}.{"exp":1800000000}.
        let token = "eyJhbGciOiJub25lIn0.eyJleHAiOjE4MDAwMDAwMDB9.";
        for _ in 0..2 {
            let token = Secret::new(token.to_owned());
            files.write(&dev, &token).await.unwrap();
        }
        let path = files.path(&dev);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), token);
        #[cfg(unix)]
        for (path, mode) in [(path.as_path(), 0o600), (path.parent().unwrap(), 0o700)] {
            use std::os::unix::fs::PermissionsExt as _;
            let found = path.metadata().unwrap().permissions().mode();
            assert_eq!(found & 0o777, mode, "{}", path.display());
        }
        let reading = files.read(&dev).await.unwrap().unwrap();
        assert_eq!(reading.expires_at().unwrap().as_second(), 1_800_000_000);
        // A write that was killed leaves its temporary file behind.
        let killed = path.with_file_name(".dev.jwt.poolkey-tmp-x1y2z3");
        std::fs::write(&killed, token).unwrap();
        for _ in 0..2 {
            files.remove(&dev).await.unwrap();
            assert!(!path.exists() && !killed.exists());
            std::fs::write(&killed, token).unwrap();
        }
    }
}
