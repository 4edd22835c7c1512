//! Renewing by hand and by itself, expiring, signing out.

use super::*;
use crate::domain::freshness::scheduled;
use crate::domain::{FlowStep, Lifetime, StepState};

fn at(minutes: i64, seconds: i64) -> Event {
    Event::Clock(now() + SignedDuration::from_secs(minutes * 60 + seconds))
}

#[test]
fn renewing_by_hand_is_one_forced_attempt() {
    let mut model = signed_in(60);
    let effects = model.act(Action::Renew(name("dev")));
    assert!(matches!(effects[..], [Effect::Renew { forced: true, .. }]));
    assert!(model.act(Action::Renew(name("dev"))).is_empty());
    assert!(model.act(Action::Renew(name("nobody"))).is_empty());
}

#[test]
fn renewing_without_a_kept_sign_in_opens_the_sheet() {
    let mut model = ready(&["dev"]);
    assert!(model.act(Action::Renew(name("dev"))).is_empty());
    assert!(matches!(&model.sheet, Some(Sheet::SignIn(sheet)) if sheet.profile == name("dev")));
}

#[test]
fn due_credentials_are_renewed_once() {
    let mut model = signed_in(60);
    // Sixteen minutes before the end.
    assert!(model.hear(at(43, 59)).is_empty());
    let effects = model.hear(at(45, 0));
    assert!(matches!(effects[..], [Effect::Renew { forced: false, .. }]));
    for minutes in [45, 50, 60, 90] {
        assert!(model.hear(at(minutes, 1)).is_empty(), "one is running");
    }
    let renewed = Event::Succeeded {
        attempt: the_attempt(&effects),
        session: Box::new(session(160)),
        refreshable: true,
        remark: None,
    };
    assert!(model.hear(renewed).is_empty());
    assert!(model.hear(at(143, 59)).is_empty());
    assert_eq!(kinds(&model.hear(at(145, 0))), ["Renew"]);
}

#[test]
fn credentials_that_are_due_again_at_once_wait_a_minute() {
    let mut model = signed_in(60);
    let effects = model.hear(at(45, 0));
    let short = Event::Succeeded {
        attempt: the_attempt(&effects),
        session: Box::new(session(50)),
        refreshable: true,
        remark: None,
    };
    assert!(model.hear(short).is_empty());
    assert!(model.hear(at(45, 59)).is_empty());
    assert_eq!(kinds(&model.hear(at(46, 0))), ["Renew"]);
}

#[test]
fn a_failed_renewal_is_quiet_for_a_minute() {
    let mut model = signed_in(60);
    let effects = model.hear(at(45, 0));
    assert!(
        model
            .hear(failed(the_attempt(&effects), ProblemKind::Network))
            .is_empty()
    );
    let state = dev(&model);
    assert!(state.refreshable && state.problem.is_some() && model.sheet.is_none());
    assert!(model.hear(at(45, 59)).is_empty());
    assert_eq!(kinds(&model.hear(at(46, 0))), ["Renew"]);
}

#[test]
fn an_ended_sign_in_is_not_renewed_again() {
    let mut model = signed_in(60);
    let effects = model.hear(at(45, 0));
    let ended = failed(the_attempt(&effects), ProblemKind::SignInNeeded);
    assert_eq!(kinds(&model.hear(ended)), ["SayFarewell"]);
    let state = dev(&model);
    assert!(!state.refreshable && state.running.is_none());
    assert_eq!(
        state.step(FlowStep::SignIn),
        &StepState::Failed("sign in again".to_owned())
    );
    assert!(model.hear(at(70, 0)).is_empty());
    assert_eq!(dev(&model).lifetime(model.now), Some(Lifetime::Expired));
    assert!(model.act(Action::Renew(name("dev"))).is_empty());
    assert!(matches!(model.sheet, Some(Sheet::SignIn(_))));
}

