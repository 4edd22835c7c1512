//! The sign-in sheet: questions, answers, success, and every way out of it.

use super::*;
use crate::domain::{FlowStep, StepState};

fn resend() -> Action {
    Action::Move(Move::Resend)
}

fn forgot() -> Action {
    Action::Move(Move::ForgotPassword {
        username: "bob".to_owned(),
    })
}

#[test]
fn password_then_code_then_success() {
    let mut model = ready(&["dev"]);
    assert!(model.act(Action::SignIn(name("dev"))).is_empty());
    assert_eq!(sheet(&model), ("PASSWORD", false));
    assert!(dev(&model).running.is_none(), "nothing runs yet");

    let effects = model.act(password());
    assert_eq!(kinds(&effects), ["SignIn"]);
    let attempt = the_attempt(&effects);
    assert_eq!(sheet(&model), ("busy", false));
    assert_eq!(dev(&model).running, Some(attempt));

    assert!(model.hear(asked_for_code(attempt)).is_empty());
    assert_eq!(sheet(&model), ("SOFTWARE_TOKEN_MFA", false));
    assert_eq!(
        dev(&model).step(FlowStep::SignIn),
        &StepState::Running("waiting for you".to_owned())
    );

    let effects = model.act(code());
    assert_eq!(the_attempt(&effects), attempt, "the same attempt goes on");
    assert_eq!(sheet(&model), ("busy", false));

    let effects = model.hear(succeeded(attempt));
    assert_eq!(kinds(&effects), ["RememberUsername"]);
    assert_eq!(sheet(&model), ("closed", false));
    let state = dev(&model);
    assert!(state.refreshable && state.session.is_some() && state.running.is_none());
    assert_eq!(state.profile.username.as_deref(), Some("ana"));
}

#[test]
fn what_was_asked_stays_on_screen_while_it_is_checked() {
    let mut model = ready(&["dev"]);
    let _attempt = asked(&mut model);
    let _effects = model.act(code());
    let Some(Sheet::SignIn(open)) = &model.sheet else {
        panic!("the sheet is closed");
    };
    assert!(open.phase.is_busy() && open.phase.question().is_none());
    let SignInPhase::Busy(shown) = &open.phase else {
        panic!("{open:?}");
    };
    assert_eq!(shown.title, "Code from your authenticator app");
    assert_eq!(shown.username, "ana");
    assert_eq!(shown.fields.len(), 1);
}

#[test]
fn nothing_typed_in_secret_is_kept_or_printed() {
    let mut model = ready(&["dev"]);
    let _suggest = model.act(Action::SignIn(name("dev")));
    let effects = model.act(password());
    assert!(!format!("{effects:?}").contains("canary"));
    assert!(!picture(&model).contains("canary"));
    // The machine went out with the effect: what it knows is not the model's any more.
    assert!(!picture(&model).contains("SignIn {"), "{}", picture(&model));
}

