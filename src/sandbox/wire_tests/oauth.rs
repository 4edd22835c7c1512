//! The app's side of managed login: codes and refresh tokens for tokens, and what these open.

use data_encoding::{BASE64, BASE64URL_NOPAD};

use super::managed_login::{Browser, CALLBACK, parameter, request, web};
use super::*;

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const PUBLIC: &str = "1poolkeysandboxpublic00001";
const CONFIDENTIAL: &str = "1poolkeysandboxconfid00002";

fn code(running: &Running, more: &[(&str, &str)]) -> String {
    let back = Browser::new(running).sign_in_ana(&request(more));
    parameter(&back, "code").unwrap()
}

fn send(running: &Running, path: &str, headers: &str, fields: &[(&str, &str)]) -> Answered {
    let mut form = form_urlencoded::Serializer::new(String::new());
    let body = form.extend_pairs(fields).finish();
    web(running, "POST", path, headers, &body).0
}

/// The answer of the token endpoint, or status and error.
fn token(running: &Running, headers: &str, fields: &[(&str, &str)]) -> Result<Value, String> {
    let answered = send(running, "/oauth2/token", headers, fields);
    assert!(answered.head.contains("cache-control: no-store"));
    let body = answered.json();
    match answered.status {
        200 => Ok(body),
        status => Err(format!("{status} {}", body["error"].as_str().unwrap())),
    }
}

