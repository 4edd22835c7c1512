//! `USER_AUTH`: choosing the first factor, naming it at once, and what nobody can choose.

use super::walk::{Walk, ephemeral, expires, keeps_the_rules};
use super::*;

const WRONG_PASSWORD: &str = "NotAuthorizedException: Incorrect username or password.";
const WRONG_CODE: &str = "CodeMismatchException: Invalid code received for user";
const WRONG_CHOICE: &str = "InvalidParameterException: Invalid answer for SELECT_CHALLENGE";

fn begin(running: &'static Running, parameters: Value) -> Walk<'static> {
    Walk::begin(running, "public", "USER_AUTH", parameters).unwrap()
}

fn plain(running: &'static Running, username: &str) -> Walk<'static> {
    begin(running, json!({ "USERNAME": username }))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_chosen_depends_on_the_user() {
    let running = leaked_sandbox().await;
    let passwords = json!(["PASSWORD", "PASSWORD_SRP"]);
    for (username, available) in [
        ("ana", json!(["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"])),
        ("nobody", json!(["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"])),
        (
            "otto",
            json!(["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP"]),
        ),
        ("tom", passwords.clone()),
        ("sam", passwords.clone()),
        ("mia", passwords.clone()),
        ("nina", json!(["PASSWORD_SRP", "PASSWORD"])),
    ] {
        let walk = plain(running, username);
        assert_eq!(walk.challenge(), "SELECT_CHALLENGE", "{username}");
        assert_eq!(walk.answer["AvailableChallenges"], available, "{username}");
        // What cannot be had at once is chosen.
        let parameters = json!({ "USERNAME": username, "PREFERRED_CHALLENGE": "WEB_AUTHN" });
        let walk = begin(running, parameters);
        assert_eq!(walk.challenge(), "SELECT_CHALLENGE", "{username}");
    }
    let parameters = json!({ "USERNAME": "nina", "PREFERRED_CHALLENGE": "EMAIL_OTP" });
    assert_eq!(begin(running, parameters).challenge(), "SELECT_CHALLENGE");
    let parameters = json!({ "USERNAME": "uma" });
    let unconfirmed = Walk::begin(running, "public", "USER_AUTH", parameters.clone());
    assert_eq!(
        unconfirmed.err().unwrap(),
        "UserNotConfirmedException: User is not confirmed."
    );
    assert!(running.set_flows("public", &[Flow::Srp]));
    let off = Walk::begin(running, "public", "USER_AUTH", parameters);
    assert_eq!(
        off.err().unwrap(),
        "InvalidParameterException: USER_AUTH is not enabled for the client."
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_password_is_checked() {
    let running = leaked_sandbox().await;
    let otto = password(running, "otto");
    let right = json!({ "ANSWER": "PASSWORD", "PASSWORD": otto });
    expires(&plain(running, "otto"), &right);
    let choose = || plain(running, "otto");
    let not_there = json!({ "ANSWER": "WEB_AUTHN" });
    keeps_the_rules(choose, (&not_there, WRONG_CHOICE), |_| right.clone()).tokens();
    let wrong = json!({ "ANSWER": "PASSWORD", "PASSWORD": "wrong" });
    keeps_the_rules(choose, (&wrong, WRONG_PASSWORD), |_| right.clone()).tokens();

    // The password can come later, or at once.
    let asked = || choose().go(&json!({ "ANSWER": "PASSWORD" }));
    assert_eq!(asked().challenge(), "PASSWORD");
    let (wrong, right) = (json!({ "PASSWORD": "wrong" }), json!({ "PASSWORD": otto }));
    keeps_the_rules(asked, (&wrong, WRONG_PASSWORD), |_| right.clone()).tokens();
    let at_once =
        json!({ "USERNAME": "otto", "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": otto });
    let done = begin(running, at_once);
    done.tokens();
    assert!(done.answer.get("AvailableChallenges").is_none());
    let nobody =
        plain(running, "nobody").respond(&json!({ "ANSWER": "PASSWORD", "PASSWORD": otto }));
    assert_eq!(nobody.unwrap_err(), WRONG_PASSWORD);

    // What belongs to a password follows it.
    let sam = json!({ "ANSWER": "PASSWORD", "PASSWORD": password(running, "sam") });
    assert_eq!(plain(running, "sam").go(&sam).challenge(), "SMS_MFA");
    let nina = json!({ "ANSWER": "PASSWORD", "PASSWORD": password(running, "nina") });
    assert_eq!(
        plain(running, "nina").go(&nina).challenge(),
        "NEW_PASSWORD_REQUIRED"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn srp_inside_a_choice_has_a_session() {
    let running = leaked_sandbox().await;
    let secret = ephemeral();
    let srp_a = secret.srp_a();
    let chosen = || plain(running, "otto").go(&json!({ "ANSWER": "PASSWORD_SRP", "SRP_A": srp_a }));
    let asked = || {
        let asked = plain(running, "otto").go(&json!({ "ANSWER": "PASSWORD_SRP" }));
        assert_eq!(asked.challenge(), "PASSWORD_SRP");
        asked.go(&json!({ "SRP_A": srp_a }))
    };
    let at_once = || {
        let parameters =
            json!({ "USERNAME": "otto", "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": srp_a });
        let walk = begin(running, parameters);
        assert_eq!(walk.answer["AvailableChallenges"], json!(["PASSWORD_SRP"]));
        walk
    };
    let claim =
        |walk: &Walk<'_>, password: &str| walk.claim(&secret, "Poolkey01", "otto", password);
    let right = password(running, "otto");
    let ways: [&dyn Fn() -> Walk<'static>; 3] = [&chosen, &asked, &at_once];
    for way in ways {
        let walk = way();
        assert_eq!(walk.challenge(), "PASSWORD_VERIFIER");
        let mut without = walk.clone();
        without.answer.as_object_mut().unwrap().remove("Session");
        assert_eq!(
            without.respond(&claim(&walk, right)).unwrap_err(),
            "InvalidParameterException: Missing required parameter Session"
        );
        let done = walk.clone().go(&claim(&walk, right));
        done.tokens();
        assert_eq!(
            walk.respond(&claim(&walk, right)).unwrap_err(),
            WRONG_PASSWORD
        );
        let walk = way();
        assert_eq!(
            walk.respond(&claim(&walk, "wrong")).unwrap_err(),
            WRONG_PASSWORD
        );
    }
    let nobody = plain(running, "nobody").go(&json!({ "ANSWER": "PASSWORD_SRP", "SRP_A": srp_a }));
    let refused = nobody.respond(&nobody.claim(&secret, "Poolkey01", "nobody", right));
    assert_eq!(refused.unwrap_err(), WRONG_PASSWORD);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_can_be_the_first_factor() {
    let running = leaked_sandbox().await;
    for (name, medium, destination) in [
        ("EMAIL_OTP", "EMAIL", "o***@e***"),
        ("SMS_OTP", "SMS", "+*******0118"),
    ] {
        let chosen = || plain(running, "otto").go(&json!({ "ANSWER": name }));
        let at_once = || {
            begin(
                running,
                json!({ "USERNAME": "otto", "PREFERRED_CHALLENGE": name }),
            )
        };
        assert_eq!(at_once().answer["AvailableChallenges"], json!([name]));
        let ways: [&dyn Fn() -> Walk<'static>; 2] = [&chosen, &at_once];
        for way in ways {
            let walk = way();
            assert_eq!(walk.challenge(), name);
            assert_eq!(walk.parameter("CODE_DELIVERY_DELIVERY_MEDIUM"), medium);
            assert_eq!(walk.parameter("CODE_DELIVERY_DESTINATION"), destination);
            assert_eq!(walk.code().len(), 8);
            let field = format!("{name}_CODE");
            expires(&walk, &json!({ &field: walk.code() }));
            let wrong = json!({ &field: "no code" });
            let right = |walk: &Walk<'_>| json!({ &field: walk.code() });
            keeps_the_rules(way, (&wrong, WRONG_CODE), right).tokens();
        }
    }
    let nobody = json!({ "USERNAME": "nobody", "PREFERRED_CHALLENGE": "EMAIL_OTP" });
    let nobody = begin(running, nobody);
    assert_eq!(nobody.parameter("CODE_DELIVERY_DESTINATION"), "n***@e***");
    let refused = nobody.respond(&json!({ "EMAIL_OTP_CODE": "12345678" }));
    assert_eq!(refused.unwrap_err(), WRONG_CODE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_offered_where_a_test_says_so() {
    let running = leaked_sandbox().await;
    assert!(running.set_passkey("otto", true));
    let walk = plain(running, "otto");
    let available = walk.answer["AvailableChallenges"].as_array().unwrap();
    assert_eq!(available.last().unwrap(), "WEB_AUTHN");
    let walk = walk.go(&json!({ "ANSWER": "WEB_AUTHN" }));
    assert_eq!(walk.challenge(), "WEB_AUTHN");
    let options: Value =
        serde_json::from_str(walk.parameter("CREDENTIAL_REQUEST_OPTIONS")).unwrap();
    assert!(options["challenge"].is_string() && options["rpId"].is_string());
    let refused = walk.respond(&json!({ "CREDENTIAL": "{}" }));
    assert_eq!(refused.unwrap_err(), WRONG_PASSWORD);
}
