//! The part of the configuration form about the exchange: draft and checks, without a pixel.
//!
//! Deliberately absent: what the identity pool allows. It says so when it is asked.

use super::Fault;
use crate::domain::{
    BasicFlow, DurationSeconds, Exchange, IdError, Profile, RoleArn, RoleSessionName,
};

/// Which flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flow {
    /// `GetId`, `GetCredentialsForIdentity`.
    #[default]
    Enhanced,
    /// `GetId`, `GetOpenIdToken`, `AssumeRoleWithWebIdentity`.
    Basic,
}

impl Flow {
    /// In the order shown, with names.
    pub const ALL: [(Self, &'static str); 2] = [
        (Self::Enhanced, "Enhanced"),
        (Self::Basic, "Basic (classic)"),
    ];

    /// One sentence on what it means.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::Enhanced => {
                "GetId → GetCredentialsForIdentity. One hour, role chosen by the pool"
            }
            Self::Basic => {
                "GetId → GetOpenIdToken → AssumeRoleWithWebIdentity. You name the role, up to 12 \
                 hours"
            }
        }
    }
}

/// The fields as typed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct ExchangeDraft {
    /// Which flow.
    pub flow: Flow,
    /// Role ARN; may be empty in the enhanced flow.
    pub role: String,
    /// True while a role is typed that the token does not offer.
    pub types_role: bool,
    /// Role session name, may be empty.
    pub session_name: String,
    /// Seconds, may be empty.
    pub duration: String,
    /// JSON, may be empty.
    pub policy: String,
}

impl ExchangeDraft {
    /// The fields of a stored profile.
    #[must_use]
    pub fn of(profile: &Profile) -> Self {
        let role = profile.exchange.role().map(ToString::to_string);
        let draft = Self {
            role: role.unwrap_or_default(),
            ..Self::default()
        };
        match &profile.exchange {
            Exchange::Enhanced { .. } => draft,
            Exchange::Basic(basic) => Self {
                flow: Flow::Basic,
                session_name: super::text(basic.session_name.as_ref()),
                duration: super::text(basic.duration.as_ref()),
                policy: basic.policy.clone().unwrap_or_default(),
                ..draft
            },
        }
    }
}

/// The checks of these fields.
#[derive(Default)]
pub struct ExchangeChecks {
    /// Of the role ARN.
    pub role: Fault,
    /// Of the role session name.
    pub session_name: Fault,
    /// Of the duration.
    pub duration: Fault,
    /// Of the session policy.
    pub policy: Fault,
    /// What is to be saved, when every field is valid.
    pub exchange: Option<Exchange>,
}

impl ExchangeChecks {
    /// Checks the fields.
    #[must_use]
    pub fn of(draft: &ExchangeDraft) -> Self {
        let role = optional::<RoleArn>(&draft.role);
        if draft.flow == Flow::Enhanced {
            return Self {
                role: role.as_ref().err().cloned(),
                exchange: role.ok().map(|role| Exchange::Enhanced { role }),
                ..Self::default()
            };
        }
        let session_name = optional::<RoleSessionName>(&draft.session_name);
        let duration = optional::<DurationSeconds>(&draft.duration);
        let policy = policy(&draft.policy);
        let mut checks = Self {
            role: role.as_ref().err().cloned(),
            session_name: session_name.as_ref().err().cloned(),
            duration: duration.as_ref().err().cloned(),
            policy: policy.as_ref().err().cloned(),
            exchange: None,
        };
        if let (Ok(Some(role)), Ok(session_name), Ok(duration), Ok(policy)) =
            (role, session_name, duration, policy)
        {
            checks.exchange = Some(Exchange::Basic(BasicFlow {
                role,
                session_name,
                duration,
                policy,
            }));
        }
        checks
    }
}

/// An empty field means the default.
pub(super) fn optional<T: std::str::FromStr<Err = IdError>>(
    typed: &str,
) -> Result<Option<T>, String> {
    match typed.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|why: IdError| why.to_string()),
    }
}

/// Whether it is a policy only AWS can tell; that it is an object can be seen.
fn policy(typed: &str) -> Result<Option<String>, String> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.starts_with('{') && text.ends_with('}') {
        return Ok(Some(text.to_owned()));
    }
    Err("A session policy is a JSON object: {\"Version\": \"2012-10-17\", …}".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLE: &str = "arn:aws:iam::123456789012:role/readers";

    fn basic() -> ExchangeDraft {
        ExchangeDraft {
            flow: Flow::Basic,
            role: ROLE.to_owned(),
            ..ExchangeDraft::default()
        }
    }

    #[test]
    fn the_enhanced_flow_needs_nothing() {
        let exchange = ExchangeChecks::of(&ExchangeDraft::default()).exchange;
        assert_eq!(exchange, Some(Exchange::Enhanced { role: None }));
        let draft = ExchangeDraft {
            role: "readers".to_owned(),
            ..ExchangeDraft::default()
        };
        let checks = ExchangeChecks::of(&draft);
        assert!(checks.role.is_some() && checks.exchange.is_none());
    }

    #[test]
    fn the_basic_flow_needs_a_role() {
        assert!(ExchangeChecks::of(&basic()).exchange.is_some());
        let without = ExchangeDraft {
            role: String::new(),
            ..basic()
        };
        assert!(ExchangeChecks::of(&without).exchange.is_none());
        for (session_name, duration, policy) in
            [("a", "", ""), ("", "60", ""), ("", "", "Allow all")]
        {
            let draft = ExchangeDraft {
                session_name: session_name.to_owned(),
                duration: duration.to_owned(),
                policy: policy.to_owned(),
                ..basic()
            };
            let checks = ExchangeChecks::of(&draft);
            assert!(checks.exchange.is_none(), "{draft:?}");
            let faults = [checks.session_name, checks.duration, checks.policy];
            assert_eq!(faults.into_iter().flatten().count(), 1, "{draft:?}");
        }
    }

    #[test]
    fn what_is_saved_is_shown_again() {
        let draft = ExchangeDraft {
            session_name: "ana".to_owned(),
            duration: "7200".to_owned(),
            policy: "{}".to_owned(),
            ..basic()
        };
        let exchange = ExchangeChecks::of(&draft).exchange.unwrap();
        let profile = Profile {
            exchange,
            ..Profile::of_identity_pool(
                "a".parse().unwrap(),
                crate::domain::SignInMethod::Guest,
                "eu-west-1:0a".parse().unwrap(),
            )
        };
        assert_eq!(ExchangeDraft::of(&profile), draft);
    }
}
