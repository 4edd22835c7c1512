//! `poolkey exec`, around the AWS CLI and SDKs: one test for each.
//!
//! Deliberately absent: signals, statuses and what else is no SDK's (`tests/cli/exec.rs`).

use super::env::TestEnv;
use super::process::finish;
use super::sdks::Sdk;
use super::servers::{Sandbox, str_of};

/// What would make somebody else of the command, were it handed on.
const OTHERS: [(&str, &str); 4] = [
    ("AWS_PROFILE", "work"),
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "/nowhere"),
    ("AWS_ROLE_ARN", "arn:aws:iam::210987654321:role/theirs"),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9/"),
];

/// The SDK is ana, whatever stands in the environment and the files.
fn exec(sdk: Sdk) {
    let mut env = TestEnv::with_file_store();
    let sandbox = Sandbox::start(&env);
    sandbox.sign_in(&env).expect(0);
    Sdk::prepare(&mut env, sandbox.endpoint());
    std::fs::create_dir(env.path("aws")).unwrap();
    let theirs = "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = w\n";
    let default = theirs.replace("[work]", "[default]");
    std::fs::write(env.path("aws/credentials"), format!("{theirs}{default}")).unwrap();
    for (name, value) in OTHERS {
        env.set(name, value);
    }
    let mut command = env.poolkey_at(env!("CARGO_BIN_EXE_poolkey").as_ref());
    command.args(["exec", "ana", "--region", "eu-west-3", "--"]);
    command.args(sdk.words(sandbox.endpoint()));
    if matches!(sdk, Sdk::AwsCli | Sdk::AwsCli2) {
        command.args(["sts", "get-caller-identity"]);
    }
    let done = finish(command, "").expect(0);
    for text in ["123456789012", "/poolkey-sandbox-developers/"] {
        assert!(done.stdout.contains(text), "{sdk:?}: {}", done.stdout);
    }
    if !matches!(sdk, Sdk::AwsCli | Sdk::AwsCli2) {
        let keys = env.poolkey("credential-process ana", "").expect(0).json();
        for text in [str_of(&keys, "AccessKeyId"), "eu-west-3"] {
            assert!(done.stdout.contains(text), "{sdk:?}: {}", done.stdout);
        }
    }
}

macro_rules! with_each_sdk {
    ($($name:ident $sdk:ident)*) => {
        $(
            #[test]
            #[ignore = "needs the AWS CLI and SDKs; ./tests/run runs it"]
            fn $name() {
                exec(Sdk::$sdk);
            }
        )*
    };
}

with_each_sdk! { boto3 Boto3 aws_cli AwsCli2 javascript JavaScript rust Rust }
