//! Several profiles into the AWS files at once: one edit, whoever is left out of it, and one way back.

use std::path::PathBuf;

use poolkey::app::{Driver as _, Effect, Event, FilesChange};
use poolkey::domain::{
    AwsHomeId, ExportTarget, Exports, Place, Problem, ProblemKind, Profile, ProfileName,
    SignInMethod,
};
use poolkey::ops::export::{ExportOptions, export_all};
use poolkey::runtime::tokio_runtime;

use crate::exchange::{open_bench, without_pool};
use crate::stopped::asked;
use crate::support::{Bench, Quiet};
use crate::window::{until, window};

const FILE: ExportTarget = ExportTarget::CredentialsFile;
const THEIRS: &str = "[b]\naws_access_key_id = THEIRS\n";

fn guests(bench: &Bench, names: &str) -> Vec<Profile> {
    let guest = |name| without_pool(bench, name, SignInMethod::Guest);
    names.split(' ').map(guest).collect()
}

fn credentials(bench: &Bench) -> String {
    std::fs::read_to_string(bench.home.path().join("credentials")).unwrap_or_default()
}

fn sections(event: Event) -> Vec<(ProfileName, Result<Exports, Problem>)> {
    let Event::Exported { home, sections, .. } = event else {
        panic!("{event:?}");
    };
    assert_eq!(home, AwsHomeId::Own);
    sections
}

fn write_all(profiles: Vec<Profile>) -> Effect {
    Effect::ChangeFiles {
        home: AwsHomeId::Own,
        change: FilesChange::WriteAll {
            profiles,
            target: FILE,
        },
        take_over: false,
    }
}

fn is_exported(event: &Event) -> bool {
    matches!(event, Event::Exported { .. })
}

#[test]
fn several_are_written_at_once_without_those_that_lack_something() {
    let threads = tokio_runtime().unwrap();
    let bench = threads.block_on(open_bench());
    std::fs::write(bench.home.path().join("credentials"), THEIRS).unwrap();
    let mut profiles = guests(&bench, "a b c");
    // Nobody has signed in there.
    profiles.insert(1, bench.profile.clone());
    let mut window = window(&bench);
    window.run(write_all(profiles));
    let mut events = until(&mut window, |event| {
        matches!(event, Event::LastChangeRead(_))
    });
    let last = events.pop();
    let Some(Event::LastChangeRead(Some(last))) = last else {
        panic!("{last:?}");
    };
    assert!(last.what.starts_with("wrote 2 profiles to "), "{last:?}");
    assert_eq!(events.iter().filter(|event| is_exported(event)).count(), 1);
    let told = events.into_iter().find(is_exported).unwrap();
    for (name, result) in sections(told) {
        match (name.as_str(), result) {
            ("a" | "c", Ok(exports)) => {
                assert!(matches!(exports.credentials_file, Place::Ours { .. }));
            }
            ("b", Err(problem)) => assert_eq!(problem.kind, ProblemKind::Usage),
            ("dev", Err(problem)) => assert_eq!(problem.kind, ProblemKind::SignInNeeded),
            other => panic!("{other:?}"),
        }
    }
    let written = credentials(&bench);
    assert!(written.starts_with(THEIRS) && written.contains("[a]\n") && written.contains("[c]\n"));
    assert!(!written.contains("[dev]"), "{written}");

    let undo = bench.deps.aws_profiles.undo(false, None);
    threads.block_on(undo).unwrap();
    assert_eq!(credentials(&bench), THEIRS);
    let changes = threads.block_on(bench.deps.aws_profiles.changes());
    assert_eq!(changes.unwrap(), []);
}

/// As long as keys are being fetched nothing is written for anybody.
#[test]
fn what_is_stopped_before_all_keys_are_there_writes_none() {
    let threads = tokio_runtime().unwrap();
    let mut bench = threads.block_on(open_bench());
    let profiles = guests(&bench, "a b");
    let busy = threads.block_on(bench.deps.locks.lock(&profiles[1].name));
    let asked = asked(&mut bench);
    let mut window = window(&bench);
    let change = write_all(profiles);
    let work = change.work().unwrap();
    window.run(change);
    // For the keys of the first, and of the second.
    for _ in 0..2 {
        asked.recv_timeout(crate::stopped::LONG).unwrap();
    }
    window.run(Effect::Stop(work));
    drop(busy.unwrap());
    drop(window);
    assert_eq!(credentials(&bench), "");
}

#[tokio::test]
async fn a_preview_of_several_is_what_is_written_then() {
    let bench = open_bench().await;
    let profiles = guests(&bench, "a b");
    let diff = async |dry_run| {
        let options = ExportOptions {
            dry_run,
            ..ExportOptions::to(FILE)
        };
        let written = export_all(&bench.deps, &profiles, &options, &Quiet).await;
        let written = written.unwrap().into_iter();
        let diffs: Vec<String> = written.map(|written| written.unwrap().diff).collect();
        diffs
    };
    let shown = diff(true).await;
    assert_eq!(credentials(&bench), "");
    assert!(
        shown[1].contains("+[b]") && !shown[1].contains("+[a]"),
        "{shown:?}"
    );
    assert_eq!(diff(false).await, shown);
}

/// A section whose token file is not there yet would be found by an SDK.
#[tokio::test]
async fn of_several_web_identities_each_has_its_token_first() {
    let bench = open_bench().await;
    let mut profiles = guests(&bench, "a b");
    profiles.push(bench.profile.clone());
    let options = ExportOptions {
        role: Some("arn:aws:iam::123456789012:role/r".parse().unwrap()),
        ..ExportOptions::to(ExportTarget::WebIdentity)
    };
    std::fs::write(
        bench.home.path().join("config"),
        "[profile b]\nregion = x\n",
    )
    .unwrap();
    let written = export_all(&bench.deps, &profiles, &options, &Quiet).await;
    let written = written.unwrap();
    let kinds: Vec<_> = written
        .iter()
        .map(|it| it.as_ref().err().map(|it| it.kind))
        .collect();
    let expected = [
        None,
        Some(ProblemKind::Usage),
        Some(ProblemKind::SignInNeeded),
    ];
    assert_eq!(kinds, expected, "{written:?}");
    let token = |profile: &Profile| -> PathBuf { bench.deps.token_files.path(&profile.name) };
    let tokens: Vec<bool> = profiles
        .iter()
        .map(|profile| token(profile).exists())
        .collect();
    assert_eq!(tokens, [true, false, false]);
}
