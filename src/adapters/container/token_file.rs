//! The token that opens the endpoint, in a file that only its owner can read.
//!
//! `poolkey-PORT-RANDOM`, without an end of line: SDKs send the text of the file as the
//! `Authorization` header, and an end of line makes that invalid. 256 random bits, new with each
//! start. Who asks by hand may write `Bearer` before it. The port says whose a file is: two
//! endpoints never listen on one port, so a file whose port is free was left by one that was killed.
//! Deliberately absent: taking a file from somebody else.

use std::fs;
use std::io::{self, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use data_encoding::BASE64URL_NOPAD;

use super::super::safe_file::create_private;
use super::TokenPlace;
use crate::crypto::random;
use crate::domain::{Problem, ProblemKind, Secret};

/// What every token begins with.
const MARK: &str = "poolkey-";
/// 32 bytes in base64url.
const RANDOM_CHARS: usize = 43;
/// Nothing of ours is longer.
const MOST_BYTES: u64 = 128;

/// A token and its file. Dropped, it takes the file along: nobody may have waited for the endpoint.
pub(super) struct TokenFile {
    path: PathBuf,
    token: Secret,
}

impl TokenFile {
    /// Makes a token for the endpoint that has the port now, and writes it.
    pub(super) fn create(place: &TokenPlace, port: u16) -> Result<Self, Problem> {
        let (path, folder) = match place {
            TokenPlace::Folder(folder) => {
                sweep(folder);
                (folder.join(format!("{port}.token")), folder.clone())
            }
            TokenPlace::File(path) => {
                check(path, port)?;
                let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
                (path.clone(), folder.unwrap_or(Path::new(".")).to_owned())
            }
        };
        let path = std::path::absolute(&path).map_err(|error| unwritable(&path, &error))?;
        let random = random::bytes::<32>().ok_or_else(|| {
            Problem::new(
                ProblemKind::Unexpected,
                "The system gives no random numbers",
            )
        })?;
        let random = BASE64URL_NOPAD.encode(random.as_slice());
        let token = Secret::new(format!("{MARK}{port}-{random}"));
        put(&folder, &path, port, &token).map_err(|error| unwritable(&path, &error))?;
        Ok(Self { path, token })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the same time for every token that is not ours.
    pub(super) fn opens(&self, authorization: &[u8]) -> bool {
        let given = authorization.strip_prefix(b"Bearer ");
        let given = given.unwrap_or(authorization);
        verify_slices_are_equal(given, self.token.expose().as_bytes()).is_ok()
    }

    /// Another endpoint's file that is there by now stays.
    pub(super) fn remove(&self) {
        let found = fs::read_to_string(&self.path).map(Secret::new);
        if found.is_ok_and(|found| found.is_same(&self.token)) {
            let _gone = fs::remove_file(&self.path);
        }
    }
}

impl Drop for TokenFile {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Private from its first byte, and whole under its name.
fn put(folder: &Path, path: &Path, port: u16, token: &Secret) -> io::Result<()> {
    if !folder.exists() {
        create_private(folder)?;
    }
    let mut file = tempfile::Builder::new()
        .prefix(&format!(".{port}."))
        .tempfile_in(folder)?;
    file.write_all(token.expose().as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// Removes what is named by ports that are free. Nobody gets such a port while it is looked at.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let port = name.trim_start_matches('.').split('.').next();
        let port = port.and_then(|port| port.parse().ok());
        if let Some(_held) = port.and_then(free) {
            let _gone = fs::remove_file(entry.path());
        }
    }
}

/// Holds the port where nobody has it.
fn free(port: u16) -> Option<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()
}

/// Whether a file that is there may be written over.
fn check(path: &Path, port: u16) -> Result<(), Problem> {
    let meta = match fs::symlink_metadata(path) {
        Ok(meta) => meta,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unwritable(path, &error)),
    };
    if !meta.is_file() {
        return Err(refused(path, "is not a regular file"));
    }
    if !is_own(&meta) {
        return Err(refused(path, "belongs to somebody else"));
    }
    if meta.len() == 0 {
        return Ok(());
    }
    let text = match meta.len() {
        ..=MOST_BYTES => fs::read_to_string(path).unwrap_or_default(),
        _ => String::new(),
    };
    match port_of(&text) {
        None => Err(refused(
            path,
            "holds something else than an endpoint's token",
        )),
        Some(other) if other != port && free(other).is_none() => {
            Err(refused(path, "is another endpoint's, which is running"))
        }
        Some(_) => Ok(()),
    }
}

/// The port of a token of ours.
fn port_of(text: &str) -> Option<u16> {
    let (port, random) = text.strip_prefix(MARK)?.split_once('-')?;
    let is_ours = random.len() == RANDOM_CHARS;
    is_ours.then(|| port.parse().ok()).flatten()
}

#[cfg(unix)]
fn is_own(meta: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    meta.uid() == rustix::process::geteuid().as_raw()
}

/// Windows asks the file's own rules when it is written over.
#[cfg(not(unix))]
fn is_own(_meta: &fs::Metadata) -> bool {
    true
}

fn refused(path: &Path, why: &str) -> Problem {
    Problem::new(ProblemKind::File, format!("{} {why}", path.display()))
        .hint("Name a file that is not there yet, or leave the option out.")
}

fn unwritable(path: &Path, error: &io::Error) -> Problem {
    let sentence = format!("{} cannot be written: {error}", path.display());
    Problem::new(ProblemKind::File, sentence)
        .hint("Check that its folder may be written to, or name another file.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_folder(folder: &Path, port: u16) -> TokenFile {
        TokenFile::create(&TokenPlace::Folder(folder.to_owned()), port).unwrap()
    }

    #[test]
    fn the_token_is_random_private_and_a_header() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("endpoints");
        let first = in_folder(&folder, 1);
        let text = fs::read_to_string(first.path()).unwrap();
        assert!(text.starts_with("poolkey-1-") && text.len() == 10 + RANDOM_CHARS);
        assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text}");
        #[cfg(unix)]
        for (path, mode) in [(first.path(), 0o600), (folder.as_path(), 0o700)] {
            use std::os::unix::fs::PermissionsExt as _;
            let found = path.metadata().unwrap().permissions().mode();
            assert_eq!(found & 0o777, mode, "{}", path.display());
        }
        assert!(first.opens(text.as_bytes()));
        assert!(first.opens(format!("Bearer {text}").as_bytes()));
        for wrong in [
            "",
            "Bearer ",
            &text[1..],
            &format!("{text}x"),
            &text.to_lowercase(),
        ] {
            assert!(!first.opens(wrong.as_bytes()), "{wrong}");
        }
        let second = in_folder(&folder, 1);
        assert!(!second.opens(text.as_bytes()));
        // Not its own any more.
        first.remove();
        assert!(second.path().exists());
        // Nobody waited for the endpoint that it was made for.
        let path = second.path().to_owned();
        drop(second);
        assert!(!path.exists());
    }

    #[test]
    fn what_was_left_is_swept_and_what_is_used_stays() {
        let home = tempfile::tempdir().unwrap();
        let running = free(0).unwrap();
        let port = running.local_addr().unwrap().port();
        let used = in_folder(home.path(), port);
        let left = free(0).unwrap().local_addr().unwrap().port();
        let names = [format!("{left}.token"), format!(".{left}.abc")];
        for name in &names {
            fs::write(home.path().join(name), "x").unwrap();
        }
        fs::write(home.path().join("notes.txt"), "x").unwrap();
        in_folder(home.path(), 1).remove();
        for name in names {
            assert!(!home.path().join(&name).exists(), "{name}");
        }
        assert!(used.path().exists());
        assert!(home.path().join("notes.txt").exists());
    }

    #[test]
    fn a_file_of_somebody_else_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("token");
        let create = |path: &Path, port| {
            TokenFile::create(&TokenPlace::File(path.to_owned()), port)
                .map_err(|problem| problem.sentence)
        };
        let why = |path: &Path, port| create(path, port).err().unwrap();
        assert!(why(home.path(), 1).contains("not a regular file"));
        fs::write(&path, "PRIVATE KEY").unwrap();
        assert!(why(&path, 1).contains("something else"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "PRIVATE KEY");
        fs::write(&path, "").unwrap();
        let _left = create(&path, 1).unwrap();
        // Port 1 is free again: that endpoint is no more.
        let running = free(0).unwrap();
        let _used = create(&path, running.local_addr().unwrap().port()).unwrap();
        assert!(why(&path, 1).contains("running"));
        #[cfg(unix)]
        {
            let link = home.path().join("link");
            std::os::unix::fs::symlink(home.path().join("elsewhere"), &link).unwrap();
            assert!(why(&link, 1).contains("not a regular file"));
            if rustix::process::geteuid().is_root() {
                let other = home.path().join("other");
                fs::write(&other, "").unwrap();
                std::os::unix::fs::chown(&other, Some(12_345), None).unwrap();
                assert!(why(&other, 1).contains("somebody else"));
            }
        }
    }
}
