//! The part of the configuration form about other providers: draft and checks, without a pixel.
//!
//! Deliberately absent: tokens. They are typed when somebody signs in.

use super::Fault;
use super::exchange::optional;
use super::managed_login::callbacks;
use crate::domain::{
    EndpointUrl, IdError, LoginProvider, OidcClient, ProviderLogin, Scope, TokenSource,
};
use crate::ui::draft::Hidden;

/// Which provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// One of [`LoginProvider::PUBLIC`].
    Public(usize),
    /// Any other OpenID Connect provider, by its issuer.
    #[default]
    Oidc,
    /// A SAML provider, by its ARN.
    Saml,
}

impl Kind {
    /// In the order shown, with names.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Public(0), LoginProvider::PUBLIC[0].1),
        (Self::Public(1), LoginProvider::PUBLIC[1].1),
        (Self::Public(2), LoginProvider::PUBLIC[2].1),
        (Self::Public(3), LoginProvider::PUBLIC[3].1),
        (Self::Oidc, "Another OpenID Connect provider"),
        (Self::Saml, "A SAML provider"),
    ];

    /// The key that is known without asking.
    fn key(self) -> Option<&'static str> {
        match self {
            Self::Public(number) => LoginProvider::PUBLIC.get(number).map(|(key, ..)| *key),
            Self::Oidc | Self::Saml => None,
        }
    }

    fn of(provider: &LoginProvider) -> Self {
        let mut keys = LoginProvider::PUBLIC.iter();
        match keys.position(|(key, ..)| *key == provider.as_str()) {
            Some(number) => Self::Public(number),
            None if provider.is_saml() => Self::Saml,
            None => Self::Oidc,
        }
    }

    /// True where the provider signs in desktop programs by authorization code. Facebook and
    /// Amazon hand out access tokens, Apple allows no address on this machine.
    #[must_use]
    pub const fn has_browser(self) -> bool {
        matches!(self, Self::Public(0) | Self::Oidc)
    }
}

/// Where the token comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// Asked for at sign-in.
    #[default]
    Typed,
    /// A file.
    File,
    /// A command's output.
    Command,
    /// The provider's pages.
    Browser,
}

impl Source {
    /// In the order shown, with names.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Typed, "Typed when signing in"),
        (Self::File, "A file"),
        (Self::Command, "A command"),
        (Self::Browser, "Signing in with the browser"),
    ];
}

/// One provider's fields as typed.
#[derive(Default, Clone, PartialEq, Eq)]
pub struct ProviderDraft {
    /// Which.
    pub kind: Kind,
    /// Issuer or ARN, where the kind does not tell.
    pub key: String,
    /// Where the token comes from.
    pub source: Source,
    /// Of the file.
    pub path: String,
    /// Whose output it is.
    pub command: String,
    /// At the provider.
    pub client_id: String,
    /// A newly typed secret of that client.
    pub client_secret: Hidden,
    /// True when one is stored.
    pub has_client_secret: bool,
    /// Ports and addresses, or nothing.
    pub callbacks: String,
    /// Beside `openid`, or nothing.
    pub scopes: String,
}

impl ProviderDraft {
    /// For a person: `Google`, the issuer, or what it is while nothing was typed.
    #[must_use]
    pub fn name(&self) -> &str {
        match (self.kind, self.key.as_str()) {
            (Kind::Public(number), _) => LoginProvider::PUBLIC
                .get(number)
                .map_or("", |(_, name, _)| name),
            (Kind::Oidc, "") => "an OpenID Connect provider",
            (Kind::Saml, "") => "a SAML provider",
            (_, key) => without_scheme(key),
        }
    }