#[test]
fn what_is_not_to_be_renewed_is_left_alone() {
    type Case = (&'static str, fn(&mut Model));
    let cases: [Case; 4] = [
        ("switched off", |model| {
            let effects = model.act(Action::ToggleKeepFresh(name("dev")));
            assert!(
                matches!(&effects[..], [Effect::SaveKeepFresh(_, false)]),
                "{effects:?}"
            );
        }),
        ("no refresh token", |model| {
            let _effects = model.hear(kept("dev", None, false));
        }),
        ("store broken", |model| {
            let broken = Event::StoreProbed(Err(problem(ProblemKind::SecretStore)));
            let _effects = model.hear(broken);
        }),
        ("a sign-in is running", |model| {
            let _attempt = checking(model);
        }),
    ];
    for (case, prepare) in cases {
        let mut model = signed_in(60);
        prepare(&mut model);
        assert!(model.hear(at(49, 0)).is_empty(), "{case}");
    }
    let mut model = ready(&["dev"]);
    assert!(model.hear(at(50, 0)).is_empty(), "signed out");
}

#[test]
fn two_due_profiles_have_two_attempts() {
    let mut model = ready(&["dev", "prod"]);
    for text in ["dev", "prod"] {
        let _effects = model.hear(kept(text, Some(60), true));
    }
    let effects = model.hear(at(45, 0));
    assert_eq!(kinds(&effects), ["Renew", "Renew"]);
    let running: Vec<_> = model.profiles.iter().map(|state| state.running).collect();
    assert!(running.iter().all(Option::is_some) && running[0] != running[1]);
}

#[test]
fn a_renewal_that_could_not_be_kept_is_said() {
    let mut model = signed_in(60);
    let attempt = the_attempt(&model.act(Action::Renew(name("dev"))));
    let renewed = Event::Succeeded {
        attempt,
        session: Box::new(session(60)),
        refreshable: false,
        remark: Some(problem(ProblemKind::SecretStore)),
    };
    assert!(model.hear(renewed).is_empty());
    assert!(!dev(&model).refreshable && dev(&model).session.is_some());
    assert!(model.notices.iter().any(|notice| notice.is_problem));
}

#[test]
fn what_is_kept_does_not_replace_what_is_running() {
    let mut model = ready(&["dev"]);
    let attempt = checking(&mut model);
    assert!(model.hear(kept("dev", Some(5), true)).is_empty());
    assert!(dev(&model).session.is_none());
    assert_eq!(dev(&model).running, Some(attempt));
}

#[test]
fn the_next_renewal_is_the_earliest() {
    let mut model = ready(&["dev", "prod"]);
    for (text, minutes) in [("dev", 60), ("prod", 50)] {
        let _effects = model.hear(kept(text, Some(minutes), true));
    }
    let (first, time) = model.next_renewal().unwrap();
    assert_eq!(
        (first, time),
        (
            name("prod"),
            scheduled(
                &name("prod"),
                &session(50),
                crate::domain::RefreshMargin::default()
            )
        )
    );
    assert_eq!(model.live_count(), 2);
}

/// Signs in and fails after the pool said yes: the exchange was refused.
fn refused_exchange(model: &mut Model) {
    let attempt = checking(model);
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
    let _card = model.hear(failed(attempt, ProblemKind::Refused));
}

#[test]
fn credentials_of_a_former_person_go_when_their_sign_in_was_replaced() {
    let signed_in: [fn() -> Model; 2] = [|| signed_in(60), signed_in_but_not_kept];
    for signed_in in signed_in {
        let mut model = signed_in();
        let _shown = model.act(Action::ToggleReveal(name("dev")));
        refused_exchange(&mut model);
        assert!(model.hear(kept("dev", None, true)).is_empty());
        let state = dev(&model);
        assert!(state.session.is_none() && !state.revealed && state.refreshable);
        assert!(state.problem.is_some(), "it still says what happened");
        let at = state.step(FlowStep::IdentityId);
        assert_eq!(at, &StepState::Failed("refused".to_owned()));
    }
}

#[test]
fn a_sign_out_elsewhere_is_seen_when_everything_is_read_again() {
    let mut model = signed_in(60);
    assert!(model.hear(kept("dev", None, false)).is_empty());
    let state = dev(&model);
    assert!(state.session.is_none() && !state.refreshable);
    let is_idle = |step| matches!(step, &StepState::Idle);
    assert!(state.steps.iter().all(is_idle), "{:?}", state.steps);
}

/// Credentials that the store did not take are nowhere but here.
fn signed_in_but_not_kept() -> Model {
    let mut model = ready(&["dev"]);
    let attempt = checking(&mut model);
    let _shown = model.hear(Event::Succeeded {
        attempt,
        session: Box::new(session(60)),
        refreshable: true,
        remark: Some(problem(ProblemKind::SecretStore)),
    });
    model
}

#[test]
fn credentials_that_could_not_be_kept_stay_until_something_is() {
    let mut model = signed_in_but_not_kept();
    assert!(model.hear(kept("dev", None, true)).is_empty());
    assert!(dev(&model).session.is_some());
    for minutes in [Some(50), None] {
        assert!(model.hear(kept("dev", minutes, true)).is_empty());
    }
    assert!(dev(&model).session.is_none());
}

#[test]
fn nothing_is_renewed_behind_the_sheet_of_a_sign_in() {
    let mut model = signed_in(60);
    let _sheet = model.act(Action::SignIn(name("dev")));
    assert!(model.hear(at(50, 0)).is_empty());
    assert!(model.act(Action::Renew(name("dev"))).is_empty());
    assert!(dev(&model).running.is_none());
    assert_eq!(sheet(&model), ("PASSWORD", false));
    let _closed = model.act(Action::CloseSheet);
    assert_eq!(kinds(&model.hear(at(50, 1))), ["Renew"]);
}

/// The renewal that is due fails.
fn fails(model: &mut Model, minutes: i64, kind: ProblemKind) {
    let attempt = the_attempt(&model.hear(at(minutes, 0)));
    let _effects = model.hear(failed(attempt, kind));
}

#[test]
fn renewals_that_fail_are_tried_ever_more_seldom() {
    let mut model = signed_in(60);
    let mut minutes = 45;
    for quiet in [1, 2, 4, 5, 5, 5] {
        fails(&mut model, minutes, ProblemKind::Network);
        minutes += quiet;
        assert!(model.hear(at(minutes - 1, 59)).is_empty(), "{quiet}");
    }
    let attempt = the_attempt(&model.hear(at(minutes, 0)));
    let _effects = model.hear(succeeded(attempt));
    fails(&mut model, minutes + 1, ProblemKind::Network);
    assert_eq!(kinds(&model.hear(at(minutes + 2, 0))), ["Renew"]);
}

#[test]
fn what_was_refused_is_left_alone_for_an_hour() {
    let mut model = signed_in(60);
    fails(&mut model, 45, ProblemKind::Refused);
    assert!(model.hear(at(45 + 59, 59)).is_empty());
    assert_eq!(kinds(&model.hear(at(45 + 60, 0))), ["Renew"]);
}

#[test]
fn who_asks_nobody_is_renewed_and_never_asked() {
    let mut model = ready(&["dev"]);
    let state = &mut model.profiles[0];
    state.profile.sign_in = SignInMethod::Guest;
    state.refreshable = false;
    assert_eq!(kinds(&model.act(Action::SignIn(name("dev")))), ["Renew"]);
}

#[test]
fn the_steps_to_what_was_kept_say_once_where_it_comes_from() {
    let mut model = ready(&["dev"]);
    let _effects = model.hear(kept("dev", Some(60), true));
    let details: Vec<&str> = dev(&model)
        .steps
        .iter()
        .filter_map(|step| match step {
            StepState::Done { detail, .. } => Some(detail.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(details, ["earlier", "cached", "from the secret store"]);
}
