//! `CUSTOM_AUTH`: the scripted questions, with and without a password before them.

use super::walk::{Walk, ephemeral, expires};
use super::*;

const WRONG_PASSWORD: &str = "NotAuthorizedException: Incorrect username or password.";

fn begin(running: &'static Running, username: &str) -> Walk<'static> {
    let parameters = json!({ "USERNAME": username });
    Walk::begin(running, "public", "CUSTOM_AUTH", parameters).unwrap()
}

fn answer(text: &str) -> Value {
    json!({ "ANSWER": text })
}

#[tokio::test(flavor = "multi_thread")]
async fn two_questions_lead_to_tokens() {
    let running = leaked_sandbox().await;
    let first = begin(running, "otto@example.com");
    assert_eq!(first.challenge(), "CUSTOM_CHALLENGE");
    assert_eq!(first.parameter("USERNAME"), "otto");
    assert_eq!(first.parameter("question"), "What is six times seven?");
    assert_eq!(first.parameter("hint"), "Two digits");
    let empty = first.respond(&answer("")).unwrap_err();
    assert_eq!(
        empty,
        "InvalidParameterException: Missing required parameter ANSWER"
    );
    let second = first.clone().go(&answer("42"));
    assert_eq!(
        second.parameter("question"),
        "Say <b>friend</b>\u{7} and enter"
    );
    let once =
        "NotAuthorizedException: Invalid session for the user, session can only be used once.";
    assert_eq!(first.respond(&answer("42")).unwrap_err(), once);
    second.go(&answer("mellon")).tokens();

    expires(&begin(running, "otto"), &answer("42"));
    // The script has the last word: no second factor without a password.
    let tom = begin(running, "tom").go(&answer("42"));
    tom.go(&answer("mellon")).tokens();
    assert!(running.set_flows("public", &[Flow::Srp]));
    let off = Walk::begin(
        running,
        "public",
        "CUSTOM_AUTH",
        json!({ "USERNAME": "otto" }),
    );
    assert_eq!(
        off.err().unwrap(),
        "InvalidParameterException: CUSTOM_AUTH is not enabled for the client."
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_third_wrong_answer_ends_the_sign_in() {
    let running = leaked_sandbox().await;
    let mut walk = begin(running, "otto").go(&answer("41"));
    assert_eq!(walk.parameter("question"), "What is six times seven?");
    walk = walk.go(&answer("42")).go(&answer("42"));
    assert_eq!(walk.parameter("hint"), "In Elvish");
    assert_eq!(walk.respond(&answer("friend")).unwrap_err(), WRONG_PASSWORD);
    let once =
        "NotAuthorizedException: Invalid session for the user, session can only be used once.";
    assert_eq!(walk.respond(&answer("mellon")).unwrap_err(), once);

    let nobody = begin(running, "nobody").go(&answer("42")).go(&answer("42"));
    assert_eq!(nobody.respond(&answer("42")).unwrap_err(), WRONG_PASSWORD);

    let walk = begin(running, "otto");
    let failed = walk.respond(&answer("boom")).unwrap_err();
    assert!(
        failed.starts_with("UserLambdaValidationException: DefineAuthChallenge failed with error "),
        "{failed}"
    );
    walk.go(&answer("42")).go(&answer("mellon")).tokens();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_can_come_first() {
    let running = leaked_sandbox().await;
    let secret = ephemeral();
    let begin = |username: &str| {
        let parameters = json!({
            "USERNAME": username, "CHALLENGE_NAME": "SRP_A", "SRP_A": secret.srp_a(),
        });
        let walk = Walk::begin(running, "public", "CUSTOM_AUTH", parameters).unwrap();
        assert_eq!(walk.challenge(), "PASSWORD_VERIFIER");
        assert!(walk.answer["Session"].is_string());
        walk
    };
    let claim = |walk: &Walk<'_>, password: &str| {
        walk.claim(&secret, "Poolkey01", &walk.username, password)
    };
    let walk = begin("otto");
    assert_eq!(
        walk.respond(&claim(&walk, "wrong")).unwrap_err(),
        WRONG_PASSWORD
    );

    let walk = begin("otto");
    let responses = claim(&walk, password(running, "otto"));
    let mut without = walk.clone();
    without.answer.as_object_mut().unwrap().remove("Session");
    assert_eq!(
        without.respond(&responses).unwrap_err(),
        "InvalidParameterException: Missing required parameter Session"
    );
    let asked = walk.go(&responses);
    assert_eq!(asked.challenge(), "CUSTOM_CHALLENGE");
    asked.go(&answer("42")).go(&answer("mellon")).tokens();

    let walk = begin("sam");
    let responses = claim(&walk, password(running, "sam"));
    let asked = walk.go(&responses).go(&answer("42")).go(&answer("mellon"));
    assert_eq!(asked.challenge(), "SMS_MFA");
    let code = asked.code();
    asked.go(&json!({ "SMS_MFA_CODE": code })).tokens();
}
