//! The secret store: working, locked, broken; and what is read once both it and the profiles are there.

use super::*;

fn count(effects: &[Effect], kind: &str) -> usize {
    kinds(effects).iter().filter(|other| *other == kind).count()
}

#[test]
fn everything_shown_is_asked_for_first() {
    let mut model = Model::new(now(), false);
    assert_eq!(kinds(&model.start()), ["LoadProfiles", "ProbeStore"]);
}

#[test]
fn sessions_are_read_once_whichever_comes_first() {
    let orders: [[fn() -> Event; 2]; 2] = [
        [store_works, || loaded(&["dev", "prod"])],
        [|| loaded(&["dev", "prod"]), store_works],
    ];
    for [first, second] in orders {
        let mut model = Model::new(now(), false);
        assert_eq!(count(&model.hear(first()), "LoadSessions"), 0);
        let effects = model.hear(second());
        assert_eq!(count(&effects, "LoadSessions"), 1);
        let all = effects
            .iter()
            .any(|effect| matches!(effect, Effect::LoadSessions(all) if all.len() == 2));
        assert!(all, "{effects:?}");
    }
}

#[test]
fn without_profiles_there_is_nothing_to_read() {
    let mut model = Model::new(now(), false);
    let _effects = model.hear(loaded(&[]));
    assert!(model.hear(store_works()).is_empty());
}

#[test]
fn a_passphrase_is_asked_and_asked_again_with_the_reason() {
    let locked = || Event::StoreLocked {
        is_new: false,
        problem: problem(ProblemKind::SecretStore),
    };
    let shown = |model: &Model| match &model.sheet {
        Some(Sheet::Passphrase { problem, .. }) => Some(problem.is_some()),
        _ => None,
    };
    let mut model = Model::new(now(), false);
    let _effects = model.hear(loaded(&["dev"]));
    assert!(model.hear(locked()).is_empty());
    assert_eq!(shown(&model), Some(false));

    assert_eq!(
        kinds(&model.act(Action::UnlockStore(secret()))),
        ["UnlockStore"]
    );
    assert!(model.hear(locked()).is_empty());
    assert_eq!(shown(&model), Some(true));

    let _unlock = model.act(Action::UnlockStore(secret()));
    assert_eq!(kinds(&model.hear(store_works())), ["LoadSessions"]);
    assert!(model.sheet.is_none());
}

#[test]
fn a_broken_store_is_tried_again_on_request() {
    let mut model = ready(&["dev"]);
    let broken = Event::StoreProbed(Err(problem(ProblemKind::SecretStore)));
    assert!(model.hear(broken).is_empty());
    assert!(matches!(model.store, StoreState::Broken(_)));
    assert_eq!(kinds(&model.act(Action::RetryStore)), ["ProbeStore"]);
    assert_eq!(model.store, StoreState::Checking);
}

#[test]
fn an_entry_that_cannot_be_read_is_said() {
    let mut model = ready(&["dev"]);
    let unread = Event::SessionLoaded {
        profile: name("dev"),
        kept: Err(problem(ProblemKind::SecretStore)),
    };
    assert!(model.hear(unread).is_empty());
    assert!(model.notices[0].is_problem && dev(&model).session.is_none());
}

/// One profile, and an encrypted file that does not exist yet.
fn without_a_passphrase() -> Model {
    let locked = Event::StoreLocked {
        is_new: true,
        problem: problem(ProblemKind::SecretStore),
    };
    let mut model = Model::new(now(), false);
    for event in [loaded(&["dev"]), locked] {
        let _effects = model.hear(event);
    }
    model
}

#[test]
fn a_new_passphrase_is_asked_when_something_is_to_be_kept() {
    let mut model = without_a_passphrase();
    assert!(model.sheet.is_none(), "nobody wanted to keep anything yet");

    assert!(model.act(Action::SignIn(name("dev"))).is_empty());
    assert!(matches!(
        model.sheet,
        Some(Sheet::Passphrase { is_new: true, .. })
    ));
    let _unlock = model.act(Action::UnlockStore(secret()));
    assert_eq!(kinds(&model.hear(store_works())), ["LoadSessions"]);
    assert!(model.sheet.is_none(), "a sign-in may be kept");
    assert!(model.hear(kept("dev", None, false)).is_empty());
    assert_eq!(sheet(&model), ("PASSWORD", false), "the sign-in goes on");
}

#[test]
fn the_passphrase_can_be_left_and_asked_for_again() {
    let mut model = without_a_passphrase();
    let _ask = model.act(Action::SignIn(name("dev")));
    assert!(model.act(Action::CloseSheet).is_empty());
    assert!(model.sheet.is_none());
    assert!(model.act(Action::RetryStore).is_empty());
    assert!(matches!(
        model.sheet,
        Some(Sheet::Passphrase { is_new: true, .. })
    ));
    let _unlock = model.act(Action::UnlockStore(secret()));
    let _sessions = model.hear(store_works());
    let _kept = model.hear(kept("dev", None, false));
    assert!(model.sheet.is_none(), "the sign-in was left");
}

