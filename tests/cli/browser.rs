//! `sign-in --browser` as a process: the address on standard error, a browser driven from here.

mod given;
mod profiles;
mod signing_in;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStderr, Stdio};
use std::thread::JoinHandle;

use poolkey::sandbox::Settings;

use crate::local::Local;
use crate::support::web::{Page, Visitor, callback_urls};
use crate::support::{Home, POOLKEY, Ran};

/// A sandbox in this process, where callback addresses can be registered.
struct Pool {
    local: Local,
    callbacks: Vec<String>,
}

impl Pool {
    fn start() -> Self {
        let local = Local::start(Settings::default());
        let callbacks = callback_urls("localhost");
        let registered: Vec<&str> = callbacks.iter().map(String::as_str).collect();
        assert!(local.sandbox.set_callback_urls("public", &registered));
        Self { local, callbacks }
    }

    /// Adds the profile `dev`, with managed login.
    fn add(&self, home: &Home, more: &[&str]) {
        let about = self.local.sandbox.description();
        let mut arguments = vec![
            "profile",
            "add",
            "dev",
            "--user-pool-id",
            about.user_pool_id,
            "--client-id",
            about.clients[0].client_id,
            "--identity-pool-id",
            about.identity_pool_id,
            "--endpoint-url",
            &about.endpoint,
            "--domain",
            &about.domain,
        ];
        for url in &self.callbacks {
            arguments.extend(["--callback-url", url]);
        }
        arguments.extend(more);
        home.poolkey(&arguments).ok();
    }

    /// A home with that profile, where a sign-in is kept.
    fn home(&self) -> Home {
        let home = Home::new();
        self.add(&home, &[]);
        home
    }

    /// The same where it is forgotten at once, for those who only look at the way there.
    fn quick_home(&self) -> Home {
        let mut home = Home::new();
        home.set("POOLKEY_SECRET_STORE", "memory");
        self.add(&home, &[]);
        home
    }
}

/// A sign-in that waits for its browser.
struct Waiting {
    child: Child,
    /// What was said so far.
    said: String,
    url: String,
    rest: JoinHandle<String>,
}

impl Waiting {
    fn start(home: &Home, arguments: &[&str]) -> Self {
        Self::of(begin(home, arguments))
    }

    /// Up to the address.
    fn of(mut child: Child) -> Self {
        let mut errors = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        let url = loop {
            let from = said.len();
            let read = errors.read_line(&mut said).unwrap();
            assert!(read > 0, "no address in {said}");
            if said[from..].starts_with("http") {
                break said[from..].trim().to_owned();
            }
        };
        Self {
            child,
            said,
            url,
            rest: read_on(errors),
        }
    }

    fn paste(&mut self, line: impl AsRef<[u8]>) {
        let input = self.child.stdin.as_mut().unwrap();
        input.write_all(line.as_ref()).unwrap();
        input.write_all(b"\n").unwrap();
        input.flush().unwrap();
    }

    /// What it said to its end.
    fn end(self) -> Ran {
        let mut ran = Ran::from(self.child.wait_with_output().unwrap());
        ran.err = self.said + &self.rest.join().unwrap();
        ran
    }
}

fn begin(home: &Home, arguments: &[&str]) -> Child {
    home.command(POOLKEY)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// A pipe that nobody reads would stop the process.
fn read_on(mut errors: BufReader<ChildStderr>) -> JoinHandle<String> {
    std::thread::Builder::new()
        .spawn(move || {
            let mut rest = String::new();
            errors.read_to_string(&mut rest).unwrap();
            rest
        })
        .unwrap()
}

const NO_OPEN: [&str; 4] = ["sign-in", "dev", "--browser", "--no-open"];

/// `ana` signs in on the page.
fn ana(visitor: &mut Visitor, url: &str) -> Page {
    let page = visitor.open(url).shows(200, "id=\"sign-in\"");
    let fields = [("username", "ana"), ("password", "Demo-Sunrise-42!")];
    visitor.submit(&page, &fields)
}

/// The last thing that was said is an error, as promised for every command.
#[track_caller]
fn failed(ran: Ran, code: i32) -> Ran {
    let at = ran.err.find("error: ").unwrap_or_else(|| panic!("{ran:?}"));
    let said = ran.err[at..].to_owned();
    Ran { err: said, ..ran }.fails(code)
}
