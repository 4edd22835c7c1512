//! What a sign-in yields: tokens for a moment, credentials for an hour, a refresh token for days.
//!
//! Deliberately absent: where any of it is kept, and the clock. Every question about time takes
//! `now`.

use jiff::{SignedDuration, Timestamp};

use super::ids::{IdentityId, RoleArn};
use super::refresh_margin::RefreshMargin;
use super::secret::Secret;

/// Below this much remaining lifetime the window warns; a sixth of it, where a session lives for less
/// than an hour.
pub const WARN_BELOW: SignedDuration = SignedDuration::from_mins(10);

/// A user pool's tokens, straight from a sign-in or a refresh.
#[derive(Debug)]
pub struct Tokens {
    /// For the identity pool.
    pub id: Secret,
    /// For the user pool's own calls.
    pub access: Secret,
    /// Absent after a refresh without rotation: the old one stays valid.
    pub refresh: Option<Secret>,
}

/// What the ID token says about its holder, read without checking the signature: the identity
/// pool checks it, Poolkey only shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// `iss` without `https://`: the key of the logins map.
    pub provider_name: String,
    /// `sub`.
    pub subject: String,
    /// `cognito:username`: what `SECRET_HASH` wants on refresh, which an alias is not.
    pub username: String,
    /// `cognito:groups`.
    pub groups: Vec<String>,
    /// `cognito:roles`: what the groups offer, and what `CustomRoleArn` may name.
    pub roles: Vec<RoleArn>,
    /// `cognito:preferred_role`.
    pub preferred_role: Option<RoleArn>,
    /// `exp`.
    pub expires_at: Timestamp,
}

/// What is kept after a sign-in so that the next hour needs no password.
#[derive(Debug)]
pub struct KeptSignIn {
    /// Opens new tokens until it expires or is revoked.
    pub refresh_token: Secret,
    /// The real user name.
    pub username: String,
    /// Of the device that the sign-in is bound to: a pool that tracks devices wants it with every
    /// refresh.
    pub device_key: Option<String>,
}

/// A token of another provider that is kept until it expires.
#[derive(Debug)]
pub struct KeptLogin {
    /// For the logins map.
    pub token: Secret,
    /// Where the token says so; an opaque one is tried until it is refused.
    pub expires_at: Option<Timestamp>,
    /// Brings a new token without asking anybody.
    pub refresh_token: Option<Secret>,
}

impl KeptLogin {
    /// A second copy, said aloud.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self {
            token: self.token.duplicate(),
            expires_at: self.expires_at,
            refresh_token: self.refresh_token.as_ref().map(Secret::duplicate),
        }
    }
}

/// How much a sign-out ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignOutScope {
    /// What is kept on this machine; the pool is not told.
    Here,
    /// Also the refresh token, at the pool.
    #[default]
    Revoke,
    /// All sign-ins of the user, on every device.
    Everywhere,
}

/// Temporary AWS credentials.
#[derive(Debug)]
pub struct AwsCredentials {
    /// `ASIA…`: an identifier, not a secret.
    pub access_key_id: String,
    /// The signing key.
    pub secret_access_key: Secret,
    /// Goes with every request.
    pub session_token: Secret,
    /// End of life.
    pub expires_at: Timestamp,
}

impl AwsCredentials {
    /// A second copy, said aloud.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self {
            access_key_id: self.access_key_id.clone(),
            secret_access_key: self.secret_access_key.duplicate(),
            session_token: self.session_token.duplicate(),
            expires_at: self.expires_at,
        }
    }
}

/// What STS says the credentials are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Twelve digits.
    pub account: String,
    /// `arn:aws:sts::…:assumed-role/ROLE/CognitoIdentityCredentials`.
    pub arn: String,
}

impl Caller {
    /// The role's name, or the whole ARN where it is no assumed role.
    #[must_use]
    pub fn role(&self) -> &str {
        match self.arn.split_once(":assumed-role/") {
            Some((_, rest)) => rest.split('/').next().unwrap_or(rest),
            None => &self.arn,
        }
    }
}

/// How the role of a session came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RoleChoice {
    /// The identity pool's own rule: default role, rules, or the token's preferred role.
    #[default]
    IdentityPool,
    /// The profile asked for one of the token's roles (`CustomRoleArn`).
    Profile,
    /// The profile named it to STS: the basic flow.
    BasicFlow,
}

impl RoleChoice {
    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::IdentityPool => "chosen by the identity pool",
            Self::Profile => "asked for by this profile",
            Self::BasicFlow => "assumed through STS",
        }
    }
}

/// A finished exchange: who, in which role, with which credentials, until when.
#[derive(Debug)]
pub struct Session {
    /// The person's identity in the identity pool.
    pub identity_id: IdentityId,
    /// What the AWS tools use.
    pub credentials: AwsCredentials,
    /// The real user name.
    pub username: String,
    /// The groups in the ID token.
    pub groups: Vec<String>,
    /// The roles in the ID token.
    pub roles: Vec<RoleArn>,
    /// The keys of the logins map; none for a guest.
    pub logins: Vec<String>,
    /// How the role came about.
    pub role_choice: RoleChoice,
    /// Absent when STS could not be asked; the credentials work all the same.
    pub caller: Option<Caller>,
    /// When the credentials came.
    pub obtained_at: Timestamp,
}

