//! Other programs: run to their end within [`DEADLINE`], or started and ended.

use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::os::unix::fs::FileExt as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Longer than anything here takes on a busy machine.
pub const DEADLINE: Duration = Duration::from_mins(2);

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
    let mut input = tempfile::tempfile().unwrap();
    input.write_all(stdin.as_bytes()).unwrap();
    input.rewind().unwrap();
    Running::start(command.stdin(input)).wait()
}

/// A program whose output can be looked at while it runs; ended when dropped.
pub struct Running {
    child: Child,
    command: String,
    output: File,
    errors: File,
}

impl Running {
    pub fn start(command: &mut Command) -> Self {
        let [output, errors] = [(); 2].map(|()| tempfile::tempfile().unwrap());
        let child = start(
            command
                .stdout(output.try_clone().unwrap())
                .stderr(errors.try_clone().unwrap()),
        );
        Self {
            child,
            command: format!("{command:?}"),
            output,
            errors,
        }
    }

    /// Types a line, into a piped standard input.
    pub fn type_line(&mut self, line: &str) {
        let input = self.child.stdin.as_mut().unwrap();
        input.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    /// The first line of standard error that begins with `start`.
    pub fn line(&mut self, start: &str) -> String {
        let mut line = None;
        let _too_late = poll(DEADLINE, || {
            let text = text(&self.errors);
            let mut lines = text
                .split_inclusive('\n')
                .filter_map(|line| line.strip_suffix('\n'));
            line = lines
                .find(|line| line.starts_with(start))
                .map(str::to_owned);
            line.is_some() || self.child.try_wait().unwrap().is_some()
        });
        line.unwrap_or_else(|| panic!("no {start:?} from {}\n{}", self.command, text(&self.errors)))
    }

    /// The first line of standard output, as JSON.
    pub fn first_json(&mut self) -> Value {
        let mut line = None;
        let _too_late = poll(DEADLINE, || {
            let text = text(&self.output);
            line = text.split_once('\n').map(|(line, _)| line.to_owned());
            line.is_some() || self.child.try_wait().unwrap().is_some()
        });
        let line =
            line.unwrap_or_else(|| panic!("{} said nothing\n{}", self.command, text(&self.errors)));
        serde_json::from_str(&line).unwrap()
    }

    /// Its end, within the deadline.
    pub fn wait(mut self) -> Done {
        let mut status = None;
        let _too_late = poll(DEADLINE, || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        let (stdout, stderr) = (text(&self.output), text(&self.errors));
        let Some(status) = status else {
            panic!("{} did not end\n{stdout}\n{stderr}", self.command)
        };
        Done {
            status: status.code().unwrap_or(-1),
            stdout,
            stderr,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// All of a file that somebody else may be writing: the place they write at stays theirs.
fn text(file: &File) -> String {
    let mut bytes = vec![0; usize::try_from(file.metadata().unwrap().len()).unwrap()];
    file.read_exact_at(&mut bytes, 0).unwrap();
    String::from_utf8(bytes).unwrap()
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
