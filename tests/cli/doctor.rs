//! `doctor` in the terminal: lines, explanations, JSON, exit codes.

use serde_json::Value;

use crate::support::{Home, Spawned, signed_in};

fn lines<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    let begins = |line: &&str| line.trim_start().starts_with(&format!("{mark} "));
    text.lines().filter(begins).collect()
}

fn outcome<'a>(entry: &'a Value, name: &str) -> &'a Value {
    let checks = entry["checks"].as_array().unwrap();
    let found = checks.iter().find(|check| check["name"] == name);
    found.unwrap_or_else(|| panic!("{name} in {entry:#}"))
}

#[test]
fn a_healthy_profile_ends_well() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let before = home.poolkey(&["credential-process", "dev"]).ok().out;
    let ran = home.poolkey(&["doctor", "dev"]).ok();
    assert!(lines(&ran.out, "FAIL").is_empty(), "{}", ran.out);
    assert!(lines(&ran.out, "ok").len() >= 10, "{}", ran.out);
    assert!(ran.out.contains("role poolkey-sandbox") || ran.out.contains("poolkey-sandbox-"));
    let after = home.poolkey(&["credential-process", "dev"]).ok().out;
    assert_eq!(before, after, "looking changes no credentials");
}

#[test]
fn a_failure_is_explained_and_decides_the_exit_code() {
    let sandbox = Spawned::start();
    let home = Home::new();
    home.add("dev", "ana", &sandbox);
    let config = home.read(".config/poolkey/profiles.toml");
    let broken = config.replace(sandbox.text("/clients/0/client_id"), "1nosuchclient");
    assert_ne!(config, broken);
    home.write(".config/poolkey/profiles.toml", broken);
    let ran = home.poolkey(&["doctor", "dev"]);
    assert_eq!(ran.code, Some(5), "{ran:?}");
    let failed = lines(&ran.out, "FAIL");
    assert_eq!(failed.len(), 1, "{}", ran.out);
    assert!(failed[0].contains("App client"), "{}", ran.out);
    assert!(ran.out.contains("Check the app client ID"), "{}", ran.out);
    assert!(
        ran.err.starts_with("error: 1 check failed: "),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("\nhint: "), "{}", ran.err);
    assert!(!lines(&ran.out, "skip").is_empty());

    let ran = home.poolkey(&["doctor", "dev", "--json"]);
    assert_eq!(ran.code, Some(5));
    let entry = ran.json();
    assert_eq!(entry["profile"], "dev");
    let check = outcome(&entry, "app-client");
    assert_eq!(check["outcome"], "failed");
    assert_eq!(check["problem"]["aws_code"], "ResourceNotFoundException");
    assert!(
        check["problem"]["hint"]
            .as_str()
            .unwrap()
            .contains("app client ID")
    );
    assert_eq!(outcome(&entry, "user-pool")["problem"], Value::Null);
}

#[test]
fn all_profiles_with_this_machine_once() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    home.add("other", "tom", &sandbox);
    let ran = home.poolkey(&["doctor"]).ok();
    assert_eq!(ran.out.matches("Secret store").count(), 1, "{}", ran.out);
    assert_eq!(ran.out.matches("  User pool ").count(), 2, "{}", ran.out);
    let all = home.poolkey(&["doctor", "--json"]).ok().json();
    let entries = all.as_array().unwrap();
    let names: Vec<&Value> = entries.iter().map(|entry| &entry["profile"]).collect();
    assert_eq!(names, ["dev", "other"]);
    for entry in entries {
        assert_eq!(outcome(entry, "secret-store")["outcome"], "passed");
    }
    assert_eq!(outcome(&entries[0], "sign-in")["outcome"], "passed");
    assert_eq!(outcome(&entries[1], "sign-in")["outcome"], "skipped");
}

#[test]
fn without_profiles_the_machine_is_looked_at() {
    let home = Home::new();
    let ran = home.poolkey(&["doctor"]).ok();
    assert!(ran.out.contains("Secret store"), "{}", ran.out);
    assert!(ran.out.contains("poolkey profile add"), "{}", ran.out);
    home.poolkey(&["doctor", "nobody"]).fails(2).says("nobody");
}

#[test]
fn a_dead_proxy_and_missing_certificates_are_the_networks() {
    let home = Home::new();
    let add = "profile add dev --user-pool-id us-east-1_AbC123 --client-id abc \
               --identity-pool-id us-east-1:5a4db0c5-d3e0-4b0b-9c41-0000c0de0001";
    let words: Vec<&str> = add.split_whitespace().collect();
    home.poolkey(&words).ok();
    let with = |name: &str, value: &str| {
        let mut command = home.command(crate::support::POOLKEY);
        command.args(["doctor", "dev"]).env(name, value);
        crate::support::Ran::of(&mut command)
    };
    let ran = with("HTTPS_PROXY", "http://ana:canary@127.9.9.9:1");
    assert_eq!(ran.code, Some(6), "{ran:?}");
    let failed = lines(&ran.out, "FAIL");
    assert_eq!(failed.len(), 1, "{}", ran.out);
    assert!(failed[0].contains("Network"), "{}", ran.out);
    assert!(
        ran.out.contains("the proxy http://127.9.9.9:1"),
        "{}",
        ran.out
    );
    assert!(!format!("{ran:?}").contains("canary"));
    let ran = with("AWS_CA_BUNDLE", "/nowhere/bundle.pem");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert_eq!(lines(&ran.out, "FAIL").len(), 1, "{}", ran.out);
    assert!(ran.out.contains("AWS_CA_BUNDLE"), "{}", ran.out);
}

#[test]
fn a_store_that_cannot_be_opened_is_a_finding() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    home.write("passphrase", "another one\n");
    let ran = home.poolkey(&["doctor", "dev"]);
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert!(
        lines(&ran.out, "FAIL")[0].contains("Secret store"),
        "{}",
        ran.out
    );
    assert_eq!(lines(&ran.out, "FAIL").len(), 1, "{}", ran.out);
}
