//! The window's runtime: tokens that were typed, pages in the browser, and files that are watched.

use std::sync::Arc;
use std::time::{Duration, Instant};

use poolkey::app::{Attempt, Driver as _, Effect, Event};
use poolkey::domain::sign_in::{Answer, Move, SignIn};
use poolkey::domain::{LoginProvider, Profile, Secret, TokenSource};
use poolkey::ops::{logins, sign_out};
use poolkey::runtime::{Runtime, tokio_runtime};
use poolkey::sandbox::Fault;

use super::{FACEBOOK, GOOGLE, file, pages, vouched};
use crate::support::{bench, secret};
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

fn sign_in(number: u64, profile: &Profile, tokens: Vec<(LoginProvider, Secret)>) -> Effect {
    Effect::ProviderSignIn {
        attempt: Attempt(number),
        profile: Box::new(profile.clone()),
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
    window.run(sign_in(2, &bench.profile, Vec::new()));
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

#[test]
fn a_sign_in_that_is_given_up_leaves_nothing_behind() {
    let threads = tokio_runtime().unwrap();
    let mut bench = threads.block_on(vouched(vec![(FACEBOOK, TokenSource::Typed)]));
    let browser = pages(&bench, "poolkey-desktop");
    bench.deps.managed_login = Arc::new(Unopened(bench.deps.managed_login.clone()));
    let facebook: LoginProvider = FACEBOOK.parse().unwrap();
    let typed = || vec![(facebook.clone(), secret(&bench.token(FACEBOOK, 30)))];
    let kept = || {
        let login = &bench.profile.logins[0];
        let kept = threads.block_on(bench.deps.vault.login(&bench.profile, login));
        kept.unwrap().is_some()
    };
    let mut window = window(&bench);

    // While it is exchanged.
    let late = Fault::Delay(Duration::from_millis(700));
    bench.sandbox.next_answer("GetId", late);
    window.run(sign_in(1, &bench.profile, typed()));
    let deadline = Instant::now() + Duration::from_secs(20);
    while bench.sandbox.calls("GetId") == 0 {
        assert!(Instant::now() < deadline);
        std::thread::yield_now();
    }
    assert!(kept());
    window.run(Effect::Cancel(Attempt(1)));
    let undone = |event: &Event| matches!(event, Event::SessionLoaded { .. });
    let _events = until(&mut window, undone);
    assert!(!kept());

    // While the browser is open at the next provider.
    let mut both = bench.profile.clone();
    both.logins.push(browser);
    window.run(sign_in(2, &both, typed()));
    let _url = opened(&mut window);
    window.run(Effect::Cancel(Attempt(2)));
    assert!(!kept());
}

#[tokio::test]
async fn what_took_the_place_of_a_cancelled_sign_in_stays() {
    let bench = vouched(vec![(FACEBOOK, TokenSource::Typed)]).await;
    let (deps, profile) = (&bench.deps, &bench.profile);
    let facebook = FACEBOOK.parse().unwrap();
    let brought = |minutes| {
        let token = secret(&bench.token(FACEBOOK, minutes));
        [logins::typed(deps, profile, &facebook, token).unwrap()]
    };
    let (first, second) = (brought(30), brought(40));
    logins::keep(deps, profile, &first).await.unwrap();
    logins::keep(deps, profile, &second).await.unwrap();
    bench.vouched_for().await.unwrap();
    for (undone, is_left) in [(first, true), (second, false)] {
        sign_out::undo_logins(deps, profile, &undone).await.unwrap();
        let login = deps.vault.login(profile, &profile.logins[0]).await;
        let session = deps.vault.session(profile).await;
        let left = (login.unwrap().is_some(), session.unwrap().is_some());
        assert_eq!(left, (is_left, is_left));
    }
}
