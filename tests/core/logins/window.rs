//! The window's runtime: tokens that were typed, pages in the browser, and files that are watched.

use poolkey::app::{Attempt, Driver as _, Effect, Event};
use poolkey::domain::TokenSource;
use poolkey::runtime::tokio_runtime;

use super::{FACEBOOK, GOOGLE, file, vouched};
use crate::support::secret;
use crate::window::{until, window};

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
