//! Temporary AWS credentials that were handed out, so that STS can check what they sign.
//!
//! Deliberately absent: permissions. The credentials are good for `GetCallerIdentity` here and for
//! nothing anywhere else.

use data_encoding::{BASE32_NOPAD, BASE64};
use jiff::Timestamp;

use super::error::Refusal;
use super::fresh;
use super::world::ACCOUNT_ID;

/// One set of credentials.
pub(super) struct Vended {
    pub(super) access_key_id: String,
    /// Made up here and good for nothing elsewhere, so it may be plain text.
    pub(super) secret_key: String,
    pub(super) session_token: String,
    pub(super) expires: Timestamp,
    role: String,
}

impl Vended {
    /// New credentials for the role of that ARN.
    pub(super) fn new(role: String, expires: Timestamp) -> Result<Self, Refusal> {
        // The shapes of the service: ASIA and 16 letters or digits, 40 characters, about 1 kB.
        Ok(Self {
            access_key_id: format!(
                "ASIA{}",
                BASE32_NOPAD.encode(fresh::bytes::<10>()?.as_slice())
            ),
            secret_key: BASE64.encode(fresh::bytes::<30>()?.as_slice()),
            session_token: BASE64.encode(fresh::bytes::<768>()?.as_slice()),
            expires,
            role,
        })
    }

    /// The ARN that `GetCallerIdentity` answers.
    pub(super) fn caller_arn(&self) -> String {
        let name = self.role.rsplit('/').next().unwrap_or_default();
        format!("arn:aws:sts::{ACCOUNT_ID}:assumed-role/{name}/{SESSION_NAME}")
    }
}

/// The session name that identity pools use.
pub(super) const SESSION_NAME: &str = "CognitoIdentityCredentials";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::world::role_arn;

    #[test]
    fn credentials_have_the_shapes_of_the_service() {
        let vended = Vended::new(role_arn("developers"), Timestamp::MAX).unwrap();
        assert_eq!(vended.access_key_id.len(), 20);
        assert_eq!(vended.secret_key.len(), 40);
        assert_eq!(vended.session_token.len(), 1_024);
        assert_eq!(
            vended.caller_arn(),
            "arn:aws:sts::123456789012:assumed-role/poolkey-sandbox-developers/CognitoIdentityCredentials"
        );
    }
}
