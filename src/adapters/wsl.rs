//! The Windows home as WSL shows it, and how Windows calls back into this distribution.
//!
//! Everything is looked up in folders: `cmd.exe` and `wslpath` may hang or be absent. Deliberately
//! absent: drives that are no drives of Windows, and a choice among several people's homes.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::domain::{Problem, ProblemKind};

/// More people than this on one drive are not looked through.
const MOST_PEOPLE: usize = 200;

/// This distribution, seen from inside.
#[derive(Debug, Clone)]
pub struct Wsl {
    /// `/`, or a folder that stands for it.
    root: PathBuf,
    /// `WSL_DISTRO_NAME`.
    distribution: Option<String>,
    /// `USERPROFILE`, where `WSLENV` hands it over.
    user_profile: Option<OsString>,
}

impl Wsl {
    /// None outside WSL.
    #[must_use]
    pub fn find(root: &Path, get_env: impl Fn(&str) -> Option<OsString>) -> Option<Self> {
        let release = std::fs::read_to_string(root.join("proc/sys/kernel/osrelease")).ok()?;
        if !release.to_ascii_lowercase().contains("microsoft") {
            return None;
        }
        let distribution = get_env("WSL_DISTRO_NAME").and_then(|name| name.into_string().ok());
        Some(Self {
            root: root.to_owned(),
            distribution: distribution.filter(|name| !name.is_empty()),
            user_profile: get_env("USERPROFILE").filter(|path| !path.is_empty()),
        })
    }

    /// The Windows home: the one that the environment names, else the only one with AWS files.
    #[must_use]
    pub fn home(&self) -> Option<PathBuf> {
        let named = self
            .user_profile
            .as_ref()
            .and_then(|path| self.mounted(path));
        named.filter(|home| home.is_dir()).or_else(|| {
            let mut homes = self.homes();
            let only = homes.next()?;
            homes.next().is_none().then_some(only)
        })
    }

    /// The distribution's name, which `wsl.exe -d` takes.
    ///
    /// # Errors
    /// Where the environment does not tell it, as under `sudo`.
    pub fn distribution(&self) -> Result<&str, Problem> {
        self.distribution.as_deref().ok_or_else(|| {
            let sentence = "Windows cannot call this program: WSL_DISTRO_NAME is not set";
            Problem::new(ProblemKind::Usage, sentence)
                .hint("Run the command in a shell that wsl.exe opened, without sudo")
        })
    }

    /// `C:\Users\Ana` as this distribution sees it; other paths as they are.
    fn mounted(&self, path: &OsString) -> Option<PathBuf> {
        let text = path.to_str()?;
        let Some((drive, rest)) = text.split_once(":\\") else {
            return text.strip_prefix('/').map(|rest| self.root.join(rest));
        };
        let drive = drive.to_ascii_lowercase();
        let rest = rest.split('\\').collect::<PathBuf>();
        Some(self.root.join("mnt").join(drive).join(rest))
    }

    fn homes(&self) -> impl Iterator<Item = PathBuf> {
        let drives = ('a'..='z').map(|drive| self.root.join("mnt").join(drive.to_string()));
        let people = drives.filter_map(|drive| std::fs::read_dir(drive.join("Users")).ok());
        let people = people.flat_map(|people| people.take(MOST_PEOPLE)).flatten();
        people
            .map(|person| person.path())
            .filter(|home| home.join(".aws").is_dir())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    fn system(release: &str, homes: &[&str]) -> TempDir {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("proc/sys/kernel");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("osrelease"), release).unwrap();
        for home in homes {
            fs::create_dir_all(root.path().join(home)).unwrap();
        }
        root
    }

    fn wsl(root: &TempDir, user_profile: &str) -> Option<Wsl> {
        Wsl::find(root.path(), |name| match name {
            "WSL_DISTRO_NAME" => Some("Debian".into()),
            "USERPROFILE" => Some(user_profile.into()),
            _ => None,
        })
    }

    #[test]
    fn only_inside_wsl() {
        for (release, is_wsl) in [
            ("6.1.0-18-amd64\n", false),
            ("4.4.0-19041-Microsoft\n", true),
            ("5.15.153.1-microsoft-standard-WSL2\n", true),
        ] {
            assert_eq!(
                wsl(&system(release, &[]), "").is_some(),
                is_wsl,
                "{release}"
            );
        }
    }

    #[test]
    fn the_home_that_is_named_or_the_only_one_with_aws_files() {
        let release = "5.15-microsoft-standard-WSL2";
        let both = [
            "mnt/c/Users/Ana/.aws",
            "mnt/d/Users/Tom/.aws",
            "mnt/c/Users/Public",
        ];
        let root = system(release, &both);
        let at = |path: &str| Some(root.path().join(path));
        for named in ["C:\\Users\\Ana", "/mnt/c/Users/Ana"] {
            assert_eq!(
                wsl(&root, named).unwrap().home(),
                at("mnt/c/Users/Ana"),
                "{named}"
            );
        }
        assert_eq!(wsl(&root, "").unwrap().home(), None, "whose is not known");
        assert_eq!(wsl(&root, "C:\\Users\\Gone").unwrap().home(), None);
        let root = system(release, &both[..1]);
        let home = root.path().join("mnt/c/Users/Ana");
        assert_eq!(wsl(&root, "").unwrap().home(), Some(home));
        assert_eq!(wsl(&root, "").unwrap().distribution(), Ok("Debian"));
    }
}
