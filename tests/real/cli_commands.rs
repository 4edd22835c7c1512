//! The AWS CLI commands that refusals come with, checked against the API models of botocore.

use std::path::Path;

use super::env::{TestEnv, script, tool};

/// Every command of the stored answers.
fn commands() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/core/refusals");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let lines = text
            .lines()
            .filter_map(|line| line.strip_prefix("AWS CLI: "));
        found.extend(lines.map(str::to_owned));
    }
    found
}

#[test]
#[ignore = "needs botocore and jq; ./tests/run runs it"]
fn name_operations_options_and_settings_that_exist() {
    let commands = commands();
    assert!(commands.len() > 100, "{}", commands.len());
    let env = TestEnv::new("memory");
    let python = tool("python/bin/python");
    let check = |text: &str| env.run(&python, &[&script("cli_commands.py")], text);
    let checked = check(&commands.join("\n")).expect(0);
    assert_eq!(checked.stdout.trim(), commands.len().to_string());

    // And it does look.
    for wrong in [
        "aws cognito-idp admin-get-usr --user-pool-id a --username b --region x",
        "aws cognito-idp admin-get-user --user-pool a --username b --region x",
        "aws cognito-idp admin-get-user --user-pool-id a --region x",
        "aws cognito-idp describe-user-pool --user-pool-id a --region x --query UserPool.Nothing",
    ] {
        check(wrong).expect(1);
    }
}
