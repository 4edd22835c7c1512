//! What in a profile does not go together, said once for the configuration file, the command line
//! and the window's form.
//!
//! Sources: Amazon Cognito developer guide, "Identity pools authentication flow"; the API models'
//! limits. Deliberately absent: whether the things that are named exist, which only AWS can answer.

use super::{
    BasicFlow, DurationSeconds, Exchange, Profile, ProviderLogin, SignInMethod, TokenSource,
};
use crate::domain::ids::{RoleArn, RoleSessionName};

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The key of the configuration file that says it, or that is missing.
    pub key: &'static str,
    /// Why, for the person who has to correct it.
    pub sentence: String,
}

impl Fault {
    pub(super) fn new(key: &'static str, sentence: impl Into<String>) -> Self {
        Self {
            key,
            sentence: sentence.into(),
        }
    }
}

/// The most entries of a logins map.
const MOST_LOGINS: usize = 10;
/// The longest session policy that STS takes, in characters.
const LONGEST_POLICY: usize = 2048;

/// What was said about the exchange, before it is known to go together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExchangeParts {
    /// The basic flow, not the enhanced one.
    pub basic: bool,
    /// For either flow.
    pub role: Option<RoleArn>,
    /// For the basic flow.
    pub session_name: Option<RoleSessionName>,
    /// For the basic flow.
    pub duration: Option<DurationSeconds>,
    /// For the basic flow: JSON text.
    pub policy: Option<String>,
}

impl TryFrom<ExchangeParts> for Exchange {
    type Error = Fault;

    fn try_from(parts: ExchangeParts) -> Result<Self, Fault> {
        let ExchangeParts {
            basic,
            role,
            session_name,
            duration,
            policy,
        } = parts;
        if basic {
            let role = role.ok_or_else(|| {
                let sentence = "The basic flow needs a role: the caller names it, not the pool";
                Fault::new("role_arn", sentence)
            })?;
            return Ok(Self::Basic(BasicFlow {
                role,
                session_name,
                duration,
                policy,
            }));
        }
        let of_basic = [
            (
                "role_session_name",
                "A role session name",
                session_name.is_some(),
            ),
            (
                "role_duration_seconds",
                "A role duration",
                duration.is_some(),
            ),
            ("session_policy", "A session policy", policy.is_some()),
        ];
        match of_basic.into_iter().find(|(.., is_there)| *is_there) {
            Some((key, what, _)) => Err(Fault::new(
                key,
                format!("{what} is for the basic flow only: the enhanced flow takes none"),
            )),
            None => Ok(Self::Enhanced { role }),
        }
    }
}

