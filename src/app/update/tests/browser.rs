//! The browser's part of the sign-in sheet: opened, pasted into, failed, left.

use super::*;
use crate::domain::{FlowStep, StepState};

/// One profile whose method is the browser.
fn browser_profile() -> Model {
    let mut model = ready(&[]);
    let loaded = Event::ProfilesLoaded(Ok(Loaded {
        profiles: vec![of_browser("dev")],
        theme: Theme::System,
        settings: crate::domain::Settings::default(),
        path: "profiles.toml".into(),
    }));
    let _effects = model.hear(loaded);
    model
}

fn opened(attempt: Attempt) -> Event {
    Event::BrowserOpened {
        attempt,
        url: "https://acme.example/oauth2/authorize".to_owned(),
    }
}

fn paste_refused(attempt: Attempt) -> Event {
    Event::PasteRefused {
        attempt,
        problem: problem(ProblemKind::Usage),
    }
}

fn url(model: &Model) -> Option<&str> {
    match &model.sheet {
        Some(Sheet::SignIn(sheet)) => match &sheet.phase {
            SignInPhase::Browser { url, .. } => url.as_deref(),
            _ => None,
        },
        _ => None,
    }
}

fn paste() -> Action {
    Action::PasteCode(secret())
}

#[test]
fn where_the_browser_is_the_method_it_opens_at_once() {
    let mut model = browser_profile();
    let effects = model.act(Action::SignIn(name("dev")));
    assert_eq!(kinds(&effects), ["BrowserSignIn"]);
    let attempt = the_attempt(&effects);
    assert_eq!(dev(&model).running, Some(attempt));
    assert_eq!((sheet(&model), url(&model)), (("browser", false), None));
    assert!(model.hear(opened(attempt)).is_empty());
    assert_eq!(url(&model), Some("https://acme.example/oauth2/authorize"));
    assert!(
        model.hear(succeeded(attempt)).is_empty(),
        "no name was typed"
    );
    assert_eq!(sheet(&model), ("closed", false));
    assert_eq!(dev(&model).profile.username, None);
}

#[test]
fn the_browser_can_take_over_at_any_time() {
    let mut model = ready(&["dev"]);
    let _suggest = model.act(Action::SignIn(name("dev")));
    assert_eq!(kinds(&model.act(use_browser())), ["BrowserSignIn"]);
    let begin: [fn(&mut Model) -> Attempt; 3] = [checking, asked, in_browser];
    for begin in begin {
        let mut model = ready(&["dev"]);
        let before = begin(&mut model);
        let effects = model.act(use_browser());
        assert_eq!(kinds(&effects), ["Cancel", "BrowserSignIn"]);
        assert!(matches!(effects[0], Effect::Cancel(stopped) if stopped == before));
        assert_ne!(the_attempt(&effects[1..]), before);
        assert_eq!(sheet(&model), ("browser", false));
    }
    assert!(ready(&["dev"]).act(use_browser()).is_empty());
}

#[test]
fn a_passkey_leads_to_the_browser() {
    let mut model = ready(&["dev"]);
    let attempt = checking(&mut model);
    let effects = model.hear(Event::BrowserNeeded { attempt });
    assert_eq!(kinds(&effects), ["Cancel", "BrowserSignIn"]);
    assert_eq!(sheet(&model), ("browser", false));
    let _close = model.act(Action::CloseSheet);
    let late = Event::BrowserNeeded { attempt };
    assert!(model.hear(late).is_empty(), "nobody waits for a browser");
}

#[test]
fn a_browser_is_not_opened_without_the_sheet() {
    let mut model = ready(&["dev"]);
    let attempt = checking(&mut model);
    model.sheet = None;
    let effects = model.hear(Event::BrowserNeeded { attempt });
    assert_eq!(kinds(&effects), ["Cancel"]);
    assert!(dev(&model).running.is_none());
}

#[test]
fn what_is_pasted_goes_to_the_attempt_that_waits() {
    let mut model = ready(&["dev"]);
    let attempt = in_browser(&mut model);
    let _opened = model.hear(opened(attempt));
    let effects = model.act(paste());
    assert!(
        matches!(&effects[..], [Effect::PasteCode { attempt: to, .. }] if *to == attempt),
        "{effects:?}"
    );
    assert!(!format!("{effects:?}").contains("canary"));
    assert!(model.hear(paste_refused(attempt)).is_empty());
    assert_eq!(sheet(&model), ("browser", true));
    assert!(url(&model).is_some(), "the address stays");
    assert_eq!(kinds(&model.act(paste())), ["PasteCode"]);
    assert_eq!(sheet(&model), ("browser", false), "the old reason goes");
}

