//! Passphrase, another password.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use poolkey::app::{Attempt, Effect, Event, Model, Sheet, StoreState};
use poolkey::domain::{Problem, ProblemKind};

use super::fixture::model;
use super::support::{Window, open};

fn with(sheet: Sheet) -> Model {
    let mut model = model();
    model.sheet = Some(sheet);
    model
}

#[test]
fn the_passphrase_is_handed_over_and_forgotten() {
    let wrong = || Problem::new(ProblemKind::SignInNeeded, "That is not the passphrase");
    let mut locked = with(Sheet::Passphrase {
        is_new: false,
        problem: Some(wrong()),
    });
    locked.store = StoreState::Locked {
        is_new: false,
        problem: wrong(),
    };
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
    model.store = StoreState::Locked {
        is_new: true,
        problem: why,
    };
    let mut window = open(model);
    window.get(Role::Dialog, "Choose a passphrase");
    window.key(Key::Enter);
    assert!(window.get(Role::PasswordInput, "Passphrase").is_focused());
    window.type_text("canary horse");
    assert!(!window.can_press("Use it"));
    window.key(Key::Enter);
    let again = window.get(Role::PasswordInput, "The same again");
    assert!(again.is_focused());
    window.type_text("canary house");
    window.key(Key::Enter);
    let again = window.get(Role::PasswordInput, "The same again");
    assert!(again.is_focused(), "they differ");
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

#[test]
fn a_new_passphrase_of_three_letters_is_none() {
    let mut model = with(Sheet::Passphrase {
        is_new: true,
        problem: None,
    });
    model.store = StoreState::Locked {
        is_new: true,
        problem: Problem::new(ProblemKind::SecretStore, "No keyring here"),
    };
    let mut window = open(model);
    window.type_text("abc");
    window.key(Key::Enter);
    window.type_text("abc");
    assert!(window.has("At least 8 characters: a few words are good"));
    assert!(!window.can_press("Use it"));
}

fn changing_password(busy: bool, problem: Option<Problem>) -> Model {
    with(Sheet::Password {
        profile: "acme-prod".parse().unwrap(),
        running: busy.then_some(Attempt(1)),
        problem,
    })
}

fn type_passwords(window: &mut Window, previous: &str, proposed: &str, again: &str) {
    for (field, text) in [
        ("Present password", previous),
        ("New password", proposed),
        ("New password again", again),
    ] {
        window.write(Role::PasswordInput, field, text);
    }
}

#[test]
fn a_password_is_changed_from_the_identity_card() {
    let mut window = open(model());
    window.press("Change password…");
    window.get(Role::Dialog, "Change password");
    assert!(window.has("For ana@acme.example in user pool eu-west-1_aB3dE5gH7"));
    let present = window.get(Role::PasswordInput, "Present password");
    assert!(present.is_focused());
    type_passwords(&mut window, "canary-old", "canary-new", "canary-new");
    assert!(!window.texts().contains("canary"));
    window.key(Key::Enter);
    let effects = window.effects();
    let [
        Effect::ChangePassword {
            attempt,
            profile,
            previous,
            proposed,
        },
    ] = &effects[..]
    else {
        panic!("{effects:?}");
    };
    assert_eq!(profile.name.as_str(), "acme-prod");
    assert_eq!(previous.expose(), "canary-old");
    assert_eq!(proposed.expose(), "canary-new");
    let draft = &window.harness.state().drafts().password;
    assert!(draft.previous.is_empty() && draft.proposed.is_empty() && draft.again.is_empty());
    assert!(!window.can_press("Changing…"));
    window.tell(Event::PasswordChanged {
        attempt: *attempt,
        profile: "acme-prod".parse().unwrap(),
        result: Ok(()),
    });
    window.get(Role::Alert, "The password of acme-prod was changed");
    assert!(window.harness.state().model().sheet.is_none());
}

#[test]
fn enter_goes_through_the_three_fields() {
    let mut window = open(changing_password(false, None));
    window.type_text("canary-old");
    window.key(Key::Enter);
    assert!(window.get(Role::PasswordInput, "New password").is_focused());
    window.type_text("canary-new");
    window.key(Key::Enter);
    let again = window.get(Role::PasswordInput, "New password again");
    assert!(again.is_focused());
    assert!(window.effects().is_empty());
    window.type_text("canary-new");
    window.key(Key::Enter);
    assert!(matches!(
        window.effects()[..],
        [Effect::ChangePassword { .. }]
    ));
}

#[test]
fn the_new_password_has_to_be_typed_twice_alike() {
    let mut window = open(changing_password(false, None));
    type_passwords(&mut window, "canary-old", "canary-new", "canary-now");
    assert!(window.has("The two new passwords differ"));
    assert!(!window.can_press("Change password"));
    window.key(Key::Enter);
    assert!(window.effects().is_empty());
    for _ in "ow".chars() {
        window
            .get(Role::PasswordInput, "New password again")
            .focus();
        window.key(Key::Backspace);
    }
    window.type_text("ew");
    assert!(!window.has("The two new passwords differ"));
    window.press("Change password");
    assert_eq!(window.effects().len(), 1);
}

#[test]
fn a_refused_password_is_told_and_everything_is_typed_again() {
    let mut window = open(changing_password(false, None));
    type_passwords(&mut window, "canary-old", "canary-new", "canary-new");
    let before = window.get(Role::Button, "Change password").rect();
    window.press("Change password");
    let why = Problem::new(ProblemKind::Refused, "The present password is wrong");
    window.tell(Event::PasswordChanged {
        attempt: Attempt(1),
        profile: "acme-prod".parse().unwrap(),
        result: Err(why.hint("Type the password that holds now once more.")),
    });
    window.get(
        Role::Alert,
        "The present password is wrong. Type the password that holds now once more.",
    );
    let present = window.get(Role::PasswordInput, "Present password");
    assert!(present.is_focused());
    assert!(!window.can_press("Change password"));
    assert_eq!(window.get(Role::Button, "Change password").rect(), before);
}

#[test]
fn escape_leaves_the_password_as_it_is() {
    let mut window = open(changing_password(false, None));
    window.type_text("canary-old");
    window.key(Key::Escape);
    assert!(window.effects().is_empty());
    assert!(window.harness.state().model().sheet.is_none());
    let draft = &window.harness.state().drafts().password;
    assert!(draft.previous.is_empty());
    let mut window = open(changing_password(true, None));
    assert!(!window.can_press("Changing…"));
    window.press("Cancel");
    assert!(window.harness.state().model().sheet.is_none());
}

#[test]
fn without_a_kept_sign_in_no_password_is_changed() {
    let mut shown = model();
    shown.selected = "field-apac".parse().ok();
    assert!(!open(shown).has("Change password"));
}

#[test]
fn enter_goes_where_something_is_missing() {
    let mut window = open(changing_password(false, None));
    let field = |name| move |window: &Window| window.get(Role::PasswordInput, name).is_focused();
    window.write(Role::PasswordInput, "New password again", "canary-new");
    for (missing, text) in [
        ("Present password", "canary-old"),
        ("New password", "canary-now"),
    ] {
        window
            .get(Role::PasswordInput, "New password again")
            .focus();
        window.harness.run();
        window.key(Key::Enter);
        assert!(field(missing)(&window), "{missing}");
        window.type_text(text);
    }
    window
        .get(Role::PasswordInput, "New password again")
        .focus();
    window.harness.run();
    window.key(Key::Enter);
    assert!(field("New password again")(&window), "they differ");
    assert!(window.effects().is_empty());
}
