//! "Check configuration": before saving, with what was typed; what is found, above the form.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::kittest::{Queryable as _, by};
use poolkey::app::{Attempt, Effect, Event, Model, Page, Tab};
use poolkey::domain::{Check, CheckId, Problem, ProblemKind};

use super::fixture::{empty_model, model};
use super::support::{Window, open, open_sized};

const BUTTON: &str = "Check configuration";

fn shown() -> Model {
    let mut shown = model();
    shown.tab = Tab::Configuration;
    shown
}

fn edit(window: &mut Window, name: &str, text: &str) {
    window.get(Role::TextInput, name).focus();
    window.harness.run();
    window
        .harness
        .key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.harness.run();
    window.type_text(text);
}

/// Begins a run; its attempt.
fn begin(window: &mut Window) -> Attempt {
    window.press(BUTTON);
    match &window.effects()[..] {
        [Effect::Check { attempt, .. }] => *attempt,
        other => panic!("{other:?}"),
    }
}

fn not_linked() -> Problem {
    Problem::new(
        ProblemKind::Refused,
        "The identity pool does not accept this",
    )
    .hint("Open the identity pool.")
    .hint("Add the provider.")
}

fn findings() -> Vec<Check> {
    let files = Problem::new(ProblemKind::Usage, "Two sections say different things");
    vec![
        Check::passed(CheckId::UserPool, "eu-west-1_aB3dE5gH7 answers"),
        Check::passed(CheckId::AppClient, "It is there"),
        Check::failed(CheckId::ProviderLinked, not_linked()),
        Check::skipped(CheckId::Guest, "The profile is no guest's"),
        Check::warned(CheckId::AwsFiles, files),
    ]
}

fn end(window: &mut Window, attempt: Attempt) {
    let checks = findings();
    window.tell(Event::ChecksEnded { attempt, checks });
}

#[test]
fn what_was_found_is_shown_and_put_away() {
    let mut window = open(shown());
    let attempt = begin(&mut window);
    assert!(window.has("Checking…"), "{}", window.texts());
    let check = Box::new(Check::passed(CheckId::UserPool, "It answers"));
    window.tell(Event::Checked { attempt, check });
    assert!(window.has("It answers"), "{}", window.texts());
    end(&mut window, attempt);
    window.wait(3);
    for text in [
        "2 of 4 checks pass · last run 3 s ago",
        "The identity pool does not accept this",
        "1. Open the identity pool.",
        "2. Add the provider.",
        "Two sections say different things",
        "eu-west-1_aB3dE5gH7 answers",
        "Not tried: Guest access (The profile is no guest's)",
    ] {
        assert!(window.has(text), "{text} in {}", window.texts());
    }
    // Told by more than a color.
    for (mark, count) in [("failed", 1), ("warned", 1), ("passed", 2)] {
        let marks = by().role(Role::Image).label(mark);
        assert_eq!(window.harness.query_all(marks).count(), count, "{mark}");
    }
    window.press("Close the check");
    assert!(!window.has("checks pass"));
    assert!(window.effects().is_empty());
}

#[test]
fn an_edit_is_tried_before_it_is_saved() {
    let mut window = open(shown());
    let pool = "eu-west-1:00000000-0000-4000-8000-000000000000";
    edit(&mut window, "Identity pool ID", pool);
    window.write(Role::PasswordInput, "App client secret", "canary-client");
    window.press(BUTTON);
    let effects = window.effects();
    let [
        Effect::Check {
            attempt,
            profile,
            client_secret,
        },
    ] = &effects[..]
    else {
        panic!("{effects:?}");
    };
    assert_eq!(profile.identity_pool_id.as_str(), pool);
    assert_eq!(client_secret.as_ref().unwrap().expose(), "canary-client");
    assert!(!format!("{effects:?}").contains("canary"));
    end(&mut window, *attempt);
    assert!(window.has("last run"), "{}", window.texts());
    // Still in the field, to be saved.
    window.press("Save");
    let effects = window.effects();
    assert!(
        matches!(&effects[..], [Effect::Save(draft)] if draft.client_secret.is_some()),
        "{effects:?}"
    );
}

#[test]
fn a_later_edit_makes_the_findings_old() {
    let mut window = open(shown());
    let attempt = begin(&mut window);
    end(&mut window, attempt);
    edit(&mut window, "Group (optional)", "Other");
    assert!(window.has("2 of 4 checks pass · changed since"));
}

#[test]
fn a_run_that_is_stopped_is_heard_of_no_more() {
    let mut window = open(shown());
    let attempt = begin(&mut window);
    window.press("Stop checking");
    assert!(matches!(&window.effects()[..], [Effect::Cancel(stopped)] if *stopped == attempt));
    end(&mut window, attempt);
    assert!(!window.has("checks pass"), "{}", window.texts());
    assert!(window.can_press(BUTTON));
    // The next one counts, the one before still does not.
    let next = begin(&mut window);
    end(&mut window, attempt);
    assert!(window.has("Checking…"));
    end(&mut window, next);
    assert!(window.has("2 of 4 checks pass"));
}

#[test]
fn findings_stay_with_their_profile() {
    let mut window = open(shown());
    let attempt = begin(&mut window);
    end(&mut window, attempt);
    window.click(Role::ListItem, "acme-staging, 6 m");
    assert!(!window.has("checks pass"), "{}", window.texts());
    window.click(Role::ListItem, "acme-prod, 42 m");
    assert!(window.has("2 of 4 checks pass"), "{}", window.texts());
}

#[test]
fn an_incomplete_form_cannot_be_checked() {
    let mut model = empty_model();
    model.page = Page::NewProfile;
    assert!(!open(model).can_press(BUTTON));
}

#[test]
fn a_sign_in_that_has_ended_is_read_anew() {
    let mut window = open(shown());
    let attempt = begin(&mut window);
    let ended = Problem::new(ProblemKind::SignInNeeded, "The sign-in has ended");
    let checks = vec![Check::failed(CheckId::SignIn, ended)];
    window.tell(Event::ChecksEnded { attempt, checks });
    let effects = window.effects();
    assert!(
        matches!(&effects[..], [Effect::LoadSessions(_)]),
        "{effects:?}"
    );
}

#[test]
fn nothing_lies_over_anything() {
    // So high that nothing is scrolled under the foot.
    for size in [vec2(1180.0, 2400.0), vec2(900.0, 2400.0)] {
        for theme in [Theme::Dark, Theme::Light] {
            let mut window = open_sized(theme, size, shown());
            let attempt = begin(&mut window);
            assert_eq!(window.overlaps(), Vec::<String>::new(), "{size:?}");
            end(&mut window, attempt);
            assert_eq!(window.overlaps(), Vec::<String>::new(), "{size:?}");
        }
    }
}

#[test]
fn what_is_found_comes_into_sight() {
    let mut window = open(shown());
    let last = window.get(Role::TextInput, "Endpoint (optional)");
    last.focus();
    window.harness.run();
    let title = |window: &Window| window.get(Role::Heading, "acme-prod").rect();
    assert!(title(&window).bottom() < 0.0, "it has not scrolled");
    let attempt = begin(&mut window);
    end(&mut window, attempt);
    let card = window.get(Role::Heading, "Configuration check").rect();
    assert!(card.top() >= 0.0 && card.bottom() < 300.0, "{card:?}");
}
