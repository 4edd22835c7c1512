//! A local Amazon Cognito on the wire: user pool, identity pool and STS on one loopback address.
//!
//! The product's own adapters, the AWS SDKs and other clients run against it with only the endpoint
//! changed; `poolkey demo` and the tests do. It checks what the service checks (SRP signatures,
//! secret hashes, codes, tokens, signatures) and refuses in the service's words.
//!
//! Deliberately absent: the rest of the crate (only `domain` and `crypto` are used here), TLS, files,
//! and any address but 127.0.0.1.

mod clock;
mod error;
mod fresh;
mod input;
mod lockouts;
mod srp_server;
mod timestamps;
mod tokens;

pub use clock::{Clock, Lifetimes};
