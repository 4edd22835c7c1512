//! Pure computations with secrets: SRP for Cognito, the secret hash, TOTP codes, PKCE, random bytes.
//!
//! No network, files, clock or toolkit here: time, and for tests the random `a`, are handed in.
//! Primitives (SHA-256, HMAC, the random generator) come from `aws-lc-rs`, big integers from
//! `crypto-bigint`; only what Cognito does differently from the RFCs is written here.

pub mod browser_answer;
pub mod device;
pub mod group;
pub mod pkce;
pub mod random;
pub mod secret_hash;
pub mod srp;
pub mod totp;
