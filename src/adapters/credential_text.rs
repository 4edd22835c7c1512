//! Credentials as text for programs and shells: the place where they leave Poolkey on purpose.
//!
//! Sources: the AWS CLI guide on external credential processes, and its environment variables.
//! The values are base64 and identifiers; they are quoted all the same.

use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::domain::{Region, Session};

/// For whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `credential_process`, JSON version 1.
    Process,
    /// `export` lines.
    PosixShell,
    /// `set -gx` lines.
    Fish,
    /// `$Env:` lines.
    PowerShell,
    /// `set` lines.
    Cmd,
    /// `NAME=value` lines.
    Dotenv,
    /// An object with region and account.
    Json,
}

/// The text, zeroed when dropped.
#[must_use]
pub fn render(session: &Session, region: &Region, shape: Shape) -> Zeroizing<String> {
    let line: fn(&str, &str) -> String = match shape {
        Shape::Process => return Zeroizing::new(process(session).to_string()),
        Shape::Json => return Zeroizing::new(format!("{:#}", object(session, region))),
        Shape::PosixShell => {
            |name, value| format!("export {name}='{}'", value.replace('\'', r"'\''"))
        }
        Shape::Fish => |name, value| {
            format!(
                "set -gx {name} '{}'",
                value.replace('\\', r"\\").replace('\'', r"\'")
            )
        },
        Shape::PowerShell => |name, value| format!("$Env:{name} = '{}'", value.replace('\'', "''")),
        Shape::Cmd => |name, value| format!("set \"{name}={value}\""),
        Shape::Dotenv => |name, value| format!("{name}={value}"),
    };
    let lines: Vec<Zeroizing<String>> = variables(session, region)
        .iter()
        .map(|(name, value)| Zeroizing::new(line(name, value)))
        .collect();
    let mut text = Zeroizing::new(String::with_capacity(
        lines.iter().map(|line| line.len() + 1).sum(),
    ));
    for line in &lines {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
    text
}

fn process(session: &Session) -> Value {
    let credentials = &session.credentials;
    let mut object = json!({
        "Version": 1,
        "AccessKeyId": credentials.access_key_id,
        "SecretAccessKey": credentials.secret_access_key.expose(),
        "SessionToken": credentials.session_token.expose(),
        "Expiration": credentials.expires_at.to_string(),
    });
    if let (Some(caller), Some(fields)) = (&session.caller, object.as_object_mut()) {
        fields.insert("AccountId".to_owned(), caller.account.clone().into());
    }
    object
}

fn object(session: &Session, region: &Region) -> Value {
    let mut object = process(session);
    if let Some(fields) = object.as_object_mut() {
        fields.remove("Version");
        fields.insert("Region".to_owned(), region.as_str().into());
    }
    object
}

fn variables<'a>(
    session: &'a Session,
    region: &'a Region,
) -> [(&'static str, Zeroizing<String>); 6] {
    let credentials = &session.credentials;
    let text = |value: &str| Zeroizing::new(value.to_owned());
    [
        ("AWS_ACCESS_KEY_ID", text(&credentials.access_key_id)),
        (
            "AWS_SECRET_ACCESS_KEY",
            text(credentials.secret_access_key.expose()),
        ),
        (
            "AWS_SESSION_TOKEN",
            text(credentials.session_token.expose()),
        ),
        (
            "AWS_CREDENTIAL_EXPIRATION",
            text(&credentials.expires_at.to_string()),
        ),
        ("AWS_REGION", text(region.as_str())),
        ("AWS_DEFAULT_REGION", text(region.as_str())),
    ]
}
