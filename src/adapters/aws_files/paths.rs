//! Where the two AWS files are.
//!
//! Deliberately absent: reading the environment. The caller hands it in, so tests need not change
//! their process's.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::section::AwsFile;
use crate::domain::{FileSetting, Settings};

/// The paths of the two files, as given: links are followed only when a file is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsPaths {
    /// `~/.aws/credentials`
    pub credentials: PathBuf,
    /// `~/.aws/config`
    pub config: PathBuf,
}

impl AwsPaths {
    /// The paths every SDK uses: those of `AWS_SHARED_CREDENTIALS_FILE` and `AWS_CONFIG_FILE`, or
    /// the files in `home`. A relative path is that of a file in the folder this process
    /// is in; changes can be taken back from any other.
    pub fn from_env(get_env: impl Fn(&str) -> Option<OsString>, home: &Path) -> Self {
        Self::decided(get_env, &Settings::default(), home)
    }

    /// The same, with the settings' paths where the environment names none.
    pub fn decided(
        get_env: impl Fn(&str) -> Option<OsString>,
        settings: &Settings,
        home: &Path,
    ) -> Self {
        let path = |setting: FileSetting, name: &str| {
            let named = get_env(setting.variable()).filter(|value| !value.is_empty());
            let set = || settings.file(setting).cloned();
            match named.map(PathBuf::from).or_else(set) {
                Some(path) => {
                    let path = expanded(&path, home);
                    std::path::absolute(&path).unwrap_or(path)
                }
                None => home.join(".aws").join(name),
            }
        };
        Self {
            credentials: path(FileSetting::AwsCredentials, "credentials"),
            config: path(FileSetting::AwsConfig, "config"),
        }
    }

    /// The path of one of them.
    #[must_use]
    pub fn of(&self, file: AwsFile) -> &Path {
        match file {
            AwsFile::Credentials => &self.credentials,
            AwsFile::Config => &self.config,
        }
    }
}

/// `~` and `~/…` only; another user's home is nothing the SDKs agree on.
pub(in crate::adapters) fn expanded(path: &Path, home: &Path) -> PathBuf {
    match path.strip_prefix("~") {
        Ok(rest) if rest.as_os_str().is_empty() => home.to_path_buf(),
        Ok(rest) => home.join(rest),
        Err(_) => path.to_path_buf(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{AwsPaths, Settings};

    #[test]
    fn environment_before_home() {
        let home = Path::new("/home/ana");
        let paths = AwsPaths::from_env(|_| None, home);
        assert_eq!(paths.credentials, Path::new("/home/ana/.aws/credentials"));
        let paths = AwsPaths::from_env(
            |name| match name {
                "AWS_SHARED_CREDENTIALS_FILE" => Some("~/keys/c".into()),
                "AWS_CONFIG_FILE" => Some("/etc/~/config".into()),
                _ => None,
            },
            home,
        );
        let absolute = |path: &str| std::path::absolute(path).expect("a path");
        assert_eq!(paths.credentials, absolute("/home/ana/keys/c"));
        assert_eq!(paths.config, absolute("/etc/~/config"));
        let paths = AwsPaths::from_env(|_| Some("aws/config".into()), home);
        let here = std::env::current_dir().expect("a folder");
        assert_eq!(paths.config, here.join("aws/config"));
        let settings = Settings {
            aws_config_file: Some("~/other/config".into()),
            ..Settings::default()
        };
        let paths = AwsPaths::decided(|_| None, &settings, home);
        assert_eq!(paths.config, absolute("/home/ana/other/config"));
        assert_eq!(paths.credentials, Path::new("/home/ana/.aws/credentials"));
        let paths = AwsPaths::decided(|_| Some("/e".into()), &settings, home);
        assert_eq!(paths.config, absolute("/e"));
        let paths = AwsPaths::from_env(|_| Some("".into()), home);
        assert_eq!(paths.config, Path::new("/home/ana/.aws/config"));
    }
}
