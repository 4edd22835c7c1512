//! The Overview tab in every state.

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Theme, vec2};
use egui_kittest::kittest::NodeT;
use poolkey::app::effect::CopyText;
use poolkey::app::{Effect, FilesChange, Tab};
use poolkey::domain::{BasicFlow, DurationSeconds, Exchange, ExportTarget, Place, SignInMethod};

use super::fixture::{SECRET_KEY, model, refused, running};
use super::support::{Window, open, open_sized};

#[test]
fn valid_credentials_count_down() {
    let mut window = open(model());
    window.get(Role::Status, "Credentials valid");
    assert_eq!(
        window.value(Role::Timer, "Remaining lifetime"),
        "42 minutes 17 seconds left"
    );
    let shown = model();
    let (_, at) = shown.next_renewal().unwrap();
    // The margin and the jitter.
    let at = at.strftime("%H:%M").to_string();
    assert!(at == "14:48" || at == "14:49", "{at}");
    assert!(window.has(&format!(
        "Expires at 15:04:31 today · renews by itself at {at}"
    )));
    assert!(window.has("Sign-in: SRP + TOTP · 214 ms"));
    assert!(window.has("Account: 1234 5678 9012"));
    assert!(window.has("Session token: hidden"));
    window.wait(17);
    assert_eq!(
        window.value(Role::Timer, "Remaining lifetime"),
        "42 minutes left"
    );
}

#[test]
fn expiring_expired_and_signed_out() {
    for (name, pill, sentence) in [
        ("acme-staging", "Expires soon", "does not renew by itself"),
        ("field-apac", "Expired", "Expired at 14:20:44 today"),
        ("field-emea", "Signed out", "Not signed in"),
    ] {
        let mut shown = model();
        shown.selected = name.parse().ok();
        let window = open(shown);
        window.get(Role::Status, pill);
        assert!(window.has(sentence), "{name}: {}", window.texts());
    }
}

#[test]
fn what_signing_in_takes_is_said() {
    for (method, with) in [
        (SignInMethod::Srp, "with your username and password."),
        (SignInMethod::CustomSrp, "with your username and password."),
        (SignInMethod::Choice, "with your username."),
        (SignInMethod::Browser, "with your browser."),
    ] {
        let mut shown = model();
        shown.selected = "field-emea".parse().ok();
        for state in &mut shown.profiles {
            state.profile.sign_in = method;
        }
        assert!(open(shown).has(with), "{method}");
    }
}

#[test]
fn the_main_button_fits_the_state() {
    let mut window = open(model());
    window.press("Refresh now");
    assert!(matches!(
        window.effects()[..],
        [Effect::Renew { forced: true, .. }]
    ));
    window.press("Cancel");
    assert!(matches!(window.effects()[..], [Effect::Cancel(_)]));
    window.click(Role::ListItem, "field-emea, signed out");
    window.press("Sign in");
    assert!(window.harness.state().model().sheet.is_some());
}

#[test]
fn a_running_sign_in_shows_its_step() {
    let mut busy = model();
    if let Some(state) = busy.profiles.first_mut() {
        running(state, "checking your password");
    }
    let window = open(busy);
    window.get(Role::Status, "Signing in…");
    assert!(window.has("Sign-in: checking your password"));
    window.get(Role::Button, "Cancel");
}

#[test]
fn a_secret_never_enters_the_accessibility_tree() {
    let mut window = open(model());
    assert!(window.has("Secret key: hidden"));
    window.press("Reveal");
    assert!(window.has("Secret key: shown on screen"));
    let texts = window.texts();
    assert!(!texts.contains("canary"), "{texts}");
    assert!(texts.contains("ASIAQ3EXAMPLE7UZ4"));
    window.press("Hide");
    assert!(window.has("Secret key: hidden"));
}

#[test]
fn copy_buttons_copy_the_whole_value() {
    let mut window = open(model());
    for (button, expected) in [
        (
            "Copy Identity ID",
            "eu-west-1:1699ebc0-7900-4099-b910-2df94f52a030",
        ),
        ("Copy Account", "123456789012"),
        ("Copy Role", "acme-prod-developers"),
        ("Copy Access key ID", "ASIAQ3EXAMPLE7UZ4"),
    ] {
        window.press(button);
        let effects = window.effects();
        let [
            Effect::Copy {
                text: CopyText::Plain(text),
                ..
            },
        ] = &effects[..]
        else {
            panic!("{button}: {effects:?}");
        };
        assert_eq!(text, expected);
    }
    window.press("Copy Secret key");
    let effects = window.effects();
    let [
        Effect::Copy {
            text: CopyText::Secret(secret),
            ..
        },
    ] = &effects[..]
    else {
        panic!("{effects:?}");
    };
    assert_eq!(secret.expose(), SECRET_KEY);
    window.press("Copy Session token");
    let effects = window.effects();
    let [
        Effect::Copy {
            text: CopyText::Secret(secret),
            ..
        },
    ] = &effects[..]
    else {
        panic!("{effects:?}");
    };
    assert_eq!(secret.char_count(), 1312);
}

