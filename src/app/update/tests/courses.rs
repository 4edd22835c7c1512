//! Every kind of work there is, shown and stopped: a new one does not compile without a line here.

use super::doing::later;
use super::*;
use crate::app::{
    Endpoint, ImportFrom, ImportSheet, ImportWish, LastChange, MoveStage, ProfileDraft, Spot,
    Trial, Work, WorkKind,
};
use crate::domain::{CredentialForm, ExportTarget, Setting, SignOutScope, StepState};

/// A window in which this kind can begin, and what the person does for it.
#[expect(clippy::too_many_lines, reason = "one arm for each")]
fn begins(kind: WorkKind) -> (Model, Action) {
    let dev = || name("dev");
    let mut model = ready(&["dev"]);
    let action = match kind {
        WorkKind::SignOut => Action::SignOut {
            profile: dev(),
            scope: SignOutScope::Revoke,
        },
        WorkKind::Files => Action::SetExport {
            profile: dev(),
            target: ExportTarget::CredentialProcess,
            on: true,
            role: None,
        },
        WorkKind::Undo => {
            model.last_change = Some(LastChange {
                what: "wrote it".to_owned(),
                at: now(),
            });
            Action::UndoFiles
        }
        WorkKind::Demo => Action::OpenDemo,
        WorkKind::Console => Action::OpenConsole(dev()),
        WorkKind::Terminal => Action::OpenTerminal(dev()),
        WorkKind::Copy => Action::CopyAs {
            profile: dev(),
            form: CredentialForm::Process,
        },
        WorkKind::Endpoint => Action::SetEndpoint {
            profile: dev(),
            on: true,
        },
        WorkKind::BrowserSignOut => Action::SignOutOfBrowser(dev()),
        WorkKind::Network => Action::TryNetwork,
        WorkKind::Password => {
            let _effects = model.act(Action::AskPasswordChange(dev()));
            Action::ChangePassword {
                previous: secret(),
                proposed: secret(),
            }
        }
        WorkKind::Store => {
            let problem = problem(ProblemKind::SecretStore);
            let locked = |is_new| Event::StoreLocked {
                is_new,
                problem: problem.clone(),
            };
            let _effects = model.hear(locked(false));
            Action::UnlockStore(secret())
        }
        WorkKind::Passphrase => {
            model.store = StoreState::Ready(StoreReport {
                name: crate::domain::StoreChoice::File.label().to_owned(),
                remark: None,
            });
            let _effects = model.act(Action::LockNow);
            Action::Unlock(Some(secret()))
        }
        WorkKind::Kept => {
            let profile = model.profiles[0].profile.name.clone();
            model.list.to_load.push_back(profile);
            model.list.loading.clear();
            Action::Shown(vec![dev()])
        }
        WorkKind::Configuration => Action::Reload,
        WorkKind::Setting => Action::Set(Setting::Notifications, false),
        WorkKind::Save => Action::Save(Box::new(draft("new"))),
        WorkKind::Add => {
            model.sheet = Some(Sheet::Import(Box::new(ImportSheet {
                attempt: Attempt(7),
                offers: Vec::new(),
                adding: false,
                refused: Vec::new(),
            })));
            Action::Import(ImportWish::Add(vec![profile("new")]))
        }
        // It begins when it cannot be taken back any more.
        WorkKind::Remove => {
            let _effects = model.act(Action::Remove(vec![dev()]));
            Action::OpenDemo
        }
        WorkKind::Identity => Action::ForgetIdentity(dev()),
        WorkKind::AwsFiles => Action::OpenDiscover,
        WorkKind::Exports => Action::Open(crate::app::Tab::Export),
        WorkKind::Import => {
            Action::Import(ImportWish::LookAt(ImportFrom::Text("[[profile]]".into())))
        }
        WorkKind::Share => Action::Share(vec![dev()]),
        WorkKind::Show => Action::OpenPage("https://example.com".to_owned()),
    };
    // What was begun on the way has ended.
    model.doing.clear();
    (model, action)
}

fn draft(text: &str) -> ProfileDraft {
    ProfileDraft {
        original: None,
        profile: profile(text),
        client_secret: None,
        login_secrets: Vec::new(),
    }
}

