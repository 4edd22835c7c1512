//! The AWS CLI with the very commands of Amazon's article "How do I use Amazon Cognito identity pools
//! to grant users access to AWS services?", against the sandbox; `example_…` is ours.
//!
//! The address comes by `AWS_ENDPOINT_URL`. One misprint is mended: the article's last command has
//! spaces around `=`.

use serde_json::Value;

use super::env::{TestEnv, tool};
use super::process::{Done, finish};
use super::servers::{Sandbox, str_of};

/// Runs `aws` with these words at a server; `keys` as either flow and Poolkey name them.
pub fn aws(env: &TestEnv, endpoint: &str, keys: Option<&Value>, words: &str) -> Done {
    let mut command = env.command(tool("python/bin/aws"));
    command
        .env("AWS_ENDPOINT_URL", endpoint)
        .env("AWS_DEFAULT_REGION", "us-east-1")
        .args(words.split(' '));
    if let Some(keys) = keys {
        let secret = ["SecretKey", "SecretAccessKey"].map(|name| keys[name].as_str());
        let [first, second] = secret;
        command
            .env("AWS_ACCESS_KEY_ID", str_of(keys, "AccessKeyId"))
            .env("AWS_SECRET_ACCESS_KEY", first.or(second).unwrap())
            .env("AWS_SESSION_TOKEN", str_of(keys, "SessionToken"));
    }
    finish(command, "")
}

/// The ARN that STS says the credentials are for.
pub fn caller(env: &TestEnv, endpoint: &str, keys: &Value) -> String {
    let said = aws(env, endpoint, Some(keys), "sts get-caller-identity");
    str_of(&said.expect(0).json(), "Arn").to_owned()
}

/// A sandbox, and ana's login of its user pool as `--logins` takes it.
struct Article {
    env: TestEnv,
    sandbox: Sandbox,
    logins: String,
}

impl Article {
    fn start() -> Self {
        let env = TestEnv::with_file_store();
        let sandbox = Sandbox::start(&env);
        let about = &sandbox.about;
        let signed_in = format!(
            "cognito-idp initiate-auth --auth-flow USER_PASSWORD_AUTH --client-id {} --auth-parameters USERNAME=ana,PASSWORD={}",
            str_of(&about["clients"][0], "client_id"),
            str_of(&about["users"][0], "password"),
        );
        let tokens = aws(&env, sandbox.endpoint(), None, &signed_in);
        let logins = format!(
            "cognito-idp.us-east-1.amazonaws.com/{}={}",
            str_of(about, "user_pool_id"),
            str_of(&tokens.expect(0).json()["AuthenticationResult"], "IdToken"),
        );
        Self {
            env,
            sandbox,
            logins,
        }
    }

    fn aws(&self, words: &str) -> Done {
        aws(&self.env, self.sandbox.endpoint(), None, words)
    }

    fn pool(&self, index: usize) -> &str {
        str_of(
            &self.sandbox.about["identity_pools"][index],
            "identity_pool_id",
        )
    }

    fn identity(&self, pool: &str) -> String {
        let get_id = format!(
            "cognito-identity get-id --identity-pool-id {pool} --logins {}",
            self.logins
        );
        let said = self.aws(&get_id).expect(0).json();
        str_of(&said, "IdentityId").to_owned()
    }

    fn open_id_token(&self, identity: &str) -> Done {
        self.aws(&format!(
            "cognito-identity get-open-id-token --identity-id {identity} --logins {}",
            self.logins
        ))
    }

    fn role(&self, name: &str) -> &str {
        let mut roles = self.sandbox.about["roles"].as_array().unwrap().iter();
        let role = roles.find(|role| role["name"] == name);
        str_of(role.unwrap(), "arn")
    }

