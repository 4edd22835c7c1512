//! `export` and `unexport`: sections written, previewed, taken over, removed; foreign bytes kept.

use crate::support::{Home, Ran, Spawned, signed_in};

const FOREIGN: &str = "# my own\n[dev]\naws_access_key_id = AKIAFOREIGN\naws_secret_access_key = x # y\n\n[other]\nregion=eu-west-1\n";

fn export(to: &'static str) -> Vec<&'static str> {
    vec!["export", "dev", "--to", to]
}

#[test]
fn keys_in_the_credentials_file_and_out_again() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    home.write(".aws/credentials", "[other]\naws_access_key_id = A\n");
    let before = home.read(".aws/credentials");
    let ran = home.poolkey(&export("credentials-file")).ok();
    assert_eq!(ran.out, "");
    let written = home.read(".aws/credentials");
    assert!(written.starts_with(&before), "{written}");
    let keys = home.poolkey(&["credential-process", "dev"]).ok().json();
    for (name, value) in [
        ("aws_access_key_id", &keys["AccessKeyId"]),
        ("aws_secret_access_key", &keys["SecretAccessKey"]),
        ("aws_session_token", &keys["SessionToken"]),
    ] {
        let line = format!("{name} = {}", value.as_str().unwrap());
        assert!(written.lines().any(|found| found == line), "{name}");
    }
    home.poolkey(&["unexport", "dev"]).ok();
    assert_eq!(home.read(".aws/credentials"), before);
    home.poolkey(&["unexport", "dev"]).ok().says("nothing");
}

/// The command of the `credential_process` entry.
fn entry(home: &Home) -> String {
    home.read(".aws/config")
        .lines()
        .find_map(|line| line.strip_prefix("credential_process = "))
        .unwrap()
        .to_owned()
}

#[test]
fn the_process_entry_is_a_command_that_works() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    home.poolkey(&export("credential-process")).ok();
    let config = home.read(".aws/config");
    assert!(config.contains("[profile dev]"), "{config}");
    assert!(config.contains("region = us-east-1"), "{config}");
    let ran = home.shell(&entry(&home)).ok();
    assert_eq!(
        ran.json(),
        home.poolkey(&["credential-process", "dev"]).ok().json()
    );
    home.poolkey(&["unexport", "dev", "--to", "credential-process"])
        .ok();
    assert!(!home.read(".aws/config").contains("dev"));
}

#[test]
fn another_name_and_region() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    for to in ["credential-process", "credentials-file"] {
        let mut arguments = export(to);
        arguments.extend(["--aws-profile", "work", "--region", "ap-south-2"]);
        home.poolkey(&arguments).ok().says("--profile work");
        assert!(home.read(".aws/config").contains("[profile work]"));
        assert!(home.read(".aws/config").contains("region = ap-south-2"));
        home.poolkey(&["unexport", "dev", "--aws-profile", "work"])
            .ok();
        assert!(!home.read(".aws/config").contains("work"), "{to}");
    }
}

#[test]
fn a_dry_run_shows_the_change_without_secrets_and_writes_nothing() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let keys = home.poolkey(&["credential-process", "dev"]).ok().json();
    let before = home.files();
    for to in ["credential-process", "credentials-file"] {
        let mut arguments = export(to);
        arguments.push("--dry-run");
        let ran = home.poolkey(&arguments).ok();
        assert!(
            ran.out.contains("+[profile dev]") || ran.out.contains("+[dev]"),
            "{ran:?}"
        );
        for secret in ["SecretAccessKey", "SessionToken"] {
            assert!(!ran.out.contains(keys[secret].as_str().unwrap()));
        }
        assert_eq!(home.files(), before);
    }
    home.poolkey(&export("credentials-file")).ok();
    let before = home.files();
    let ran = home.poolkey(&["unexport", "dev", "--dry-run"]).ok();
    assert!(ran.out.contains("-[dev]"), "{ran:?}");
    assert_eq!(home.files(), before);
}

#[test]
fn a_foreign_section_is_kept_until_it_is_taken_over() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    home.write(".aws/credentials", FOREIGN);
    home.poolkey(&export("credentials-file"))
        .fails(2)
        .says("--take-over");
    assert_eq!(home.read(".aws/credentials"), FOREIGN);
    home.poolkey(&["unexport", "dev"]).ok();
    assert_eq!(home.read(".aws/credentials"), FOREIGN);

    let mut arguments = export("credentials-file");
    arguments.push("--take-over");
    home.poolkey(&arguments).ok();
    let written = home.read(".aws/credentials");
    assert!(!written.contains("AKIAFOREIGN"), "{written}");
    assert!(written.contains("[other]\nregion=eu-west-1\n"));
}

#[test]
fn files_that_cannot_be_read_are_left_alone() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let cases = [
        b"[dev]\na = 1\n[dev]\nb = 2\n".as_slice(),
        b"[other]\nname = \xff\n",
    ];
    for bytes in cases {
        home.write(".aws/credentials", bytes);
        let mut arguments = export("credentials-file");
        arguments.push("--take-over");
        home.poolkey(&arguments).fails(7).says("line");
        let after = std::fs::read(home.path(".aws/credentials")).unwrap();
        assert_eq!(after, bytes);
    }
}

#[test]
fn a_byte_order_mark_loses_nothing() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let bytes = b"\xef\xbb\xbf[other]\na = 1\n".as_slice();
    home.write(".aws/credentials", bytes);
    home.poolkey(&export("credentials-file")).fails(7);
    let after = std::fs::read(home.path(".aws/credentials")).unwrap();
    assert_eq!(after, bytes);
}

#[test]
fn places_that_cannot_be_written() {
    let sandbox = Spawned::start();
    let mut home = signed_in(&sandbox);
    home.write("file", "");
    // The kernel's own folder is read-only for everybody.
    let under_a_file = home.path("file/credentials").display().to_string();
    let folder = home.path(".config").display().to_string();
    for place in ["/sys/poolkey-credentials", &under_a_file, &folder] {
        home.set("AWS_SHARED_CREDENTIALS_FILE", place);
        let before = home.files();
        home.poolkey(&export("credentials-file")).fails(7);
        assert_eq!(home.files(), before, "{place}");
    }
}

#[test]
fn names_that_no_sdk_reads() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    for name in ["a b", "a]b", "", "DEFAULT", "ü"] {
        let mut arguments = export("credential-process");
        arguments.extend(["--aws-profile", name]);
        home.poolkey(&arguments).fails(2);
    }
    assert_eq!(home.read(".aws/config"), "");
}

#[test]
fn homes_with_spaces_and_umlauts() {
    let sandbox = Spawned::start();
    let mut home = Home::named("Müller Söhne");
    let config = home.path("my config").display().to_string();
    home.set("POOLKEY_CONFIG_DIR", config);
    home.add("dev", "ana", &sandbox);
    let sign_in = ["sign-in", "dev", "--password-stdin"];
    home.poolkey_reads(sandbox.password(0), &sign_in).ok();
    home.poolkey(&export("credential-process")).ok();
    // The SDK that calls it has another environment.
    let mut other = home.command("bash");
    other
        .args(["-c", &entry(&home)])
        .env_remove("POOLKEY_CONFIG_DIR");
    assert_eq!(Ran::of(&mut other).ok().json()["Version"], 1);
}
