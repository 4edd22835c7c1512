//! The demo: a sandbox, a temporary home and secrets in memory. Nothing on the machine changes.

use std::sync::Arc;

use super::{Places, in_memory};
use crate::app::Suggestion;
use crate::app::effect::Asked;
use crate::crypto::totp;
use crate::domain::{
    Endpoints, IdError, ManagedLogin, PoolClient, Problem, ProblemKind, Profile, Secret,
    SignInMethod,
};
use crate::ops::{Deps, profiles};
use crate::runtime::{Suggester, World};
use crate::sandbox::{Description, Running, Sandbox, Settings};

/// What somebody chooses who has to choose.
const NEW_PASSWORD: &str = "Demo-Meadow-88!";

/// A running demo.
pub struct Demo {
    /// Adapters that speak to the sandbox.
    pub deps: Deps,
    /// Where it keeps its files.
    pub places: Places,
    /// Who can sign in.
    pub description: Description,
    keep: Arc<(Running, tempfile::TempDir)>,
}

impl Demo {
    /// The demo as the window's world.
    #[must_use]
    pub fn world(self) -> World {
        World {
            deps: self.deps,
            suggest: Some(suggester(self.description, self.keep.clone())),
            keep: self.keep,
        }
    }
}

/// Starts the sandbox with profiles for its users.
///
/// # Errors
/// When there is no loopback port or no temporary folder.
pub async fn demo() -> Result<Demo, Problem> {
    let failed = |error: std::io::Error| {
        Problem::new(
            ProblemKind::Unexpected,
            format!("The demo did not start: {error}"),
        )
        .hint("It needs a free port on 127.0.0.1 and a writable temporary folder.")
    };
    let running = Sandbox::start(Settings::default()).await.map_err(failed)?;
    let home = tempfile::Builder::new()
        .prefix("poolkey-demo-")
        .tempdir()
        .map_err(failed)?;
    let places = Places::inside(home.path());
    let deps = in_memory(&places)?;
    let description = running.description().clone();
    for (profile, client_secret) in demo_profiles(&description).map_err(|error| wrong(&error))? {
        profiles::save(&deps, None, &profile, client_secret.as_ref()).await?;
    }
    Ok(Demo {
        deps,
        places,
        description,
        keep: Arc::new((running, home)),
    })
}

fn wrong(error: &IdError) -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        format!("The sandbox describes itself wrongly: {error}"),
    )
}

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

fn demo_profiles(sandbox: &Description) -> Result<Vec<(Profile, Option<Secret>)>, IdError> {
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

/// What the made-up users would type.
fn suggester(description: Description, keep: Arc<(Running, tempfile::TempDir)>) -> Suggester {
    Arc::new(move |asked: &Asked| suggestion(&description, &keep.0, asked))
}

fn suggestion(description: &Description, running: &Running, asked: &Asked) -> Option<Suggestion> {
    let username = asked.username.as_str();
    let mut users = description.users.iter();
    let user = users.find(|user| user.username == username)?;
    let app_code = |key: &Secret| {
        let code = totp::code_at(key, running.clock().now())?;
        Some(code.expose().to_owned())
    };
    let (label, value) = match asked.challenge {
        "PASSWORD" => {
            // One that a person thought of is known to nobody else.
            let holds =
                |text: &&str| running.is_password(username, &Secret::new((*text).to_owned()));
            let password = [user.password, NEW_PASSWORD].into_iter().find(holds)?;
            ("Demo password", password.to_owned())
        }
        "NEW_PASSWORD_REQUIRED" => ("Demo password", NEW_PASSWORD.to_owned()),
        "SOFTWARE_TOKEN_MFA" => ("Demo code", app_code(&running.app_key(username)?)?),
        "MFA_SETUP" => ("Demo code", app_code(asked.app_key.as_ref()?)?),
        "CUSTOM_CHALLENGE" => {
            let mut said = asked.parameters.iter();
            let answer = said.find_map(|(_, text)| running.custom_answer(text))?;
            ("Demo answer", answer.to_owned())
        }
        "SMS_MFA" | "SMS_OTP" | "EMAIL_OTP" | "UNCONFIRMED" | "RESET_REQUIRED" => {
            ("Demo code", running.last_code(username)?)
        }
        _ => return None,
    };
    Some(Suggestion { label, value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::NewUser;

    fn started() -> (tokio::runtime::Runtime, Running) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let running = runtime
            .block_on(Sandbox::start(Settings::default()))
            .unwrap();
        (runtime, running)
    }

    fn value(
        running: &Running,
        username: &str,
        challenge: &'static str,
        says: &str,
    ) -> Option<String> {
        let asked = Asked {
            challenge,
            username: username.to_owned(),
            parameters: vec![("question".to_owned(), says.to_owned())],
            app_key: Some(Secret::new("JBSWY3DPEHPK3PXP".to_owned())),
        };
        suggestion(running.description(), running, &asked).map(|made_up| made_up.value)
    }

    #[test]
    fn a_password_is_suggested_while_it_holds() {
        let (_runtime, running) = started();
        let suggested = || value(&running, "nina", "PASSWORD", "");
        assert_eq!(suggested().as_deref(), Some("Demo-Orchard-11!"));
        for (password, expected) in [(NEW_PASSWORD, Some(NEW_PASSWORD)), ("Her-Own-99!", None)] {
            let user = NewUser::plain("nina", password, "nina@example.com");
            running.add_user(&user).unwrap();
            assert_eq!(suggested().as_deref(), expected);
        }
    }

    #[test]
    fn riddles_and_new_apps_are_answered() {
        let (_runtime, running) = started();
        for (says, answer) in [
            ("What is six times seven?", Some("42")),
            ("Say <b>friend</b>  and enter", Some("mellon")),
            ("What else?", None),
        ] {
            let suggested = value(&running, "otto", "CUSTOM_CHALLENGE", says);
            assert_eq!(suggested.as_deref(), answer, "{says}");
        }
        for (username, challenge) in [("mia", "MFA_SETUP"), ("tom", "SOFTWARE_TOKEN_MFA")] {
            let code = value(&running, username, challenge, "").unwrap();
            assert_eq!(code.len(), 6, "{username}");
        }
        assert_eq!(value(&running, "ana", "SOFTWARE_TOKEN_MFA", ""), None);
    }

    #[test]
    fn every_profile_has_a_client_and_a_user_of_the_sandbox() {
        let (_runtime, running) = started();
        let description = running.description().clone();
        let made = demo_profiles(&description).unwrap();
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
