//! The exchange at ministack by the enhanced flow: whose identity, which logins are refused, guests,
//! and two identity pools behind one sign-in. The basic flow is in `ministack_basic`.
//!
//! ministack cannot: refuse guests or a role that was asked for, choose a role by the token, say
//! that a pool has no roles or no basic flow, verify another provider's tokens, keep developer
//! identities, or limit a session's length. The sandbox's tests have those.

use serde_json::Value;

use super::aws_cli::aws;
use super::env::{TestEnv, script, tool};
use super::ministack::Setup;
use super::process::Done;
use super::servers::str_of;
use super::store::expire;

/// An emulator with a second identity pool.
pub struct Exchange {
    pub setup: Setup,
    /// What `ministack_exchange.py` made.
    pub made: Value,
}

impl Exchange {
    pub fn start() -> Self {
        let setup = Setup::start();
        let file = script("ministack_exchange.py");
        let about = setup.about().to_string();
        let made = setup.env.run(tool("python/bin/python"), &[&file], &about);
        let made = made.expect(0).json();
        Self { setup, made }
    }

    pub fn endpoint(&self) -> &str {
        str_of(self.setup.about(), "endpoint")
    }

    /// Adds a profile of the second identity pool in some home.
    pub fn add(&self, env: &TestEnv, name: &str, options: &str) {
        let pool = str_of(&self.made, "identity_pool_id");
        let endpoint = self.endpoint();
        let add = format!(
            "profile add {name} --identity-pool-id {pool} --endpoint-url {endpoint} {options}"
        );
        env.poolkey(&add, "").expect(0);
    }

    /// The same with the user pool's public client.
    pub fn add_user(&self, env: &TestEnv, name: &str, options: &str) {
        let about = self.setup.about();
        let user_pool = format!(
            "--user-pool-id {} --client-id {}{options}",
            str_of(about, "user_pool_id"),
            str_of(&about["public"], "client_id"),
        );
        self.add(env, name, &user_pool);
    }

    /// Signs ana in; the identity, as Poolkey shows it.
    pub fn sign_in(&self, env: &TestEnv, name: &str) -> Value {
        self.signing_in(env, name);
        identity(env, name)
    }

    /// Signs in to a new profile with a provider's token from a file.
    fn sign_in_with(&self, name: &str, key: &str, token: &str) -> Done {
        let env = &self.setup.env;
        let file = env.path(name);
        std::fs::write(&file, token).unwrap();
        let login = format!("--sign-in provider --login {key}=file:{}", file.display());
        self.add(env, name, &login);
        env.poolkey(&format!("sign-in {name} --no-input"), "")
    }

    /// Signs ana in; what Poolkey reports.
    fn signing_in(&self, env: &TestEnv, name: &str) -> Done {
        let sign_in = format!("sign-in {name} --username ana --password-stdin --no-input");
        env.poolkey(&sign_in, self.setup.ana("password")).expect(0)
    }
}

/// The identity, as Poolkey shows it.
pub fn identity(env: &TestEnv, name: &str) -> Value {
    let shown = env.poolkey(&format!("identity {name} --json"), "");
    shown.expect(0).json()
}

