//! The demo's profiles that show ways to sign in, each with a made-up user of the sandbox.

use crate::domain::{Endpoints, IdError, ManagedLogin, PoolClient, Profile, Secret, SignInMethod};
use crate::sandbox::Description;

/// A profile, with its app client's secret where it has one.
pub(super) type Made = (Profile, Option<Secret>);

/// Who signs in how, for one profile of the demo.
struct Way {
    name: &'static str,
    /// By the sandbox's name.
    client: &'static str,
    username: Option<&'static str>,
    method: SignInMethod,
}

const fn way(
    name: &'static str,
    client: &'static str,
    username: &'static str,
    method: SignInMethod,
) -> Way {
    Way {
        name,
        client,
        username: Some(username),
        method,
    }
}

/// The usual ways first, then the others in a group of their own.
const WAYS: [(&str, &[Way]); 2] = [
    (
        "Sandbox",
        &[
            way("demo", "public", "ana", SignInMethod::Srp),
            way("demo-totp", "public", "tom", SignInMethod::Srp),
            way("demo-secret", "confidential", "ana", SignInMethod::Password),
        ],
    ),
    (
        "More ways to sign in",
        &[
            Way {
                name: "demo-browser",
                client: "public",
                username: None,
                method: SignInMethod::Browser,
            },
            way("demo-choice", "public", "otto", SignInMethod::Choice),
            way("demo-custom", "public", "otto", SignInMethod::Custom),
            way("demo-device", "devices", "tom", SignInMethod::Srp),
            way("demo-new-app", "public", "mia", SignInMethod::Srp),
            way("demo-new-user", "public", "nina", SignInMethod::Srp),
            way("demo-sms", "public", "sam", SignInMethod::Srp),
        ],
    ),
];

/// The profiles.
pub(super) fn profiles(sandbox: &Description) -> Result<Vec<Made>, IdError> {
    let mut made = Vec::new();
    for (group, ways) in WAYS {
        for way in ways {
            let client = sandbox
                .clients
                .iter()
                .find(|client| client.name == way.client);
            let Some(client) = client else { continue };
            let user_pool = PoolClient {
                user_pool_id: sandbox.user_pool_id.parse()?,
                client_id: client.client_id.parse()?,
                has_client_secret: client.client_secret.is_some(),
            };
            let identity_pool = sandbox.identity_pool_id.parse()?;
            let profile = Profile {
                group: Some(group.to_owned()),
                sign_in: way.method,
                username: way.username.map(str::to_owned),
                managed_login: Some(ManagedLogin::at(sandbox.domain.parse()?)),
                endpoints: Endpoints::at(sandbox.endpoint.parse()?),
                ..Profile::of_user_pool(way.name.parse()?, user_pool, identity_pool)
            };
            let secret = client.client_secret;
            made.push((profile, secret.map(|secret| Secret::new(secret.to_owned()))));
        }
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::{Sandbox, Settings};

    #[test]
    fn every_profile_has_a_client_and_a_user_of_the_sandbox() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let running = runtime
            .block_on(Sandbox::start(Settings::default()))
            .unwrap();
        let description = running.description().clone();
        let made = profiles(&description).unwrap();
        assert_eq!(
            made.len(),
            WAYS.iter().map(|(_, ways)| ways.len()).sum::<usize>()
        );
        for (profile, _) in made {
            if let Some(username) = profile.username {
                let mut users = description.users.iter();
                assert!(users.any(|user| user.username == username), "{username}");
            }
        }
    }
}
