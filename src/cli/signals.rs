//! How commands that run on are told to end.
//!
//! Deliberately absent: what they do then.

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// SIGINT, SIGTERM, or SIGHUP unless it was ignored at the start (`nohup`).
/// It listens from the call on, not only from when it is polled: a signal that comes between is not
/// lost.
#[cfg(unix)]
pub fn interrupted() -> impl Future<Output = ()> {
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

/// Ctrl-C, from the call on. Where nobody can listen, the program runs until it is killed.
#[cfg(windows)]
pub fn interrupted() -> impl Future<Output = ()> {
    let listening = tokio::signal::windows::ctrl_c().ok();
    async move {
        match listening {
            Some(mut pressed) => {
                pressed.recv().await;
            }
            None => std::future::pending().await,
        }
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