#[test]
fn switches_say_what_is_on_and_ask_for_the_other() {
    let mut window = open(model());
    let keep = window.get(Role::Switch, "Keep fresh");
    assert_eq!(keep.accesskit_node().toggled(), Some(Toggled::True));
    window.click(Role::Switch, "Keep fresh");
    let keep = window.get(Role::Switch, "Keep fresh");
    assert_eq!(keep.accesskit_node().toggled(), Some(Toggled::False));
    window.click(Role::Switch, "credential_process");
    let effects = window.effects();
    assert!(
        matches!(
            effects[..],
            [
                ..,
                Effect::PreviewFiles(
                    _,
                    FilesChange::Remove {
                        target: ExportTarget::CredentialProcess,
                        ..
                    }
                )
            ]
        ),
        "{effects:?}"
    );
}

#[test]
fn a_foreign_section_and_a_warning_are_said() {
    let mut shown = model();
    let exports = &mut shown.profiles[0].exports;
    exports.credentials_file = Place::Foreign;
    exports.warnings = vec!["One hides the other".to_owned()];
    let window = open(shown);
    assert!(window.has("[acme-prod] in ~/.aws/credentials · not made by Poolkey"));
    assert!(window.has("Note: One hides the other"));
}

#[test]
fn a_refusal_says_what_aws_said_and_what_to_do() {
    let mut shown = model();
    let first = shown.profiles.remove(0);
    shown.profiles.insert(0, refused(first));
    let mut window = open(shown);
    window.get(Role::Status, "Exchange refused");
    assert!(window.has("GetId answered NotAuthorizedException"));
    assert!(window.has("2. User access → Add identity provider"));
    assert!(window.has("Identity ID: refused"));
    window.get(Role::ListItem, "acme-prod, refused");
    window.press("Copy the problem");
    let effects = window.effects();
    let [
        Effect::Copy {
            text: CopyText::Plain(text),
            ..
        },
    ] = &effects[..]
    else {
        panic!("{effects:?}");
    };
    assert!(text.starts_with("The identity pool does not accept"));
    assert!(text.contains("Token is not from a supported provider"));
    window.press("Try again");
    assert!(matches!(window.effects()[..], [Effect::Renew { .. }]));
}

#[test]
fn arrow_keys_move_between_the_tabs() {
    let mut window = open(model());
    window.get(Role::Tab, "Overview").focus();
    window.harness.run();
    window.key(Key::ArrowRight);
    assert_eq!(window.harness.state().model().tab, Tab::Tokens);
    assert!(window.get(Role::Tab, "Tokens").is_focused());
    window.key(Key::ArrowLeft);
    assert_eq!(window.harness.state().model().tab, Tab::Overview);
}

#[test]
fn tab_reaches_the_buttons() {
    let mut window = open(model());
    window.get(Role::TextInput, "Search profiles").focus();
    window.harness.run();
    let mut reached = false;
    for _ in 0..40 {
        window.key(Key::Tab);
        reached |= window.get(Role::Button, "Copy Secret key").is_focused();
    }
    assert!(reached);
}

#[test]
fn a_name_of_twenty_letters_is_whole_beside_the_buttons() {
    let named = |width: f32| {
        let mut shown = model();
        shown.profiles[0].profile.name = "demo-browser-account".parse().unwrap();
        shown.selected = Some(shown.profiles[0].profile.name.clone());
        open_sized(Theme::Dark, vec2(width, 760.0), shown)
    };
    let title = |window: &Window| {
        window
            .get(Role::Heading, "demo-browser-account")
            .rect()
            .width()
    };
    let whole = title(&named(3000.0));
    let mut window = named(1180.0);
    assert!(title(&window) >= whole, "{} of {whole}", title(&window));
    // What is used least went first, and is still there.
    window.get(Role::Button, "Sign out");
    assert!(!window.has("Open console"));
    window.press("More");
    window.get(Role::MenuItem, "Open console");
    assert!(
        open(model()).has("Open console"),
        "a short name leaves it room"
    );
}

#[test]
fn credentials_last_as_long_as_the_role_is_asked_for() {
    for (seconds, lasts) in [
        (3600, "last about an hour"),
        (7200, "last 2 hours"),
        (5400, "last 90 minutes"),
    ] {
        let mut shown = model();
        shown.selected = "field-emea".parse().ok();
        for state in &mut shown.profiles {
            state.profile.exchange = Exchange::Basic(BasicFlow {
                role: "arn:aws:iam::123456789012:role/on-call".parse().unwrap(),
                session_name: None,
                duration: DurationSeconds::of_role(seconds).ok(),
                policy: None,
            });
        }
        assert!(open(shown).has(lasts), "{seconds}");
    }
}
