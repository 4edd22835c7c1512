//! Sections in the AWS files: written, removed, foreign, taken over.

mod told;

use std::time::Duration;

use super::*;
use crate::app::Exports;
use crate::app::files::{FilesChange, FilesPreview, LastChange};
use crate::domain::{AwsHomeId, ExportTarget, FlowStep, Place, StepState};

const FILE: ExportTarget = ExportTarget::CredentialsFile;

fn set(on: bool) -> Action {
    Action::SetExport {
        profile: name("dev"),
        target: FILE,
        on,
        role: None,
    }
}

fn exported(result: Result<Exports, Problem>) -> Event {
    all_exported(AwsHomeId::Own, vec![(name("dev"), result)])
}

fn all_exported(home: AwsHomeId, sections: Vec<(ProfileName, Result<Exports, Problem>)>) -> Event {
    Event::Exported {
        home,
        target: FILE,
        on: true,
        took: Duration::from_millis(2),
        sections,
    }
}

/// How a change of the home that is shown first would look, or why that is not known.
fn previewed(change: FilesChange, result: Result<FilesPreview, Problem>) -> Event {
    Event::FilesPreviewed {
        home: AwsHomeId::Own,
        change,
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

/// Asks for a change and answers with how it would look.
fn shown(model: &mut Model, wish: Action, foreign: bool) -> Vec<Effect> {
    let mut effects = model.act(wish);
    let Some(Effect::PreviewFiles(home, change)) = effects.pop() else {
        panic!("nothing is looked at");
    };
    let preview = FilesPreview {
        left_out: Vec::new(),
        diff: "+[dev]".to_owned(),
        warnings: Vec::new(),
        foreign,
    };
    model.hear(Event::FilesPreviewed {
        home,
        change,
        result: Ok(preview),
    })
}

#[test]
fn nothing_is_written_before_it_was_shown() {
    let mut model = signed_in(60);
    assert!(shown(&mut model, set(true), false).is_empty());
    assert!(matches!(&model.sheet, Some(Sheet::Files(_))));
    assert!(model.act(set(true)).is_empty(), "one at a time");
    let effects = model.act(Action::ConfirmFiles);
    assert!(matches!(
        effects[..],
        [Effect::ChangeFiles {
            take_over: false,
            change: FilesChange::Write { target: FILE, .. },
            ..
        }]
    ));
    assert!(model.sheet.is_none());
    assert!(model.act(Action::ConfirmFiles).is_empty());
    assert!(model.act(set(false)).is_empty(), "it is being written");
    assert!(model.hear(exported(Ok(ours()))).is_empty());
    assert_eq!(dev(&model).exporting, None);
    assert!(matches!(
        dev(&model).step(FlowStep::Export),
        StepState::Done { .. }
    ));
    assert_eq!(model.notices[0].text, "dev written to ~/.aws/credentials");
    let _shown = shown(&mut model, set(false), false);
    let effects = model.act(Action::ConfirmFiles);
    assert!(matches!(
        effects[..],
        [Effect::ChangeFiles {
            change: FilesChange::Remove { target: FILE, .. },
            ..
        }]
    ));
}

#[test]
fn a_foreign_section_is_taken_over_only_when_confirmed() {
    let mut model = signed_in(60);
    let _shown = shown(&mut model, set(true), true);
    let effects = model.act(Action::ConfirmFiles);
    assert!(matches!(
        effects[..],
        [Effect::ChangeFiles {
            take_over: true,
            ..
        }]
    ));

    let mut model = signed_in(60);
    let _shown = shown(&mut model, set(true), true);
    assert!(model.act(Action::CloseSheet).is_empty());
    assert!(model.act(Action::ConfirmFiles).is_empty());
    assert_eq!(dev(&model).exporting, None);
    assert_eq!(kinds(&model.act(set(true))), ["PreviewFiles"]);
}

#[test]
fn a_refusal_is_a_notice() {
    let mut model = signed_in(60);
    let mut effects = model.act(set(true));
    let Some(Effect::PreviewFiles(_, change)) = effects.pop() else {
        panic!("{effects:?}");
    };
    let result = Err(problem(ProblemKind::File));
    assert!(model.hear(previewed(change, result)).is_empty());
    assert!(model.sheet.is_none() && model.notices[0].is_problem);
    assert_eq!(dev(&model).exporting, None);

    let mut model = signed_in(60);
    let _shown = shown(&mut model, set(true), false);
    let _effects = model.act(Action::ConfirmFiles);
    let refused = Err(problem(ProblemKind::File));
    assert!(model.hear(exported(refused)).is_empty());
    assert!(model.notices[0].is_problem);
    assert_eq!(dev(&model).exporting, None);
}

#[test]
fn a_change_does_not_replace_an_open_sheet() {
    let mut model = signed_in(60);
    let mut effects = model.act(set(true));
    let _sheet = model.act(Action::SignIn(name("dev")));
    let Some(Effect::PreviewFiles(_, change)) = effects.pop() else {
        panic!("{effects:?}");
    };
    let preview = FilesPreview {
        left_out: Vec::new(),
        diff: "+[dev]".to_owned(),
        ..FilesPreview::default()
    };
    let result = Ok(preview);
    assert!(model.hear(previewed(change, result)).is_empty());
    assert!(matches!(model.sheet, Some(Sheet::SignIn(_))));
    assert_eq!(dev(&model).exporting, None);
}

#[test]
fn nothing_to_change_asks_nobody() {
    let mut model = signed_in(60);
    let mut effects = model.act(set(true));
    let Some(Effect::PreviewFiles(_, change)) = effects.pop() else {
        panic!("{effects:?}");
    };
    let result = Ok(FilesPreview::default());
    let effects = model.hear(previewed(change, result));
    assert_eq!(kinds(&effects), ["ReadExports"]);
    assert!(model.sheet.is_none() && !model.notices[0].is_problem);
    assert_eq!(dev(&model).exporting, None);
}

#[test]
fn the_last_change_is_taken_back_once_it_was_shown() {
    let mut model = signed_in(60);
    let last = LastChange {
        what: "wrote [dev] to ~/.aws/credentials".to_owned(),
        at: now(),
    };
    assert!(model.hear(Event::LastChangeRead(Some(last))).is_empty());
    let _shown = shown(&mut model, Action::UndoFiles, false);
    assert!(model.act(Action::UndoFiles).is_empty(), "one at a time");
    let effects = model.act(Action::ConfirmFiles);
    assert!(matches!(
        effects[..],
        [Effect::ChangeFiles {
            change: FilesChange::Undo(_),
            ..
        }]
    ));
    let undone = Event::Undone(Ok("wrote [dev]".to_owned()));
    assert_eq!(kinds(&model.hear(undone)), ["ReadExports"]);
    assert!(!model.undoing);
    let _shown = shown(&mut model, Action::UndoFiles, false);
    let _effects = model.act(Action::CloseSheet);
    assert!(!model.undoing);
    // Gone already: there is nothing to ask, it only leaves the list.
    let mut effects = model.act(Action::UndoFiles);
    let Some(Effect::PreviewFiles(_, change)) = effects.pop() else {
        panic!("nothing is looked at");
    };
    let result = Ok(FilesPreview::default());
    let effects = model.hear(previewed(change, result));
    assert_eq!(kinds(&effects), ["ChangeFiles"]);
    assert!(model.sheet.is_none());
}

#[test]
fn new_credentials_are_written_where_poolkey_serves_the_file() {
    let elsewhere = Exports {
        keys_elsewhere: true,
        ..Exports::default()
    };
    for (exports, follows) in [
        (Exports::default(), vec![]),
        (ours(), vec!["ExportAgain"]),
        (elsewhere, vec!["ExportAgain"]),
    ] {
        let mut model = signed_in(60);
        let read = Event::ExportsRead {
            home: AwsHomeId::Own,
            exports: vec![(name("dev"), Ok(exports))],
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
        home: AwsHomeId::Own,
        exports: vec![(name("dev"), Err(problem(ProblemKind::File)))],
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
        home: AwsHomeId::Own,
        exports: vec![(name("dev"), Ok(ours()))],
    };
    let _effects = model.hear(read);
    assert_eq!(step(&model), done, "reading keeps the time of the write");
    let _effects = model.hear(exported(Ok(Exports::default())));
    assert_eq!(step(&model), crate::domain::StepState::Idle);
}

#[test]
fn the_home_stays_while_a_change_is_asked_about() {
    let mut model = signed_in(60);
    let _shown = shown(&mut model, set(true), true);
    let windows = Action::ChooseHome(AwsHomeId::Windows);
    assert!(model.act(windows).is_empty());
    let effects = model.act(Action::ConfirmFiles);
    assert!(matches!(
        effects[..],
        [Effect::ChangeFiles {
            home: AwsHomeId::Own,
            ..
        }]
    ));
}

#[test]
fn a_late_answer_about_another_home_is_none() {
    let mut model = signed_in(60);
    let windows = Action::ChooseHome(AwsHomeId::Windows);
    assert_eq!(kinds(&model.act(windows)), ["ReadExports"]);
    let late = Event::ExportsRead {
        home: AwsHomeId::Own,
        exports: vec![(name("dev"), Ok(ours()))],
    };
    assert!(model.hear(late).is_empty());
    assert_eq!(dev(&model).exports, Exports::default());
}
