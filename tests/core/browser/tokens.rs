//! What the token endpoint hands out is checked before it is used, and told apart.

use jiff::SignedDuration;
use poolkey::domain::{Problem, ProblemKind};
use poolkey::sandbox::{Fault, Lifetimes, Sandbox, Settings};
use serde_json::Value;

use super::meddler::{meddle, past};
use super::{Attempt, ana, exchanged, managed, visit_as};
use crate::support::Bench;
use crate::web::{Visitor, with_parameter};

/// Signs in in the browser with the token endpoint's answer changed.
async fn meddled(
    bench: &mut Bench,
    change: impl FnOnce(&mut Value) + Send + 'static,
) -> Result<poolkey::domain::sign_in::Finished, Problem> {
    meddle(bench, change);
    let attempt = Attempt::begin(bench).await;
    visit_as(Visitor::default(), &past(bench, &attempt.url), ana).await;
    attempt.end().await
}

async fn refused(change: impl FnOnce(&mut Value) + Send + 'static) -> Problem {
    let mut bench = managed().await;
    let problem = meddled(&mut bench, change).await.unwrap_err();
    assert_eq!(bench.kept().await, None);
    assert!(!problem.hints.is_empty(), "{problem:?}");
    problem
}

fn text(token: &Value) -> &str {
    token.as_str().unwrap()
}

#[tokio::test]
async fn a_changed_signature() {
    let problem = refused(|answer| {
        let token = text(&answer["id_token"]);
        let (body, signature) = token.rsplit_once('.').unwrap();
        let turned: String = signature.chars().rev().collect();
        answer["id_token"] = format!("{body}.{turned}").into();
    })
    .await;
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert!(problem.sentence.ends_with("not signed by the user pool"));
}

#[tokio::test]
async fn claims_of_another_user_under_the_same_signature() {
    let problem = refused(|answer| {
        let token = text(&answer["id_token"]).to_owned();
        let parts: Vec<&str> = token.split('.').collect();
        let claims = data_encoding::BASE64URL_NOPAD
            .decode(parts[1].as_bytes())
            .unwrap();
        let claims = String::from_utf8(claims).unwrap().replace("ana", "eve");
        let claims = data_encoding::BASE64URL_NOPAD.encode(claims.as_bytes());
        answer["id_token"] = [parts[0], &claims, parts[2]].join(".").into();
    })
    .await;
    assert!(problem.sentence.ends_with("not signed by the user pool"));
}

#[tokio::test]
async fn an_access_token_in_place_of_the_id_token() {
    let problem = refused(|answer| answer["id_token"] = answer["access_token"].clone()).await;
    // Signed by the pool, but without an audience.
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert!(problem.sentence.ends_with("it cannot be read"), "{problem}");
}

#[tokio::test]
async fn no_id_token() {
    let problem = refused(|answer| {
        answer.as_object_mut().unwrap().remove("id_token");
    })
    .await;
    assert!(problem.hints[0].contains("openid"), "{problem:?}");
}

#[tokio::test]
async fn an_answer_that_is_not_the_token_endpoints() {
    for strange in [Value::Null, serde_json::json!({ "login": "please" })] {
        let problem = refused(|answer| *answer = strange).await;
        assert_eq!(problem.kind, ProblemKind::Network);
        assert!(problem.hints[0].contains("domain"), "{problem:?}");
    }
}

#[tokio::test]
async fn no_refresh_token() {
    let mut bench = managed().await;
    let finished = meddled(&mut bench, |answer| {
        answer.as_object_mut().unwrap().remove("refresh_token");
    });
    let finished = finished.await.unwrap();
    let obtained = exchanged(&bench, finished).await;
    // It works for as long as the credentials do.
    assert!(!obtained.sign_in_kept);
    assert_eq!(obtained.remark, None);
    assert_eq!(bench.kept().await, None);
    bench.credentials().await.unwrap();
    bench.minutes_pass(61);
    let problem = bench.credentials().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
}

#[tokio::test]
async fn expired_on_the_way() {
    for (minutes, accepted) in [(61, true), (63, false)] {
        let mut bench = managed().await;
        let clock = bench.sandbox.clock().clone();
        let done = meddled(&mut bench, move |_| {
            clock.advance(SignedDuration::from_mins(minutes));
        });
        let done = done.await;
        assert_eq!(done.is_ok(), accepted, "{minutes}");
        if let Err(problem) = done {
            assert!(problem.sentence.contains("expired"), "{problem}");
            assert!(problem.hints[0].contains("clock"), "{problem:?}");
        }
    }
}

/// Its own lifetime counts, not an hour.
#[tokio::test]
async fn expired_although_young() {
    let mut bench = managed().await;
    bench.sandbox.set_lifetimes(Lifetimes {
        id_token: std::time::Duration::ZERO,
        ..Lifetimes::default()
    });
    // Two minutes are tolerated; the service's clock goes on by three while the answer travels.
    let clock = bench.sandbox.clock().clone();
    let done = meddled(&mut bench, move |_| {
        clock.advance(SignedDuration::from_mins(3));
    });
    assert!(done.await.unwrap_err().sentence.contains("expired"));
}

#[tokio::test]
async fn a_nonce_of_another_request() {
    let bench = managed().await;
    let attempt = Attempt::begin(&bench).await;
    let other = with_parameter(&attempt.url, "nonce", "another-sign-in");
    let page = visit_as(Visitor::default(), &other, ana).await;
    page.shows(400, "belongs to another sign-in");
    let problem = attempt.fails().await;
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert_eq!(bench.kept().await, None);
}

/// The code is spent: a connection that breaks afterwards does not cost the sign-in.
#[tokio::test]
async fn keys_are_asked_for_again() {
    let bench = managed().await;
    bench.sandbox.next_answer("jwks.json", Fault::Drop);
    bench.sandbox.next_answer("jwks.json", Fault::Status500);
    let attempt = Attempt::begin(&bench).await;
    attempt.visit(ana).await;
    attempt.end().await.unwrap();
    assert_eq!(bench.sandbox.calls("jwks.json"), 3);
    assert_eq!(bench.sandbox.calls("RevokeToken"), 0);
}

/// What nobody can check does not live on at the pool either.
#[tokio::test]
async fn tokens_that_are_not_used_are_ended() {
    let bench = managed().await;
    for _ in 0..3 {
        bench.sandbox.next_answer("jwks.json", Fault::Drop);
    }
    let attempt = Attempt::begin(&bench).await;
    attempt.visit(ana).await;
    assert_eq!(attempt.fails().await.kind, ProblemKind::Network);
    assert_eq!(bench.sandbox.calls("jwks.json"), 3);
    assert_eq!(bench.sandbox.calls("RevokeToken"), 1);

    let mut bench = managed().await;
    let done = meddled(&mut bench, |answer| {
        answer.as_object_mut().unwrap().remove("id_token");
    });
    assert!(done.await.is_err());
    assert_eq!(bench.sandbox.calls("RevokeToken"), 1);
}

#[tokio::test]
async fn keys_of_another_pool() {
    let mut bench = managed().await;
    let other = Sandbox::start(Settings::default()).await.unwrap();
    // Same IDs, another server: what signs in there means nothing here.
    bench.profile.endpoints.url = Some(other.description().endpoint.parse().unwrap());
    let attempt = Attempt::begin(&bench).await;
    let page = attempt.visit(ana).await;
    page.shows(400, "not signed by the user pool");
    let problem = attempt.fails().await;
    assert!(problem.hints[0].contains("domain"), "{problem:?}");
    assert_eq!(other.calls("jwks.json"), 1);
}
