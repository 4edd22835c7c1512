//! One broker for many processes: one refresh however many ask, and nothing lost when one dies.

use std::process::Child;
use std::time::{Duration, Instant};

use poolkey::sandbox::{Fault, Lifetimes, Settings};

use crate::local::{Local, end, lock, spawn};
use crate::support::Home;

const ASK: [&str; 2] = ["credential-process", "dev"];
const REFRESH: &str = "GetTokensFromRefreshToken";
const FOREVER: Fault = Fault::Delay(Duration::from_mins(10));

fn rotating(grace: Duration) -> (Local, Home) {
    let local = Local::start(Settings::default());
    assert!(local.sandbox.set_rotation("public", Some(grace)));
    let home = local.due();
    (local, home)
}

/// A process that asked the sandbox this and gets no answer, killed.
fn killed_at(local: &Local, home: &Home, operation: &str) {
    let calls = local.sandbox.calls(operation);
    local.sandbox.next_answer(operation, FOREVER);
    let mut child: Child = spawn(home, &ASK);
    local.wait_for(operation, calls + 1);
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().code(), None, "a signal ended it");
}

#[test]
fn twenty_processes_refresh_once_and_say_the_same() {
    let (local, home) = rotating(Duration::ZERO);
    let started = Instant::now();
    let children: Vec<Child> = (0..20).map(|_| spawn(&home, &ASK)).collect();
    let answers: Vec<String> = children
        .into_iter()
        .map(|child| end(child).ok())
        .map(|ran| {
            assert_eq!(ran.json()["Version"], 1);
            assert_eq!(ran.err, "");
            ran.out
        })
        .collect();
    println!("20 processes: {:?}", started.elapsed());
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(local.refreshes(), 1);
    assert_eq!(local.sandbox.calls("GetCredentialsForIdentity"), 2);
    home.poolkey(&["credentials", "dev"]).ok();
}

/// The pool has made the new token and the process dies before it hears of it: nobody has it. The
/// old one opens the next within the grace period.
#[test]
fn killed_before_the_answer_within_the_grace_period() {
    let (local, home) = rotating(Duration::from_mins(1));
    killed_at(&local, &home, REFRESH);
    // The dead process's lock is free: nothing is waited for.
    let started = Instant::now();
    home.poolkey(&ASK).ok();
    assert!(started.elapsed() < Duration::from_secs(15));
    assert_eq!(local.refreshes(), 2);
    assert_eq!(local.sandbox.calls("InitiateAuth"), 1);
}

/// Without a grace period that token is gone for good, and the person is told what to do.
#[test]
fn killed_before_the_answer_without_a_grace_period() {
    let (local, home) = rotating(Duration::ZERO);
    killed_at(&local, &home, REFRESH);
    // The credentials at hand work for a quarter of an hour, but the sign-in has ended.
    let said = home.poolkey(&ASK).fails(3);
    assert!(
        said.err.contains("The sign-in of dev has ended")
            && said.err.contains("poolkey sign-in dev"),
        "{said:?}"
    );
    home.poolkey(&ASK).fails(3).says("not signed in");
    assert_eq!(local.refreshes(), 2);
}

/// Ctrl-C goes to everything in the foreground. Who has asked the pool keeps what it answers.
#[cfg(unix)]
#[test]
fn interrupted_before_the_answer() {
    let (local, home) = rotating(Duration::ZERO);
    let late = Fault::Delay(Duration::from_secs(1));
    local.sandbox.next_answer(REFRESH, late);
    let child = spawn(&home, &ASK);
    local.wait_for(REFRESH, 1);
    let mut kill = std::process::Command::new("kill");
    let sent = kill.args(["-INT", &child.id().to_string()]).status();
    assert!(sent.unwrap().success());
    end(child).fails(1).says("Interrupted");
    home.poolkey(&ASK).ok();
    assert_eq!(local.refreshes(), 2);
    assert_eq!(local.sandbox.calls("InitiateAuth"), 1);
}

/// The new token was stored before the exchange began.
#[test]
fn killed_between_the_store_and_the_exchange() {
    let (local, home) = rotating(Duration::ZERO);
    killed_at(&local, &home, "GetCredentialsForIdentity");
    assert_eq!(local.refreshes(), 1);
    home.poolkey(&ASK).ok();
    assert_eq!(local.refreshes(), 2);
    assert_eq!(local.sandbox.calls("InitiateAuth"), 1);
}

/// The holder of the lock dies while others wait for it: one of them goes on at once.
#[test]
fn killed_while_others_wait() {
    let (local, home) = rotating(Duration::from_mins(1));
    local.sandbox.next_answer(REFRESH, FOREVER);
    let mut holder = spawn(&home, &ASK);
    local.wait_for(REFRESH, 1);
    let waiting: Vec<Child> = (0..3).map(|_| spawn(&home, &ASK)).collect();
    holder.kill().unwrap();
    holder.wait().unwrap();
    let answers: Vec<String> = waiting
        .into_iter()
        .map(|child| end(child).ok().out)
        .collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(local.refreshes(), 2, "the dead one's and one more");
}

/// Somebody holds the lock for good. Nobody waits for longer than an SDK does.
#[test]
fn a_held_lock_is_waited_for_within_bounds() {
    let local = Local::start(Settings::default());
    let lifetimes = |credentials| Lifetimes {
        credentials,
        ..Lifetimes::default()
    };
    let expired = {
        local.sandbox.set_lifetimes(lifetimes(Duration::ZERO));
        local.signed_in()
    };
    let left = local.due();
    let held = [&expired, &left].map(lock);
    let started = Instant::now();
    let [expired, left] = [&expired, &left].map(|home| spawn(home, &ASK));
    end(expired)
        .fails(7)
        .says("Another Poolkey process is busy with dev");
    // Something is left: that is better than nothing.
    assert_eq!(end(left).ok().json()["Version"], 1);
    assert!(started.elapsed() < Duration::from_secs(40));
    assert_eq!(local.refreshes(), 0);
    drop(held);
}
