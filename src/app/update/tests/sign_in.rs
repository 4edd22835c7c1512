//! The sign-in sheet: password, question, success, and every way out of it.

use super::*;
use crate::app::{Sheet, SignInPhase};
use crate::domain::{FlowStep, StepState};

/// Phase, and whether a problem is shown.
fn sheet(model: &Model) -> (&'static str, bool) {
    match &model.sheet {
        None => ("closed", false),
        Some(Sheet::SignIn { phase, problem, .. }) => {
            let phase = match phase {
                SignInPhase::Password => "password",
                SignInPhase::Checking => "checking",
                SignInPhase::Question(_) => "question",
                SignInPhase::Answering => "answering",
            };
            (phase, problem.is_some())
        }
        Some(_) => ("another", false),
    }
}

#[test]
fn password_then_question_then_success() {
    let mut model = ready(&["dev"]);
    assert!(model.act(Action::SignIn(name("dev"))).is_empty());
    assert_eq!(sheet(&model), ("password", false));

    let effects = model.act(password());
    assert_eq!(kinds(&effects), ["SignIn"]);
    let attempt = the_attempt(&effects);
    assert_eq!(sheet(&model), ("checking", false));
    assert_eq!(dev(&model).running, Some(attempt));

    let question = Event::Asked {
        attempt,
        pending: pending(),
        problem: None,
    };
    assert!(model.hear(question).is_empty());
    assert_eq!(sheet(&model), ("question", false));

    let effects = model.act(Action::SubmitAnswer(secret()));
    assert_eq!(
        (kinds(&effects), the_attempt(&effects)),
        (vec!["Answer".to_owned()], attempt)
    );
    assert_eq!(sheet(&model), ("answering", false));

    let effects = model.hear(succeeded(attempt));
    assert_eq!(kinds(&effects), ["RememberUsername"]);
    assert_eq!(sheet(&model), ("closed", false));
    let state = dev(&model);
    assert!(state.refreshable && state.session.is_some() && state.running.is_none());
    assert_eq!(state.profile.username.as_deref(), Some("ana"));
}

#[test]
fn a_known_username_is_not_remembered_again() {
    let mut model = signed_in(60);
    let attempt = checking(&mut model);
    let _remember = model.hear(succeeded(attempt));
    let attempt = checking(&mut model);
    assert!(model.hear(succeeded(attempt)).is_empty());
}

#[test]
fn a_wrong_code_asks_again_with_the_reason_in_the_same_attempt() {
    let mut model = ready(&["dev"]);
    let attempt = asked(&mut model);
    let _answer = model.act(Action::SubmitAnswer(secret()));
    let again = Event::Asked {
        attempt,
        pending: pending(),
        problem: Some(problem(ProblemKind::Refused)),
    };
    assert!(model.hear(again).is_empty());
    assert_eq!(sheet(&model), ("question", true));

    let effects = model.act(Action::SubmitAnswer(secret()));
    assert_eq!(the_attempt(&effects), attempt);
    assert_eq!(sheet(&model), ("answering", false));
}

#[test]
fn a_second_submit_sends_nothing() {
    let mut model = ready(&["dev"]);
    let attempt = checking(&mut model);
    assert!(model.act(password()).is_empty());
    assert_eq!(dev(&model).running, Some(attempt));

    let mut model = ready(&["dev"]);
    let attempt = asked(&mut model);
    assert_eq!(model.act(Action::SubmitAnswer(secret())).len(), 1);
    assert!(model.act(Action::SubmitAnswer(secret())).is_empty());
    assert!(model.act(password()).is_empty());
    assert_eq!(dev(&model).running, Some(attempt));
}

#[test]
fn nothing_is_sent_without_a_sheet() {
    let mut model = ready(&["dev"]);
    for action in [password(), Action::SubmitAnswer(secret())] {
        assert!(model.act(action).is_empty());
    }
    let mut model = ready(&["dev"]);
    let _suggest = model.act(Action::SignIn(name("dev")));
    assert!(model.act(Action::SubmitAnswer(secret())).is_empty());
    assert_eq!(sheet(&model), ("password", false));
    assert!(
        model.act(Action::SignIn(name("nobody"))).is_empty(),
        "an unknown profile"
    );
}

#[test]
fn a_refused_password_is_asked_again_with_the_reason() {
    for with_question in [false, true] {
        let mut model = ready(&["dev"]);
        let attempt = if with_question {
            let attempt = asked(&mut model);
            let _answer = model.act(Action::SubmitAnswer(secret()));
            attempt
        } else {
            checking(&mut model)
        };
        assert!(model.hear(failed(attempt, ProblemKind::Refused)).is_empty());
        assert_eq!(sheet(&model), ("password", true));
        assert_eq!(
            dev(&model).step(FlowStep::SignIn),
            &StepState::Failed("refused".to_owned())
        );
        let effects = model.act(password());
        assert_ne!(the_attempt(&effects), attempt);
    }
}

#[test]
fn a_failed_exchange_closes_the_sheet_and_shows_a_card() {
    let mut model = ready(&["dev"]);
    let attempt = checking(&mut model);
    for (step, state) in [
        (
            FlowStep::SignIn,
            StepState::Done {
                detail: "SRP".to_owned(),
                took: None,
            },
        ),
        (
            FlowStep::IdentityId,
            StepState::Running("asking".to_owned()),
        ),
    ] {
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
    assert!(matches!(
        dev(&model).step(FlowStep::SignIn),
        StepState::Done { .. }
    ));
    assert!(matches!(
        dev(&model).step(FlowStep::IdentityId),
        StepState::Failed(_)
    ));
}

#[test]
fn a_sheet_for_another_profile_stops_the_first() {
    let mut model = ready(&["dev", "prod"]);
    let attempt = checking(&mut model);
    let effects = model.act(Action::SignIn(name("prod")));
    assert!(matches!(effects[..], [Effect::Cancel(stopped)] if stopped == attempt));
    assert!(dev(&model).running.is_none());
}

#[test]
fn a_question_without_its_sheet_ends_the_sign_in() {
    let mut model = ready(&["dev"]);
    let attempt = checking(&mut model);
    let locked = Event::StoreLocked {
        is_new: false,
        problem: problem(ProblemKind::SecretStore),
    };
    let _effects = model.hear(locked);
    let question = Event::Asked {
        attempt,
        pending: pending(),
        problem: None,
    };
    assert_eq!(kinds(&model.hear(question)), ["Cancel"]);
    assert!(dev(&model).running.is_none());
}