#[test]
fn nothing_is_pasted_where_no_browser_is_waited_for() {
    let states: [fn(&mut Model); 4] = [
        |_| (),
        |model| drop(model.act(Action::SignIn(name("dev")))),
        |model| {
            checking(model);
        },
        |model| {
            asked(model);
        },
    ];
    for prepare in states {
        let mut model = ready(&["dev"]);
        prepare(&mut model);
        let before = picture(&model);
        assert!(model.act(paste()).is_empty());
        assert_eq!(picture(&model), before);
    }
}

#[test]
fn a_browser_sign_in_that_failed_can_begin_again() {
    let mut model = browser_profile();
    let attempt = the_attempt(&model.act(Action::SignIn(name("dev"))));
    let _opened = model.hear(opened(attempt));
    assert!(model.hear(failed(attempt, ProblemKind::Refused)).is_empty());
    assert_eq!((sheet(&model), url(&model)), (("browser", true), None));
    let Some(Sheet::SignIn(open)) = &model.sheet else {
        panic!("the sheet is closed");
    };
    assert!(open.phase.browser_ended());
    assert!(dev(&model).running.is_none());
    assert!(model.act(paste()).is_empty());
    let effects = model.act(use_browser());
    assert_eq!(kinds(&effects), ["BrowserSignIn"]);
    assert_ne!(the_attempt(&effects), attempt);
    assert_eq!(sheet(&model), ("browser", false));
}

#[test]
fn another_method_than_the_browser_asks_again_with_the_reason() {
    let mut model = ready(&["dev"]);
    let attempt = in_browser(&mut model);
    assert!(model.hear(failed(attempt, ProblemKind::Network)).is_empty());
    assert_eq!(sheet(&model), ("PASSWORD", true));
    // The sheet says why; nothing stays refused behind it.
    assert_eq!(dev(&model).step(FlowStep::SignIn), &StepState::Idle);
}

#[test]
fn a_name_typed_before_the_browser_is_not_remembered() {
    let mut model = ready(&["dev"]);
    let attempt = in_browser(&mut model);
    assert!(model.hear(succeeded(attempt)).is_empty());
    assert_eq!(dev(&model).profile.username, None);
}

#[test]
fn events_of_the_browser_reach_no_other_phase() {
    let mut model = ready(&["dev"]);
    let attempt = asked(&mut model);
    let before = picture(&model);
    for event in [opened(attempt), paste_refused(attempt)] {
        assert!(model.hear(event).is_empty());
        assert_eq!(picture(&model), before);
    }
}

/// The name that a browser sign-in hints at.
fn hint(effects: &[Effect]) -> Option<&str> {
    match effects {
        [.., Effect::BrowserSignIn { profile, .. }] => profile.username.as_deref(),
        other => panic!("no browser: {other:?}"),
    }
}

#[test]
fn a_name_typed_before_the_browser_goes_with_it_and_comes_back() {
    for (typed, hinted, back) in [
        (Some("bob"), Some("bob"), "bob"),
        (Some(""), None, ""),
        (None, Some("ana"), "ana"),
    ] {
        let mut model = ready(&["dev"]);
        if let Some(state) = model.profiles.first_mut() {
            state.profile.username = Some("ana".to_owned());
        }
        let _sheet = model.act(Action::SignIn(name("dev")));
        let username = typed.map(str::to_owned);
        let effects = model.act(Action::UseBrowser { username });
        assert_eq!(hint(&effects), hinted);
        let effects = model.act(use_browser());
        assert_eq!(hint(&effects), hinted, "opened again");
        let _back = model.act(Action::SignIn(name("dev")));
        let Some(Sheet::SignIn(open)) = &model.sheet else {
            panic!("the sheet is closed");
        };
        assert_eq!(open.phase.question().unwrap().username, back);
        let _left = model.act(Action::CloseSheet);
        let _anew = model.act(Action::SignIn(name("dev")));
        let Some(Sheet::SignIn(open)) = &model.sheet else {
            panic!("the sheet is closed");
        };
        assert_eq!(open.phase.question().unwrap().username, "ana");
    }
}

#[test]
fn a_passkey_takes_the_typed_name_along() {
    let mut model = ready(&["dev"]);
    let attempt = checking(&mut model);
    let effects = model.hear(Event::BrowserNeeded { attempt });
    assert_eq!(hint(&effects), Some("ana"));
}

#[test]
fn a_page_that_opens_nowhere_is_told_with_its_address_which_is_copied() {
    let mut model = ready(&["dev"]);
    let url = "https://console.aws.amazon.com/cognito";
    let why = problem(ProblemKind::Unexpected);
    let effects = model.hear(Event::PageNotOpened(url.to_owned(), why));
    assert_eq!(kinds(&effects), ["Copy"]);
    assert!(format!("{effects:?}").contains(url));
    let told = &model.notices[0];
    assert!(told.is_problem && told.text.contains(url), "{}", told.text);
}
