//! Arguments that are wrong: said in the promised form, and nothing changed.

use crate::support::{Home, Spawned, add};

#[test]
fn identifiers_are_checked_before_anything_else() {
    let sandbox = Spawned::start();
    let home = Home::new();
    let before = home.files();
    for (index, value, says) in [
        (4, "us-east-1:5a4db0c5-d3e0", "identity pool ID"),
        (4, "us-east-1_", "user pool ID"),
        (6, "a client", "app client ID"),
        (8, "us-east-1_Poolkey01", "user pool ID"),
        (8, "us-east-1:XYZ", "identity pool ID"),
        (10, "127.0.0.1", "endpoint"),
        (2, "a b", "profile name"),
        (2, "../etc", "profile name"),
        (2, "ü", "profile name"),
    ] {
        let mut arguments = add("dev", &sandbox);
        arguments[index] = value;
        home.poolkey(&arguments).fails(2).says(says);
    }
    let method = [&add("dev", &sandbox)[..], &["--sign-in", "dance"]].concat();
    home.poolkey(&method).fails(2).says("sign-in method");
    assert_eq!(home.files(), before);
}

#[test]
fn usage_errors_have_the_promised_form() {
    let home = Home::new();
    for arguments in [
        ["dance"].as_slice(),
        &["profile"],
        &["profile", "add", "dev"],
        &["status", "--dance"],
        &["credentials", "dev", "--format", "dance"],
        &["sandbox", "--port", "99999"],
        &["export", "dev"],
        &["--color", "blue", "status"],
        &["--secret-store", "dance", "status"],
    ] {
        home.poolkey(arguments).fails(2);
    }
    home.poolkey(&["profile", "add", "dev"])
        .fails(2)
        .says("--user-pool-id <ID>");
}

#[test]
fn help_and_version_are_no_errors() {
    let home = Home::new();
    for arguments in [
        ["--help"].as_slice(),
        &["--version"],
        &["sign-in", "--help"],
        &["profile", "add", "--help"],
    ] {
        let ran = home.poolkey(arguments).ok();
        assert!(!ran.out.is_empty() && ran.err.is_empty(), "{ran:?}");
    }
}

/// An answer may be a code or a new password.
#[test]
fn a_malformed_answer_is_not_repeated() {
    let home = Home::new();
    for answer in ["canary-482913", "=canary-482913"] {
        let ran = home
            .poolkey(&["sign-in", "dev", "--answer", answer])
            .fails(2)
            .says("NAME=VALUE");
        assert!(!ran.err.contains("canary"), "{ran:?}");
    }
}

#[test]
fn an_unknown_profile_is_named_with_those_there_are() {
    let sandbox = Spawned::start();
    let home = Home::new();
    home.poolkey(&["status", "dev"])
        .fails(2)
        .says("poolkey profile add");
    home.add("prod", "ana", &sandbox);
    for arguments in [
        ["status", "dev"].as_slice(),
        &["sign-in", "dev", "--no-input"],
        &["sign-out", "dev"],
        &["credentials", "dev"],
        &["export", "dev", "--to", "credential-process"],
        &["profile", "show", "dev"],
        &["profile", "remove", "dev"],
    ] {
        home.poolkey(arguments).fails(2).says("prod");
    }
}
