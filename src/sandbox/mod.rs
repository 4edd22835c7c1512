//! A local Amazon Cognito on the wire: user pool, identity pool and STS on one loopback address.
//!
//! The product's own adapters, the AWS SDKs and other clients run against it with only the endpoint
//! changed; `poolkey demo` and the tests do. It checks what the service checks (SRP signatures,
//! secret hashes, codes, tokens, signatures) and refuses in the service's words.
//!
//! | file | holds |
//! |---|---|
//! | `running`, `running_exchange`, `server`, `reply`, `connection`, `traffic` | start and stop; HTTP: which operation, headers, faults, counts |
//! | `world`, `users`, `clients`, `clock`, `description` | the fixed pools and what requests change |
//! | `user_pool`, `account` | user pool operations: the entrance, the refresh, what an access token allows |
//! | `attempts`, `response`, `next_challenge` | sign-ins under way: sessions, what responses begin with, which challenge follows |
//! | `password`, `password_verifier`, `choice`, `custom` | first factors: `USER_PASSWORD_AUTH`, SRP, `USER_AUTH`, `CUSTOM_AUTH` |
//! | `new_password`, `second_factor`, `software_token`, `mfa_setup`, `mfa_preference` | the challenges after them |
//! | `devices`, `device_operations`, `device_verifier` | devices and their proof |
//! | `srp_server`, `claims`, `timestamps`, `lockouts`, `password_policy` | the password's check |
//! | `tokens`, `issue`, `grants`, `fresh` | tokens made, checked and revoked |
//! | `inbox` | the codes that would have been sent |
//! | `managed_login` | the pages a browser signs in on, and OAuth 2.0 |
//! | `named`, `recovery`, `confirmation`, `password_change`, `limits` | passwords forgotten and changed, accounts confirmed, and how often |
//! | `identity_pool` | the identity pools, the account's roles, and their operations |
//! | `administration` | what an account has, listed to whoever signs |
//! | `providers`, `oidc` | made-up people's logins elsewhere; an OpenID Connect provider |
//! | `sts` | Security Token Service: credentials handed out, roles assumed, signatures |
//! | `federation` | the console's sign-in with temporary credentials |
//! | `control` | what other programs ask the sandbox itself: codes, providers' logins |
//! | `input`, `error` | a request read by name, a refusal in both protocols |
//!
//! Deliberately absent: the rest of the crate (only `domain` and `crypto` are used here), TLS, files,
//! and any address but 127.0.0.1.

mod account;
mod administration;
mod attempts;
mod choice;
mod claims;
mod clients;
mod clock;
mod confirmation;
mod connection;
mod control;
mod custom;
mod description;
mod device_operations;
mod device_verifier;
mod devices;
mod error;
mod federation;
mod fresh;
mod grants;
mod identity_pool;
mod inbox;
mod input;
mod issue;
mod limits;
mod lockouts;
mod managed_login;
mod mfa_preference;
mod mfa_setup;
mod named;
mod new_password;
mod next_challenge;
mod oidc;
mod password;
mod password_change;
mod password_policy;
mod password_verifier;
mod providers;
mod recovery;
mod reply;
mod response;
mod running;
mod running_exchange;
mod second_factor;
mod server;
mod software_token;
mod srp_server;
mod sts;
mod timestamps;
mod tokens;
mod traffic;
mod user_pool;
mod users;
mod world;

#[cfg(test)]
mod wire_tests;

pub use clients::Flow;
pub use clock::{Clock, Lifetimes};
pub use description::{
    DescribedClient, DescribedDeveloper, DescribedOidc, DescribedPool, DescribedProvider,
    DescribedRole, DescribedUser, Description,
};
pub use identity_pool::roles::{RoleSettings, TrustPolicy};
pub use identity_pool::settings::{
    Ambiguous, MatchType, PoolClient, PoolProvider, PoolSettings, RoleMapping, Rule,
};
pub use running::{Running, Sandbox, Settings};
pub use traffic::Fault;
pub use users::{Mfa, NewUser, Status};
pub use world::{
    ACCOUNT_ID, DEVELOPER_PROVIDER, IDENTITY_POOL_ID, LOGIN_PROVIDER, OPEN_IDENTITY_POOL_ID,
    REGION, USER_POOL_ID,
};
