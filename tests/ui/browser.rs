//! The sign-in sheet while the browser is open: offered, waited for, pasted, failed, left.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use poolkey::app::{Attempt, Effect, Event, SignInPhase};
use poolkey::domain::{Problem, ProblemKind, SignInMethod};

use super::fixture::managed_login;
use super::sign_in::{first, typed, with_sheet};
use super::support::{Window, open};

#[test]
fn the_browser_is_offered_where_the_profile_has_managed_login() {
    let window = open(with_sheet(first()));
    assert!(!window.has("Use the browser"));
    let mut with_pages = with_sheet(first());
    if let Some(state) = with_pages.profiles.first_mut() {
        state.profile.managed_login = Some(managed_login());
        state.running = None;
    }
    let mut window = open(with_pages);
    window.press("Use the browser");
    let effects = window.effects();
    assert!(
        matches!(effects[..], [Effect::BrowserSignIn { .. }]),
        "{effects:?}"
    );
    assert!(window.has("Opening the browser…"));
}

#[test]
fn a_typed_name_goes_to_the_browser_and_is_there_again_afterwards() {
    let mut with_pages = with_sheet(first());
    if let Some(state) = with_pages.profiles.first_mut() {
        state.profile.managed_login = Some(managed_login());
        state.running = None;
    }
    let mut window = open(with_pages);
    window.get(Role::TextInput, "Username").focus();
    window.harness.run();
    window.type_text(".uk");
    window.press("Use the browser");
    let effects = window.effects();
    let [Effect::BrowserSignIn { profile, .. }] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(profile.username.as_deref(), Some("ana@acme.example.uk"));
    window.press("Use another method");
    let name = window.value(Role::TextInput, "Username");
    assert_eq!(name, "ana@acme.example.uk");
}

#[test]
fn a_passkey_leads_to_the_browser() {
    let mut window = open(with_sheet(first()));
    window.type_text("canary-hunter2");
    window.press("Continue");
    let attempt = Attempt(1);
    window.effects();
    window.tell(Event::BrowserNeeded { attempt });
    assert!(window.has("Opening the browser…"));
    let effects = window.effects();
    let [
        Effect::Cancel(stopped),
        Effect::BrowserSignIn { attempt: new, .. },
    ] = &effects[..]
    else {
        panic!("{effects:?}");
    };
    assert_eq!(*stopped, attempt);
    window.tell(Event::BrowserOpened {
        attempt: *new,
        url: "https://acme.example/oauth2/authorize".to_owned(),
    });
    assert!(window.has("Sign in in the browser"));
    assert!(window.can_press("Copy the address"));
}

#[test]
fn a_browser_that_did_not_come_back_in_time_is_said() {
    let mut waiting = with_sheet(SignInPhase::Browser {
        url: Some("https://acme.example/oauth2/authorize".to_owned()),
        problem: None,
        at_providers: false,
    });
    if let Some(state) = waiting.profiles.first_mut() {
        state.profile.sign_in = SignInMethod::Browser;
        state.profile.managed_login = Some(managed_login());
    }
    let mut window = open(waiting);
    let late = Problem::new(
        ProblemKind::SignInNeeded,
        "The browser did not come back within 5 minutes",
    );
    window.tell(Event::Failed {
        attempt: Attempt(1),
        problem: late.hint("If it shows an error page, register the callback addresses."),
    });
    window.get(
        Role::Alert,
        "The browser did not come back within 5 minutes. If it shows an error page, register the \
         callback addresses.",
    );
    assert!(window.has("The browser did not sign you in"));
    assert!(window.can_press("Open the browser again"));
    assert!(!window.has("Address or code"));
}

fn in_browser(url: Option<&str>) -> Window {
    let phase = SignInPhase::Browser {
        url: url.map(str::to_owned),
        problem: None,
        at_providers: false,
    };
    open(with_sheet(phase))
}

#[test]
fn a_browser_elsewhere_gets_the_address_and_its_end_is_pasted() {
    let url = "https://acme.example/oauth2/authorize?client_id=1";
    let mut window = in_browser(Some(url));
    let field = window.get(Role::PasswordInput, "Address or code");
    assert!(field.is_focused());
    window.press("Copy the address");
    let effects = window.effects();
    assert!(
        matches!(
            &effects[..],
            [Effect::Copy {
                what: "Address",
                ..
            }]
        ),
        "{effects:?}"
    );
    assert!(!window.can_press("Continue"));
    window.get(Role::PasswordInput, "Address or code").focus();
    window.harness.run();
    window.paste("http://localhost:8976/callback?code=canary-code&state=1");
    assert!(!window.texts().contains("canary"));
    window.key(Key::Enter);
    let effects = window.effects();
    let [Effect::PasteCode { text, attempt }] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert!(text.expose().contains("canary-code"));
    assert_eq!(typed(&window, "pasted"), 0);
    window.tell(Event::PasteRefused {
        attempt: *attempt,
        problem: Problem::new(ProblemKind::Usage, "There is no code in it"),
    });
    window.get(Role::Alert, "There is no code in it");
}

/// The button for it reaches over the sheet's left edge, and must not widen the sheet.
/// The page may as well be another provider's.
#[test]
fn the_sheet_does_not_say_whose_page_it_is() {
    let window = in_browser(Some("https://login.acme.example/authorize"));
    assert!(window.has("The sign-in page opens there"));
    assert!(!window.has("user pool's own page"));
}

#[test]
fn the_offer_does_not_move_the_sheet() {
    let place = |window: &Window| window.get(Role::Heading, "Sign in to acme-prod").rect();
    let without = open(with_sheet(first()));
    let mut offered = with_sheet(first());
    if let Some(state) = offered.profiles.first_mut() {
        state.profile.managed_login = Some(managed_login());
    }
    assert_eq!(place(&open(offered)), place(&without));
}

#[test]
fn a_browser_that_failed_can_be_opened_again() {
    let mut waiting = with_sheet(SignInPhase::Browser {
        url: Some("https://acme.example/oauth2/authorize".to_owned()),
        problem: None,
        at_providers: false,
    });
    if let Some(state) = waiting.profiles.first_mut() {
        state.profile.sign_in = SignInMethod::Browser;
        state.profile.managed_login = Some(managed_login());
    }
    let mut window = open(waiting);
    window.tell(Event::Failed {
        attempt: Attempt(1),
        problem: Problem::new(
            ProblemKind::Refused,
            "The sign-in was given up in the browser",
        ),
    });
    window.get(Role::Alert, "The sign-in was given up in the browser");
    assert!(!window.has("Address or code"), "nothing waits for it");
    assert!(
        window
            .get(Role::Button, "Open the browser again")
            .is_focused()
    );
    window.key(Key::Enter);
    let effects = window.effects();
    assert!(
        matches!(effects[..], [Effect::BrowserSignIn { .. }]),
        "{effects:?}"
    );
    assert!(window.has("Opening the browser…"));
}

#[test]
fn from_the_browser_one_can_go_back_or_give_up() {
    let mut window = in_browser(None);
    assert!(!window.can_press("Copy the address"));
    window.press("Use another method");
    assert!(matches!(window.effects()[..], [Effect::Cancel(_)]));
    window.get(Role::PasswordInput, "Password");
    let mut window = in_browser(None);
    window.key(Key::Escape);
    assert!(matches!(window.effects()[..], [Effect::Cancel(_)]));
    assert!(window.harness.state().model().sheet.is_none());
}
