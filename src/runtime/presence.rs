//! What reaches the person outside the window: notifications and the tray; and what reaches the
//! window from outside: presses there, and the machine waking up.

use std::time::Duration;

use super::Shared;
use super::shared::ToWindow;
use crate::adapters::second_start::{Claim, Waiting};
use crate::adapters::sleep::SleepWatch;
use crate::adapters::tray::{Picture, Tray};
use crate::adapters::{motion, notifications, tray};
use crate::app::{Effect, Event, ImportEvent};
use crate::domain::{ClockWatch, Farewell, Press};

/// What stands for the window outside it. It belongs to the thread that has the window: some systems
/// want the tray there.
pub(super) struct Outside {
    tray: Tray,
    waiting: Option<Waiting>,
}

impl Outside {
    pub(super) fn new(window: ToWindow, picture: Picture, claim: Option<Claim>) -> Self {
        // The tray keeps it until the program ends.
        let told = window.clone();
        let pressed = move |press| told.tell_now(Event::Pressed(press));
        let called = move |link: Option<String>| {
            window.tell_now(Event::Pressed(Press::Open));
            if let Some(link) = link {
                window.tell_now(Event::Import(ImportEvent::Opened(link)));
            }
        };
        Self {
            tray: Tray::new(picture, pressed),
            waiting: claim.and_then(|claim| claim.wait(called)),
        }
    }

    pub(super) fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::ShowTray(menu) => self.tray.show(menu),
            Effect::LeaveCalls => self.waiting = None,
            _ => {}
        }
    }
}

/// A bus that does not answer shows no tray.
const LONGEST_LOOK: Duration = Duration::from_secs(2);

/// On a thread of its own, because it stands there for as long as the person likes. The thread ends
/// with the program.
pub(super) fn say(shared: &Shared, farewell: Farewell) {
    let window = shared.window.clone();
    let thread = std::thread::Builder::new().name("poolkey-notification".to_owned());
    let told = thread.spawn(move || {
        if notifications::ask(&farewell) == Ok(true) {
            window.tell_now(Event::Pressed(Press::SignIn(farewell.profile)));
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

/// The window moves as usual until the desktop asked for less.
pub(super) async fn ask_motion(shared: Shared) {
    let asked = tokio::task::spawn_blocking(motion::is_reduced);
    if matches!(
        tokio::time::timeout(LONGEST_LOOK, asked).await,
        Ok(Ok(true))
    ) {
        shared.tell(Event::MotionReduced).await;
    }
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
