//! The listener between two machines' worth of visitors: strangers, replays, busy ports, nobody.

use std::net::TcpListener;
use std::time::Duration;

use poolkey::domain::ProblemKind;

use super::{Attempt, Told, ana, managed, register, start};
use crate::web::{Visitor, parameter, send, with_parameter};

const NOT_OURS: &str = "does not belong to the sign-in";

#[tokio::test]
async fn another_state_is_answered_and_not_believed() {
    let bench = managed().await;
    let attempt = Attempt::begin(&bench).await;
    let ended_at = attempt.ends_elsewhere().await;
    attempt
        .visit(move |visitor, url| {
            let callback = ended_at.split('?').next().unwrap();
            for strange in [
                callback.to_owned(),
                with_parameter(&ended_at, "state", "x"),
                with_parameter(&ended_at, "state", ""),
                format!("{callback}?error=access_denied&state=x"),
                format!("{callback}?code=stolen"),
            ] {
                visitor.open(&strange).shows(400, NOT_OURS);
            }
            // Who was sent by Poolkey still gets in.
            ana(visitor, url).shows(200, "You are signed in");
        })
        .await;
    attempt.end().await.unwrap();
    assert_eq!(bench.sandbox.calls("oauth2/token"), 1);
}

/// What somebody else read over the person's shoulder, and used first.
#[tokio::test]
async fn a_code_that_was_used_already() {
    let bench = managed().await;
    let attempt = Attempt::begin(&bench).await;
    let ended_at = attempt.ends_elsewhere().await;
    let token = format!("{}/oauth2/token", bench.sandbox.description().domain);
    let client = bench
        .profile
        .user_pool
        .as_ref()
        .unwrap()
        .client_id
        .as_str()
        .to_owned();
    let page = attempt
        .visit(move |visitor, _| {
            let code = parameter(&ended_at, "code").unwrap();
            let redirect = ended_at.split('?').next().unwrap();
            let form = format!(
                "grant_type=authorization_code&client_id={client}&code={code}&redirect_uri={redirect}"
            );
            let headers = "Content-Type: application/x-www-form-urlencoded\r\n";
            let stolen = send("POST", &token, headers, &form).unwrap();
            assert!(stolen.body.contains("invalid_grant"), "{}", stolen.body);
            visitor.open(&ended_at)
        })
        .await;
    page.shows(400, "was not accepted");
    let problem = attempt.fails().await;
    assert_eq!(problem.aws_code(), Some("invalid_grant"));
    assert_eq!(problem.kind, ProblemKind::Refused);
}

/// Somebody who knows the state brings the code of a sign-in of their own.
#[tokio::test]
async fn a_code_of_another_sign_in() {
    let bench = managed().await;
    let theirs = Attempt::begin(&bench).await;
    let ended_at = theirs.ends_elsewhere().await;
    theirs.running.abort();
    let ours = Attempt::begin(&bench).await;
    let state = parameter(&ours.url, "state").unwrap();
    let callback = parameter(&ours.url, "redirect_uri").unwrap();
    let page = ours
        .visit(move |visitor, _| {
            let code = parameter(&ended_at, "code").unwrap();
            visitor.open(&format!("{callback}?code={code}&state={state}"))
        })
        .await;
    page.shows(400, "was not accepted");
    assert_eq!(ours.fails().await.aws_code(), Some("invalid_grant"));
}

#[tokio::test]
async fn a_page_that_is_loaded_twice() {
    let bench = managed().await;
    let attempt = Attempt::begin(&bench).await;
    let ended_at = attempt.ends_elsewhere().await;
    let statuses = attempt
        .visit(move |_, _| {
            let again = ended_at.clone();
            let other = std::thread::Builder::new();
            let other = other.spawn(move || send("GET", &again, "", "")).unwrap();
            let one = send("GET", &ended_at, "", "").map(|answer| answer.status);
            let other = other.join().unwrap().map(|answer| answer.status);
            [one.unwrap_or(0), other.unwrap_or(0)]
        })
        .await;
    // The other one came too late, whichever it was.
    assert!(statuses.contains(&200), "{statuses:?}");
    assert!(
        statuses.contains(&410) || statuses.contains(&0),
        "{statuses:?}"
    );
    attempt.end().await.unwrap();
    assert_eq!(bench.sandbox.calls("oauth2/token"), 1);
}

#[tokio::test]
async fn the_first_free_port_is_taken() {
    let mut bench = managed().await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut urls = vec![format!("http://localhost:{port}/callback")];
    let login = bench.profile.managed_login.as_ref().unwrap();
    urls.extend(login.callback_urls.iter().map(ToString::to_string));
    register(&mut bench, &urls);
    let attempt = Attempt::begin(&bench).await;
    let chosen = parameter(&attempt.url, "redirect_uri").unwrap();
    assert!(urls[1..].contains(&chosen), "{chosen}");
    attempt.visit(ana).await.shows(200, "You are signed in");
    attempt.end().await.unwrap();

    register(&mut bench, &urls[..1]);
    let (running, _watch, _steps, mut told) = start(&bench, Duration::ZERO);
    let problem = running.await.unwrap().unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Usage);
    assert!(problem.hints[0].contains(&urls[0]), "{problem:?}");
    assert!(told.try_recv().is_err(), "no browser for nothing");
}

#[tokio::test]
async fn two_sign_ins_at_once() {
    let bench = managed().await;
    let (one, other) = (Attempt::begin(&bench).await, Attempt::begin(&bench).await);
    let of = |attempt: &Attempt| parameter(&attempt.url, "redirect_uri").unwrap();
    assert_ne!(of(&one), of(&other));
    for attempt in [other, one] {
        attempt.visit(ana).await.shows(200, "You are signed in");
        attempt.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_cancelled_sign_in_stops_listening() {
    let bench = managed().await;
    let attempt = Attempt::begin(&bench).await;
    let callback = parameter(&attempt.url, "redirect_uri").unwrap();
    let port = callback.split([':', '/']).nth(4).unwrap().to_owned();
    let bind = || TcpListener::bind(format!("127.0.0.1:{port}"));
    assert!(bind().is_err());
    attempt.running.abort();
    assert!(attempt.running.await.unwrap_err().is_cancelled());
    let deadline = std::time::Instant::now() + Duration::from_secs(10);
    while bind().is_err() {
        assert!(std::time::Instant::now() < deadline);
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn nobody_comes_in_time() {
    let mut bench = managed().await;
    let registered = "http://localhost:8976/other".to_owned();
    let ours = bench.profile.managed_login.clone();
    register(&mut bench, &[registered]);
    bench.profile.managed_login = ours;
    let attempt = Attempt::begin(&bench).await;
    let page = attempt.visit(Visitor::open).await;
    // Managed login never sends a browser to an address that it does not know.
    assert!(page.shows(400, "redirect_mismatch").url.contains("/error"));
    attempt.running.abort();

    let (running, _watch, _steps, mut told) = start(&bench, Duration::ZERO);
    let problem = running.await.unwrap().unwrap_err();
    assert!(matches!(told.recv().await, Some(Told::Opened(_))));
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
    assert!(
        problem.hints[0].contains("redirect_mismatch"),
        "{problem:?}"
    );
    let login = bench.profile.managed_login.as_ref().unwrap();
    assert!(problem.hints[0].contains(login.callback_urls[0].as_str()));
}
