//! What is stopped, or closed upon, while somebody else has a lock: nothing that was begun is left
//! half done or untold.

use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use poolkey::app::{Attempt, Driver as _, Effect, Event, FilesChange};
use poolkey::domain::{AwsHomeId, ExportTarget, Problem, ProblemKind, ProfileName};
use poolkey::ops::export::{ExportOptions, export};
use poolkey::ops::ports::Locks;
use poolkey::runtime::tokio_runtime;

use crate::exchange::open_bench;
use crate::moves;
use crate::support::{Bench, Quiet, bench, secret};
use crate::window::{until, window};

/// Says when a lock is asked for.
struct Asked(Arc<dyn Locks>, mpsc::Sender<()>);

#[async_trait]
impl Locks for Asked {
    async fn lock(&self, profile: &ProfileName) -> Result<Box<dyn Send + Sync>, Problem> {
        let _sent = self.1.send(());
        self.0.lock(profile).await
    }

    async fn lock_all(&self) -> Result<Box<dyn Send + Sync>, Problem> {
        let _sent = self.1.send(());
        self.0.lock_all().await
    }
}

/// From now on.
pub fn asked(bench: &mut Bench) -> mpsc::Receiver<()> {
    let (says, asked) = mpsc::channel();
    bench.deps.locks = Arc::new(Asked(bench.deps.locks.clone(), says));
    asked
}

pub const LONG: Duration = Duration::from_secs(20);

#[test]
fn what_was_asked_for_during_a_move_is_done_although_the_window_closes() {
    let threads = tokio_runtime().unwrap();
    let mut bench = threads.block_on(moves::signed_in());
    let busy = threads.block_on(bench.deps.locks.lock(&bench.profile.name));
    let file = moves::file_store(bench.home.path());
    let asked = asked(&mut bench);
    let mut window = moves::window(&bench, &file);
    window.run(moves::move_to_file());
    asked.recv_timeout(LONG).unwrap();
    for group in ["a", "b", "c"] {
        window.run(Effect::SaveFolded(vec![group.to_owned()]));
    }
    let closing = Instant::now();
    drop(window);
    assert!(closing.elapsed() < Duration::from_secs(6), "the move stops");
    drop(busy.unwrap());
    let written = threads.block_on(bench.deps.profiles.load()).unwrap();
    assert_eq!(written.folded, ["c"]);
    let kept = threads.block_on(bench.deps.vault.sign_in(&bench.profile));
    assert!(kept.unwrap().is_some());
}

fn of_web_identity() -> ExportOptions {
    ExportOptions {
        role: Some("arn:aws:iam::123456789012:role/r".parse().unwrap()),
        ..ExportOptions::to(ExportTarget::WebIdentity)
    }
}

/// The change is stopped while it waits for the profile's lock: how it is told in the end.
fn stopped(threads: &tokio::runtime::Runtime, bench: &mut Bench, change: FilesChange) -> Event {
    let busy = threads.block_on(bench.deps.locks.lock(&bench.profile.name));
    let asked = asked(bench);
    let mut window = window(bench);
    let change = Effect::ChangeFiles {
        home: AwsHomeId::Own,
        change,
        take_over: false,
    };
    let work = change.work().unwrap();
    window.run(change);
    asked.recv_timeout(LONG).unwrap();
    window.run(Effect::Stop(work));
    drop(busy.unwrap());
    let told = |event: &Event| matches!(event, Event::Exported { .. });
    until(&mut window, told).pop().unwrap()
}

fn signed_in() -> (tokio::runtime::Runtime, Bench) {
    let threads = tokio_runtime().unwrap();
    let bench = threads.block_on(async {
        let bench = open_bench().await;
        let profiles = &bench.deps.profiles;
        profiles.put(None, &bench.profile).await.unwrap();
        bench.sign_in().await;
        bench
    });
    (threads, bench)
}

#[test]
fn a_section_that_is_removed_takes_its_token_file_along_although_it_is_stopped() {
    let (threads, mut bench) = signed_in();
    let options = of_web_identity();
    let exported = export(&bench.deps, &bench.profile, &options, &Quiet);
    threads.block_on(exported).unwrap();
    let file = bench.deps.token_files.path(&bench.profile.name);
    assert!(file.exists());
    let change = FilesChange::Remove {
        profile: bench.profile.name.clone(),
        target: ExportTarget::WebIdentity,
    };
    let told = stopped(&threads, &mut bench, change);
    let removed = matches!(
        &told,
        Event::Exported {
            on: false,
            sections,
            ..
        } if sections[0].1.is_ok()
    );
    assert!(removed, "{told:?}");
    assert!(!file.exists());
}

#[test]
fn a_write_that_is_stopped_too_late_is_told() {
    let (threads, mut bench) = signed_in();
    let change = FilesChange::Write {
        profile: Box::new(bench.profile.clone()),
        target: ExportTarget::WebIdentity,
        role: of_web_identity().role,
    };
    let told = stopped(&threads, &mut bench, change);
    let written = matches!(
        &told,
        Event::Exported {
            on: true,
            sections,
            ..
        } if sections[0].1.is_ok()
    );
    assert!(written, "{told:?}");
}

#[test]
fn a_sign_in_that_is_lost_is_told_although_the_change_of_the_password_is_stopped() {
    let threads = tokio_runtime().unwrap();
    let mut bench = threads.block_on(bench("ana"));
    let busy = threads.block_on(bench.deps.locks.lock(&bench.profile.name));
    let asked = asked(&mut bench);
    let mut window = window(&bench);
    let change = Effect::ChangePassword {
        attempt: Attempt(3),
        profile: Box::new(bench.profile.clone()),
        previous: bench.password("ana"),
        proposed: secret("New-Sunrise-43!"),
    };
    let work = change.work().unwrap();
    window.run(change);
    asked.recv_timeout(LONG).unwrap();
    window.run(Effect::Stop(work));
    drop(busy.unwrap());
    let told = |event: &Event| matches!(event, Event::PasswordChanged { .. });
    let heard = until(&mut window, told);
    let Some(Event::PasswordChanged {
        result: Err(why), ..
    }) = heard.last()
    else {
        panic!("{heard:?}");
    };
    assert_eq!(why.kind, ProblemKind::SignInNeeded);
}
