//! The console's federation endpoint: what it takes, and what it refuses without a word of why.

use super::identities::{credentials, get_id};
use super::managed_login::web;
use super::*;

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Status and body for a session, with more parameters.
fn signin_token(running: &Running, session: &Value, more: &str) -> Answered {
    let session = encoded(&session.to_string());
    let path = format!("/federation?Action=getSigninToken&Session={session}{more}");
    web(running, "GET", &path, "", "").0
}

fn login(running: &Running, token: &str) -> Answered {
    let token = encoded(token);
    let to = encoded("https://console.aws.amazon.com/");
    let path = format!("/federation?Action=login&Destination={to}&SigninToken={token}");
    web(running, "GET", &path, "", "").0
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_become_a_session_of_the_console_for_a_while() {
    let running = sandbox().await;
    let logins = json!({ LOGIN_PROVIDER: sign_in_ana(&running)["IdToken"] });
    let id = get_id(&running, logins.clone()).unwrap();
    let vended = credentials(&running, &id, logins).unwrap();
    let keys = &vended["Credentials"];
    let session = json!({
        "sessionId": keys["AccessKeyId"],
        "sessionKey": keys["SecretKey"],
        "sessionToken": keys["SessionToken"],
    });
    let good = signin_token(&running, &session, "");
    assert_eq!(good.status, 200, "{}", good.body);
    let token = good.json()["SigninToken"].as_str().unwrap().to_owned();
    let page = login(&running, &token);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("assumed-role/poolkey-sandbox-"));
    assert_eq!(login(&running, &format!("{token}x")).status, 400);

    for (name, value) in [
        ("sessionId", "ASIAUNKNOWN"),
        ("sessionKey", "wrong"),
        ("sessionToken", "wrong"),
    ] {
        let mut wrong = session.clone();
        wrong[name] = json!(value);
        assert_eq!(signin_token(&running, &wrong, "").status, 400, "{name}");
    }
    for (seconds, status) in [("899", 400), ("900", 200), ("43200", 200), ("43201", 400)] {
        let more = format!("&SessionDuration={seconds}");
        assert_eq!(signin_token(&running, &session, &more).status, status);
    }
    assert_eq!(web(&running, "GET", "/federation", "", "").0.status, 400);

    running.clock().advance(SignedDuration::from_mins(16));
    assert_eq!(login(&running, &token).status, 400, "after 15 minutes");
    assert_eq!(signin_token(&running, &session, "").status, 200);
    running.clock().advance(SignedDuration::from_hours(1));
    assert_eq!(signin_token(&running, &session, "").status, 400, "expired");
}
