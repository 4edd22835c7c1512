//! Clipboard, terminal, console and endpoint.

use super::*;
use crate::app::files::{Endpoint, EndpointAt};
use crate::domain::CredentialForm;

fn endpoint(on: bool) -> Action {
    Action::SetEndpoint {
        profile: name("dev"),
        on,
    }
}

fn started(result: Result<EndpointAt, Problem>) -> Event {
    Event::EndpointStarted {
        profile: name("dev"),
        result,
    }
}

fn at() -> EndpointAt {
    EndpointAt {
        uri: "http://127.0.0.1:4242/".to_owned(),
        token_file: "/state/token".to_owned(),
    }
}

#[test]
fn an_endpoint_starts_once_and_stops() {
    let mut model = signed_in(60);
    assert_eq!(kinds(&model.act(endpoint(true))), ["StartEndpoint"]);
    assert!(model.act(endpoint(true)).is_empty());
    assert!(model.act(endpoint(false)).is_empty(), "not there yet");
    assert!(model.hear(started(Ok(at()))).is_empty());
    assert_eq!(dev(&model).endpoint, Endpoint::On(at()));
    assert_eq!(kinds(&model.act(endpoint(false))), ["StopEndpoint"]);
    assert_eq!(dev(&model).endpoint, Endpoint::Off);
}

#[test]
fn an_endpoint_that_does_not_start_says_why() {
    let mut model = signed_in(60);
    let _effects = model.act(endpoint(true));
    let refused = Err(problem(ProblemKind::File));
    assert!(model.hear(started(refused)).is_empty());
    assert_eq!(dev(&model).endpoint, Endpoint::Off);
    assert!(model.notices[0].is_problem);
}

#[test]
fn an_endpoint_goes_with_its_profile() {
    let mut model = signed_in(60);
    let _effects = model.act(endpoint(true));
    let removed = Event::Removed {
        profile: name("dev"),
        result: Ok(()),
    };
    assert!(kinds(&model.hear(removed)).contains(&"StopEndpoint".to_owned()));
    assert_eq!(
        kinds(&model.hear(started(Ok(at())))),
        ["StopEndpoint"],
        "it came up after its profile was gone"
    );
}

#[test]
fn a_secret_leaves_the_clipboard_after_45_seconds() {
    let copied = |secret| Event::Copied {
        what: "Secret key",
        secret,
        result: Ok(()),
    };
    let clock = |seconds| Event::Clock(now() + SignedDuration::from_secs(seconds));
    let mut model = signed_in(60);
    assert!(model.hear(copied(true)).is_empty());
    assert!(model.notices[0].text.contains("45 s"));
    assert!(model.hear(clock(44)).is_empty());
    assert_eq!(kinds(&model.hear(clock(45))), ["ClearClipboard"]);
    assert!(model.hear(clock(46)).is_empty(), "once");

    let mut model = signed_in(60);
    let _effects = model.hear(copied(true));
    let _effects = model.hear(Event::DemoOpened(Ok(())));
    assert_eq!(kinds(&model.hear(clock(45))), ["ClearClipboard"], "demo");

    let mut model = signed_in(60);
    let _effects = model.hear(copied(true));
    let _effects = model.hear(copied(false));
    assert!(
        model.hear(clock(50)).is_empty(),
        "what is no secret stays there"
    );
}

#[test]
fn the_console_is_opened_once_at_a_time() {
    let mut model = signed_in(60);
    let open = || Action::OpenConsole(name("dev"));
    assert_eq!(kinds(&model.act(open())), ["OpenConsole"]);
    assert!(model.act(open()).is_empty());
    for result in [Ok(()), Err(problem(ProblemKind::Refused))] {
        let failed = result.is_err();
        let opened = Event::ConsoleOpened {
            profile: name("dev"),
            result,
        };
        assert!(model.hear(opened).is_empty());
        assert_eq!(model.notices.last().unwrap().is_problem, failed);
        assert_eq!(kinds(&model.act(open())), ["OpenConsole"]);
    }
}

#[test]
fn what_is_copied_is_fetched_for_it() {
    let mut model = signed_in(60);
    let copy = Action::CopyAs {
        profile: name("dev"),
        form: CredentialForm::Fish,
    };
    let effects = model.act(copy);
    assert!(matches!(
        effects[..],
        [Effect::CopyCredentials {
            form: CredentialForm::Fish,
            ..
        }]
    ));
    assert_eq!(
        kinds(&model.act(Action::OpenTerminal(name("dev")))),
        ["OpenTerminal"]
    );
}

#[test]
fn signing_out_stops_the_endpoint() {
    let mut model = signed_in(60);
    let _effects = model.act(endpoint(true));
    let _effects = model.hear(started(Ok(at())));
    let ended = Event::SignedOut {
        profile: name("dev"),
        result: Ok(None),
    };
    assert!(kinds(&model.hear(ended)).contains(&"StopEndpoint".to_owned()));
    assert_eq!(dev(&model).endpoint, Endpoint::Off);
}
