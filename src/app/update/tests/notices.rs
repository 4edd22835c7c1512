//! Notices: for a while, or until put away.

use super::*;
use crate::app::{OfNotices, Page, Tab};

fn copied(what: &'static str) -> Event {
    Event::Copied {
        what,
        secret: false,
        result: Ok(()),
    }
}

#[test]
fn a_notice_goes_after_five_seconds_and_a_problem_after_ten() {
    let mut model = ready(&[]);
    let _effects = model.hear(copied("Identity ID"));
    let _effects = model.hear(Event::Trouble(problem(ProblemKind::File)));
    let _effects = model.hear(Event::Clock(now() + SignedDuration::from_millis(4_999)));
    assert_eq!(model.notices.len(), 2);
    let _effects = model.hear(Event::Clock(now() + SignedDuration::from_secs(5)));
    assert_eq!(model.notices.len(), 1);
    assert!(model.notices[0].is_problem);
    assert_eq!(model.notices[0].text, "It did not work. Try again.");
    let _effects = model.hear(Event::Clock(now() + SignedDuration::from_secs(10)));
    assert!(model.notices.is_empty());
    assert_eq!(model.notice_list.told.len(), 2, "they stay in the list");
}

#[test]
fn a_notice_is_put_away() {
    let mut model = ready(&[]);
    let _effects = model.hear(Event::Trouble(problem(ProblemKind::File)));
    let id = model.notices[0].id;
    assert!(model.act(Action::DismissNotice(id)).is_empty());
    assert!(model.notices.is_empty());
}

#[test]
fn what_was_told_goes_with_its_page_and_can_be_read_before() {
    let at = |seconds| Event::Clock(now() + SignedDuration::from_secs(seconds));
    for leave in [
        Action::OpenSettings,
        Action::Open(Tab::Export),
        Action::Select(name("ops")),
    ] {
        let mut model = ready(&["dev", "ops"]);
        let _effects = model.act(Action::Select(name("dev")));
        let _effects = model.hear(copied("A"));
        let _effects = model.hear(Event::Trouble(problem(ProblemKind::File)));
        let _effects = model.hear(at(1));
        assert_eq!(shown(&model).len(), 2);
        let _effects = model.act(leave);
        assert_eq!(shown(&model).len(), 2, "they have just come");
        let _effects = model.hear(copied("B"));
        let _effects = model.hear(at(2));
        assert_eq!(shown(&model), ["B copied"], "told on the other page");
        let _effects = model.hear(at(4));
        let _effects = model.act(Action::OpenAbout);
        assert!(shown(&model).is_empty(), "it was there for long enough");
        assert_eq!(model.notice_list.told.len(), 3);
    }
}

#[test]
fn what_can_be_taken_back_outlasts_the_page() {
    let mut model = ready(&["dev", "ops"]);
    let _effects = model.act(Action::Remove(vec![name("dev")]));
    let _effects = model.hear(Event::Clock(now() + SignedDuration::from_secs(5)));
    let _effects = model.act(Action::OpenSettings);
    assert_eq!(shown(&model), ["dev removed"]);
}

/// What is told and leads to another page is told on that one.
#[test]
fn what_is_told_with_a_new_page_is_told_on_it() {
    let mut model = ready(&["dev"]);
    let _effects = model.act(Action::OpenImport);
    let added = crate::app::ImportEvent::Added(crate::app::Imported {
        added: vec![name("dev")],
        refused: Vec::new(),
    });
    let _effects = model.hear(Event::Import(added));
    assert_eq!(model.page, Page::Profile);
    let _effects = model.hear(Event::Clock(now() + SignedDuration::from_secs(4)));
    assert_eq!(shown(&model), ["dev added"]);
}

fn shown(model: &Model) -> Vec<&str> {
    let notices = model.notices.iter();
    notices.map(|notice| notice.text.as_str()).collect()
}

#[test]
fn the_same_words_are_shown_once_and_at_most_three() {
    let mut model = ready(&[]);
    for what in ["A", "A", "B", "C", "D", "E"] {
        let _effects = model.hear(copied(what));
    }
    assert_eq!(shown(&model), ["C copied", "D copied", "E copied"]);
}

#[test]
fn a_problem_is_not_pushed_out_by_news() {
    let mut model = ready(&[]);
    let _effects = model.hear(Event::Trouble(problem(ProblemKind::File)));
    for what in ["A", "B", "C"] {
        let _effects = model.hear(copied(what));
    }
    assert_eq!(
        shown(&model),
        ["It did not work. Try again.", "B copied", "C copied"]
    );
}

#[test]
fn a_long_sentence_stays_longer_but_not_for_ever() {
    let until = |length: usize| {
        let mut model = ready(&[]);
        model.tell("x".repeat(length));
        now().duration_until(model.notices[0].until.unwrap())
    };
    assert_eq!(until(60), SignedDuration::from_secs(5));
    assert_eq!(until(110), SignedDuration::from_secs(8));
    assert_eq!(until(5000), SignedDuration::from_secs(10));
}

#[test]
fn what_is_being_read_does_not_go() {
    let mut model = ready(&[]);
    let at = |millis| Event::Clock(now() + SignedDuration::from_millis(millis));
    let _effects = model.hear(copied("A"));
    let _effects = model.hear(at(4_900));
    let _effects = model.act(Action::Notices(OfNotices::Hold(true)));
    let _effects = model.hear(copied("B"));
    let _effects = model.hear(at(60_000));
    assert_eq!(shown(&model), ["A copied", "B copied"]);
    let _effects = model.act(Action::Notices(OfNotices::Hold(false)));
    let _effects = model.hear(at(61_900));
    assert_eq!(shown(&model), ["A copied", "B copied"], "a moment is left");
    let _effects = model.hear(at(62_100));
    assert_eq!(shown(&model), ["B copied"]);
    let _effects = model.hear(at(65_100));
    assert!(model.notices.is_empty());
}

#[test]
fn the_list_keeps_everything_newest_first_and_counts_what_is_unread() {
    let mut model = ready(&[]);
    let _effects = model.hear(copied("A"));
    let _effects = model.hear(Event::Clock(now() + SignedDuration::from_secs(60)));
    let why = problem(ProblemKind::Network).hint("Look at the cable.");
    let _effects = model.hear(Event::Trouble(why));
    let list = &model.notice_list;
    assert_eq!((list.unread, list.told.len()), (2, 2));
    assert_eq!(list.told[0].text, "It did not work");
    assert_eq!(list.told[0].more, ["Try again.", "Look at the cable."]);
    assert!(list.told[0].is_problem && !list.told[1].is_problem);
    assert!(list.told[0].at > list.told[1].at);
    let _effects = model.act(Action::Notices(OfNotices::Read));
    assert_eq!(model.notice_list.unread, 0);
    for number in 0..150 {
        model.tell(number.to_string());
    }
    let list = &model.notice_list;
    assert_eq!((list.unread, list.told.len()), (100, 100));
    assert_eq!(list.told[0].text, "149");
    let _effects = model.act(Action::Notices(OfNotices::Clear));
    assert!(model.notice_list.told.is_empty() && model.notice_list.unread == 0);
    assert_eq!(model.notices.len(), 3, "what is on screen stays there");
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
