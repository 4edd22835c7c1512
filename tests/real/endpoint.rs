//! `poolkey serve`, asked by the AWS CLI and SDKs: one test for each.
//!
//! They find it by the two variables alone. Deliberately absent: who gets nothing from it
//! (`tests/cli/serve.rs`).

use std::process::Stdio;

use super::env::TestEnv;
use super::process::Running;
use super::sdks::Sdk;
use super::servers::{Sandbox, str_of};
use super::store;

/// Ana's home, signed in, with an endpoint.
struct Served {
    env: TestEnv,
    sandbox: Sandbox,
    serving: Running,
    file: String,
}

impl Served {
    fn start() -> Self {
        let mut env = TestEnv::with_file_store();
        let sandbox = Sandbox::start(&env);
        sandbox.sign_in(&env).expect(0);
        let program = env!("CARGO_BIN_EXE_poolkey").as_ref();
        let mut command = env.poolkey_at(program);
        let mut serving = Running::start(command.args(["serve", "ana", "-v"]).stdin(Stdio::null()));
        let said = serving.first_json();
        let variables = ["AWS_CONTAINER_CREDENTIALS_FULL_URI", "uri"];
        let file = ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "token_file"];
        for [variable, name] in [variables, file] {
            env.set(variable, str_of(&said, name));
        }
        Sdk::prepare(&mut env, sandbox.endpoint());
        for variable in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            env.set(variable, "eu-west-3");
        }
        Self {
            env,
            sandbox,
            file: str_of(&said, "token_file").to_owned(),
            serving,
        }
    }

    /// The SDK is ana with the key that Poolkey hands out now: the key.
    #[track_caller]
    fn check(&self, sdk: Sdk) -> String {
        let seen = sdk.caller(&self.env, self.sandbox.endpoint());
        assert_eq!(seen.account, "123456789012");
        assert!(
            seen.arn.contains("/poolkey-sandbox-developers/"),
            "{seen:?}"
        );
        let keys = self.env.poolkey("credential-process ana", "").expect(0);
        let keys = keys.json();
        let now = str_of(&keys, "AccessKeyId");
        assert!(seen.key.len() >= 4 && now.ends_with(&seen.key), "{seen:?}");
        now.to_owned()
    }
}

/// Credentials come, others when those are over, and Poolkey's own words when the person has to sign
/// in again.
fn endpoint(sdk: Sdk) {
    let mut served = Served::start();
    if sdk == Sdk::AwsCli2 {
        // Debian's knows no file yet.
        let token = std::fs::read_to_string(&served.file).unwrap();
        served.env.set("AWS_CONTAINER_AUTHORIZATION_TOKEN", &token);
    }
    let first = served.check(sdk);
    store::expire(&served.env, "ana");
    assert_ne!(served.check(sdk), first);

    served.env.poolkey("sign-out ana", "").expect(0);
    let done = sdk.ask(&served.env, served.sandbox.endpoint());
    assert_ne!(done.status, 0, "{}", done.stdout);
    done.says(&[match sdk {
        // They hide what the endpoint says.
        Sdk::JavaScript => "Could not load credentials from any providers",
        Sdk::Rust => "StatusCode(403)",
        _ => "ana is not signed in. Sign in: poolkey sign-in ana",
    }]);
}

/// What is in the file is what is sent: a wrong token is refused, and the SDK says so.
fn wrong_token(sdk: Sdk) {
    let mut served = Served::start();
    let file = served.env.path("wrong");
    std::fs::write(&file, "poolkey-1-wrong").unwrap();
    let file = file.display().to_string();
    served
        .env
        .set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", &file);
    let done = sdk.ask(&served.env, served.sandbox.endpoint());
    assert_ne!(done.status, 0, "{}", done.stdout);
    served
        .serving
        .line("GET /credentials: refused with 401: The token is not");
}

macro_rules! with_each_sdk {
    ($($target:ident: $($name:ident $sdk:ident,)*;)*) => {
        $(mod $target {
            $(
                #[test]
                #[ignore = "needs the AWS CLI and SDKs; ./tests/run runs it"]
                fn $name() {
                    super::$target(super::Sdk::$sdk);
                }
            )*
        })*
    };
}

with_each_sdk! {
    endpoint: boto3 Boto3, aws_cli AwsCli, aws_cli_2 AwsCli2, javascript JavaScript, rust Rust,;
    wrong_token: boto3 Boto3,;
}
