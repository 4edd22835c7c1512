//! The basic flow: an identity pool's token, and STS that takes it for a role.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use data_encoding::BASE64URL_NOPAD;

use super::identities::get_id;
use super::managed_login::{between, web};
use super::signed::{Keys, caller_arn};
use super::*;

const FACEBOOK: &str = "graph.facebook.com";

pub(super) fn open_id_token(running: &Running, id: &str, logins: Value) -> Result<String, String> {
    let input = json!({ "IdentityId": id, "Logins": logins });
    let answer = ask(running, IDENTITY, "GetOpenIdToken", input)?;
    assert_eq!(answer["IdentityId"], id);
    Ok(answer["Token"].as_str().unwrap().to_owned())
}

pub(super) fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap()
}

/// `AssumeRoleWithWebIdentity`, with `more` in place of what it names; an empty value takes it away.
pub(super) fn assume(running: &Running, token: &str, more: &[(&str, &str)]) -> Answered {
    let usual = [
        ("Action", "AssumeRoleWithWebIdentity"),
        ("Version", "2011-06-15"),
        (
            "RoleArn",
            "arn:aws:iam::123456789012:role/poolkey-sandbox-on-call",
        ),
        ("RoleSessionName", "ana@desk"),
        ("WebIdentityToken", token),
    ];
    let kept = usual
        .into_iter()
        .filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    let mut form = form_urlencoded::Serializer::new(String::new());
    let body = form.extend_pairs(kept.chain(more.iter().copied())).finish();
    post(running, "", &body).unwrap()
}

/// `code: message` of a refusal.
fn refusal(answered: &Answered) -> String {
    let part = |name: &str| between(&answered.body, &format!("<{name}>"), &format!("</{name}>"));
    format!("{} {}: {}", answered.status, part("Code"), part("Message"))
}

fn element<'a>(answered: &'a Answered, name: &str) -> &'a str {
    assert_eq!(answered.status, 200, "{}", answered.body);
    between(&answered.body, &format!("<{name}>"), &format!("</{name}>"))
}

