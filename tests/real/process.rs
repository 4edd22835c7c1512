//! Other programs: run to their end within [`DEADLINE`], or started and ended.

use std::io::{Read as _, Seek as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Longer than anything here takes on a busy machine.
pub const DEADLINE: Duration = Duration::from_mins(1);

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
