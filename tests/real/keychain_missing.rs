//! No keyring: the encrypted file stands in where that was prepared, and nothing else ever does.
//! And the stores that are chosen by name.

use super::env::TestEnv;
use super::keyring::Bus;
use super::servers::{Sandbox, str_of};

fn falls_back_to_the_file(mut env: TestEnv) {
    env.set_passphrase("correct horse battery\n");
    let sandbox = Sandbox::start(&env);
    let done = sandbox.sign_in(&env).expect(0);
    done.says(&["note: No Secret Service here", "encrypted file"]);
    drop(sandbox);

    let keys = env.poolkey("credential-process ana", "").expect(0).json();
    for name in ["AccessKeyId", "SecretAccessKey", "SessionToken"] {
        let files = env.files_with(str_of(&keys, name));
        assert!(files.is_empty(), "{name} in {files:?}");
    }
    let file = env.path("state/secrets.age");
    let before = std::fs::read(&file).unwrap();
    assert!(before.starts_with(b"-----BEGIN AGE ENCRYPTED FILE-----"));

    env.set_passphrase("wrong horse battery");
    let refused = env.poolkey("credential-process ana", "").expect(4);
    refused.says(&[
        "error: The passphrase does not open the encrypted file",
        "hint: ",
    ]);
    assert_eq!(refused.stdout, "");
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

fn asks_for_a_passphrase(env: &TestEnv) {
    let sandbox = Sandbox::start(env);
    let refused = sandbox.sign_in(env).expect(4);
    refused.says(&["error: ", "passphrase", "hint: ", "POOLKEY_PASSPHRASE_FILE"]);
    assert!(!env.path("state/secrets.age").exists());
}

#[test]
#[ignore = "needs dbus; ./tests/run runs it"]
fn a_bus_without_a_keyring_means_the_encrypted_file() {
    let mut env = TestEnv::new("auto");
    let _bus = Bus::start_bare(&mut env);
    falls_back_to_the_file(env);
}

#[test]
#[ignore = "needs the place of its own that ./tests/run gives it"]
fn no_bus_means_the_encrypted_file() {
    falls_back_to_the_file(TestEnv::new("auto"));
}

#[test]
#[ignore = "needs dbus; ./tests/run runs it"]
fn without_a_passphrase_the_encrypted_file_is_refused() {
    asks_for_a_passphrase(&TestEnv::new("auto"));
    let mut env = TestEnv::new("auto");
    let _bus = Bus::start_bare(&mut env);
    asks_for_a_passphrase(&env);
}

#[test]
#[ignore = "needs dbus; ./tests/run runs it"]
fn a_keyring_chosen_by_name_is_never_replaced() {
    let mut env = TestEnv::new("secret-service");
    env.set_passphrase("correct horse battery");
    let _bus = Bus::start_bare(&mut env);
    let sandbox = Sandbox::start(&env);
    let refused = sandbox.sign_in(&env).expect(4);
    refused.says(&["error: The secret store does not answer", "hint: "]);
    assert!(!env.path("state/secrets.age").exists());
}

/// Processes share a kernel keyring only inside one session, so one shell runs both.
#[test]
#[ignore = "needs keyctl; ./tests/run runs it"]
fn the_kernel_keeps_a_sign_in_for_a_session() {
    let env = TestEnv::new("keyutils");
    let sandbox = Sandbox::start(&env);
    sandbox.add_profile(&env, "ana", 0);
    let poolkey = env!("CARGO_BIN_EXE_poolkey");
    let options = "--config-dir config --state-dir state --secret-store keyutils";
    let script = format!(
        "'{poolkey}' {options} sign-in ana --username ana --password-stdin --no-input >&2 &&
         '{poolkey}' {options} credential-process ana"
    );
    let password = str_of(&sandbox.about["users"][0], "password");
    let arguments = ["session", "-", "sh", "-c", &script];
    let done = env.run("keyctl", &arguments, password).expect(0);
    done.says(&["note: Secrets are kept in the kernel"]);
    assert_eq!(done.json()["Version"], 1);
}
