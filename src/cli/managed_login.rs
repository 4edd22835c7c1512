//! Managed login in `profile add` and `profile show`.

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use serde_json::{Value, json};

use crate::domain::{CallbackUrl, LoginDomain, ManagedLogin};

/// What a new profile says about managed login.
#[derive(Debug, Args)]
pub struct ManagedLoginOptions {
    /// Managed login's host, such as acme.auth.eu-west-1.amazoncognito.com
    #[arg(long, value_name = "HOST")]
    pub domain: Option<LoginDomain>,
    /// Straight to this provider in the browser, such as Google
    #[arg(long, value_name = "NAME", requires = "domain", value_parser = NonEmptyStringValueParser::new())]
    pub identity_provider: Option<String>,
    /// Where the browser comes back to, as registered; may be given more than once
    #[arg(long = "callback-url", value_name = "URL", requires = "domain")]
    pub callback_urls: Vec<CallbackUrl>,
}

impl ManagedLoginOptions {
    /// With the defaults for what was not given.
    pub fn managed_login(self) -> Option<ManagedLogin> {
        let mut login = ManagedLogin::at(self.domain?);
        login.identity_provider = self.identity_provider;
        if !self.callback_urls.is_empty() {
            login.callback_urls = self.callback_urls;
        }
        Some(login)
    }
}

/// Lines for `profile show`.
pub fn details(login: &ManagedLogin) -> Vec<String> {
    let mut lines = vec![format!("Managed login     {}", login.domain)];
    if let Some(provider) = &login.identity_provider {
        lines.push(format!("Identity provider {provider}"));
    }
    lines.push(format!("Callback URLs     {}", callbacks(login).join(", ")));
    lines.push(format!("Scopes            {}", login.scopes.join(" ")));
    if let Some(url) = &login.logout_url {
        lines.push(format!("Sign-out URL      {url}"));
    }
    lines
}

/// The keys of `profiles.toml` in a profile's JSON object.
pub fn add_json(login: Option<&ManagedLogin>, profile: &mut Value) {
    let found = [
        ("domain", login.map(|login| json!(login.domain.as_str()))),
        (
            "identity_provider",
            login.map(|login| json!(login.identity_provider)),
        ),
        ("callback_urls", login.map(|login| json!(callbacks(login)))),
        ("scopes", login.map(|login| json!(login.scopes))),
        ("logout_url", login.map(|login| json!(login.logout_url))),
    ];
    if let Value::Object(profile) = profile {
        for (key, value) in found {
            profile.insert(key.to_owned(), value.unwrap_or_default());
        }
    }
}

fn callbacks(login: &ManagedLogin) -> Vec<&str> {
    login
        .callback_urls
        .iter()
        .map(CallbackUrl::as_str)
        .collect()
}
