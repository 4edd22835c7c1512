//! Runs a command of the configuration for what it prints, bounded in time and size.
//!
//! The token is on its standard output only. Deliberately absent: input for it (standard input is
//! closed), and showing what it prints, beyond the first line of its errors when it fails.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::{Child, Command};
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::MOST_BYTES;
use crate::domain::{AwsSaid, Problem, ProblemKind};

/// How long, and how much.
pub(super) struct Limits {
    pub(super) time: Duration,
    pub(super) bytes: usize,
}

pub(super) const LIMITS: Limits = Limits {
    time: Duration::from_secs(30),
    bytes: MOST_BYTES,
};

/// Of the errors, only the beginning is read for a person.
const ERROR_BYTES: usize = 4 * 1024;

/// What the command prints, at most one byte more than is taken.
pub(super) async fn run(command: &str, limits: &Limits) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let mut running = Running::start(command)?;
    let out = running.child.stdout.take();
    let err = running.child.stderr.take();
    let ended = async {
        let (out, err) = tokio::join!(
            read(out, limits.bytes + 1),
            read_and_drain(err, ERROR_BYTES)
        );
        // Who prints too much may never end.
        if out.len() > limits.bytes {
            return Ok((out, err, None));
        }
        let status = running.child.wait().await;
        status.map(|status| (out, err, Some(status)))
    };
    let (out, err, status) = match timeout(limits.time, ended).await {
        Ok(Ok(ended)) => ended,
        Ok(Err(error)) => return Err(not_run(&error)),
        Err(_) => return Err(too_slow(limits.time)),
    };
    match status {
        Some(status) => {
            running.is_over = true;
            if status.success() {
                Ok(out)
            } else {
                Err(failed(status, &err))
            }
        }
        None => Ok(out),
    }
}

/// Ends with all it started, unless it ended by itself.
struct Running {
    child: Child,
    is_over: bool,
}

impl Running {
    fn start(command: &str) -> Result<Self, Problem> {
        let mut shell = shell(command);
        shell
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let child = shell.spawn().map_err(|error| not_run(&error))?;
        Ok(Self {
            child,
            is_over: false,
        })
    }
}

impl Drop for Running {
    /// Also when nobody waits any more.
    fn drop(&mut self) {
        if !self.is_over
            && let Some(id) = self.child.id()
        {
            end_group(id);
        }
    }
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("/bin/sh");
    // A group of its own, so that what it starts can be ended with it.
    shell.arg("-c").arg(command).process_group(0);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    /// `CREATE_NO_WINDOW`: no console flashes up in front of the window.
    const NO_WINDOW: u32 = 0x0800_0000;
    let mut shell = Command::new("cmd");
    // As it stands: `cmd` has rules of its own for quotes.
    shell.arg("/C").raw_arg(command).creation_flags(NO_WINDOW);
    shell
}

#[cfg(unix)]
fn end_group(id: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let group = i32::try_from(id).ok().and_then(Pid::from_raw);
    if let Some(group) = group {
        // One that is gone by now needs no signal.
        let _gone = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(windows)]
fn end_group(id: u32) {
    let mut ending = std::process::Command::new("taskkill");
    ending.args(["/T", "/F", "/PID", &id.to_string()]);
    let _gone = ending.stdout(Stdio::null()).stderr(Stdio::null()).status();
}

async fn read(from: Option<impl AsyncRead + Unpin>, most: usize) -> Zeroizing<Vec<u8>> {
    // One buffer that is large enough: growing would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(most));
    if let Some(from) = from {
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        // What was read before a pipe broke is what there is.
        let _read = from.take(most).read_to_end(&mut bytes).await;
    }
    bytes
}

/// The rest is read too: a full pipe would hold the command up.
async fn read_and_drain(from: Option<impl AsyncRead + Unpin>, most: usize) -> Zeroizing<Vec<u8>> {
    let Some(mut from) = from else {
        return Zeroizing::default();
    };
    let bytes = read(Some(&mut from), most).await;
    let _drained = tokio::io::copy(&mut from, &mut tokio::io::sink()).await;
    bytes
}

fn not_run(error: &std::io::Error) -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        format!("The command could not be run: {error}"),
    )
}

fn too_slow(time: Duration) -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        format!("The command did not end within {} seconds", time.as_secs()),
    )
    .hint("It must not ask anything: nobody sees its questions.")
}

fn failed(status: ExitStatus, err: &[u8]) -> Problem {
    let how = match status.code() {
        Some(code) => format!("with exit status {code}"),
        None => "by a signal".to_owned(),
    };
    let text = String::from_utf8_lossy(err);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    // The one place that makes a foreign text fit to be shown.
    let said = line.map(|line| AwsSaid::new("", "", line).message);
    let sentence = match said {
        Some(said) => format!("The command ended {how}: {said}"),
        None => format!("The command ended {how}"),
    };
    Problem::new(ProblemKind::Unexpected, sentence)
        .hint("Run the command in a terminal to see why.")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const SHORT: Limits = Limits {
        time: Duration::from_millis(300),
        bytes: 10,
    };

    async fn ran(command: &str, limits: &Limits) -> Result<String, String> {
        match run(command, limits).await {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(problem) => Err(problem.sentence),
        }
    }

    #[tokio::test]
    async fn what_is_printed_or_why_not() {
        for (command, expected) in [
            ("echo a.b.c", Ok("a.b.c\n")),
            ("echo noise >&2; printf a", Ok("a")),
            ("cat; printf b", Ok("b")),
            (
                "echo secret; echo '\u{1b}[2Jno login' >&2; echo more >&2; exit 3",
                Err("The command ended with exit status 3:  [2Jno login"),
            ),
            ("kill -TERM $$", Err("The command ended by a signal")),
            ("exit 1", Err("The command ended with exit status 1")),
            ("head -c 200000 /dev/zero >&2; printf c", Ok("c")),
        ] {
            let expected = expected.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(ran(command, &LIMITS).await, expected, "{command}");
        }
    }

    #[tokio::test]
    async fn time_and_size_are_bounded() {
        let slow = ran("sleep 60", &SHORT).await.unwrap_err();
        assert!(slow.contains("did not end within"), "{slow}");
        let limits = Limits {
            time: LIMITS.time,
            ..SHORT
        };
        let much = ran("yes", &limits).await.unwrap();
        assert_eq!(much.len(), 11);
    }

    /// The shell's child, too: it holds the pipe and would go on.
    #[tokio::test]
    async fn what_it_started_ends_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pid");
        let command = format!("sleep 61 & echo $! > '{}'; wait", file.display());
        assert!(ran(&command, &SHORT).await.is_err());
        let id = std::fs::read_to_string(&file).unwrap();
        let id = rustix::process::Pid::from_raw(id.trim().parse().unwrap()).unwrap();
        let gone = async {
            // Its parent is gone: the system collects it, or leaves a zombie that runs no more.
            while rustix::process::test_kill_process(id).is_ok() && !is_zombie(id) {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(10), gone).await.unwrap();
    }

    fn is_zombie(id: rustix::process::Pid) -> bool {
        let stat = format!("/proc/{}/stat", id.as_raw_nonzero());
        std::fs::read_to_string(stat).is_ok_and(|stat| stat.contains(") Z "))
    }
}
