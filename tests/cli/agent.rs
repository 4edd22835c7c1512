//! `agent` as a process: alone in its state folder, ended by a signal, and never in the middle.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use poolkey::sandbox::{Fault, Lifetimes, Settings};

use crate::local::{Local, short};
use crate::support::{Home, POOLKEY};

const REFRESH: &str = "GetTokensFromRefreshToken";

/// A running agent, after its first line.
struct Running {
    child: Child,
    err: BufReader<ChildStderr>,
}

impl Running {
    fn start(home: &Home) -> Self {
        Self::of(home.command(POOLKEY).arg("agent"))
    }

    fn of(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let err = BufReader::new(child.stderr.take().unwrap());
        let mut running = Self { child, err };
        assert!(running.line().contains("until interrupted"));
        running
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.err.read_line(&mut line).unwrap();
        line
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &pid])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}

#[test]
fn one_agent_a_state_folder_and_a_signal_ends_it_well() {
    let home = Home::new();
    let mut agent = Running::start(&home);
    home.poolkey(&["agent"]).fails(2).says("Another agent");
    home.poolkey(&["agent", "--once"]).fails(2);
    agent.signal("-TERM");
    assert_eq!(agent.child.wait().unwrap().code(), Some(0));
    for signal in ["-INT", "-HUP"] {
        let mut agent = Running::start(&home);
        agent.signal(signal);
        assert_eq!(agent.child.wait().unwrap().code(), Some(0), "{signal}");
    }
    // As `nohup` starts it: the terminal may be closed.
    let ignoring = "trap '' HUP; exec \"$0\" agent";
    let mut agent = Running::of(home.command("sh").args(["-c", ignoring, POOLKEY]));
    agent.signal("-HUP");
    home.poolkey(&["agent"]).fails(2).says("Another agent");
    agent.signal("-TERM");
    assert_eq!(agent.child.wait().unwrap().code(), Some(0));
    // One that was killed leaves nothing in the way.
    drop(Running::start(&home));
    home.poolkey(&["agent", "--once"]).ok();
}

#[test]
fn what_is_due_is_renewed_and_written_and_no_secret_is_said() {
    let local = Local::start(Settings::default());
    local.sandbox.set_lifetimes(short());
    let home = local.signed_in();
    home.poolkey(&["export", "dev", "--to", "credentials-file"])
        .ok();
    let before = home.read(".aws/credentials");
    local.sandbox.set_lifetimes(Lifetimes::default());
    let ran = home.poolkey(&["agent", "--once"]).ok();
    assert_eq!(ran.out, "");
    let lines: Vec<&str> = ran.err.lines().collect();
    let [renewed, written] = &lines[..] else {
        panic!("{ran:?}");
    };
    assert!(renewed.starts_with("dev: renewed, good until "), "{ran:?}");
    assert_eq!(*written, "dev: written to the credentials file");
    let after = home.read(".aws/credentials");
    assert_ne!(before, after);
    let keys = home.poolkey(&["credential-process", "dev"]).ok().json();
    for name in ["SecretAccessKey", "SessionToken"] {
        let secret = keys[name].as_str().unwrap();
        assert!(
            after.contains(secret) && !ran.err.contains(secret),
            "{name}"
        );
    }
    // Nothing is due for an hour.
    let quiet = home.poolkey(&["agent", "--once"]).ok();
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
}

#[test]
fn what_could_not_be_done_is_the_exit_code_of_once() {
    let local = Local::start(Settings::default());
    local.sandbox.set_lifetimes(short());
    let home = local.signed_in();
    for (fault, code) in [(Fault::Throttle, 5), (revoked(), 3)] {
        local.sandbox.next_answer(REFRESH, fault);
        let ran = home.poolkey(&["agent", "--once"]);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        assert!(ran.err.contains("error: "), "{ran:?}");
    }
    // Nobody is signed in any more.
    home.poolkey(&["agent", "--once"]).ok();
    home.write("passphrase", "wrong\n");
    home.poolkey(&["agent", "--once"]).says("waiting: ");
}

/// The rotated refresh token comes late, and is the only one.
#[test]
fn a_refresh_under_way_is_brought_to_its_end() {
    let local = Local::start(Settings::default());
    local.sandbox.set_lifetimes(short());
    let home = local.signed_in();
    local.sandbox.set_lifetimes(Lifetimes::default());
    let late = Fault::Delay(Duration::from_millis(1500));
    local.sandbox.next_answer(REFRESH, late);
    let mut agent = Running::start(&home);
    local.wait_for(REFRESH, 1);
    agent.signal("-TERM");
    assert_eq!(agent.child.wait().unwrap().code(), Some(0));
    home.poolkey(&["credentials", "dev"]).ok();
}

/// What the user pool says of a refresh token that was ended.
fn revoked() -> Fault {
    Fault::Refuse {
        status: 400,
        code: "NotAuthorizedException",
        message: "Refresh Token has been revoked",
    }
}
