//! The menu of ways to sign out, and the warning of a wrong clock.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::NodeT;
use jiff::SignedDuration;
use poolkey::app::{Effect, Event, Model};
use poolkey::domain::{Problem, ProblemKind, SignOutScope};

use super::fixture::{empty_model, managed_login, model};
use super::support::{Window, open};

const WAYS: [&str; 4] = [
    "Sign out",
    "Sign out here and in the browser",
    "Sign out everywhere",
    "Forget on this computer only",
];

fn with_managed_login() -> Model {
    let mut model = model();
    if let Some(state) = model.profiles.first_mut() {
        state.profile.managed_login = Some(managed_login());
    }
    model
}

fn menu(model: Model) -> Window {
    let mut window = open(model);
    window.press("Sign out");
    window
}

fn offered(window: &Window) -> Vec<&'static str> {
    let texts = window.texts();
    let is_offered = |way: &&str| texts.lines().filter(|line| line == way).count() > 0;
    WAYS.into_iter()
        .skip(1)
        .filter(|way| is_offered(way))
        .collect()
}

#[test]
fn every_way_ends_what_it_says() {
    for (way, wanted, browser) in [
        (WAYS[0], SignOutScope::Revoke, false),
        (WAYS[1], SignOutScope::Revoke, true),
        (WAYS[2], SignOutScope::Everywhere, false),
        (WAYS[3], SignOutScope::Here, false),
    ] {
        let mut window = menu(with_managed_login());
        assert!(window.effects().is_empty(), "nothing is ended yet");
        window.click(Role::MenuItem, way);
        let effects = window.effects();
        let Some(Effect::SignOut { scope, profile }) = effects.first() else {
            panic!("{way}: {effects:?}");
        };
        assert_eq!(
            (*scope, profile.name.as_str()),
            (wanted, "acme-prod"),
            "{way}"
        );
        let in_browser = matches!(effects.get(1), Some(Effect::SignOutOfBrowser(_)));
        assert_eq!(in_browser, browser, "{way}");
        assert!(!window.can_press("Signing out…"));
        assert!(!window.can_press("Refresh now"));
    }
}

#[test]
fn every_way_says_what_stays_valid() {
    let window = menu(with_managed_login());
    for way in WAYS {
        let item = window.get(Role::MenuItem, way);
        let text = item.accesskit_node().description().unwrap_or_default();
        let says = text.contains("valid until they expire") || text.starts_with("The same");
        assert!(says, "{way}: {text}");
    }
}

#[test]
fn the_browser_is_offered_where_there_is_managed_login() {
    assert_eq!(offered(&menu(with_managed_login())), WAYS[1..]);
    assert_eq!(offered(&menu(model())), WAYS[2..]);
}

#[test]
fn escape_closes_the_menu_and_ends_nothing() {
    let mut window = menu(model());
    window.key(Key::Escape);
    assert!(window.effects().is_empty());
    assert!(offered(&window).is_empty());
}

#[test]
fn a_sign_out_that_failed_can_be_tried_again() {
    let mut window = menu(model());
    window.click(Role::MenuItem, "Sign out");
    let problem = Problem::new(ProblemKind::SecretStore, "The keychain is locked");
    window.tell(Event::SignedOut {
        profile: "acme-prod".parse().unwrap(),
        result: Err(problem),
    });
    window.get(Role::Alert, "The keychain is locked");
    assert!(window.can_press("Sign out"));
}

#[test]
fn nobody_who_is_signed_out_is_offered_to_sign_out() {
    let mut shown = model();
    shown.selected = "field-emea".parse().ok();
    assert!(!open(shown).has("Sign out"));
}

#[test]
fn a_wrong_clock_is_told_on_every_page_until_it_is_right() {
    let behind = "This computer's clock is 3 min behind AWS. Poolkey corrects for it; other \
                  programs do not";
    for shown in [model(), empty_model()] {
        let mut window = open(shown);
        window.tell(Event::ClockOffset(SignedDuration::from_secs(29)));
        assert!(!window.has("clock is"));
        window.tell(Event::ClockOffset(SignedDuration::from_secs(180)));
        window.get(Role::Alert, behind);
        window.tell(Event::ClockOffset(SignedDuration::from_secs(-3600 * 5)));
        assert!(window.has("clock is 5 h ahead of AWS"));
        window.tell(Event::ClockOffset(SignedDuration::ZERO));
        assert!(!window.has("clock is"));
    }
}

#[test]
fn nothing_is_begun_while_the_sign_in_is_being_ended() {
    for refreshable in [true, false] {
        let mut shown = model();
        if let Some(state) = shown.profiles.first_mut() {
            let why = Problem::new(ProblemKind::Network, "No answer");
            (state.refreshable, state.problem) = (refreshable, Some(why));
            state.signing_out = true;
        }
        let window = open(shown);
        let (header, card) = if refreshable {
            ("Refresh now", "Try now")
        } else {
            ("Sign in", "Sign in again")
        };
        assert!(!window.can_press(header) && !window.can_press(card));
    }
}