/// The keychain's own prompt may be answered long after somebody began to sign in.
#[test]
fn a_store_that_turns_out_locked_comes_first_and_the_sign_in_begins_anew() {
    for is_new in [true, false] {
        let mut model = ready(&["dev"]);
        let attempt = asked(&mut model);
        let locked = Event::StoreLocked {
            is_new,
            problem: problem(ProblemKind::SecretStore),
        };
        let effects = model.hear(locked);
        assert!(matches!(effects[..], [Effect::Cancel(stopped)] if stopped == attempt));
        assert!(matches!(model.sheet, Some(Sheet::Passphrase { .. })));
        assert!(dev(&model).running.is_none());
        let _unlock = model.act(Action::UnlockStore(secret()));
        let _sessions = model.hear(store_works());
        let _kept = model.hear(kept("dev", None, false));
        assert_eq!(sheet(&model), ("PASSWORD", false));
    }
}

/// Unlocked for a sign-in; nothing is known yet of what is kept.
fn unlocked_to_sign_in() -> Model {
    let locked = Event::StoreLocked {
        is_new: false,
        problem: problem(ProblemKind::SecretStore),
    };
    let mut model = Model::new(now(), false);
    for event in [loaded(&["dev", "prod"]), locked] {
        let _effects = model.hear(event);
    }
    let _ask = model.act(Action::SignIn(name("dev")));
    let _unlock = model.act(Action::UnlockStore(secret()));
    assert_eq!(kinds(&model.hear(store_works())), ["LoadSessions"]);
    let other = model.hear(kept("prod", None, false));
    assert!(other.is_empty() && model.sheet.is_none());
    model
}

#[test]
fn after_the_passphrase_a_password_is_asked_only_where_no_sign_in_is_kept() {
    type Case = (Option<i64>, bool, &'static [&'static str], &'static str);
    let cases: [Case; 5] = [
        (None, false, &[], "PASSWORD"),
        (Some(60), false, &[], "PASSWORD"),
        (None, true, &["Renew"], "closed"),
        (Some(5), true, &["Renew"], "closed"),
        (Some(60), true, &[], "closed"),
    ];
    for (minutes, refreshable, expected, shown) in cases {
        let mut model = unlocked_to_sign_in();
        let effects = model.hear(kept("dev", minutes, refreshable));
        assert_eq!(kinds(&effects), expected, "{minutes:?} {refreshable}");
        assert_eq!(sheet(&model).0, shown, "{minutes:?} {refreshable}");
        let _again = model.hear(kept("dev", None, false));
        assert_eq!(sheet(&model).0, shown, "once only");
    }
    let mut model = unlocked_to_sign_in();
    let unread = Event::SessionLoaded {
        profile: name("dev"),
        kept: Err(problem(ProblemKind::SecretStore)),
    };
    assert!(model.hear(unread).is_empty());
    assert_eq!(sheet(&model), ("PASSWORD", false));
}

/// Whether the passphrase is asked for, and whether a reason is shown with it.
fn passphrase(model: &Model) -> Option<bool> {
    match &model.sheet {
        Some(Sheet::Passphrase { problem, .. }) => Some(problem.is_some()),
        _ => None,
    }
}

fn locked() -> Event {
    Event::StoreLocked {
        is_new: false,
        problem: problem(ProblemKind::SecretStore),
    }
}

fn unlocking() -> Model {
    let mut model = ready(&["dev"]);
    assert!(model.hear(locked()).is_empty());
    assert_eq!(passphrase(&model), Some(false));
    let _unlock = model.act(Action::UnlockStore(secret()));
    model
}

#[test]
fn a_store_that_does_not_open_is_said_where_the_passphrase_was_asked() {
    let mut model = unlocking();
    let broken = Event::StoreProbed(Err(problem(ProblemKind::SecretStore)));
    assert!(model.hear(broken).is_empty());
    assert_eq!(passphrase(&model), Some(true));
    let again = model.act(Action::UnlockStore(secret()));
    assert_eq!(kinds(&again), ["UnlockStore"]);
}

#[test]
fn a_wrong_passphrase_is_said_to_somebody_who_left_the_sheet() {
    let mut model = unlocking();
    let _left = model.act(Action::CloseSheet);
    assert!(model.hear(locked()).is_empty());
    assert_eq!(passphrase(&model), None);
    assert!(model.notices[0].is_problem);
    let mut model = unlocking();
    let _left = model.act(Action::CloseSheet);
    let _sheet = model.act(Action::SignIn(name("dev")));
    assert!(model.hear(locked()).is_empty());
    assert_eq!(passphrase(&model), Some(true), "with the reason");
}
