//! The window's runtime: tokens that were typed, pages in the browser, and files that are watched.

use std::sync::Arc;

use poolkey::app::{Attempt, Driver as _, Effect, Event};
use poolkey::domain::sign_in::{Answer, Move, SignIn};
use poolkey::domain::{LoginProvider, Secret, TokenSource};
use poolkey::ops::logins;
use poolkey::runtime::{Runtime, tokio_runtime};

use super::{FACEBOOK, GOOGLE, file, pages, vouched};
use crate::support::{Bench, bench, secret};
use crate::web::Visitor;
use crate::window::{Unopened, until, window};

#[test]
fn typed_tokens_are_kept_and_exchanged() {
    let threads = tokio_runtime().unwrap();
    let logins = vec![(GOOGLE, TokenSource::Typed), (FACEBOOK, TokenSource::Typed)];
    let bench = threads.block_on(vouched(logins));
    let typed = |provider: &str, text: &str| (provider.parse().unwrap(), secret(text));
    let mut window = window(&bench);
    let sign_in = |number, tokens| Effect::ProviderSignIn {
        attempt: Attempt(number),
        profile: Box::new(bench.profile.clone()),
        tokens,
    };
    let ended = |event: &Event| matches!(event, Event::Succeeded { .. } | Event::Failed { .. });
    window.run(sign_in(1, vec![typed(GOOGLE, &bench.token(GOOGLE, 30))]));
    let events = until(&mut window, ended);
    let Some(Event::Failed { problem, .. }) = events.last() else {
        panic!("{events:?}");
    };
    assert!(problem.sentence.contains("Facebook"), "{problem}");
    window.run(sign_in(
        2,
        vec![typed(FACEBOOK, &bench.token(FACEBOOK, 30))],
    ));
    let events = until(&mut window, ended);
    let Some(Event::Succeeded {
        session,
        refreshable,
        ..
    }) = events.last()
    else {
        panic!("{events:?}");
    };
    assert_eq!(session.logins, [GOOGLE, FACEBOOK]);
    assert!(refreshable);
}

#[test]
fn a_file_that_is_replaced_is_told_with_its_profile() {
    let threads = tokio_runtime().unwrap();
    let bench = threads.block_on(vouched(vec![(GOOGLE, file("~/google"))]));
    bench.write("google", "old");
    let mut window = window(&bench);
    let name = bench.profile.name.clone();
    let watch = |files| Effect::WatchTokenFiles(files);
    window.run(watch(vec![(name.clone(), "~/google".into())]));
    // The watch begins on a thread: what is written until it has is written again.
    let mut number = 0;
    let changed =
        |event: &Event| matches!(event, Event::TokenFileChanged { profile } if *profile == name);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        number += 1;
        let new = bench.write("new", &format!("token-{number}"));
        std::fs::rename(new, bench.home.path().join("google")).unwrap();
        let heard = std::iter::from_fn(|| window.next_event());
        if heard.into_iter().any(|event| changed(&event)) {
            break;
        }
        assert!(std::time::Instant::now() < deadline);
        std::thread::yield_now();
    }
}

/// The address that the browser is sent to.
fn opened(window: &mut Runtime) -> String {
    let events = until(window, |event| match event {
        Event::Failed { problem, .. } => panic!("{problem}"),
        event => matches!(event, Event::BrowserOpened { .. }),
    });
    match events.last() {
        Some(Event::BrowserOpened { url, .. }) => url.clone(),
        other => panic!("{other:?}"),
    }
}

fn sign_in(number: u64, bench: &Bench, tokens: Vec<(LoginProvider, Secret)>) -> Effect {
    Effect::ProviderSignIn {
        attempt: Attempt(number),
        profile: Box::new(bench.profile.clone()),
        tokens,
    }
}

#[test]
fn beside_a_user_pool_the_browser_comes_after_the_password() {
    let threads = tokio_runtime().unwrap();
    let mut bench = threads.block_on(bench("ana"));
    let pool = bench.sandbox.description().identity_pools[1].identity_pool_id;
    bench.profile.identity_pool_id = pool.parse().unwrap();
    bench.profile.logins = vec![pages(&bench, "poolkey-desktop")];
    bench.deps.managed_login = Arc::new(Unopened(bench.deps.managed_login.clone()));
    let mut window = window(&bench);
    let password = bench.sandbox.description().users[0].password;
    let answer = Answer::of("password", secret(password)).with_text("username", "ana");
    window.run(Effect::SignIn {
        attempt: Attempt(1),
        profile: Box::new(bench.profile.clone()),
        sign_in: Box::new(SignIn::new(bench.profile.sign_in, None)),
        moved: Move::Answer(answer),
    });
    let _events = until(&mut window, |event| match event {
        Event::Failed { problem, .. } => panic!("{problem}"),
        event => matches!(event, Event::LoginsNeeded { attempt } if *attempt == Attempt(1)),
    });
    window.run(sign_in(2, &bench, Vec::new()));
    let url = opened(&mut window);
    let page = Visitor::default().open(&format!("{url}&prompt=none&login_hint=ana"));
    page.shows(200, "You are signed in");
    let events = until(&mut window, |event| match event {
        Event::Failed { problem, .. } => panic!("{problem}"),
        event => matches!(event, Event::Succeeded { .. }),
    });
    let Some(Event::Succeeded { session, .. }) = events.last() else {
        panic!("{events:?}");
    };
    assert_eq!(session.logins.len(), 2, "{:?}", session.logins);
    assert_eq!(session.username, "ana");
}

/// Only what was brought for it: another sign-in may have taken its place.
#[test]
fn a_cancelled_sign_in_takes_its_own_tokens_back() {
    let threads = tokio_runtime().unwrap();
    let mut bench = threads.block_on(vouched(vec![(FACEBOOK, TokenSource::Typed)]));
    let browser = pages(&bench, "poolkey-desktop");
    bench.profile.logins.push(browser);
    bench.deps.managed_login = Arc::new(Unopened(bench.deps.managed_login.clone()));
    let facebook: LoginProvider = FACEBOOK.parse().unwrap();
    let mut window = window(&bench);
    for is_replaced in [false, true] {
        let attempt = u64::from(is_replaced) + 1;
        let typed = secret(&bench.token(FACEBOOK, 30));
        window.run(sign_in(attempt, &bench, vec![(facebook.clone(), typed)]));
        let _url = opened(&mut window);
        if is_replaced {
            let other = secret(&bench.token(FACEBOOK, 40));
            let keeping = logins::keep_typed(&bench.deps, &bench.profile, &facebook, other);
            threads.block_on(keeping).unwrap();
        }
        window.run(Effect::Cancel(Attempt(attempt)));
        let undone = |event: &Event| matches!(event, Event::SessionLoaded { .. });
        let _events = until(&mut window, undone);
        let login = &bench.profile.logins[0];
        let kept = threads.block_on(bench.deps.vault.login(&bench.profile, login));
        assert_eq!(kept.unwrap().is_some(), is_replaced);
    }
}
