//! `SECRET_HASH` for app clients that have a secret.
//!
//! Source: the user pool guide, "Computing secret hash values". Which user name goes in depends on
//! the call (the typed alias on the first, the real user name afterwards): the caller decides.

use data_encoding::BASE64;

use super::srp::hmac_sha256;
use crate::domain::Secret;

/// base64(HMAC-SHA256(key = client secret, message = user name ‖ client ID)).
#[must_use]
pub fn secret_hash(client_secret: &Secret, username: &str, client_id: &str) -> String {
    let message = [username.as_bytes(), client_id.as_bytes()].concat();
    BASE64.encode(&hmac_sha256(client_secret.expose().as_bytes(), &message))
}
