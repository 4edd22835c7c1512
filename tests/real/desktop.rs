//! A desktop of its own: display, window manager, and the services that show notifications and tray
//! icons, which say what they were asked for.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Stdio};

use serde_json::Value;

use super::env::TestEnv;
use super::keyring::Bus;
use super::process::{DEADLINE, end, poll, start, start_with_pipes};

/// Notifications and a tray on a bus of their own, until dropped.
pub struct Services {
    child: Child,
    log: PathBuf,
    read: usize,
    _bus: Bus,
}

impl Services {
    pub fn start(env: &mut TestEnv) -> Self {
        let bus = Bus::start_bare(env);
        let log = env.path("desktop.log");
        let script = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/tools/desktop_services.py"
        );
        // Debian's own Python, which knows the desktop's libraries.
        let mut command = env.command("/usr/bin/python3");
        let child = start_with_pipes(command.arg(script).arg(&log));
        let mut services = Self {
            child,
            log,
            read: 0,
            _bus: bus,
        };
        services.next("ready");
        services
    }

    /// The next event of a kind; those before it are passed over.
    #[track_caller]
    pub fn next(&mut self, kind: &str) -> Value {
        let mut found = None;
        let came = poll(DEADLINE, || {
            let text = std::fs::read_to_string(&self.log).unwrap_or_default();
            let lines = text.split_inclusive('\n').skip(self.read);
            for line in lines.filter(|line| line.ends_with('\n')) {
                self.read += 1;
                let event: Value = serde_json::from_str(line).unwrap();
                if event.get(kind).is_some() {
                    found = Some(event);
                    return true;
                }
            }
            false
        });
        assert!(came, "no {kind}");
        found.unwrap()
    }

    /// How many events of a kind came in all.
    pub fn count(&self, kind: &str) -> usize {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let events = text.lines().map(|line| serde_json::from_str(line).unwrap());
        events
            .filter(|event: &Value| event.get(kind).is_some())
            .count()
    }

    /// Does something, and waits until it is done.
    pub fn command(&mut self, line: &str) {
        let stdin = self.child.stdin.as_mut().unwrap();
        writeln!(stdin, "{line}").unwrap();
        let done = |event: &Value| event["done"] == line;
        while !done(&self.next("done")) {}
    }

    /// The labels of the tray's menu.
    pub fn menu(&mut self) -> Vec<String> {
        writeln!(self.child.stdin.as_mut().unwrap(), "menu").unwrap();
        serde_json::from_value(self.next("menu")["menu"].clone()).unwrap()
    }
}

impl Drop for Services {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// A display with a window manager, until dropped.
pub struct Display {
    server: Child,
    manager: Child,
}

impl Display {
    pub fn start(env: &mut TestEnv) -> Self {
        let mut server = env.command("Xvfb");
        server
            .args(["-displayfd", "1", "-screen", "0", "1400x900x24"])
            .args(["-nolisten", "tcp"])
            .stderr(Stdio::null());
        let mut server = start_with_pipes(&mut server);
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        env.set("DISPLAY", &format!(":{}", number.trim()));
        let mut manager = env.command("openbox");
        manager.stdout(Stdio::null()).stderr(Stdio::null());
        let manager = start(&mut manager);
        Self { server, manager }
    }

    /// True while a window of the program is on the screen.
    pub fn shows_window(env: &TestEnv) -> bool {
        let search = ["search", "--onlyvisible", "--name", "^Poolkey$"];
        env.run("xdotool", &search, "").status == 0
    }

    #[track_caller]
    pub fn wait_for_window(env: &TestEnv, there: bool) {
        let came = poll(DEADLINE, || Self::shows_window(env) == there);
        assert!(came, "the window is there: {}", !there);
    }

    /// Closes it as the window manager does.
    pub fn close_window(env: &TestEnv) {
        let keys = [
            "search",
            "--onlyvisible",
            "--name",
            "^Poolkey$",
            "windowactivate",
            "--sync",
            "key",
            "alt+F4",
        ];
        env.run("xdotool", &keys, "").expect(0);
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        end(&mut self.manager);
        end(&mut self.server);
    }
}
