//! Where a later start calls the window that is there.
//!
//! Deliberately absent: the call itself, which is `adapters::second_start`'s.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{Context, SHA256};
use data_encoding::HEXLOWER;

use super::Places;

/// So much of the hash is in the name.
const BYTES: usize = 8;

/// The folder where a window is called: only one that would show the same profiles, with the same
/// secrets and AWS files, to the same eyes. However a place is spelled, and for every release alike.
#[must_use]
pub fn calls_of(places: &Places, displays: &[Option<OsString>]) -> PathBuf {
    let paths = [
        Some(&places.config_dir),
        Some(&places.state_dir),
        Some(&places.aws.credentials),
        Some(&places.aws.config),
        places.passphrase_file.as_ref(),
    ];
    let paths = paths.map(|path| path.map(|path| settled(path).into_os_string()));
    let store = places.overrides().store.map(|store| store.value.into());
    let mut same = Context::new(&SHA256);
    for part in paths.iter().chain([&store]).chain(displays) {
        // Neither runs into the next one.
        let bytes = part.as_ref().map(|part| part.as_encoded_bytes());
        let length = bytes.map_or(u64::MAX, |bytes| bytes.len() as u64);
        same.update(&length.to_le_bytes());
        same.update(bytes.unwrap_or_default());
    }
    let hash = same.finish();
    let name = hash.as_ref().get(..BYTES).unwrap_or_default();
    places.state_dir.join("windows").join(HEXLOWER.encode(name))
}

/// Absolute and without links, as far as it is there: the folder may be made later.
fn settled(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let real = absolute.ancestors().find_map(|folder| {
        let rest = absolute.strip_prefix(folder).ok()?;
        Some(folder.canonicalize().ok()?.join(rest))
    });
    // Without a slash at the end.
    real.unwrap_or(absolute).components().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_same_however_it_is_spelled_and_another_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let displays = [Some(":0".into()), None];
        let name_of = |places: &Places, displays: &[Option<OsString>]| {
            let calls = calls_of(places, displays);
            calls.file_name().unwrap().to_owned()
        };
        let places = Places::inside(folder.path());
        let name = name_of(&places, &displays);
        assert_eq!(name.len(), 2 * BYTES);
        let mut spelled = places.clone();
        spelled.config_dir = folder.path().join("./config/");
        assert_eq!(name_of(&spelled, &displays), name);
        #[cfg(unix)]
        {
            let link = folder.path().join("link");
            std::os::unix::fs::symlink(folder.path(), &link).unwrap();
            spelled.config_dir = link.join("config");
            assert_eq!(name_of(&spelled, &displays), name);
        }
        std::fs::create_dir_all(&places.config_dir).unwrap();
        assert_eq!(name_of(&spelled, &displays), name, "once it is there, too");
        let mut others = [places.clone(), places.clone(), places.clone()];
        others[0].config_dir = folder.path().join("other");
        others[1].aws.config = folder.path().join("other");
        others[2].passphrase_file = Some(folder.path().join("other"));
        for other in &others {
            assert_ne!(name_of(other, &displays), name);
        }
        assert_ne!(name_of(&places, &[None, Some(":0".into())]), name);
    }
}
