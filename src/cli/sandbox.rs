//! `sandbox`: the local Cognito until somebody interrupts it.

use std::io::Write as _;

use super::signals::interrupted;
use crate::domain::{Problem, ProblemKind};
use crate::sandbox::{Sandbox, Settings};

/// Prints the description as the first line, then serves.
pub async fn run(port: u16) -> Result<(), Problem> {
    let failed = |why: String| {
        Problem::new(
            ProblemKind::Unexpected,
            format!("The sandbox did not start: {why}"),
        )
        .hint("Choose another port with --port, or 0 for any free one.")
    };
    let settings = Settings {
        port,
        log: true,
        ..Settings::default()
    };
    let running = Sandbox::start(settings)
        .await
        .map_err(|error| failed(error.to_string()))?;
    let line =
        serde_json::to_string(running.description()).map_err(|error| failed(error.to_string()))?;
    let mut out = std::io::stdout();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .map_err(|error| failed(error.to_string()))?;
    interrupted().await;
    running.shutdown().await;
    Ok(())
}
