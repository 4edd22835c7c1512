//! Managed login at ministack: its pages, its check of PKCE, its token endpoint and its keys, with a
//! browser that `tests/tools/browser.py` plays.
//!
//! ministack cannot: ask for a second factor or a passkey on its pages, keep a browser signed in (so
//! nothing is forgotten at its `/logout`), do anything with `login_hint`, or check PKCE where the
//! sign-in came by an identity provider.

use std::net::TcpListener;

use serde_json::json;

use super::ministack::Setup;
use super::ministack_sign_out::{copy, used};
use super::scripted_browser::{WHY, with};
use super::servers::str_of;

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn a_code_is_redeemed_and_the_sign_in_lasts() {
    let setup = Setup::start();
    setup.add_browser_profile("web", "browser", "");
    let (running, address) = setup.begin("web");
    let forms = json!([
        { "username": "ana", "password": "Wrong-Password-1!" },
        { "username": "ana@example.com", "password": setup.ana("password") },
    ]);
    let seen = setup.browse(&address, &forms, None);
    assert!(
        seen["pages"][1]
            .as_str()
            .unwrap()
            .contains("Incorrect username or password.")
    );
    assert_eq!(seen["status"], 200, "{seen}");
    assert!(str_of(&seen, "text").contains(WHY), "{seen}");
    let done = running.wait().expect(0);
    assert!(
        done.stdout.starts_with("Signed in to web as ana\n"),
        "{done:?}"
    );
    done.says(&["Browser"]);
    let (_, code) = str_of(&seen, "url").split_once("code=").unwrap();
    let code = code.split('&').next().unwrap();
    assert!(!done.stderr.contains(code), "{done:?}");
    assert!(setup.env.files_with(code).is_empty());
    setup.check_caller("web");
    setup.refresh("web");
}

/// ministack's client secrets have characters that mean something in a form.
#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn a_confidential_client_and_the_second_callback_address() {
    let setup = Setup::start();
    setup.add_browser_profile("web", "secret_browser", "");
    let callbacks = &setup.about()["callbacks"];
    let (taken, free) = (
        callbacks[0].as_str().unwrap(),
        callbacks[1].as_str().unwrap(),
    );
    let taken = taken
        .trim_start_matches("http://localhost:")
        .trim_end_matches("/callback");
    let _elsewhere = TcpListener::bind(("127.0.0.1", taken.parse().unwrap())).unwrap();
    let (running, address) = setup.begin("web");
    let seen = setup.browse(&address, &setup.ana_types(), None);
    assert!(str_of(&seen, "url").starts_with(free), "{seen}");
    running.wait().expect(0);
    setup.check_caller("web");
    setup.refresh("web");
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn a_browser_on_another_machine() {
    let setup = Setup::start();
    setup.add_browser_profile("web", "browser", "");
    let (mut running, address) = setup.begin("web");
    let callback = setup.about()["callbacks"][0].as_str().unwrap();
    let seen = setup.browse(&address, &setup.ana_types(), Some(callback));
    let ended_at = str_of(&seen, "url");
    running.type_line(&with(ended_at, "state", "somebody"));
    running.line("note: That address does not belong to this sign-in");
    running.type_line(ended_at);
    running.wait().expect(0);
    setup.check_caller("web");
}

/// The browser is given to somebody else, who changes what Poolkey asked for.
#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn what_was_tampered_with_is_refused() {
    let setup = Setup::start();
    setup.add_browser_profile("web", "browser", "");
    let typed = setup.ana_types();
    for (parameter, value, sentence, words) in [
        (
            "nonce",
            "another",
            "not accepted: it belongs to another sign-in",
            "hint: ",
        ),
        (
            "code_challenge",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "The code from the browser was not accepted",
            "PKCE verification failed.",
        ),
        ("scope", "openid+phone", "error: ", "invalid_scope"),
        (
            "code_challenge_method",
            "plain",
            "error: ",
            "invalid_request",
        ),
    ] {
        let (running, address) = setup.begin("web");
        let seen = setup.browse(&with(&address, parameter, value), &typed, None);
        let page = str_of(&seen, "text");
        assert!(!page.contains(WHY), "{parameter}: {seen}");
        running.wait().expect(5).says(&[sentence, words]);
    }
    let status = setup.env.poolkey("status web --json", "");
    assert_eq!(status.expect(0).json()["signed_in"], false);

    let (running, address) = setup.begin("web");
    let seen = setup.browse(&with(&address, "state", "another"), &typed, None);
    assert!(
        str_of(&seen, "text").contains("does not belong to the sign-in"),
        "{seen}"
    );
    setup.browse(&address, &typed, None);
    running.wait().expect(0);
}

