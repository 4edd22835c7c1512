//! `serve`: the container credentials endpoint until somebody interrupts it.
//!
//! Deliberately absent: a sign-in. Where one is needed the endpoint says so, and works as soon as it
//! is there.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::maybe_done;
use serde_json::json;
use tokio::time::sleep;

use super::output::{Output, note};
use super::signals::interrupted;
use super::{passphrase, prompt};
use crate::adapters::container::{ContainerEndpoint, EndpointOptions, Refused, TokenPlace, broker};
use crate::domain::{Problem, Region};
use crate::ops::{Deps, Unbroken, session};

/// How long an answer may take that is under way when the signal comes.
const LAST_ANSWERS: Duration = Duration::from_secs(3);
/// Between two looks whether something has to be stored yet.
const LOOK: Duration = Duration::from_millis(20);

/// Prints where it is as the first line, then serves.
pub async fn run(
    name: &str,
    port: u16,
    token: TokenPlace,
    deps: &Deps,
    output: &Output,
) -> Result<(), Problem> {
    let profile = deps.profile(name).await?;
    prompt::unless_interrupted(&deps.unbroken, passphrase::unlock(deps, output)).await?;
    let options = EndpointOptions {
        port,
        token,
        refused: output.is_verbose().then(|| Arc::new(note) as Refused),
    };
    // From here on a signal ends it in good order: the token file does not stay behind.
    let mut stop = pin!(maybe_done(interrupted()));
    let start = ContainerEndpoint::start(options, broker(deps.clone(), profile.name.clone()));
    let endpoint = match deps.unbroken.unless(stop.as_mut(), start).await {
        Ok(started) => started?,
        Err(()) => return Ok(()),
    };
    let (uri, file) = (endpoint.uri(), endpoint.token_file().display().to_string());
    output.result(&json!({ "uri": uri, "token_file": file }).to_string())?;
    note(&how_to_use(&uri, &file, &profile.region()));
    match session::is_renewable(deps, &profile).await {
        Ok(true) => {}
        Ok(false) => note(&format!(
            "note: {name} is not signed in. Sign in: poolkey sign-in {name}"
        )),
        Err(problem) => note(&format!("note: {problem}")),
    }
    stop.await;
    tokio::select! {
        biased;
        // A second signal ends it at once. The token file goes with the endpoint.
        () = interrupted() => {}
        () = endpoint.close() => {}
        () = nothing_to_keep(&deps.unbroken) => {}
    }
    Ok(())
}

/// An answer that hangs is given up, but for a refresh whose answer has to be stored.
async fn nothing_to_keep(unbroken: &Unbroken) {
    sleep(LAST_ANSWERS).await;
    if unbroken.is_busy() {
        note("The user pool's answer is waited for and kept. A second signal ends at once.");
    }
    while unbroken.is_busy() {
        sleep(LOOK).await;
    }
}

fn how_to_use(uri: &str, file: &str, region: &Region) -> String {
    let file = file.replace('\'', r"'\''");
    format!(
        "Serving until interrupted. For programs that are to use it:\n\
         export AWS_CONTAINER_CREDENTIALS_FULL_URI='{uri}'\n\
         export AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE='{file}'\n\
         export AWS_REGION='{region}' AWS_DEFAULT_REGION='{region}'\n\
         Programs of before 2024 want the token itself in the place of the file:\n\
         export AWS_CONTAINER_AUTHORIZATION_TOKEN=\"$(cat '{file}')\""
    )
}
