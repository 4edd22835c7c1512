//! The AWS console, signed in as a profile.
//!
//! Deliberately absent: keeping the link. It is good for a quarter of an hour and for whoever has it.

use super::ports::{Deps, Progress};
use super::session;
use crate::domain::{Problem, Profile, Secret};

/// A link that opens the console with the profile's credentials; renews them when needed and never
/// asks.
///
/// # Errors
/// Those of [`session::credentials`], and what the console's sign-in refuses.
pub async fn sign_in_url(
    deps: &Deps,
    profile: &Profile,
    destination: Option<&str>,
    progress: &dyn Progress,
) -> Result<Secret, Problem> {
    let obtained = session::credentials(deps, profile, progress).await?;
    deps.console
        .sign_in_url(
            &obtained.session.credentials,
            &profile.region(),
            &profile.endpoints,
            destination,
        )
        .await
}

/// Opens that link in the browser.
///
/// # Errors
/// As [`sign_in_url`], and when no browser can be opened.
pub async fn open(
    deps: &Deps,
    profile: &Profile,
    destination: Option<&str>,
    progress: &dyn Progress,
) -> Result<(), Problem> {
    let url = sign_in_url(deps, profile, destination, progress).await?;
    deps.console.open(&url).await.map_err(|problem| {
        problem.hint(format!(
            "Or print the address for another browser: poolkey console {} --print",
            profile.name
        ))
    })
}
