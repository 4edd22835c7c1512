//! File work from asynchronous code.

use crate::domain::{Problem, ProblemKind};

/// Runs file work on a thread that may wait.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| {
        Err(Problem::new(
            ProblemKind::Unexpected,
            "A file task ended early",
        ))
    })
}
