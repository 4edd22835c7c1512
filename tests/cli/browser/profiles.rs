//! Managed login in `profile add` and `profile show`, and options that do not go together.

use serde_json::json;

use super::{NO_OPEN, Pool, Waiting};
use crate::support::Home;
use crate::support::web::{Visitor, parameter};

#[test]
fn everything_that_was_given_is_shown() {
    let pool = Pool::start();
    let mut home = Home::new();
    home.set("POOLKEY_SECRET_STORE", "memory");
    pool.add(
        &home,
        &["--sign-in", "browser", "--identity-provider", "Google"],
    );
    let shown = home.poolkey(&["profile", "show", "dev", "--json"]);
    let shown = shown.ok().json();
    assert_eq!(shown["sign_in"], "browser");
    assert_eq!(shown["domain"], pool.local.sandbox.description().domain);
    assert_eq!(shown["identity_provider"], "Google");
    assert_eq!(shown["callback_urls"], json!(pool.callbacks));
    let scopes = ["openid", "email", "aws.cognito.signin.user.admin"];
    assert_eq!(shown["scopes"], json!(scopes));
    assert_eq!(shown["logout_url"], json!(null));
    let text = home.poolkey(&["profile", "show", "dev"]).ok().out;
    for line in ["Managed login     http", "Identity provider Google"] {
        assert!(text.contains(line), "{line} in {text}");
    }

    let waiting = Waiting::start(&home, &["sign-in", "dev", "--no-open"]);
    let asked = |name| parameter(&waiting.url, name);
    assert_eq!(asked("identity_provider").as_deref(), Some("Google"));
    let mut visitor = Visitor::default();
    let page = visitor.open(&waiting.url);
    visitor.submit(&page, &[]).shows(200, "You are signed in");
    let ran = waiting.end().ok();
    assert!(ran.out.contains("as Google_"), "{ran:?}");
}

#[test]
fn another_username_than_the_profiles() {
    let pool = Pool::start();
    let mut home = Home::new();
    home.set("POOLKEY_SECRET_STORE", "memory");
    pool.add(&home, &["--username", "ana"]);
    for (more, hint) in [
        (&[][..], "ana"),
        (&["--username", "tom@example.com"], "tom@example.com"),
    ] {
        let waiting = Waiting::start(&home, &[&NO_OPEN[..], more].concat());
        let hinted = parameter(&waiting.url, "login_hint");
        assert_eq!(hinted.as_deref(), Some(hint));
        let mut visitor = Visitor::default();
        let page = visitor.open(&waiting.url);
        visitor.click(&page, "cancel");
        assert_eq!(waiting.end().code, Some(5));
    }
}

#[test]
fn options_that_make_no_sense() {
    let home = Home::new();
    let add = [
        "profile",
        "add",
        "dev",
        "--user-pool-id",
        "eu-west-1_aB3dE5gH7",
        "--client-id",
        "abc",
        "--identity-pool-id",
        "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e",
    ];
    for wrong in [
        &["--domain", "acme"][..],
        &["--domain", "http://login.acme.example"],
        &["--identity-provider", "Google"],
        &["--callback-url", "http://localhost:1/callback"],
        &[
            "--domain",
            "a.example",
            "--callback-url",
            "https://a.example/",
        ],
        &["--domain", "a.example", "--identity-provider", ""],
    ] {
        home.poolkey(&[&add[..], wrong].concat()).fails(2);
    }
    home.poolkey(&add).ok();
    home.poolkey(&NO_OPEN)
        .fails(2)
        .says("no managed login domain");
    for wrong in [
        &["--password-stdin"][..],
        &["--totp-secret-stdin"],
        &["--forgot-password"],
        &["--browser-timeout", "0"],
        &["--browser-timeout", "3601"],
    ] {
        home.poolkey(&[&NO_OPEN[..], wrong].concat()).fails(2);
    }
}
