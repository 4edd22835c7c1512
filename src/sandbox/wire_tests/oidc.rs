//! The OpenID Connect provider, as an app and a browser meet it.

use data_encoding::BASE64;

use super::basic_flow::claims;
use super::identities::{credentials, get_id};
use super::managed_login::{Browser, CALLBACK, CHALLENGE, location, parameter, web};
use super::*;

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn authorize(more: &[(&str, &str)]) -> String {
    let usual = [
        ("client_id", "poolkey-desktop"),
        ("response_type", "code"),
        ("scope", "openid email"),
        ("redirect_uri", CALLBACK),
        ("state", "s-1"),
        ("nonce", "n-1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let kept = usual
        .into_iter()
        .filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    let mut query = form_urlencoded::Serializer::new(String::new());
    let query = query
        .extend_pairs(kept.chain(more.iter().copied()))
        .finish();
    format!("/oidc/authorize?{query}")
}

/// A code without a page.
fn code(running: &Running, more: &[(&str, &str)]) -> String {
    let mut all = vec![("prompt", "none"), ("login_hint", "ana")];
    all.extend(more);
    let back = location(&Browser::new(running).get(&authorize(&all)));
    parameter(&back, "code").unwrap()
}

fn token(running: &Running, headers: &str, fields: &[(&str, &str)]) -> Result<Value, String> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    let body = form.extend_pairs(fields).finish();
    let answered = web(running, "POST", "/oidc/token", headers, &body).0;
    let body = answered.json();
    match answered.status {
        200 => Ok(body),
        status => Err(format!("{status} {}", body["error"].as_str().unwrap())),
    }
}

fn exchange_code(running: &Running, code: &str, more: &[(&str, &str)]) -> Result<Value, String> {
    let usual = [
        ("grant_type", "authorization_code"),
        ("client_id", "poolkey-desktop"),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("code", code),
    ];
    let kept = usual
        .into_iter()
        .filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    let fields: Vec<(&str, &str)> = kept.chain(more.iter().copied()).collect();
    token(running, "", &fields)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_chosen_on_the_page_gets_credentials() {
    let running = sandbox().await;
    let mut browser = Browser::new(&running);
    let page = browser.get(&authorize(&[]));
    assert!(page.body.contains("Continue as zoe"), "{}", page.body);
    let back = location(&browser.submit(&page, &[("person", "zoe")]));
    assert!(back.starts_with(CALLBACK), "{back}");
    assert_eq!(parameter(&back, "state").unwrap(), "s-1");
    let code = parameter(&back, "code").unwrap();
    let tokens = exchange_code(&running, &code, &[]).unwrap();
    let id_token = tokens["id_token"].as_str().unwrap();
    let said = claims(id_token);
    let issuer = &running.description().oidc.issuer;
    assert_eq!(
        (&said["iss"], &said["aud"], &said["sub"], &said["nonce"]),
        (
            &json!(issuer),
            &json!("poolkey-desktop"),
            &json!("zoe"),
            &json!("n-1")
        )
    );
    let key = issuer.strip_prefix("http://").unwrap();
    let logins = json!({ key: id_token });
    let id = get_id(&running, logins.clone()).unwrap();
    assert!(credentials(&running, &id, logins).is_ok());

    let refresh_token = tokens["refresh_token"].as_str().unwrap();
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", "poolkey-desktop"),
        ("refresh_token", refresh_token),
    ];
    running.clock().advance(SignedDuration::from_hours(1));
    let renewed = token(&running, "", &fields).unwrap();
    let said = claims(renewed["id_token"].as_str().unwrap());
    assert_eq!(
        (&said["exp"], &said["sub"]),
        (&json!(NOW + 7_200), &json!("zoe"))
    );
    assert!(said.get("nonce").is_none());
    running.clock().advance(SignedDuration::from_hours(30 * 24));
    assert_eq!(
        token(&running, "", &fields).unwrap_err(),
        "400 invalid_grant"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn discovery_leads_to_everything_else() {
    let running = sandbox().await;
    let issuer = running.description().oidc.issuer.clone();
    let endpoint = running.description().endpoint.clone();
    let read = |url: &str| {
        let path = url.strip_prefix(&endpoint).unwrap();
        web(&running, "GET", path, "", "").0.json()
    };
    let found = read(&format!("{issuer}/.well-known/openid-configuration"));
    assert_eq!(found["issuer"], issuer);
    assert_eq!(
        found["authorization_endpoint"],
        format!("{issuer}/authorize")
    );
    assert_eq!(found["token_endpoint"], format!("{issuer}/token"));
    let keys = read(found["jwks_uri"].as_str().unwrap());
    assert_eq!(keys["keys"][0]["alg"], "RS256");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_not_right_gets_no_code() {
    let running = sandbox().await;
    for (more, error) in [
        (("code_challenge", ""), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("scope", "email"), "invalid_scope"),
        (("response_type", "token"), "unsupported_response_type"),
        (("prompt", "none"), "login_required"),
    ] {
        let back = location(&Browser::new(&running).get(&authorize(&[more])));
        assert_eq!(
            parameter(&back, "error").as_deref(),
            Some(error),
            "{more:?}"
        );
        assert_eq!(parameter(&back, "state").as_deref(), Some("s-1"));
    }
    for more in [
        ("redirect_uri", "http://localhost:9999/callback"),
        ("client_id", "nobody"),
    ] {
        let back = location(&Browser::new(&running).get(&authorize(&[more])));
        assert_eq!(back, "/error?error=redirect_mismatch");
    }
    running.set_oidc_callback_urls(&["http://localhost:9999/callback"]);
    let own = ("redirect_uri", "http://localhost:9999/callback");
    assert_eq!(code(&running, &[own]).len(), 36);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_bound_and_the_client_with_a_secret_shows_it() {
    let running = sandbox().await;
    for wrong in [
        (
            "code_verifier",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl",
        ),
        ("redirect_uri", "http://localhost:8977/callback"),
        ("code", "another"),
    ] {
        let code = code(&running, &[]);
        let refused = exchange_code(&running, &code, &[wrong]).unwrap_err();
        assert_eq!(refused, "400 invalid_grant", "{wrong:?}");
    }
    let client = ("client_id", "poolkey-secret");
    let code = code(&running, &[client]);
    let refused = exchange_code(&running, &code, &[client]).unwrap_err();
    assert_eq!(refused, "400 invalid_client");
    let secret = running.description().oidc.client_secret;
    let basic = BASE64.encode(format!("poolkey-secret:{secret}").as_bytes());
    let tokens = token(
        &running,
        &format!("authorization: Basic {basic}\r\n"),
        &[
            ("grant_type", "authorization_code"),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
            ("code", &code),
        ],
    )
    .unwrap();
    let said = claims(tokens["id_token"].as_str().unwrap());
    assert_eq!(said["aud"], "poolkey-secret");
}
