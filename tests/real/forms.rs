//! Credentials as text, read by those the text is for: shells, python-dotenv, the AWS SDK.
//!
//! The values hold every character that a token can have, and in the shells also what no token has.
//! Nothing here runs `PowerShell` or `cmd.exe`: their quoting is checked by rule where it is made.

use jiff::{SignedDuration, Timestamp};
use poolkey::adapters::credential_text::render;
use poolkey::domain::{AwsCredentials, CredentialForm, RoleChoice, Secret, Session};
use serde_json::Value;

use super::env::{TestEnv, script, tool};

/// Base64 in full.
const TOKEN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/==";

/// What shells and files give a meaning to.
const NASTY: &str = r#"a'b"c`d$HOME$(id)\e\\f!g#h ;i&j|k*l?m~n%PATH%o^p<q>r{s}t[u]  v=w"#;

fn session(secret: &str, token: &str) -> Session {
    let now = Timestamp::UNIX_EPOCH;
    Session {
        identity_id: "us-east-1:9f0c1d2e".parse().unwrap(),
        credentials: AwsCredentials {
            access_key_id: "ASIAEXAMPLE".to_owned(),
            secret_access_key: Secret::new(secret.to_owned()),
            session_token: Secret::new(token.to_owned()),
            expires_at: now + SignedDuration::from_hours(1),
        },
        username: String::new(),
        groups: Vec::new(),
        roles: Vec::new(),
        logins: Vec::new(),
        role_choice: RoleChoice::default(),
        caller: None,
        obtained_at: now,
    }
}

fn text(form: CredentialForm, secret: &str, token: &str) -> String {
    let (profile, region) = ("acme@x".parse().unwrap(), "eu-west-1".parse().unwrap());
    render(&profile, &session(secret, token), &region, form).to_string()
}

/// What a program that the shell starts finds in its environment.
fn in_shell(shell: &str, form: CredentialForm) {
    let env = TestEnv::new("memory");
    let print = "import json, os; print(json.dumps(dict(os.environ)))";
    let python = tool("python/bin/python");
    let line = format!("{} -c '{print}'", python.display());
    for (secret, token) in [(TOKEN, TOKEN), (NASTY, TOKEN), (TOKEN, NASTY)] {
        let script = format!("{}\n{line}\n", text(form, secret, token));
        let found = env.run(shell, &["-c", &script], "").expect(0).json();
        check(&found, secret, token);
        assert_eq!(found["AWS_DEFAULT_REGION"], "eu-west-1");
        assert_eq!(found["AWS_CREDENTIAL_EXPIRATION"], "1970-01-01T01:00:00Z");
    }
}

fn check(found: &Value, secret: &str, token: &str) {
    assert_eq!(found["AWS_ACCESS_KEY_ID"], "ASIAEXAMPLE");
    assert_eq!(found["AWS_SECRET_ACCESS_KEY"], secret);
    assert_eq!(found["AWS_SESSION_TOKEN"], token);
    assert_eq!(found["AWS_REGION"], "eu-west-1");
}

#[test]
#[ignore = "needs Python; ./tests/run runs it"]
fn sh_and_bash_read_env() {
    for shell in ["sh", "bash"] {
        in_shell(shell, CredentialForm::PosixShell);
    }
}

#[test]
#[ignore = "needs zsh; ./tests/run runs it"]
fn zsh_reads_env() {
    in_shell("zsh", CredentialForm::PosixShell);
}

#[test]
#[ignore = "needs fish; ./tests/run runs it"]
fn fish_reads_fish() {
    in_shell("fish", CredentialForm::Fish);
}

fn read(env: &TestEnv, file: &str, text: &str, arguments: &[&str]) -> Value {
    let path = env.path(file);
    std::fs::write(&path, text).unwrap();
    let (script, path) = (script("forms.py"), path.display().to_string());
    let mut words = vec![script.as_str(), arguments[0], &path];
    words.extend(&arguments[1..]);
    env.run(tool("python/bin/python"), &words, "")
        .expect(0)
        .json()
}

#[test]
#[ignore = "needs python-dotenv; ./tests/run runs it"]
fn python_dotenv_reads_dotenv() {
    let env = TestEnv::new("memory");
    for (secret, token) in [(TOKEN, TOKEN), (NASTY, TOKEN)] {
        let text = text(CredentialForm::Dotenv, secret, token);
        check(&read(&env, ".env", &text, &["dotenv"]), secret, token);
    }
}

#[test]
#[ignore = "needs boto3; ./tests/run runs it"]
fn boto3_reads_the_pasted_section() {
    let env = TestEnv::new("memory");
    let section = text(CredentialForm::AwsProfile, TOKEN, TOKEN);
    // Pasted below another section.
    let file = format!("[work]\naws_access_key_id = AKIAWORK\n\n{section}\n");
    let found = read(&env, "pasted", &file, &["profile", "acme@x"]);
    check(&found, TOKEN, TOKEN);
}
