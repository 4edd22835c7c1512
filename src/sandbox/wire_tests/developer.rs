//! Developer identities: a backend's signed request, and what its token is good for.

use super::basic_flow::{assume, claims, open_id_token};
use super::identities::{credentials, get_id};
use super::signed::{Keys, signed};
use super::*;

const COGNITO: &str = "cognito-identity.amazonaws.com";

fn backend(running: &Running) -> Keys {
    let developer = &running.description().developer;
    Keys {
        id: developer.access_key_id.to_owned(),
        secret: developer.secret_access_key.to_owned(),
        token: None,
    }
}

fn request(running: &Running, keys: &Keys, service: &str, input: Value) -> Result<Value, String> {
    let target = "x-amz-target: AWSCognitoIdentityService.GetOpenIdTokenForDeveloperIdentity\r\n";
    let answered = signed(running, keys, service, target, &input.to_string());
    let body = answered.json();
    if answered.status == 200 {
        return Ok(body);
    }
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    Err(format!("{}: {}", text("__type"), text("message")))
}

fn token(running: &Running, more: Value) -> Result<(String, String), String> {
    let mut input = json!({
        "IdentityPoolId": OPEN_IDENTITY_POOL_ID, "Logins": { DEVELOPER_PROVIDER: "user-7" },
    });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    let answer = request(running, &backend(running), "cognito-identity", input)?;
    let text = |name: &str| answer[name].as_str().unwrap().to_owned();
    Ok((text("IdentityId"), text("Token")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backends_token_leads_to_credentials_by_both_flows() {
    let running = sandbox().await;
    let (id, given) = token(&running, json!({})).unwrap();
    let said = claims(&given);
    let full = format!("{DEVELOPER_PROVIDER}:{OPEN_IDENTITY_POOL_ID}:user-7");
    assert_eq!(
        said["amr"],
        json!(["authenticated", DEVELOPER_PROVIDER, full])
    );
    assert_eq!(said["exp"], NOW + 900);
    assert_eq!(
        token(&running, json!({ "TokenDuration": 60 })).unwrap().0,
        id
    );
    assert_eq!(assume(&running, &given, &[]).status, 200);

    let logins = json!({ COGNITO: given });
    let vended = credentials(&running, &id, logins.clone()).unwrap();
    assert_eq!(vended["IdentityId"], id);
    let basic = open_id_token(&running, &id, logins.clone()).unwrap();
    assert_eq!(claims(&basic)["amr"][1], DEVELOPER_PROVIDER);
    let other = get_id(
        &running,
        json!({ "accounts.google.com": running.provider_token("accounts.google.com", "ana") }),
    )
    .unwrap();
    let refused = credentials(&running, &other, logins.clone()).unwrap_err();
    assert!(refused.contains("Logins don't match."), "{refused}");

    let guest = get_id(&running, json!({})).unwrap();
    let guests = open_id_token(&running, &guest, json!({})).unwrap();
    assert_eq!(
        credentials(&running, &guest, json!({ COGNITO: guests })).unwrap_err(),
        "NotAuthorizedException: Invalid login token. Not a Cognito token."
    );
    running.clock().advance(SignedDuration::from_mins(15));
    let refused = credentials(&running, &id, logins).unwrap_err();
    assert!(
        refused.contains("Invalid login token. Token expired"),
        "{refused}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backend_vouches_for_its_users() {
    let running = sandbox().await;
    let guest = get_id(&running, json!({})).unwrap();
    let (id, _) = token(&running, json!({ "IdentityId": guest })).unwrap();
    assert_eq!(id, guest);
    let second = get_id(&running, json!({})).unwrap();
    assert_eq!(
        token(&running, json!({ "IdentityId": second })).unwrap_err(),
        "ResourceConflictException: Login already linked to another identity."
    );
    let facebook = "graph.facebook.com";
    let login = running.provider_token(facebook, "ana");
    let both = json!({ DEVELOPER_PROVIDER: "user-7", facebook: login });
    assert_eq!(token(&running, json!({ "Logins": both })).unwrap().0, id);
    assert_eq!(get_id(&running, json!({ facebook: login })).unwrap(), id);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_backend_itself_may_ask_and_only_sensibly() {
    let running = sandbox().await;
    let good = || json!({ "IdentityPoolId": OPEN_IDENTITY_POOL_ID, "Logins": { DEVELOPER_PROVIDER: "user-7" } });
    let refused =
        |keys: &Keys, service: &str| request(&running, keys, service, good()).unwrap_err();
    let wrong = Keys {
        secret: "tampered".to_owned(),
        ..backend(&running)
    };
    assert!(refused(&wrong, "cognito-identity").starts_with("InvalidSignatureException: "));
    assert!(refused(&backend(&running), "sts").starts_with("InvalidSignatureException: "));
    let nobody = Keys {
        id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        ..backend(&running)
    };
    assert!(refused(&nobody, "cognito-identity").starts_with("UnrecognizedClientException: "));
    let unsigned = ask(
        &running,
        IDENTITY,
        "GetOpenIdTokenForDeveloperIdentity",
        good(),
    );
    assert!(
        unsigned
            .unwrap_err()
            .starts_with("MissingAuthenticationTokenException: ")
    );

    for more in [
        json!({ "TokenDuration": 86_401 }),
        json!({ "TokenDuration": 0 }),
        json!({ "Logins": { "login.other.example": "user-7" } }),
        json!({ "IdentityPoolId": IDENTITY_POOL_ID }),
    ] {
        let refused = token(&running, more).unwrap_err();
        assert!(
            refused.starts_with("InvalidParameterException: "),
            "{refused}"
        );
    }
}
