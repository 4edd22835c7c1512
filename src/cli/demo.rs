//! `demo`: the window on a sandbox, or the whole job in the terminal.

use std::time::Instant;

use super::output::Output;
use super::report::Table;
use super::{block_on, window};
use crate::bootstrap::{self, Demo};
use crate::crypto::totp;
use crate::domain::sign_in::{Answer, Move, SignIn};
use crate::domain::{ExportTarget, Problem, ProblemKind, Profile, Secret};
use crate::ops::export::{self, ExportOptions};
use crate::ops::session::{self, Obtained};
use crate::ops::sign_in::{self, Outcome};

/// Opens the window, or without a display does everything here.
pub fn run(headless: bool, output: &Output) -> Result<(), Problem> {
    if !headless && window::has_display() {
        return window::open_demo();
    }
    if !headless {
        output.note("There is no display, so the demo runs here. (--headless asks for this.)");
    }
    block_on(in_terminal(output))
}

async fn in_terminal(output: &Output) -> Result<(), Problem> {
    let started = Instant::now();
    let demo = bootstrap::demo().await?;
    let table = Table::default();
    table.add("Sandbox", &demo.description.endpoint, started.elapsed());

    let profile = demo.deps.profile("demo-totp").await?;
    let Obtained { session, .. } = sign_in_with_code(&demo, &profile, &table).await?;

    let asked = Instant::now();
    let region = profile.region();
    let caller = demo
        .deps
        .sts
        .caller(&session.credentials, &region, &profile.endpoints)
        .await?;
    table.add("Caller identity", caller.role(), asked.elapsed());

    let options = ExportOptions::to(ExportTarget::CredentialsFile);
    export::export(&demo.deps, &profile, &options, &table).await?;
    let written = demo.deps.aws_profiles.read(profile.name.as_str()).await?;

    output.result(&table.text())?;
    output.result(&format!(
        "\nSigned in as {} with SRP and a code, as {}\nExported to {} in a temporary home that is gone now",
        session.username, caller.arn, written.credentials_path
    ))
}

/// SRP, then the code of the demo user's authenticator, then the exchange.
async fn sign_in_with_code(
    demo: &Demo,
    profile: &Profile,
    table: &Table,
) -> Result<Obtained, Problem> {
    let wrong = || {
        Problem::new(
            ProblemKind::Unexpected,
            "The sandbox asked for something else than the demo expects",
        )
    };
    let user = demo
        .description
        .users
        .iter()
        .find(|user| user.totp_secret.is_some())
        .ok_or_else(wrong)?;
    let shared = Secret::new(user.totp_secret.unwrap_or_default().to_owned());
    let password = Secret::new(user.password.to_owned());
    let deps = &demo.deps;
    let sign_in = Box::new(SignIn::new(profile.sign_in, None));
    let credentials = Answer::of("password", password).with_text("username", user.username);
    let moved = Move::Answer(credentials);
    let Outcome::Asked(sign_in) = sign_in::go_on(deps, profile, sign_in, moved, table).await?
    else {
        return Err(wrong());
    };
    let code = totp::code_at(&shared, deps.clock.now()).ok_or_else(wrong)?;
    let moved = Move::Answer(Answer::of("software_token_mfa_code", code));
    match sign_in::go_on(deps, profile, sign_in, moved, table).await? {
        Outcome::Finished(finished) => {
            session::finish_sign_in(deps, profile, *finished, &[], table).await
        }
        Outcome::Asked(_) | Outcome::Browser => Err(wrong()),
    }
}
