//! A home of its own for each test: Poolkey and other programs run in it with a cleared environment.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::process::{Done, finish};

/// A home folder and the environment of everything started in it.
pub struct TestEnv {
    folder: TempDir,
    variables: Vec<(String, String)>,
    store: &'static str,
}

impl TestEnv {
    /// An empty home; secrets go to `store`.
    pub fn new(store: &'static str) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("poolkey-real-")
            .tempdir()
            .unwrap();
        let mut env = Self {
            folder,
            variables: Vec::new(),
            store,
        };
        let run = env.path("run");
        std::fs::create_dir(&run).unwrap();
        std::fs::set_permissions(&run, std::fs::Permissions::from_mode(0o700)).unwrap();
        for (name, value) in [
            ("HOME", env.folder.path().to_owned()),
            ("XDG_RUNTIME_DIR", run),
            ("AWS_SHARED_CREDENTIALS_FILE", env.path("aws/credentials")),
            ("AWS_CONFIG_FILE", env.path("aws/config")),
        ] {
            env.set(name, &value.display().to_string());
        }
        env.set("PATH", &std::env::var("PATH").unwrap());
        env.set("LANG", "C.UTF-8");
        // Tests change the store behind the program's back.
        env.set("POOLKEY_SESSION_CACHE", "off");
        // The scripts in tests/tools import each other.
        env.set("PYTHONDONTWRITEBYTECODE", "1");
        env
    }

    /// With the encrypted file and its passphrase.
    pub fn with_file_store() -> Self {
        let mut env = Self::new("file");
        env.set_passphrase("correct horse battery");
        env
    }

    pub fn set_passphrase(&mut self, passphrase: &str) {
        let path = self.path("passphrase");
        std::fs::write(&path, passphrase).unwrap();
        self.set("POOLKEY_PASSPHRASE_FILE", &path.display().to_string());
    }

    /// A path in the home.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Sets a variable for all programs started from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    /// A program in this environment.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .current_dir(self.folder.path());
        command
    }

    /// Poolkey with this home's folders; `arguments` are split at spaces.
    pub fn poolkey(&self, arguments: &str, stdin: &str) -> Done {
        let mut command = self.poolkey_at(Path::new(env!("CARGO_BIN_EXE_poolkey")));
        command.args(arguments.split(' '));
        finish(command, stdin)
    }

    /// Poolkey started from another place.
    pub fn poolkey_at(&self, program: &Path) -> Command {
        let mut command = self.command(program);
        command
            .arg("--config-dir")
            .arg(self.path("config"))
            .arg("--state-dir")
            .arg(self.path("state"))
            .args(["--secret-store", self.store]);
        command
    }

    /// Another program to its end.
    pub fn run(&self, program: impl AsRef<OsStr>, arguments: &[&str], stdin: &str) -> Done {
        let mut command = self.command(program);
        command.args(arguments);
        finish(command, stdin)
    }

    /// Every file of the home whose bytes hold `text`.
    pub fn files_with(&self, text: &str) -> Vec<PathBuf> {
        assert!(!text.is_empty());
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let kind = entry.file_type().unwrap();
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() && holds(&entry.path(), text) {
                    found.push(entry.path());
                }
            }
        }
        found
    }
}

fn holds(path: &Path, text: &str) -> bool {
    let bytes = std::fs::read(path).unwrap();
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

/// A file below `target/test-tools/`; panics when it is not installed.
pub fn tool(name: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let path = target.join("test-tools").join(name);
    assert!(
        path.exists(),
        "{} is missing. Run ./tests/run: it installs it.",
        path.display()
    );
    path
}

/// A script of `tests/tools/`.
pub fn script(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools");
    folder.join(name).display().to_string()
}
