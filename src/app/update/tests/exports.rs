//! Sections in the AWS files: written, removed, foreign, taken over.

use std::time::Duration;

use super::*;
use crate::app::Exports;
use crate::app::event::ExportRefusal;
use crate::domain::{ExportTarget, FlowStep, Place, StepState};

const FILE: ExportTarget = ExportTarget::CredentialsFile;

fn set(on: bool) -> Action {
    Action::SetExport {
        profile: name("dev"),
        target: FILE,
        on,
    }
}

fn exported(result: Result<Exports, ExportRefusal>) -> Event {
    Event::Exported {
        profile: name("dev"),
        target: FILE,
        on: true,
        took: Duration::from_millis(2),
        result,
    }
}

fn ours() -> Exports {
    Exports {
        credentials_file: Place::Ours { expires_at: None },
        credentials_path: "~/.aws/credentials".to_owned(),
        ..Exports::default()
    }
}

fn refusal(foreign: bool) -> ExportRefusal {
    ExportRefusal {
        problem: problem(ProblemKind::Usage),
        foreign,
    }
}

#[test]
fn one_export_at_a_time() {
    let mut model = signed_in(60);
    let effects = model.act(set(true));
    assert!(matches!(
        effects[..],
        [Effect::Export {
            take_over: false,
            target: FILE,
            ..
        }]
    ));
    assert!(model.act(set(true)).is_empty());
    assert!(model.act(set(false)).is_empty());
    assert!(model.hear(exported(Ok(ours()))).is_empty());
    assert_eq!(dev(&model).exporting, None);
    assert!(matches!(
        dev(&model).step(FlowStep::Export),
        StepState::Done { .. }
    ));
    assert_eq!(model.notices[0].text, "dev written to ~/.aws/credentials");
    assert_eq!(kinds(&model.act(set(false))), ["Unexport"]);
}

#[test]
fn a_foreign_section_is_taken_over_only_when_confirmed() {
    let mut model = signed_in(60);
    let _effects = model.act(set(true));
    assert!(model.hear(exported(Err(refusal(true)))).is_empty());
    assert!(matches!(
        &model.sheet,
        Some(Sheet::TakeOver { target: FILE, .. })
    ));
    let effects = model.act(Action::ConfirmTakeOver);
    assert!(matches!(
        effects[..],
        [Effect::Export {
            take_over: true,
            target: FILE,
            ..
        }]
    ));
    assert!(model.sheet.is_none());
    assert!(model.act(Action::ConfirmTakeOver).is_empty());

    let mut model = signed_in(60);
    let _effects = model.act(set(true));
    let _effects = model.hear(exported(Err(refusal(true))));
    assert!(model.act(Action::CloseSheet).is_empty());
    assert!(model.act(Action::ConfirmTakeOver).is_empty());
}

#[test]
fn another_refusal_is_a_notice() {
    let mut model = signed_in(60);
    let _effects = model.act(set(true));
    assert!(model.hear(exported(Err(refusal(false)))).is_empty());
    assert!(model.sheet.is_none() && model.notices[0].is_problem);
    assert_eq!(dev(&model).exporting, None);
}

#[test]
fn a_refusal_does_not_replace_an_open_sheet() {
    let mut model = signed_in(60);
    let _effects = model.act(set(true));
    let _effects = model.act(Action::SignIn(name("dev")));
    assert!(model.hear(exported(Err(refusal(true)))).is_empty());
    assert!(matches!(model.sheet, Some(Sheet::SignIn(_))));
    assert!(model.notices[0].is_problem);
}

#[test]
fn new_credentials_are_written_where_poolkey_serves_the_file() {
    for (exports, follows) in [(Exports::default(), vec![]), (ours(), vec!["ExportAgain"])] {
        let mut model = signed_in(60);
        let read = Event::ExportsRead {
            profile: name("dev"),
            exports: Ok(exports),
        };
        assert!(model.hear(read).is_empty());
        let attempt = the_attempt(&model.act(Action::Renew(name("dev"))));
        assert_eq!(kinds(&model.hear(succeeded(attempt))), follows);
    }
}

#[test]
fn unreadable_aws_files_are_said() {
    let mut model = signed_in(60);
    let read = Event::ExportsRead {
        profile: name("dev"),
        exports: Err(problem(ProblemKind::File)),
    };
    assert!(model.hear(read).is_empty());
    assert!(model.notices[0].is_problem);
}

#[test]
fn the_strip_says_how_long_the_write_took() {
    let mut model = ready(&["dev"]);
    let step = |model: &Model| dev(model).step(crate::domain::FlowStep::Export).clone();
    let _effects = model.hear(exported(Ok(ours())));
    let done = crate::domain::StepState::Done {
        detail: "1 place".to_owned(),
        took: Some(Duration::from_millis(2)),
    };
    assert_eq!(step(&model), done);
    let read = Event::ExportsRead {
        profile: name("dev"),
        exports: Ok(ours()),
    };
    let _effects = model.hear(read);
    assert_eq!(step(&model), done, "reading keeps the time of the write");
    let _effects = model.hear(exported(Ok(Exports::default())));
    assert_eq!(step(&model), crate::domain::StepState::Idle);
}
