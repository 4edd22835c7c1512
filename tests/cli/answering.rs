//! The program without a terminal, fed with answers as it asks for them.

use std::io::Write as _;
use std::process::{Child, ChildStdin, Stdio};

use crate::support::{Home, POOLKEY, Ran};

/// `poolkey …`, waiting for lines.
pub struct Answering {
    child: Child,
    lines: ChildStdin,
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
        let lines = child.stdin.take().unwrap();
        Self { child, lines }
    }

    pub fn line(&mut self, line: &str) -> &mut Self {
        writeln!(self.lines, "{}", line.trim_end()).unwrap();
        self
    }

    pub fn ended(self) -> Ran {
        drop(self.lines);
        Ran::from(self.child.wait_with_output().unwrap())
    }
}
