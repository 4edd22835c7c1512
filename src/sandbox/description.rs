//! What the sandbox says about itself: the first line of `poolkey sandbox`.
//!
//! The names are fixed: software outside this repository reads them. The passwords in it are the
//! demo's, published on purpose.

use serde::Serialize;

use super::users::{NewUser, fixed_users};
use super::world::{
    CLIENT_SECRET, CONFIDENTIAL_CLIENT, DEVICES_CLIENT, IDENTITY_POOL_ID, PUBLIC_CLIENT, REGION,
    ROTATING_CLIENT, USER_POOL_ID,
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

impl Description {
    pub(super) fn at(port: u16) -> Self {
        let endpoint = format!("http://127.0.0.1:{port}");
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
        }
    }
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
    }
}
