//! `profiles.toml` and the state folder: unreadable, unwritable, full; nothing half-written.

use crate::support::{Home, Spawned, add, signed_in};

const FILE: &str = ".config/poolkey/profiles.toml";
const GOOD: &str = "# mine\n[[profile]]\nname = \"dev\"\nuser_pool_id = \"eu-west-1_aB3dE5gH7\"\nclient_id = \"abc\" # of the app\nidentity_pool_id = \"eu-west-1:9f0c\"\nfuture = 1\n";

#[test]
fn an_unreadable_file_is_named_with_its_line_and_left_alone() {
    let sandbox = Spawned::start();
    for (bytes, line) in [
        (GOOD.replace("\"abc\"", "\"abc").into_bytes(), "line 5"),
        (GOOD.replace("1:9f", "1_9f").into_bytes(), "line 6"),
        (GOOD.repeat(2).into_bytes(), "line 10"),
        (b"a = 1\nb = \"\xff\"\n".to_vec(), "line 2"),
    ] {
        let home = Home::new();
        home.write(FILE, &bytes);
        let before = home.files();
        for arguments in [
            ["status"].as_slice(),
            &["profile", "list"],
            &["credential-process", "dev"],
            &["profile", "remove", "dev"],
            &add("new", &sandbox),
        ] {
            home.poolkey(arguments)
                .fails(2)
                .says("profiles.toml")
                .says(line);
            assert_eq!(home.files(), before);
        }
    }
}

#[test]
fn comments_and_unknown_keys_survive_a_change() {
    let sandbox = Spawned::start();
    let home = Home::new();
    home.write(FILE, GOOD);
    home.poolkey(&add("prod", &sandbox)).ok();
    assert!(home.read(FILE).starts_with(GOOD));
    home.poolkey(&["profile", "remove", "prod"]).ok();
    assert_eq!(home.read(FILE).trim_end(), GOOD.trim_end());
}

/// A configuration that cannot be written: the profile stays, and so do its secrets.
#[test]
fn a_profile_that_cannot_be_removed_keeps_its_secrets() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    // A folder in place of the lock file makes every write fail, for every user.
    let lock = home.path(".config/poolkey/.profiles.toml.poolkey-lock");
    std::fs::remove_file(&lock).unwrap();
    std::fs::create_dir(&lock).unwrap();
    home.poolkey(&["profile", "remove", "dev"]).fails(7);
    home.poolkey(&["credentials", "dev"]).ok();
    let status = home.poolkey(&["status", "dev", "--json"]).ok().json();
    assert_eq!(status["signed_in"], true);
}

#[test]
fn folders_that_cannot_be_written() {
    let sandbox = Spawned::start();
    let mut home = Home::new();
    home.set("POOLKEY_CONFIG_DIR", "/sys/poolkey");
    home.poolkey(&add("dev", &sandbox)).fails(7);
    let mut home = signed_in(&sandbox);
    home.set("POOLKEY_STATE_DIR", "/sys/poolkey");
    let sign_in = ["sign-in", "dev", "--password-stdin"];
    home.poolkey_reads(sandbox.password(0), &sign_in).fails(7);
}

/// A limit on file sizes stands for a full disk: the write fails halfway.
#[test]
fn a_full_disk_leaves_every_file_as_it_was() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    home.write(".aws/credentials", "[other]\na = 1\n");
    home.write(".aws/config", "[profile other]\na = 1\n");
    let before = home.files();
    for command in [
        "export dev --to credentials-file",
        "export dev --to credential-process",
        "profile add new --user-pool-id us-east-1_a --client-id a --identity-pool-id us-east-1:a",
        "profile remove dev",
    ] {
        let script = format!("trap '' XFSZ; ulimit -f 0; \"$POOLKEY\" {command}");
        home.shell(&script).fails(7);
        assert_eq!(home.files(), before, "{command}");
    }
}