/// A good exchange, with `more` in place of what it names; an empty value takes it away.
fn exchange_code(running: &Running, code: &str, more: &[(&str, &str)]) -> Result<Value, String> {
    let usual = [
        ("grant_type", "authorization_code"),
        ("client_id", PUBLIC),
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

fn refreshed(running: &Running, refresh_token: &Value) -> Result<Value, String> {
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", PUBLIC),
        ("refresh_token", refresh_token.as_str().unwrap()),
    ];
    token(running, "", &fields)
}

fn claims(token: &Value) -> Value {
    let part = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap()
}

fn user_info(running: &Running, token: &Value) -> Answered {
    let bearer = format!("authorization: Bearer {}\r\n", token.as_str().unwrap());
    web(running, "GET", "/oauth2/userInfo", &bearer, "").0
}

fn get_user(running: &Running, token: &Value) -> Result<Value, String> {
    ask(running, IDP, "GetUser", json!({ "AccessToken": token }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_leads_to_tokens_of_what_was_granted() {
    let running = sandbox().await;
    let code = code(&running, &[("nonce", "n-0S6_WzA2Mj")]);
    let tokens = exchange_code(&running, &code, &[]).unwrap();
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 3_600);
    let id = claims(&tokens["id_token"]);
    assert_eq!(id["nonce"], "n-0S6_WzA2Mj");
    assert_eq!(
        (&id["aud"], &id["email"]),
        (&json!(PUBLIC), &json!("ana@example.com"))
    );
    assert_eq!(id["iss"], format!("https://{LOGIN_PROVIDER}"));
    let access = tokens["access_token"].as_str().unwrap();
    let hash = digest::digest(&digest::SHA256, access.as_bytes());
    assert_eq!(id["at_hash"], BASE64URL_NOPAD.encode(&hash.as_ref()[..16]));
    assert_eq!(claims(&tokens["access_token"])["scope"], "openid email");

    let missing = "NotAuthorizedException: Access Token does not have required scopes";
    let refused = get_user(&running, &tokens["access_token"]);
    assert_eq!(refused.unwrap_err(), missing);
    let info = user_info(&running, &tokens["access_token"]).json();
    assert_eq!(
        (&info["username"], &info["email_verified"]),
        (&json!("ana"), &json!("true"))
    );
    assert!(identity_of(&running, &tokens["id_token"]).is_ok());

    let again = exchange_code(&running, &code, &[]);
    assert_eq!(again.unwrap_err(), "400 invalid_grant");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scopes_decide_what_the_tokens_are_good_for() {
    let running = sandbox().await;
    let admin = code(&running, &[("scope", "aws.cognito.signin.user.admin")]);
    let tokens = exchange_code(&running, &admin, &[]).unwrap();
    assert!(tokens.get("id_token").is_none());
    assert_eq!(
        get_user(&running, &tokens["access_token"]).unwrap()["Username"],
        "ana"
    );
    let info = user_info(&running, &tokens["access_token"]);
    assert_eq!(info.status, 401);
    assert!(
        info.head
            .contains("www-authenticate: error=\"invalid_token\"")
    );
    assert!(info.body.contains("does not contain openid scope"));

    let phone = code(&running, &[("scope", "openid phone")]);
    let tokens = exchange_code(&running, &phone, &[]).unwrap();
    assert!(claims(&tokens["id_token"]).get("email").is_none());
    assert!(claims(&tokens["id_token"]).get("nonce").is_none());
    let info = user_info(&running, &tokens["access_token"]);
    assert!(info.json().get("email").is_none());
    running.clock().advance(SignedDuration::from_hours(1));
    assert_eq!(user_info(&running, &tokens["access_token"]).status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_bound_and_burned_by_whoever_tries() {
    let running = sandbox().await;
    for wrong in [
        (
            "code_verifier",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl",
        ),
        ("code_verifier", ""),
        ("redirect_uri", "http://localhost:8977/callback"),
        ("code", "00000000-0000-4000-8000-000000000000"),
    ] {
        let code = code(&running, &[]);
        let refused = exchange_code(&running, &code, &[wrong]).unwrap_err();
        assert_eq!(refused, "400 invalid_grant", "{wrong:?}");
        let after = exchange_code(&running, &code, &[]);
        assert_eq!(after.is_ok(), wrong.0 == "code", "{wrong:?}");
    }
    for (missing, error) in [
        ("grant_type", "400 invalid_request"),
        ("code", "400 invalid_request"),
        ("redirect_uri", "400 invalid_request"),
        ("client_id", "400 invalid_request"),
    ] {
        let refused = exchange_code(&running, &code(&running, &[]), &[(missing, "")]);
        assert_eq!(refused.unwrap_err(), error, "{missing}");
    }
    for (name, value, error) in [
        ("client_id", "unknown", "400 invalid_client"),
        ("grant_type", "password", "400 unsupported_grant_type"),
        (
            "grant_type",
            "client_credentials",
            "400 unauthorized_client",
        ),
    ] {
        let refused = exchange_code(&running, "x", &[(name, value)]);
        assert_eq!(refused.unwrap_err(), error, "{value}");
    }
    let code_in_time = code(&running, &[]);
    let code_late = code(&running, &[]);
    running.clock().advance(SignedDuration::from_secs(299));
    assert!(exchange_code(&running, &code_in_time, &[]).is_ok());
    running.clock().advance(SignedDuration::from_secs(1));
    let late = exchange_code(&running, &code_late, &[]);
    assert_eq!(late.unwrap_err(), "400 invalid_grant");
    let orphan = code(&running, &[]);
    running.delete_user("ana");
    let refused = exchange_code(&running, &orphan, &[]);
    assert_eq!(refused.unwrap_err(), "400 invalid_grant");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_with_a_secret_has_to_show_it() {
    let running = sandbox().await;
    let secret = running.description().clients[1].client_secret.unwrap();
    let more = [("client_id", CONFIDENTIAL)];
    let basic = |secret: &str| {
        let pair = BASE64.encode(format!("{CONFIDENTIAL}:{secret}").as_bytes());
        format!("authorization: Basic {pair}\r\n")
    };
    let exchange = |headers: &str, secret: Option<&str>| {
        let code = code(&running, &more);
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
            ("code", &code),
        ];
        fields.extend(secret.map(|secret| ("client_secret", secret)));
        if headers.is_empty() {
            fields.push(more[0]);
        }
        token(&running, headers, &fields).map(|tokens| tokens["token_type"].clone())
    };
    let bearer = Ok(json!("Bearer"));
    assert_eq!(exchange(&basic(secret), None), bearer);
    assert_eq!(exchange("", Some(secret)), bearer);
    let refused = Err("400 invalid_client".to_owned());
    assert_eq!(exchange(&basic("wrong"), None), refused);
    assert_eq!(exchange("", Some("wrong")), refused);
    assert_eq!(exchange("", None), refused);
    assert_eq!(exchange("authorization: Basic ???\r\n", None), refused);
    // Another client's code, and one client in the header with another in the form.
    let foreign = exchange_code(&running, &code(&running, &more), &[]);
    assert_eq!(foreign.unwrap_err(), "400 invalid_grant");
    let fields = [("grant_type", "refresh_token"), ("client_id", PUBLIC)];
    assert_eq!(token(&running, &basic(secret), &fields), refused);
}

#[tokio::test(flavor = "multi_thread")]
async fn refresh_tokens_are_the_same_as_elsewhere() {
    let running = sandbox().await;
    let tokens = exchange_code(&running, &code(&running, &[("nonce", "n")]), &[]).unwrap();
    let first = &tokens["refresh_token"];
    let plain = refreshed(&running, first).unwrap();
    assert!(plain.get("refresh_token").is_none());
    assert_eq!(claims(&plain["access_token"])["scope"], "openid email");
    assert!(claims(&plain["id_token"]).get("nonce").is_none());
    let here = refresh(&running, first).unwrap();
    let access = &here["AuthenticationResult"]["AccessToken"];
    assert_eq!(claims(access)["scope"], "openid email");
    let api = sign_in_ana(&running);
    assert!(
        refreshed(&running, &api["RefreshToken"])
            .unwrap()
            .get("id_token")
            .is_none()
    );

    assert!(running.set_rotation("public", Some(Duration::ZERO)));
    let rotated = refreshed(&running, first).unwrap();
    let used = refreshed(&running, first).unwrap_err();
    assert_eq!(used, "400 invalid_grant");
    let newest = &refresh(&running, &rotated["refresh_token"]).unwrap()["AuthenticationResult"];
    assert!(refreshed(&running, &newest["RefreshToken"]).is_ok());
    let missing = [("grant_type", "refresh_token"), ("client_id", PUBLIC)];
    let refused = token(&running, "", &missing).unwrap_err();
    assert_eq!(refused, "400 invalid_request");
}

#[tokio::test(flavor = "multi_thread")]
async fn revoking_ends_the_family() {
    let running = sandbox().await;
    let tokens = exchange_code(&running, &code(&running, &[]), &[]).unwrap();
    let revoke = |client: &str, token: &str| {
        let fields = [("client_id", client), ("token", token)];
        let answered = send(&running, "/oauth2/revoke", "", &fields);
        (answered.status, answered.body)
    };
    let refused = |status: u16, error: &str| (status, json!({ "error": error }).to_string());
    let refresh_token = tokens["refresh_token"].as_str().unwrap();
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(revoke(PUBLIC, ""), refused(400, "invalid_request"));
    assert_eq!(
        revoke(PUBLIC, access),
        refused(400, "unsupported_token_type")
    );
    assert_eq!(
        revoke("unknown", refresh_token),
        refused(401, "invalid_client")
    );
    assert_eq!(
        revoke(CONFIDENTIAL, refresh_token),
        refused(401, "invalid_client")
    );
    assert_eq!(revoke(PUBLIC, "never handed out"), (200, String::new()));
    assert!(refreshed(&running, &tokens["refresh_token"]).is_ok());
    for _ in 0..2 {
        assert_eq!(revoke(PUBLIC, refresh_token), (200, String::new()));
    }
    let ended = refreshed(&running, &tokens["refresh_token"]).unwrap_err();
    assert_eq!(ended, "400 invalid_grant");
    assert_eq!(user_info(&running, &tokens["access_token"]).status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_brings_a_user_without_a_password() {
    let running = sandbox().await;
    let mut browser = Browser::new(&running);
    let query = request(&[("identity_provider", "ExampleSAML")]);
    let mut subs = Vec::new();
    for _ in 0..2 {
        let page = browser.open(&format!("{query}&prompt=login"));
        assert!(page.body.contains("Continue as fern@example.com"));
        let done = browser.submit(&page, &[]);
        let code = parameter(&super::managed_login::location(&done), "code").unwrap();
        let tokens = exchange_code(&running, &code, &[]).unwrap();
        let id = claims(&tokens["id_token"]);
        assert_eq!(id["cognito:username"], "ExampleSAML_fern@example.com");
        assert_eq!(id["identities"][0]["providerName"], "ExampleSAML");
        subs.push(id["sub"].clone());
    }
    assert_eq!(subs[0], subs[1]);
    assert!(running.set_enabled("ExampleSAML_fern@example.com", false));
    let page = browser.open(&query);
    let refused = super::managed_login::location(&browser.submit(&page, &[]));
    assert_eq!(
        parameter(&refused, "error_description").unwrap(),
        "User is disabled."
    );
    let other = browser.get(&format!("/idp?{}", request(&[])));
    assert_eq!(
        super::managed_login::location(&other),
        "/error?error=invalid_request"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_and_counts_work_here_too() {
    let running = sandbox().await;
    let code = code(&running, &[]);
    running.next_answer("oauth2/token", Fault::Throttle);
    running.next_answer("oauth2/token", Fault::Status500);
    let ask = || send(&running, "/oauth2/token", "", &[("grant_type", "x")]);
    assert_eq!(ask().json()["__type"], "TooManyRequestsException");
    assert_eq!(ask().status, 500);
    assert!(exchange_code(&running, &code, &[]).is_ok());
    assert_eq!(running.calls("oauth2/token"), 3);
    running.next_answer("login", Fault::Status500);
    let page = web(&running, "GET", &format!("/login?{}", request(&[])), "", "").0;
    assert!(page.status == 500 && page.body.contains("Something went wrong"));

    let path = format!("/{USER_POOL_ID}/.well-known/openid-configuration");
    let document = web(&running, "GET", &path, "", "").0.json();
    assert_eq!(document["issuer"], format!("https://{LOGIN_PROVIDER}"));
    for (name, path) in [
        ("authorization_endpoint", "oauth2/authorize"),
        ("token_endpoint", "oauth2/token"),
        ("end_session_endpoint", "logout"),
    ] {
        assert_eq!(document[name], format!("http://127.0.0.1/{path}"));
    }
}
