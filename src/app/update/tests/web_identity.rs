//! The file for web identities is written by itself, as long as it is Poolkey's.

use super::*;
use crate::domain::{AwsHomeId, Exports, Place};

fn at(minutes: i64) -> Event {
    Event::Clock(now() + SignedDuration::from_mins(minutes))
}

/// `dev` is signed in for hours, and its section is ours.
fn exported() -> Model {
    let mut model = signed_in(600);
    let exports = Exports {
        web_identity: Place::Ours { expires_at: None },
        ..Exports::default()
    };
    let _effects = model.hear(Event::ExportsRead {
        home: AwsHomeId::Own,
        exports: vec![(name("dev"), Ok(exports))],
    });
    model
}

fn written(result: Result<i64, ProblemKind>) -> Event {
    Event::TokenFileWritten {
        profile: name("dev"),
        result: result
            .map(|minutes| now() + SignedDuration::from_mins(minutes))
            .map_err(problem),
    }
}

#[test]
fn it_is_written_when_it_is_due_and_once_at_a_time() {
    let mut model = exported();
    assert_eq!(kinds(&model.hear(at(0))), ["WriteTokenFile"]);
    assert!(model.hear(at(1)).is_empty(), "it is being written");
    assert!(model.hear(written(Ok(9))).is_empty());
    assert!(model.hear(at(8)).is_empty());
    assert_eq!(kinds(&model.hear(at(9))), ["WriteTokenFile"]);
    // A token that is over already is not asked for without a pause.
    assert!(model.hear(written(Ok(9))).is_empty());
    assert!(model.hear(at(9)).is_empty());
    assert_eq!(kinds(&model.hear(at(10))), ["WriteTokenFile"]);
    // A failure waits, and longer after another one.
    let _said = model.hear(written(Err(ProblemKind::Network)));
    assert!(model.notices.iter().any(|notice| notice.is_problem));
    assert!(model.hear(at(10)).is_empty());
    assert_eq!(kinds(&model.hear(at(11))), ["WriteTokenFile"]);
    let _said = model.hear(written(Err(ProblemKind::Network)));
    assert!(model.hear(at(12)).is_empty());
    assert_eq!(kinds(&model.hear(Event::Woke)), ["WriteTokenFile"]);
}

#[test]
fn nobody_elses_and_no_ended_sign_ins_file_is_written() {
    type Case = (&'static str, fn(&mut Model));
    let cases: [Case; 4] = [
        ("not ours", |model| {
            model.profiles[0].exports.web_identity = Place::Foreign;
        }),
        ("not kept fresh", |model| {
            let _effects = model.act(Action::ToggleKeepFresh(name("dev")));
        }),
        ("signed out", |model| {
            let _effects = model.hear(kept("dev", None, false));
        }),
        ("a renewal runs", |model| {
            let _effects = model.act(Action::Renew(name("dev")));
        }),
    ];
    for (case, prepare) in cases {
        let mut model = exported();
        prepare(&mut model);
        assert!(model.hear(at(1)).is_empty(), "{case}");
    }
}
