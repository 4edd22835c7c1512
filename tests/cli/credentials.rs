//! `credentials` and `credential-process`: what SDKs and shells read.

use jiff::Timestamp;
use serde_json::Value;

use crate::support::{Home, Spawned, signed_in};

fn keys(home: &Home) -> Value {
    home.poolkey(&["credential-process", "dev"]).ok().json()
}

#[test]
fn the_contract_of_credential_process() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let ran = home.poolkey(&["credential-process", "dev"]).ok();
    assert_eq!(ran.err, "");
    assert_eq!(ran.out.matches('\n').count(), 1);
    assert!(ran.out.ends_with("}\n"), "one line: {ran:?}");
    let json = ran.json();
    // SDKs refuse a version that is a text.
    assert_eq!(json["Version"], 1);
    for name in ["AccessKeyId", "SecretAccessKey", "SessionToken"] {
        assert!(json[name].as_str().is_some_and(|text| text.len() >= 20));
    }
    let expiry: Timestamp = json["Expiration"].as_str().unwrap().parse().unwrap();
    assert!(expiry > Timestamp::now());
    assert_eq!(
        home.poolkey(&["credentials", "dev"]).ok().out,
        ran.out,
        "the default format, and cached"
    );
}

#[test]
fn bash_evaluates_env() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let keys = keys(&home);
    let ran = home
        .shell(
            "eval \"$(\"$POOLKEY\" credentials dev --format env)\"; env -0 | tr '\\0' '\\n' | grep ^AWS_",
        )
        .ok();
    let value = |name: &str| {
        let line = ran.out.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.strip_prefix('='))
            .unwrap_or_else(|| panic!("{name}"))
    };
    assert_eq!(value("AWS_ACCESS_KEY_ID"), keys["AccessKeyId"]);
    assert_eq!(value("AWS_SECRET_ACCESS_KEY"), keys["SecretAccessKey"]);
    assert_eq!(value("AWS_SESSION_TOKEN"), keys["SessionToken"]);
    assert_eq!(value("AWS_CREDENTIAL_EXPIRATION"), keys["Expiration"]);
    assert_eq!(value("AWS_REGION"), "us-east-1");
    assert_eq!(value("AWS_DEFAULT_REGION"), "us-east-1");
}

#[test]
fn every_format_has_every_value() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let keys = keys(&home);
    let secret = keys["SecretAccessKey"].as_str().unwrap();
    for (format, line) in [
        ("env", format!("export AWS_SECRET_ACCESS_KEY='{secret}'")),
        ("fish", format!("set -gx AWS_SECRET_ACCESS_KEY '{secret}'")),
        (
            "powershell",
            format!("$Env:AWS_SECRET_ACCESS_KEY = '{secret}'"),
        ),
        ("cmd", format!("set \"AWS_SECRET_ACCESS_KEY={secret}\"")),
        ("dotenv", format!("AWS_SECRET_ACCESS_KEY={secret}")),
    ] {
        let ran = home
            .poolkey(&["credentials", "dev", "--format", format])
            .ok();
        assert_eq!(ran.out.lines().count(), 6, "{format}: {ran:?}");
        assert!(ran.out.lines().any(|found| found == line), "{format}");
        assert_eq!(ran.err, "");
    }
    let json = home
        .poolkey(&["credentials", "dev", "--format", "json"])
        .ok()
        .json();
    assert_eq!(json["SecretAccessKey"], secret);
    assert_eq!(json["Region"], "us-east-1");
    assert_eq!(json["AccountId"], "123456789012");
    assert_eq!(json.get("Version"), None);
    assert_eq!(
        home.poolkey(&["credentials", "dev", "--format", "process"])
            .ok()
            .json(),
        keys
    );
}

#[test]
fn nobody_is_asked_and_nothing_is_printed_on_failure() {
    let sandbox = Spawned::start();
    let home = Home::new();
    home.add("dev", "ana", &sandbox);
    for command in ["credentials", "credential-process"] {
        home.poolkey(&[command, "dev"])
            .fails(3)
            .says("poolkey sign-in dev");
        home.poolkey(&[command, "nobody"]).fails(2).says("dev");
        home.poolkey(&[command]).fails(2);
    }
}

/// What is in the store is good for an hour also when the network is not.
#[test]
fn cached_credentials_need_no_network() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let before = keys(&home);
    assert_eq!(sandbox.interrupt(), Some(0));
    assert_eq!(keys(&home), before);
}
