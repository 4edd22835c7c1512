//! What the window hears from its runtime: how wrong this machine's clock is, and the end of work
//! that was begun before it closed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use poolkey::app::{Attempt, Driver as _, Effect, Event};
use poolkey::domain::{CallbackUrl, ManagedLogin, Problem, Profile, Secret};
use poolkey::ops::ports::{AppClient, Callback, CodeGrant, Granted, ManagedLogins};
use poolkey::runtime::{Machine, Runtime, World, tokio_runtime};
use poolkey::sandbox::Fault;

use crate::support::{Bench, bench_with};
use crate::web::callback_urls;

/// A bench on threads of its own, as the window has nothing of its runtime's.
fn signed_in(off: SignedDuration) -> (tokio::runtime::Runtime, Bench) {
    let threads = tokio_runtime().unwrap();
    let bench = threads.block_on(async {
        let bench = bench_with("ana", off).await;
        assert!(bench.sandbox.set_rotation("public", Some(Duration::ZERO)));
        bench.sign_in().await;
        bench
    });
    (threads, bench)
}

/// A window's runtime in the bench's world.
pub fn window(bench: &Bench) -> Runtime {
    window_on(bench, None)
}

/// The same on a machine of which something is made anew.
pub fn window_on(bench: &Bench, machine: Option<Arc<dyn Machine>>) -> Runtime {
    let world = World {
        machine,
        deps: bench.deps.clone(),
        endpoints: bench.home.path().join("endpoints"),
        suggest: None,
        keep: Arc::new(()),
    };
    let demo = world.clone();
    let open_demo = Arc::new(move || {
        let demo = demo.clone();
        Box::pin(async move { Ok(demo) }) as std::pin::Pin<Box<_>>
    });
    Runtime::new(tokio_runtime().unwrap(), world, open_demo, Arc::new(|| {}))
}

fn renew(profile: &Profile) -> Effect {
    Effect::Renew {
        attempt: Attempt(1),
        profile: Box::new(profile.clone()),
        forced: true,
    }
}

/// Every event until one of them is the last.
pub fn until(window: &mut Runtime, is_last: impl Fn(&Event) -> bool) -> Vec<Event> {
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut seen = Vec::new();
    loop {
        assert!(Instant::now() < deadline, "{seen:?}");
        let Some(event) = window.next_event() else {
            std::thread::yield_now();
            continue;
        };
        let is_end = is_last(&event);
        seen.push(event);
        if is_end {
            return seen;
        }
    }
}

fn offsets(events: &[Event]) -> Vec<SignedDuration> {
    let offset = |event: &Event| match event {
        Event::ClockOffset(offset) => Some(*offset),
        _ => None,
    };
    events.iter().filter_map(offset).collect()
}

#[test]
fn a_wrong_clock_is_told_once_and_when_it_is_set_right() {
    let off = SignedDuration::from_hours(3);
    let (_threads, bench) = signed_in(off);
    let mut window = window(&bench);
    let told = |event: &Event| matches!(event, Event::ClockOffset(_));
    let succeeded = |event: &Event| matches!(event, Event::Succeeded { .. });

    // From what is kept, before anything was asked.
    window.run(Effect::LoadSessions(vec![bench.profile.clone()]));
    assert_eq!(offsets(&until(&mut window, told)), [-off]);
    window.run(renew(&bench.profile));
    let events = until(&mut window, succeeded);
    assert_eq!(offsets(&events), []);

    *bench.off.lock().unwrap() = SignedDuration::ZERO;
    window.run(renew(&bench.profile));
    let events = until(&mut window, told);
    assert_eq!(offsets(&events), [SignedDuration::ZERO]);
    assert!(events.iter().any(succeeded));
}

