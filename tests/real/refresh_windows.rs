//! When SDKs ask a credential process again: with how much lifetime left, and how often.
//!
//! An SDK whose window is wider than Poolkey's margin starts Poolkey at each of its requests: cached
//! credentials would be handed out that the SDK does not take. Deliberately absent: Poolkey itself.

use std::path::Path;

use aws_config::credential_process::CredentialProcessProvider;
use aws_sdk_sts::config::{BehaviorVersion, Region};
use aws_smithy_http_client::Builder;
use jiff::{SignedDuration, Timestamp};
use poolkey::domain::RefreshMargin;
use serde_json::{Value, json};

use super::env::{TestEnv, script, tool};
use super::servers::Sandbox;

/// As many as the scripts make.
const REQUESTS: usize = 10;

/// How often a script's SDK starts the process, by seconds left.
fn starts(env: &TestEnv, program: &Path, before: &[&str], seconds: &[u64]) -> Value {
    let seconds: Vec<String> = seconds.iter().map(ToString::to_string).collect();
    let arguments = before
        .iter()
        .copied()
        .chain(seconds.iter().map(String::as_str));
    let arguments: Vec<&str> = arguments.collect();
    env.run(program, &arguments, "").expect(0).json()
}

/// The same for the SDK that this program has inside.
async fn starts_in_rust(env: &TestEnv, sandbox: &Sandbox, seconds: u64) -> usize {
    let left = SignedDuration::from_secs(i64::try_from(seconds).unwrap());
    let counted = env.path(&format!("counted-{seconds}"));
    let answer = env.path(&format!("answer-{seconds}"));
    let said = json!({
        "Version": 1,
        "AccessKeyId": "ASIAEXAMPLE",
        "SecretAccessKey": "secret",
        "SessionToken": "token",
        "Expiration": (Timestamp::now() + left).to_string(),
    });
    std::fs::write(&answer, said.to_string()).unwrap();
    let process = format!("echo >> {}; cat {}", counted.display(), answer.display());
    let config = aws_sdk_sts::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(sandbox.endpoint())
        .http_client(Builder::new().build_http())
        .credentials_provider(CredentialProcessProvider::new(process))
        .build();
    let client = aws_sdk_sts::Client::from_conf(config);
    for _ in 0..REQUESTS {
        // The sandbox knows no such key: what counts is that it was asked.
        client.get_caller_identity().send().await.unwrap_err();
    }
    std::fs::read_to_string(counted).unwrap().lines().count()
}

#[test]
#[ignore = "needs boto3, node and npm packages; ./tests/run runs it"]
fn no_sdk_asks_again_for_what_is_still_handed_out() {
    let env = TestEnv::new("memory");
    let margin = u64::from(RefreshMargin::LEAST_MINUTES) * 60;
    let file = script("refresh_windows.py");
    let seconds = [14 * 60 + 50, 15 * 60 + 10, margin];
    let python = starts(&env, &tool("python/bin/python"), &[&file], &seconds);
    // Each request, and the client when it is made.
    assert_eq!(python, json!({ "890": REQUESTS + 1, "910": 1, "960": 1 }));

    let (file, modules) = (script("refresh_windows.js"), tool("node/node_modules"));
    let before = [file.as_str(), modules.to_str().unwrap()];
    let javascript = starts(&env, Path::new("node"), &before, &[290, 310, margin]);
    // Twice each request.
    assert_eq!(
        javascript,
        json!({ "290": 2 * REQUESTS + 1, "310": 1, "960": 1 })
    );

    let sandbox = Sandbox::start(&env);
    let threads = tokio::runtime::Runtime::new().unwrap();
    // Between five and ten seconds before the end, by chance.
    for (seconds, expected) in [(4, REQUESTS), (30, 1), (margin, 1)] {
        let found = threads.block_on(starts_in_rust(&env, &sandbox, seconds));
        assert_eq!(found, expected, "{seconds}");
    }
}
