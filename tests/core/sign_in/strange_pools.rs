//! Answers that no pool of today gives: unknown challenges, endless ones, neither tokens nor
//! challenge.

use poolkey::domain::sign_in::QuestionKind;
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
    bench.profile.endpoints.url = Some(pool(bodies).await.parse().unwrap());
    let outcome = bench.begin("ana", &bench.password("ana")).await;
    (bench, outcome)
}

async fn refused(method: SignInMethod, bodies: &'static [&'static str]) -> Problem {
    begun(method, bodies).await.1.unwrap_err()
}

#[tokio::test]
async fn an_unknown_challenge_is_named() {
    let bodies = &[r#"{"ChallengeName":"RETINA\u0007_SCAN","Session":"a session"}"#];
    // The others ask elsewhere, or nobody.
    let mut methods = SignInMethod::ALL.to_vec();
    methods.retain(|method| method.asks_here());
    for method in methods {
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

/// Whatever a pool says is shown, and nothing of it steers a terminal.
#[tokio::test]
async fn nothing_a_pool_says_steers_a_terminal() {
    for body in [
        &[
            r#"{"ChallengeName":"SMS_MFA","ChallengeParameters":{"USER_ID_FOR_SRP":"a\u001b[2Jna","CODE_DELIVERY_DESTINATION":"+1\u001b[2J\u202e"}}"#,
        ],
        &[
            r#"{"ChallengeName":"NEW_PASSWORD_REQUIRED","ChallengeParameters":{"requiredAttributes":"[\"userAttributes.na\u001bme\"]"}}"#,
        ],
        &[
            r#"{"ChallengeName":"CUSTOM_CHALLENGE","ChallengeParameters":{"wh\u001bo":"\u202ewho\u0007"}}"#,
        ],
    ] {
        let (_bench, outcome) = begun(SignInMethod::Password, body).await;
        let Outcome::Asked(sign_in) = outcome.unwrap() else {
            panic!("{body:?}")
        };
        let question = sign_in.question().unwrap();
        let mut shown = vec![question.username.clone(), question.explanation()];
        shown.extend(question.fields().into_iter().map(|field| field.label));
        if let QuestionKind::Custom { parameters } = &question.kind {
            shown.extend(
                parameters
                    .iter()
                    .map(|(name, value)| format!("{name} {value}")),
            );
        }
        let steers = |letter: char| letter.is_control() || letter == '\u{202e}';
        assert!(!shown.concat().contains(steers), "{shown:?}");
    }
}

#[tokio::test]
async fn a_key_for_an_app_has_to_be_one() {
    let bodies = &[
        r#"{"ChallengeName":"MFA_SETUP","Session":"first","ChallengeParameters":{"MFAS_CAN_SETUP":"[\"SOFTWARE_TOKEN_MFA\"]"}}"#,
        r#"{"SecretCode":"JBSWY3DP\u001b[2J","Session":"second"}"#,
    ];
    let problem = refused(SignInMethod::Password, bodies).await;
    assert_eq!(problem.kind, ProblemKind::Unexpected);
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
