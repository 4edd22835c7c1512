//! What the sandbox says about itself: the first line of `poolkey sandbox`.
//!
//! The names are fixed: software outside this repository reads them. The passwords in it are the
//! demo's, published on purpose.

use form_urlencoded::Serializer;
use serde::Serialize;

use super::identity_pool::roles::ROLE_NAMES;
use super::oidc::OidcProvider;
use super::providers::{FEDERATED, OIDC_CLIENT, OIDC_SECRET, OIDC_SECRET_CLIENT};
use super::users::{NewUser, fixed_users};
use super::world::{
    CLIENT_SECRET, CONFIDENTIAL_CLIENT, DEVELOPER_ACCESS_KEY, DEVELOPER_PROVIDER,
    DEVELOPER_SECRET_KEY, DEVICES_CLIENT, IDENTITY_POOL_ID, OPEN_IDENTITY_POOL_ID, PUBLIC_CLIENT,
    REGION, ROTATING_CLIENT, USER_POOL_ID, role_arn,
};

/// Where a sandbox listens and who can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Description {
    /// The one address of all services.
    pub endpoint: String,
    /// The region of both pools.
    pub region: &'static str,
    /// The user pool.
    pub user_pool_id: &'static str,
    /// The identity pool.
    pub identity_pool_id: &'static str,
    /// The address of managed login.
    pub domain: String,
    /// App clients: `public` first, then `confidential`, `devices`, `rotating`.
    pub clients: Vec<DescribedClient>,
    /// Users: `ana` first, then `tom`.
    pub users: Vec<DescribedUser>,
    /// Identity pools: `main` first, then `open`.
    pub identity_pools: Vec<DescribedPool>,
    /// Providers of the pool `open` besides the user pool.
    pub providers: Vec<DescribedProvider>,
    /// The OpenID Connect provider.
    pub oidc: DescribedOidc,
    /// The developer provider of the pool `open`, and its backend's credentials.
    pub developer: DescribedDeveloper,
    /// The account's roles.
    pub roles: Vec<DescribedRole>,
}

/// An app client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DescribedClient {
    /// Its name in the sandbox.
    pub name: &'static str,
    /// The client ID.
    pub client_id: &'static str,
    /// The client secret, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<&'static str>,
}

/// A user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DescribedUser {
    /// The user name.
    pub username: &'static str,
    /// The password.
    pub password: &'static str,
    /// The authenticator app's secret, base32, where the user has a second factor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub totp_secret: Option<&'static str>,
}

/// An identity pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DescribedPool {
    /// Its name in the sandbox.
    pub name: &'static str,
    /// The identity pool ID.
    pub identity_pool_id: &'static str,
}

/// A provider whose logins an identity pool takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DescribedProvider {
    /// Its key in a `Logins` map.
    pub provider: String,
    /// Where `&person=NAME` gets a login.
    pub token_url: String,
}

/// The OpenID Connect provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DescribedOidc {
    /// `iss` of its ID tokens, and where its discovery document is.
    pub issuer: String,
    /// The client without a secret.
    pub client_id: &'static str,
    /// The client with a secret.
    pub confidential_client_id: &'static str,
    /// Its secret.
    pub client_secret: &'static str,
}

/// The developer provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DescribedDeveloper {
    /// Its key in the `Logins` of `GetOpenIdTokenForDeveloperIdentity`.
    pub provider_name: &'static str,
    /// What the backend signs with.
    pub access_key_id: &'static str,
    /// What the backend signs with.
    pub secret_access_key: &'static str,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DescribedRole {
    /// Its name in the sandbox.
    pub name: &'static str,
    /// Its ARN.
    pub arn: String,
}

impl Description {
    pub(super) fn at(port: u16) -> Self {
        let endpoint = format!("http://127.0.0.1:{port}");
        let oidc = OidcProvider::at(port);
        let client = |name, client_id, client_secret| DescribedClient {
            name,
            client_id,
            client_secret,
        };
        Self {
            domain: endpoint.clone(),
            endpoint,
            region: REGION,
            user_pool_id: USER_POOL_ID,
            identity_pool_id: IDENTITY_POOL_ID,
            clients: vec![
                client("public", PUBLIC_CLIENT, None),
                client("confidential", CONFIDENTIAL_CLIENT, Some(CLIENT_SECRET)),
                client("devices", DEVICES_CLIENT, None),
                client("rotating", ROTATING_CLIENT, None),
            ],
            users: fixed_users().map(described).collect(),
            identity_pools: [("main", IDENTITY_POOL_ID), ("open", OPEN_IDENTITY_POOL_ID)]
                .map(|(name, identity_pool_id)| DescribedPool {
                    name,
                    identity_pool_id,
                })
                .into(),
            providers: providers(&format!("http://127.0.0.1:{port}"), &oidc.key),
            oidc: DescribedOidc {
                issuer: oidc.issuer(),
                client_id: OIDC_CLIENT,
                confidential_client_id: OIDC_SECRET_CLIENT,
                client_secret: OIDC_SECRET,
            },
            developer: DescribedDeveloper {
                provider_name: DEVELOPER_PROVIDER,
                access_key_id: DEVELOPER_ACCESS_KEY,
                secret_access_key: DEVELOPER_SECRET_KEY,
            },
            roles: ROLE_NAMES
                .map(|name| DescribedRole {
                    name,
                    arn: role_arn(name),
                })
                .into(),
        }
    }
}

fn providers(endpoint: &str, oidc_key: &str) -> Vec<DescribedProvider> {
    let keys = FEDERATED.iter().map(|known| known.key).chain([oidc_key]);
    keys.map(|key| {
        let mut query = Serializer::new(String::new());
        let query = query.append_pair("provider", key).finish();
        DescribedProvider {
            provider: key.to_owned(),
            token_url: format!("{endpoint}/sandbox/token?{query}"),
        }
    })
    .collect()
}

fn described(user: &NewUser<'static>) -> DescribedUser {
    DescribedUser {
        username: user.username,
        password: user.password,
        totp_secret: user.totp_secret,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_ones_other_software_reads() {
        let text = serde_json::to_string(&Description::at(5000)).unwrap();
        assert!(!text.contains('\n'));
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["endpoint"], "http://127.0.0.1:5000");
        assert_eq!(json["domain"], "http://127.0.0.1:5000");
        assert!(json["clients"][0].get("client_secret").is_none());
        assert_eq!(json["clients"][1]["name"], "confidential");
        assert_eq!(json["clients"][2]["name"], "devices");
        assert_eq!(json["clients"][3]["name"], "rotating");
        assert!(json["users"][0].get("totp_secret").is_none());
        assert!(json["users"][1]["totp_secret"].is_string());
        assert_eq!(
            json["identity_pools"][1],
            serde_json::json!({ "name": "open", "identity_pool_id": OPEN_IDENTITY_POOL_ID })
        );
        let oidc = &json["providers"][5];
        assert_eq!(oidc["provider"], "127.0.0.1:5000/oidc");
        assert_eq!(
            oidc["token_url"],
            "http://127.0.0.1:5000/sandbox/token?provider=127.0.0.1%3A5000%2Foidc"
        );
        assert_eq!(json["oidc"]["issuer"], "http://127.0.0.1:5000/oidc");
        assert_eq!(json["oidc"]["client_id"], "poolkey-desktop");
        assert_eq!(json["developer"]["provider_name"], "login.sandbox.example");
        assert!(json["developer"]["secret_access_key"].is_string());
        assert_eq!(json["roles"][3]["name"], "on-call");
        assert_eq!(json["roles"][3]["arn"], role_arn("on-call"));
    }
}
