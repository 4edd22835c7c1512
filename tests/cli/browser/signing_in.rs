//! In and out again: what is printed, what is pasted, and how it ends.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use super::{NO_OPEN, Pool, Waiting, ana, failed};
use crate::support::Home;
use crate::support::web::{Visitor, parameter, with_parameter};

#[test]
fn the_address_is_printed_and_the_browser_comes_back() {
    let pool = Pool::start();
    let home = pool.home();
    let waiting = Waiting::start(&home, &[&NO_OPEN[..], &["-v"]].concat());
    let page = ana(&mut Visitor::default(), &waiting.url).shows(200, "You are signed in");
    let ran = waiting.end().ok();
    assert!(ran.out.starts_with("Signed in to dev as ana\n"), "{ran:?}");
    assert!(ran.err.contains("Sign-in          Browser"), "{ran:?}");
    let code = parameter(&page.url, "code").unwrap();
    for secret in [code.as_str(), "code_verifier", "eyJ"] {
        assert!(!ran.err.contains(secret), "{secret} in {ran:?}");
    }
    home.poolkey(&["credential-process", "dev"]).ok();
    let status = home.poolkey(&["status", "dev", "--json"]).ok().json();
    assert_eq!(status["signed_in"], true);
}

#[test]
fn pasted_addresses_and_codes() {
    let pool = Pool::start();
    let home = pool.quick_home();
    for only_code in [false, true] {
        let mut waiting = Waiting::start(&home, &NO_OPEN);
        assert!(
            waiting.said.contains("in a browser at:"),
            "{}",
            waiting.said
        );
        let page = ana(&mut Visitor::elsewhere(), &waiting.url);
        waiting.paste("");
        waiting.paste(b"\xff\xfe no text");
        waiting.paste("what now?");
        waiting.paste(with_parameter(&page.url, "state", "x"));
        let code = parameter(&page.url, "code").unwrap();
        waiting.paste(if only_code { &code } else { &page.url });
        let ran = waiting.end().ok();
        let times = |text| ran.err.matches(text).count();
        assert_eq!(
            times("note: There is no code in what was pasted\nhint: "),
            2
        );
        assert_eq!(times("note: That address does not belong to this"), 1);
        assert!(!ran.err.contains(&code), "{ran:?}");
    }
}

/// Somebody pipes a file in, or the terminal was closed: the browser still counts.
#[test]
fn standard_input_that_ends() {
    let pool = Pool::start();
    let home = pool.quick_home();
    let mut waiting = Waiting::start(&home, &NO_OPEN);
    drop(waiting.child.stdin.take());
    ana(&mut Visitor::default(), &waiting.url).shows(200, "You are signed in");
    waiting.end().ok();
}

#[test]
fn cancelled_in_the_browser() {
    let pool = Pool::start();
    let home = pool.quick_home();
    let waiting = Waiting::start(&home, &NO_OPEN);
    let mut visitor = Visitor::default();
    let page = visitor.open(&waiting.url);
    visitor
        .click(&page, "cancel")
        .shows(400, "cancelled or denied");
    failed(waiting.end(), 5)
        .says("access_denied")
        .says("User cancelled");
    home.poolkey(&["credentials", "dev"]).fails(3);
}

#[test]
fn nobody_comes_in_time() {
    let pool = Pool::start();
    let home = pool.quick_home();
    let waiting = Waiting::start(&home, &[&NO_OPEN[..], &["--browser-timeout", "1"]].concat());
    failed(waiting.end(), 3)
        .says("did not come back within one second")
        .says(&pool.callbacks[2]);

    // Where nothing may be asked, nothing is read.
    let quiet = ["--browser-timeout", "1", "--no-input"];
    let mut waiting = Waiting::start(&home, &[&NO_OPEN[..], &quiet].concat());
    waiting.paste("what now?");
    let ran = failed(waiting.end(), 3);
    assert!(!ran.err.contains("note: "), "{ran:?}");
}

#[test]
fn no_port_is_free() {
    let pool = Pool::start();
    let home = pool.quick_home();
    let port = |url: &String| url.split([':', '/']).nth(4).unwrap().to_owned();
    let bind = |port| TcpListener::bind(format!("127.0.0.1:{port}")).unwrap();
    let _held: Vec<_> = pool.callbacks.iter().map(port).map(bind).collect();
    home.poolkey(&NO_OPEN).fails(2).says(&pool.callbacks[0]);
}

#[test]
fn the_browser_of_the_environment_is_opened() {
    let pool = Pool::start();
    let mut home = Home::new();
    let script = "#!/bin/sh\nprintf %s \"$1\" >opened.part\nmv opened.part opened\n";
    let browser = home.write("my-browser", script);
    let all = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&browser, all).unwrap();
    home.set("BROWSER", browser.display().to_string());
    home.set("POOLKEY_SECRET_STORE", "memory");
    pool.add(&home, &["--sign-in", "browser"]);
    let waiting = Waiting::start(&home, &["sign-in", "dev"]);
    assert!(waiting.said.contains("that opens now"), "{}", waiting.said);
    let deadline = Instant::now() + Duration::from_secs(20);
    while !home.path("opened").exists() {
        assert!(Instant::now() < deadline, "{}", waiting.said);
        std::thread::yield_now();
    }
    let opened = home.read("opened");
    assert_eq!(opened, waiting.url);
    ana(&mut Visitor::default(), &opened).shows(200, "You are signed in");
    waiting.end().ok();
}

#[test]
fn no_browser_is_there() {
    let pool = Pool::start();
    let mut home = Home::new();
    home.set("PATH", "/nonexistent");
    home.set("POOLKEY_SECRET_STORE", "memory");
    pool.add(&home, &[]);
    let waiting = Waiting::start(&home, &["sign-in", "dev", "--browser"]);
    ana(&mut Visitor::default(), &waiting.url).shows(200, "You are signed in");
    waiting
        .end()
        .ok()
        .says("note: No browser could be opened\nhint: ");
}

#[test]
fn signed_out_in_the_browser() {
    let pool = Pool::start();
    let home = pool.home();
    let mut visitor = Visitor::default();
    let waiting = Waiting::start(&home, &NO_OPEN);
    ana(&mut visitor, &waiting.url).shows(200, "You are signed in");
    waiting.end().ok();

    let ran = home
        .poolkey(&["sign-out", "dev", "--browser", "--no-open"])
        .ok();
    let url = ran
        .err
        .lines()
        .find(|line| line.starts_with("http"))
        .unwrap();
    assert!(url.contains("/logout?client_id="), "{ran:?}");
    visitor.open(url).shows(200, "id=\"sign-in\"");
    home.poolkey(&["credentials", "dev"]).fails(3);
    assert_eq!(pool.local.sandbox.calls("RevokeToken"), 1);
}

#[test]
fn what_cannot_be_done_in_the_browser_changes_nothing() {
    let pool = Pool::start();
    let home = pool.home();
    let waiting = Waiting::start(&home, &NO_OPEN);
    ana(&mut Visitor::default(), &waiting.url);
    waiting.end().ok();
    let config = home.read(".config/poolkey/profiles.toml");
    let kept = config.lines().filter(|line| !line.starts_with("domain"));
    let without: Vec<&str> = kept.collect();
    home.write(".config/poolkey/profiles.toml", without.join("\n"));
    home.poolkey(&["sign-out", "dev", "--browser", "--no-open"])
        .fails(2)
        .says("domain");
    home.poolkey(&NO_OPEN).fails(2).says("domain");
    home.poolkey(&["credentials", "dev"]).ok();
    home.poolkey(&["sign-out", "dev", "--no-open"]).fails(2);
}
