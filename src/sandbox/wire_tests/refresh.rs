//! Refresh, rotation, revocation and what an access token still opens.

use super::*;

fn who(running: &Running, token: &Value) -> Result<Value, String> {
    ask(running, IDP, "GetUser", json!({ "AccessToken": token }))
}

fn refused(message: &str) -> Result<Value, String> {
    Err(format!("NotAuthorizedException: {message}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn rotation_returns_a_new_token_and_ends_the_old_one() {
    let running = sandbox().await;
    let first = sign_in_ana(&running);
    let plain = refresh(&running, &first["RefreshToken"]).unwrap();
    assert!(plain["AuthenticationResult"].get("RefreshToken").is_none());

    assert!(running.set_rotation("public", Some(Duration::from_secs(10))));
    let rotated = refresh(&running, &first["RefreshToken"]).unwrap();
    let newest = &rotated["AuthenticationResult"]["RefreshToken"];
    let old_flow = ask(
        &running,
        IDP,
        "InitiateAuth",
        json!({
            "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": client_id(&running, "public"),
            "AuthParameters": { "REFRESH_TOKEN": newest },
        }),
    );
    assert!(
        old_flow
            .unwrap_err()
            .starts_with("InvalidParameterException")
    );
    running.clock().advance(SignedDuration::from_secs(10));
    let reused = refresh(&running, &first["RefreshToken"]).unwrap_err();
    assert!(reused.starts_with("RefreshTokenReuseException"), "{reused}");
    assert!(refresh(&running, newest).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn revoked_and_signed_out_tokens_are_refused() {
    let running = sandbox().await;
    let client = client_id(&running, "public");
    let revoke = |token: &Value| {
        ask(
            &running,
            IDP,
            "RevokeToken",
            json!({ "Token": token, "ClientId": client }),
        )
    };
    let first = sign_in_ana(&running);
    let wrong_kind = revoke(&first["AccessToken"]).unwrap_err();
    assert!(
        wrong_kind.starts_with("UnsupportedTokenTypeException"),
        "{wrong_kind}"
    );
    assert_eq!(revoke(&json!("never handed out")), Ok(json!({})));
    assert_eq!(revoke(&first["RefreshToken"]), Ok(json!({})));
    let revoked = refused("Refresh Token has been revoked");
    assert_eq!(refresh(&running, &first["RefreshToken"]), revoked);
    assert_eq!(
        who(&running, &first["AccessToken"]),
        refused("Access Token has been revoked")
    );

    let (second, third) = (sign_in_ana(&running), sign_in_ana(&running));
    assert_eq!(
        who(&running, &second["IdToken"]),
        refused("Invalid Access Token")
    );
    let everywhere = json!({ "AccessToken": second["AccessToken"] });
    assert_eq!(
        ask(&running, IDP, "GlobalSignOut", everywhere),
        Ok(json!({}))
    );
    assert_eq!(refresh(&running, &third["RefreshToken"]), revoked);
    assert!(identity_of(&running, &third["IdToken"]).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_end_with_their_time_and_their_user() {
    let running = sandbox().await;
    let tokens = sign_in_ana(&running);
    running.clock().advance(SignedDuration::from_hours(1));
    assert_eq!(
        who(&running, &tokens["AccessToken"]),
        refused("Access Token has expired")
    );
    assert!(refresh(&running, &tokens["RefreshToken"]).is_ok());
    running.clock().advance(SignedDuration::from_hours(24 * 30));
    let late = refresh(&running, &tokens["RefreshToken"]);
    assert_eq!(late, refused("Refresh Token has expired"));

    let tokens = sign_in_ana(&running);
    assert!(running.set_enabled("ana", false));
    assert_eq!(
        refresh(&running, &tokens["RefreshToken"]),
        refused("User is disabled.")
    );
    running.delete_user("ana");
    let deleted = "The user has been deleted for the associated refresh token";
    assert_eq!(refresh(&running, &tokens["RefreshToken"]), refused(deleted));
}