    /// The fields of a stored entry.
    #[must_use]
    pub fn of(login: &ProviderLogin) -> Self {
        let kind = Kind::of(&login.provider);
        let draft = Self {
            kind,
            key: match kind {
                Kind::Public(_) => String::new(),
                Kind::Oidc | Kind::Saml => login.provider.to_string(),
            },
            ..Self::default()
        };
        match &login.token {
            TokenSource::Typed => draft,
            TokenSource::File(path) => Self {
                source: Source::File,
                path: path.display().to_string(),
                ..draft
            },
            TokenSource::Command(command) => Self {
                source: Source::Command,
                command: command.clone(),
                ..draft
            },
            TokenSource::Browser(client) => Self {
                source: Source::Browser,
                key: match kind {
                    Kind::Public(_) => String::new(),
                    Kind::Oidc | Kind::Saml => client.issuer.to_string(),
                },
                client_id: client.client_id.clone(),
                has_client_secret: client.has_client_secret,
                callbacks: super::managed_login::shown_callbacks(&client.callback_urls),
                scopes: client.scopes.join(" "),
                ..draft
            },
        }
    }
}

/// The checks of one provider's fields.
#[derive(Default)]
pub struct ProviderChecks {
    /// Of the issuer or ARN.
    pub key: Fault,
    /// Of the callback addresses.
    pub callbacks: Fault,
    /// Of the scopes.
    pub scopes: Fault,
    /// What is to be saved, when every field is valid.
    pub login: Option<ProviderLogin>,
}

impl ProviderChecks {
    /// Checks the fields; `others` come before it in the form.
    #[must_use]
    pub fn of(draft: &ProviderDraft, others: &[Self]) -> Self {
        let typed = draft.key.trim().trim_end_matches('/');
        let key = draft.kind.key().unwrap_or_else(|| without_scheme(typed));
        let provider: Result<LoginProvider, IdError> = key.parse();
        let mut checks = Self {
            key: super::fault(&draft.key, &provider),
            ..Self::default()
        };
        let Ok(provider) = provider else {
            return checks;
        };
        if draft.kind == Kind::Saml && !provider.is_saml() {
            let looks =
                "A SAML provider's ARN looks like arn:aws:iam::123456789012:saml-provider/Name";
            checks.key = (!typed.is_empty()).then(|| looks.to_owned());
            return checks;
        }
        let is_taken = |other: &Self| {
            let login = other.login.as_ref();
            login.is_some_and(|login| login.provider == provider)
        };
        if others.iter().any(is_taken) {
            checks.key = Some("This provider is in the list already".to_owned());
            return checks;
        }
        let token = checks.token(draft, typed);
        checks.login = token.map(|token| ProviderLogin { provider, token });
        checks
    }

    fn token(&mut self, draft: &ProviderDraft, typed: &str) -> Option<TokenSource> {
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        match draft.source {
            Source::Typed => Some(TokenSource::Typed),
            Source::File => filled(&draft.path).map(|path| TokenSource::File(path.into())),
            Source::Command => filled(&draft.command).map(TokenSource::Command),
            Source::Browser if !draft.kind.has_browser() => None,
            Source::Browser => {
                let issuer = draft.kind.key().unwrap_or(typed);
                let issuer: Result<EndpointUrl, IdError> = with_scheme(issuer).parse();
                self.key = issuer.as_ref().err().map(ToString::to_string);
                let callback_urls = callbacks(&draft.callbacks);
                self.callbacks = callback_urls.as_ref().err().cloned();
                let words = draft.scopes.split_whitespace();
                let scopes: Result<Vec<Option<Scope>>, String> = words.map(optional).collect();
                self.scopes = scopes.as_ref().err().cloned();
                let scopes = scopes.ok()?.into_iter().flatten();
                Some(TokenSource::Browser(OidcClient {
                    issuer: issuer.ok()?,
                    client_id: filled(&draft.client_id)?,
                    has_client_secret: draft.has_client_secret || !draft.client_secret.is_empty(),
                    scopes: scopes.map(|scope| scope.to_string()).collect(),
                    callback_urls: callback_urls.ok()?,
                }))
            }
        }
    }
}

fn without_scheme(text: &str) -> &str {
    text.split_once("://").map_or(text, |(_, rest)| rest)
}

fn with_scheme(text: &str) -> String {
    if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    }
}

#[cfg(test)]
mod tests;
