//! The sign-in of an Amplify app, whichever of its files it was written in, as a profile.
//!
//! Sources: `schema_v1.4.json` of amplify-backend's client configuration, and the files of
//! Amplify's Gen 1 command line. Deliberately absent: JSON and JavaScript (see
//! `adapters::imports`), and everything of an app that is not its sign-in.

use super::rules::quoted;
use super::{Offer, Offered, WithoutIdentityPool};
use crate::domain::ids::ProfileName;
use crate::domain::managed_login::{CallbackUrl, LoginDomain, ManagedLogin};
use crate::domain::profile::{PoolClient, Profile, SignInMethod, region_mismatch};
use crate::domain::scope::Scope;

/// The values as they are written; empty where there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AmplifyAuth {
    /// `us-east-1_…`.
    pub user_pool_id: String,
    /// Of the web or native client.
    pub client_id: String,
    /// `us-east-1:…`.
    pub identity_pool_id: String,
    /// `USER_SRP_AUTH`, ….
    pub flow: String,
    /// The pool lets people in without a password.
    pub passwordless: bool,
    /// Of managed login.
    pub domain: String,
    /// OAuth scopes.
    pub scopes: Vec<String>,
    /// Registered callback addresses of every kind.
    pub callback_urls: Vec<String>,
    /// The app client has a secret, which stands in the file.
    pub has_client_secret: bool,
    /// False where the file says that there are no guests.
    pub guests: Option<bool>,
    /// What else was seen in the file, a sentence each.
    pub remarks: Vec<String>,
}

impl AmplifyAuth {
    /// The profile that it makes, named so.
    #[must_use]
    pub fn offered(self, name: &ProfileName, source: String) -> Offered {
        let mut remarks = self.remarks.clone();
        let offer = match self.offer(name.clone(), &mut remarks) {
            Ok(offer) => offer,
            Err(why) => Offer::Useless {
                name: name.to_string(),
                why,
            },
        };
        Offered {
            source,
            offer,
            remarks,
        }
    }

    fn offer(&self, name: ProfileName, remarks: &mut Vec<String>) -> Result<Offer, String> {
        let identity_pool = match self.identity_pool_id.as_str() {
            "" => None,
            text => Some(
                text.parse()
                    .map_err(|error| format!("{}: {error}", quoted(text)))?,
            ),
        };
        if self.user_pool_id.is_empty() {
            let Some(identity_pool) = identity_pool else {
                return Err("It names neither a user pool nor an identity pool".to_owned());
            };
            if self.guests == Some(false) {
                let why = "It names an identity pool without guests, and no user pool";
                return Err(why.to_owned());
            }
            remarks.push("It names no user pool: the profile is a guest of the pool".to_owned());
            let guest = Profile::of_identity_pool(name, SignInMethod::Guest, identity_pool);
            return Ok(Offer::Ready(Box::new(guest)));
        }
        let (pool, client) = (&self.user_pool_id, &self.client_id);
        if client.is_empty() {
            let pool = quoted(pool);
            return Err(format!("It names {pool}, but no app client"));
        }
        let user_pool = PoolClient {
            user_pool_id: pool
                .parse()
                .map_err(|error| format!("{}: {error}", quoted(pool)))?,
            client_id: client
                .parse()
                .map_err(|error| format!("{}: {error}", quoted(client)))?,
            has_client_secret: self.has_client_secret,
        };
        if self.has_client_secret {
            remarks.push(
                "The app client has a secret, which is not taken: enter it under Configuration"
                    .to_owned(),
            );
        }
        let partial = WithoutIdentityPool {
            name,
            sign_in: self.method(remarks),
            managed_login: self.managed_login(remarks),
            user_pool,
        };
        let Some(identity_pool) = identity_pool else {
            remarks.push("It names no identity pool: enter the ID of one".to_owned());
            return Ok(Offer::NoIdentityPool(Box::new(partial)));
        };
        remarks.extend(region_mismatch(
            &partial.user_pool.user_pool_id,
            &identity_pool,
        ));
        Ok(Offer::Ready(Box::new(partial.with(identity_pool))))
    }

    fn method(&self, remarks: &mut Vec<String>) -> SignInMethod {
        match self.flow.as_str() {
            "USER_AUTH" => SignInMethod::Choice,
            "" | "USER_SRP_AUTH" if self.passwordless => SignInMethod::Choice,
            "" | "USER_SRP_AUTH" => SignInMethod::Srp,
            "USER_PASSWORD_AUTH" => SignInMethod::Password,
            "CUSTOM_AUTH" | "CUSTOM_AUTH_WITHOUT_SRP" => SignInMethod::Custom,
            "CUSTOM_AUTH_WITH_SRP" => SignInMethod::CustomSrp,
            _ => {
                let flow = quoted(&self.flow);
                remarks.push(format!(
                    "Its sign-in method {flow} is not known: a password is asked for (SRP)"
                ));
                SignInMethod::Srp
            }
        }
    }

    fn managed_login(&self, remarks: &mut Vec<String>) -> Option<ManagedLogin> {
        if self.domain.trim().is_empty() {
            return None;
        }
        let Ok(domain) = self.domain.parse::<LoginDomain>() else {
            remarks.push("Its managed login domain is not understood and left out".to_owned());
            return None;
        };
        let mut login = ManagedLogin::at(domain);
        let urls = self.callback_urls.iter().flat_map(|urls| urls.split(','));
        let local: Vec<CallbackUrl> = urls.filter_map(|url| url.trim().parse().ok()).collect();
        if local.is_empty() {
            remarks.push(format!(
                "None of its callback addresses is on this machine: to sign in with the browser, \
                 register {} with the app client",
                ManagedLogin::DEFAULT_CALLBACK_URLS[0]
            ));
        } else {
            login.callback_urls = local;
        }
        let scopes = self
            .scopes
            .iter()
            .filter_map(|scope| scope.parse::<Scope>().ok());
        let mut scopes: Vec<String> = scopes.map(|scope| scope.to_string()).collect();
        if !scopes.is_empty() {
            // Without it there is no ID token to exchange.
            if !scopes.iter().any(|scope| scope == "openid") {
                scopes.insert(0, "openid".to_owned());
            }
            login.scopes = scopes;
        }
        Some(login)
    }
}
