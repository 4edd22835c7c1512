//! The Activity tab: empty, filled, filtered, copied.

use std::time::Duration;

use eframe::egui::Theme;
use eframe::egui::accesskit::Role;
use eframe::egui::vec2;
use egui_kittest::kittest::Queryable;
use jiff::SignedDuration;
use poolkey::app::effect::CopyText;
use poolkey::app::{Effect, Event, Model, Tab};
use poolkey::domain::{CallOutcome, CallRecord};

use super::fixture::{model, now};
use super::support::{Window, open, open_sized};

const FILTER: &str = "Filter by operation, code or request ID";

/// A call so many seconds ago.
pub fn call(profile: &str, operation: &str, ago: i64, outcome: CallOutcome) -> CallRecord {
    CallRecord {
        profile: profile.parse().ok(),
        service: "Cognito identity pool".to_owned(),
        operation: operation.to_owned(),
        began_at: now() - SignedDuration::from_secs(ago),
        took: Duration::from_millis(212),
        attempts: 1,
        request_id: Some(format!("0a1b2c3d-0000-4a4a-9b9b-{ago:012}")),
        outcome,
    }
}

/// Three calls of `acme-prod`, one of them refused, and one of another profile.
pub fn filled() -> Model {
    let refused = CallOutcome::Refused("NotAuthorizedException".to_owned());
    let mut shown = model();
    shown.tab = Tab::Activity;
    let mut again = call("acme-prod", "GetId", 9, CallOutcome::Answered);
    again.attempts = 3;
    shown.calls = [
        call("acme-prod", "InitiateAuth", 10, CallOutcome::Answered),
        again,
        call("demo", "RevokeToken", 9, CallOutcome::Answered),
        call("acme-prod", "GetCredentialsForIdentity", 8, refused),
    ]
    .into();
    shown
}

/// What the rows say, from the top.
fn rows(window: &Window) -> Vec<String> {
    let mut rows: Vec<(f32, String)> = window
        .harness
        .query_all_by_label_contains(" ms")
        .map(|row| (row.rect().top(), row.value().unwrap_or_default()))
        .filter(|(_, label)| label.contains("Cognito identity pool"))
        .collect();
    rows.sort_by(|one, other| one.0.total_cmp(&other.0));
    rows.into_iter().map(|(_, label)| label).collect()
}

fn copied(window: &Window) -> String {
    match window.effects().pop() {
        Some(Effect::Copy {
            text: CopyText::Plain(text),
            ..
        }) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_called_yet_says_what_will_be_here() {
    let mut shown = model();
    shown.tab = Tab::Activity;
    let mut window = open(shown);
    assert!(window.has("Nothing called yet"));
    assert!(window.has("0 calls"));
    window.press("Copy report");
    assert!(copied(&window).ends_with("none"));
}

#[test]
fn the_newest_call_of_the_profile_comes_first() {
    let window = open(filled());
    assert_eq!(
        rows(&window),
        [
            "GetCredentialsForIdentity Cognito identity pool: NotAuthorizedException, \
             AWS credentials, 14:22:06, 212 ms",
            "GetId Cognito identity pool: ok, Identity ID, 14:22:05, 212 ms · 3×",
            "InitiateAuth Cognito identity pool: ok, Sign-in, 14:22:04, 212 ms",
        ]
    );
    assert!(window.has("3 calls"));
}

#[test]
fn a_filter_looks_at_operation_code_and_request_id() {
    for (filter, left) in [
        ("getid", 1),
        ("notauthorized", 1),
        ("000000000010", 1),
        ("0a1b", 3),
        ("nothing of that", 0),
    ] {
        let mut window = open(filled());
        window.write(Role::TextInput, FILTER, filter);
        assert_eq!(rows(&window).len(), left, "{filter}");
        assert_eq!(window.has("No such call"), left == 0, "{filter}");
    }
}

#[test]
fn switches_leave_problems_and_add_other_profiles() {
    let mut window = open(filled());
    window.click(Role::Switch, "Problems only");
    let left = rows(&window);
    assert!(
        left.len() == 1 && left[0].contains("NotAuthorizedException"),
        "{left:?}"
    );
    window.click(Role::Switch, "Problems only");
    window.click(Role::Switch, "All profiles");
    let all = rows(&window);
    assert_eq!(all.len(), 4);
    assert!(
        all[1].starts_with("RevokeToken Cognito identity pool · demo: ok, Other"),
        "{all:?}"
    );
}

#[test]
fn a_request_id_is_copied_whole() {
    let mut window = open(filled());
    window.press("Copy request ID 0a1b2c3d-0000-4a4a-9b9b-000000000010");
    assert_eq!(copied(&window), "0a1b2c3d-0000-4a4a-9b9b-000000000010");
}

#[test]
fn the_report_has_every_call_of_the_profile_and_no_name() {
    let mut window = open(filled());
    window.write(Role::TextInput, FILTER, "getid");
    window.press("Copy report");
    let text = copied(&window);
    for operation in ["InitiateAuth", "GetId", "GetCredentialsForIdentity"] {
        assert!(text.contains(operation), "{text}");
    }
    assert!(!text.contains("RevokeToken"), "{text}");
    for name in ["acme-prod", "ana@", "aB3dE5gH7", "canary"] {
        assert!(!text.contains(name), "{text}");
    }
}

#[test]
fn a_call_that_comes_in_is_shown_at_once() {
    let mut window = open(filled());
    let new = call("acme-prod", "GetCallerIdentity", 0, CallOutcome::Answered);
    window.tell(Event::Called(vec![new]));
    assert!(rows(&window)[0].starts_with("GetCallerIdentity"));
}

/// Five hundred rows are as quick as those that are seen.
#[test]
fn only_rows_on_screen_are_drawn() {
    let mut shown = filled();
    let many = (0..497).map(|ago| call("acme-prod", "GetUser", ago, CallOutcome::Answered));
    shown.calls.extend(many);
    let window = open(shown);
    assert!(window.has("500 calls"));
    let drawn = rows(&window).len();
    assert!((5..30).contains(&drawn), "{drawn}");
}

#[test]
fn nothing_lies_over_another_thing() {
    for size in [vec2(1180.0, 760.0), vec2(900.0, 600.0)] {
        let window = open_sized(Theme::Light, size, filled());
        let found = window.overlaps();
        assert!(found.is_empty(), "{found:#?}");
    }
}
