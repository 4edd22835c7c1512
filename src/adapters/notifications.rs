//! The desktop's own notifications: a sign-in ends, and what was pressed in reply.
//!
//! They may stand on a locked screen: nothing is in them but a profile's name, and that not
//! while the window is locked. Where nothing shows
//! them they are lost, which is no failure: the window and the agent say the same. Deliberately
//! absent: a decision about when to tell (see `domain::freshness`).

use notify_rust::{Notification, NotificationResponse, Timeout};

use crate::domain::Farewell;

/// The one action.
const SIGN_IN: &str = "sign-in";

/// Shows it with a button, and waits until it is pressed or goes: true when the person wants to sign
/// in. Blocks for as long as it stands there.
///
/// # Errors
/// Why nothing showed it, for a log.
pub fn ask(farewell: &Farewell) -> Result<bool, String> {
    let mut shown = notification(farewell);
    shown.body("Sign in again to go on using its credentials.");
    // A press anywhere means the same.
    shown
        .action("default", "Sign in")
        .action(SIGN_IN, "Sign in");
    let handle = shown.show().map_err(|error| error.to_string())?;
    let mut pressed = false;
    let ended = handle.wait_for_response(|response: &NotificationResponse| {
        pressed = match response {
            NotificationResponse::Default => true,
            NotificationResponse::Action(action) => action == SIGN_IN,
            _ => false,
        };
    });
    ended.map_err(|error| error.to_string())?;
    Ok(pressed)
}

/// Shows it with what to do in a terminal. Blocks for as long as the desktop takes to answer.
///
/// # Errors
/// Why nothing showed it, for a log.
pub fn tell(farewell: &Farewell) -> Result<(), String> {
    let mut shown = notification(farewell);
    shown.body(&farewell.how_to_go_on());
    let shown = shown.show();
    shown.map(|_| ()).map_err(|error| error.to_string())
}

fn notification(farewell: &Farewell) -> Notification {
    let mut notification = Notification::new();
    notification.appname("Poolkey");
    notification.summary(&farewell.sentence());
    notification.timeout(Timeout::Default);
    #[cfg(all(unix, not(target_os = "macos")))]
    notification.icon("poolkey");
    notification
}
