//! Servers that are slow, gone, or no servers of AWS: kinds, words, and nothing lost.

use std::time::Duration;

use poolkey::domain::ProblemKind;
use poolkey::sandbox::Fault;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::support::bench;

#[tokio::test]
async fn a_slow_answer_is_waited_for() {
    let bench = bench("ana").await;
    let delay = Fault::Delay(Duration::from_millis(300));
    bench
        .sandbox
        .next_answer("GetTokensFromRefreshToken", delay);
    bench.sign_in().await;
    assert!(bench.renew().await.is_ok());
}

/// Answers every request with the same bytes; none of them is AWS's.
async fn server(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 16_384];
                if stream.read(&mut request).await.is_ok() {
                    let _sent = stream.write_all(answer.as_bytes()).await;
                }
            });
        }
    });
    address
}

#[tokio::test]
async fn answers_that_are_not_aws_are_told_apart() {
    let cases = [
        (
            "a proxy's page",
            "HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>",
        ),
        (
            "a page instead of JSON",
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>",
        ),
        ("no HTTP", "SSH-2.0-OpenSSH_9.6\r\n"),
        (
            "half an answer",
            "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{",
        ),
        ("nothing", ""),
    ];
    for (case, answer) in cases {
        let mut bench = bench("ana").await;
        bench.profile.endpoints.url = Some(server(answer).await.parse().unwrap());
        let problem = bench
            .begin("ana", &bench.password("ana"))
            .await
            .unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Network, "{case}: {problem:?}");
        assert!(!problem.hints.is_empty(), "{case}");
        assert!(!problem.sentence.contains("<html>"), "{case}");
    }
}

#[tokio::test]
async fn a_refusal_of_connections_is_the_networks() {
    let mut bench = bench("ana").await;
    bench.sign_in().await;
    let token = bench.kept().await;
    let endpoint = bench.profile.endpoints.url.clone();
    bench.profile.endpoints.url = Some("http://127.9.9.9:1".parse().unwrap());
    let problem = bench
        .begin("ana", &bench.password("ana"))
        .await
        .unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Network);
    assert!(problem.sentence.contains("refused"), "{problem:?}");
    bench.profile.endpoints.url = endpoint;
    assert_eq!(bench.kept().await, token);
}

#[tokio::test]
async fn a_sandbox_that_went_away_ends_no_sign_in() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    let crate::support::Bench {
        sandbox,
        deps,
        profile,
        ..
    } = bench;
    sandbox.shutdown().await;
    let quiet = crate::support::Quiet;
    let problem = poolkey::ops::session::renew(&deps, &profile, &quiet)
        .await
        .unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Network);
    assert!(deps.vault.sign_in(&profile).await.unwrap().is_some());
    let cached = poolkey::ops::session::credentials(&deps, &profile, &quiet).await;
    assert!(cached.is_ok(), "the session is good for an hour");
}
