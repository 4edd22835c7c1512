//! The AWS CLI and three SDKs, each as a program that asks STS who it is: credentials, region and
//! address come from the environment and the AWS files by the SDK's own chain.
//!
//! Deliberately absent: anything about how the credentials got there.

use aws_config::BehaviorVersion;
use aws_sdk_sts::config::ProvideCredentials as _;
use serde_json::{Value, json};

use super::env::{TestEnv, script, tool};
use super::process::{Done, finish};
use super::servers::str_of;

/// Tells this program to be the Rust one.
const INSIDE: &str = "POOLKEY_TEST_RUST_SDK";

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sdk {
    /// The AWS SDK for Python.
    Boto3,
    /// Version 1, with the newest botocore.
    AwsCli,
    /// Version 2, as Debian has it.
    AwsCli2,
    /// The AWS SDK for JavaScript, version 3.
    JavaScript,
    /// The AWS SDK for Rust.
    Rust,
}

/// What an SDK found out.
#[derive(Debug)]
pub struct Seen {
    pub account: String,
    pub arn: String,
    /// The access key ID, or its last four characters where the CLI tells no more.
    pub key: String,
    /// The CLI does not tell it.
    pub region: Option<String>,
}

impl Sdk {
    /// The program and its arguments, to be started in an environment that [`Sdk::prepare`] made.
    pub fn words(self, endpoint: &str) -> Vec<String> {
        let path = |name: &str| tool(name).display().to_string();
        match self {
            Self::Boto3 => vec![path("python/bin/python"), script("caller_identity.py")],
            Self::AwsCli => vec![path("python/bin/aws")],
            // It knows no AWS_ENDPOINT_URL yet.
            Self::AwsCli2 => vec![
                "/usr/bin/aws".to_owned(),
                "--endpoint-url".to_owned(),
                endpoint.to_owned(),
            ],
            Self::JavaScript => vec![
                "node".to_owned(),
                script("caller_identity.js"),
                path("node/node_modules"),
            ],
            Self::Rust => {
                let myself = std::env::current_exe().unwrap().display().to_string();
                let test = "sdks::nothing_comes_from_nowhere";
                let options = ["--exact", test, "--include-ignored", "--nocapture"];
                let mut words = vec![myself];
                words.extend(options.map(str::to_owned));
                words
            }
        }
    }

    fn is_cli(self) -> bool {
        matches!(self, Self::AwsCli | Self::AwsCli2)
    }

    /// What every program needs: nobody asks a metadata service, all ask this STS.
    pub fn prepare(env: &mut TestEnv, endpoint: &str) {
        env.set("AWS_ENDPOINT_URL_STS", endpoint);
        env.set("AWS_EC2_METADATA_DISABLED", "true");
        env.set(INSIDE, "yes");
    }

    /// Asks, with more words for the CLI.
    fn run(self, env: &TestEnv, endpoint: &str, asked: &[&str]) -> Done {
        let words = self.words(endpoint);
        let mut command = env.command(&words[0]);
        command.args(&words[1..]);
        if self.is_cli() {
            command.args(asked);
        }
        finish(command, "")
    }

    /// Asks: 0 and who it is, or the SDK's own words on standard error.
    pub fn ask(self, env: &TestEnv, endpoint: &str) -> Done {
        self.run(env, endpoint, &["sts", "get-caller-identity"])
    }

    /// Who it is, through this STS.
    #[track_caller]
    pub fn caller(self, env: &TestEnv, endpoint: &str) -> Seen {
        let done = self.ask(env, endpoint).expect(0);
        if self.is_cli() {
            let said = done.json();
            let listed = self.run(env, endpoint, &["configure", "list"]).expect(0);
            return Seen {
                account: str_of(&said, "Account").to_owned(),
                arn: str_of(&said, "Arn").to_owned(),
                key: listed_key(&listed.stdout),
                region: None,
            };
        }
        // What runs a test says more than the test.
        let line = done.stdout.lines().find(|line| line.starts_with('{'));
        let said: Value = serde_json::from_str(line.unwrap()).unwrap();
        Seen {
            account: str_of(&said, "account").to_owned(),
            arn: str_of(&said, "arn").to_owned(),
            key: str_of(&said, "access_key_id").to_owned(),
            region: Some(str_of(&said, "region").to_owned()),
        }
    }
}

/// The last four characters, from `access_key     ****************ABCD custom-process`.
#[track_caller]
fn listed_key(list: &str) -> String {
    let mut lines = list.lines();
    let line = lines.find(|line| line.trim_start().starts_with("access_key"));
    let word = line.and_then(|line| {
        line.split_whitespace()
            .find(|word| word.starts_with("****"))
    });
    word.unwrap_or_else(|| panic!("no access key in\n{list}"))
        .trim_start_matches('*')
        .to_owned()
}

/// The program of the Rust SDK.
#[allow(
    clippy::print_stdout,
    reason = "the line is what the other process reads"
)]
#[tokio::main(flavor = "current_thread")]
async fn rust_program() {
    let http = aws_smithy_http_client::Builder::new().build_http();
    let defaults = aws_config::defaults(BehaviorVersion::latest());
    let config = defaults.http_client(http).load().await;
    let provider = config.credentials_provider().unwrap();
    let keys = provider.provide_credentials().await.unwrap();
    let sts = aws_sdk_sts::Client::new(&config);
    let caller = sts.get_caller_identity().send().await.unwrap();
    let said = json!({
        "account": caller.account(),
        "arn": caller.arn(),
        "access_key_id": keys.access_key_id(),
        "region": config.region().map(ToString::to_string),
    });
    println!("\n{said}");
}

/// Without anything to find, every SDK fails: what the other tests see comes from Poolkey.
#[test]
#[ignore = "needs the AWS CLI and SDKs; ./tests/run runs it"]
fn nothing_comes_from_nowhere() {
    if std::env::var_os(INSIDE).is_some() {
        return rust_program();
    }
    let mut env = TestEnv::new("memory");
    let nobody = "http://127.0.0.1:9";
    Sdk::prepare(&mut env, nobody);
    env.set("AWS_REGION", "us-east-1");
    env.set("AWS_DEFAULT_REGION", "us-east-1");
    for (sdk, words) in [
        (Sdk::Boto3, "Unable to locate credentials"),
        (Sdk::AwsCli, "Unable to locate credentials"),
        (Sdk::AwsCli2, "Unable to locate credentials"),
        (Sdk::JavaScript, "Could not load credentials"),
        (Sdk::Rust, "CredentialsNotLoaded"),
    ] {
        let done = sdk.ask(&env, nobody);
        assert_ne!(done.status, 0, "{sdk:?}: {}", done.stdout);
        assert!(done.stderr.contains(words), "{sdk:?}: {}", done.stderr);
    }
}
