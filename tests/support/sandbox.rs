//! A sandbox of its own process.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::POOLKEY;

/// A `poolkey sandbox` process. It ends when this is dropped.
pub struct Spawned {
    child: Child,
    description: Value,
}

impl Spawned {
    pub fn start() -> Self {
        Self::with(&[])
    }

    pub fn with(arguments: &[&str]) -> Self {
        let mut child = Command::new(POOLKEY)
            .arg("sandbox")
            .args(arguments)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        Self {
            child,
            description: serde_json::from_str(&line).unwrap(),
        }
    }

    pub fn description(&self) -> &Value {
        &self.description
    }

    /// A text of the description, by JSON pointer.
    pub fn text(&self, pointer: &str) -> &str {
        self.description
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("{pointer}"))
    }

    /// The password of `ana` (0) or `tom` (1), as a line.
    pub fn password(&self, user: usize) -> String {
        format!("{}\n", self.text(&format!("/users/{user}/password")))
    }

    /// Asks it to end, and says how it did.
    pub fn interrupt(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(sent.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Spawned {
    fn drop(&mut self) {
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}
