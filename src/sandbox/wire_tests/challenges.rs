//! What comes after the password: new password, delivered codes, the choice, MFA set-up.

use super::walk::{Walk, expires, keeps_the_rules};
use super::*;

const WRONG_CODE: &str = "CodeMismatchException: Invalid code received for user";

#[tokio::test(flavor = "multi_thread")]
async fn nina_needs_a_new_password_and_a_name() {
    let running = leaked_sandbox().await;
    let begin = || Walk::password(running, "nina");
    let walk = begin();
    assert_eq!(walk.challenge(), "NEW_PASSWORD_REQUIRED");
    let list: Value = serde_json::from_str(walk.parameter("requiredAttributes")).unwrap();
    assert_eq!(list, json!(["userAttributes.given_name"]));
    let given: Value = serde_json::from_str(walk.parameter("userAttributes")).unwrap();
    assert_eq!(given["email"], "nina@example.com");

    let name = "userAttributes.given_name";
    let refused = |responses: Value| walk.respond(&responses).unwrap_err();
    assert_eq!(
        refused(json!({ "NEW_PASSWORD": "New-Orchard-21!" })),
        "InvalidParameterException: Invalid attributes given, given_name is missing"
    );
    assert_eq!(
        refused(json!({
            "NEW_PASSWORD": "New-Orchard-21!", name: "Nina",
            "userAttributes.email": "nina@example.com",
        })),
        "NotAuthorizedException: Cannot modify an already provided email"
    );
    assert_eq!(
        refused(json!({ name: "Nina" })),
        "InvalidParameterException: Missing required parameter NEW_PASSWORD"
    );
    let right = json!({ "NEW_PASSWORD": "New-Orchard-21!", name: "Nina" });
    expires(&walk, &right);
    let weak = json!({ "NEW_PASSWORD": "orchard-21!", name: "Nina" });
    let policy = "InvalidPasswordException: Password does not conform to policy: \
                  Password must have uppercase characters";
    keeps_the_rules(begin, (&weak, policy), |_| right.clone()).tokens();

    let again = SrpSignIn::begin(running, "public", "nina").unwrap();
    assert!(again.finish("New-Orchard-21!").unwrap()["AuthenticationResult"].is_object());
    let old = SrpSignIn::begin(running, "public", "nina").unwrap();
    let wrong = "NotAuthorizedException: Incorrect username or password.";
    assert_eq!(old.finish(password(running, "nina")).unwrap_err(), wrong);
}

