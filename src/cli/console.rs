//! `console`: the AWS console in the browser, signed in as the profile.

use super::args::Console as Options;
use super::output::Output;
use crate::adapters::credential_text;
use crate::domain::Problem;
use crate::ops::{Deps, console};

/// Opens the console, or prints the link.
pub async fn run(options: &Options, deps: &Deps, output: &Output) -> Result<(), Problem> {
    let profile = deps.profile(&options.profile).await?;
    let destination = options.destination.as_deref();
    let progress = output.progress(deps);
    if options.print {
        let url = console::sign_in_url(deps, &profile, destination, &progress).await?;
        return output.result(&credential_text::link(&url));
    }
    let opened = console::open(deps, &profile, destination, &progress).await;
    if opened.is_ok() {
        output.note("The AWS console opens in your browser.");
    }
    opened
}