/// A rotated token is stored although the window closes while the answer is on its way.
#[test]
fn closing_the_window_loses_no_rotated_token() {
    let (threads, bench) = signed_in(SignedDuration::ZERO);
    let before = threads.block_on(bench.kept());
    let late = Fault::Delay(Duration::from_millis(700));
    bench.sandbox.next_answer("GetTokensFromRefreshToken", late);
    let mut window = window(&bench);
    window.run(renew(&bench.profile));
    let deadline = Instant::now() + Duration::from_secs(20);
    while bench.refreshes() == 0 {
        assert!(Instant::now() < deadline);
        std::thread::yield_now();
    }
    drop(window);
    let after = threads.block_on(bench.kept());
    assert_ne!(after, before);
    assert!(threads.block_on(bench.renew()).is_ok());
}

/// Listens as ever, and opens no browser.
pub struct Unopened(pub Arc<dyn ManagedLogins>);

#[async_trait]
impl ManagedLogins for Unopened {
    async fn listen(
        &self,
        urls: &[CallbackUrl],
        patience: Duration,
    ) -> Result<Box<dyn Callback>, Problem> {
        self.0.listen(urls, patience).await
    }

    async fn open(&self, _url: &str) -> Result<(), Problem> {
        Ok(())
    }

    async fn redeem(
        &self,
        client: &AppClient,
        login: &ManagedLogin,
        grant: CodeGrant<'_>,
    ) -> Result<Granted, Problem> {
        self.0.redeem(client, login, grant).await
    }

    async fn check_id_token(
        &self,
        client: &AppClient,
        id_token: &Secret,
        nonce: &str,
        now: Timestamp,
    ) -> Result<(), Problem> {
        self.0.check_id_token(client, id_token, nonce, now).await
    }
}

/// "Open it again": the one before gives its only port up first.
#[test]
fn a_browser_sign_in_begun_anew_listens_at_the_same_port() {
    let (_threads, mut bench) = signed_in(SignedDuration::ZERO);
    let url = callback_urls("localhost").remove(0);
    let login = bench.profile.managed_login.as_mut().unwrap();
    login.callback_urls = vec![url.parse().unwrap()];
    bench.deps.managed_login = Arc::new(Unopened(bench.deps.managed_login.clone()));
    let mut window = window(&bench);
    for number in 1..=20 {
        let attempt = Attempt(number);
        window.run(Effect::BrowserSignIn {
            attempt,
            profile: Box::new(bench.profile.clone()),
        });
        let _opened = until(&mut window, |event| match event {
            Event::Failed { problem, .. } => panic!("{problem}"),
            Event::BrowserOpened { attempt: of, .. } => *of == attempt,
            _ => false,
        });
        window.run(Effect::Cancel(attempt));
    }
}

/// The window hears of a renewal's calls, whose they are, and of its tokens before it ends.
#[test]
fn a_renewal_tells_its_calls_and_tokens() {
    let (_threads, bench) = signed_in(SignedDuration::ZERO);
    let before = bench.deps.calls.take();
    assert!(before.iter().all(|call| call.profile.is_none()));
    let mut window = window(&bench);
    window.run(renew(&bench.profile));
    let ended = |event: &Event| match event {
        Event::Called(calls) => calls
            .iter()
            .any(|call| call.operation == "GetCallerIdentity"),
        _ => false,
    };
    let events = until(&mut window, ended);
    let called = events.iter().filter_map(|event| match event {
        Event::Called(calls) => Some(calls),
        _ => None,
    });
    let called: Vec<_> = called.flatten().collect();
    let operations: Vec<&str> = called.iter().map(|call| call.operation.as_str()).collect();
    assert_eq!(operations[0], "GetTokensFromRefreshToken", "{operations:?}");
    let dev = Some(&bench.profile.name);
    assert!(called.iter().all(|call| call.profile.as_ref() == dev));
    let tokens = events.iter().find_map(|event| match event {
        Event::TokensSeen { tokens, .. } => Some(tokens),
        _ => None,
    });
    let tokens = tokens.unwrap();
    let titles: Vec<&str> = tokens.iter().map(|token| token.title.as_str()).collect();
    assert_eq!(titles, ["ID token", "Access token"]);
    assert!(tokens.iter().all(|token| {
        let at = token.reading.expires_at();
        at.is_some_and(|at| at > bench.sandbox.clock().now())
    }));
}
