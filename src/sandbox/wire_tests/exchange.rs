//! From an ID token to credentials, and from credentials to their caller's identity.

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

    let caller = caller_identity(
        &running,
        &vended["Credentials"],
        &vended["Credentials"]["SecretKey"],
    );
    assert_eq!(caller.status, 200);
    assert!(caller.body.contains(
        "<Arn>arn:aws:sts::123456789012:assumed-role/poolkey-sandbox-developers/CognitoIdentityCredentials</Arn>"
    ), "{}", caller.body);
    assert_eq!(
        (running.calls("GetId"), running.calls("GetCallerIdentity")),
        (2, 1)
    );
    running.shutdown().await;
}

/// `GetCallerIdentity`, signed by hand.
fn caller_identity(running: &Running, credentials: &Value, secret: &Value) -> Answered {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let body = "Action=GetCallerIdentity&Version=2011-06-15";
    let now = running.clock().now();
    let (time, day) = (
        now.strftime("%Y%m%dT%H%M%SZ").to_string(),
        now.strftime("%Y%m%d").to_string(),
    );
    let (token, port) = (text(&credentials["SessionToken"]), port(running));
    let sha =
        |text: &str| HEXLOWER.encode(digest::digest(&digest::SHA256, text.as_bytes()).as_ref());
    let names = "host;x-amz-date;x-amz-security-token";
    let canonical = format!(
        "POST\n/\n\nhost:127.0.0.1:{port}\nx-amz-date:{time}\nx-amz-security-token:{token}\n\n{names}\n{}",
        sha(body)
    );
    let scope = format!("{day}/us-east-1/sts/aws4_request");
    let mut key = hmac_sha256(format!("AWS4{}", text(secret)).as_bytes(), day.as_bytes());
    for part in ["us-east-1", "sts", "aws4_request"] {
        key = hmac_sha256(&key, part.as_bytes());
    }
    let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", sha(&canonical));
    let signature = HEXLOWER.encode(&hmac_sha256(&key, to_sign.as_bytes()));
    let headers = format!(
        "x-amz-date: {time}\r\nx-amz-security-token: {token}\r\nauthorization: AWS4-HMAC-SHA256 \
         Credential={}/{scope}, SignedHeaders={names}, Signature={signature}\r\n",
        text(&credentials["AccessKeyId"])
    );
    post(running, &headers, body).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn sts_refuses_what_was_not_signed_with_vended_keys() {
    let running = sandbox().await;
    let id_token = &sign_in_ana(&running)["IdToken"];
    let identity = identity_of(&running, id_token).unwrap();
    let vended = credentials_of(&running, &identity["IdentityId"], id_token).unwrap();
    let mut credentials = vended["Credentials"].clone();

    let refused = |credentials: &Value, secret: &Value, code: &str| {
        let answer = caller_identity(&running, credentials, secret);
        assert_eq!(answer.status, 403);
        assert!(
            answer.body.contains(&format!("<Code>{code}</Code>")),
            "{}",
            answer.body
        );
    };
    refused(&credentials, &json!("tampered"), "SignatureDoesNotMatch");
    let secret = credentials["SecretKey"].clone();
    credentials["SessionToken"] = json!("another");
    refused(&credentials, &secret, "InvalidClientTokenId");
    running.clock().advance(SignedDuration::from_secs(3_600));
    refused(&vended["Credentials"], &secret, "ExpiredToken");
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
