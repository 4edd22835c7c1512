//! How commands that run on are told to end.
//!
//! Deliberately absent: what they do then.

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// SIGINT, SIGTERM, or SIGHUP unless it was ignored at the start (`nohup`); elsewhere Ctrl-C.
/// On Unix it listens from the call on, not only from when it is polled: a signal that comes
/// between is not lost.
pub fn interrupted() -> impl Future<Output = ()> {
    #[cfg(unix)]
    {
        let listen = |kind| signal(kind).ok();
        let interrupt = listen(SignalKind::interrupt());
        let terminate = listen(SignalKind::terminate());
        let is_hang_up_ignored = crate::adapters::hang_up::is_ignored();
        let hang_up = (!is_hang_up_ignored).then(|| listen(SignalKind::hangup()));
        async move {
            tokio::select! {
                () = came(interrupt) => {}
                () = came(terminate) => {}
                () = came(hang_up.flatten()) => {}
            }
        }
    }
    // Without signals the program runs until it is killed.
    #[cfg(not(unix))]
    async {
        let _interrupted = tokio::signal::ctrl_c().await;
    }
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
