//! The program without a terminal, fed with answers as it asks for them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStderr, ChildStdin, Stdio};

use super::{Home, POOLKEY, Ran};

/// `poolkey …`, waiting for lines.
pub struct Answering {
    child: Child,
    lines: ChildStdin,
    err: BufReader<ChildStderr>,
    told: String,
}

impl Answering {
    pub fn start(home: &Home, arguments: &[&str]) -> Self {
        let mut child = home
            .command(POOLKEY)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            lines: child.stdin.take().unwrap(),
            err: BufReader::new(child.stderr.take().unwrap()),
            child,
            told: String::new(),
        }
    }

    pub fn line(&mut self, line: &str) -> &mut Self {
        writeln!(self.lines, "{}", line.trim_end()).unwrap();
        self
    }

    /// Waits for a line on standard error that begins like this.
    #[track_caller]
    pub fn tells(&mut self, start: &str) -> String {
        loop {
            let mut line = String::new();
            let read = self.err.read_line(&mut line).unwrap();
            self.told.push_str(&line);
            assert!(read > 0, "no {start:?} in {}", self.told);
            if line.starts_with(start) {
                return line.trim_end().to_owned();
            }
        }
    }

    pub fn ended(mut self) -> Ran {
        drop(self.lines);
        self.err.read_to_string(&mut self.told).unwrap();
        let mut ran = Ran::from(self.child.wait_with_output().unwrap());
        ran.err = self.told;
        ran
    }
}
