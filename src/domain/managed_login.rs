//! Managed login: the user pool's own pages in a browser, and where the browser comes back to.
//!
//! Deliberately absent: the requests themselves (see `ops::browser` and its adapter).

use std::fmt;
use std::str::FromStr;

use super::ids::{EndpointUrl, IdError, Region};

/// What a profile says about managed login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManagedLogin {
    /// Where the pages are.
    pub domain: LoginDomain,
    /// Straight to this provider: `Google`, a SAML or OIDC provider's own name, `COGNITO`.
    pub identity_provider: Option<String>,
    /// Registered with the app client, exactly so; the first whose port is free is used.
    pub callback_urls: Vec<CallbackUrl>,
    /// OAuth scopes.
    pub scopes: Vec<String>,
    /// Registered as a sign-out address; without it the browser ends at the sign-in page.
    pub logout_url: Option<String>,
}

impl ManagedLogin {
    /// The callback addresses that Poolkey asks to be registered.
    pub const DEFAULT_CALLBACK_URLS: [&'static str; 3] = [
        "http://localhost:8976/callback",
        "http://localhost:8977/callback",
        "http://localhost:8978/callback",
    ];

    /// Who it is, and the right to sign out everywhere.
    pub const DEFAULT_SCOPES: [&'static str; 3] =
        ["openid", "email", "aws.cognito.signin.user.admin"];

    /// With the defaults for everything but the domain.
    #[must_use]
    pub fn at(domain: LoginDomain) -> Self {
        Self {
            domain,
            identity_provider: None,
            callback_urls: CallbackUrl::usual(),
            scopes: Self::DEFAULT_SCOPES.map(str::to_owned).to_vec(),
            logout_url: None,
        }
    }
}

/// The host of managed login: `acme.auth.eu-west-1.amazoncognito.com` or a domain of one's own.
/// A whole address is understood too; plain HTTP only on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginDomain(String);

impl LoginDomain {
    /// The domain that Amazon Cognito makes of a prefix; none where it is no prefix.
    #[must_use]
    pub fn of_prefix(prefix: &str, region: &Region) -> Option<Self> {
        let fits = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        let bytes = prefix.as_bytes();
        let ends = [bytes.first()?, bytes.last()?];
        let is_prefix = bytes.len() <= 63
            && ends.into_iter().all(|letter| fits(*letter))
            && bytes.iter().all(|letter| fits(*letter) || *letter == b'-');
        // In GovCloud there is nothing but the FIPS address.
        let host = if region.as_str().starts_with("us-gov-") {
            "auth-fips"
        } else {
            "auth"
        };
        is_prefix.then(|| Self(format!("{prefix}.{host}.{region}.amazoncognito.com")))
    }

    /// Scheme and host, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> String {
        if self.0.contains("://") {
            self.0.clone()
        } else {
            format!("https://{}", self.0)
        }
    }

    /// As it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for an address on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.base_url()
            .parse::<EndpointUrl>()
            .is_ok_and(|url| url.is_loopback())
    }
}

impl fmt::Display for LoginDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for LoginDomain {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let text = text.trim().trim_end_matches('/');
        let error = || {
            IdError::new(
                "The managed login domain looks like acme.auth.eu-west-1.amazoncognito.com",
            )
        };
        let domain = Self(text.trim_start_matches("https://").to_owned());
        let host = domain.0.trim_start_matches("http://");
        let is_host = |letter: char| letter.is_ascii_alphanumeric() || "-.:[]".contains(letter);
        if host.is_empty() || !host.contains(['.', ':']) || !host.chars().all(is_host) {
            return Err(error());
        }
        if domain.0.starts_with("http://") && !domain.is_loopback() {
            return Err(IdError::new(
                "Managed login without TLS works on this machine only",
            ));
        }
        Ok(domain)
    }
}

/// An address on this machine that the browser is sent back to, as registered with the app client.
/// Cognito compares it letter by letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackUrl {
    text: String,
    port: u16,
}

impl CallbackUrl {
    /// The addresses that Poolkey asks to be registered.
    #[must_use]
    pub fn usual() -> Vec<Self> {
        let urls = ManagedLogin::DEFAULT_CALLBACK_URLS.iter();
        urls.filter_map(|url| url.parse().ok()).collect()
    }

