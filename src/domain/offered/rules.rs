//! What of a profile from elsewhere deserves a second look, or no look at all.
//!
//! A profile says where passwords and tokens go, and which programs run. Deliberately absent: a way
//! around these rules.

use crate::domain::endpoints::Endpoints;
use crate::domain::managed_login::ManagedLogin;
use crate::domain::plain::plain;
use crate::domain::profile::{Profile, TokenSource};

/// Why a profile from elsewhere is not taken: it would run a program, read a file or use an AWS
/// profile of this machine.
#[must_use]
pub fn local_source(profile: &Profile) -> Option<String> {
    if profile.developer.is_some() {
        let why = "It runs a command or uses an AWS profile of this machine, which is not taken \
                   from elsewhere: add it by hand";
        return Some(why.to_owned());
    }
    let local = profile
        .logins
        .iter()
        .find(|login| matches!(login.token, TokenSource::Command(_) | TokenSource::File(_)))?;
    let does = match local.token {
        TokenSource::Command(_) => "runs a command",
        _ => "reads a file",
    };
    Some(format!(
        "It {does} for {}, which is not taken from elsewhere: add it by hand",
        local.provider.label()
    ))
}

/// The longest text of a profile that is shown: a heading, a name.
const LONGEST: usize = 100;

/// A text from elsewhere inside a sentence, short enough that the sentence is read to its end.
#[must_use]
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    plain(text).chars().take(LONGEST).collect()
}

/// A name or a sentence about what came from elsewhere, as it may be shown.
pub(super) fn tidied_text(text: &str) -> String {
    const LONGEST: usize = 400;
    let short: String = plain(text).chars().take(LONGEST).collect();
    short.trim().to_owned()
}

/// Without what could steer a window or a terminal, in the texts that may be anything.
pub(super) fn tidied(mut profile: Profile) -> Profile {
    let tidy = |text: Option<String>| {
        let short = |text: String| {
            plain(&text)
                .trim()
                .chars()
                .take(LONGEST)
                .collect::<String>()
        };
        text.map(short).filter(|text| !text.is_empty())
    };
    profile.group = tidy(profile.group);
    profile.username = tidy(profile.username);
    if let Some(login) = &mut profile.managed_login {
        login.identity_provider = tidy(login.identity_provider.take());
        login.logout_url = tidy(login.logout_url.take());
    }
    profile
}

/// What somebody should see before adding it: who other than AWS gets passwords and tokens.
#[must_use]
pub fn warnings(profile: &Profile) -> Vec<String> {
    let mut warnings: Vec<String> = own_address(&profile.endpoints).into_iter().collect();
    let login = profile.managed_login.as_ref();
    warnings.extend(login.and_then(foreign_domain));
    for login in &profile.logins {
        if let TokenSource::Browser(client) = &login.token {
            let issuer = &client.issuer;
            warnings.push(format!(
                "Your browser opens {issuer} to sign in with {}",
                login.provider.label()
            ));
        }
    }
    if let Some(role) = profile.exchange.role() {
        warnings.push(format!(
            "It asks for the role {} in the account {}",
            role.role_name(),
            role.account()
        ));
    }
    warnings
}

/// Who is asked instead of AWS.
pub(in crate::domain) fn own_address(endpoints: &Endpoints) -> Option<String> {
    let url = endpoints.url.as_ref()?;
    let mut told = format!(
        "It does not go to AWS but to {url}: whoever runs that gets your password and tokens"
    );
    if url.is_loopback() {
        told = format!("It does not go to AWS but to {url}, on this machine");
    } else if url.as_str().starts_with("http://") {
        told.push_str(", and so does everybody on the way, because it is not encrypted");
    }
    Some(told)
}

/// Where managed login is not at a domain of Amazon Cognito's own.
pub(super) fn foreign_domain(login: &ManagedLogin) -> Option<String> {
    let domain = &login.domain;
    // A port or a trailing dot makes it another host, and nobody else's name ends so.
    let host = domain.as_str();
    let is_cognito =
        host.ends_with(".amazoncognito.com") || host.ends_with(".amazoncognito.com.cn");
    (!is_cognito).then(|| {
        format!(
            "Your browser opens {domain} to sign in, which is not a domain of Amazon Cognito's own"
        )
    })
}
