//! An attempt that was stopped: whatever still comes of it changes nothing.

use super::*;
use crate::domain::{FlowStep, SignOutScope, StepState};

const fn sign_out(profile: ProfileName) -> Action {
    let scope = SignOutScope::Revoke;
    Action::SignOut { profile, scope }
}

/// Every event that carries an attempt.
fn events_of(attempt: Attempt) -> Vec<Event> {
    let ended = |remark| Event::Succeeded {
        attempt,
        session: Box::new(session(60)),
        refreshable: true,
        remark,
    };
    let step = |state| Event::Step {
        attempt,
        step: FlowStep::SignIn,
        state,
    };
    vec![
        step(StepState::Running("late".to_owned())),
        step(StepState::Failed("late".to_owned())),
        asked_for_code(attempt),
        asked_again(attempt),
        Event::BrowserNeeded { attempt },
        Event::BrowserOpened {
            attempt,
            url: "https://acme.example".to_owned(),
        },
        Event::PasteRefused {
            attempt,
            problem: problem(ProblemKind::Usage),
        },
        ended(None),
        ended(Some(problem(ProblemKind::SecretStore))),
        failed(attempt, ProblemKind::Refused),
        failed(attempt, ProblemKind::SignInNeeded),
        failed(attempt, ProblemKind::Network),
    ]
}

type Way = (&'static str, fn(&mut Model));

/// Every way to stop a sign-in, and its end.
const WAYS: [Way; 10] = [
    ("sheet closed", |model| drop(model.act(Action::CloseSheet))),
    ("stopped", |model| {
        drop(model.act(Action::Cancel(name("dev"))));
    }),
    ("signed out", |model| {
        drop(model.act(sign_out(name("dev"))));
    }),
    ("sheet opened again", |model| {
        drop(model.act(Action::SignIn(name("dev"))));
    }),
    ("submitted again", |model| {
        drop(model.act(Action::SignIn(name("dev"))));
        drop(model.act(password()));
    }),
    ("removed", |model| {
        drop(model.act(Action::Remove(vec![name("dev")])));
    }),
    ("in the browser instead", |model| {
        drop(model.act(use_browser()));
    }),
    ("another password", |model| {
        drop(model.act(Action::AskPasswordChange(name("dev"))));
    }),
    ("store locked", |model| {
        drop(model.hear(Event::StoreLocked {
            is_new: false,
            problem: problem(ProblemKind::SecretStore),
        }));
    }),
    ("gone from the file", |model| {
        drop(model.hear(loaded(&["prod"])));
    }),
];

#[test]
fn late_events_change_nothing() {
    let begin: [fn(&mut Model) -> Attempt; 3] = [checking, asked, in_browser];
    for (way, stop) in WAYS {
        for begin in begin {
            let mut model = ready(&["dev", "prod"]);
            let attempt = begin(&mut model);
            stop(&mut model);
            let before = picture(&model);
            for event in events_of(attempt) {
                let said = format!("{way}: {event:?}");
                assert!(model.hear(event).is_empty(), "{said}");
                assert_eq!(picture(&model), before, "{said}");
            }
        }
    }
}

#[test]
fn an_attempt_that_ended_has_ended() {
    for end in [succeeded, |attempt| failed(attempt, ProblemKind::Refused)] {
        let mut model = ready(&["dev"]);
        let attempt = checking(&mut model);
        let _effects = model.hear(end(attempt));
        let before = picture(&model);
        for event in events_of(attempt) {
            assert!(model.hear(event).is_empty());
            assert_eq!(picture(&model), before);
        }
    }
}

#[test]
fn every_way_to_stop_tells_the_runtime() {
    let ways: [fn() -> Action; 7] = [
        || Action::CloseSheet,
        || Action::Cancel(name("dev")),
        || sign_out(name("dev")),
        || Action::SignIn(name("dev")),
        || use_browser(),
        || Action::AskRename(name("dev")),
        || Action::AskPasswordChange(name("dev")),
    ];
    for way in ways {
        let mut model = ready(&["dev"]);
        let attempt = asked(&mut model);
        let effects = model.act(way());
        assert!(
            matches!(effects.first(), Some(Effect::Cancel(stopped)) if *stopped == attempt),
            "{effects:?}"
        );
        let runs = format!("{:?}", dev(&model).steps).contains("Running");
        assert_eq!(runs, dev(&model).running.is_some(), "no step runs alone");
    }
}

#[test]
fn a_second_sign_in_replaces_a_renewal() {
    let mut model = signed_in(60);
    let old = the_attempt(&model.act(Action::Renew(name("dev"))));
    let effects = model.act(Action::SignIn(name("dev")));
    assert!(matches!(effects[..], [Effect::Cancel(stopped)] if stopped == old));
    let new = the_attempt(&model.act(password()));
    assert_ne!(new, old);
    let before = picture(&model);
    for event in events_of(old) {
        assert!(model.hear(event).is_empty());
    }
    assert_eq!(picture(&model), before);
}
