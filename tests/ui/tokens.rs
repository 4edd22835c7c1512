//! The Tokens tab: without tokens, with them, revealed, expired.

use eframe::egui::accesskit::Role;
use eframe::egui::{Theme, vec2};
use jiff::SignedDuration;
use poolkey::app::effect::CopyText;
use poolkey::app::{Effect, Model, Tab};
use poolkey::domain::{Claim, ClaimValue, Secret, SeenToken, TokenReading};

use super::fixture::{model, now};
use super::support::{open, open_sized};

/// In no label, name or value of any accessibility node.
const RAW: &str = "eyJhbGciOiJSUzI1NiJ9.canaryTOKEN";

fn claim(name: &str, value: ClaimValue) -> Claim {
    Claim {
        name: name.to_owned(),
        value,
    }
}

fn text(name: &str, value: &str) -> Claim {
    claim(name, ClaimValue::Text(value.to_owned()))
}

fn token(title: &str, minutes: i64) -> SeenToken {
    let at = |minutes| ClaimValue::Time(now() + SignedDuration::from_mins(minutes));
    let groups = ["developers", "on-call"].map(str::to_owned);
    SeenToken {
        title: title.to_owned(),
        token: Secret::new(RAW.to_owned()),
        reading: TokenReading {
            header: vec![text("alg", "RS256"), text("kid", "abcExampleKid1=")],
            claims: vec![
                claim("cognito:groups", ClaimValue::List(groups.into())),
                claim("auth_time", at(-62)),
                text("custom:team", "Blue"),
                claim("exp", at(minutes)),
                text("sub", "0a1b2c3d-1111"),
            ],
        },
    }
}

fn with_tokens() -> Model {
    let mut shown = model();
    shown.tab = Tab::Tokens;
    shown.profiles[0].tokens = vec![token("ID token", 57), token("Access token", 57)];
    shown
}

#[test]
fn without_tokens_a_renewal_is_offered() {
    let mut shown = model();
    shown.tab = Tab::Tokens;
    let mut window = open(shown);
    assert!(window.has("No tokens in this window"));
    window.press("Refresh to see them");
    assert!(matches!(
        window.effects()[..],
        [Effect::Renew { forced: true, .. }]
    ));
    assert!(window.has("On the way"));
    window.click(Role::ListItem, "field-emea, signed out");
    window.click(Role::Tab, "Tokens");
    window.press("Sign in to see them");
    assert!(window.harness.state().model().sheet.is_some());
}

#[test]
fn claims_are_rows_in_words() {
    let window = open(with_tokens());
    assert!(window.has("ID token") && window.has("Access token"));
    for row in [
        "Header: alg RS256, kid abcExampleKid1=",
        "cognito:groups: developers, on-call",
        "auth_time: 13:20:14 today, 1 h 2 min ago",
        "custom:team: Blue",
        "exp: 15:19:14 today, in 57 min",
        "Expires 15:19:14, in 57 min",
    ] {
        assert!(window.has(row), "{row}: {}", window.texts());
    }
}

#[test]
fn a_raw_token_never_enters_the_accessibility_tree() {
    let mut window = open(with_tokens());
    assert!(window.has("ID token: hidden"));
    window.press("Reveal ID token");
    assert!(window.has("ID token: shown on screen"));
    let texts = window.texts();
    assert!(
        !texts.contains("canary") && !texts.contains("eyJ"),
        "{texts}"
    );
    window.press("Hide ID token");
    assert!(window.has("ID token: hidden"));
}

#[test]
fn a_token_is_copied_as_a_secret_and_a_claim_as_text() {
    let mut window = open(with_tokens());
    window.press("Copy Access token");
    match &window.effects()[..] {
        [
            Effect::Copy {
                text: CopyText::Secret(secret),
                ..
            },
        ] => assert_eq!(secret.expose(), RAW),
        other => panic!("{other:?}"),
    }
    window.press("Copy ID token: cognito:groups");
    match &window.effects()[..] {
        [
            Effect::Copy {
                text: CopyText::Plain(text),
                ..
            },
        ] => assert_eq!(text, "developers\non-call"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn tokens_are_gone_when_they_have_expired() {
    let mut window = open(with_tokens());
    window.wait(57 * 60 - 1);
    assert!(window.has("Expires 15:19:14, in less than a minute"));
    window.wait(1);
    assert!(window.has("On the way"));
}

#[test]
fn another_providers_token_stands_below() {
    let mut shown = with_tokens();
    shown.profiles[0].tokens.push(token("Google", 20));
    let window = open(shown);
    assert!(window.has("Expires 14:42:14, in 20 min"));
}

#[test]
fn nothing_lies_over_another_thing() {
    for size in [vec2(1180.0, 1500.0), vec2(900.0, 2500.0)] {
        let mut shown = with_tokens();
        shown.profiles[0].tokens.push(token("Google", 20));
        let window = open_sized(Theme::Light, size, shown);
        let mut found = window.overlaps();
        // Each row is told as one, with its button in it.
        found.retain(|pair| !pair.contains("Copy "));
        assert!(found.is_empty(), "{found:#?}");
    }
}
