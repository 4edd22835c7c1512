//! Refused: by the person, by managed login, by the provider, by the token endpoint. The browser's
//! last page says why, too.

use poolkey::domain::{Problem, ProblemKind};
use poolkey::sandbox::Fault;

use super::{Attempt, ana, managed};
use crate::support::Bench;
use crate::web::Visitor;

const BAD: &str = "Not signed in";

/// The sentence is on the page, the rest only in Poolkey.
async fn refused(
    bench: &Bench,
    visit: impl FnOnce(&mut Visitor, &str) -> crate::web::Page + Send + 'static,
) -> Problem {
    let attempt = Attempt::begin(bench).await;
    let page = attempt.visit(visit).await.shows(400, BAD);
    let problem = attempt.fails().await;
    let page = page.shows(400, &problem.sentence.replace('\'', "&#39;"));
    assert!(!problem.hints.is_empty(), "{problem:?}");
    for kept in ["state=", "code="] {
        assert!(!page.body.contains(kept), "{page:?}");
    }
    assert_eq!(bench.kept().await, None);
    problem
}

#[tokio::test]
async fn by_the_person() {
    let mut bench = managed().await;
    for provider in [None, Some("Google"), Some("ExampleSAML")] {
        let login = bench.profile.managed_login.as_mut().unwrap();
        login.identity_provider = provider.map(str::to_owned);
        let problem = refused(&bench, |visitor, url| {
            let page = visitor.open(url);
            visitor.click(&page, "cancel")
        })
        .await;
        assert_eq!(problem.kind, ProblemKind::Refused);
        assert_eq!(problem.aws_code(), Some("access_denied"));
        assert!(problem.sentence.contains("cancelled"), "{problem}");
        assert_eq!(bench.sandbox.calls("oauth2/token"), 0);
    }
}

#[tokio::test]
async fn by_managed_login_at_once() {
    let mut bench = managed().await;
    let login = bench.profile.managed_login.as_mut().unwrap();
    login.scopes = vec!["openid".to_owned(), "acme/everything".to_owned()];
    let problem = refused(&bench, Visitor::open).await;
    assert_eq!(problem.aws_code(), Some("invalid_scope"));
    assert!(problem.hints[0].contains("scopes"), "{problem:?}");

    let mut bench = managed().await;
    let login = bench.profile.managed_login.as_mut().unwrap();
    // Names of providers are in the very same letters.
    login.identity_provider = Some("google".to_owned());
    let problem = refused(&bench, Visitor::open).await;
    assert_eq!(problem.aws_code(), Some("invalid_request"));
    assert!(problem.sentence.contains("identity provider"), "{problem}");
}

#[tokio::test]
async fn by_the_pool_because_of_the_user() {
    let bench = managed().await;
    let attempt = Attempt::begin(&bench).await;
    assert!(bench.sandbox.set_enabled("ana", false));
    // The page says so and the person may try another user: nothing comes back.
    attempt.visit(ana).await.shows(200, "User is disabled.");
    attempt.running.abort();
}

#[tokio::test]
async fn by_the_token_endpoint() {
    let mut bench = managed().await;
    bench
        .confidential(Some("another-secret-of-this-length"))
        .await;
    let problem = refused(&bench, ana).await;
    assert_eq!(problem.aws_code(), Some("invalid_client"));
    assert_eq!(problem.kind, ProblemKind::Refused);
}

#[tokio::test]
async fn a_code_is_never_sent_twice() {
    for fault in [Fault::Status500, Fault::Drop] {
        let bench = managed().await;
        bench.sandbox.next_answer("oauth2/token", fault);
        let problem = refused(&bench, ana).await;
        assert_eq!(problem.kind, ProblemKind::Network, "{fault:?}");
        assert_eq!(bench.sandbox.calls("oauth2/token"), 1);
        assert_eq!(bench.sandbox.calls("jwks.json"), 0);
    }
}

#[tokio::test]
async fn a_profile_without_managed_login() {
    let mut bench = managed().await;
    bench.profile.managed_login = None;
    let (running, ..) = super::start(&bench, std::time::Duration::ZERO);
    let problem = running.await.unwrap().unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Usage);
    assert!(problem.hints[0].contains("domain"), "{problem:?}");
}
