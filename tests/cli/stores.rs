//! Secret stores that are missing, locked or damaged: exit 4, and what is in them stays.

use crate::support::{Home, Spawned, signed_in};

const SECRETS: &str = ".local/state/poolkey/secrets.age";
const SIGN_IN: [&str; 3] = ["sign-in", "dev", "--password-stdin"];

#[test]
fn a_store_that_is_not_there() {
    let sandbox = Spawned::start();
    let mut home = signed_in(&sandbox);
    home.set("POOLKEY_SECRET_STORE", "secret-service")
        .set("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
    home.poolkey(&["credential-process", "dev"])
        .fails(4)
        .says("--secret-store");
    let ran = home.poolkey(&["status", "dev", "--json"]).fails(4);
    let json: serde_json::Value = serde_json::from_str(ran.err.lines().last().unwrap()).unwrap();
    assert_eq!(json["error"]["kind"], "secret_store");
    home.poolkey_reads(sandbox.password(0), &SIGN_IN).fails(4);
}

#[test]
fn stores_of_other_systems() {
    let mut home = Home::new();
    home.set("POOLKEY_SECRET_STORE", "credential-manager");
    let sandbox = Spawned::start();
    home.add("dev", "ana", &sandbox);
    home.poolkey(&["status"]).fails(2);
}

#[test]
fn an_option_goes_before_the_environment() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    home.poolkey(&["--secret-store", "memory", "credentials", "dev"])
        .fails(3);
    home.poolkey(&["credentials", "dev", "--secret-store", "file"])
        .ok();
    // An entry that could never answer is not written.
    let export = ["--secret-store", "memory", "export"];
    let process = ["--to", "credential-process", "--dry-run"];
    home.poolkey(&[&export[..], &["dev"], &process].concat())
        .fails(2)
        .says("could not answer");
}

#[test]
fn passphrases_that_are_missing_or_wrong() {
    let sandbox = Spawned::start();
    let mut home = signed_in(&sandbox);
    let before = home.read(SECRETS);
    home.write("wrong", "open wheat\n");
    home.write("empty", "\n");
    for (file, says) in [
        ("wrong", "passphrase"),
        ("empty", "empty"),
        ("missing", "POOLKEY_PASSPHRASE_FILE"),
    ] {
        let path = home.path(file).display().to_string();
        home.set("POOLKEY_PASSPHRASE_FILE", path);
        let ran = home
            .poolkey(&["credential-process", "dev"])
            .fails(4)
            .says(says);
        assert!(!ran.err.contains("wheat"), "{ran:?}");
        home.poolkey_reads(sandbox.password(0), &SIGN_IN).fails(4);
    }
    home.set("POOLKEY_PASSPHRASE_FILE", "");
    home.poolkey(&["credential-process", "dev"])
        .fails(4)
        .says("POOLKEY_PASSPHRASE_FILE");
    assert_eq!(home.read(SECRETS), before);
}

#[test]
fn a_damaged_file_is_not_overwritten() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let good = home.read(SECRETS);
    let half = &good[..good.len() / 2];
    for damaged in [half, "not age at all", "\n"] {
        home.write(SECRETS, damaged);
        home.poolkey(&["credentials", "dev"]).fails(4);
        home.poolkey_reads(sandbox.password(0), &SIGN_IN).fails(4);
        assert_eq!(home.read(SECRETS), damaged);
    }
    home.write(SECRETS, good);
    home.poolkey(&["credentials", "dev"]).ok();
}
