//! GNOME's keyring daemon keeps a sign-in: between processes, over a restart, and while locked.

use std::time::{Duration, Instant};

use super::env::TestEnv;
use super::keyring::{Bus, Keyring, entries, entry};
use super::process::Done;
use super::servers::{Sandbox, str_of};

/// A locked keyring without a display answers at once; a program must not wait for a person.
const PATIENCE: Duration = Duration::from_secs(30);

struct Desktop {
    // Fields end in this order: the daemon before its bus, the bus before its folder.
    keyring: Keyring,
    _bus: Bus,
    env: TestEnv,
}

/// A home with an open keyring and a finished sign-in; the sandbox is gone by then.
fn signed_in_desktop() -> Desktop {
    let mut env = TestEnv::new("auto");
    let bus = Bus::start(&mut env);
    let keyring = Keyring::unlocked(&env);
    let sandbox = Sandbox::start(&env);
    let done = sandbox.sign_in(&env).expect(0);
    assert!(!done.stderr.contains("note:"), "{}", done.stderr);
    Desktop {
        keyring,
        _bus: bus,
        env,
    }
}

fn credentials(env: &TestEnv) -> Done {
    env.poolkey("credential-process ana", "")
}

#[test]
#[ignore = "needs gnome-keyring, dbus and secret-tool; ./tests/run runs it"]
fn another_process_reads_what_a_sign_in_kept() {
    let Desktop { env, .. } = &signed_in_desktop();
    let status = env.poolkey("status ana --json", "").expect(0).json();
    assert_eq!(status["signed_in"], true);
    assert_eq!(status["account"], "123456789012");

    let keys = credentials(env).expect(0).json();
    assert_eq!(keys["Version"], 1);
    assert_eq!(entries(env), ["ana/session", "ana/sign-in"]);
    assert!(entry(env, "ana/session").contains(str_of(&keys, "SecretAccessKey")));

    let kept: serde_json::Value = serde_json::from_str(&entry(env, "ana/sign-in")).unwrap();
    for secret in [
        str_of(&keys, "AccessKeyId"),
        str_of(&keys, "SecretAccessKey"),
        str_of(&keys, "SessionToken"),
        str_of(&kept, "refresh_token"),
    ] {
        assert_eq!(env.files_with(secret), Vec::<std::path::PathBuf>::new());
    }

    env.poolkey("profile remove ana", "").expect(0);
    assert_eq!(entries(env), Vec::<String>::new());
}

#[test]
#[ignore = "needs gnome-keyring, dbus and secret-tool; ./tests/run runs it"]
fn a_restarted_keyring_still_has_it() {
    let Desktop {
        keyring, env, _bus, ..
    } = signed_in_desktop();
    let before = credentials(&env).expect(0).stdout;
    keyring.stop(&env);
    let _keyring = Keyring::unlocked(&env);
    assert_eq!(credentials(&env).expect(0).stdout, before);
}

#[test]
#[ignore = "needs gnome-keyring, dbus and secret-tool; ./tests/run runs it"]
fn a_locked_keyring_is_said_soon_and_loses_nothing() {
    let Desktop {
        keyring, env, _bus, ..
    } = signed_in_desktop();
    let before = credentials(&env).expect(0).stdout;
    keyring.stop(&env);
    let keyring = Keyring::locked(&env);

    let started = Instant::now();
    let refused = credentials(&env).expect(4);
    refused.says(&["error: The secret store is locked", "hint: Unlock"]);
    assert_eq!(refused.stdout, "");
    let sandbox = Sandbox::start(&env);
    let refused = sandbox.sign_in_again(&env).expect(4);
    refused.says(&["error: The secret store is locked", "hint: Unlock"]);
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    assert!(!env.path("state/secrets.age").exists());

    keyring.stop(&env);
    let _keyring = Keyring::unlocked(&env);
    assert_eq!(credentials(&env).expect(0).stdout, before);
}

#[test]
#[ignore = "needs gnome-keyring, dbus and secret-tool; ./tests/run runs it"]
fn signing_out_empties_it_but_for_the_client_secret() {
    let mut env = TestEnv::new("secret-service");
    let _bus = Bus::start(&mut env);
    let _keyring = Keyring::unlocked(&env);
    let sandbox = Sandbox::start(&env);
    sandbox.add_profile(&env, "ana", 1);
    sandbox.sign_in_again(&env).expect(0);
    let all = ["ana/client-secret", "ana/session", "ana/sign-in"];
    assert_eq!(entries(&env), all);

    env.poolkey("sign-out ana", "").expect(0);
    assert_eq!(entries(&env), ["ana/client-secret"]);
    let secret = str_of(&sandbox.about["clients"][1], "client_secret");
    assert_eq!(entry(&env, "ana/client-secret"), secret);
    credentials(&env).expect(3);
}
