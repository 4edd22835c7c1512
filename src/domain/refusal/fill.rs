//! Puts a profile's IDs into the texts of the tables, quoted for where they stand.
//!
//! Usernames and whatever a server said may hold anything, so nothing gets into a command or an
//! address unquoted. Deliberately absent: what to do when an ID lacks; then there is no text.

use crate::domain::partition::identity_principal;
use crate::domain::plain::plain;
use crate::domain::{
    AwsSaid, DeveloperSource, Exchange, Partition, Profile, Region, SignInMethod, TokenSource,
};

/// For whom a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// A person.
    Text,
    /// A POSIX shell.
    Shell,
    /// A browser.
    Url,
}

/// Where the IDs come from.
pub(super) struct Filling<'a> {
    pub(super) profile: &'a Profile,
    pub(super) said: &'a AwsSaid,
}

impl Filling<'_> {
    /// The text with every `<name>` filled; nothing when this profile lacks one of them.
    pub(super) fn fill(&self, template: &str, style: Style) -> Option<String> {
        let mut text = String::new();
        let mut rest = template;
        let mut is_within_quotes = false;
        while let Some((before, name, after)) = next_name(rest) {
            text.push_str(before);
            let value = self.value(name)?;
            is_within_quotes ^= before.matches('\'').count() % 2 == 1;
            match style {
                _ if is_ready(name) => text.push_str(&value),
                Style::Text => text.push_str(&plain(&value)),
                Style::Url => text.push_str(&percent(&value)),
                // Of another value even a right quoting would be hard to read, and to trust.
                Style::Shell if is_within_quotes => {
                    text.push_str(is_harmless(&value).then_some(&value)?);
                }
                Style::Shell => text.push_str(&quoted(&value)?),
            }
            rest = after;
        }
        text.push_str(rest);
        Some(text)
    }

    fn value(&self, name: &str) -> Option<String> {
        let profile = self.profile;
        let pool = profile.user_pool.as_ref();
        let pool_region = pool.map(|pool| pool.user_pool_id.region());
        match name {
            "profile" => Some(profile.name.to_string()),
            // For a step that is for one of the two exchanges only.
            "basic_profile" | "enhanced_profile" => {
                let is_basic = matches!(profile.exchange, Exchange::Basic(_));
                (is_basic == (name == "basic_profile")).then(|| profile.name.to_string())
            }
            "username" => profile.username.clone(),
            "user_pool_id" => pool.map(|pool| pool.user_pool_id.to_string()),
            "client_id" => pool.map(|pool| pool.client_id.to_string()),
            "user_pool_region" => pool_region.map(|region| region.to_string()),
            "user_pool_console" => pool_region.map(|region| console(&region)),
            "user_pool_at" => pool_region.map(|region| self.at(&region)),
            "user_pool_key" => pool.zip(pool_region).map(|(pool, region)| {
                let suffix = Partition::of(&region).dns_suffix();
                format!("cognito-idp.{region}.{suffix}/{}", pool.user_pool_id)
            }),
            "flow" => flow(profile.sign_in).map(str::to_owned),
            "domain" => profile
                .managed_login
                .as_ref()
                .map(|login| login.domain.to_string()),
            "identity_pool_id" => Some(profile.identity_pool_id.to_string()),
            "region" => Some(profile.region().to_string()),
            "console" => Some(console(&profile.region())),
            "at" => Some(self.at(&profile.region())),
            "principal" => Some(identity_principal(&profile.region()).to_owned()),
            "amr" => Some(amr(profile.sign_in).to_owned()),
            "role" => profile.exchange.role().map(ToString::to_string),
            "role_name" => Some(profile.exchange.role()?.role_name().to_owned()),
            "account" => Some(profile.exchange.role()?.account().to_owned()),
            "duration" => duration(&profile.exchange),
            "quoted" => within_quotes(&self.said.message),
            _ => self.value_of_login(name),
        }
    }

    /// Of the first login of another provider, or of the developer's.
    fn value_of_login(&self, name: &str) -> Option<String> {
        let login = self.profile.logins.first();
        match (name, login, &self.profile.developer) {
            ("provider", Some(login), _) => Some(login.provider.label().to_owned()),
            ("provider_key", Some(login), _) => Some(login.provider.to_string()),
            ("token_kind", Some(login), _) => Some(login.provider.token_kind().to_owned()),
            ("audience", Some(login), _) => match &login.token {
                TokenSource::Browser(client) => Some(client.client_id.clone()),
                _ => None,
            },
            ("developer_name", _, Some(DeveloperSource::AwsProfile(source))) => {
                Some(source.provider_name.clone())
            }
            ("aws_profile", _, Some(DeveloperSource::AwsProfile(source))) => {
                Some(source.aws_profile.clone())
            }
            _ => None,
        }
    }

    /// The options that say which region and address are asked.
    fn at(&self, region: &Region) -> String {
        let url = self.profile.endpoints.url.as_ref();
        let url = url.and_then(|url| quoted(url.as_str()));
        match url {
            Some(url) => format!("--region {region} --endpoint-url {url}"),
            None => format!("--region {region}"),
        }
    }
}

/// Values that are made here and not quoted again.
fn is_ready(name: &str) -> bool {
    matches!(
        name,
        "at" | "user_pool_at" | "console" | "user_pool_console"
    )
}

fn console(region: &Region) -> String {
    Partition::of(region).console(region)
}

const fn flow(method: SignInMethod) -> Option<&'static str> {
    match method {
        SignInMethod::Srp => Some("ALLOW_USER_SRP_AUTH"),
        SignInMethod::Password => Some("ALLOW_USER_PASSWORD_AUTH"),
        SignInMethod::Choice => Some("ALLOW_USER_AUTH"),
        SignInMethod::Custom | SignInMethod::CustomSrp => Some("ALLOW_CUSTOM_AUTH"),
        _ => None,
    }
}

const fn amr(method: SignInMethod) -> &'static str {
    match method {
        SignInMethod::Guest => "unauthenticated",
        _ => "authenticated",
    }
}

fn duration(exchange: &Exchange) -> Option<String> {
    match exchange {
        Exchange::Basic(basic) => basic.duration.map(|duration| duration.to_string()),
        Exchange::Enhanced { .. } => None,
    }
}

/// What the server put between single quotes: `Identity 'X' not found.`
fn within_quotes(message: &str) -> Option<String> {
    let text = message.split('\'').nth(1)?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// Splits at the next `<name>`.
fn next_name(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('<')?;
    let (name, after) = rest.split_once('>')?;
    Some((before, name, after))
}

fn is_harmless(value: &str) -> bool {
    let harmless = |letter: char| letter.is_ascii_alphanumeric() || "_-.:/@+=,".contains(letter);
    !value.is_empty() && value.chars().all(harmless)
}

/// One word for a POSIX shell; nothing for what would be taken for an option or steers a terminal.
fn quoted(value: &str) -> Option<String> {
    if value.starts_with('-') || plain(value) != value {
        return None;
    }
    if is_harmless(value) {
        return Some(value.to_owned());
    }
    Some(format!("'{}'", value.replace('\'', r"'\''")))
}

/// Percent-encoding (RFC 3986) of everything but unreserved characters and the colon of pool IDs.
fn percent(value: &str) -> String {
    let mut text = String::new();
    for byte in value.bytes() {
        let letter = char::from(byte);
        if letter.is_ascii_alphanumeric() || "-._~:".contains(letter) {
            text.push(letter);
        } else {
            text.extend(format!("%{byte:02X}").chars());
        }
    }
    text
}
