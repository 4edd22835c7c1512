//! The part of the configuration form about managed login: draft and checks, without a pixel.
//!
//! A field that is left empty means the default, which is not written into the file either.
//! Without a domain there is no managed login, whatever stands in the other fields.

use super::Fault;
use crate::domain::{CallbackUrl, IdError, LoginDomain, ManagedLogin, Region, Scope, SignInMethod};

/// The fields as typed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct LoginDraft {
    /// A domain, or the prefix of one of Amazon Cognito's.
    pub domain: String,
    /// Identity provider, may be empty.
    pub identity_provider: String,
    /// Ports and addresses, or nothing.
    pub callbacks: String,
    /// Scopes, or nothing.
    pub scopes: String,
    /// Sign-out address, may be empty.
    pub logout_url: String,
}

impl LoginDraft {
    /// The fields of a stored profile.
    #[must_use]
    pub fn of(login: Option<&ManagedLogin>) -> Self {
        let Some(login) = login else {
            return Self::default();
        };
        let defaults = ManagedLogin::at(login.domain.clone());
        let unless = |same: bool, text: String| if same { String::new() } else { text };
        Self {
            domain: login.domain.to_string(),
            identity_provider: login.identity_provider.clone().unwrap_or_default(),
            callbacks: shown_callbacks(&login.callback_urls),
            scopes: unless(login.scopes == defaults.scopes, login.scopes.join(" ")),
            logout_url: login.logout_url.clone().unwrap_or_default(),
        }
    }
}

/// As somebody would type them: nothing for the usual ones.
pub(super) fn shown_callbacks(urls: &[CallbackUrl]) -> String {
    let usual = ManagedLogin::DEFAULT_CALLBACK_URLS.iter();
    if urls.iter().map(CallbackUrl::as_str).eq(usual.copied()) {
        return String::new();
    }
    urls.iter().map(short).collect::<Vec<_>>().join(", ")
}

/// The port alone where the rest is as usual.
fn short(url: &CallbackUrl) -> String {
    let port = url.port().to_string();
    if of_port(&port) == url.as_str() {
        port
    } else {
        url.to_string()
    }
}

fn of_port(port: &str) -> String {
    format!("http://localhost:{port}/callback")
}

/// The checks of these fields.
#[derive(Default)]
pub struct LoginChecks {
    /// Of the domain.
    pub domain: Fault,
    /// The whole domain, where only its prefix was typed.
    pub whole_domain: Option<String>,
    /// True when the method of the profile does not work without a domain.
    pub is_missing: bool,
    /// Of the callback addresses.
    pub callbacks: Fault,
    /// What has to be registered with the app client.
    pub callback_urls: Vec<CallbackUrl>,
    /// Of the scopes.
    pub scopes: Fault,
    /// Of the sign-out address.
    pub logout_url: Fault,
    /// What is to be saved, when every field is valid.
    pub login: Option<Option<ManagedLogin>>,
}

impl LoginChecks {
    /// Checks the fields, for a pool in `region` whose users sign in by `method`.
    #[must_use]
    pub fn of(draft: &LoginDraft, region: Option<&Region>, method: SignInMethod) -> Self {
        let typed = draft.domain.trim();
        if typed.is_empty() {
            let is_missing = method == SignInMethod::Browser;
            return Self {
                is_missing,
                login: (!is_missing).then_some(None),
                ..Self::default()
            };
        }
        let domain = domain(typed, region);
        let callbacks = callbacks(&draft.callbacks);
        let scopes = scopes(&draft.scopes);
        let logout_url = logout_url(&draft.logout_url);
        let whole = domain.as_ref().ok().map(ToString::to_string);
        let mut checks = Self {
            domain: domain.as_ref().err().cloned(),
            whole_domain: whole.filter(|_| !typed.contains(['.', ':'])),
            callbacks: callbacks.as_ref().err().cloned(),
            callback_urls: callbacks.as_ref().cloned().unwrap_or_default(),
            scopes: scopes.as_ref().err().cloned(),
            logout_url: logout_url.as_ref().err().cloned(),
            ..Self::default()
        };
        if let (Ok(domain), Ok(callback_urls), Ok(scopes), Ok(logout_url)) =
            (domain, callbacks, scopes, logout_url)
        {
            checks.login = Some(Some(ManagedLogin {
                domain,
                identity_provider: some(&draft.identity_provider),
                callback_urls,
                scopes,
                logout_url,
            }));
        }
        checks
    }
}

fn some(typed: &str) -> Option<String> {
    Some(typed.trim().to_owned()).filter(|text| !text.is_empty())
}

fn in_words(why: &IdError) -> String {
    why.to_string()
}

fn domain(typed: &str, region: Option<&Region>) -> Result<LoginDomain, String> {
    if typed.contains(['.', ':']) {
        return typed.parse().map_err(|why| in_words(&why));
    }
    let Some(region) = region else {
        return Err("A prefix alone needs the user pool ID above, for the region".to_owned());
    };
    LoginDomain::of_prefix(typed, region).ok_or_else(|| {
        "A prefix has lower-case letters, digits and hyphens; a domain looks like \
         login.acme.example"
            .to_owned()
    })
}

fn words(typed: &str) -> impl Iterator<Item = &str> {
    let between = |letter: char| letter.is_whitespace() || letter == ',';
    typed.split(between).filter(|word| !word.is_empty())
}

pub(super) fn callbacks(typed: &str) -> Result<Vec<CallbackUrl>, String> {
    let mut urls = Vec::new();
    for word in words(typed) {
        let is_port = word.chars().all(|letter| letter.is_ascii_digit());
        let url = if is_port {
            of_port(word).parse()
        } else {
            word.parse()
        };
        let url: CallbackUrl =
            url.map_err(|_| format!("{word} is no port and no http://localhost:8976/callback"))?;
        if urls.contains(&url) {
            return Err(format!("{word} is named twice"));
        }
        urls.push(url);
    }
    if urls.is_empty() {
        let defaults = ManagedLogin::DEFAULT_CALLBACK_URLS.iter();
        urls = defaults.filter_map(|url| url.parse().ok()).collect();
    }
    Ok(urls)
}

fn scopes(typed: &str) -> Result<Vec<String>, String> {
    let mut scopes = Vec::new();
    for word in words(typed) {
        let scope: Scope = word.parse().map_err(|why| in_words(&why))?;
        scopes.push(scope.to_string());
    }
    if scopes.is_empty() {
        return Ok(ManagedLogin::DEFAULT_SCOPES.map(str::to_owned).to_vec());
    }
    if !scopes.iter().any(|scope| scope == "openid") {
        return Err("Without openid there is no ID token to exchange".to_owned());
    }
    Ok(scopes)
}

fn logout_url(typed: &str) -> Result<Option<String>, String> {
    let Some(url) = some(typed) else {
        return Ok(None);
    };
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let fits = |letter: char| letter.is_ascii_graphic() && letter != '#';
    if rest.is_empty() || !url.chars().all(fits) {
        return Err("A sign-out URL looks like https://acme.example/bye".to_owned());
    }
    Ok(Some(url))
}

#[cfg(test)]
mod tests;
