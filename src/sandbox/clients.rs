//! App clients: which flows they allow, and the rules of `SECRET_HASH`.
//!
//! Deliberately absent: OAuth settings besides the URLs; every client may use every scope.

use std::sync::Arc;
use std::time::Duration;

use super::error::Refusal;
use super::managed_login::Urls;
use crate::crypto::secret_hash::secret_hash;
use crate::domain::Secret;

/// A way to sign in that an app client can allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// `USER_SRP_AUTH`.
    Srp,
    /// `USER_PASSWORD_AUTH`.
    Password,
    /// `CUSTOM_AUTH`.
    Custom,
    /// `USER_AUTH`.
    Choice,
    /// `REFRESH_TOKEN_AUTH`.
    Refresh,
}

impl Flow {
    pub(super) fn parse(name: &str) -> Result<Self, Refusal> {
        match name {
            "USER_SRP_AUTH" => Ok(Self::Srp),
            "USER_PASSWORD_AUTH" => Ok(Self::Password),
            "CUSTOM_AUTH" => Ok(Self::Custom),
            "USER_AUTH" => Ok(Self::Choice),
            "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN" => Ok(Self::Refresh),
            _ => Err(Refusal::invalid_parameter(
                "Initiate Auth method not supported",
            )),
        }
    }

    const fn refused(self) -> &'static str {
        match self {
            Self::Srp => "USER_SRP_AUTH is not enabled for the client.",
            Self::Password => "USER_PASSWORD_AUTH flow not enabled for this client",
            Self::Custom => "CUSTOM_AUTH is not enabled for the client.",
            Self::Choice => "USER_AUTH is not enabled for the client.",
            Self::Refresh => "REFRESH_TOKEN_AUTH is not enabled for the client.",
        }
    }
}

/// One app client.
#[derive(Clone)]
pub(super) struct Client {
    pub(super) name: &'static str,
    pub(super) id: &'static str,
    pub(super) secret: Option<Arc<Secret>>,
    pub(super) flows: Vec<Flow>,
    /// Refresh token rotation with this grace period.
    pub(super) rotation: Option<Duration>,
    /// Where managed login may send a browser.
    pub(super) urls: Urls,
    /// Sign-ins come from devices, which can be remembered.
    pub(super) tracks_devices: bool,
}

impl Client {
    pub(super) fn allow(&self, flow: Flow) -> Result<(), Refusal> {
        // The service refuses to have both on one client.
        let rotates = flow == Flow::Refresh && self.rotation.is_some();
        if self.flows.contains(&flow) && !rotates {
            return Ok(());
        }
        Err(Refusal::invalid_parameter(flow.refused()))
    }

    /// The rule where a sign-in starts: a hash nobody can check is refused too.
    pub(super) fn check_first_hash(
        &self,
        username: &str,
        given: Option<&str>,
    ) -> Result<(), Refusal> {
        if self.secret.is_none() && given.is_some() {
            return Err(Refusal::invalid_parameter(format!(
                "App client {} is not configured for secret but secret hash was received",
                self.id
            )));
        }
        self.check_hash(username, given)
    }

    /// The rule for challenge responses and refreshes.
    pub(super) fn check_hash(&self, username: &str, given: Option<&str>) -> Result<(), Refusal> {
        let Some(secret) = &self.secret else {
            return Ok(());
        };
        let given = given.ok_or_else(|| self.hash_missing())?;
        if secret_hash(secret, username, self.id) == given {
            return Ok(());
        }
        Err(self.hash_wrong())
    }

    /// The rule of `GetTokensFromRefreshToken` and `RevokeToken`, which take the secret itself.
    pub(super) fn check_secret(&self, given: Option<&str>) -> Result<(), Refusal> {
        let Some(secret) = &self.secret else {
            return Ok(());
        };
        let given = given.ok_or_else(|| self.hash_missing())?;
        // Equal keyed hashes mean equal secrets, and tell nothing by their timing.
        let given = Secret::new(given.to_owned());
        if secret_hash(secret, "", self.id) == secret_hash(&given, "", self.id) {
            return Ok(());
        }
        Err(self.hash_wrong())
    }

    fn hash_missing(&self) -> Refusal {
        Refusal::not_authorized(format!(
            "Client {} is configured with secret but SECRET_HASH was not received",
            self.id
        ))
    }

    fn hash_wrong(&self) -> Refusal {
        Refusal::not_authorized(format!(
            "Unable to verify secret hash for client {}",
            self.id
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(secret: Option<&str>) -> Client {
        Client {
            name: "test",
            id: "abc",
            secret: secret.map(|text| Arc::new(Secret::new(text.to_owned()))),
            flows: vec![Flow::Srp, Flow::Refresh],
            rotation: None,
            urls: Urls::default(),
            tracks_devices: false,
        }
    }

    #[test]
    fn the_hash_is_checked_over_the_name_that_was_sent() {
        let client = client(Some("s3cret"));
        let right = secret_hash(&Secret::new("s3cret".to_owned()), "ana", "abc");
        assert_eq!(client.check_first_hash("ana", Some(&right)), Ok(()));
        let refusal = client
            .check_hash("ana@example.com", Some(&right))
            .unwrap_err();
        assert_eq!(
            refusal.message,
            "Unable to verify secret hash for client abc"
        );
        let refusal = client.check_hash("ana", None).unwrap_err();
        assert_eq!(
            refusal.message,
            "Client abc is configured with secret but SECRET_HASH was not received"
        );
    }

    #[test]
    fn a_public_client_refuses_a_hash_only_where_a_sign_in_starts() {
        let refusal = client(None).check_first_hash("ana", Some("x")).unwrap_err();
        assert_eq!(refusal.code, "InvalidParameterException");
        assert_eq!(client(None).check_hash("ana", Some("x")), Ok(()));
    }

    #[test]
    fn the_secret_itself_is_compared() {
        let client = client(Some("s3cret"));
        assert_eq!(client.check_secret(Some("s3cret")), Ok(()));
        assert!(client.check_secret(Some("S3cret")).is_err());
        assert!(client.check_secret(None).is_err());
    }

    #[test]
    fn rotation_forbids_the_old_refresh_flow() {
        let mut client = client(None);
        assert_eq!(client.allow(Flow::Refresh), Ok(()));
        client.rotation = Some(Duration::ZERO);
        assert!(client.allow(Flow::Refresh).is_err());
        let refusal = client.allow(Flow::Password).unwrap_err();
        assert_eq!(
            refusal.message,
            "USER_PASSWORD_AUTH flow not enabled for this client"
        );
    }
}