    /// What Poolkey's own sign-in to the same pool makes.
    fn poolkey(&self, pool: &str, options: &str) -> Value {
        let about = &self.sandbox.about;
        let add = format!(
            "profile add ana --user-pool-id {} --client-id {} --identity-pool-id {pool} --endpoint-url {}{options}",
            str_of(about, "user_pool_id"),
            str_of(&about["clients"][0], "client_id"),
            self.sandbox.endpoint(),
        );
        self.env.poolkey(&add, "").expect(0);
        self.sandbox.sign_in_again(&self.env).expect(0);
        let seen = self.env.poolkey("identity ana --json", "");
        seen.expect(0).json()
    }
}

#[test]
#[ignore = "needs the AWS CLI; ./tests/run runs it"]
fn the_basic_flow_as_documented() {
    let article = Article::start();
    let (pool, role) = (article.pool(1), article.role("authenticated"));
    let identity = article.identity(pool);
    let made = article.open_id_token(&identity).expect(0).json();
    assert_eq!(made["IdentityId"], identity);
    let token = str_of(&made, "Token");
    let assumed = article.aws(&format!(
        "sts assume-role-with-web-identity --role-arn {role} --web-identity-token {token} --role-session-name example_session_name"
    ));
    let assumed = assumed.expect(0).json();
    assert_eq!(assumed["Provider"], "cognito-identity.amazonaws.com");
    assert_eq!(assumed["Audience"], pool);
    assert_eq!(assumed["SubjectFromWebIdentityToken"], identity);
    let keys = &assumed["Credentials"];
    let arn = caller(&article.env, article.sandbox.endpoint(), keys);
    assert_eq!(assumed["AssumedRoleUser"]["Arn"], arn.as_str());
    assert!(
        arn.ends_with("-authenticated/example_session_name"),
        "{arn}"
    );

    let options =
        format!(" --flow basic --role-arn {role} --role-session-name example_session_name");
    let seen = article.poolkey(pool, &options);
    assert_eq!(seen["identity_id"], identity);
    assert_eq!(seen["arn"], arn);
}

#[test]
#[ignore = "needs the AWS CLI; ./tests/run runs it"]
fn the_enhanced_flow_as_documented() {
    let article = Article::start();
    let pool = article.pool(0);
    let identity = article.identity(pool);
    let made = article.aws(&format!(
        "cognito-identity get-credentials-for-identity --identity-id {identity} --logins {}",
        article.logins
    ));
    let made = made.expect(0).json();
    assert_eq!(made["IdentityId"], identity);
    let arn = caller(
        &article.env,
        article.sandbox.endpoint(),
        &made["Credentials"],
    );
    assert!(
        arn.ends_with("-developers/CognitoIdentityCredentials"),
        "{arn}"
    );
    // This pool is as a new one is: the article's basic flow begins with turning that on.
    let refused = article.open_id_token(&identity);
    assert_ne!(refused.status, 0);
    refused.says(&["Basic (classic) flow is not enabled, please use enhanced flow."]);

    let seen = article.poolkey(pool, "");
    assert_eq!(seen["identity_id"], identity);
    assert_eq!(seen["arn"], arn);
}

/// "To set your identity pool token in a local config file for an AWS SDK or the AWS CLI, add a
/// `web_identity_token_file` profile entry."
#[test]
#[ignore = "needs the AWS CLI; ./tests/run runs it"]
fn a_token_file_as_documented() {
    let article = Article::start();
    let identity = article.identity(article.pool(1));
    let made = article.open_id_token(&identity).expect(0).json();
    let file = article.env.path("token");
    std::fs::write(&file, str_of(&made, "Token")).unwrap();
    std::fs::create_dir(article.env.path("aws")).unwrap();
    let profile = format!(
        "[profile x]\nrole_arn = {}\nweb_identity_token_file = {}\nrole_session_name = name\n",
        article.role("on-call"),
        file.display(),
    );
    std::fs::write(article.env.path("aws/config"), profile).unwrap();
    let said = article.aws("sts get-caller-identity --profile x").expect(0);
    let arn = said.json();
    let arn = str_of(&arn, "Arn");
    assert!(arn.ends_with("-on-call/name"), "{arn}");
}
