//! `credentials` and `credential-process`: the credentials on standard output and nothing else.

use std::time::Duration;

use super::args::Format;
use super::output::Output;
use crate::adapters::credential_text;
use crate::domain::{Problem, ProblemKind};
use crate::ops::{Deps, session};

/// The SDK for Go waits a minute for a credential process, botocore and the SDK for JavaScript for
/// ever. The one for Rust gives up after 21.6 seconds (1.16 of its runtime: three attempts of twice
/// its connect time-out, and their back-off) and lets the process run: its next request finds what
/// that brought. Giving up as early here would only fail the others, where many wait for one lock. A
/// refresh that is under way by then is brought to its end: the token that it brings is the only one.
const LONGEST: Duration = Duration::from_secs(50);

/// Prints credentials with enough lifetime left; never asks.
pub async fn run(name: &str, format: Format, deps: &Deps, output: &Output) -> Result<(), Problem> {
    let profile = deps.profile(name).await?;
    let progress = output.progress(deps);
    let work = session::credentials(deps, &profile, &progress);
    let too_long_ago = tokio::time::sleep(LONGEST);
    let obtained = deps
        .unbroken
        .unless(too_long_ago, work)
        .await
        .map_err(|()| too_long())??;
    if let Some(remark) = &obtained.remark {
        output.note(&format!("note: {}", remark.sentence));
    }
    output.result(&credential_text::render(
        &profile.name,
        &obtained.session,
        &profile.region(),
        format.into(),
    ))
}

fn too_long() -> Problem {
    Problem::new(ProblemKind::Network, "The credentials did not come in time")
        .hint("Check the network, and that no other Poolkey process holds the profile.")
}
