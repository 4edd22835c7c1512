//! A terminal window whose shell has a profile's credentials.
//!
//! Nothing secret is on a command line, which everybody on the machine can read, or in a file. The
//! terminal runs `poolkey exec`, which reads the secret store: that also holds where the window is
//! opened by a server of its own, which has its own environment. Only where the store is the memory
//! of this process do the credentials go into the terminal's environment, and then only into one
//! that opens its window itself. Deliberately absent: waiting for it to end, but for its remains.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use async_trait::async_trait;

use super::hand_over::set_environment;
use crate::domain::{Problem, ProblemKind, ProfileName, Region, Session};
use crate::ops::ports::Terminal;

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "terminal/emulators.rs"]
mod here;
#[cfg(target_os = "macos")]
#[path = "terminal/macos.rs"]
mod here;
#[cfg(windows)]
#[path = "terminal/windows.rs"]
mod here;

#[cfg(test)]
#[cfg(all(unix, not(target_os = "macos")))]
mod tests;

/// How the credentials come into the shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Another process of Poolkey reads the secret store.
    Store,
    /// The terminal inherits them.
    Environment,
}

/// What the environment says about terminals.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    /// `PATH`.
    pub path: Option<OsString>,
    /// `TERMINAL`: the program that somebody prefers.
    pub terminal: Option<OsString>,
    /// `SHELL`.
    pub shell: Option<OsString>,
    /// Where the shell begins.
    pub home: Option<PathBuf>,
}

impl Desk {
    fn of_this_process() -> Self {
        let var = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        Self {
            path: var("PATH"),
            terminal: var("TERMINAL"),
            shell: var("SHELL"),
            home: std::env::home_dir().filter(|home| home.is_dir()),
        }
    }
}

/// The terminals of this machine.
pub struct SystemTerminal {
    /// Poolkey, or why it does not know where it is.
    program: Result<PathBuf, String>,
    options: Vec<String>,
    way: Way,
    desk: Desk,
}

impl SystemTerminal {
    /// `options` make `program` find the same configuration.
    #[must_use]
    pub fn new(program: Result<PathBuf, String>, options: Vec<String>, way: Way) -> Self {
        Self {
            program,
            options,
            way,
            desk: Desk::of_this_process(),
        }
    }

    /// The same where other programs are found.
    #[must_use]
    pub fn at(mut self, desk: Desk) -> Self {
        self.desk = desk;
        self
    }

    /// What the terminal runs.
    fn line(&self, profile: &ProfileName, region: &Region) -> Result<Vec<OsString>, Problem> {
        let shell = here::shell(&self.desk);
        if self.way == Way::Environment {
            return Ok(shell);
        }
        let program = self.program.as_ref().map_err(|why| {
            let sentence = format!("Poolkey does not know where it is installed: {why}");
            Problem::new(ProblemKind::Unexpected, sentence)
        })?;
        let mut line = vec![program.clone().into_os_string()];
        line.extend(self.options.iter().map(OsString::from));
        let exec = ["exec", profile.as_str(), "--region", region.as_str(), "--"];
        line.extend(exec.map(OsString::from));
        line.extend(shell);
        Ok(line)
    }
}

#[async_trait]
impl Terminal for SystemTerminal {
    async fn open(
        &self,
        profile: &ProfileName,
        session: &Session,
        region: &Region,
    ) -> Result<(), Problem> {
        let line = self.line(profile, region)?;
        for mut command in here::commands(&self.desk, &line, self.way)? {
            if self.way == Way::Environment {
                set_environment(&mut command, profile, session, region);
            }
            if let Some(home) = &self.desk.home {
                command.current_dir(home);
            }
            if start(command).is_ok() {
                return Ok(());
            }
        }
        Err(none(profile, self.way))
    }
}

/// Starts it apart from this program, so that neither ends the other.
fn start(mut command: Command) -> std::io::Result<()> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    let reap = move || {
        let _ended = child.wait();
    };
    std::thread::Builder::new()
        .name("terminal".to_owned())
        .spawn(reap)
        .map(drop)
}

fn none(profile: &ProfileName, way: Way) -> Problem {
    match way {
        Way::Store => Problem::new(ProblemKind::Unexpected, "No terminal program was found")
            .hint("Name one in the variable TERMINAL.")
            .hint(format!(
                "Or run in a terminal of yours: poolkey exec {profile} -- bash"
            )),
        Way::Environment => Problem::new(
            ProblemKind::Unexpected,
            "No terminal was found that takes credentials from this program's memory",
        )
        .hint("Here the secrets are kept in memory only. Install xterm, or keep them in a store."),
    }
}