/// The browser never comes back, so nothing but the page can say why.
#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn a_callback_address_that_is_not_registered() {
    let mut setup = Setup::start();
    let address = setup.server.about["callbacks"][0].as_str().unwrap();
    let other = address.replace("/callback", "/callback/");
    setup.server.about["callbacks"] = json!([other, other]);
    setup.add_browser_profile("web", "browser", "");
    let (_waits, address) = setup.begin("web");
    let seen = setup.browse(&address, &setup.ana_types(), None);
    assert_eq!(seen["status"], 400);
    assert!(
        str_of(&seen, "text").contains("redirect_uri is not allowed"),
        "{seen}"
    );
}

/// Straight to it: the pool's own page is not seen on the way. Its user is new in the pool; ministack
/// lets the provider's claims win over its own, so the name is the provider's.
#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn an_identity_provider() {
    let setup = Setup::start();
    setup.add_browser_profile("web", "browser", " --identity-provider Partner");
    let (running, address) = setup.begin("web");
    let foreign = &setup.about()["foreign"];
    let typed = json!([{ "username": "eva", "password": str_of(foreign, "password") }]);
    let seen = setup.browse(&address, &typed, None);
    assert_eq!(seen["pages"].as_array().unwrap().len(), 1, "{seen}");
    let done = running.wait().expect(0);
    assert!(
        done.stdout.starts_with("Signed in to web as eva\n"),
        "{done:?}"
    );
    done.says(&["Browser (Partner)"]);
    setup.check_caller("web");
    setup.refresh("web");
}

/// A name, a choice, a code; and a new password.
#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn pages_of_several_steps() {
    let setup = Setup::start();
    setup.add_browser_profile("web", "choosing_browser", "");
    let password = &setup.about()["nina"]["password"];
    let new = "Quite-Another-99!";
    for (name, forms) in [
        (
            "ana",
            json!([{ "username": "ana" }, { "challenge": "EMAIL_OTP" }, { "code": "123456" }]),
        ),
        (
            "nina",
            json!([
                { "username": "nina" },
                { "challenge": "PASSWORD" },
                { "password": password },
                { "new_password": new, "confirm_password": new },
            ]),
        ),
    ] {
        let (running, address) = setup.begin("web");
        let seen = setup.browse(&address, &forms, None);
        assert!(str_of(&seen, "text").contains(WHY), "{seen}");
        let done = running.wait().expect(0);
        let line = format!("Signed in to web as {name}\n");
        assert!(done.stdout.starts_with(&line), "{done:?}");
        setup.check_caller("web");
    }
}

/// The token of managed login is revoked like any other; the browser is sent to ministack's own page.
#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn the_browser_signs_out_too() {
    let setup = Setup::start();
    setup.add_browser_profile("web", "browser", "");
    let end = str_of(setup.about(), "logout_url");
    let path = setup.env.path("config/profiles.toml");
    let profiles = std::fs::read_to_string(&path).unwrap();
    std::fs::write(path, format!("{profiles}logout_url = \"{end}\"\n")).unwrap();
    let (running, address) = setup.begin("web");
    setup.browse(&address, &setup.ana_types(), None);
    running.wait().expect(0);

    let before = copy(&setup.env);
    let done = setup.env.poolkey("sign-out web --browser --no-open", "");
    let done = done.expect(0);
    let address = done.stderr.lines().find(|line| line.starts_with("http"));
    let seen = setup.browse(address.unwrap(), &json!([]), Some(end));
    assert_eq!(seen["url"], end);
    let refused = used(&setup, &before, "web").expect(3);
    refused.says(&["Refresh Token has been revoked"]);
}
