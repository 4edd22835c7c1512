//! Another password for somebody who is signed in.

use super::*;

fn change() -> Action {
    Action::ChangePassword {
        previous: secret(),
        proposed: secret(),
    }
}

fn changed(attempt: Attempt, whose: &str, result: Result<(), Problem>) -> Event {
    Event::PasswordChanged {
        attempt,
        profile: name(whose),
        result,
    }
}

/// Busy, and whether a problem is shown; none without the sheet.
fn shown(model: &Model) -> Option<(bool, bool)> {
    match &model.sheet {
        Some(Sheet::Password {
            running, problem, ..
        }) => Some((running.is_some(), problem.is_some())),
        _ => None,
    }
}

/// The attempt of the one change that is under way.
fn under_way(effects: &[Effect]) -> Attempt {
    match effects {
        [Effect::ChangePassword { attempt, .. }] => *attempt,
        other => panic!("{other:?}"),
    }
}

fn asking() -> Model {
    let mut model = signed_in(60);
    assert!(model.act(Action::AskPasswordChange(name("dev"))).is_empty());
    assert_eq!(shown(&model), Some((false, false)));
    model
}

#[test]
fn both_passwords_go_out_once_and_stay_nowhere() {
    let mut model = asking();
    let effects = model.act(change());
    let attempt = under_way(&effects);
    assert!(!format!("{effects:?}").contains("canary"));
    assert_eq!(shown(&model), Some((true, false)));
    assert!(model.act(change()).is_empty(), "it is under way");
    assert!(model.hear(changed(attempt, "dev", Ok(()))).is_empty());
    assert_eq!(shown(&model), None);
    assert_eq!(model.notices[0].text, "The password of dev was changed");
    assert!(dev(&model).session.is_some(), "the sign-in stays");
}

#[test]
fn a_refusal_is_shown_and_can_be_answered() {
    let mut model = asking();
    let attempt = under_way(&model.act(change()));
    let refused = changed(attempt, "dev", Err(problem(ProblemKind::Refused)));
    assert!(model.hear(refused).is_empty());
    assert_eq!(shown(&model), Some((false, true)));
    assert_eq!(kinds(&model.act(change())), ["ChangePassword"]);
    assert_eq!(shown(&model), Some((true, false)), "the old reason goes");
}

#[test]
fn what_comes_after_the_sheet_was_closed_is_a_notice() {
    for (result, is_problem) in [(Ok(()), false), (Err(problem(ProblemKind::Refused)), true)] {
        let mut model = asking();
        let attempt = under_way(&model.act(change()));
        assert!(model.act(Action::CloseSheet).is_empty());
        assert!(model.hear(changed(attempt, "dev", result)).is_empty());
        assert_eq!(shown(&model), None);
        assert_eq!(model.notices[0].is_problem, is_problem);
    }
}

#[test]
fn the_sheet_of_another_profile_is_left_alone() {
    let mut model = ready(&["dev", "prod"]);
    let _sheet = model.act(Action::AskPasswordChange(name("dev")));
    let attempt = under_way(&model.act(change()));
    let _effects = model.act(Action::AskPasswordChange(name("prod")));
    assert!(model.hear(changed(attempt, "dev", Ok(()))).is_empty());
    assert_eq!(shown(&model), Some((false, false)));
}

#[test]
fn without_its_sheet_or_its_profile_nothing_is_sent() {
    let mut model = signed_in(60);
    assert!(model.act(change()).is_empty());
    let _sheet = model.act(Action::AskPasswordChange(name("nobody")));
    assert!(model.act(change()).is_empty());
    assert_eq!(shown(&model).map(|(busy, _)| busy), Some(false));
}

#[test]
fn it_takes_the_place_of_a_sign_in() {
    let mut model = signed_in(60);
    let attempt = asked(&mut model);
    let effects = model.act(Action::AskPasswordChange(name("dev")));
    assert!(matches!(effects[..], [Effect::Cancel(stopped)] if stopped == attempt));
    assert_eq!(shown(&model), Some((false, false)));
}

#[test]
fn a_sheet_opened_again_waits_for_its_own_result() {
    for result in [Ok(()), Err(problem(ProblemKind::Refused))] {
        let mut model = asking();
        let before = under_way(&model.act(change()));
        let _left = model.act(Action::CloseSheet);
        let _sheet = model.act(Action::AskPasswordChange(name("dev")));
        let attempt = under_way(&model.act(change()));
        assert_ne!(attempt, before);
        assert!(model.hear(changed(before, "dev", result)).is_empty());
        assert_eq!(shown(&model), Some((true, false)));
        assert_eq!(model.notices.len(), 1);
        assert!(model.hear(changed(attempt, "dev", Ok(()))).is_empty());
        assert_eq!(shown(&model), None);
    }
}

#[test]
fn a_sign_in_that_has_ended_is_not_kept_any_more() {
    let mut model = asking();
    let attempt = under_way(&model.act(change()));
    let ended = Err(problem(ProblemKind::SignInNeeded));
    assert!(model.hear(changed(attempt, "dev", ended)).is_empty());
    assert!(!dev(&model).refreshable);
    assert_eq!(shown(&model), Some((false, true)));
}
