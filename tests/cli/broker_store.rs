//! Between the pool's answer and the store: killed there, or with a store that takes nothing.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Child;
use std::time::{Duration, Instant};

use poolkey::adapters::file_lock::Lock;
use poolkey::sandbox::Settings;

use crate::local::{DEADLINE, Local, end, spawn};
use crate::support::Home;

const ASK: [&str; 2] = ["credential-process", "dev"];
const STATE: &str = ".local/state/poolkey";
const LOCK: &str = ".secrets.age.poolkey-lock";

fn rotating(grace: Duration) -> (Local, Home) {
    let local = Local::start(Settings::default());
    assert!(local.sandbox.set_rotation("public", Some(grace)));
    let home = local.due();
    (local, home)
}

/// Waits until a process has come to the store's lock file.
fn wait_at_the_store(child: &Child) {
    let folder = PathBuf::from(format!("/proc/{}/fd", child.id()));
    let deadline = Instant::now() + DEADLINE;
    let is_there = || {
        let mut open = fs::read_dir(&folder).unwrap().flatten();
        open.any(|entry| fs::read_link(entry.path()).is_ok_and(|path| path.ends_with(LOCK)))
    };
    while !is_there() {
        assert!(Instant::now() < deadline, "it did not come to the store");
        std::thread::yield_now();
    }
}

/// Somebody else has the store's lock; the process has its answer and is killed before it can
/// store the new token.
fn killed_before_storing(local: &Local, home: &Home) {
    let Ok(held) = Lock::take(&home.path(STATE), &OsString::from("secrets.age"), DEADLINE) else {
        panic!("the store's lock is taken");
    };
    let mut child = spawn(home, &ASK);
    wait_at_the_store(&child);
    assert_eq!(local.refreshes(), 1);
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().code(), None, "a signal ended it");
    drop(held);
}

#[test]
fn killed_before_storing_costs_nothing_within_the_grace_period() {
    let (local, home) = rotating(Duration::from_mins(1));
    killed_before_storing(&local, &home);
    home.poolkey(&ASK).ok();
    assert_eq!(local.refreshes(), 2);
    assert_eq!(local.sandbox.calls("InitiateAuth"), 1);
}

#[test]
fn killed_before_storing_without_a_grace_period_is_told() {
    let (local, home) = rotating(Duration::ZERO);
    killed_before_storing(&local, &home);
    home.poolkey(&ASK)
        .fails(3)
        .says("The sign-in of dev has ended");
}

/// A folder in the way of the store's lock: it can be read and not written, even by root.
fn block(home: &Home) -> PathBuf {
    let lock = home.path(STATE).join(LOCK);
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    lock
}

#[test]
fn a_store_that_takes_nothing_costs_a_remark_and_not_the_credentials() {
    let (local, home) = rotating(Duration::from_mins(1));
    let blocked = block(&home);
    let ran = home.poolkey(&ASK).ok();
    assert_eq!(ran.json()["Version"], 1);
    assert!(ran.err.contains("only until Poolkey ends"), "{ran:?}");
    fs::remove_dir(blocked).unwrap();
    // The old token is still good, and this time the new one is stored.
    let ran = home.poolkey(&ASK).ok();
    assert_eq!(ran.err, "");
    assert_eq!(local.refreshes(), 2);
    assert_eq!(local.sandbox.calls("InitiateAuth"), 1);
}

/// Many profiles in one encrypted file: each write waits for the others, and none is lost.
#[test]
fn profiles_renewed_at_once_lose_no_token() {
    const PROFILES: usize = 4;
    let local = Local::start(Settings::default());
    assert!(local.sandbox.set_rotation("public", Some(Duration::ZERO)));
    local.sandbox.set_lifetimes(crate::local::short());
    let home = Home::new();
    let names: Vec<String> = (0..PROFILES).map(|number| format!("p{number}")).collect();
    for name in &names {
        local.sign_in(&home, name);
    }
    for round in 1..=2 {
        let started = Instant::now();
        let ask = |name: &String| spawn(&home, &["credential-process", name]);
        let children: Vec<Child> = names.iter().map(ask).collect();
        for child in children {
            assert_eq!(end(child).ok().err, "", "nothing was left unstored");
        }
        println!("{PROFILES} profiles: {:?}", started.elapsed());
        assert_eq!(local.refreshes(), PROFILES * round);
    }
}
