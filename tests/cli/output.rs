//! Where words go: JSON errors, colors, full and closed outputs.

use serde_json::Value;

use crate::support::{Home, Spawned, signed_in};

#[test]
fn errors_are_also_an_object_where_json_was_asked_for() {
    let home = Home::new();
    for (arguments, kind) in [
        (["status", "dev", "--json"].as_slice(), "usage"),
        (&["profile", "show", "dev", "--json"], "usage"),
        (&["status", "--json", "--dance"], "usage"),
    ] {
        let ran = home.poolkey(arguments).fails(2);
        let json: Value = serde_json::from_str(ran.err.lines().last().unwrap())
            .unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        let error = &json["error"];
        assert_eq!(error["kind"], kind, "{ran:?}");
        let first = ran.err.lines().next().unwrap();
        let message = error["message"].as_str().unwrap();
        assert_eq!(first, format!("error: {message}"));
        assert!(error["hint"].as_str().is_some_and(|hint| !hint.is_empty()));
        for name in ["aws_code", "aws_message"] {
            assert!(error.get(name).is_some(), "{name} in {ran:?}");
        }
    }
    let text = home.poolkey(&["status", "dev"]).fails(2);
    assert!(!text.err.contains('{'), "{text:?}");
}

#[test]
fn colors_only_where_asked_for() {
    let home = Home::new();
    let plain = home.poolkey(&["status", "dev"]).err;
    assert!(!plain.contains('\x1b'));
    let colored = home.poolkey(&["--color", "always", "status", "dev"]).err;
    assert!(colored.contains('\x1b'), "{colored:?}");
}

#[test]
fn a_full_disk_is_said() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    for command in ["credential-process dev", "status --json", "--help"] {
        home.shell(&format!("\"$POOLKEY\" {command} > /dev/full"))
            .fails(7);
    }
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    for command in ["credentials dev --format env", "status --json", "--help"] {
        let script = format!("set -o pipefail; \"$POOLKEY\" {command} | head -c 1 | wc -c");
        let ran = home.shell(&script).ok();
        assert_eq!((ran.out.trim(), ran.err.as_str()), ("1", ""), "{command}");
        let script = format!("\"$POOLKEY\" {command} | true; exit ${{PIPESTATUS[0]}}");
        assert_eq!(home.shell(&script).ok().err, "", "{command}");
    }
}

#[test]
fn closed_outputs_do_not_panic() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let ran = home.shell("\"$POOLKEY\" status nobody 2>&-");
    assert_eq!(ran.code, Some(2));
    let ran = home.shell("\"$POOLKEY\" credential-process dev >&-");
    assert!(!ran.err.contains("panicked"), "{ran:?}");
}
