//! Odd AWS files before and after an edit, as botocore reads them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use poolkey::adapters::aws_files::{AwsFiles, AwsPaths, CredentialsEntry};
use poolkey::domain::{AwsProfileName, Problem, Secret};
use serde_json::Value;

use super::env::{script, tool};

const KEY: &str = "ASIAEXAMPLE";
const COMMAND: &str = "\"/opt/my apps/poolkey\" credential-process x";

fn corpus(job: &str, folder: &Path) -> Vec<u8> {
    let mut command = Command::new(tool("python/bin/python"));
    let done = command
        .arg(script("ini_corpus.py"))
        .arg(job)
        .arg(folder)
        .output();
    let done = done.unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    done.stdout
}

fn seen(folder: &Path) -> BTreeMap<String, Value> {
    serde_json::from_slice(&corpus("read", folder)).unwrap()
}

/// Keys in a credentials file, a process in a config file, taken over where there is a section.
fn edit(path: &Path) -> Result<(), Problem> {
    let elsewhere = PathBuf::from("/nowhere");
    let is_config = path
        .file_name()
        .unwrap()
        .to_string_lossy()
        .starts_with("config");
    let (config, credentials) = if is_config {
        (path.to_owned(), elsewhere)
    } else {
        (elsewhere, path.to_owned())
    };
    let files = AwsFiles::new(
        AwsPaths {
            credentials,
            config,
        },
        Duration::from_secs(5),
    );
    let name: AwsProfileName = "x".parse().unwrap();
    if is_config {
        return files
            .write_process(&name, COMMAND, Some("eu-west-1"), true)
            .map(drop);
    }
    let secret = Secret::new("s+/=".to_owned());
    let keys = CredentialsEntry {
        access_key_id: KEY,
        secret_access_key: &secret,
        session_token: &secret,
        expires_at: "2026-11-20T23:59:59Z".parse().unwrap(),
        profile: None,
    };
    files.write_credentials(&name, &keys, None, true).map(drop)
}

/// Everything but the keys that the edit sets. `[ x ]` is no `[x]` to botocore and is one to others:
/// the edit makes one of it.
fn others(seen: &Value) -> BTreeMap<String, Value> {
    let profiles = seen["profiles"].as_object().unwrap();
    let trimmed = profiles
        .iter()
        .map(|(name, settings)| (name.trim().to_owned(), settings.clone()));
    let mut all: BTreeMap<String, Value> = trimmed.collect();
    if let Some(ours) = all.get_mut("x").and_then(Value::as_object_mut) {
        ours.retain(|key, _| !is_ours(key));
    }
    all.retain(|name, settings| {
        name != "x" || settings.as_object().is_none_or(|it| !it.is_empty())
    });
    all
}

fn is_ours(key: &str) -> bool {
    let keys = [
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
    ];
    let more = ["aws_security_token", "x_security_token_expires"];
    let config = ["credential_process", "region"];
    let web_identity = ["role_arn", "web_identity_token_file", "role_session_name"];
    [&keys[..], &more, &config, &web_identity]
        .concat()
        .contains(&key)
}

#[test]
#[ignore = "needs botocore; ./tests/run runs it"]
fn botocore_reads_every_edit_and_the_rest_as_before() {
    let folder = tempfile::tempdir().unwrap();
    corpus("write", folder.path());
    let before = seen(folder.path());
    assert!(before.len() > 600);
    let mut refused = BTreeMap::new();
    for name in before.keys() {
        let path = folder.path().join(name);
        let bytes = std::fs::read(&path).unwrap();
        if let Err(problem) = edit(&path) {
            assert_eq!(std::fs::read(&path).unwrap(), bytes, "{name}: {problem}");
            refused.insert(name.clone(), problem.sentence);
        }
    }
    let after = seen(folder.path());
    let mut edited = 0;
    for (name, before) in &before {
        let after = &after[name];
        if refused.contains_key(name) {
            continue;
        }
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        if before.get("error").is_some() {
            // Somebody else's fault elsewhere in the file is left to them, and stays one.
            assert!(after.get("error").is_some(), "{name}: {text}");
            continue;
        }
        edited += 1;
        let ours = &after["profiles"]["x"];
        if name.starts_with("config") {
            assert_eq!(ours["credential_process"], COMMAND, "{name}: {text}");
            assert_eq!(ours["region"], "eu-west-1", "{name}: {text}");
        } else {
            assert_eq!(ours["aws_access_key_id"], KEY, "{name}: {text}");
            assert_eq!(ours["aws_session_token"], "s+/=", "{name}: {text}");
            assert_eq!(ours["aws_security_token"], Value::Null, "{name}: {text}");
        }
        assert_eq!(others(before), others(after), "{name}: {text}");
    }
    assert!(edited > 200, "{edited}");
    // What botocore reads and is left alone all the same: other SDKs do not read it, or otherwise.
    for (name, why) in refused
        .iter()
        .filter(|(name, _)| before[*name].get("error").is_none())
    {
        let meant = [
            "white space before it",
            "the default profile a second time",
            "second bracket",
        ];
        assert!(
            meant.iter().any(|meant| why.contains(meant)),
            "{name}: {why}"
        );
    }
}
