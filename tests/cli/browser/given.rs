//! What was given or typed before the browser's turn: used there, or refused.

use std::io::Write as _;

use super::{NO_OPEN, Pool, Waiting, begin};
use crate::support::Home;
use crate::support::web::{Visitor, parameter};

/// A home whose profile signs in in the browser; nothing is kept.
fn browsers(pool: &Pool) -> Home {
    let mut home = Home::new();
    home.set("POOLKEY_SECRET_STORE", "memory");
    pool.add(&home, &["--sign-in", "browser"]);
    home
}

#[test]
fn a_forgotten_password_goes_on_in_the_browser() {
    let pool = Pool::start();
    let sandbox = &pool.local.sandbox;
    let home = browsers(&pool);
    let arguments = [
        "sign-in",
        "dev",
        "--username",
        "ana",
        "--forgot-password",
        "--new-password-stdin",
        "--answer",
        "confirmation_code=-",
        "--no-open",
    ];
    let mut child = begin(&home, &arguments);
    let input = child.stdin.as_mut().unwrap();
    input.write_all(b"Brand-New-91!\n").unwrap();
    let code = pool.local.next_code("ana", None);
    input.write_all(format!("{code}\n").as_bytes()).unwrap();
    let waiting = Waiting::of(child);
    assert!(
        waiting.said.contains("The new password is set."),
        "{}",
        waiting.said
    );
    assert_eq!(
        parameter(&waiting.url, "login_hint").as_deref(),
        Some("ana")
    );
    assert_eq!(sandbox.calls("ConfirmForgotPassword"), 1);
    assert_eq!(sandbox.calls("InitiateAuth"), 0);
    let mut visitor = Visitor::default();
    let page = visitor.open(&waiting.url);
    let fields = [("username", "ana"), ("password", "Brand-New-91!")];
    visitor
        .submit(&page, &fields)
        .shows(200, "You are signed in");
    waiting.end().ok();
}

#[test]
fn a_browser_that_was_not_asked_for_is_not_opened_without_input() {
    let pool = Pool::start();
    let home = browsers(&pool);
    for more in [&[][..], &["--forgot-password"]] {
        home.poolkey(&[&["sign-in", "dev", "--no-input"], more].concat())
            .fails(3)
            .says("BROWSER is needed")
            .says("poolkey sign-in dev --browser");
    }
    assert_eq!(pool.local.sandbox.calls("ForgotPassword"), 0);
}

#[test]
fn what_the_browser_has_no_use_for_is_refused() {
    let pool = Pool::start();
    let home = browsers(&pool);
    let answer = ["--answer", "software_token_mfa_code=123456"];
    for useless in [
        &["--password-stdin"][..],
        &["--totp-secret-stdin"],
        &["--new-password-stdin"],
        &answer,
        &["--no-input", "--password-stdin"],
        &["--forgot-password", "--password-stdin"],
    ] {
        let option = useless.iter().find(|text| text.ends_with("-stdin"));
        home.poolkey_reads("x\n", &[&["sign-in", "dev"], useless].concat())
            .fails(2)
            .says(option.unwrap_or(&"--answer"));
    }
    home.poolkey(&[&NO_OPEN[..], &answer].concat())
        .fails(2)
        .says("--answer");
}

#[cfg(target_os = "linux")]
#[test]
fn the_name_that_was_typed_is_filled_in_for_a_passkey() {
    use crate::terminal::Terminal;

    let pool = Pool::start();
    assert!(pool.local.sandbox.set_passkey("otto", true));
    let mut home = Home::new();
    home.set("POOLKEY_SECRET_STORE", "memory");
    pool.add(&home, &["--sign-in", "choice"]);
    let mut terminal = Terminal::open(&home, "sign-in dev --no-open");
    terminal
        .answers("Username: ", "otto@example.com")
        .answers("Choice, 1 to 4: ", "web_authn")
        .sees("This goes on in the browser")
        .sees("&login_hint=otto%40example.com")
        .sees("paste the address")
        .keys("\u{3}");
    let screen = terminal.ends(1);
    assert!(
        screen.contains("error: Interrupted before it was done"),
        "{screen}"
    );
    // Nobody has signed in by that name.
    let shown = home.poolkey(&["profile", "show", "dev"]).ok();
    assert!(!shown.out.contains("otto"), "{shown:?}");
}
