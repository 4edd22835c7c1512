//! The demo: a sandbox, a temporary home and secrets in memory. Nothing on the machine changes.

use std::sync::Arc;

use super::{Places, in_memory};
use crate::app::Suggestion;
use crate::crypto::totp;
use crate::domain::{IdError, Problem, ProblemKind, Profile, Secret, SignInMethod};
use crate::ops::{Deps, profiles};
use crate::runtime::{Suggester, World};
use crate::sandbox::{Description, Running, Sandbox, Settings};

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
            suggest: Some(suggester(self.description)),
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

/// One profile a way of signing in: SRP, SRP with a code, and a client with a secret.
fn demo_profiles(sandbox: &Description) -> Result<Vec<(Profile, Option<Secret>)>, IdError> {
    let [public, confidential] = [0, 1].map(|index| sandbox.clients.get(index));
    let (Some(public), Some(confidential)) = (public, confidential) else {
        return Ok(Vec::new());
    };
    let mut made = Vec::new();
    for (name, client, user, method) in [
        ("demo", public, "ana", SignInMethod::Srp),
        ("demo-totp", public, "tom", SignInMethod::Srp),
        ("demo-secret", confidential, "ana", SignInMethod::Password),
    ] {
        let profile = Profile {
            name: name.parse()?,
            group: Some("Sandbox".to_owned()),
            user_pool_id: sandbox.user_pool_id.parse()?,
            client_id: client.client_id.parse()?,
            has_client_secret: client.client_secret.is_some(),
            identity_pool_id: sandbox.identity_pool_id.parse()?,
            sign_in: method,
            username: Some(user.to_owned()),
            managed_login: None,
            endpoint_url: Some(sandbox.endpoint.parse()?),
        };
        made.push((
            profile,
            client
                .client_secret
                .map(|secret| Secret::new(secret.to_owned())),
        ));
    }
    Ok(made)
}

fn suggester(sandbox: Description) -> Suggester {
    Arc::new(move |challenge: &'static str, username: &str| {
        let user = sandbox
            .users
            .iter()
            .find(|user| user.username == username)?;
        match challenge {
            "PASSWORD" => Some(Suggestion {
                label: "Demo password",
                value: user.password.to_owned(),
            }),
            "SOFTWARE_TOKEN_MFA" => {
                let shared = Secret::new(user.totp_secret?.to_owned());
                let code = totp::code_at(&shared, jiff::Timestamp::now())?;
                Some(Suggestion {
                    label: "Demo code",
                    value: code.expose().to_owned(),
                })
            }
            _ => None,
        }
    })
}