/// A token of somebody who signed in at Facebook.
fn facebook_token(running: &Running) -> String {
    let logins = json!({ FACEBOOK: running.provider_token(FACEBOOK, "ana") });
    let id = get_id(running, logins.clone()).unwrap();
    open_id_token(running, &id, logins).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_says_who_and_how_and_is_verified_by_the_published_key() {
    let running = sandbox().await;
    let id_token = &sign_in_ana(&running)["IdToken"];
    let logins = json!({ LOGIN_PROVIDER: id_token });
    let id = get_id(&running, logins.clone()).unwrap();
    let token = open_id_token(&running, &id, logins).unwrap();
    let said = claims(&token);
    let sub = claims(id_token.as_str().unwrap())["sub"]
        .as_str()
        .unwrap()
        .to_owned();
    let signed_in = format!("{LOGIN_PROVIDER}:CognitoSignIn:{sub}");
    assert_eq!(
        said,
        json!({
            "iss": "https://cognito-identity.amazonaws.com",
            "https://cognito-identity.amazonaws.com/identity-pool-arn":
                format!("arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{OPEN_IDENTITY_POOL_ID}"),
            "aud": OPEN_IDENTITY_POOL_ID,
            "sub": id,
            "amr": ["authenticated", LOGIN_PROVIDER, signed_in],
            "iat": NOW,
            "exp": NOW + 600,
        })
    );
    let guest = get_id(&running, json!({})).unwrap();
    let guests = open_id_token(&running, &guest, json!({})).unwrap();
    assert_eq!(claims(&guests)["amr"], json!(["unauthenticated"]));

    let read = |path: &str| web(&running, "GET", path, "", "").0.json();
    let discovered = read("/.well-known/openid-configuration");
    let keys = discovered["jwks_uri"].as_str().unwrap();
    let keys = read(keys.strip_prefix("http://127.0.0.1").unwrap());
    let part = |name: &str| {
        let text = keys["keys"][0][name].as_str().unwrap();
        BASE64URL_NOPAD.decode(text.as_bytes()).unwrap()
    };
    let (n, e) = (part("n"), part("e"));
    let (body, signature) = token.rsplit_once('.').unwrap();
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap();
    RsaPublicKeyComponents { n, e }
        .verify(&RSA_PKCS1_2048_8192_SHA256, body.as_bytes(), &signature)
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_basic_flow_can_be_off() {
    let running = sandbox().await;
    let saml = "arn:aws:iam::123456789012:saml-provider/SandboxSaml";
    let logins = json!({ saml: running.provider_token(saml, "ana") });
    let id = get_id(&running, logins.clone()).unwrap();
    let refused = || open_id_token(&running, &id, logins.clone()).unwrap_err();
    let off = |why: &str| {
        format!(
            "InvalidParameterException: Basic (classic) flow is not {why}, please use enhanced flow."
        )
    };
    assert_eq!(refused(), off("supported with SAML"));
    running.configure_identity_pool("open", |pool| {
        let ambiguous = Ambiguous::AuthenticatedRole;
        pool.role_mapping = RoleMapping::Token { ambiguous };
    });
    assert_eq!(refused(), off("supported with RoleMappings enabled"));
    running.configure_identity_pool("open", |pool| pool.classic_flow = false);
    assert_eq!(refused(), off("enabled"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_becomes_a_session_of_a_role() {
    let running = sandbox().await;
    let token = facebook_token(&running);
    let answered = assume(
        &running,
        &token,
        &[("DurationSeconds", "43200"), ("Policy", "{}")],
    );
    let text = |name: &str| element(&answered, name).to_owned();
    assert_eq!(
        text("SubjectFromWebIdentityToken"),
        claims(&token)["sub"].as_str().unwrap()
    );
    assert_eq!(text("Audience"), OPEN_IDENTITY_POOL_ID);
    assert_eq!(text("Provider"), "cognito-identity.amazonaws.com");
    let expires: Timestamp = text("Expiration").parse().unwrap();
    assert_eq!(expires.as_second(), NOW + 43_200);
    let keys = Keys {
        id: text("AccessKeyId"),
        secret: text("SecretAccessKey"),
        token: Some(text("SessionToken")),
    };
    let arn = "arn:aws:sts::123456789012:assumed-role/poolkey-sandbox-on-call/ana@desk";
    assert_eq!(
        (text("Arn").as_str(), caller_arn(&running, &keys)),
        (arn, arn.to_owned())
    );
    let usual = assume(&running, &token, &[]);
    let expires: Timestamp = element(&usual, "Expiration").parse().unwrap();
    assert_eq!(expires.as_second(), NOW + 3_600);
}

#[tokio::test(flavor = "multi_thread")]
async fn sts_checks_the_form_of_a_request() {
    let running = sandbox().await;
    let token = facebook_token(&running);
    let refused = |more: &[(&str, &str)]| refusal(&assume(&running, &token, more));
    let invalid = |value: &str, rule: &str| {
        format!(
            "400 ValidationError: 1 validation error detected: Value {value} failed to satisfy constraint: Member must {rule}"
        )
    };
    for (name, value, expected) in [
        ("RoleArn", "", invalid("null at 'roleArn'", "not be null")),
        (
            "RoleArn",
            "arn",
            invalid(
                "'arn' at 'roleArn'",
                "have length greater than or equal to 20",
            ),
        ),
        (
            "RoleSessionName",
            "a",
            invalid(
                "'a' at 'roleSessionName'",
                "have length greater than or equal to 2",
            ),
        ),
        (
            "RoleSessionName",
            "a b",
            invalid(
                "'a b' at 'roleSessionName'",
                "satisfy regular expression pattern: [\\w+=,.@-]*",
            ),
        ),
        (
            "DurationSeconds",
            "899",
            invalid(
                "'899' at 'durationSeconds'",
                "have value greater than or equal to 900",
            ),
        ),
        (
            "DurationSeconds",
            "43201",
            invalid(
                "'43201' at 'durationSeconds'",
                "have value less than or equal to 43200",
            ),
        ),
        (
            "Policy",
            "[]",
            "400 MalformedPolicyDocument: This policy contains invalid Json".to_owned(),
        ),
    ] {
        assert_eq!(refused(&[(name, value)]), expected);
    }
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(2_048));
    assert!(refused(&[("Policy", &long)]).starts_with("400 PackedPolicyTooLarge: "));
}

#[tokio::test(flavor = "multi_thread")]
async fn sts_checks_the_token_the_trust_policy_and_the_limit() {
    let running = sandbox().await;
    let token = facebook_token(&running);
    let refused = |token: &str| refusal(&assume(&running, token, &[]));
    let (invalid, provider) = ("400 InvalidIdentityToken", "cognito-identity.amazonaws.com");
    assert_eq!(
        refused("opaque"),
        format!(
            "{invalid}: The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
        )
    );
    let id_token = sign_in_ana(&running)["IdToken"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        refused(&id_token),
        format!(
            "{invalid}: No OpenIDConnect provider found in your account for https://{LOGIN_PROVIDER}"
        )
    );
    let other = running.provider_token(provider, "ana");
    assert_eq!(
        refused(&other),
        format!("{invalid}: Incorrect token audience")
    );
    let cut = &token[..token.len() - 4];
    assert!(refused(cut).starts_with(&format!("{invalid}: Couldn't retrieve verification key")));

    let limit = assume(
        &running,
        &token,
        &[
            (
                "RoleArn",
                "arn:aws:iam::123456789012:role/poolkey-sandbox-authenticated",
            ),
            ("DurationSeconds", "3601"),
        ],
    );
    assert_eq!(
        refusal(&limit),
        "400 ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    );
    let denied = "403 AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity";
    for role in ["gone", "unauthenticated"] {
        let arn = format!("arn:aws:iam::123456789012:role/poolkey-sandbox-{role}");
        assert_eq!(
            refusal(&assume(&running, &token, &[("RoleArn", &arn)])),
            denied
        );
    }
    running.configure_role("on-call", |role| role.trust.identity_pools.clear());
    assert_eq!(refused(&token), denied);

    running.clock().advance(SignedDuration::from_mins(10));
    assert!(refused(&token).starts_with("400 ExpiredTokenException: Token expired: "));
}

#[tokio::test(flavor = "multi_thread")]
async fn any_refusal_can_be_had_once() {
    let running = sandbox().await;
    let token = facebook_token(&running);
    let (code, message) = ("IDPCommunicationError", "An error occurred");
    let fault = Fault::Refuse {
        status: 400,
        code,
        message,
    };
    running.next_answer("AssumeRoleWithWebIdentity", fault);
    let expected = format!("400 {code}: {message}");
    assert_eq!(refusal(&assume(&running, &token, &[])), expected);
    assert_eq!(assume(&running, &token, &[]).status, 200);
    running.next_answer("GetId", fault);
    assert_eq!(
        get_id(&running, json!({})).unwrap_err(),
        format!("{code}: {message}")
    );
}
