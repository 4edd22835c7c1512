//! What is set for the whole program, the lock, and secrets that move.

use super::*;
use crate::app::{MoveStage, Page, SettingsEvent, Trial};
use crate::domain::{
    Amount, FileSetting, Override, Setting, SettingChange, StoreChoice, Surroundings,
};

fn at(minutes: i64) -> Event {
    Event::Clock(now() + SignedDuration::from_mins(minutes))
}

fn saved(change: SettingChange, result: Result<(), Problem>) -> Event {
    Event::Settings(SettingsEvent::SettingSaved { change, result })
}

#[test]
fn a_change_is_done_at_once_and_written_at_once() {
    let mut model = signed_in(60);
    let margin = SettingChange::Amount(Amount::RefreshMargin, 30);
    for change in [
        SettingChange::Theme(Theme::Dark),
        SettingChange::Switch(Setting::Notifications, false),
        SettingChange::Amount(Amount::TextSize, 150),
        margin.clone(),
    ] {
        let effects = model.act(Action::Change(change.clone()));
        let written = |effect: &Effect| matches!(effect, Effect::SaveSetting(it) if *it == change);
        assert!(effects.iter().any(written), "{change:?}: {effects:?}");
        assert!(model.hear(saved(change, Ok(()))).is_empty());
    }
    assert_eq!(
        (model.theme, model.settings.notifications),
        (Theme::Dark, false)
    );
    assert_eq!(model.settings.text_size_percent, 150);
    // Thirty minutes before the end of an hour, and a moment.
    let (_, at) = model.next_renewal().unwrap();
    assert!(at < now() + SignedDuration::from_mins(31), "{at}");
}

#[test]
fn what_could_not_be_written_is_said_and_the_file_is_read_again() {
    let mut model = ready(&["dev"]);
    let effects = model.act(Action::OpenSettings);
    assert_eq!(kinds(&effects), ["LoadProfiles", "LookAround"]);
    let change = SettingChange::Amount(Amount::TextSize, 150);
    let _effects = model.act(Action::Change(change.clone()));
    let effects = model.hear(saved(change.clone(), Err(problem(ProblemKind::File))));
    assert_eq!(kinds(&effects), ["LoadProfiles"]);
    let (key, _) = model.setting_refused.clone().unwrap();
    assert_eq!(key, "text_size_percent");
    let _effects = model.hear(loaded(&["dev"]));
    assert_eq!(model.settings.text_size_percent, 100, "as the file says");

    // Elsewhere it is told in a notice.
    let _effects = model.act(Action::ClosePage);
    let _effects = model.act(Action::Change(change.clone()));
    let _effects = model.hear(saved(change, Err(problem(ProblemKind::File))));
    assert!(model.notices.iter().any(|notice| notice.is_problem));
}

#[test]
fn files_and_a_proxy_count_once_they_were_found_good() {
    let mut model = ready(&["dev"]);
    let _effects = model.act(Action::OpenSettings);
    let change = SettingChange::File(FileSetting::Ca, Some("/ca.pem".into()));
    assert_eq!(
        kinds(&model.act(Action::Change(change.clone()))),
        ["SaveSetting"]
    );
    assert_eq!(model.settings.ca_file, None);
    let effects = model.hear(saved(change.clone(), Err(problem(ProblemKind::Usage))));
    assert_eq!(kinds(&effects), ["LoadProfiles"]);
    assert_eq!(model.settings.ca_file, None);
    let _effects = model.act(Action::Change(change.clone()));
    let effects = model.hear(saved(change, Ok(())));
    assert_eq!(kinds(&effects), ["LookAround", "ReadExports"]);
    assert_eq!(model.settings.ca_file, Some("/ca.pem".into()));
}

#[test]
fn text_grows_and_shrinks_by_what_is_offered() {
    let mut model = ready(&[]);
    for (up, percent) in [
        (true, 110),
        (true, 125),
        (false, 110),
        (false, 100),
        (false, 90),
    ] {
        let _effects = model.act(Action::StepTextSize { up });
        assert_eq!(model.settings.text_size_percent, percent);
    }
    model.settings.text_size_percent = 200;
    assert!(model.act(Action::StepTextSize { up: true }).is_empty());
}

#[test]
fn a_try_that_somebody_else_began_is_not_shown() {
    let mut model = ready(&["dev"]);
    let effects = model.act(Action::TryNetwork);
    let [Effect::TryNetwork { attempt, .. }] = effects[..] else {
        panic!("{effects:?}");
    };
    let result = Ok("it answered".to_owned());
    let _effects = model.act(Action::TryNetwork);
    let _effects = model.hear(Event::Settings(SettingsEvent::NetworkTried {
        attempt,
        result,
    }));
    assert!(matches!(model.trial, Trial::Running(_)));
}

