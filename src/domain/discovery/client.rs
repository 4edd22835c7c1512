//! How people sign in with an app client: the method to propose, managed login, and what to know.
//!
//! Sources: the API reference of `UserPoolClientType` (`ExplicitAuthFlows`: what holds where nothing
//! is set; `SupportedIdentityProviders`: it limits managed login, not sign-in with the API).
//! Deliberately absent: flows that need an administrator's keys.

use super::inventory::{ClientSettings, UserPoolFound};
use crate::domain::endpoints::Endpoints;
use crate::domain::managed_login::{CallbackUrl, LoginDomain, ManagedLogin};
use crate::domain::profile::SignInMethod;

/// Where nothing is set, these hold.
const DEFAULT_FLOWS: [&str; 3] = [
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
];

/// The user pool's own users, among `SupportedIdentityProviders`.
const OWN_USERS: &str = "COGNITO";

/// How a profile signs in with an app client.
pub struct Ways {
    pub method: SignInMethod,
    pub managed_login: Option<ManagedLogin>,
    pub remarks: Vec<String>,
}

impl Ways {
    /// Where the settings could not be read.
    pub fn unread() -> Self {
        let assumed = "How people sign in could not be read: Password (SRP) without a client secret \
                       is assumed";
        Self {
            method: SignInMethod::Srp,
            managed_login: None,
            remarks: vec![assumed.to_owned()],
        }
    }
}

/// The way to propose; the sentence says why there is none.
pub fn ways(
    settings: &ClientSettings,
    pool: Option<&UserPoolFound>,
    endpoints: &Endpoints,
) -> Result<Ways, String> {
    let mut remarks = Vec::new();
    let managed_login = managed_login(settings, pool, endpoints, &mut remarks);
    let allowed = allowed(settings, managed_login.is_some());
    let federates = settings
        .identity_providers
        .iter()
        .any(|provider| provider != OWN_USERS);
    let in_browser = allowed.contains(&SignInMethod::Browser) && federates;
    let Some(method) = allowed.first().map(|first| {
        if in_browser {
            SignInMethod::Browser
        } else {
            *first
        }
    }) else {
        return Err(no_way(settings));
    };
    let others: Vec<&str> = allowed
        .iter()
        .filter(|other| **other != method)
        .map(|other| other.label())
        .collect();
    if !others.is_empty() {
        remarks.push(format!("Also allows: {}", others.join(", ")));
    }
    if settings.secret.is_some() {
        remarks.push(
            "The app client has a secret: it is read and kept in your secret store".to_owned(),
        );
    }
    let refreshes = |flow: &str| flow.ends_with("REFRESH_TOKEN_AUTH") || is_old(flow);
    if !settings.rotates && !flows(settings).into_iter().any(refreshes) {
        remarks
            .push("The app client does not allow refresh: you sign in again each time".to_owned());
    }
    Ok(Ways {
        method,
        managed_login,
        remarks,
    })
}

fn flows(settings: &ClientSettings) -> Vec<&str> {
    if settings.auth_flows.is_empty() {
        return DEFAULT_FLOWS.to_vec();
    }
    settings.auth_flows.iter().map(String::as_str).collect()
}

/// The names before `ALLOW_` allowed SRP and refresh without saying so.
fn is_old(flow: &str) -> bool {
    !flow.starts_with("ALLOW_")
}

/// In the order of preference.
fn allowed(settings: &ClientSettings, managed_login: bool) -> Vec<SignInMethod> {
    let flows = flows(settings);
    let old = flows.iter().any(|flow| is_old(flow));
    let has = |names: &[&str]| flows.iter().any(|flow| names.contains(flow));
    let only_custom = has(&["CUSTOM_AUTH_FLOW_ONLY"]);
    let ways = [
        (
            SignInMethod::Srp,
            has(&["ALLOW_USER_SRP_AUTH"]) || (old && !only_custom),
        ),
        (SignInMethod::Choice, has(&["ALLOW_USER_AUTH"])),
        (
            SignInMethod::Password,
            has(&["ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"]),
        ),
        (
            SignInMethod::Custom,
            has(&["ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH_FLOW_ONLY"]),
        ),
        (SignInMethod::Browser, managed_login),
    ];
    let open = ways.into_iter().filter(|(_, allowed)| *allowed);
    open.map(|(method, _)| method).collect()
}

fn no_way(settings: &ClientSettings) -> String {
    let machines = settings
        .oauth_flows
        .iter()
        .any(|flow| flow == "client_credentials");
    if machines {
        return "It is for programs (client_credentials): no person signs in with it".to_owned();
    }
    "It allows no sign-in method of Poolkey's: allow ALLOW_USER_SRP_AUTH or managed login"
        .to_owned()
}

/// Managed login, where the pool has a domain and the client lets a browser come back to this
/// machine with a code.
fn managed_login(
    settings: &ClientSettings,
    pool: Option<&UserPoolFound>,
    endpoints: &Endpoints,
    remarks: &mut Vec<String>,
) -> Option<ManagedLogin> {
    let domain = login_domain(pool?, endpoints)?;
    if !settings.oauth_flows.iter().any(|flow| flow == "code") {
        return None;
    }
    let here: Vec<CallbackUrl> = settings
        .callback_urls
        .iter()
        .filter_map(|url| url.parse().ok())
        .collect();
    if here.is_empty() {
        remarks.push(format!(
            "To sign in with the browser, add the callback URL {}",
            ManagedLogin::DEFAULT_CALLBACK_URLS[0]
        ));
        return None;
    }
    let scopes: Vec<String> = ManagedLogin::DEFAULT_SCOPES
        .into_iter()
        .filter(|scope| settings.scopes.iter().any(|allowed| allowed == scope))
        .map(str::to_owned)
        .collect();
    if !scopes.iter().any(|scope| scope == "openid") {
        remarks.push(
            "To sign in with the browser, allow the scope openid: it brings the ID token"
                .to_owned(),
        );
        return None;
    }
    // One provider of its own: straight to that one.
    let identity_provider = match settings.identity_providers.as_slice() {
        [only] if only != OWN_USERS => Some(only.clone()),
        _ => None,
    };
    Some(ManagedLogin {
        identity_provider,
        callback_urls: here,
        scopes,
        logout_url: settings.logout_urls.first().cloned(),
        ..ManagedLogin::at(domain)
    })
}

/// An emulator serves managed login at its one address.
fn login_domain(pool: &UserPoolFound, endpoints: &Endpoints) -> Option<LoginDomain> {
    let text = pool.domain.as_deref()?;
    if let Some(url) = &endpoints.url {
        return url.as_str().parse().ok();
    }
    if text.contains('.') {
        return text.parse().ok();
    }
    LoginDomain::of_prefix(text, &pool.id.region())
}
