//! Answers that no pool of today gives: unknown challenges, endless ones, neither tokens nor
//! challenge.

use poolkey::domain::{Problem, ProblemKind, SignInMethod};
use poolkey::ops::sign_in::Outcome;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::{bench_by, problem};
use crate::support::{asked, secret};

/// Answers every request with the next of these bodies, and then with the last one.
async fn pool(bodies: &'static [&'static str]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut left = bodies.iter();
        let mut body = "";
        while let Ok((mut stream, _)) = listener.accept().await {
            body = left.next().copied().unwrap_or(body);
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\n\
                 connection: close\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            let mut request = [0; 16_384];
            if stream.read(&mut request).await.is_ok() {
                let _sent = stream.write_all(answer.as_bytes()).await;
            }
        }
    });
    address
}

async fn begun(
    method: SignInMethod,
    bodies: &'static [&'static str],
) -> (crate::support::Bench, Result<Outcome, Problem>) {
    let mut bench = bench_by("ana", method).await;
    bench.profile.endpoint_url = Some(pool(bodies).await.parse().unwrap());
    let outcome = bench.begin("ana", &bench.password("ana")).await;
    (bench, outcome)
}

async fn refused(method: SignInMethod, bodies: &'static [&'static str]) -> Problem {
    begun(method, bodies).await.1.unwrap_err()
}

#[tokio::test]
async fn an_unknown_challenge_is_named() {
    let bodies = &[r#"{"ChallengeName":"RETINA\u0007_SCAN","Session":"a session"}"#];
    for method in SignInMethod::ALL {
        let problem = refused(method, bodies).await;
        assert_eq!(problem.kind, ProblemKind::SignInNeeded);
        assert_eq!(
            problem.sentence,
            "The user pool asks for RETINA _SCAN, which Poolkey cannot answer"
        );
        assert!(!problem.hints.is_empty());
    }
}

#[tokio::test]
async fn a_list_without_anything_known_is_refused() {
    for body in [
        &[r#"{"ChallengeName":"SELECT_CHALLENGE","AvailableChallenges":["RETINA_SCAN"]}"#],
        &[
            r#"{"ChallengeName":"SELECT_MFA_TYPE","ChallengeParameters":{"MFAS_CAN_CHOOSE":"[\"RETINA_SCAN\"]"}}"#,
        ],
        &[r#"{"ChallengeName":"MFA_SETUP","ChallengeParameters":{"MFAS_CAN_SETUP":"[]"}}"#],
    ] {
        let problem = refused(SignInMethod::Password, body).await;
        assert_eq!(problem.kind, ProblemKind::SignInNeeded, "{body:?}");
    }
}

/// A list of one is answered by itself, so a pool that asks on and on is not noticed by anybody.
#[tokio::test]
async fn a_pool_that_asks_on_and_on_is_stopped() {
    let bodies = &[
        r#"{"ChallengeName":"SELECT_MFA_TYPE","Session":"a session","ChallengeParameters":{"MFAS_CAN_CHOOSE":"[\"SMS_MFA\"]"}}"#,
    ];
    let problem = refused(SignInMethod::Password, bodies).await;
    assert_eq!(
        problem.sentence,
        "The user pool asks one challenge after another"
    );
}

#[tokio::test]
async fn neither_tokens_nor_a_challenge() {
    for body in [
        &["{}"],
        &[r#"{"AuthenticationResult":{}}"#],
        &[r#"{"AuthenticationResult":{"AccessToken":"only this one"}}"#],
        &[r#"{"ChallengeParameters":{}}"#],
    ] {
        let problem = refused(SignInMethod::Password, body).await;
        assert_eq!(problem.kind, ProblemKind::Unexpected, "{body:?}");
        assert!(!problem.to_string().contains("only this one"));
    }
}

/// No proof is made of numbers that would give the password away.
#[tokio::test]
async fn a_challenge_that_is_not_one_gets_no_proof() {
    for (b, salt) in [
        ("0", "aa"),
        ("", "aa"),
        ("not hex", "aa"),
        ("aa", "not hex"),
    ] {
        let body = format!(
            r#"{{"ChallengeName":"PASSWORD_VERIFIER","ChallengeParameters":{{"SRP_B":"{b}","SALT":"{salt}","SECRET_BLOCK":"AAAA","USER_ID_FOR_SRP":"ana"}}}}"#
        );
        let bodies: &'static [&'static str] = vec![&*body.leak()].leak();
        let problem = refused(SignInMethod::Srp, bodies).await;
        assert_eq!(problem.kind, ProblemKind::Unexpected, "{b} {salt}");
        assert!(problem.sentence.contains("not valid"), "{problem:?}");
    }
}

/// `VerifySoftwareToken` may also say so in an answer.
#[tokio::test]
async fn a_first_code_that_could_not_be_verified() {
    let (bench, outcome) = begun(
        SignInMethod::Password,
        &[
            r#"{"ChallengeName":"MFA_SETUP","Session":"first","ChallengeParameters":{"MFAS_CAN_SETUP":"[\"SOFTWARE_TOKEN_MFA\"]"}}"#,
            r#"{"SecretCode":"JBSWY3DPEHPK3PXP","Session":"second"}"#,
            r#"{"Status":"ERROR","Session":"third"}"#,
        ],
    )
    .await;
    let sign_in = asked(outcome.unwrap(), "MFA_SETUP");
    let outcome = bench.answer(sign_in, "user_code", &secret("123456")).await;
    let sign_in = asked(outcome.unwrap(), "MFA_SETUP");
    let problem = problem(&sign_in);
    assert_eq!(problem.sentence, "The code is wrong");
}