    /// As registered.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The port to listen on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The host as written: `localhost`, `127.0.0.1` or `[::1]`.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.text.trim_start_matches("http://");
        let authority = rest.split('/').next().unwrap_or_default();
        authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host)
    }

    /// The path: `/callback`.
    #[must_use]
    pub fn path(&self) -> &str {
        let rest = self.text.trim_start_matches("http://");
        rest.find('/')
            .map_or("", |slash| rest.get(slash..).unwrap_or_default())
    }
}

impl fmt::Display for CallbackUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for CallbackUrl {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let error = || IdError::new("A callback address looks like http://localhost:8976/callback");
        let rest = text.strip_prefix("http://").ok_or_else(error)?;
        let hosts = ["localhost:", "127.0.0.1:", "[::1]:"];
        let after = hosts.iter().find_map(|host| rest.strip_prefix(host));
        let after = after.ok_or_else(error)?;
        let (port, path) = after.split_at(after.find('/').unwrap_or(after.len()));
        // As a browser writes it: 08976 and +8976 are numbers, but not that text.
        let is_plain = !port.starts_with(['0', '+']);
        let port: u16 = port.parse().map_err(|_| error())?;
        if !is_plain || path.contains(['?', '#', ' ']) {
            return Err(error());
        }
        let text = text.to_owned();
        Ok(Self { text, port })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains() {
        for (text, base) in [
            (
                "acme.auth.eu-west-1.amazoncognito.com",
                "https://acme.auth.eu-west-1.amazoncognito.com",
            ),
            ("https://login.acme.example/", "https://login.acme.example"),
            ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
        ] {
            assert_eq!(text.parse::<LoginDomain>().unwrap().base_url(), base);
        }
        for text in [
            "",
            "acme",
            "http://login.acme.example",
            "a.b/c",
            "a b.c",
            "x.y?z",
        ] {
            assert!(text.parse::<LoginDomain>().is_err(), "{text}");
        }
    }

    #[test]
    fn prefixes() {
        let domain = |prefix: &str, region: &str| {
            let domain = LoginDomain::of_prefix(prefix, &region.parse().unwrap())?;
            assert_eq!(domain.as_str().parse(), Ok(domain.clone()));
            Some(domain.to_string())
        };
        let of = |prefix| domain(prefix, "eu-west-1");
        let whole = "acme-7.auth.eu-west-1.amazoncognito.com";
        assert_eq!(of("acme-7").as_deref(), Some(whole));
        let fips = "acme.auth-fips.us-gov-west-1.amazoncognito.com";
        assert_eq!(domain("acme", "us-gov-west-1").as_deref(), Some(fips));
        let long = "a".repeat(64);
        for text in ["", "-a", "a-", "Acme", "a.b", "a_b", "ä", long.as_str()] {
            assert_eq!(of(text), None, "{text}");
        }
        assert!(of(long.get(1..).unwrap()).is_some());
    }

    #[test]
    fn callback_addresses() {
        let url: CallbackUrl = "http://localhost:8976/callback".parse().unwrap();
        assert_eq!(
            (url.host(), url.port(), url.path()),
            ("localhost", 8976, "/callback")
        );
        let url: CallbackUrl = "http://[::1]:80".parse().unwrap();
        assert_eq!((url.host(), url.port(), url.path()), ("[::1]", 80, ""));
        let url: CallbackUrl = "http://localhost:1/a:1".parse().unwrap();
        assert_eq!((url.host(), url.path()), ("localhost", "/a:1"));
        for text in [
            "https://localhost:1/",
            "http://localhost/",
            "http://acme.example:80/",
            "http://localhost:0/",
            "http://localhost:1/?a",
            "http://localhost:99999/",
            "http://localhost:08976/",
            "http://localhost:+8976/",
            "",
        ] {
            assert!(text.parse::<CallbackUrl>().is_err(), "{text}");
        }
        assert_eq!(
            ManagedLogin::at("a.b".parse().unwrap()).callback_urls.len(),
            3
        );
    }
}
