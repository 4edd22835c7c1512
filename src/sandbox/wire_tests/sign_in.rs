//! Signing in: SRP and its traps, secret hashes, the second factor, the password flow.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn wrong_late_repeated_and_unknown_are_one_message() {
    let running = sandbox().await;
    let wrong = Err("NotAuthorizedException: Incorrect username or password.".to_owned());
    let begin = |typed: &str| SrpSignIn::begin(&running, "public", typed).unwrap();
    let right = password(&running, "ana");

    assert_eq!(begin("ana").finish("wrong"), wrong);
    assert_eq!(begin("nobody").finish("wrong"), wrong);
    assert_eq!(begin("nobody").text("SALT"), begin("nobody").text("SALT"));

    let once = begin("ana");
    assert!(once.finish(right).is_ok());
    assert_eq!(once.finish(right), wrong);

    let late = begin("ana");
    running.clock().advance(SignedDuration::from_secs(61));
    assert_eq!(late.finish(right), wrong);

    let skewed = begin("ana");
    let behind = running.clock().now() - SignedDuration::from_mins(6);
    assert_eq!(
        skewed.respond(skewed.responses(right, &timestamp(behind))),
        wrong
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timestamp_is_signed_canonically() {
    let running = sandbox().await;
    running.clock().advance(SignedDuration::from_hours(24 * 13));
    let right = password(&running, "ana");
    let canonical = timestamp(running.clock().now());
    assert!(canonical.starts_with("Tue Dec 1 "), "{canonical}");
    let padded = canonical.replacen("Dec 1 ", "Dec 01 ", 1);

    let begin = || SrpSignIn::begin(&running, "public", "ana").unwrap();
    let signed_padded = begin();
    let refusal = signed_padded
        .respond(signed_padded.responses(right, &padded))
        .unwrap_err();
    assert_eq!(
        refusal,
        "NotAuthorizedException: Incorrect username or password."
    );

    let sent_padded = begin();
    let mut responses = sent_padded.responses(right, &canonical);
    responses["TIMESTAMP"] = padded.into();
    assert!(sent_padded.respond(responses).is_ok());

    let mut responses = begin().responses(right, "heute");
    let refusal = begin().respond(responses.clone()).unwrap_err();
    assert_eq!(
        refusal,
        "InvalidParameterException: TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english."
    );
    responses.as_object_mut().unwrap().remove("TIMESTAMP");
    let refusal = begin().respond(responses).unwrap_err();
    assert_eq!(
        refusal,
        "InvalidParameterException: Missing required parameter TIMESTAMP"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alias_with_a_secret_needs_two_hashes() {
    let running = sandbox().await;
    let sign_in = SrpSignIn::begin(&running, "confidential", "ana@example.com").unwrap();
    assert_eq!(
        (sign_in.text("USERNAME"), sign_in.text("USER_ID_FOR_SRP")),
        ("ana", "ana")
    );
    let mut responses =
        sign_in.responses(password(&running, "ana"), &timestamp(running.clock().now()));
    with_hash(&running, "confidential", "ana@example.com", &mut responses);
    let id = client_id(&running, "confidential");
    let refusal = sign_in.respond(responses.clone()).unwrap_err();
    assert_eq!(
        refusal,
        format!("NotAuthorizedException: Unable to verify secret hash for client {id}")
    );
    with_hash(&running, "confidential", "ana", &mut responses);
    let tokens = sign_in.respond(responses).unwrap();

    let refresh = |over: &str| {
        let mut parameters =
            json!({ "REFRESH_TOKEN": tokens["AuthenticationResult"]["RefreshToken"] });
        with_hash(&running, "confidential", over, &mut parameters);
        ask(
            &running,
            IDP,
            "InitiateAuth",
            json!({
                "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": id, "AuthParameters": parameters,
            }),
        )
    };
    assert!(refresh("ana@example.com").is_err());
    assert!(
        refresh("ana").unwrap()["AuthenticationResult"]
            .get("RefreshToken")
            .is_none()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn tom_needs_a_code() {
    let running = sandbox().await;
    let begun = SrpSignIn::begin(&running, "public", "tom").unwrap();
    let challenge = begun.finish(password(&running, "tom")).unwrap();
    assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    let respond = |code: &str| {
        ask(
            &running,
            IDP,
            "RespondToAuthChallenge",
            json!({
                "ChallengeName": "SOFTWARE_TOKEN_MFA", "ClientId": begun.client, "Session": challenge["Session"],
                "ChallengeResponses": { "USERNAME": "tom", "SOFTWARE_TOKEN_MFA_CODE": code },
            }),
        )
    };
    let secret = Secret::new(
        running.description().users[1]
            .totp_secret
            .unwrap()
            .to_owned(),
    );
    let code = code_at(&secret, running.clock().now()).unwrap();
    let wrong = if code.expose() == "000000" {
        "000001"
    } else {
        "000000"
    };
    assert_eq!(
        respond(wrong).unwrap_err(),
        "CodeMismatchException: Invalid code received for user"
    );
    assert!(respond(code.expose()).unwrap()["AuthenticationResult"]["IdToken"].is_string());
    assert_eq!(
        respond(code.expose()).unwrap_err(),
        "NotAuthorizedException: Invalid session for the user, session can only be used once."
    );

    let challenge = SrpSignIn::begin(&running, "public", "tom")
        .unwrap()
        .finish(password(&running, "tom"))
        .unwrap();
    running.clock().advance(SignedDuration::from_mins(3));
    let refusal = ask(
        &running,
        IDP,
        "RespondToAuthChallenge",
        json!({
            "ChallengeName": "SOFTWARE_TOKEN_MFA", "ClientId": begun.client, "Session": challenge["Session"],
            "ChallengeResponses": { "USERNAME": "tom", "SOFTWARE_TOKEN_MFA_CODE": "123456" },
        }),
    );
    assert_eq!(
        refusal.unwrap_err(),
        "NotAuthorizedException: Invalid session for the user, session is expired."
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn password_flow_lock_out_and_flows_that_are_off() {
    let running = sandbox().await;
    let client = client_id(&running, "public");
    let sign_in = |password: &str| {
        ask(
            &running,
            IDP,
            "InitiateAuth",
            json!({
                "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": client,
                "AuthParameters": { "USERNAME": "ana", "PASSWORD": password },
            }),
        )
    };
    let right = password(&running, "ana");
    assert!(sign_in(right).is_ok());
    for _ in 0..5 {
        assert_eq!(
            sign_in("wrong").unwrap_err(),
            "NotAuthorizedException: Incorrect username or password."
        );
    }
    assert_eq!(
        sign_in(right).unwrap_err(),
        "NotAuthorizedException: Password attempts exceeded"
    );
    running.clock().advance(SignedDuration::from_secs(1));
    assert!(sign_in(right).is_ok());
    assert!(running.set_enabled("ana", false));
    assert_eq!(
        sign_in("wrong").unwrap_err(),
        "NotAuthorizedException: User is disabled."
    );
    assert!(running.set_flows("public", &[Flow::Srp]));
    assert_eq!(
        sign_in(right).unwrap_err(),
        "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_named_in_the_order_of_the_service() {
    let running = sandbox().await;
    let client = client_id(&running, "public");
    let respond = |responses: Value| {
        let input = json!({
            "ChallengeName": "PASSWORD_VERIFIER", "ClientId": client, "ChallengeResponses": responses,
        });
        ask(&running, IDP, "RespondToAuthChallenge", input).unwrap_err()
    };
    let mut responses = json!({});
    for name in [
        "challenge responses.",
        "USERNAME",
        "TIMESTAMP",
        "PASSWORD_CLAIM_SIGNATURE",
        "PASSWORD_CLAIM_SECRET_BLOCK",
    ] {
        let message = format!("InvalidParameterException: Missing required parameter {name}");
        if name != "challenge responses." {
            responses["OTHER"] = "x".into();
        }
        assert_eq!(respond(responses.clone()), message);
        responses[name] = "~".into();
    }
    let message = "Invalid PASSWORD_CLAIM_SIGNATURE format. Must be a Base64 string.";
    assert_eq!(
        respond(responses),
        format!("InvalidParameterException: {message}")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_start_is_refused_before_any_password() {
    let running = sandbox().await;
    let start = |client: &str, parameters: Value| {
        let input = json!({
            "AuthFlow": "USER_SRP_AUTH", "ClientId": client, "AuthParameters": parameters,
        });
        ask(&running, IDP, "InitiateAuth", input).unwrap_err()
    };
    let client = client_id(&running, "public");
    let refusal = start("nobodys", json!({ "USERNAME": "ana", "SRP_A": "2" }));
    assert_eq!(
        refusal,
        "ResourceNotFoundException: User pool client nobodys does not exist."
    );
    let refusal = start(client, json!({ "USERNAME": "ana" }));
    assert_eq!(
        refusal,
        "InvalidParameterException: Missing required parameter SRP_A"
    );
    let refusal = start(client, json!({ "USERNAME": "ana", "SRP_A": "xyz" }));
    assert!(
        refusal.contains("Value 'xyz' at 'sRPA' failed to satisfy"),
        "{refusal}"
    );
    assert!(running.set_status("ana", Status::Unconfirmed));
    let refusal = start(client, json!({ "USERNAME": "ana", "SRP_A": "2" }));
    assert_eq!(refusal, "UserNotConfirmedException: User is not confirmed.");
}
