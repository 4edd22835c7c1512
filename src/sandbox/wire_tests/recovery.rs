//! A forgotten password: the code, the new password, and whoever cannot have one.

use super::*;

const NEW: &str = "Another-Sunrise-43!";
const MISMATCH: &str =
    "CodeMismatchException: Invalid verification code provided, please try again.";
const EXPIRED: &str = "ExpiredCodeException: Invalid code provided, please request a code again.";
const LIMIT: &str = "LimitExceededException: Attempt limit exceeded, please try after some time.";
const WRONG: &str = "NotAuthorizedException: Incorrect username or password.";

fn forgot(running: &Running, typed: &str) -> Result<Value, String> {
    let client = client_id(running, "public");
    let input = json!({ "ClientId": client, "Username": typed });
    ask(running, IDP, "ForgotPassword", input)
}

fn confirm(running: &Running, typed: &str, code: &str, password: &str) -> Result<Value, String> {
    let client = client_id(running, "public");
    let input = json!({
        "ClientId": client, "Username": typed, "ConfirmationCode": code, "Password": password,
    });
    ask(running, IDP, "ConfirmForgotPassword", input)
}

fn sign_in(running: &Running, typed: &str, password: &str) -> Result<Value, String> {
    SrpSignIn::begin(running, "public", typed)?.finish(password)
}

fn refused<T>(text: &str) -> Result<T, String> {
    Err(text.to_owned())
}

