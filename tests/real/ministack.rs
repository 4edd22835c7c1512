//! Sign-in, exchange and refresh against ministack, an emulator of Amazon Cognito that checks
//! passwords, secret hashes, codes, logins and signatures as the service does.

use serde_json::Value;

use super::env::TestEnv;
use super::old_server;
use super::process::Done;
use super::servers::{Ministack, str_of};
use super::store::expire;

/// An emulator and a home.
pub struct Setup {
    pub server: Ministack,
    pub env: TestEnv,
}

impl Setup {
    pub fn start() -> Self {
        let env = TestEnv::with_file_store();
        let server = Ministack::start(&env);
        Self { server, env }
    }

    /// Adds a profile with a client of `pool`; `method` as `--sign-in` takes it.
    pub fn add_profile(&self, name: &str, pool: &Value, client: &str, method: &str) {
        let client = &pool[client];
        self.add_profile_with(name, pool, client, client["client_secret"].as_str(), method);
    }

    pub fn add_profile_with(
        &self,
        name: &str,
        pool: &Value,
        client: &Value,
        secret: Option<&str>,
        method: &str,
    ) {
        let about = &self.server.about;
        // More options may follow the method.
        let arguments = format!(
            "profile add {name} --user-pool-id {} --client-id {} --identity-pool-id {} --endpoint-url {} --sign-in {method}{}",
            str_of(pool, "user_pool_id"),
            str_of(client, "client_id"),
            str_of(about, "identity_pool_id"),
            str_of(about, "endpoint"),
            secret.map_or("", |_| " --client-secret-stdin"),
        );
        self.env
            .poolkey(&arguments, secret.unwrap_or_default())
            .expect(0);
    }

    /// Signs in with a password and, after it, what else standard input carries.
    pub fn sign_in(&self, name: &str, username: &str, options: &str, stdin: &str) -> Done {
        let arguments =
            format!("sign-in {name} --username {username} --password-stdin --no-input -v{options}");
        self.env.poolkey(&arguments, stdin)
    }

    /// What `ministack_setup.py` made.
    pub fn about(&self) -> &Value {
        &self.server.about
    }

    /// Of the user without anything special.
    pub fn ana(&self, name: &str) -> &str {
        str_of(&self.about()["ana"], name)
    }

    /// The account and the role that ministack says the credentials are for.
    pub fn check_caller(&self, name: &str) {
        let status = self.env.poolkey(&format!("status {name} --json"), "");
        let status = status.expect(0).json();
        assert_eq!(status["account"], self.about()["account"]);
        let arn = str_of(&status, "arn");
        assert!(
            arn.ends_with(":assumed-role/real-users/CognitoIdentityCredentials"),
            "{arn}"
        );
    }

    /// Whatever it takes to have them.
    pub fn credentials(&self, name: &str) -> Done {
        let arguments = format!("credential-process {name} -v");
        self.env.poolkey(&arguments, "").expect(0)
    }

    /// Lets the kept credentials expire; the next ones come from the refresh token.
    pub fn refresh(&self, name: &str) {
        self.refresh_with(name, "cached");
    }

    /// The same, with the identity ID `cached` or `new`.
    pub fn refresh_with(&self, name: &str, identity: &str) {
        let before = self.credentials(name);
        assert!(
            !before.stderr.contains("Refresh token"),
            "{}",
            before.stderr
        );
        expire(&self.env, name);
        let after = self.credentials(name);
        after.says(&["Refresh token", &format!("Identity ID      {identity}")]);
        assert_ne!(before.json()["AccessKeyId"], after.json()["AccessKeyId"]);
        self.check_caller(name);
    }
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn srp_exchange_caller_and_refresh() {
    let setup = Setup::start();
    setup.add_profile("plain", setup.about(), "public", "srp");
    let password = setup.ana("password");
    let done = setup.sign_in("plain", "ana", "", password).expect(0);
    done.says(&["SRP", "Identity ID      new"]);
    assert!(done.stdout.contains("Signed in to plain as ana"));
    assert!(done.stdout.contains("Role         real-users"));
    setup.check_caller("plain");
    setup.refresh("plain");

    let again = setup.sign_in("plain", "ana", "", password).expect(0);
    again.says(&["Identity ID      cached"]);
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn client_secret_and_email_alias() {
    let setup = Setup::start();
    for method in ["srp", "password"] {
        setup.add_profile(method, setup.about(), "confidential", method);
        let done = setup.sign_in(method, setup.ana("email"), "", setup.ana("password"));
        let done = done.expect(0);
        let line = format!("Signed in to {method} as ana\n");
        assert!(done.stdout.starts_with(&line), "{}", done.stdout);
        setup.check_caller(method);
        setup.refresh(method);
    }
}

/// A server that does not know `GetTokensFromRefreshToken`, which takes the secret itself: then the
/// refresh carries a secret hash, over the real user name and not over the alias that was typed.
#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn an_older_server_is_refreshed_with_a_secret_hash() {
    let mut setup = Setup::start();
    let address = old_server::in_front_of(str_of(setup.about(), "endpoint"));
    setup.server.about["endpoint"] = address.into();
    setup.add_profile("older", setup.about(), "confidential", "srp");
    let done = setup.sign_in("older", setup.ana("email"), "", setup.ana("password"));
    done.expect(0);
    setup.refresh("older");
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn an_authenticator_code_is_made_and_asked_for() {
    let setup = Setup::start();
    let tom = &setup.about()["tom"];
    let (password, secret) = (str_of(tom, "password"), str_of(tom, "totp_secret"));
    setup.add_profile("tom", setup.about(), "public", "srp");

    let asked = setup.sign_in("tom", "tom", "", password).expect(3);
    asked.says(&["SOFTWARE_TOKEN_MFA", "software_token_mfa_code"]);
    let answer = " --answer software_token_mfa_code=000000";
    let refused = setup.sign_in("tom", "tom", answer, password).expect(5);
    refused.says(&["error: The code is wrong", "CodeMismatchException"]);

    let both = format!("{password}\n{secret}\n");
    setup
        .sign_in("tom", "tom", " --totp-secret-stdin", &both)
        .expect(0);
    setup.check_caller("tom");
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn the_password_itself() {
    let setup = Setup::start();
    setup.add_profile("direct", setup.about(), "public", "password");
    setup
        .sign_in("direct", "ana", "", setup.ana("password"))
        .expect(0);
    setup.check_caller("direct");
}
