//! Remove, take over, passphrase.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use poolkey::app::{Effect, Model, Sheet, StoreState};
use poolkey::domain::{ExportTarget, Problem, ProblemKind};

use super::fixture::model;
use super::support::open;

fn with(sheet: Sheet) -> Model {
    let mut model = model();
    model.sheet = Some(sheet);
    model
}

#[test]
fn remove_can_be_confirmed_or_left() {
    let ask = || with(Sheet::Remove("acme-prod".parse().unwrap()));
    let mut window = open(ask());
    window.get(Role::Dialog, "Remove acme-prod?");
    assert!(window.get(Role::Button, "Cancel").is_focused());
    window.key(Key::Escape);
    assert!(window.effects().is_empty());
    assert!(window.harness.state().model().sheet.is_none());
    let mut window = open(ask());
    window.press("Remove");
    assert!(matches!(window.effects()[..], [Effect::Remove(_)]));
}

#[test]
fn take_over_says_what_stands_there() {
    let mut window = open(with(Sheet::TakeOver {
        profile: "acme-prod".parse().unwrap(),
        target: ExportTarget::CredentialsFile,
        problem: Problem::new(ProblemKind::File, "[acme-prod] was not made by Poolkey"),
    }));
    assert!(window.has("[acme-prod] was not made by Poolkey"));
    window.press("Take over");
    let effects = window.effects();
    assert!(
        matches!(
            effects[..],
            [Effect::Export {
                take_over: true,
                ..
            }]
        ),
        "{effects:?}"
    );
}

#[test]
fn the_passphrase_is_handed_over_and_forgotten() {
    let wrong = || Problem::new(ProblemKind::SignInNeeded, "That is not the passphrase");
    let mut locked = with(Sheet::Passphrase {
        is_new: false,
        problem: Some(wrong()),
    });
    locked.store = StoreState::Locked(wrong());
    let mut window = open(locked);
    assert!(window.has("That is not the passphrase"));
    assert!(window.get(Role::PasswordInput, "Passphrase").is_focused());
    assert!(!window.can_press("Unlock"));
    window.type_text("canary horse");
    window.key(Key::Enter);
    let effects = window.effects();
    let [Effect::UnlockStore(passphrase)] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(passphrase.expose(), "canary horse");
    assert!(window.harness.state().drafts().passphrase.text.is_empty());
    assert!(!window.can_press("Unlocking…"));
}

#[test]
fn a_new_passphrase_is_typed_twice() {
    let mut model = with(Sheet::Passphrase {
        is_new: true,
        problem: None,
    });
    let why = Problem::new(ProblemKind::SecretStore, "No keyring here");
    model.store = StoreState::Locked(why);
    let mut window = open(model);
    window.get(Role::Dialog, "Choose a passphrase");
    window.type_text("canary horse");
    assert!(!window.can_press("Use it"));
    window.get(Role::PasswordInput, "The same again").focus();
    window.type_text("canary house");
    assert!(window.has("The two passphrases differ"));
    assert!(!window.can_press("Use it"));
    window.key(Key::Backspace);
    window.key(Key::Backspace);
    window.type_text("se");
    assert!(!window.can_press("Use it"));
    window.key(Key::Backspace);
    window.key(Key::Backspace);
    window.key(Key::Backspace);
    window.type_text("rse");
    window.press("Use it");
    assert!(matches!(window.effects()[..], [Effect::UnlockStore(_)]));
    let draft = &window.harness.state().drafts().passphrase;
    assert!(draft.text.is_empty() && draft.again.is_empty());
}