/// A code of six digits that is not the right one.
fn other_than(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_leads_to_a_new_password() {
    let running = sandbox().await;
    let tokens = sign_in_ana(&running);
    let sent = forgot(&running, "ana@example.com").unwrap();
    assert_eq!(
        sent,
        json!({ "CodeDeliveryDetails": {
            "Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email",
        } })
    );
    let code = running.last_code("ana").unwrap();
    assert_eq!(code.len(), 6);
    let wrong = other_than(&code);
    assert_eq!(confirm(&running, "ana", wrong, NEW), refused(MISMATCH));
    let old = password(&running, "ana");
    assert!(sign_in(&running, "ana", old).is_ok());

    assert_eq!(confirm(&running, "ana", &code, NEW), Ok(json!({})));
    assert_eq!(sign_in(&running, "ana", old), refused(WRONG));
    assert!(sign_in(&running, "ana", NEW).is_ok());
    assert!(refresh(&running, &tokens["RefreshToken"]).is_ok());
    assert_eq!(confirm(&running, "ana", &code, NEW), refused(EXPIRED));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_weak_password_does_not_cost_the_code() {
    let running = sandbox().await;
    forgot(&running, "ana").unwrap();
    let code = running.last_code("ana").unwrap();
    let weak = confirm(&running, "ana", &code, "another-sunrise-43!");
    assert_eq!(
        weak,
        refused(
            "InvalidPasswordException: Password does not conform to policy: \
             Password must have uppercase characters"
        )
    );
    let spaced = confirm(&running, "ana", &code, "Another-Sunrise-43! ");
    assert_eq!(
        spaced,
        refused(
            "InvalidParameterException: 1 validation error detected: Value at 'password' failed to \
             satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$"
        )
    );
    assert_eq!(
        confirm(&running, "ana", "12 456", NEW),
        refused(
            "InvalidParameterException: 1 validation error detected: Value '12 456' at \
             'confirmationCode' failed to satisfy constraint: Member must satisfy regular \
             expression pattern: [\\S]+"
        )
    );
    assert_eq!(confirm(&running, "ana", &code, NEW), Ok(json!({})));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_newest_code_works_and_only_for_an_hour() {
    let running = sandbox().await;
    assert_eq!(confirm(&running, "ana", "123456", NEW), refused(EXPIRED));
    forgot(&running, "ana").unwrap();
    let first = running.last_code("ana").unwrap();
    let mut second = first.clone();
    while second == first {
        // Another attempt of the five is enough but for one in a million.
        forgot(&running, "ana").unwrap();
        second = running.last_code("ana").unwrap();
    }
    assert_eq!(confirm(&running, "ana", &first, NEW), refused(MISMATCH));
    running.clock().advance(SignedDuration::from_mins(60));
    assert_eq!(confirm(&running, "ana", &second, NEW), refused(EXPIRED));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_user_may_sign_in_again_and_a_lock_out_ends() {
    let running = sandbox().await;
    let old = password(&running, "rita");
    let reset = sign_in(&running, "rita", old).unwrap_err();
    assert!(
        reset.starts_with("PasswordResetRequiredException"),
        "{reset}"
    );
    forgot(&running, "rita").unwrap();
    let code = running.last_code("rita").unwrap();
    assert_eq!(confirm(&running, "rita", &code, NEW), Ok(json!({})));
    assert!(sign_in(&running, "rita", NEW).is_ok());

    for _ in 0..5 {
        assert_eq!(sign_in(&running, "rita", old), refused(WRONG));
    }
    let locked = refused("NotAuthorizedException: Password attempts exceeded");
    assert_eq!(sign_in(&running, "rita", NEW), locked);
    forgot(&running, "rita").unwrap();
    let code = running.last_code("rita").unwrap();
    assert_eq!(confirm(&running, "rita", &code, old), Ok(json!({})));
    assert!(sign_in(&running, "rita", old).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn some_users_have_no_password_to_forget() {
    let running = sandbox().await;
    let state = "NotAuthorizedException: User password cannot be reset in the current state.";
    assert_eq!(forgot(&running, "nina"), refused(state));
    assert_eq!(confirm(&running, "nina", "123456", NEW), refused(state));
    let nowhere = "InvalidParameterException: Cannot reset password for the user as there is no \
                   registered/verified email or phone_number";
    let address_of_nobody = NewUser::plain("bob", "Demo-Nowhere-19!", "");
    running.add_user(&address_of_nobody).unwrap();
    assert_eq!(forgot(&running, "bob"), refused(nowhere));
    assert_eq!(forgot(&running, "uma"), refused(nowhere));
    for username in ["nina", "bob", "uma"] {
        assert_eq!(running.last_code(username), None, "{username}");
    }
    let phone_only = NewUser {
        phone: Some("+15555550120"),
        ..address_of_nobody
    };
    running.add_user(&phone_only).unwrap();
    let sent = forgot(&running, "bob").unwrap();
    assert_eq!(
        sent["CodeDeliveryDetails"],
        json!({
            "Destination": "+*******0120", "DeliveryMedium": "SMS", "AttributeName": "phone_number",
        })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_answered_like_somebody() {
    let running = sandbox().await;
    assert!(running.set_enabled("otto", false));
    for (typed, masked) in [
        ("Nobody", "n***@e***"),
        ("eve@host.example", "e***@h***"),
        ("otto", "o***@e***"),
    ] {
        assert_eq!(confirm(&running, typed, "123456", NEW), refused(EXPIRED));
        let sent = forgot(&running, typed).unwrap();
        assert_eq!(sent["CodeDeliveryDetails"]["Destination"], masked);
        assert_eq!(confirm(&running, typed, "123456", NEW), refused(MISMATCH));
        for _ in 0..4 {
            assert!(forgot(&running, typed).is_ok());
        }
        assert_eq!(forgot(&running, &typed.to_lowercase()), refused(LIMIT));
        assert_eq!(running.last_code(typed), None);
    }
    let none = forgot(&running, "").unwrap_err();
    assert!(none.starts_with("InvalidParameterException"), "{none}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_code_is_wrong_once_the_user_is_disabled() {
    let running = sandbox().await;
    forgot(&running, "ana").unwrap();
    let code = running.last_code("ana").unwrap();
    assert!(running.set_enabled("ana", false));
    assert_eq!(confirm(&running, "ana", &code, NEW), refused(MISMATCH));
    assert!(running.set_enabled("ana", true));
    assert!(sign_in(&running, "ana", password(&running, "ana")).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn five_requests_and_five_tries_in_a_quarter_of_an_hour() {
    let running = sandbox().await;
    for _ in 0..5 {
        assert!(forgot(&running, "ana").is_ok());
    }
    let code = running.last_code("ana").unwrap();
    // By whatever name.
    assert_eq!(forgot(&running, "ana@example.com"), refused(LIMIT));
    assert_eq!(running.last_code("ana"), Some(code.clone()));
    assert!(forgot(&running, "tom").is_ok());

    let wrong = other_than(&code);
    for _ in 0..5 {
        assert_eq!(confirm(&running, "ana", wrong, NEW), refused(MISMATCH));
    }
    assert_eq!(confirm(&running, "ana", &code, NEW), refused(LIMIT));
    running
        .clock()
        .advance(SignedDuration::from_secs(15 * 60 - 1));
    assert_eq!(confirm(&running, "ana", &code, NEW), refused(LIMIT));
    running.clock().advance(SignedDuration::from_secs(1));
    assert_eq!(confirm(&running, "ana", &code, NEW), Ok(json!({})));
    // The right one began the count again.
    for _ in 0..5 {
        assert_eq!(confirm(&running, "ana", &code, NEW), refused(EXPIRED));
    }
    assert!(forgot(&running, "ana").is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hash_is_over_the_name_that_is_sent() {
    let running = sandbox().await;
    let id = client_id(&running, "confidential");
    let forgot = |over: Option<&str>| {
        let mut input = json!({ "ClientId": id, "Username": "ana@example.com" });
        if let Some(over) = over {
            with_hash(&running, "confidential", over, &mut input);
            input["SecretHash"] = input["SECRET_HASH"].take();
        }
        ask(&running, IDP, "ForgotPassword", input)
    };
    assert_eq!(
        forgot(None),
        Err(format!(
            "NotAuthorizedException: Client {id} is configured with secret but SECRET_HASH was not received"
        ))
    );
    let unable = format!("NotAuthorizedException: Unable to verify secret hash for client {id}");
    assert_eq!(forgot(Some("ana")), Err(unable));
    assert_eq!(running.last_code("ana"), None);
    assert!(forgot(Some("ana@example.com")).is_ok());

    let public = client_id(&running, "public");
    let hashed = json!({ "ClientId": public, "Username": "ana", "SecretHash": "x" });
    let refusal = ask(&running, IDP, "ForgotPassword", hashed).unwrap_err();
    assert_eq!(
        refusal,
        format!(
            "InvalidParameterException: App client {public} is not configured for secret but secret hash was received"
        )
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_program_reads_the_code() {
    let running = sandbox().await;
    let get = |path: &str| {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        exchange(&running, &request).unwrap()
    };
    assert_eq!(get("/sandbox/inbox/ana").json(), json!({ "code": null }));
    assert_eq!(get("/sandbox/inbox/nobody").json(), json!({ "code": null }));
    forgot(&running, "ana").unwrap();
    let answered = get("/sandbox/inbox/%61na");
    let code = running.last_code("ana").unwrap();
    assert_eq!(answered.json(), json!({ "code": code }));
    assert_eq!(answered.status, 200);
    assert!(
        !answered.head.contains("access-control"),
        "{}",
        answered.head
    );
    assert_eq!(running.calls("inbox"), 3);
}