/// Said, and stopped, whatever it is: nothing stays busy.
#[test]
fn every_kind_is_shown_after_a_moment_and_can_be_stopped() {
    for kind in WorkKind::ALL.iter().copied() {
        let (mut model, action) = begins(kind);
        let effects = model.act(action);
        let work = effects.iter().filter_map(Effect::work);
        let work = work.into_iter().find(|work| work.kind == kind);
        let work = work.unwrap_or_else(|| panic!("{kind:?} does not begin: {effects:?}"));
        later(&mut model, 200);
        let shown = model.noticed().any(|doing| doing.work == work);
        assert!(shown, "{kind:?} is not shown");
        let whose = work.whose.as_ref().map_or("", ProfileName::as_str);
        assert!(work.said().ends_with(whose) && work.said().len() > 5);
        let effects = model.act(Action::Stop(vec![work.clone()]));
        let stops = |effect: &Effect| matches!(effect, Effect::Stop(stopped) if *stopped == work);
        assert!(effects.iter().any(stops), "{kind:?} is not stopped outside");
        assert!(!is_busy(&model, kind), "{kind:?} leaves the window busy");
        let shown = model.noticed().any(|doing| doing.work == work);
        assert!(!shown, "{kind:?} is still shown");
    }
}

#[test]
fn what_was_not_waited_for_is_read_when_it_is_shown_or_asked_for() {
    for again in [
        Action::Select(name("dev")),
        Action::Shown(vec![name("dev")]),
    ] {
        let (mut model, action) = begins(WorkKind::Kept);
        let effects = model.act(action);
        let works = effects.iter().filter_map(Effect::work).collect();
        let _stopped = model.act(Action::Stop(works));
        assert!(model.list.is_unread(&name("dev")));
        let effects = model.act(again);
        assert!(kinds(&effects).contains(&"LoadSessions".to_owned()));
    }
}

/// Whether anything still waits for what this kind would bring.
fn is_busy(model: &Model, kind: WorkKind) -> bool {
    let state = &model.profiles.first();
    let of_state = |is: fn(&ProfileState) -> bool| state.is_some_and(is);
    match kind {
        WorkKind::SignOut => of_state(|state| state.signing_out),
        WorkKind::Files => of_state(|state| state.exporting.is_some()),
        WorkKind::Undo => model.undoing,
        WorkKind::Demo => model.opening_demo,
        WorkKind::Console => of_state(|state| state.opening_console),
        WorkKind::Endpoint => of_state(|state| state.endpoint != Endpoint::Off),
        WorkKind::Network => model.trial != Trial::Idle,
        WorkKind::Password => !matches!(&model.sheet, Some(Sheet::Password { running: None, .. })),
        WorkKind::Store => {
            let asks = matches!(&model.sheet, Some(Sheet::Passphrase { .. }));
            model.store == StoreState::Checking || !asks
        }
        WorkKind::Passphrase => model.lock.checking,
        WorkKind::Kept => !model.list.loading.is_empty(),
        WorkKind::Remove => !model.list.leaving.is_empty() || !model.list.waiting.is_empty(),
        WorkKind::Add => !matches!(&model.sheet, Some(Sheet::Import(sheet)) if !sheet.adding),
        WorkKind::Import => model.import.running.is_some(),
        WorkKind::Share => model.sheet.is_some(),
        WorkKind::AwsFiles => model.discovery.sources.is_none(),
        WorkKind::Exports => of_state(|state| state.exports_problem.is_none()),
        // The person sees that it may be there, until its time is over.
        WorkKind::Copy => model.clipboard_until.is_none(),
        WorkKind::Configuration => !model.loaded,
        WorkKind::Setting
        | WorkKind::Save
        | WorkKind::Terminal
        | WorkKind::BrowserSignOut
        | WorkKind::Identity
        | WorkKind::Show => false,
    }
}

/// What was changed in the window before it was written is as the file says again.
#[test]
fn a_write_that_is_stopped_is_read_again() {
    for kind in [
        WorkKind::Setting,
        WorkKind::Save,
        WorkKind::Add,
        WorkKind::Remove,
    ] {
        let (mut model, action) = begins(kind);
        let before = model.settings.clone();
        let effects = model.act(action);
        let work = effects.iter().filter_map(Effect::work);
        let work = work.into_iter().find(|work| work.kind == kind).unwrap();
        let effects = model.act(Action::Stop(vec![work]));
        assert!(
            kinds(&effects).contains(&"LoadProfiles".to_owned()),
            "{kind:?}"
        );
        let _effects = model.hear(loaded(&["dev"]));
        assert_eq!(model.settings, before);
        assert_eq!(model.profiles.len(), 1, "{kind:?}");
    }
}