impl Session {
    /// Lifetime left, never negative.
    #[must_use]
    pub fn remaining(&self, now: Timestamp) -> SignedDuration {
        now.duration_until(self.credentials.expires_at)
            .max(SignedDuration::ZERO)
    }

    /// Lifetime left as a share of the whole, 0 to 1.
    #[must_use]
    pub fn remaining_share(&self, now: Timestamp) -> f32 {
        let whole = self.whole().as_secs_f32();
        if whole <= 0.0 {
            return 0.0;
        }
        (self.remaining(now).as_secs_f32() / whole).clamp(0.0, 1.0)
    }

    /// The time at which Poolkey renews by itself.
    #[must_use]
    pub fn renews_at(&self, margin: RefreshMargin) -> Timestamp {
        let before = margin.of(self.whole());
        self.credentials
            .expires_at
            .saturating_sub(before)
            .unwrap_or(self.credentials.expires_at)
    }

    /// From the beginning to the end, never negative.
    fn whole(&self) -> SignedDuration {
        let whole = self.obtained_at.duration_until(self.credentials.expires_at);
        whole.max(SignedDuration::ZERO)
    }

    /// How the credentials stand.
    #[must_use]
    pub fn lifetime(&self, now: Timestamp) -> Lifetime {
        let remaining = self.remaining(now);
        if remaining.is_zero() {
            Lifetime::Expired
        } else if remaining < WARN_BELOW.min(self.whole() / 6) {
            Lifetime::Expiring
        } else {
            Lifetime::Valid
        }
    }

    /// True when the credentials should be renewed before they are handed out.
    #[must_use]
    pub fn is_due(&self, now: Timestamp, margin: RefreshMargin) -> bool {
        now >= self.renews_at(margin)
    }

    /// A second copy, said aloud.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self {
            identity_id: self.identity_id.clone(),
            credentials: self.credentials.duplicate(),
            username: self.username.clone(),
            groups: self.groups.clone(),
            roles: self.roles.clone(),
            logins: self.logins.clone(),
            role_choice: self.role_choice,
            caller: self.caller.clone(),
            obtained_at: self.obtained_at,
        }
    }
}

/// How credentials stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// Ten minutes or more left.
    Valid,
    /// Less than ten minutes left.
    Expiring,
    /// Nothing left.
    Expired,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(minutes: i64) -> (Session, Timestamp) {
        let obtained_at: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let session = Session {
            identity_id: "us-east-1:0a".parse().unwrap(),
            credentials: AwsCredentials {
                access_key_id: "ASIA".to_owned(),
                secret_access_key: Secret::new("s".to_owned()),
                session_token: Secret::new("t".to_owned()),
                expires_at: obtained_at + SignedDuration::from_mins(60),
            },
            username: "ana".to_owned(),
            groups: Vec::new(),
            roles: Vec::new(),
            logins: Vec::new(),
            role_choice: RoleChoice::default(),
            caller: None,
            obtained_at,
        };
        (session, obtained_at + SignedDuration::from_mins(minutes))
    }

    #[test]
    fn lifetime_over_an_hour() {
        for (minutes, lifetime, due, share) in [
            (0, Lifetime::Valid, false, 1.0),
            (43, Lifetime::Valid, false, 17.0 / 60.0),
            (44, Lifetime::Valid, true, 16.0 / 60.0),
            (51, Lifetime::Expiring, true, 9.0 / 60.0),
            (60, Lifetime::Expired, true, 0.0),
            (90, Lifetime::Expired, true, 0.0),
        ] {
            let (session, now) = session(minutes);
            assert_eq!(session.lifetime(now), lifetime, "{minutes}");
            assert_eq!(
                session.is_due(now, RefreshMargin::default()),
                due,
                "{minutes}"
            );
            assert!(
                (session.remaining_share(now) - share).abs() < 0.001,
                "{minutes}"
            );
        }
    }

    /// The shortest that STS gives.
    #[test]
    fn lifetime_over_a_quarter_of_an_hour() {
        for (minutes, lifetime, due) in [
            (0, Lifetime::Valid, false),
            (9, Lifetime::Valid, false),
            (10, Lifetime::Valid, true),
            (13, Lifetime::Expiring, true),
            (15, Lifetime::Expired, true),
        ] {
            let (mut session, now) = session(minutes);
            session.credentials.expires_at = session.obtained_at + SignedDuration::from_mins(15);
            assert_eq!(session.lifetime(now), lifetime, "{minutes}");
            assert_eq!(
                session.is_due(now, RefreshMargin::default()),
                due,
                "{minutes}"
            );
        }
    }

    #[test]
    fn role_is_read_from_the_arn() {
        let caller = |arn: &str| Caller {
            account: "1".to_owned(),
            arn: arn.to_owned(),
        };
        assert_eq!(
            caller("arn:aws:sts::1:assumed-role/dev/CognitoIdentityCredentials").role(),
            "dev"
        );
        assert_eq!(caller("arn:aws:iam::1:root").role(), "arn:aws:iam::1:root");
    }
}