#[test]
fn every_move_is_one_effect_of_the_same_attempt() {
    type Case = (&'static str, fn() -> Action);
    let moves: [Case; 4] = [
        ("Answer", code),
        ("Resend", resend),
        ("OtherMethod", || Action::Move(Move::OtherMethod)),
        ("ForgotPassword", forgot),
    ];
    for (kind, action) in moves {
        let mut model = ready(&["dev"]);
        let attempt = asked(&mut model);
        let effects = model.act(action());
        let [
            Effect::SignIn {
                attempt: same,
                moved,
                ..
            },
        ] = &effects[..]
        else {
            panic!("{kind}: {effects:?}");
        };
        assert_eq!(*same, attempt);
        assert!(format!("{moved:?}").starts_with(kind));
        assert_eq!(sheet(&model), ("busy", false));
        assert!(model.act(action()).is_empty(), "{kind}: one at a time");
        assert!(model.act(resend()).is_empty());
    }
}

#[test]
fn a_wrong_code_asks_again_with_the_reason_in_the_same_attempt() {
    let mut model = ready(&["dev"]);
    let attempt = asked(&mut model);
    let _answer = model.act(code());
    assert!(model.hear(asked_again(attempt)).is_empty());
    assert_eq!(sheet(&model), ("SOFTWARE_TOKEN_MFA", true));
    assert_eq!(the_attempt(&model.act(code())), attempt);
    assert_eq!(sheet(&model), ("busy", false));
}

#[test]
fn nothing_is_sent_without_a_sheet() {
    for action in [password(), code(), resend(), forgot()] {
        let mut model = ready(&["dev"]);
        assert!(model.act(action).is_empty());
    }
    let mut model = ready(&["dev"]);
    assert!(
        model.act(Action::SignIn(name("nobody"))).is_empty(),
        "an unknown profile"
    );
    assert_eq!(sheet(&model), ("closed", false));
    let _sheet = model.act(Action::AskRename(name("dev")));
    assert!(model.act(password()).is_empty());
}

#[test]
fn each_method_begins_with_what_it_needs() {
    for (method, first) in [
        (SignInMethod::Srp, "PASSWORD"),
        (SignInMethod::Password, "PASSWORD"),
        (SignInMethod::Choice, "USERNAME"),
        (SignInMethod::Custom, "USERNAME"),
        (SignInMethod::CustomSrp, "PASSWORD"),
        (SignInMethod::Browser, "browser"),
    ] {
        let mut model = ready(&["dev"]);
        if let Some(state) = model.profiles.first_mut() {
            state.profile.sign_in = method;
        }
        let _effects = model.act(Action::SignIn(name("dev")));
        assert_eq!(sheet(&model), (first, false), "{method}");
    }
}

#[test]
fn a_refusal_for_good_begins_anew_with_the_reason_and_the_name() {
    let begin: [fn(&mut Model) -> Attempt; 2] = [checking, |model| {
        let attempt = asked(model);
        let _answer = model.act(code());
        attempt
    }];
    for begin in begin {
        let mut model = ready(&["dev"]);
        let attempt = begin(&mut model);
        assert!(model.hear(failed(attempt, ProblemKind::Refused)).is_empty());
        assert_eq!(sheet(&model), ("PASSWORD", true));
        let Some(Sheet::SignIn(open)) = &model.sheet else {
            panic!("the sheet is closed");
        };
        assert_eq!(open.phase.question().unwrap().username, "ana");
        // It is said in the sheet, and nowhere behind it.
        assert_eq!(dev(&model).step(FlowStep::SignIn), &StepState::Idle);
        assert!(dev(&model).problem.is_none());
        assert_ne!(the_attempt(&model.act(password())), attempt);
    }
}

#[test]
fn a_failed_exchange_closes_the_sheet_and_shows_a_card() {
    let mut model = ready(&["dev"]);
    let attempt = checking(&mut model);
    let done = StepState::Done {
        detail: "SRP".to_owned(),
        took: None,
    };
    let asking = StepState::Running("asking".to_owned());
    for (step, state) in [(FlowStep::SignIn, done), (FlowStep::IdentityId, asking)] {
        let step = Event::Step {
            attempt,
            step,
            state,
        };
        assert!(model.hear(step).is_empty());
    }
    assert!(model.hear(failed(attempt, ProblemKind::Refused)).is_empty());
    assert_eq!(sheet(&model), ("closed", false));
    assert!(dev(&model).problem.is_some());
    let step = |step| dev(&model).step(step).clone();
    assert!(matches!(step(FlowStep::SignIn), StepState::Done { .. }));
    assert!(matches!(step(FlowStep::IdentityId), StepState::Failed(_)));
}

#[test]
fn a_sheet_for_another_profile_stops_the_first_and_forgets_its_name() {
    let mut model = ready(&["dev", "prod"]);
    let attempt = checking(&mut model);
    let effects = model.act(Action::SignIn(name("prod")));
    assert!(matches!(effects[..], [Effect::Cancel(stopped)] if stopped == attempt));
    assert!(dev(&model).running.is_none());
    let attempt = the_attempt(&model.act(nameless()));
    let _anew = model.hear(failed(attempt, ProblemKind::Refused));
    let Some(Sheet::SignIn(open)) = &model.sheet else {
        panic!("the sheet is closed");
    };
    assert_eq!(open.phase.question().unwrap().username, "");
}

/// An answer that names nobody.
fn nameless() -> Action {
    Action::Move(Move::Answer(Answer::of("password", secret())))
}

#[test]
fn the_typed_name_is_remembered_when_it_got_in_and_only_once() {
    let mut model = ready(&["dev"]);
    let attempt = checking(&mut model);
    let _anew = model.hear(failed(attempt, ProblemKind::Refused));
    assert_eq!(dev(&model).profile.username, None, "it did not get in");
    let attempt = the_attempt(&model.act(password()));
    let effects = model.hear(succeeded(attempt));
    assert!(
        matches!(&effects[..], [Effect::RememberUsername { username, .. }] if username == "ana"),
        "{effects:?}"
    );
    let attempt = checking(&mut model);
    assert!(model.hear(succeeded(attempt)).is_empty());
}

#[test]
fn a_name_given_for_a_forgotten_password_is_remembered_too() {
    let mut model = ready(&["dev"]);
    let _suggest = model.act(Action::SignIn(name("dev")));
    let attempt = the_attempt(&model.act(forgot()));
    let effects = model.hear(succeeded(attempt));
    assert!(
        matches!(&effects[..], [Effect::RememberUsername { username, .. }] if username == "bob"),
        "{effects:?}"
    );
}

#[test]
fn closing_the_sheet_leaves_the_session_as_it_was() {
    let begin: [fn(&mut Model) -> Attempt; 3] = [checking, asked, in_browser];
    for begin in begin {
        let mut model = signed_in(60);
        let attempt = begin(&mut model);
        let effects = model.act(Action::CloseSheet);
        assert!(matches!(effects[..], [Effect::Cancel(stopped)] if stopped == attempt));
        let state = dev(&model);
        assert!(state.session.is_some() && state.refreshable && state.running.is_none());
        assert!(state.problem.is_none());
    }
}
