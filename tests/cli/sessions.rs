//! `status`, `sign-out`, `sandbox`, `demo`.

use serde_json::json;

use crate::support::{Home, Ran, Spawned, signed_in};

#[test]
fn status_as_text_and_as_json() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    home.add("other", "tom", &sandbox);
    let text = home.poolkey(&["status"]).ok().out;
    let lines: Vec<_> = text.lines().collect();
    assert!(lines[0].starts_with("dev ") && lines[0].contains("valid, 59 min"));
    assert!(lines[0].contains("us-east-1:"), "{text}");
    assert!(lines[1].starts_with("other ") && lines[1].contains("signed out"));

    let all = home.poolkey(&["status", "--json"]).ok().json();
    let dev = home.poolkey(&["status", "dev", "--json"]).ok().json();
    assert_eq!(all[0]["identity_id"], dev["identity_id"]);
    assert_eq!(dev["profile"], "dev");
    assert_eq!(dev["signed_in"], true);
    assert_eq!(dev["username"], "ana");
    assert_eq!(dev["account"], "123456789012");
    let left = dev["remaining_seconds"].as_i64().unwrap();
    assert!((3_000..=3_600).contains(&left), "{left}");
    let other = home.poolkey(&["status", "other", "--json"]).ok().json();
    assert_eq!(other["signed_in"], false);
    assert_eq!(other["remaining_seconds"], json!(null));
}

#[test]
fn sign_out_forgets_and_ends_the_credentials_command() {
    for arguments in [
        ["sign-out", "dev"].as_slice(),
        &["sign-out", "dev", "--everywhere"],
    ] {
        let sandbox = Spawned::start();
        let home = signed_in(&sandbox);
        home.poolkey(&["credentials", "dev"]).ok();
        let ran = home.poolkey(arguments).ok().says("stay valid");
        assert_eq!(ran.out, "");
        home.poolkey(&["credentials", "dev"])
            .fails(3)
            .says("poolkey sign-in dev");
        home.poolkey(arguments).ok();
    }
}

#[test]
fn the_sandbox_says_one_line_and_ends_when_asked() {
    let sandbox = Spawned::start();
    let description = sandbox.description();
    for name in [
        "endpoint",
        "region",
        "user_pool_id",
        "identity_pool_id",
        "domain",
        "clients",
        "users",
    ] {
        assert!(description.get(name).is_some(), "{name}");
    }
    let port = sandbox.text("/endpoint").rsplit(':').next().unwrap();
    Home::new()
        .poolkey(&["sandbox", "--port", port])
        .fails(1)
        .says("--port");
    assert_eq!(sandbox.interrupt(), Some(0));
}

#[test]
fn the_demo_needs_no_display_and_leaves_nothing() {
    let home = Home::new();
    let before = home.files();
    for arguments in [["demo", "--headless"].as_slice(), &["demo"]] {
        let ran: Ran = home.poolkey(arguments).ok();
        for step in [
            "Sandbox",
            "Sign-in",
            "SRP + TOTP",
            "Identity ID",
            "AWS credentials",
            "Caller identity",
            "Exported",
            "arn:aws:sts::123456789012:assumed-role/",
        ] {
            assert!(ran.out.contains(step), "{step} in {ran:?}");
        }
    }
    assert_eq!(home.files(), before);
}

#[test]
fn without_a_display_the_window_says_what_to_do() {
    Home::new().poolkey(&[]).fails(1).says("poolkey --help");
}
