//! How commands that run on are told to end.
//!
//! Deliberately absent: what they do then.

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// SIGINT, SIGTERM, or SIGHUP unless it was ignored at the start (`nohup`); elsewhere Ctrl-C.
/// Listens from when it is polled first.
pub async fn interrupted() {
    #[cfg(unix)]
    {
        let terminate = signal(SignalKind::terminate()).ok();
        let hang_up = if crate::adapters::hang_up::is_ignored() {
            None
        } else {
            signal(SignalKind::hangup()).ok()
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = came(terminate) => {}
            () = came(hang_up) => {}
        }
    }
    // Without signals the program runs until it is killed.
    #[cfg(not(unix))]
    let _interrupted = tokio::signal::ctrl_c().await;
}

#[cfg(unix)]
async fn came(signal: Option<Signal>) {
    match signal {
        Some(mut signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    }
}
