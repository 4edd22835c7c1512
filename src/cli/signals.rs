//! How commands that run on are told to end.
//!
//! Deliberately absent: what they do then.

/// SIGINT or SIGTERM; elsewhere Ctrl-C. Listens from when it is polled first.
pub async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without signals the program runs until it is killed.
    let _interrupted = tokio::signal::ctrl_c().await;
}