#[test]
fn a_start_that_waits_for_the_keychain_can_go_on_without_it() {
    let mut model = Model::new(now(), false);
    let begun = model.start();
    let works: Vec<Work> = begun.iter().filter_map(Effect::work).collect();
    assert_eq!(works.len(), 2);
    later(&mut model, 200);
    let said: Vec<String> = model.noticed().map(|doing| doing.work.said()).collect();
    assert_eq!(
        said,
        ["Reading the configuration", "Waiting for the secret store"]
    );
    let _effects = model.act(Action::Stop(works));
    assert!(matches!(&model.store, StoreState::Broken(problem) if !problem.hints.is_empty()));
    assert!(model.config_problem.is_some());
    // And both can be tried again.
    assert_eq!(kinds(&model.act(Action::RetryStore)), ["ProbeStore"]);
    assert_eq!(kinds(&model.act(Action::Reload)), ["LoadProfiles"]);
}

/// Begins what a part of the window shows itself; whether it shows it, and what stops it.
#[expect(clippy::too_many_lines, reason = "one arm for each")]
fn begins_at(spot: Spot) -> (Model, fn(&Model) -> bool, Option<Action>) {
    let dev = || name("dev");
    match spot {
        Spot::SignIn => {
            let mut model = ready(&["dev"]);
            let _attempt = checking(&mut model);
            (
                model,
                |model| sheet(model).0 == "busy",
                Some(Action::CloseSheet),
            )
        }
        Spot::Steps => {
            let mut model = signed_in(30);
            let _effects = model.act(Action::Renew(dev()));
            let is_shown: fn(&Model) -> bool = |model| {
                let mut steps = model.profiles[0].steps.iter();
                steps.any(|step| matches!(step, StepState::Running(doing) if !doing.is_empty()))
            };
            (model, is_shown, Some(Action::Cancel(dev())))
        }
        Spot::Checks => {
            let mut model = ready(&["dev"]);
            let _effects = model.act(Action::Check(Box::new(draft("new"))));
            let is_shown: fn(&Model) -> bool =
                |model| model.checks.iter().any(|run| run.running.is_some());
            (model, is_shown, Some(Action::CloseChecks(None)))
        }
        Spot::Discover => {
            let mut model = ready(&["dev"]);
            let source = crate::domain::discovery::AwsSource {
                name: "tools".to_owned(),
                region: None,
                endpoint_url: None,
            };
            let regions = vec!["eu-west-1".parse().unwrap()];
            let _effects = model.act(Action::OpenDiscover);
            let _effects = model.act(Action::Discover { source, regions });
            (
                model,
                |model| model.discovery.is_running(),
                Some(Action::StopDiscovering),
            )
        }
        Spot::Move => {
            let mut model = ready(&["dev"]);
            let _effects = model.act(Action::MoveSecrets(crate::domain::StoreChoice::File));
            let is_shown: fn(&Model) -> bool = |model| {
                model
                    .moving
                    .as_ref()
                    .is_some_and(|moving| moving.stage != MoveStage::Stopping)
            };
            (model, is_shown, Some(Action::CancelMove))
        }
        // It lies over the window and has its own Cancel.
        Spot::Dialog => {
            let mut model = ready(&["dev"]);
            let _effects = model.act(Action::OpenImport);
            let _effects = model.act(Action::Import(ImportWish::ChooseFile));
            (model, |model| model.import.choosing, None)
        }
    }
}

#[test]
fn what_has_a_place_of_its_own_is_shown_and_stopped_there() {
    for spot in Spot::ALL.iter().copied() {
        let (mut model, is_shown, stop) = begins_at(spot);
        assert!(is_shown(&model), "{spot:?} is not shown");
        let Some(stop) = stop else {
            continue;
        };
        let effects = model.act(stop);
        let is_cancelled = effects
            .iter()
            .any(|effect| matches!(effect, Effect::Cancel(_)));
        assert!(is_cancelled, "{spot:?} is not stopped outside");
        assert!(!is_shown(&model), "{spot:?} is still shown");
    }
}
