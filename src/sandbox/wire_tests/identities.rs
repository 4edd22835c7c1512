//! Guests, and logins that are linked to one identity, at the identity pool `open`.

use super::signed::{Keys, caller_arn, sts};
use super::*;

const GOOGLE: &str = "accounts.google.com";
const FACEBOOK: &str = "graph.facebook.com";

pub(super) fn get_id(running: &Running, logins: Value) -> Result<String, String> {
    let input = json!({ "IdentityPoolId": OPEN_IDENTITY_POOL_ID, "Logins": logins });
    let answer = ask(running, IDENTITY, "GetId", input)?;
    Ok(answer["IdentityId"].as_str().unwrap().to_owned())
}

pub(super) fn credentials(running: &Running, id: &str, logins: Value) -> Result<Value, String> {
    let input = json!({ "IdentityId": id, "Logins": logins });
    ask(running, IDENTITY, "GetCredentialsForIdentity", input)
}

fn google(running: &Running, person: &str) -> Value {
    json!({ GOOGLE: running.provider_token(GOOGLE, person) })
}

fn forbidden(id: &str) -> String {
    format!("NotAuthorizedException: Access to Identity '{id}' is forbidden.")
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_get_an_identity_each_and_credentials_that_may_little() {
    let running = sandbox().await;
    let guest = get_id(&running, json!({})).unwrap();
    assert_ne!(get_id(&running, json!(null)).unwrap(), guest);
    let vended = credentials(&running, &guest, json!(null)).unwrap();
    assert_eq!(vended["IdentityId"], guest);
    let keys = Keys::of(&vended);
    let arn = "arn:aws:sts::123456789012:assumed-role/poolkey-sandbox-unauthenticated/CognitoIdentityCredentials";
    assert_eq!(caller_arn(&running, &keys), arn);
    let denied = sts(&running, &keys, "DecodeAuthorizationMessage");
    assert_eq!(denied.status, 403);
    let message = format!(
        "<Code>AccessDenied</Code><Message>User: {arn} is not authorized to perform: \
         sts:DecodeAuthorizationMessage because no session policy allows the \
         sts:DecodeAuthorizationMessage action</Message>"
    );
    assert!(denied.body.contains(&message), "{}", denied.body);

    let ana = credentials(&running, &guest, google(&running, "ana")).unwrap();
    let decoded = sts(&running, &Keys::of(&ana), "DecodeAuthorizationMessage");
    assert!(
        decoded
            .body
            .contains("<Code>InvalidAuthorizationMessageException</Code>")
    );

    running.configure_identity_pool("open", |pool| pool.guests = false);
    let off =
        "NotAuthorizedException: Unauthenticated access is not supported for this identity pool.";
    assert_eq!(get_id(&running, json!({})).unwrap_err(), off);
    let other = "us-east-1:00000000-0000-0000-0000-000000000000";
    assert_eq!(
        credentials(&running, other, json!({})).unwrap_err(),
        format!("ResourceNotFoundException: Identity '{other}' not found.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_that_signs_in_keeps_its_id_once() {
    let running = sandbox().await;
    let first = get_id(&running, json!({})).unwrap();
    let ana = google(&running, "ana");
    let upgraded = credentials(&running, &first, ana.clone()).unwrap();
    assert_eq!(upgraded["IdentityId"], first);
    assert_eq!(
        credentials(&running, &first, json!({})).unwrap_err(),
        forbidden(&first)
    );
    assert_eq!(get_id(&running, ana.clone()).unwrap(), first);

    let second = get_id(&running, json!({})).unwrap();
    let merged = credentials(&running, &second, ana).unwrap();
    assert_eq!(merged["IdentityId"], first);
    assert_eq!(
        credentials(&running, &second, json!({})).unwrap_err(),
        forbidden(&second)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn logins_that_come_together_are_one_person() {
    let running = sandbox().await;
    let id_token = &sign_in_ana(&running)["IdToken"];
    let pool_only = json!({ LOGIN_PROVIDER: id_token });
    let id = get_id(&running, pool_only.clone()).unwrap();
    let facebook = json!({ FACEBOOK: running.provider_token(FACEBOOK, "ana") });
    let both = json!({ LOGIN_PROVIDER: id_token, FACEBOOK: facebook[FACEBOOK] });
    assert_eq!(get_id(&running, both).unwrap(), id);
    assert_eq!(get_id(&running, facebook.clone()).unwrap(), id);
    assert!(credentials(&running, &id, facebook.clone()).is_ok());

    let google = google(&running, "tom");
    let other = get_id(&running, google.clone()).unwrap();
    assert_ne!(other, id);
    let conflict = "ResourceConflictException: Login already linked to another identity.";
    let two = json!({ GOOGLE: google[GOOGLE], FACEBOOK: facebook[FACEBOOK] });
    assert_eq!(get_id(&running, two.clone()).unwrap_err(), conflict);
    assert_eq!(credentials(&running, &other, two).unwrap_err(), conflict);
    assert_eq!(
        credentials(&running, &other, facebook).unwrap_err(),
        "NotAuthorizedException: Logins don't match. Please include at least one valid login for \
         this identity or identity pool."
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_has_its_own_identities_and_at_most_ten_logins_come_at_once() {
    let running = sandbox().await;
    let id_token = &sign_in_ana(&running)["IdToken"];
    let main = identity_of(&running, id_token).unwrap()["IdentityId"].clone();
    let open = get_id(&running, json!({ LOGIN_PROVIDER: id_token })).unwrap();
    assert_ne!(main, open);
    let many: serde_json::Map<String, Value> = (0..11)
        .map(|i| (format!("p{i}.example"), json!("x")))
        .collect();
    let refused = get_id(&running, Value::Object(many)).unwrap_err();
    assert!(
        refused.contains("at 'logins' failed to satisfy constraint"),
        "{refused}"
    );
    let input = json!({ "IdentityPoolId": "us-east-1:none" });
    assert_eq!(
        ask(&running, IDENTITY, "GetId", input).unwrap_err(),
        "ResourceNotFoundException: IdentityPool 'us-east-1:none' not found."
    );
}
