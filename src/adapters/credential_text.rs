//! Credentials as text for programs and shells: the place where they leave Poolkey on purpose.
//!
//! Sources: the AWS CLI guide on external credential processes, and its environment variables.
//! The values are base64 and identifiers; they are quoted all the same.

use serde::Serialize;
use zeroize::Zeroizing;

use crate::domain::{
    AwsProfileName, CredentialForm, DefaultProfile, ProfileName, Region, Secret, Session,
};

/// The text, zeroed when dropped.
#[must_use]
pub fn render(
    profile: &ProfileName,
    session: &Session,
    region: &Region,
    form: CredentialForm,
) -> Zeroizing<String> {
    let line: fn(&str, &str) -> String = match form {
        CredentialForm::Process => return Fields::of(session, Some(1), None).text(false),
        CredentialForm::Json => return Fields::of(session, None, Some(region)).text(true),
        CredentialForm::AwsProfile => return section(profile, session, region),
        CredentialForm::PosixShell => {
            |name, value| format!("export {name}='{}'", value.replace('\'', r"'\''"))
        }
        CredentialForm::Fish => |name, value| {
            format!(
                "set -gx {name} '{}'",
                value.replace('\\', r"\\").replace('\'', r"\'")
            )
        },
        CredentialForm::PowerShell => {
            |name, value| format!("$Env:{name} = '{}'", value.replace('\'', "''"))
        }
        CredentialForm::Cmd => |name, value| format!("set \"{name}={value}\""),
        CredentialForm::Dotenv => |name, value| format!("{name}={}", dotenv(value)),
    };
    let lines = variables(session, region);
    joined(
        lines
            .iter()
            .map(|(name, value)| Zeroizing::new(line(name, value))),
    )
}

/// Bare where that says it all: some readers keep quotes as part of the value.
fn dotenv(value: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "+/=-_.:".contains(letter);
    if value.chars().all(is_plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\\', r"\\").replace('\'', r"\'"))
}

/// A link that signs whoever has it in, for somebody who asked for it.
#[must_use]
pub fn link(url: &Secret) -> Zeroizing<String> {
    Zeroizing::new(url.expose().to_owned())
}

/// A section of the credentials file, as botocore, the JavaScript SDK and the Rust SDK read it.
fn section(profile: &ProfileName, session: &Session, region: &Region) -> Zeroizing<String> {
    let name = AwsProfileName::parse(profile.as_str(), DefaultProfile::Allowed);
    let name = name.map_or_else(|_| "poolkey".to_owned(), |name| name.to_string());
    let credentials = &session.credentials;
    let expires_at = credentials.expires_at.to_string();
    let keys = [
        ("aws_access_key_id", credentials.access_key_id.as_str()),
        (
            "aws_secret_access_key",
            credentials.secret_access_key.expose(),
        ),
        ("aws_session_token", credentials.session_token.expose()),
        ("x_security_token_expires", &expires_at),
        ("region", region.as_str()),
    ];
    let head = Zeroizing::new(format!("[{name}]"));
    let keys = keys.map(|(key, value)| Zeroizing::new(format!("{key} = {value}")));
    joined(std::iter::once(head).chain(keys))
}

/// One under the other, in one buffer: growing would leave copies behind.
fn joined(lines: impl Iterator<Item = Zeroizing<String>>) -> Zeroizing<String> {
    let lines: Vec<_> = lines.collect();
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

/// The environment variables that all SDKs read, and when the credentials end.
pub(super) fn variables(
    session: &Session,
    region: &Region,
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
