//! What an answer to a refresh says about the refresh token: dropped on a definitive refusal of the
//! pool, kept on everything else.

use poolkey::domain::{KeptSignIn, ProblemKind};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::support::{bench, secret};

/// Status, error code, message, and whether the token is dropped.
const ANSWERED: &[(u16, &str, &str, bool)] = &[
    (400, "NotAuthorizedException", "Invalid Refresh Token", true),
    (
        400,
        "NotAuthorizedException",
        "Refresh Token has expired",
        true,
    ),
    (
        400,
        "NotAuthorizedException",
        "Refresh Token has been revoked",
        true,
    ),
    (
        400,
        "NotAuthorizedException",
        "Refresh Token has different Client",
        true,
    ),
    (
        400,
        "NotAuthorizedException",
        "The user has been deleted for the associated refresh token",
        true,
    ),
    (400, "NotAuthorizedException", "User is disabled.", true),
    (400, "NotAuthorizedException", "", true),
    (
        400,
        "RefreshTokenReuseException",
        "Refresh token has already been used.",
        true,
    ),
    (400, "UserNotFoundException", "User does not exist.", true),
    // About the app client.
    (
        400,
        "NotAuthorizedException",
        "Unable to verify secret hash for client 1a",
        false,
    ),
    (
        400,
        "NotAuthorizedException",
        "Client 1a is configured with secret but SECRET_HASH was not received",
        false,
    ),
    (
        400,
        "NotAuthorizedException",
        "Invalid client secret provided",
        false,
    ),
    // The region or the endpoint may be wrong, and what was deleted may come back.
    (
        400,
        "ResourceNotFoundException",
        "User pool client 1a does not exist.",
        false,
    ),
    (
        400,
        "ResourceNotFoundException",
        "User pool us-east-1_a does not exist.",
        false,
    ),
    (
        400,
        "ResourceNotFoundException",
        "Device does not exist.",
        false,
    ),
    (
        400,
        "UserNotConfirmedException",
        "User is not confirmed.",
        false,
    ),
    (
        400,
        "PasswordResetRequiredException",
        "Password reset required for the user",
        false,
    ),
    (
        400,
        "InvalidParameterException",
        "Missing required parameter REFRESH_TOKEN",
        false,
    ),
    (
        400,
        "UserLambdaValidationException",
        "PreTokenGeneration failed",
        false,
    ),
    (400, "UnexpectedLambdaException", "it timed out", false),
    (400, "UnsupportedOperationException", "", false),
    (400, "OperationNotEnabledException", "", false),
    (400, "TooManyRequestsException", "Rate exceeded", false),
    (400, "LimitExceededException", "Rate exceeded", false),
    (400, "ThrottlingException", "Rate exceeded", false),
    (429, "TooManyRequestsException", "Rate exceeded", false),
    (403, "ForbiddenException", "Forbidden", false),
    (500, "InternalErrorException", "", false),
    // Whoever says so there does not know.
    (
        404,
        "NotAuthorizedException",
        "Refresh Token has been revoked",
        false,
    ),
    (404, "UserNotFoundException", "User does not exist.", false),
    (404, "ResourceNotFoundException", "", false),
    (
        500,
        "NotAuthorizedException",
        "Refresh Token has been revoked",
        false,
    ),
    (503, "RefreshTokenReuseException", "", false),
];

/// Not an answer of AWS at all.
const BROKEN: &[&str] = &[
    "",
    "SSH-2.0-OpenSSH_9.6\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{",
    "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>",
    "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
    "HTTP/1.1 200 OK\r\ncontent-length: 27\r\n\r\n{\"AuthenticationResult\":{}}",
    "HTTP/1.1 204 No Content\r\n\r\n",
    "HTTP/1.1 302 Found\r\nlocation: /login\r\ncontent-length: 0\r\n\r\n",
    "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n",
    "HTTP/1.1 401 Unauthorized\r\ncontent-length: 23\r\n\r\n{\"message\":\"who is it?\"}",
    "HTTP/1.1 403 Forbidden\r\ncontent-length: 23\r\n\r\n{\"message\":\"Forbidden\"}",
    "HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n\r\nnot found",
    "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n",
    "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 6\r\n\r\n<html>",
];

/// Answers every request with these bytes.
async fn server(answer: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 16_384];
            if stream.read(&mut request).await.is_ok() {
                let _sent = stream.write_all(answer.as_bytes()).await;
            }
        }
    });
    address
}

fn refusal((status, code, message, _): &(u16, &str, &str, bool)) -> String {
    let body = format!(r#"{{"__type":"{code}","message":"{message}"}}"#);
    format!(
        "HTTP/1.1 {status} No\r\ncontent-type: application/x-amz-json-1.1\r\n\
         x-amzn-requestid: 1\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

#[tokio::test]
async fn only_a_definitive_refusal_of_the_pool_drops_it() {
    let bench = bench("ana").await;
    let refusals = ANSWERED.iter().map(|row| (refusal(row), row.3));
    let broken = BROKEN.iter().map(|answer| ((*answer).to_owned(), false));
    for (answer, dropped) in refusals.chain(broken) {
        let mut profile = bench.profile.clone();
        profile.endpoints.url = Some(server(answer.clone()).await.parse().unwrap());
        let kept = KeptSignIn {
            refresh_token: secret("a-token"),
            username: "ana".to_owned(),
            device_key: None,
        };
        let vault = &bench.deps.vault;
        vault.keep_sign_in(&profile, &kept).await.unwrap();
        let renewed =
            poolkey::ops::session::renew(&bench.deps, &profile, &crate::support::Quiet).await;
        let problem = renewed.unwrap_err();
        let is_gone = vault.sign_in(&profile).await.unwrap().is_none();
        assert_eq!(is_gone, dropped, "{answer:?}: {problem:?}");
        assert_eq!(
            problem.kind == ProblemKind::SignInNeeded,
            dropped,
            "{answer:?}: {problem:?}"
        );
        assert!(!problem.sentence.is_empty() && !problem.sentence.contains("<html>"));
    }
}

/// The old token is worth nothing any more, however useless the rest of the answer is.
#[tokio::test]
async fn a_rotated_token_is_kept_where_other_tokens_are_missing() {
    let bench = bench("ana").await;
    for others in ["", r#","IdToken":"a.b.c""#, r#","AccessToken":"a.b.c""#] {
        let body = format!(r#"{{"AuthenticationResult":{{"RefreshToken":"rotated"{others}}}}}"#);
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\n\
             connection: close\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut profile = bench.profile.clone();
        profile.endpoints.url = Some(server(answer).await.parse().unwrap());
        let kept = KeptSignIn {
            refresh_token: secret("a-token"),
            username: "ana".to_owned(),
            device_key: None,
        };
        let vault = &bench.deps.vault;
        vault.keep_sign_in(&profile, &kept).await.unwrap();
        let renewed = poolkey::ops::session::renew(&bench.deps, &profile, &crate::support::Quiet);
        assert_eq!(renewed.await.unwrap_err().kind, ProblemKind::Unexpected);
        let now = vault.sign_in(&profile).await.unwrap().unwrap();
        assert!(now.refresh_token.is_same(&secret("rotated")), "{others}");
    }
}
