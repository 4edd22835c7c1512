//! A home of its own for each test: Poolkey and other programs run in it with a cleared
//! environment, and none may take longer than [`DEADLINE`].

use std::ffi::OsStr;
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// Longer than anything here takes on a busy machine.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// How often something is looked at again.
const PAUSE: Duration = Duration::from_millis(20);

/// What a program did.
#[derive(Debug)]
pub struct Done {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Done {
    /// Panics with everything said unless the exit code is `status`.
    #[track_caller]
    pub fn expect(self, status: i32) -> Self {
        let Self { stdout, stderr, .. } = &self;
        assert_eq!(self.status, status, "exit code\n{stdout}\n{stderr}");
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error} in {:?}\n{}", self.stdout, self.stderr))
    }

    /// Standard error has all of these.
    #[track_caller]
    pub fn says(&self, texts: &[&str]) {
        for text in texts {
            assert!(
                self.stderr.contains(text),
                "no {text:?} in\n{}",
                self.stderr
            );
        }
    }
}

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

/// Runs a command to its end, with the deadline.
pub fn finish(mut command: Command, stdin: &str) -> Done {
    let mut streams = [(); 3].map(|()| tempfile::tempfile().unwrap());
    let [input, output, errors] = &mut streams;
    input.write_all(stdin.as_bytes()).unwrap();
    input.rewind().unwrap();
    let mut child = start(
        command
            .stdin(input.try_clone().unwrap())
            .stdout(output.try_clone().unwrap())
            .stderr(errors.try_clone().unwrap()),
    );
    let mut status = None;
    let ended = poll(DEADLINE, || {
        status = child.try_wait().unwrap();
        status.is_some()
    });
    if !ended {
        end(&mut child);
    }
    let mut text = |stream: usize| {
        let mut text = String::new();
        streams[stream].rewind().unwrap();
        streams[stream].read_to_string(&mut text).unwrap();
        text
    };
    let (stdout, stderr) = (text(1), text(2));
    let Some(status) = status else {
        panic!("{command:?} did not end\n{stdout}\n{stderr}")
    };
    Done {
        status: status.code().unwrap_or(-1),
        stdout,
        stderr,
    }
}

/// Starts a program, or says how to get it.
pub fn start(command: &mut Command) -> Child {
    command
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}. Run ./tests/run: it installs it."))
}

/// A program that waits for its input to end.
pub fn start_with_pipes(command: &mut Command) -> Child {
    start(command.stdin(Stdio::piped()).stdout(Stdio::piped()))
}

/// Ends a child and waits for it.
pub fn end(child: &mut Child) {
    let _ended_before = child.kill();
    let _reaped = child.wait();
}

/// Looks again and again until `is_so` or the time is over.
pub fn poll(time: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let started = Instant::now();
    loop {
        if is_so() {
            return true;
        }
        if started.elapsed() > time {
            return false;
        }
        std::thread::sleep(PAUSE);
    }
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
