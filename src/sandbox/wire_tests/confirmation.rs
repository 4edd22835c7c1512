//! Accounts that wait to be confirmed.

use super::*;

const EXPIRED: &str = "ExpiredCodeException: Invalid code provided, please request a code again.";
const MISMATCH: &str =
    "CodeMismatchException: Invalid verification code provided, please try again.";
const LIMIT: &str = "LimitExceededException: Attempt limit exceeded, please try after some time.";

fn resend(running: &Running, typed: &str) -> Result<Value, String> {
    let client = client_id(running, "public");
    let input = json!({ "ClientId": client, "Username": typed });
    ask(running, IDP, "ResendConfirmationCode", input)
}

fn confirm(running: &Running, typed: &str, code: &str) -> Result<Value, String> {
    let client = client_id(running, "public");
    let input = json!({ "ClientId": client, "Username": typed, "ConfirmationCode": code });
    ask(running, IDP, "ConfirmSignUp", input)
}

fn refused<T>(text: &str) -> Result<T, String> {
    Err(text.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_confirms_and_the_user_may_sign_in() {
    let running = sandbox().await;
    let begin = || SrpSignIn::begin(&running, "public", "uma").map(|_| ());
    assert_eq!(
        begin(),
        refused("UserNotConfirmedException: User is not confirmed.")
    );
    assert_eq!(confirm(&running, "uma", "123456"), refused(EXPIRED));
    let sent = resend(&running, "uma@example.com").unwrap();
    assert_eq!(sent["CodeDeliveryDetails"]["Destination"], "u***@e***");
    let code = running.last_code("uma").unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(confirm(&running, "uma", wrong), refused(MISMATCH));
    assert!(begin().is_err());
    assert_eq!(confirm(&running, "uma", &code), Ok(json!({})));
    assert_eq!(begin(), Ok(()));
    assert_eq!(
        confirm(&running, "uma", &code),
        refused("NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED")
    );
    assert_eq!(
        resend(&running, "uma"),
        refused("InvalidParameterException: User is already confirmed.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_for_another_purpose_confirms_nothing() {
    let running = sandbox().await;
    let client = client_id(&running, "public");
    let input = json!({ "ClientId": client, "Username": "ana" });
    ask(&running, IDP, "ForgotPassword", input).unwrap();
    let code = running.last_code("ana").unwrap();
    assert!(running.set_status("ana", Status::Unconfirmed));
    assert_eq!(confirm(&running, "ana", &code), refused(EXPIRED));
}

#[tokio::test(flavor = "multi_thread")]
async fn five_requests_and_five_tries_in_a_quarter_of_an_hour() {
    let running = sandbox().await;
    for _ in 0..5 {
        assert!(resend(&running, "uma").is_ok());
    }
    assert_eq!(resend(&running, "uma"), refused(LIMIT));
    let code = running.last_code("uma").unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(confirm(&running, "uma", wrong), refused(MISMATCH));
    }
    assert_eq!(confirm(&running, "uma", &code), refused(LIMIT));
    running.clock().advance(SignedDuration::from_mins(15));
    assert_eq!(confirm(&running, "uma", &code), Ok(json!({})));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_answered_like_somebody() {
    let running = sandbox().await;
    assert_eq!(confirm(&running, "vera", "123456"), refused(EXPIRED));
    let sent = resend(&running, "vera").unwrap();
    assert_eq!(sent["CodeDeliveryDetails"]["Destination"], "v***@e***");
    assert_eq!(confirm(&running, "vera", "123456"), refused(MISMATCH));

    assert!(running.set_enabled("uma", false));
    assert!(resend(&running, "uma").is_ok());
    assert_eq!(running.last_code("uma"), None);
    let disabled = "NotAuthorizedException: User is disabled.";
    assert_eq!(confirm(&running, "uma", "123456"), refused(disabled));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_status_is_named_and_the_hash_is_asked_for() {
    let running = sandbox().await;
    for (username, status) in [
        ("nina", "FORCE_CHANGE_PASSWORD"),
        ("rita", "RESET_REQUIRED"),
    ] {
        let text =
            format!("NotAuthorizedException: User cannot be confirmed. Current status is {status}");
        assert_eq!(confirm(&running, username, "123456"), Err(text));
    }
    let id = client_id(&running, "confidential");
    let input = json!({ "ClientId": id, "Username": "uma", "ConfirmationCode": "123456" });
    for operation in ["ResendConfirmationCode", "ConfirmSignUp"] {
        assert_eq!(
            ask(&running, IDP, operation, input.clone()),
            Err(format!(
                "NotAuthorizedException: Client {id} is configured with secret but SECRET_HASH was not received"
            ))
        );
        let missing = ask(
            &running,
            IDP,
            operation,
            json!({ "ClientId": id, "ConfirmationCode": "1" }),
        );
        let missing = missing.unwrap_err();
        assert!(missing.contains("Value null at 'username'"), "{missing}");
    }
}
