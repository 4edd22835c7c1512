//! Calls as they come, and tokens while they last.

use std::time::Duration;

use super::*;
use crate::app::Tab;
use crate::domain::{CallOutcome, CallRecord, Claim, ClaimValue, SeenToken, TokenReading};

fn call(profile: Option<&str>, operation: &str) -> CallRecord {
    CallRecord {
        profile: profile.map(name),
        service: "STS".to_owned(),
        operation: operation.to_owned(),
        began_at: now(),
        took: Duration::from_millis(5),
        attempts: 1,
        request_id: None,
        outcome: CallOutcome::Answered,
    }
}

fn token(title: &str, minutes: i64) -> SeenToken {
    let exp = Claim {
        name: "exp".to_owned(),
        value: ClaimValue::Time(now() + SignedDuration::from_mins(minutes)),
    };
    SeenToken {
        title: title.to_owned(),
        token: secret(),
        reading: TokenReading {
            header: Vec::new(),
            claims: vec![exp],
        },
    }
}

fn titles(model: &Model) -> Vec<(&str, Option<Timestamp>)> {
    let tokens = dev(model).tokens.iter();
    tokens
        .map(|token| (token.title.as_str(), token.reading.expires_at()))
        .collect()
}

/// `dev`, renewing, with tokens for that many minutes.
fn renewing(minutes: i64) -> (Model, Attempt) {
    let mut model = signed_in(60);
    let attempt = the_attempt(&model.act(Action::Renew(name("dev"))));
    let tokens = vec![token("ID token", minutes), token("Access token", minutes)];
    assert!(model.hear(Event::TokensSeen { attempt, tokens }).is_empty());
    (model, attempt)
}

#[test]
fn the_newest_five_hundred_calls_stay() {
    let mut model = ready(&["dev"]);
    for number in 0..=500 {
        let event = Event::Called(vec![call(Some("dev"), &number.to_string())]);
        assert!(model.hear(event).is_empty());
    }
    assert_eq!(model.calls.len(), 500);
    assert_eq!(model.calls[0].operation, "1");
    assert_eq!(model.calls[499].operation, "500");
}

#[test]
fn calls_follow_their_profile_to_another_name() {
    let mut model = ready(&["dev"]);
    let calls = vec![
        call(Some("dev"), "A"),
        call(Some("x"), "B"),
        call(None, "C"),
    ];
    let _none = model.hear(Event::Called(calls));
    let _effects = model.hear(Event::Saved {
        original: Some(name("dev")),
        result: Ok(Box::new(profile("new"))),
    });
    let profiles: Vec<_> = model
        .calls
        .iter()
        .map(|call| call.profile.clone())
        .collect();
    assert_eq!(profiles, [Some(name("new")), Some(name("x")), None]);
}

#[test]
fn newer_tokens_take_the_place_of_those_before() {
    let (mut model, attempt) = renewing(5);
    let tokens = vec![token("ID token", 50), token("Google", 50)];
    let _none = model.hear(Event::TokensSeen { attempt, tokens });
    let at = |minutes| Some(now() + SignedDuration::from_mins(minutes));
    assert_eq!(
        titles(&model),
        [
            ("Access token", at(5)),
            ("ID token", at(50)),
            ("Google", at(50))
        ]
    );
}

#[test]
fn tokens_stay_when_the_exchange_is_refused_and_go_when_they_expire() {
    let (mut model, attempt) = renewing(5);
    let _none = model.hear(failed(attempt, ProblemKind::Refused));
    assert_eq!(titles(&model).len(), 2);
    let _none = model.hear(Event::Clock(now() + SignedDuration::from_secs(299)));
    assert_eq!(titles(&model).len(), 2);
    let _none = model.hear(Event::Clock(now() + SignedDuration::from_mins(5)));
    assert!(titles(&model).is_empty());
}

#[test]
fn tokens_go_with_the_sign_in() {
    let (mut model, attempt) = renewing(50);
    let _none = model.hear(succeeded(attempt));
    assert_eq!(titles(&model).len(), 2);
    let _effects = model.hear(Event::SignedOut {
        profile: name("dev"),
        result: Ok(None),
    });
    assert!(titles(&model).is_empty());
}

#[test]
fn tokens_of_an_attempt_that_is_over_are_not_taken() {
    let (mut model, attempt) = renewing(50);
    let _cancel = model.act(Action::Cancel(name("dev")));
    let before = titles(&model).len();
    let tokens = vec![token("Late", 50)];
    let _none = model.hear(Event::TokensSeen { attempt, tokens });
    assert_eq!(titles(&model).len(), before);
}

#[test]
fn a_tab_is_opened() {
    let mut model = ready(&["dev"]);
    for tab in Tab::ALL {
        // Another program may have written the AWS files meanwhile.
        let read = model.act(Action::Open(tab)).len();
        assert_eq!(read, usize::from(tab == Tab::Export));
        assert_eq!(model.tab, tab);
    }
}
