//! What may be typed about other providers and about developer-authenticated identities. Tokens
//! themselves are no arguments: every user of the machine can read those.

#![expect(
    clippy::doc_markdown,
    reason = "these comments are the help texts: no markup"
)]

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use crate::domain::{
    AwsProfileIdentity, DeveloperSource, DurationSeconds, EndpointUrl, LoginProvider, OidcClient,
    ProviderLogin, TokenSource,
};

/// Short names of the public providers, in the order of [`LoginProvider::PUBLIC`].
const SHORT: [&str; 4] = ["google", "facebook", "amazon", "apple"];

const HOW: &str =
    "a login is written PROVIDER=typed, file:PATH, command:COMMAND or browser:ISSUER,CLIENT_ID";

/// Who else vouches for the person.
#[derive(Debug, Args)]
#[command(next_help_heading = "Other providers and developers")]
pub struct LoginOptions {
    /// Another provider's token, and where it comes from: typed, file:PATH, command:COMMAND or
    /// browser:ISSUER,CLIENT_ID; may be given more than once. PROVIDER is google, facebook, amazon,
    /// apple, an issuer without https://, or a SAML provider's ARN
    #[arg(long = "login", value_name = "PROVIDER=SOURCE", value_parser = login)]
    pub logins: Vec<ProviderLogin>,
    /// A command that prints {"IdentityId": …, "Token": …}
    #[arg(long, value_name = "CMD", conflicts_with = "developer_aws_profile", value_parser = NonEmptyStringValueParser::new())]
    pub developer_command: Option<String>,
    /// The profile in the AWS files that may call GetOpenIdTokenForDeveloperIdentity
    #[arg(long, value_name = "NAME", requires_all = ["developer_provider", "developer_user"], value_parser = NonEmptyStringValueParser::new())]
    pub developer_aws_profile: Option<String>,
    /// The identity pool's developer provider name
    #[arg(long, value_name = "P", requires = "developer_aws_profile", value_parser = NonEmptyStringValueParser::new())]
    pub developer_provider: Option<String>,
    /// The person's identifier at that provider
    #[arg(long, value_name = "U", requires = "developer_aws_profile", value_parser = NonEmptyStringValueParser::new())]
    pub developer_user: Option<String>,
    /// How long a developer's token is good for, at most 86400; 900 without it
    #[arg(long, value_name = "SECONDS", requires = "developer_aws_profile", value_parser = token_seconds)]
    pub developer_token_seconds: Option<DurationSeconds>,
}

impl LoginOptions {
    /// Where a developer-authenticated identity comes from. The parser has seen to it that nothing
    /// is missing.
    pub fn developer(&self) -> Option<DeveloperSource> {
        if let Some(command) = &self.developer_command {
            return Some(DeveloperSource::Command(command.clone()));
        }
        Some(DeveloperSource::AwsProfile(AwsProfileIdentity {
            aws_profile: self.developer_aws_profile.clone()?,
            provider_name: self.developer_provider.clone()?,
            user_id: self.developer_user.clone()?,
            token_seconds: self.developer_token_seconds,
        }))
    }
}

fn login(text: &str) -> Result<ProviderLogin, String> {
    let (provider, source) = text.split_once('=').ok_or(HOW)?;
    let provider = named_provider(provider)?;
    let (kind, value) = source.split_once(':').unwrap_or((source, ""));
    let token = match (kind, value) {
        ("typed", "") => TokenSource::Typed,
        ("file", path) if !path.is_empty() => TokenSource::File(absolute(path)?),
        ("command", command) if !command.trim().is_empty() => {
            TokenSource::Command(command.to_owned())
        }
        ("browser", client) => TokenSource::Browser(oidc_client(client)?),
        _ => return Err(HOW.to_owned()),
    };
    Ok(ProviderLogin { provider, token })
}

/// Whoever asks for credentials does so in a folder of their own. `~/` is the home wherever that is.
fn absolute(path: &str) -> Result<PathBuf, String> {
    if Path::new(path).starts_with("~") {
        return Ok(PathBuf::from(path));
    }
    std::path::absolute(path).map_err(|error| format!("{error}"))
}

/// A key of the logins map, or the short name of one.
pub fn named_provider(text: &str) -> Result<LoginProvider, String> {
    let short = SHORT.iter().position(|name| *name == text);
    let key = short.and_then(|index| LoginProvider::PUBLIC.get(index));
    let key = key.map_or(text, |(key, ..)| key);
    key.parse().map_err(|error| format!("{error}"))
}

fn oidc_client(text: &str) -> Result<OidcClient, String> {
    let (issuer, client_id) = text.split_once(',').ok_or(HOW)?;
    let issuer: EndpointUrl = issuer.parse().map_err(|error| format!("{error}"))?;
    if client_id.trim().is_empty() {
        return Err(HOW.to_owned());
    }
    Ok(OidcClient::at(issuer, client_id.to_owned()))
}

fn token_seconds(text: &str) -> Result<DurationSeconds, String> {
    let seconds = text.parse().unwrap_or_default();
    DurationSeconds::of_token(seconds).map_err(|error| format!("{error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_as_they_are_typed() {
        let read = |text| login(text).map(|login| (login.provider.to_string(), login.token));
        let google = || "accounts.google.com".to_owned();
        let issuer: EndpointUrl = "https://accounts.google.com".parse().unwrap();
        for (text, provider, token) in [
            ("google=typed", google(), TokenSource::Typed),
            (
                "apple=typed",
                "appleid.apple.com".to_owned(),
                TokenSource::Typed,
            ),
            (
                "a.example/b=file:~/a=b:c",
                "a.example/b".to_owned(),
                TokenSource::File("~/a=b:c".into()),
            ),
            (
                "google=file:a/token",
                google(),
                TokenSource::File(std::env::current_dir().unwrap().join("a/token")),
            ),
            (
                "p=command:get 'a:b', c",
                "p".to_owned(),
                TokenSource::Command("get 'a:b', c".to_owned()),
            ),
            (
                "google=browser:https://accounts.google.com,id",
                google(),
                TokenSource::Browser(OidcClient::at(issuer, "id".to_owned())),
            ),
        ] {
            assert_eq!(read(text), Ok((provider, token)), "{text}");
        }
        for bad in [
            "google",
            "=typed",
            "google=",
            "google=typed:x",
            "google=file:",
            "google=command: ",
            "google=browser:https://accounts.google.com",
            "google=browser:accounts.google.com,id",
            "google=browser:https://a,",
            "https://a.example=typed",
            "google=sung",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
