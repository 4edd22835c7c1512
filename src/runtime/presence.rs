//! What reaches the person outside the window: notifications and the tray; and what reaches the
//! window from outside: presses there, and the machine waking up.

use std::time::Duration;

use super::Shared;
use crate::adapters::sleep::SleepWatch;
use crate::adapters::{notifications, tray};
use crate::app::Event;
use crate::domain::{ClockWatch, Farewell, Press};

/// A bus that does not answer shows no tray.
const LONGEST_LOOK: Duration = Duration::from_secs(2);

/// On a thread of its own, because it stands there for as long as the person likes. The thread ends
/// with the program.
pub(super) fn say(shared: &Shared, farewell: Farewell) {
    let shared = shared.clone();
    let thread = std::thread::Builder::new().name("poolkey-notification".to_owned());
    let told = thread.spawn(move || {
        if notifications::ask(&farewell) == Ok(true) {
            shared.tell_now(Event::Pressed(Press::SignIn(farewell.profile)));
        }
    });
    // Nothing shows it: the window says the same.
    drop(told);
}

pub(super) async fn seek_tray(shared: &Shared) {
    let looked = tokio::task::spawn_blocking(tray::is_there);
    let found = tokio::time::timeout(LONGEST_LOOK, looked).await;
    let found = matches!(found, Ok(Ok(true)));
    shared.tell(Event::TrayFound(found)).await;
}

/// Tells of every sleep of the machine, soon after it.
pub(super) async fn watch_clock(shared: Shared) {
    let mut watch = SleepWatch::start();
    loop {
        tokio::time::sleep(ClockWatch::PAUSE).await;
        if watch.has_jumped() {
            shared.tell(Event::Woke).await;
        }
    }
}
