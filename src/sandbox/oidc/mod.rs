//! An OpenID Connect provider of its own, for identity pools that take one.
//!
//! Its issuer is `http://127.0.0.1:PORT/oidc`. Deliberately absent: passwords. Who comes chooses
//! one of its people.

/// What the provider remembers.
pub(super) struct OidcProvider {
    /// Its key in a `Logins` map: the issuer without the scheme.
    pub(super) key: String,
}

impl OidcProvider {
    pub(super) fn at(port: u16) -> Self {
        Self {
            key: format!("127.0.0.1:{port}/oidc"),
        }
    }

    /// `iss` of its ID tokens.
    pub(super) fn issuer(&self) -> String {
        format!("http://{}", self.key)
    }
}
