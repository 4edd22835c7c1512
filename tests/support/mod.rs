//! A home of its own, the program in it, and a sandbox process.
#![allow(dead_code, reason = "each test program uses a part")]

pub mod answering;
mod sandbox;
pub mod web;

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

#[allow(unused_imports, reason = "each test program uses a part")]
pub use self::answering::Answering;
#[allow(unused_imports, reason = "each test program uses a part")]
pub use self::sandbox::Spawned;

pub const POOLKEY: &str = env!("CARGO_BIN_EXE_poolkey");

/// A temporary home with a passphrase file.
pub struct Home {
    folder: tempfile::TempDir,
    inside: PathBuf,
    environment: Vec<(String, String)>,
}

impl Home {
    pub fn new() -> Self {
        Self::named("home")
    }

    /// A home whose own name is part of the test.
    pub fn named(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join(name);
        std::fs::create_dir(&inside).unwrap();
        std::fs::write(inside.join("passphrase"), "open sesame\n").unwrap();
        Self {
            folder,
            inside,
            environment: Vec::new(),
        }
    }

    /// Sets a variable for every run.
    pub fn set(&mut self, name: &str, value: impl Into<String>) -> &mut Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.inside.join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// A command in this home: no variable of the caller's but these.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", &self.inside)
            .env("POOLKEY_SECRET_STORE", "file")
            .env("POOLKEY_PASSPHRASE_FILE", self.path("passphrase"))
            // Tests change the store behind the program's back.
            .env("POOLKEY_SESSION_CACHE", "off")
            .envs(self.environment.iter().cloned())
            .current_dir(&self.inside)
            .stdin(Stdio::null());
        command
    }

    pub fn poolkey(&self, arguments: &[&str]) -> Ran {
        let mut command = self.command(POOLKEY);
        command.args(arguments);
        Ran::of(&mut command)
    }

    /// As `poolkey`, with standard input.
    pub fn poolkey_reads(&self, input: impl AsRef<[u8]>, arguments: &[&str]) -> Ran {
        let mut child = self
            .command(POOLKEY)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that does not read its input is no failure of the pipe.
        let _written = child.stdin.take().unwrap().write_all(input.as_ref());
        Ran::from(child.wait_with_output().unwrap())
    }

    /// `sh -c`, with the program as `$POOLKEY`.
    pub fn shell(&self, script: &str) -> Ran {
        let mut command = self.command("bash");
        command.args(["-c", script]).env("POOLKEY", POOLKEY);
        Ran::of(&mut command)
    }

    /// Every file under the home with its bytes, lock files left out.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        walk(&self.inside, &mut found);
        found.sort();
        found
    }

    /// Adds a profile for the sandbox's public client.
    pub fn add(&self, name: &str, username: &str, sandbox: &Spawned) {
        let ran = self.poolkey(&[&add(name, sandbox)[..], &["--username", username]].concat());
        ran.ok();
    }
}

/// `profile add NAME` with all that is needed.
pub fn add<'a>(name: &'a str, sandbox: &'a Spawned) -> Vec<&'a str> {
    vec![
        "profile",
        "add",
        name,
        "--user-pool-id",
        sandbox.text("/user_pool_id"),
        "--client-id",
        sandbox.text("/clients/0/client_id"),
        "--identity-pool-id",
        sandbox.text("/identity_pool_id"),
        "--endpoint-url",
        sandbox.text("/endpoint"),
    ]
}

fn walk(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            walk(&path, found);
        } else if path.is_file() && !name.ends_with(".poolkey-lock") {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
}

/// What a run said and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<std::process::Output> for Ran {
    fn from(output: std::process::Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    pub fn of(command: &mut Command) -> Self {
        Self::from(command.output().unwrap())
    }

    /// It went well.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }

    /// It failed as promised: this code, `error:` first, and a `hint:`; nothing on standard output.
    #[track_caller]
    pub fn fails(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(self.err.starts_with("error: "), "{self:?}");
        assert!(
            self.err.lines().any(|line| line.starts_with("hint: ")),
            "{self:?}"
        );
        assert_eq!(self.out, "", "{self:?}");
        self
    }

    /// Standard error has this text.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.err.contains(text), "{text:?} in {self:?}");
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// A home where `dev` is signed in as `ana`.
pub fn signed_in(sandbox: &Spawned) -> Home {
    let home = Home::new();
    home.add("dev", "ana", sandbox);
    home.poolkey_reads(sandbox.password(0), &["sign-in", "dev", "--password-stdin"])
        .ok();
    home
}
