//! The AWS files that `poolkey export` writes, read by the AWS SDK for Python.

use std::path::Path;

use serde_json::Value;

use super::env::{TestEnv, script, tool};
use super::process::finish;
use super::servers::{Sandbox, str_of};

/// The account, role, key and region that boto3 sees behind a profile of the AWS files.
fn caller(env: &TestEnv, sandbox: &Sandbox, aws_profile: &str) -> Value {
    let script = script("caller_identity.py");
    let arguments = [script.as_str(), aws_profile, sandbox.endpoint()];
    let done = env.run(tool("python/bin/python"), &arguments, "");
    done.expect(0).json()
}

fn signed_in() -> (TestEnv, Sandbox) {
    let env = TestEnv::with_file_store();
    let sandbox = Sandbox::start(&env);
    sandbox.sign_in(&env).expect(0);
    (env, sandbox)
}

fn check(env: &TestEnv, caller: &Value, method: &str, region: &str) {
    let keys = env.poolkey("credential-process ana", "").expect(0).json();
    assert_eq!(caller["access_key_id"], keys["AccessKeyId"]);
    assert_eq!(caller["account"], "123456789012");
    assert!(str_of(caller, "arn").contains("/poolkey-sandbox-developers/"));
    assert_eq!(caller["method"], method);
    assert_eq!(caller["region"], region);
}

#[test]
#[ignore = "needs boto3; ./tests/run runs it"]
fn boto3_uses_the_exported_keys() {
    let (env, sandbox) = signed_in();
    std::fs::create_dir(env.path("aws")).unwrap();
    // What is there already must stay readable, and a stale token must not win.
    let theirs = "# mine\n[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = w\n";
    let stale = "[ana]\naws_access_key_id = ASIAOLD\naws_security_token = stale\n";
    let path = env.path("aws/credentials");
    std::fs::write(&path, format!("{theirs}{stale}")).unwrap();

    let export = "export ana --to credentials-file --region eu-central-1";
    let refused = env.poolkey(export, "");
    assert_ne!(refused.status, 0, "wrote over somebody's section");
    env.poolkey(&format!("{export} --take-over"), "").expect(0);
    let seen = caller(&env, &sandbox, "ana");
    check(&env, &seen, "shared-credentials-file", "eu-central-1");
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.starts_with(theirs), "{text}");
}

#[test]
#[ignore = "needs boto3; ./tests/run runs it"]
fn boto3_runs_the_exported_process() {
    let (env, sandbox) = signed_in();
    let export = "export ana --to credential-process --aws-profile lab --region eu-west-3";
    env.poolkey(export, "").expect(0);
    let seen = caller(&env, &sandbox, "lab");
    check(&env, &seen, "custom-process", "eu-west-3");
    // No key is in the files: a process was asked.
    let key = str_of(&seen, "access_key_id");
    assert!(env.files_with(key).is_empty());
}

#[test]
#[ignore = "needs boto3; ./tests/run runs it"]
fn boto3_runs_a_program_whose_path_has_spaces() {
    let (env, sandbox) = signed_in();
    let folder = env.path("my programs");
    let program = folder.join("pool key");
    std::fs::create_dir(&folder).unwrap();
    let built = Path::new(env!("CARGO_BIN_EXE_poolkey"));
    // A symbolic link would be resolved to the real path, which has no space.
    if std::fs::hard_link(built, &program).is_err() {
        std::fs::copy(built, &program).unwrap();
    }
    let mut command = env.poolkey_at(&program);
    command.args(["export", "ana", "--to", "credential-process"]);
    finish(command, "").expect(0);
    let text = std::fs::read_to_string(env.path("aws/config")).unwrap();
    assert!(text.contains("/my programs/pool key\""), "{text}");
    let seen = caller(&env, &sandbox, "ana");
    check(&env, &seen, "custom-process", "us-east-1");
}
