//! The demo says what to type, for the step that is shown and no longer.

use super::*;
use crate::app::Suggestion;

fn demo() -> Model {
    let mut model = Model::new(now(), true);
    for event in [store_works(), loaded(&["dev"])] {
        let _effects = model.hear(event);
    }
    model
}

/// The answer to the newest wish for one.
fn suggested(model: &Model) -> Event {
    suggested_to(model.suggesting.unwrap())
}

fn suggested_to(attempt: Attempt) -> Event {
    Event::Suggested {
        attempt,
        suggestion: Suggestion {
            label: "Demo password",
            value: "made up".to_owned(),
        },
    }
}

#[test]
fn the_demo_suggests_for_the_step_that_is_shown() {
    let mut model = demo();
    assert_eq!(kinds(&model.act(Action::SignIn(name("dev")))), ["Suggest"]);
    let event = suggested(&model);
    assert!(model.hear(event).is_empty());
    assert!(model.suggestion.is_some());
    let attempt = the_attempt(&model.act(password()));
    assert_eq!(kinds(&model.hear(asked_for_code(attempt))), ["Suggest"]);
    assert!(
        model.suggestion.is_none(),
        "the password is no suggestion for a code"
    );

    let event = suggested(&model);
    let _suggestion = model.hear(event);
    let _answer = model.act(code());
    let effects = model.hear(failed(attempt, ProblemKind::Refused));
    assert_eq!(kinds(&effects), ["Suggest"], "the password is asked again");
    assert!(
        model.suggestion.is_none(),
        "the code is no suggestion for a password"
    );
}

#[test]
fn demo_suggestions_go_with_the_sheet() {
    let close: [fn(&mut Model, Attempt); 2] = [
        |model, _| drop(model.act(Action::CloseSheet)),
        |model, attempt| drop(model.hear(succeeded(attempt))),
    ];
    for close in close {
        let mut model = demo();
        let attempt = asked(&mut model);
        let event = suggested(&model);
        let _suggestion = model.hear(event);
        assert!(model.suggestion.is_some());
        close(&mut model, attempt);
        assert!(model.sheet.is_none() && model.suggestion.is_none());
        let event = suggested(&model);
        let _late = model.hear(event);
        assert!(model.suggestion.is_none(), "a late one is not kept");
    }
    let elsewhere: [fn(&mut Model) -> Attempt; 2] = [checking, in_browser];
    for elsewhere in elsewhere {
        let mut model = demo();
        let _attempt = elsewhere(&mut model);
        let event = suggested(&model);
        let _late = model.hear(event);
        assert!(model.suggestion.is_none(), "nothing is asked there");
    }
    let mut model = demo();
    let _asked = asked(&mut model);
    let event = suggested(&model);
    let _sheet = model.act(Action::AskRename(name("dev")));
    let _late = model.hear(event);
    assert!(model.suggestion.is_none(), "nothing is typed there");
}

#[test]
fn outside_the_demo_nothing_is_suggested() {
    let mut model = ready(&["dev"]);
    assert!(model.act(Action::SignIn(name("dev"))).is_empty());
}

#[test]
fn a_suggestion_is_asked_for_by_challenge_and_name() {
    let mut model = demo();
    let effects = model.act(Action::SignIn(name("dev")));
    assert!(matches!(&effects[..], [Effect::Suggest { asked, .. }]
        if asked.challenge == "PASSWORD" && asked.username.is_empty()));
    let attempt = the_attempt(&model.act(password()));
    let effects = model.hear(asked_for_code(attempt));
    assert!(matches!(&effects[..], [Effect::Suggest { asked, .. }]
        if asked.challenge == "SOFTWARE_TOKEN_MFA" && asked.username == "ana"));
}

#[test]
fn a_late_suggestion_is_not_shown_with_the_next_question() {
    let mut model = demo();
    let attempt = checking(&mut model);
    let late = model.suggesting.unwrap();
    let _asked = model.hear(asked_for_code(attempt));
    assert!(model.hear(suggested_to(late)).is_empty());
    assert!(model.suggestion.is_none(), "the password is no code");
    let event = suggested(&model);
    let _shown = model.hear(event);
    assert!(model.suggestion.is_some());
}
