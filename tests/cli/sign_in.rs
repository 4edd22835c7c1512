//! `sign-in`: every way to answer without a terminal, and what is said where an answer is missing.

use jiff::Timestamp;
use poolkey::crypto::totp;
use poolkey::domain::Secret;

use crate::support::{Home, Spawned, add};

fn tom(sandbox: &Spawned) -> Home {
    let home = Home::new();
    home.add("dev", "tom", sandbox);
    home
}

#[test]
fn password_then_a_code_given_beforehand() {
    let sandbox = Spawned::start();
    let home = tom(&sandbox);
    let shared = Secret::new(sandbox.text("/users/1/totp_secret").to_owned());
    let code = totp::code_at(&shared, Timestamp::now()).unwrap();
    let answer = format!("software_token_mfa_code={}", code.expose());
    let ran = home
        .poolkey_reads(
            sandbox.password(1),
            &["sign-in", "dev", "--password-stdin", "--answer", &answer],
        )
        .ok();
    assert!(ran.out.starts_with("Signed in to dev as tom\n"), "{ran:?}");
}

#[test]
fn password_and_shared_secret_on_standard_input() {
    let sandbox = Spawned::start();
    let home = tom(&sandbox);
    let input = format!(
        "{}{}\n",
        sandbox.password(1),
        sandbox.text("/users/1/totp_secret")
    );
    let sign_in = ["sign-in", "dev", "--password-stdin", "--totp-secret-stdin"];
    let ran = home
        .poolkey_reads(input, &[&sign_in[..], &["-v", "--no-input"]].concat())
        .ok();
    for step in ["Sign-in", "SRP + TOTP", "Identity ID", "AWS credentials"] {
        assert!(ran.err.contains(step), "{step} in {ran:?}");
    }
    for call in ["user pool InitiateAuth", "identity pool GetId"] {
        let mut lines = ran.err.lines();
        let line = lines.find(|line| line.starts_with(&format!("Cognito {call}  ")));
        assert!(line.is_some_and(|line| line.ends_with("  ok")), "{ran:?}");
    }
    // CRLF, as from Windows.
    let input = format!(
        "{}\r\n{}\r\n",
        sandbox.text("/users/1/password"),
        sandbox.text("/users/1/totp_secret")
    );
    let ran = home.poolkey_reads(input, &sign_in);
    // The code was used a moment ago, which only a right password gets to hear.
    assert!(
        ran.code == Some(0) || ran.err.contains("used already"),
        "{ran:?}"
    );
}

#[test]
fn what_is_missing_is_named() {
    let sandbox = Spawned::start();
    let home = tom(&sandbox);
    let password = sandbox.password(1);
    home.poolkey(&["sign-in", "dev", "--no-input"])
        .fails(3)
        .says("--password-stdin");
    home.poolkey(&["sign-in", "dev"]).fails(3).says("PASSWORD");
    home.poolkey_reads(&password, &["sign-in", "dev", "--password-stdin"])
        .fails(3)
        .says("SOFTWARE_TOKEN_MFA")
        .says("--answer software_token_mfa_code=");
    let other = ["sign-in", "dev", "--password-stdin", "--answer", "sms=1"];
    home.poolkey_reads(&password, &other)
        .fails(3)
        .says("SOFTWARE_TOKEN_MFA");

    let nobody = Home::new();
    nobody.poolkey(&crate::support::add("dev", &sandbox)).ok();
    nobody
        .poolkey_reads(&password, &["sign-in", "dev", "--password-stdin"])
        .fails(3)
        .says("--username");
    let named = ["sign-in", "dev", "--password-stdin", "--username", "ana"];
    nobody.poolkey_reads(sandbox.password(0), &named).ok();
}

#[test]
fn wrong_passwords_and_codes_are_refused_with_the_words_of_aws() {
    let sandbox = Spawned::start();
    let home = tom(&sandbox);
    let before = home.files();
    home.poolkey_reads("wrong\n", &["sign-in", "dev", "--password-stdin"])
        .fails(5)
        .says("NotAuthorizedException")
        .says("Incorrect username or password.");
    let code = "software_token_mfa_code=000000";
    let wrong = ["sign-in", "dev", "--password-stdin", "--answer", code];
    let ran = home
        .poolkey_reads(sandbox.password(1), &wrong)
        .fails(5)
        .says("CodeMismatchException");
    assert!(!ran.err.contains("000000"), "{ran:?}");
    // Only the trial of the secret store may have left its file.
    let unchanged: Vec<_> = home
        .files()
        .into_iter()
        .filter(|(path, _)| !path.ends_with("secrets.age"))
        .collect();
    assert_eq!(unchanged, before);
    assert_eq!(
        home.poolkey(&["status", "dev", "--json"]).ok().json()["signed_in"],
        false
    );
}

#[test]
fn input_that_is_missing_or_no_text() {
    let sandbox = Spawned::start();
    let home = tom(&sandbox);
    let sign_in = ["sign-in", "dev", "--password-stdin"];
    for input in [b"".as_slice(), b"\n", b"\xff\xfe\n"] {
        home.poolkey_reads(input, &sign_in).fails(2);
    }
    home.shell("\"$POOLKEY\" sign-in dev --password-stdin <&-")
        .fails(2);
    let both = ["sign-in", "dev", "--password-stdin", "--totp-secret-stdin"];
    home.poolkey_reads(sandbox.password(1), &both)
        .fails(2)
        .says("TOTP secret");
    let not_base32 = format!("{}not base32!\n", sandbox.password(1));
    let ran = home.poolkey_reads(not_base32, &both).fails(2);
    assert!(!ran.err.contains("not base32!"), "{ran:?}");
}

#[test]
fn a_sign_in_that_is_not_kept_says_so() {
    let sandbox = Spawned::start();
    let mut home = Home::new();
    home.set("POOLKEY_SECRET_STORE", "memory");
    home.add("dev", "ana", &sandbox);
    let sign_in = ["sign-in", "dev", "--password-stdin"];
    home.poolkey_reads(sandbox.password(0), &sign_in)
        .ok()
        .says("Forgotten when Poolkey ends");
    home.poolkey(&["credentials", "dev"]).fails(3);
}

/// A name that was given for this once takes no other's place.
#[test]
fn the_username_is_remembered_where_there_is_none() {
    let sandbox = Spawned::start();
    let home = Home::new();
    home.poolkey(&add("dev", &sandbox)).ok();
    let sign_in = ["sign-in", "dev", "--password-stdin", "--username"];
    let known = || {
        let shown = home.poolkey(&["profile", "show", "dev", "--json"]);
        shown.ok().json()["username"].clone()
    };
    let ana = [&sign_in[..], &["ana"]].concat();
    home.poolkey_reads("wrong\n", &ana).fails(5);
    assert_eq!(known(), serde_json::Value::Null);
    let ran = home.poolkey_reads(sandbox.password(0), &ana).ok();
    assert!(!ran.err.contains("username"), "{ran:?}");
    assert_eq!(known(), "ana");
    let by_alias = [&sign_in[..], &["ana@example.com"]].concat();
    home.poolkey_reads(sandbox.password(0), &by_alias).ok();
    assert_eq!(known(), "ana");
}