/// With a session on screen whose secrets are shown.
fn with_lock(minutes: u16) -> Model {
    let mut model = signed_in(600);
    model.settings.lock_after_minutes = minutes;
    model.profiles[0].revealed = true;
    model
}

#[test]
fn a_window_that_nobody_uses_is_locked() {
    let mut model = with_lock(5);
    let _effects = model.hear(at(4));
    assert!(!model.lock.on);
    let _effects = model.hear(Event::Touched);
    let _effects = model.hear(at(8));
    assert!(!model.lock.on, "somebody was there after four minutes");
    let _effects = model.hear(at(9));
    assert!(model.lock.on);
    assert!(!model.profiles[0].revealed);
    let mut never = with_lock(0);
    let _effects = never.hear(at(500));
    assert!(!never.lock.on && never.locks_at().is_none());
}

#[test]
fn a_window_is_locked_after_the_machine_slept() {
    let mut model = with_lock(60);
    let _effects = model.hear(Event::Woke);
    assert!(model.lock.on);
    let mut never = with_lock(0);
    let _effects = never.hear(Event::Woke);
    assert!(!never.lock.on);
}

#[test]
fn a_locked_window_does_nothing_else_and_renews_as_before() {
    let mut model = signed_in(60);
    assert!(model.act(Action::LockNow).is_empty());
    for action in [
        Action::Renew(name("dev")),
        Action::ToggleReveal(name("dev")),
        Action::OpenSettings,
        Action::CopyText {
            what: "Identity ID",
            text: "x".to_owned(),
        },
    ] {
        assert!(model.act(action).is_empty());
    }
    assert!(!model.profiles[0].revealed && model.page == Page::Profile);
    assert_eq!(kinds(&model.hear(at(45))), ["Renew"]);
    let _effects = model.act(Action::Unlock(None));
    assert!(!model.lock.on);
}

fn file_store() -> StoreReport {
    StoreReport {
        name: StoreChoice::File.label().to_owned(),
        remark: None,
    }
}

#[test]
fn the_encrypted_file_s_passphrase_unlocks() {
    let mut model = signed_in(60);
    model.store = StoreState::Ready(file_store());
    let _effects = model.act(Action::LockNow);
    assert!(model.act(Action::Unlock(None)).is_empty() && model.lock.on);
    for (opens, on) in [(false, true), (true, false)] {
        let effects = model.act(Action::Unlock(Some(secret())));
        assert_eq!(kinds(&effects), ["CheckPassphrase"]);
        let _effects = model.hear(Event::Settings(SettingsEvent::PassphraseChecked(Ok(opens))));
        assert_eq!(model.lock.on, on);
        assert_eq!(model.lock.problem.is_some(), on);
    }
    // Whatever becomes of the store, its sessions were loaded.
    let _probed = model.hear(Event::StoreProbed(Ok(file_store())));
    let _broken = model.hear(Event::StoreProbed(Err(problem(ProblemKind::File))));
    let _effects = model.act(Action::LockNow);
    assert!(model.act(Action::Unlock(None)).is_empty() && model.lock.on);
    let _effects = model.act(Action::Unlock(Some(secret())));
    let _effects = model.hear(Event::Settings(SettingsEvent::PassphraseChecked(Ok(true))));
    assert!(!model.lock.on);
    // An answer that nobody waits for opens nothing.
    let _effects = model.act(Action::LockNow);
    let _effects = model.hear(Event::Settings(SettingsEvent::PassphraseChecked(Ok(true))));
    assert!(model.lock.on);
}

fn moving(model: &mut Model) -> Attempt {
    let effects = model.act(Action::MoveSecrets(StoreChoice::File));
    match effects[..] {
        [
            Effect::MoveSecrets {
                attempt,
                to: StoreChoice::File,
                passphrase: None,
            },
        ] => attempt,
        _ => panic!("{effects:?}"),
    }
}

