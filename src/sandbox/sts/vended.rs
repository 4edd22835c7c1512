//! Temporary AWS credentials that were handed out, so that STS can check what they sign.
//!
//! Deliberately absent: permissions. The credentials are good for the two operations of STS here
//! and for nothing anywhere else.

use std::collections::HashMap;

use data_encoding::{BASE32_NOPAD, BASE64};
use jiff::Timestamp;

use crate::sandbox::error::Refusal;
use crate::sandbox::fresh;
use crate::sandbox::world::ACCOUNT_ID;

/// What credentials stand for: a session of a role.
pub(in crate::sandbox) struct Session {
    /// The role's ARN.
    pub(in crate::sandbox) role: String,
    /// `RoleSessionName`.
    pub(in crate::sandbox) name: String,
    /// Under the session policy that guests of the enhanced flow get.
    pub(in crate::sandbox) scoped_down: bool,
}

/// One set of credentials.
pub(in crate::sandbox) struct Vended {
    pub(in crate::sandbox) access_key_id: String,
    /// Made up here and good for nothing elsewhere, so it may be plain text.
    pub(in crate::sandbox) secret_key: String,
    pub(in crate::sandbox) session_token: String,
    pub(in crate::sandbox) expires: Timestamp,
    pub(in crate::sandbox) session: Session,
}

/// Everything handed out, by access key ID. Expired ones are kept: STS says "expired" for them and
/// "invalid" for unknown ones.
pub(in crate::sandbox) type AllVended = HashMap<String, Vended>;

impl Vended {
    /// New credentials for a session.
    pub(in crate::sandbox) fn new(session: Session, expires: Timestamp) -> Result<Self, Refusal> {
        // The shapes of the service: ASIA and 16 letters or digits, 40 characters, about 1 kB.
        Ok(Self {
            access_key_id: format!(
                "ASIA{}",
                BASE32_NOPAD.encode(fresh::bytes::<10>()?.as_slice())
            ),
            secret_key: BASE64.encode(fresh::bytes::<30>()?.as_slice()),
            session_token: BASE64.encode(fresh::bytes::<768>()?.as_slice()),
            expires,
            session,
        })
    }

    /// The ARN that `GetCallerIdentity` answers.
    pub(in crate::sandbox) fn caller_arn(&self) -> String {
        let role = self.session.role.rsplit('/').next().unwrap_or_default();
        let name = &self.session.name;
        format!("arn:aws:sts::{ACCOUNT_ID}:assumed-role/{role}/{name}")
    }

    /// The unique ID of the role session.
    pub(in crate::sandbox) fn caller_id(&self) -> String {
        let id = self.access_key_id.replacen("ASIA", "AROA", 1);
        format!("{id}:{}", self.session.name)
    }
}

/// The session name that identity pools use.
pub(in crate::sandbox) const SESSION_NAME: &str = "CognitoIdentityCredentials";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::world::role_arn;

    #[test]
    fn credentials_have_the_shapes_of_the_service() {
        let session = Session {
            role: role_arn("developers"),
            name: SESSION_NAME.to_owned(),
            scoped_down: false,
        };
        let vended = Vended::new(session, Timestamp::MAX).unwrap();
        assert_eq!(vended.access_key_id.len(), 20);
        assert_eq!(vended.secret_key.len(), 40);
        assert_eq!(vended.session_token.len(), 1_024);
        assert_eq!(
            vended.caller_arn(),
            "arn:aws:sts::123456789012:assumed-role/poolkey-sandbox-developers/CognitoIdentityCredentials"
        );
    }
}
