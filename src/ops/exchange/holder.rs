//! Who is exchanged: what they hold, and who that is for people and for the identity cache.
//!
//! Deliberately absent: checking a token. The identity pool does.

use crate::domain::partition::developer_login_key;
use crate::domain::{
    AwsProfileIdentity, ClaimValue, Claims, DeveloperSource, IdentityId, Profile, RoleArn, Secret,
};
use crate::ops::ports::{ClaimsReader, Login, Person};

/// Somebody at an identity pool.
#[derive(Debug)]
pub struct Holder {
    /// The logins map; empty for a guest.
    pub logins: Vec<Login>,
    /// The person, for the identity cache.
    pub person: Person,
    /// Shown, and compared: another name is another person.
    pub username: String,
    /// The groups in the user pool's token.
    pub groups: Vec<String>,
    /// The roles in the user pool's token.
    pub roles: Vec<RoleArn>,
    /// Given with the token: then nobody asks for one.
    pub identity: Option<IdentityId>,
}

impl Holder {
    /// Nobody in particular.
    #[must_use]
    pub fn guest() -> Self {
        Self {
            logins: Vec::new(),
            person: Person::Guest,
            username: "guest".to_owned(),
            groups: Vec::new(),
            roles: Vec::new(),
            identity: None,
        }
    }

    /// Somebody of a user pool, with what other providers say of them.
    #[must_use]
    pub fn of_user_pool(
        profile: &Profile,
        claims: Claims,
        id_token: &Secret,
        others: Vec<Login>,
        reader: &dyn ClaimsReader,
    ) -> Self {
        let mut pairs = subjects(profile, &others, reader);
        pairs.push((claims.provider_name.clone(), claims.subject));
        let mut logins = vec![Login {
            provider_name: claims.provider_name,
            token: id_token.duplicate(),
        }];
        logins.extend(others);
        Self {
            logins,
            person: Person::of_logins(pairs),
            username: claims.username,
            groups: claims.groups,
            roles: claims.roles,
            identity: None,
        }
    }

    /// Somebody whom other providers vouch for.
    #[must_use]
    pub fn of_providers(profile: &Profile, logins: Vec<Login>, reader: &dyn ClaimsReader) -> Self {
        let names = logins.iter().filter_map(|login| name(login, reader));
        let username = names.into_iter().next();
        let providers = profile.logins.iter();
        let label = || providers.map(|login| login.provider.label().to_owned());
        Self {
            username: username
                .or_else(|| label().next())
                .unwrap_or_else(|| profile.name.to_string()),
            person: Person::of_logins(subjects(profile, &logins, reader)),
            logins,
            ..Self::guest()
        }
    }

    /// Somebody whom a developer's own backend vouches for.
    #[must_use]
    pub fn of_developer(
        profile: &Profile,
        source: &DeveloperSource,
        identity: IdentityId,
        token: Secret,
    ) -> Self {
        let username = match source {
            DeveloperSource::AwsProfile(person) => person.user_id.clone(),
            DeveloperSource::Command(_) => identity.to_string(),
        };
        let provider_name = developer_login_key(&profile.region()).to_owned();
        Self {
            logins: vec![Login {
                provider_name,
                token,
            }],
            person: developers_user(profile, source),
            username,
            identity: Some(identity),
            ..Self::guest()
        }
    }
}

/// Whom a developer's backend vouches for.
pub(in crate::ops) fn developers_user(profile: &Profile, source: &DeveloperSource) -> Person {
    let (provider, user) = match source {
        DeveloperSource::AwsProfile(AwsProfileIdentity {
            provider_name,
            user_id,
            ..
        }) => (provider_name.clone(), user_id.clone()),
        DeveloperSource::Command(_) => ("command".to_owned(), profile.name.to_string()),
    };
    Person::Developer { provider, user }
}

/// Who each token is about. One that says nothing is about whoever uses this profile.
fn subjects(
    profile: &Profile,
    logins: &[Login],
    reader: &dyn ClaimsReader,
) -> Vec<(String, String)> {
    let pair = |login: &Login| {
        let reading = reader.read_all(&login.token);
        let subject = reading.as_ref().and_then(|reading| reading.subject());
        let subject = subject.unwrap_or(profile.name.as_str()).to_owned();
        (login.provider_name.clone(), subject)
    };
    logins.iter().map(pair).collect()
}

/// The e-mail address, or else the subject.
fn name(login: &Login, reader: &dyn ClaimsReader) -> Option<String> {
    let reading = reader.read_all(&login.token)?;
    match reading.claim("email") {
        Some(ClaimValue::Text(email)) => Some(email.clone()),
        _ => reading.subject().map(str::to_owned),
    }
}