#[test]
fn secrets_move_to_a_file_that_wants_a_passphrase() {
    let mut model = ready(&["dev"]);
    let attempt = moving(&mut model);
    assert!(
        model
            .act(Action::MoveSecrets(StoreChoice::Keyutils))
            .is_empty()
    );
    let locked = |model: &mut Model| {
        let _effects = model.hear(Event::Settings(SettingsEvent::MoveLocked {
            attempt,
            is_new: true,
            problem: problem(ProblemKind::SecretStore),
        }));
    };
    locked(&mut model);
    assert!(matches!(
        model.sheet,
        Some(Sheet::Passphrase {
            is_new: true,
            problem: None
        })
    ));
    let effects = model.act(Action::UnlockStore(secret()));
    assert!(matches!(
        effects[..],
        [Effect::MoveSecrets {
            passphrase: Some(_),
            ..
        }]
    ));
    assert!(
        matches!(model.store, StoreState::Ready(_)),
        "the old store works on"
    );
    let _effects = model.hear(Event::Settings(SettingsEvent::MoveStep {
        attempt,
        done: 3,
        of: 6,
    }));
    assert_eq!(model.moving.as_ref().unwrap().done, Some((3, 6)));
    let effects = model.hear(Event::Settings(SettingsEvent::SecretsMoved {
        attempt,
        result: Ok(6),
    }));
    assert_eq!(kinds(&effects), ["ProbeStore", "LookAround"]);
    assert!(model.moving.is_none() && model.sheet.is_none());
}

#[test]
fn a_move_is_left_or_refused_without_a_change() {
    let mut model = ready(&["dev"]);
    let attempt = moving(&mut model);
    assert_eq!(kinds(&model.act(Action::CancelMove)), ["Cancel"]);
    let result = Err(problem(ProblemKind::SecretStore));
    let _effects = model.hear(Event::Settings(SettingsEvent::SecretsMoved {
        attempt,
        result,
    }));
    assert!(model.moving.is_none() && model.setting_refused.is_none());

    let attempt = moving(&mut model);
    let _effects = model.hear(Event::Settings(SettingsEvent::MoveLocked {
        attempt,
        is_new: false,
        problem: problem(ProblemKind::SecretStore),
    }));
    let _effects = model.act(Action::CloseSheet);
    assert!(model.moving.is_none(), "nothing ran");

    let attempt = moving(&mut model);
    let result = Err(problem(ProblemKind::SecretStore));
    let effects = model.hear(Event::Settings(SettingsEvent::SecretsMoved {
        attempt,
        result,
    }));
    assert!(effects.is_empty());
    assert_eq!(model.setting_refused.as_ref().unwrap().0, "secret_store");
}

#[test]
fn a_store_that_is_decided_elsewhere_is_not_left() {
    let mut model = ready(&["dev"]);
    let decided = Override {
        by: "POOLKEY_SECRET_STORE".to_owned(),
        value: "file".to_owned(),
    };
    let seen = Surroundings {
        store_override: Some(decided),
        ..Surroundings::default()
    };
    let _effects = model.hear(Event::Settings(SettingsEvent::SurroundingsSeen(Box::new(
        seen,
    ))));
    assert!(
        model
            .act(Action::MoveSecrets(StoreChoice::Keyutils))
            .is_empty()
    );
}

fn stage(model: &Model) -> Option<MoveStage> {
    model.moving.as_ref().map(|moving| moving.stage)
}

#[test]
fn secrets_go_to_the_kernel_only_when_the_person_agrees() {
    let mut model = ready(&["dev"]);
    let press = |model: &mut Model| model.act(Action::MoveSecrets(StoreChoice::Keyutils));
    assert!(press(&mut model).is_empty());
    assert_eq!(stage(&model), Some(MoveStage::Unconfirmed));
    assert!(model.act(Action::CancelMove).is_empty() && model.moving.is_none());
    assert!(press(&mut model).is_empty(), "it is asked anew");
    assert_eq!(kinds(&press(&mut model)), ["MoveSecrets"]);
    assert_eq!(stage(&model), Some(MoveStage::Running));
    assert!(press(&mut model).is_empty(), "one at a time");
}

#[test]
fn a_passphrase_waits_for_the_sheet_that_is_open() {
    let mut model = ready(&["dev"]);
    let attempt = moving(&mut model);
    assert!(
        model.act(Action::OpenDemo).is_empty(),
        "not while they move"
    );
    model.sheet = Some(Sheet::Group(Vec::new()));
    let _effects = model.hear(Event::Settings(SettingsEvent::MoveLocked {
        attempt,
        is_new: true,
        problem: problem(ProblemKind::SecretStore),
    }));
    assert!(matches!(model.sheet, Some(Sheet::Group(_))));
    let _effects = model.act(Action::CloseSheet);
    let again = model.act(Action::MoveSecrets(StoreChoice::File));
    assert!(again.is_empty());
    let asked = matches!(model.sheet, Some(Sheet::Passphrase { is_new: true, .. }));
    assert!(asked && model.moving.as_ref().unwrap().waits.is_none());
}
