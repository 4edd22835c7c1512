//! The library's own store inside a keyring's session, for what one command cannot show: each test
//! here starts itself a second time, in that session.

use std::process::{Command, Stdio};

use super::env::TestEnv;
use super::keyring::{Bus, Keyring, entries, entry};
use super::process::{DEADLINE, end, finish, poll, start};
use super::store::{keep_long_texts, outlive_a_restart};

/// Set for the second start: the store's name.
const INSIDE: &str = "POOLKEY_TEST_INSIDE";

/// This test again, inside; `before` is what starts it there.
fn again(env: &TestEnv, test: &str, store: &str, before: &[&str]) -> Command {
    let myself = std::env::current_exe().unwrap().display().to_string();
    let mut words = before.to_vec();
    words.extend([&myself, "--exact", test, "--include-ignored", "--nocapture"]);
    let mut command = env.command(words[0]);
    command.args(&words[1..]).env(INSIDE, store);
    command
}

/// Windows takes 2,560 bytes an entry and the kernel 32,767: longer texts are split where they
/// have to be, and whole everywhere else.
#[test]
#[ignore = "needs gnome-keyring, dbus and keyctl; ./tests/run runs it"]
fn long_texts_come_back_whole() {
    if let Ok(store) = std::env::var(INSIDE) {
        return keep_long_texts(store.parse().unwrap());
    }
    let test = "keychain_inside::long_texts_come_back_whole";
    let mut env = TestEnv::new("secret-service");
    let _bus = Bus::start(&mut env);
    let _keyring = Keyring::unlocked(&env);
    let done = finish(again(&env, test, "secret-service", &[]), "").expect(0);
    assert!(done.stdout.contains("1 passed"), "{}", done.stdout);
    assert_eq!(entries(&env), ["long/client-secret"]);

    let done = finish(
        again(&env, test, "keyutils", &["keyctl", "session", "-"]),
        "",
    );
    let done = done.expect(0);
    assert!(done.stdout.contains("1 passed"), "{}", done.stdout);
}

/// A window stays open for days; the keyring of its desktop may not.
#[test]
#[ignore = "needs gnome-keyring and dbus; ./tests/run runs it"]
fn a_keyring_restarts_under_a_running_program() {
    if let Ok(store) = std::env::var(INSIDE) {
        return outlive_a_restart(store.parse().unwrap());
    }
    let test = "keychain_inside::a_keyring_restarts_under_a_running_program";
    let mut env = TestEnv::new("secret-service");
    let _bus = Bus::start(&mut env);
    let keyring = Keyring::unlocked(&env);
    let mut command = again(&env, test, "secret-service", &[]);
    let mut program = start(command.stdout(Stdio::null()));
    let kept = poll(DEADLINE, || env.path("kept").exists());
    keyring.stop(&env);
    let _keyring = Keyring::unlocked(&env);
    std::fs::write(env.path("restarted"), "").unwrap();
    let mut status = None;
    let ended = poll(DEADLINE, || {
        status = program.try_wait().unwrap();
        status.is_some()
    });
    end(&mut program);
    assert!(kept && ended && status.is_some_and(|status| status.success()));
    assert_eq!(entry(&env, "long/client-secret"), "after the restart");
}
