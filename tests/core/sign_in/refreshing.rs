//! The two ways to refresh: `GetTokensFromRefreshToken`, and `REFRESH_TOKEN_AUTH` for servers that
//! are older.

use poolkey::domain::ProblemKind;
use poolkey::sandbox::Fault;

use super::{WITH_PASSWORD, bench_by};
use crate::support::{Bench, bench};

const NEWER: &str = "GetTokensFromRefreshToken";

/// The next refresh meets a server without the newer operation.
fn old_server(bench: &Bench) {
    bench.sandbox.next_answer(NEWER, Fault::Unknown);
}

#[tokio::test]
async fn both_ways_with_every_method_alias_and_client_secret() {
    for method in WITH_PASSWORD {
        for with_secret in [false, true] {
            let mut bench = bench_by("ana", method).await;
            if with_secret {
                bench.confidential(None).await;
            }
            let tokens = bench.tokens("Ana@Example.com").await;
            bench.finish(tokens).await.unwrap();
            let kept = bench.kept().await;
            bench.renew().await.unwrap();
            assert_eq!(bench.sandbox.calls("InitiateAuth"), 1);
            // Two only: the hash is over the real name, although an alias was typed.
            old_server(&bench);
            let session = bench.renew().await.unwrap().session;
            assert_eq!(session.username, "ana");
            assert_eq!(bench.sandbox.calls("InitiateAuth"), 2);
            assert_eq!(bench.kept().await, kept);
        }
    }
}

#[tokio::test]
async fn a_rotating_client_has_the_newer_way_only() {
    let mut bench = bench("ana").await;
    bench.use_client("rotating");
    bench.sign_in().await;
    let first = bench.kept().await;
    bench.renew().await.unwrap();
    let second = bench.kept().await;
    assert_ne!(first, second);
    // The older flow is refused, which says nothing about the token.
    old_server(&bench);
    let problem = bench.renew().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert_eq!(bench.kept().await, second);
    bench.renew().await.unwrap();
}

#[tokio::test]
async fn what_ends_the_sign_in_ends_it_by_the_older_way_too() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    assert!(bench.sandbox.set_enabled("ana", false));
    old_server(&bench);
    let problem = bench.renew().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
    assert_eq!(bench.kept().await, None);
}
