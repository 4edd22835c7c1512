//! From an ID token to credentials, and from credentials to their caller's identity.

use super::signed::{Keys, caller_arn, sts};
use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn srp_to_credentials_and_caller_identity() {
    let running = sandbox().await;
    let tokens = sign_in_ana(&running);
    assert_eq!(
        (&tokens["ExpiresIn"], &tokens["TokenType"]),
        (&json!(3_600), &json!("Bearer"))
    );
    let user = ask(
        &running,
        IDP,
        "GetUser",
        json!({ "AccessToken": tokens["AccessToken"] }),
    )
    .unwrap();
    assert_eq!(user["Username"], "ana");

    let identity = identity_of(&running, &tokens["IdToken"]).unwrap();
    let again = identity_of(&running, &sign_in_ana(&running)["IdToken"]).unwrap();
    assert_eq!(identity, again);
    let vended = credentials_of(&running, &identity["IdentityId"], &tokens["IdToken"]).unwrap();
    assert_eq!(vended["Credentials"]["Expiration"], json!(NOW + 3_600));

    assert_eq!(
        caller_arn(&running, &Keys::of(&vended)),
        "arn:aws:sts::123456789012:assumed-role/poolkey-sandbox-developers/CognitoIdentityCredentials"
    );
    assert_eq!(
        (running.calls("GetId"), running.calls("GetCallerIdentity")),
        (2, 1)
    );
    running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sts_refuses_what_was_not_signed_with_vended_keys() {
    let running = sandbox().await;
    let id_token = &sign_in_ana(&running)["IdToken"];
    let identity = identity_of(&running, id_token).unwrap();
    let vended = credentials_of(&running, &identity["IdentityId"], id_token).unwrap();
    let refused = |keys: Keys, code: &str| {
        let answer = sts(&running, &keys, "GetCallerIdentity");
        assert_eq!(answer.status, 403);
        assert!(
            answer.body.contains(&format!("<Code>{code}</Code>")),
            "{}",
            answer.body
        );
    };
    let tampered = Keys {
        secret: "tampered".to_owned(),
        ..Keys::of(&vended)
    };
    refused(tampered, "SignatureDoesNotMatch");
    let another = Keys {
        token: Some("another".to_owned()),
        ..Keys::of(&vended)
    };
    refused(another, "InvalidClientTokenId");
    running.clock().advance(SignedDuration::from_secs(3_600));
    refused(Keys::of(&vended), "ExpiredToken");
    let unsigned = post(&running, "", "Action=GetCallerIdentity&Version=2011-06-15").unwrap();
    assert!(
        unsigned
            .body
            .contains("<Code>MissingAuthenticationToken</Code>")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_identity_pool_checks_logins() {
    let running = sandbox().await;
    let ana = sign_in_ana(&running);
    let get_id = |logins: Value| {
        ask(
            &running,
            IDENTITY,
            "GetId",
            json!({ "IdentityPoolId": IDENTITY_POOL_ID, "Logins": logins }),
        )
        .unwrap_err()
    };
    for (logins, message) in [
        (
            json!({}),
            "Unauthenticated access is not supported for this identity pool.",
        ),
        (
            json!({ "graph.facebook.com": "x" }),
            "Token is not from a supported provider of this identity pool.",
        ),
        (
            json!({ LOGIN_PROVIDER: "opaque" }),
            "Invalid login token. Not a valid OpenId Connect identity token.",
        ),
        (
            json!({ LOGIN_PROVIDER: ana["AccessToken"] }),
            "Invalid login token. Missing a required claim: aud",
        ),
    ] {
        assert_eq!(get_id(logins), format!("NotAuthorizedException: {message}"));
    }
    let other_sandbox = sandbox().await;
    let foreign = sign_in_ana(&other_sandbox);
    assert_eq!(
        get_id(json!({ LOGIN_PROVIDER: foreign["IdToken"] })),
        "NotAuthorizedException: Invalid login token. Couldn't verify signed token."
    );

    let identity = identity_of(&running, &ana["IdToken"]).unwrap()["IdentityId"].clone();
    let eve = NewUser::plain("eve", "Demo-Eve-1!", "eve@example.com");
    running.add_user(&eve).unwrap();
    let eves = SrpSignIn::begin(&running, "public", "eve")
        .unwrap()
        .finish("Demo-Eve-1!")
        .unwrap();
    let refusal = credentials_of(
        &running,
        &identity,
        &eves["AuthenticationResult"]["IdToken"],
    )
    .unwrap_err();
    assert!(
        refusal.starts_with("NotAuthorizedException: Logins don't match."),
        "{refusal}"
    );

    assert!(running.delete_identity(identity.as_str().unwrap()));
    let refusal = credentials_of(&running, &identity, &ana["IdToken"]).unwrap_err();
    assert_eq!(
        refusal,
        format!(
            "ResourceNotFoundException: Identity '{}' not found.",
            identity.as_str().unwrap()
        )
    );

    running.clock().advance(SignedDuration::from_hours(1));
    let late = NOW + 3_600;
    assert_eq!(
        identity_of(&running, &ana["IdToken"]).unwrap_err(),
        format!("NotAuthorizedException: Invalid login token. Token expired: {late} >= {late}")
    );
}
