//! Where this program will still be after its next upgrade.
//!
//! The operating system tells the file that runs. Package managers put each version into a folder of
//! its own and a link to it on `PATH` (Homebrew, Nix): what others are to call is the link.
//! Deliberately absent: any other file than the one that runs.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// This program, by the name it was called.
pub(super) fn this() -> Result<PathBuf, String> {
    let file = std::env::current_exe().map_err(|error| error.to_string())?;
    Ok(lasting(
        file,
        std::env::args_os().next(),
        std::env::var_os("PATH"),
    ))
}

/// `called` where that is an absolute path, else what `PATH` has of its name; only where it leads to
/// `file`.
fn lasting(file: PathBuf, called: Option<OsString>, path: Option<OsString>) -> PathBuf {
    let real = file.canonicalize().unwrap_or_else(|_| file.clone());
    let called = called.map(PathBuf::from).unwrap_or_default();
    let folders = path.unwrap_or_default();
    let name = called.file_name().map(OsStr::to_owned).unwrap_or_default();
    let on_path = std::env::split_paths(&folders).map(|folder| folder.join(&name));
    let leads_here = |link: &PathBuf| {
        link.is_absolute() && Path::canonicalize(link).is_ok_and(|found| found == real)
    };
    std::iter::once(called.clone())
        .chain(on_path)
        .find(leads_here)
        .unwrap_or(file)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn the_link_that_was_called_outlives_the_version_it_leads_to() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        let (file, bin) = (root.join("1.0/poolkey"), root.join("bin"));
        for folder in [&root.join("1.0"), &bin] {
            std::fs::create_dir(folder).unwrap();
        }
        for other in [&file, &root.join("poolkey")] {
            std::fs::write(other, "").unwrap();
        }
        let link = bin.join("poolkey");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        for (called, path, found) in [
            (link.to_str().unwrap(), "", &link),
            ("poolkey", bin.to_str().unwrap(), &link),
            ("./poolkey", bin.to_str().unwrap(), &link),
            ("poolkey", "", &file),
            ("poolkey", root.to_str().unwrap(), &file),
            ("/gone/poolkey", "", &file),
            ("", bin.to_str().unwrap(), &file),
        ] {
            let lasting = lasting(file.clone(), Some(called.into()), Some(path.into()));
            assert_eq!(&lasting, found, "{called} {path}");
        }
    }
}
