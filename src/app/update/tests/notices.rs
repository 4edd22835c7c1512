//! Notices: for a while, or until put away.

use super::*;

fn copied(what: &'static str) -> Event {
    Event::Copied {
        what,
        secret: false,
        result: Ok(()),
    }
}

#[test]
fn a_notice_goes_after_five_seconds_and_a_problem_stays() {
    let mut model = ready(&[]);
    let _effects = model.hear(copied("Identity ID"));
    let _effects = model.hear(Event::Trouble(problem(ProblemKind::File)));
    let _effects = model.hear(Event::Clock(now() + SignedDuration::from_millis(4_999)));
    assert_eq!(model.notices.len(), 2);
    let _effects = model.hear(Event::Clock(now() + SignedDuration::from_secs(5)));
    assert_eq!(model.notices.len(), 1);
    assert!(model.notices[0].is_problem);
    assert_eq!(model.notices[0].text, "It did not work. Try again.");
    let id = model.notices[0].id;
    assert!(model.act(Action::DismissNotice(id)).is_empty());
    assert!(model.notices.is_empty());
}

#[test]
fn the_same_words_are_shown_once_and_at_most_four() {
    let mut model = ready(&[]);
    for what in ["A", "A", "B", "C", "D", "E"] {
        let _effects = model.hear(copied(what));
    }
    let shown: Vec<_> = model
        .notices
        .iter()
        .map(|notice| notice.text.as_str())
        .collect();
    assert_eq!(shown, ["B copied", "C copied", "D copied", "E copied"]);
}

#[test]
fn a_clipboard_that_refused_is_said() {
    let mut model = ready(&[]);
    let refused = Event::Copied {
        what: "Session token",
        secret: false,
        result: Err(problem(ProblemKind::Unexpected)),
    };
    assert!(model.hear(refused).is_empty());
    assert!(model.notices[0].is_problem);
}

#[test]
fn copying_is_an_effect() {
    let mut model = ready(&[]);
    let copy = Action::CopySecret {
        what: "Session token",
        secret: secret(),
    };
    let effects = model.act(copy);
    assert_eq!(kinds(&effects), ["Copy"]);
    assert!(!format!("{effects:?}").contains("canary"));
}
