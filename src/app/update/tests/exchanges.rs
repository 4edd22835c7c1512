//! One sign-in and what several exchanges make of it.

use super::profiles::saved;
use super::*;
use crate::domain::{Exchange, RoleArn};

fn role() -> RoleArn {
    "arn:aws:iam::123456789012:role/readers".parse().unwrap()
}

#[test]
fn another_role_is_saved_and_its_credentials_come_at_once() {
    let mut model = signed_in(60);
    let choice = || Action::ChooseRole {
        profile: name("dev"),
        role: Some(role()),
    };
    let effects = model.act(choice());
    let [Effect::Save(draft)] = &effects[..] else {
        panic!("{effects:?}");
    };
    let chosen = draft.profile.clone();
    assert_eq!(chosen.exchange.role(), Some(&role()));

    let effects = model.hear(saved(Some("dev"), chosen));
    assert_eq!(kinds(&effects), ["ReadExports", "LoadSessions", "Renew"]);
    assert!(dev(&model).session.is_none(), "it was another role's");
    assert!(dev(&model).refreshable, "the sign-in is the same");
    assert!(model.act(choice()).is_empty(), "chosen already");
}

#[test]
fn the_basic_flow_names_its_role_in_the_configuration() {
    let mut model = signed_in(60);
    let basic = crate::domain::BasicFlow {
        role: role(),
        session_name: None,
        duration: None,
        policy: None,
    };
    model.profiles[0].profile.exchange = Exchange::Basic(basic);
    let choice = Action::ChooseRole {
        profile: name("dev"),
        role: None,
    };
    assert!(model.act(choice).is_empty());
}

#[test]
fn a_profile_that_was_not_live_is_only_saved() {
    let mut model = ready(&["dev"]);
    let mut other = profile("dev");
    other.exchange = Exchange::Enhanced { role: Some(role()) };
    let effects = model.hear(saved(Some("dev"), other));
    assert_eq!(kinds(&effects), ["ReadExports", "LoadSessions"]);
}

#[test]
fn those_who_share_a_sign_in_end_it_together() {
    let mut model = ready(&["dev", "twin", "other"]);
    model.profiles[1].profile.shares_sign_in = Some(name("dev"));
    for state in &mut model.profiles {
        state.refreshable = true;
    }
    let ended = Event::SignedOut {
        profile: name("dev"),
        result: Ok(None),
    };
    let effects = model.hear(ended);
    let loaded: Vec<&str> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::LoadSessions(profiles) => Some(profiles),
            _ => None,
        })
        .flatten()
        .map(|profile| profile.name.as_str())
        .collect();
    assert_eq!(loaded, ["twin"]);
}

#[test]
fn guests_are_never_asked_anything() {
    let mut model = ready(&["dev"]);
    let mut guest = profile("dev");
    guest.user_pool = None;
    guest.sign_in = SignInMethod::Guest;
    let _effects = model.hear(saved(Some("dev"), guest));
    assert!(dev(&model).refreshable);
    let effects = model.act(Action::SignIn(name("dev")));
    assert_eq!(kinds(&effects), ["Renew"]);
    assert!(model.sheet.is_none());
    let refused = Event::Failed {
        attempt: dev(&model).running.unwrap(),
        problem: problem(ProblemKind::SignInNeeded),
    };
    let _effects = model.hear(refused);
    assert!(dev(&model).refreshable, "there is nobody to sign in");
}

#[test]
fn a_forgotten_identity_is_told() {
    let mut model = signed_in(60);
    let effects = model.act(Action::ForgetIdentity(name("dev")));
    assert_eq!(kinds(&effects), ["ForgetIdentity"]);
    for (result, is_problem) in [(Ok(()), false), (Err(problem(ProblemKind::File)), true)] {
        let told = Event::IdentityForgotten {
            profile: name("dev"),
            result,
        };
        assert!(model.hear(told).is_empty());
        assert_eq!(model.notices.last().unwrap().is_problem, is_problem);
    }
}
