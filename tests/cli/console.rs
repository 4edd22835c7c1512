//! `console`: a link that signs in, for as long as the credentials are good.

use std::time::Instant;

use crate::local::{DEADLINE, Local};
use crate::support::web::send;
use crate::support::{Spawned, signed_in};
use poolkey::sandbox::Settings;

/// What a browser is shown.
fn page(url: &str) -> String {
    send("GET", url, "", "").unwrap().body
}

#[test]
fn the_link_is_signed_in_and_opens_the_page() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let ran = home.poolkey(&["console", "dev", "--print"]).ok();
    assert_eq!((ran.err.as_str(), ran.out.lines().count()), ("", 1));
    let url = ran.out.trim_end();
    let begins = format!("{}/federation?Action=login&", sandbox.text("/endpoint"));
    assert!(url.starts_with(&begins), "{url}");
    assert!(!url.contains("ASIA"), "the keys stay behind: {url}");
    let shown = page(url);
    assert!(
        shown.contains("assumed-role/poolkey-sandbox-developers/"),
        "{shown}"
    );
    let console = "https://us-east-1.console.aws.amazon.com/console/home?region=us-east-1";
    assert!(shown.contains(console), "{shown}");
    let s3 = "https://s3.console.aws.amazon.com/s3/home?a=b&c=d";
    let ran = home
        .poolkey(&["console", "dev", "--print", "--destination", s3])
        .ok();
    let shown = page(ran.out.trim_end());
    assert!(shown.contains("s3/home?a=b&amp;c=d"), "{shown}");
    // Another link is another token.
    assert_ne!(url, ran.out.trim_end());
    let spoiled = page(&url.replace("SigninToken=", "SigninToken=x"));
    assert!(spoiled.contains("invalid or has expired"), "{spoiled}");
}

#[test]
fn the_browser_gets_the_link_and_the_terminal_does_not() {
    let sandbox = Spawned::start();
    let mut home = signed_in(&sandbox);
    let script = "#!/bin/sh\nprintf %s \"$1\" >opened.tmp && mv opened.tmp opened\n";
    let browser = home.write("browser", script);
    std::fs::set_permissions(
        &browser,
        std::os::unix::fs::PermissionsExt::from_mode(0o700),
    )
    .unwrap();
    home.set("BROWSER", browser.display().to_string());
    let ran = home.poolkey(&["console", "dev", "--verbose"]).ok();
    assert_eq!(ran.out, "");
    // The browser is not waited for.
    let deadline = Instant::now() + DEADLINE;
    while !home.path("opened").exists() {
        assert!(Instant::now() < deadline, "{ran:?}");
        std::thread::yield_now();
    }
    let opened = home.read("opened");
    let token = opened.rsplit_once("SigninToken=").unwrap().1;
    assert!(token.len() > 20, "{opened}");
    // The call is told, without its parameters.
    assert!(ran.err.contains("GetSigninToken"), "{ran:?}");
    assert!(
        !ran.err.contains(token) && !ran.err.contains("Session="),
        "{ran:?}"
    );
}

#[test]
fn what_is_refused_is_said() {
    let local = Local::start(Settings::default());
    let home = local.signed_in();
    let print = ["console", "dev", "--print"];
    home.poolkey(&[&print[..], &["--destination", "http://evil.example"]].concat())
        .fails(2);
    // The service's clock is ahead: what is cached has ended there.
    local
        .sandbox
        .clock()
        .advance(jiff::SignedDuration::from_hours(2));
    let ran = home.poolkey(&print).fails(5);
    assert!(
        ran.err.contains("GetSigninToken answered HTTP 400"),
        "{ran:?}"
    );
    assert!(!ran.err.contains("Session="), "{ran:?}");
    local
        .sandbox
        .clock()
        .advance(jiff::SignedDuration::from_hours(-2));
    home.poolkey(&["sign-out", "dev"]).ok();
    home.poolkey(&print).fails(3).says("poolkey sign-in dev");
}

#[test]
fn snippets_are_filled() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    for language in ["javascript", "python", "swift", "kotlin", "dotnet", "rust"] {
        let ran = home.poolkey(&["snippet", "dev", language]).ok();
        for pointer in ["/identity_pool_id", "/clients/0/client_id", "/user_pool_id"] {
            assert!(
                ran.out.contains(sandbox.text(pointer)),
                "{language}: {ran:?}"
            );
        }
        assert!(!ran.out.contains("{{") && ran.err.is_empty(), "{language}");
    }
    home.poolkey(&["snippet", "dev", "cobol"])
        .fails(2)
        .says("javascript, python, swift, kotlin, dotnet, rust");
}

#[test]
fn no_browser_is_there() {
    let sandbox = Spawned::start();
    let mut home = signed_in(&sandbox);
    home.set("PATH", "/nonexistent");
    home.poolkey(&["console", "dev"])
        .fails(1)
        .says("No browser could be opened")
        .says("poolkey console dev --print");
}
