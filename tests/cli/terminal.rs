//! The program on a terminal: `script` of util-linux makes one, a test types and looks.
//!
//! Deliberately absent: a screen. What was written is read in order; nothing here moves a cursor.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Instant;

use crate::local::DEADLINE;
use crate::support::{Home, POOLKEY};

/// Written after the program's end if the terminal would go on hiding what is typed.
const HIDDEN: &str = "the-terminal-stays-hidden";

/// A terminal with the program in it. It ends when this is dropped.
pub struct Terminal {
    script: Child,
    keys: ChildStdin,
    written: Receiver<Vec<u8>>,
    seen: Vec<u8>,
    /// Up to here it was waited for.
    mark: usize,
    /// Has the terminal's own name.
    name: PathBuf,
}

impl Terminal {
    /// `poolkey …` for somebody who can be asked. Ctrl-C reaches the shell, too, which goes on.
    pub fn open(home: &Home, arguments: &str) -> Self {
        let run = format!(
            "trap : INT; tty > terminal; \"$POOLKEY\" {arguments}; ended=$?; \
             stty -a | grep -q -e '-echo ' && echo {HIDDEN}; exit $ended"
        );
        let mut script = home
            .command("script")
            .args(["--quiet", "--return", "--flush", "--command", &run])
            .arg("/dev/null")
            .env("POOLKEY", POOLKEY)
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = script.stdout.take().unwrap();
        let (send, written) = channel();
        let read = move || {
            let mut some = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut some) {
                if send.send(some[..count].to_vec()).is_err() {
                    return;
                }
            }
        };
        let reader = std::thread::Builder::new().name("terminal".to_owned());
        reader.spawn(read).unwrap();
        Self {
            keys: script.stdin.take().unwrap(),
            script,
            written,
            seen: Vec::new(),
            mark: 0,
            name: home.path("terminal"),
        }
    }

    /// Everything that was written so far.
    pub fn screen(&self) -> String {
        String::from_utf8_lossy(&self.seen).replace("\r\n", "\n")
    }

    /// Waits until this was written, after what was waited for before.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let deadline = Instant::now() + DEADLINE;
        loop {
            let rest = &self.seen[self.mark..];
            let found = rest
                .windows(text.len())
                .position(|part| part == text.as_bytes());
            if let Some(at) = found {
                self.mark += at + text.len();
                return self;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.written.recv_timeout(left) {
                Ok(some) => self.seen.extend(some),
                Err(why) => panic!("{why}, waiting for {text:?} in:\n{}", self.screen()),
            }
        }
    }

    /// A line, or a key that needs none.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self
    }

    /// Waits for a question and answers it.
    #[track_caller]
    pub fn answers(&mut self, question: &str, answer: &str) -> &mut Self {
        self.sees(question).keys(&format!("{answer}\n"))
    }

    /// The same for what nobody sees.
    #[track_caller]
    pub fn secretly(&mut self, question: &str, answer: &str) -> &mut Self {
        let answer = format!("{}\n", answer.trim_end());
        self.hidden(question).keys(&answer)
    }

    /// Waits for a question, and until nothing that is typed is shown.
    #[track_caller]
    pub fn hidden(&mut self, question: &str) -> &mut Self {
        self.sees(question);
        let deadline = Instant::now() + DEADLINE;
        while self.echoes() {
            assert!(Instant::now() < deadline, "what is typed is shown");
        }
        self
    }

    /// True while the terminal shows what is typed.
    fn echoes(&self) -> bool {
        let name = std::fs::read_to_string(&self.name).unwrap();
        let mut stty = Command::new("stty");
        let found = stty.args(["-F", name.trim_end(), "-a"]).output().unwrap();
        let found = String::from_utf8(found.stdout).unwrap();
        found.split_whitespace().any(|mode| mode == "echo")
    }

    /// Waits for the end, with this exit code; answers the whole screen.
    #[track_caller]
    pub fn ends(mut self, code: i32) -> String {
        let deadline = Instant::now() + DEADLINE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.written.recv_timeout(left) {
                Ok(some) => self.seen.extend(some),
                Err(RecvTimeoutError::Timeout) => panic!("no end:\n{}", self.screen()),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        let ended = self.script.wait().unwrap().code();
        let screen = self.screen();
        assert_eq!(ended, Some(code), "{screen}");
        assert!(!screen.contains(HIDDEN), "{screen}");
        screen
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _killed = self.script.kill();
        let _waited = self.script.wait();
    }
}