/// Wherever it says so.
#[track_caller]
fn says(done: &Done, text: &str) {
    assert!(
        format!("{done:?}").contains(text),
        "no {text:?} in {done:?}"
    );
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn logins_that_are_refused() {
    let exchange = Exchange::start();
    let text = |name| str_of(&exchange.made, name);
    let id_token = text("id_token");
    let (rest, signature) = id_token.rsplit_once('.').unwrap();
    let turned: String = signature.chars().rev().collect();
    let tampered = format!("{rest}.{turned}");
    let own = text("user_pool_key");
    for (index, (key, token, sentence, words)) in [
        (
            own,
            text("access_token"),
            "An access token was sent where an ID token is wanted",
            "Invalid login token. Missing a required claim: aud",
        ),
        (
            text("foreign_key"),
            id_token,
            "The token is not from the provider it was sent for",
            "Invalid login token. Issuer doesn't match providerName",
        ),
        (
            own,
            &tampered,
            "The token's signature is wrong",
            "Invalid login token. Token signature invalid.",
        ),
        (
            "appleid.apple.com",
            id_token,
            "The identity pool does not accept tokens from this provider",
            "Token is not from a supported provider of this identity pool.",
        ),
        (
            "accounts.google.com",
            "ya29.a0-access-token",
            "This is no token that the identity pool can read",
            "Invalid login token. Not a valid OpenId Connect identity token.",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("login{index}");
        let refused = exchange.sign_in_with(&name, key, token).expect(5);
        assert!(
            refused.stderr.starts_with(&format!("error: {sentence}")),
            "{}",
            refused.stderr
        );
        refused.says(&["NotAuthorizedException", words, "hint: "]);
        assert_eq!(refused.stdout, "");
        assert!(!refused.stderr.contains(token), "the token is shown");
    }
    // Nothing was wrong with the request but the token.
    exchange.sign_in_with("good", own, id_token).expect(0);
    assert_eq!(identity(&exchange.setup.env, "good")["logins"][0], own);
}

#[test]
#[ignore = "needs ministack and the AWS CLI; ./tests/run runs it"]
fn guests_and_who_they_become() {
    let exchange = Exchange::start();
    let env = &exchange.setup.env;
    for name in ["guest", "again"] {
        exchange.add(env, name, "--sign-in guest");
        env.poolkey(&format!("sign-in {name} --no-input"), "")
            .expect(0);
    }
    let guest = identity(env, "guest");
    assert_eq!(guest["identity_id"], identity(env, "again")["identity_id"]);
    let arn = str_of(&guest, "arn");
    assert!(
        arn.ends_with(":assumed-role/open-guests/CognitoIdentityCredentials"),
        "{arn}"
    );

    // A new login: the guest's identity becomes ana's, and is hers for any other client.
    exchange.add_user(env, "ana", " --carry-over-guest");
    let done = exchange.signing_in(env, "ana");
    says(&done, "The guest identity is now yours");
    let ana = identity(env, "ana");
    assert_eq!(ana["identity_id"], guest["identity_id"]);
    let arn = str_of(&ana, "arn");
    assert!(
        arn.ends_with(":assumed-role/open-users/CognitoIdentityCredentials"),
        "{arn}"
    );
    let get_id = format!(
        "cognito-identity get-id --identity-pool-id {} --logins {}={}",
        str_of(&exchange.made, "identity_pool_id"),
        str_of(&exchange.made, "user_pool_key"),
        str_of(&exchange.made, "id_token"),
    );
    let seen = aws(env, exchange.endpoint(), None, &get_id);
    assert_eq!(seen.expect(0).json()["IdentityId"], ana["identity_id"]);

    // The machine that was that guest is a new one when it is a guest again.
    expire(env, "guest");
    env.poolkey("sign-in guest --no-input", "").expect(0);
    let anew = &identity(env, "guest")["identity_id"];
    assert_ne!(anew, &ana["identity_id"]);

    // A login that has an identity already: the guest gives way to it.
    let other = TestEnv::with_file_store();
    exchange.add(&other, "guest", "--sign-in guest");
    other.poolkey("sign-in guest --no-input", "").expect(0);
    let second = identity(&other, "guest");
    assert_ne!(second["identity_id"], ana["identity_id"]);
    exchange.add_user(&other, "ana", " --carry-over-guest");
    let done = exchange.signing_in(&other, "ana");
    says(&done, "the guest identity is disabled");
    assert_eq!(identity(&other, "ana")["identity_id"], ana["identity_id"]);
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn one_refresh_serves_two_identity_pools() {
    let exchange = Exchange::start();
    let (setup, env) = (&exchange.setup, &exchange.setup.env);
    setup.add_profile("first", setup.about(), "public", "srp");
    exchange.add_user(env, "second", " --share-sign-in first");
    setup
        .sign_in("first", "ana", "", setup.ana("password"))
        .expect(0);
    // Nobody signs in to the second one.
    let begun = setup.credentials("second").json();
    let [first, second] = ["first", "second"].map(|name| identity(env, name));
    assert_ne!(first["identity_id"], second["identity_id"]);
    assert!(str_of(&first, "arn").contains("/real-users/"), "{first}");
    assert!(str_of(&second, "arn").contains("/open-users/"), "{second}");

    let kept = ["first", "second"].map(|name| identity(env, name)["identity_id"].clone());
    expire(env, "first");
    expire(env, "second");
    let renewed = setup.credentials("first");
    renewed.says(&["Refresh token"]);
    let refreshes = renewed
        .stderr
        .matches("Cognito user pool GetTokens")
        .count();
    assert_eq!(refreshes, 1, "{}", renewed.stderr);
    let other = setup.credentials("second");
    // What it hands out came with the first one's renewal.
    for call in [
        "Refresh token",
        "Cognito user pool",
        "Cognito identity pool",
    ] {
        assert!(!other.stderr.contains(call), "{}", other.stderr);
    }
    assert_ne!(other.json()["AccessKeyId"], begun["AccessKeyId"]);
    let now = ["first", "second"].map(|name| identity(env, name)["identity_id"].clone());
    assert_eq!(now, kept);
}
