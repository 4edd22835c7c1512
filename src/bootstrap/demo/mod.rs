//! The demo: a sandbox, a temporary home and secrets in memory. Nothing on the machine changes.

mod roads;
mod sign_ins;
mod suggestions;

use std::path::Path;
use std::sync::Arc;

use self::suggestions::suggester;
use super::{Places, in_memory};
use crate::domain::{IdError, Problem, ProblemKind};
use crate::ops::{Deps, profiles};
use crate::runtime::World;
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
            endpoints: self.places.endpoints(),
            suggest: Some(suggester(self.description, self.keep.clone())),
            machine: None,
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
    let tokens = home.path().join("tokens");
    write_files(&running, &places, &tokens).map_err(failed)?;
    let made = sign_ins::profiles(&description).and_then(|mut made| {
        made.extend(roads::profiles(&description, &tokens)?);
        Ok(made)
    });
    for (profile, client_secret) in made.map_err(|error| wrong(&error))? {
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

/// What lies ready on a machine where somebody uses other providers: a token in a file that
/// something keeps fresh, and an AWS profile that may vouch for people.
fn write_files(running: &Running, places: &Places, tokens: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(tokens)?;
    for (file, provider, person) in roads::TOKEN_FILES {
        std::fs::write(tokens.join(file), running.provider_token(provider, person))?;
    }
    let developer = &running.description().developer;
    let section = format!(
        "[{}]\naws_access_key_id = {}\naws_secret_access_key = {}\nregion = {}\n\
         endpoint_url = {}\n",
        roads::AWS_PROFILE,
        developer.access_key_id,
        developer.secret_access_key,
        running.description().region,
        running.description().endpoint
    );
    if let Some(folder) = places.aws.credentials.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&places.aws.credentials, section)
}
