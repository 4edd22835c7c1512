//! Ending a sign-in: how much, what is left, and what did not work.

use super::*;
use crate::domain::{SignOutScope, StepState};

fn sign_out(scope: SignOutScope) -> Action {
    Action::SignOut {
        profile: name("dev"),
        scope,
    }
}

fn signed_out(result: Result<Option<Problem>, Problem>) -> Event {
    Event::SignedOut {
        profile: name("dev"),
        result,
    }
}

#[test]
fn each_scope_is_handed_on_once() {
    for wanted in [
        SignOutScope::Here,
        SignOutScope::Revoke,
        SignOutScope::Everywhere,
    ] {
        let mut model = signed_in(60);
        let effects = model.act(sign_out(wanted));
        assert!(
            matches!(effects[..], [Effect::SignOut { scope, .. }] if scope == wanted),
            "{effects:?}"
        );
        assert!(dev(&model).signing_out && dev(&model).session.is_some());
        assert!(model.act(sign_out(wanted)).is_empty(), "it is under way");
        assert!(model.act(Action::Renew(name("dev"))).is_empty());
        let due = Event::Clock(now() + SignedDuration::from_mins(50));
        assert!(model.hear(due).is_empty(), "not renewed meanwhile");
    }
}

#[test]
fn signing_out_resets_the_profile() {
    let mut model = signed_in(60);
    let _off = model.act(Action::ToggleKeepFresh(name("dev")));
    let _reveal = model.act(Action::ToggleReveal(name("dev")));
    let _effects = model.act(sign_out(SignOutScope::Revoke));
    assert_eq!(kinds(&model.hear(signed_out(Ok(None)))), ["ReadExports"]);
    let state = dev(&model);
    assert!(state.session.is_none() && !state.refreshable && !state.revealed);
    assert!(!state.signing_out);
    assert!(
        !state.profile.keep_fresh,
        "a preference is no part of a signed-in state"
    );
    let is_idle = |step| matches!(step, &StepState::Idle);
    assert!(state.steps.iter().all(is_idle));
    assert_eq!(model.notices.len(), 1);
    assert!(!model.notices[0].is_problem);
}

#[test]
fn a_pool_that_was_not_told_is_said() {
    let mut model = signed_in(60);
    let untold = signed_out(Ok(Some(problem(ProblemKind::Network))));
    assert_eq!(kinds(&model.hear(untold)), ["ReadExports"]);
    assert!(dev(&model).session.is_none());
    assert!(model.notices[0].is_problem);
}

#[test]
fn a_store_that_forgets_nothing_leaves_the_person_signed_in() {
    let mut model = signed_in(60);
    let _effects = model.act(sign_out(SignOutScope::Everywhere));
    let kept = signed_out(Err(problem(ProblemKind::SecretStore)));
    assert!(model.hear(kept).is_empty());
    let state = dev(&model);
    assert!(state.session.is_some() && state.refreshable && !state.signing_out);
    assert!(model.notices[0].is_problem);
    assert_eq!(
        kinds(&model.act(sign_out(SignOutScope::Here))),
        ["SignOut"],
        "it can be tried again"
    );
}

#[test]
fn signing_out_stops_a_sign_in_and_closes_its_sheet() {
    let begin: [fn(&mut Model) -> Attempt; 3] = [checking, asked, in_browser];
    for begin in begin {
        let mut model = signed_in(60);
        let attempt = begin(&mut model);
        let effects = model.act(sign_out(SignOutScope::Here));
        assert_eq!(kinds(&effects), ["Cancel", "SignOut"]);
        assert!(matches!(effects[0], Effect::Cancel(stopped) if stopped == attempt));
        assert_eq!(sheet(&model), ("closed", false));
    }
}

#[test]
fn the_browser_is_signed_out_by_itself() {
    let mut model = signed_in(60);
    let effects = model.act(Action::SignOutOfBrowser(name("dev")));
    assert_eq!(kinds(&effects), ["SignOutOfBrowser"]);
    assert!(dev(&model).session.is_some() && !dev(&model).signing_out);
    assert!(
        model
            .act(Action::SignOutOfBrowser(name("nobody")))
            .is_empty()
    );
    assert!(
        model
            .act(Action::SignOut {
                profile: name("nobody"),
                scope: SignOutScope::Here
            })
            .is_empty()
    );
}

#[test]
fn nobody_signs_in_while_the_sign_in_is_being_ended() {
    let mut model = signed_in(60);
    let _end = model.act(sign_out(SignOutScope::Revoke));
    assert!(model.act(Action::SignIn(name("dev"))).is_empty());
    assert_eq!(sheet(&model), ("closed", false));
    let _ended = model.hear(signed_out(Ok(None)));
    let _sheet = model.act(Action::SignIn(name("dev")));
    assert_eq!(sheet(&model), ("PASSWORD", false));
}

#[test]
fn what_runs_is_still_known_when_the_end_comes_late() {
    let mut model = signed_in(60);
    let attempt = checking(&mut model);
    let _ended = model.hear(signed_out(Ok(None)));
    let _asked = model.hear(asked_for_code(attempt));
    assert_eq!(sheet(&model), ("SOFTWARE_TOKEN_MFA", false));
}
