//! Which role the enhanced flow gives, and roles that it may not give.

use super::identities::{credentials, get_id};
use super::signed::{Keys, caller_arn};
use super::*;

fn arn(name: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT_ID}:role/poolkey-sandbox-{name}")
}

fn custom(running: &Running, id: &str, logins: &Value, role: &str) -> Result<Value, String> {
    let input = json!({ "IdentityId": id, "Logins": logins, "CustomRoleArn": role });
    ask(running, IDENTITY, "GetCredentialsForIdentity", input)
}

fn role_of(running: &Running, vended: &Value) -> String {
    let caller = caller_arn(running, &Keys::of(vended));
    let role = caller.split('/').nth(1).unwrap();
    role.strip_prefix("poolkey-sandbox-").unwrap().to_owned()
}

const NO_ROLE: &str = "InvalidIdentityPoolConfigurationException: Invalid identity pool \
                       configuration. Check assigned IAM roles for this pool.";
const DENIED: &str = "NotAuthorizedException: The ambiguous role mapping rules denied this request";

#[tokio::test(flavor = "multi_thread")]
async fn the_pool_finds_the_role_or_the_caller_names_an_own_one() {
    let running = sandbox().await;
    let logins = json!({ LOGIN_PROVIDER: sign_in_ana(&running)["IdToken"] });
    let id = get_id(&running, logins.clone()).unwrap();
    let role = |running: &Running| {
        credentials(running, &id, logins.clone()).map(|vended| role_of(running, &vended))
    };
    assert_eq!(role(&running).unwrap(), "authenticated");
    let on_call = custom(&running, &id, &logins, &arn("on-call")).unwrap();
    assert_eq!(role_of(&running, &on_call), "on-call");
    let forbidden = |name: &str| {
        format!(
            "NotAuthorizedException: Access to Role '{}' is forbidden.",
            arn(name)
        )
    };
    let refused = custom(&running, &id, &logins, &arn("authenticated")).unwrap_err();
    assert_eq!(refused, forbidden("authenticated"));

    let ambiguous = Ambiguous::Deny;
    running.configure_identity_pool("open", |pool| {
        pool.role_mapping = RoleMapping::Token { ambiguous };
    });
    assert_eq!(role(&running).unwrap(), "developers");
    running.configure_identity_pool("open", |pool| {
        let rules = vec![Rule {
            claim: "email".to_owned(),
            match_type: MatchType::StartsWith,
            value: "ana@".to_owned(),
            role: arn("on-call"),
        }];
        pool.role_mapping = RoleMapping::Rules { rules, ambiguous };
    });
    assert_eq!(role(&running).unwrap(), "on-call");
    let tom =
        json!({ "accounts.google.com": running.provider_token("accounts.google.com", "tom") });
    let toms = get_id(&running, tom.clone()).unwrap();
    assert_eq!(credentials(&running, &toms, tom).unwrap_err(), DENIED);
    let guest = get_id(&running, json!({})).unwrap();
    let refused = custom(&running, &guest, &json!({}), &arn("on-call")).unwrap_err();
    assert_eq!(refused, forbidden("on-call"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saml_person_may_ask_for_the_roles_of_the_response() {
    let running = sandbox().await;
    let saml = "arn:aws:iam::123456789012:saml-provider/SandboxSaml";
    let logins = json!({ saml: running.provider_token(saml, "ana") });
    let id = get_id(&running, logins.clone()).unwrap();
    let vended = custom(&running, &id, &logins, &arn("developers")).unwrap();
    assert_eq!(role_of(&running, &vended), "developers");
    assert!(custom(&running, &id, &logins, &arn("on-call")).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_must_be_attached_and_trust_the_pool() {
    let running = sandbox().await;
    let logins = json!({ LOGIN_PROVIDER: sign_in_ana(&running)["IdToken"] });
    let id = get_id(&running, logins.clone()).unwrap();
    let outcome = || credentials(&running, &id, logins.clone());
    assert!(outcome().is_ok());
    let changes: [fn(&mut TrustPolicy); 4] = [
        |trust| trust.principal = "accounts.google.com".to_owned(),
        |trust| trust.action = "sts:AssumeRole".to_owned(),
        |trust| trust.identity_pools = vec![IDENTITY_POOL_ID.to_owned()],
        |trust| trust.amr = Some("unauthenticated".to_owned()),
    ];
    for change in changes {
        let mut before = None;
        running.configure_role("authenticated", |role| {
            before = Some(role.trust.clone());
            change(&mut role.trust);
        });
        assert_eq!(outcome().unwrap_err(), NO_ROLE);
        running.configure_role("authenticated", |role| role.trust = before.unwrap());
    }
    running.configure_role("on-call", |role| role.trust.identity_pools.clear());
    let refused = custom(&running, &id, &logins, &arn("on-call")).unwrap_err();
    assert!(refused.contains("Access to Role"), "{refused}");
    running.configure_identity_pool("open", |pool| pool.authenticated_role = None);
    assert_eq!(outcome().unwrap_err(), NO_ROLE);
    running.configure_identity_pool("open", |pool| {
        pool.authenticated_role = Some("arn:aws:iam::123456789012:role/gone".to_owned());
    });
    assert_eq!(outcome().unwrap_err(), NO_ROLE);
    assert!(!running.configure_identity_pool("none", |_| {}));
    assert!(!running.configure_role("none", |_| {}));
}