#[tokio::test(flavor = "multi_thread")]
async fn delivered_codes_are_the_second_factor() {
    let running = leaked_sandbox().await;
    for (username, challenge, medium, destination) in [
        ("sam", "SMS_MFA", "SMS", "+*******0112"),
        ("emma", "EMAIL_OTP", "EMAIL", "e***@e***"),
    ] {
        let begin = || Walk::password(running, username);
        let walk = begin();
        assert_eq!(walk.challenge(), challenge);
        assert_eq!(walk.parameter("CODE_DELIVERY_DELIVERY_MEDIUM"), medium);
        assert_eq!(walk.parameter("CODE_DELIVERY_DESTINATION"), destination);
        let field = format!("{challenge}_CODE");
        // A code counts for the challenge it was sent for, whatever the field is called.
        let other = if challenge == "SMS_MFA" {
            "EMAIL_OTP"
        } else {
            "SMS_MFA"
        };
        let fields = json!({ format!("{other}_CODE"): walk.code() });
        let foreign = "NotAuthorizedException: Invalid session for the user.";
        assert_eq!(walk.respond_to(other, &fields).unwrap_err(), foreign);
        expires(&walk, &json!({ &field: walk.code() }));
        let wrong = json!({ &field: "no code" });
        let right = |walk: &Walk<'_>| {
            assert_eq!(walk.code().len(), 6);
            json!({ &field: walk.code() })
        };
        keeps_the_rules(begin, (&wrong, WRONG_CODE), right).tokens();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cleo_chooses_her_second_factor() {
    let running = leaked_sandbox().await;
    let begin = || Walk::password(running, "cleo");
    let walk = begin();
    assert_eq!(walk.challenge(), "SELECT_MFA_TYPE");
    let list: Value = serde_json::from_str(walk.parameter("MFAS_CAN_CHOOSE")).unwrap();
    assert_eq!(list, json!(["SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"]));
    expires(&walk, &json!({ "ANSWER": "SMS_MFA" }));
    let wrong = json!({ "ANSWER": "PIGEON" });
    let message = "InvalidParameterException: Invalid answer for SELECT_MFA_TYPE";
    let chosen = keeps_the_rules(begin, (&wrong, message), |_| json!({ "ANSWER": "SMS_MFA" }));
    assert_eq!(chosen.challenge(), "SMS_MFA");

    for name in ["EMAIL_OTP", "EMAIL_MFA"] {
        let chosen = begin().go(&json!({ "ANSWER": name }));
        assert_eq!(chosen.challenge(), "EMAIL_OTP");
        let code = chosen.code();
        chosen.go(&json!({ "EMAIL_OTP_CODE": code })).tokens();
    }
    let chosen = || begin().go(&json!({ "ANSWER": "SOFTWARE_TOKEN_MFA" }));
    assert_eq!(chosen().challenge(), "SOFTWARE_TOKEN_MFA");
    let secret = "POOLKEYSANDBOXDEMOCLEOCODE34567A";
    let wrong = json!({ "SOFTWARE_TOKEN_MFA_CODE": "no code" });
    let right = |walk: &Walk<'_>| json!({ "SOFTWARE_TOKEN_MFA_CODE": walk.app_code(secret) });
    keeps_the_rules(chosen, (&wrong, WRONG_CODE), right).tokens();
}

fn associated(walk: &Walk<'_>) -> Value {
    let input = json!({ "Session": walk.answer["Session"] });
    ask(walk.running, IDP, "AssociateSoftwareToken", input).unwrap()
}

fn verified(running: &Running, session: &Value, code: &str) -> Result<Value, String> {
    let input = json!({ "Session": session, "UserCode": code });
    ask(running, IDP, "VerifySoftwareToken", input)
}

#[tokio::test(flavor = "multi_thread")]
async fn mia_sets_an_authenticator_app_up() {
    let running = leaked_sandbox().await;
    let mut walk = Walk::password(running, "mia");
    assert_eq!(walk.challenge(), "MFA_SETUP");
    assert_eq!(walk.parameter("MFAS_CAN_SETUP"), "[\"SOFTWARE_TOKEN_MFA\"]");
    let unverified = "SoftwareTokenMFANotFoundException: Software token MFA not found";
    assert_eq!(walk.respond(&json!({})).unwrap_err(), unverified);
    let no_email = walk.respond(&json!({ "EMAIL": "mia@example.com" }));
    assert!(
        no_email
            .unwrap_err()
            .starts_with("InvalidParameterException")
    );

    let first = walk.answer["Session"].clone();
    let foreign = "NotAuthorizedException: Invalid session for the user.";
    assert_eq!(verified(running, &first, "123456").unwrap_err(), foreign);
    let secret = associated(&walk);
    let once =
        "NotAuthorizedException: Invalid session for the user, session can only be used once.";
    assert_eq!(verified(running, &first, "123456").unwrap_err(), once);
    let code = walk.app_code(secret["SecretCode"].as_str().unwrap());
    assert_eq!(
        verified(running, &secret["Session"], "no code").unwrap_err(),
        "EnableSoftwareTokenMFAException: Code mismatch"
    );
    let status = verified(running, &secret["Session"], &code).unwrap();
    assert_eq!(status["Status"], "SUCCESS");
    assert_ne!(status["Session"], secret["Session"]);
    assert_eq!(
        verified(running, &secret["Session"], &code).unwrap_err(),
        once
    );
    walk.answer["Session"] = status["Session"].clone();
    let done = walk.clone().go(&json!({}));
    done.tokens();
    assert_eq!(walk.respond(&json!({})).unwrap_err(), once);

    let next = Walk::password(running, "mia");
    assert_eq!(next.challenge(), "SOFTWARE_TOKEN_MFA");
    let used = next.respond(&json!({ "SOFTWARE_TOKEN_MFA_CODE": code }));
    assert_eq!(
        used.unwrap_err(),
        "ExpiredCodeException: Your software token has already been used once."
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authenticator_app_that_is_set_up_too_late() {
    let running = leaked_sandbox().await;
    let walk = Walk::password(running, "mia");
    let secret = associated(&walk);
    expires(&Walk::password(running, "mia"), &json!({}));
    let code = walk.app_code(secret["SecretCode"].as_str().unwrap());
    let late = "NotAuthorizedException: Invalid session for the user, session is expired.";
    assert_eq!(
        verified(running, &secret["Session"], &code).unwrap_err(),
        late
    );
    assert_eq!(Walk::password(running, "mia").challenge(), "MFA_SETUP");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_can_be_set_up_instead() {
    let running = leaked_sandbox().await;
    let eva = NewUser {
        must_set_up: &[Mfa::SoftwareToken, Mfa::Email],
        ..NewUser::plain("eva", "Demo-Eva-1!", "eva@example.com")
    };
    running.add_user(&eva).unwrap();
    let parameters = json!({ "USERNAME": "eva", "PASSWORD": "Demo-Eva-1!" });
    let begin =
        || Walk::begin(running, "public", "USER_PASSWORD_AUTH", parameters.clone()).unwrap();
    let wrong = json!({ "EMAIL": "nowhere" });
    let message = "InvalidParameterException: Invalid email address format.";
    let address = json!({ "EMAIL": "eva@work.example" });
    let sent = keeps_the_rules(begin, (&wrong, message), |_| address.clone());
    assert_eq!(sent.challenge(), "EMAIL_OTP");
    assert_eq!(sent.parameter("CODE_DELIVERY_DESTINATION"), "e***@w***");
    assert_eq!(begin().challenge(), "MFA_SETUP");
    let wrong = json!({ "EMAIL_OTP_CODE": "no code" });
    let right = |walk: &Walk<'_>| json!({ "EMAIL_OTP_CODE": walk.code() });
    keeps_the_rules(|| begin().go(&address), (&wrong, WRONG_CODE), right).tokens();
    assert_eq!(begin().challenge(), "EMAIL_OTP");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_in_user_adds_and_removes_an_authenticator_app() {
    let running = leaked_sandbox().await;
    let tokens = sign_in_ana(running);
    let ana = |operation: &str, mut input: Value| {
        input["AccessToken"] = tokens["AccessToken"].clone();
        ask(running, IDP, operation, input)
    };
    let settings = |enabled: bool| json!({ "SoftwareTokenMfaSettings": { "Enabled": enabled } });
    let early = ana("SetUserMFAPreference", settings(true)).unwrap_err();
    assert_eq!(
        early,
        "InvalidParameterException: User has not verified software token mfa"
    );
    let secret = ana("AssociateSoftwareToken", json!({})).unwrap();
    assert!(secret.get("Session").is_none());
    let mut walk = Walk::password(running, "ana");
    walk.tokens();
    let code = walk.app_code(secret["SecretCode"].as_str().unwrap());
    let wrong = ana("VerifySoftwareToken", json!({ "UserCode": "no code" }));
    assert_eq!(
        wrong.unwrap_err(),
        "EnableSoftwareTokenMFAException: Code mismatch"
    );
    ana("VerifySoftwareToken", json!({ "UserCode": code })).unwrap();
    Walk::password(running, "ana").tokens();
    ana("SetUserMFAPreference", settings(true)).unwrap();
    walk = Walk::password(running, "ana");
    assert_eq!(walk.challenge(), "SOFTWARE_TOKEN_MFA");
    ana("SetUserMFAPreference", settings(false)).unwrap();
    Walk::password(running, "ana").tokens();
}
