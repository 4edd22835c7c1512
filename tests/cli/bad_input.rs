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
        .says("--identity-pool-id <ID>");
}

#[test]
fn usage_hints_are_short_and_help() {
    const MORE: &str = "hint: poolkey <command> --help lists what may be typed";
    let home = Home::new();
    for (arguments, lines) in [
        (
            ["profile"].as_slice(),
            ["error: A command is missing"].as_slice(),
        ),
        (
            &["--color", "blue", "status"],
            &[
                "error: Invalid value 'blue' for '--color <COLOR>'",
                "hint: Possible values: auto, always, never",
            ],
        ),
        (
            &["statis"],
            &[
                "error: Unrecognized subcommand 'statis'",
                "hint: Did you mean status?",
                "hint: Usage: poolkey [OPTIONS] [COMMAND]",
            ],
        ),
    ] {
        let ran = home.poolkey(arguments).fails(2);
        let told: Vec<&str> = ran.err.lines().collect();
        assert_eq!(told, [lines, &[MORE]].concat(), "{arguments:?}");
    }
    home.poolkey(&["status", "--jsn"]).fails(2).says("--json?");
}

/// Behind `=` stands what belongs on standard input.
#[test]
fn a_secret_in_the_wrong_place_is_not_repeated() {
    let home = Home::new();
    for (command, option) in [
        ("sign-in", "--password-stdin"),
        ("sign-in", "--totp-secret-stdin"),
        ("sign-in", "--pasword-stdin"),
    ] {
        let given = format!("{option}=canary-482913");
        let ran = home
            .poolkey(&[command, "dev", &given])
            .fails(2)
            .says(option);
        assert!(!ran.err.contains("canary"), "{ran:?}");
    }
    let given = "--client-secret-stdin=canary-482913";
    let ran = home.poolkey(&["profile", "add", "dev", given]).fails(2);
    assert!(!ran.err.contains("canary"), "{ran:?}");
}

#[test]
fn a_user_has_a_name() {
    let sandbox = Spawned::start();
    let home = Home::new();
    let added = [&add("dev", &sandbox)[..], &["--username", ""]].concat();
    home.poolkey(&added).fails(2).says("--username");
    let sign_in = ["sign-in", "dev", "--no-input", "--username", ""];
    home.poolkey(&sign_in).fails(2).says("--username");
}

#[test]
fn help_tells_a_commands_options_from_everybodys() {
    let home = Home::new();
    for arguments in [["--help"].as_slice(), &["export", "--help"]] {
        let out = home.poolkey(arguments).ok().out;
        let (own, global) = out.split_once("Options of every command:").unwrap();
        for option in ["--config-dir", "--secret-store", "--verbose", "--color"] {
            assert!(!own.contains(option) && global.contains(option), "{out}");
        }
        assert!(!global.contains("--take-over"), "{out}");
    }
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