impl Profile {
    /// Everything that does not go together; nothing where the profile can be used. `profiles` are
    /// all there are; the one of this name among them is taken for an older version of this one.
    #[must_use]
    pub fn faults(&self, profiles: &[Self]) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(self.method_fault());
        faults.extend(self.exchange_fault());
        faults.extend(self.logins_fault());
        faults.extend(self.sharing_fault(profiles));
        faults.extend(self.endpoints_fault());
        faults
    }

    fn method_fault(&self) -> Option<Fault> {
        let method = self.sign_in;
        let developer = method == SignInMethod::Developer;
        if method.uses_user_pool() && self.user_pool.is_none() {
            let sentence = "This sign-in method needs a user pool and an app client";
            return Some(Fault::new("user_pool_id", sentence));
        }
        if !method.uses_user_pool() && self.user_pool.is_some() {
            let sentence = "This sign-in method has no user pool";
            return Some(Fault::new("user_pool_id", sentence));
        }
        if developer && self.developer.is_none() {
            let sentence = "A developer-authenticated sign-in needs a command or an AWS profile \
                            that brings the token";
            return Some(Fault::new("developer", sentence));
        }
        if !developer && self.developer.is_some() {
            let sentence = "Only a developer-authenticated sign-in brings its token by a \
                            developer's command or AWS profile";
            return Some(Fault::new("developer", sentence));
        }
        None
    }

    fn exchange_fault(&self) -> Option<Fault> {
        match &self.exchange {
            Exchange::Enhanced { role: Some(_) } if self.sign_in == SignInMethod::Guest => {
                let sentence = "A guest cannot choose a role in the enhanced flow: no token names \
                                one";
                Some(Fault::new("role_arn", sentence))
            }
            Exchange::Enhanced { .. } => None,
            Exchange::Basic(basic) => {
                let saml = self.logins.iter().find(|login| login.provider.is_saml());
                if let Some(saml) = saml {
                    let sentence = format!(
                        "The basic flow takes no SAML login ({}): use the enhanced flow",
                        saml.provider
                    );
                    return Some(Fault::new("flow", sentence));
                }
                policy_fault(basic.policy.as_deref()?)
            }
        }
    }

    fn logins_fault(&self) -> Option<Fault> {
        let fault = |sentence: String| Some(Fault::new("login", sentence));
        match (self.sign_in, self.logins.as_slice()) {
            (SignInMethod::Provider, []) => {
                return fault(
                    "Signing in with another provider needs at least one login".to_owned(),
                );
            }
            (_, []) => return None,
            (SignInMethod::Guest, _) => {
                return fault("A guest has no login of a provider".to_owned());
            }
            (SignInMethod::Developer, _) => {
                let sentence = "A developer-authenticated sign-in has no other login: its backend \
                                links them";
                return fault(sentence.to_owned());
            }
            _ => {}
        }
        let of_pool = self.user_pool.as_ref();
        let of_pool = of_pool.map(|pool| pool.user_pool_id.provider_name());
        if self.logins.len() + usize::from(of_pool.is_some()) > MOST_LOGINS {
            return fault(format!(
                "An identity pool takes {MOST_LOGINS} logins at most, the user pool's included"
            ));
        }
        let mut seen: Vec<&str> = of_pool.as_deref().into_iter().collect();
        for ProviderLogin { provider, token } in &self.logins {
            if seen.contains(&provider.as_str()) {
                return fault(format!("There are two logins of {provider}"));
            }
            seen.push(provider.as_str());
            if matches!(token, TokenSource::Browser(_)) && provider.token_kind() != "ID token" {
                return fault(format!(
                    "The browser brings an ID token, but {} wants a {}: have it typed, or read \
                     from a file or a command",
                    provider.label(),
                    provider.token_kind()
                ));
            }
        }
        None
    }

    fn sharing_fault(&self, profiles: &[Self]) -> Option<Fault> {
        let owner = self.shares_sign_in.as_ref()?;
        let sentence = if *owner == self.name {
            "A profile shares another one's sign-in, not its own".to_owned()
        } else if !self.sign_in.uses_user_pool() {
            "Only a sign-in to a user pool can be shared".to_owned()
        } else {
            match profiles.iter().find(|profile| profile.name == *owner) {
                None => format!("There is no profile {owner} whose sign-in could be shared"),
                Some(owner) if owner.shares_sign_in.is_some() => format!(
                    "{} itself uses the sign-in of {}: share that one",
                    owner.name,
                    owner.sign_in_name()
                ),
                Some(owner) if !self.may_share_sign_in(owner) => format!(
                    "{} signs in elsewhere: sharing takes the same user pool, app client, client \
                     secret and address",
                    owner.name
                ),
                Some(_) => return None,
            }
        };
        Some(Fault::new("share_sign_in", sentence))
    }

    /// True when one sign-in could serve both: the same place, and it is a user pool.
    #[must_use]
    pub fn may_share_sign_in(&self, other: &Self) -> bool {
        self.user_pool.is_some()
            && self.user_pool == other.user_pool
            && self.signs_in_at_the_same_place(other)
    }

    fn endpoints_fault(&self) -> Option<Fault> {
        self.endpoints.url.as_ref()?;
        let key = match (self.endpoints.fips, self.endpoints.dual_stack) {
            (true, _) => "fips",
            (false, true) => "dual_stack",
            (false, false) => return None,
        };
        let sentence = "FIPS and dual-stack hosts are AWS's own: they do not go together with one \
                        address for all services";
        Some(Fault::new(key, sentence))
    }
}

/// Whether it is JSON is checked where it is read.
fn policy_fault(policy: &str) -> Option<Fault> {
    let length = policy.chars().count();
    (length > LONGEST_POLICY).then(|| {
        let sentence =
            format!("A session policy has at most {LONGEST_POLICY} characters; this one {length}");
        Fault::new("session_policy", sentence)
    })
}

#[cfg(test)]
mod tests;
