//! Credentials as text for programs and shells: the place where they leave Poolkey on purpose.
//!
//! Sources: the AWS CLI guide on external credential processes, and its environment variables.
//! The values are base64 and identifiers; they are quoted all the same.

use serde::Serialize;
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
        Shape::Process => return Fields::of(session, Some(1), None).text(false),
        Shape::Json => return Fields::of(session, None, Some(region)).text(true),
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

/// Field names of `credential_process`, and of the object with region.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Fields<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u8>,
    access_key_id: &'a str,
    secret_access_key: &'a str,
    session_token: &'a str,
    expiration: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
}

impl<'a> Fields<'a> {
    fn of(session: &'a Session, version: Option<u8>, region: Option<&'a Region>) -> Self {
        let credentials = &session.credentials;
        Self {
            version,
            access_key_id: &credentials.access_key_id,
            secret_access_key: credentials.secret_access_key.expose(),
            session_token: credentials.session_token.expose(),
            expiration: credentials.expires_at.to_string(),
            account_id: session
                .caller
                .as_ref()
                .map(|caller| caller.account.as_str()),
            region: region.map(Region::as_str),
        }
    }

    /// Written into one buffer that is large enough: growing would leave copies behind.
    fn text(&self, pretty: bool) -> Zeroizing<String> {
        let size = 1024 + self.session_token.len() + self.secret_access_key.len();
        let mut bytes = Zeroizing::new(Vec::with_capacity(size));
        let written = if pretty {
            serde_json::to_writer_pretty(&mut *bytes, self)
        } else {
            serde_json::to_writer(&mut *bytes, self)
        };
        // Plain texts always serialize, as UTF-8.
        match (written, std::str::from_utf8(&bytes)) {
            (Ok(()), Ok(text)) => Zeroizing::new(text.to_owned()),
            _ => Zeroizing::default(),
        }
    }
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
