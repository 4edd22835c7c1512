//! `credentials` and `credential-process`: the credentials on standard output and nothing else.

use super::args::Format;
use super::output::Output;
use crate::adapters::credential_text::{self, Shape};
use crate::domain::Problem;
use crate::ops::{Deps, session};

/// Prints credentials with enough lifetime left; never asks.
pub async fn run(name: &str, format: Format, deps: &Deps, output: &Output) -> Result<(), Problem> {
    let profile = deps.profile(name).await?;
    let obtained = session::credentials(deps, &profile, &output.progress()).await?;
    if let Some(remark) = &obtained.remark {
        output.note(&format!("note: {}", remark.sentence));
    }
    let shape = match format {
        Format::Process => Shape::Process,
        Format::Env => Shape::PosixShell,
        Format::Fish => Shape::Fish,
        Format::Powershell => Shape::PowerShell,
        Format::Cmd => Shape::Cmd,
        Format::Dotenv => Shape::Dotenv,
        Format::Json => Shape::Json,
    };
    output.result(&credential_text::render(
        &obtained.session,
        &profile.region(),
        shape,
    ))
}
