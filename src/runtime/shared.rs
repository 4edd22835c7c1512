//! What every task of the runtime may use, and how it tells the window.
//!
//! Deliberately absent: the tasks themselves.

use std::collections::HashSet;
use std::future::Future;
use std::sync::{Arc, Mutex, RwLock};

use jiff::SignedDuration;
use tokio::sync::{RwLockReadGuard, mpsc};

use super::{OpenDemo, Wake, World, browser, hand_on, providers, settings};
use crate::adapters::clipboard::SystemClipboard;
use crate::app::{Attempt, Event};

/// What every task may use.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) world: Arc<RwLock<World>>,
    pub(super) open_demo: OpenDemo,
    pub(super) clipboard: Arc<SystemClipboard>,
    pub(super) window: ToWindow,
    pub(super) cancelled: Arc<Mutex<HashSet<Attempt>>>,
    /// Wakes who waits for a cancellation.
    pub(super) cancelling: Arc<tokio::sync::Notify>,
    /// Held from the look at the world on to [`Shared::enter`]: one that is made of an older one
    /// would bring its adapters back.
    pub(super) entering: Arc<tokio::sync::Mutex<()>>,
    /// Browser sign-ins that wait for what the person may paste.
    pub(super) browsers: Arc<browser::Waiting>,
    /// Held by the one that listens for the browser.
    pub(super) browser_turn: Arc<tokio::sync::Mutex<()>>,
    /// Tokens of other providers that wait for the end of a user pool's sign-in.
    pub(super) brought: Arc<providers::BroughtTokens>,
    /// Token files of other providers.
    pub(super) watched: Arc<providers::WatchedFiles>,
    /// Container endpoints that listen.
    pub(super) endpoints: Arc<hand_on::Endpoints>,
    /// Read by work that must come to its end: a refresh token answered but not stored is lost.
    pub(super) unfinished: Arc<tokio::sync::RwLock<()>>,
    /// Where secrets are on their way to.
    pub(super) new_store: Arc<settings::Opened>,
    /// What the window was told of this machine's clock.
    pub(super) clock_offset: Arc<Mutex<SignedDuration>>,
}

/// The way to the window and nothing else. Who may outlive the window has this and no [`Shared`],
/// which would keep the demo's home.
#[derive(Clone)]
pub(super) struct ToWindow {
    pub(super) sender: mpsc::Sender<Event>,
    pub(super) wake: Wake,
}

impl ToWindow {
    async fn tell(&self, event: Event) {
        // A closed channel means that the window is gone.
        let _unheard = self.sender.send(event).await;
        (self.wake)();
    }

    pub(super) fn tell_now(&self, event: Event) {
        if self.sender.try_send(event).is_ok() {
            (self.wake)();
        }
    }
}

impl Shared {
    pub(super) fn cancel(&self, attempt: Attempt) {
        if let Ok(mut cancelled) = self.cancelled.lock() {
            cancelled.insert(attempt);
        }
        self.cancelling.notify_waiters();
    }

    /// What comes of the work, or none once the attempt is cancelled: it is torn down then.
    pub(super) async fn unless_cancelled<T>(
        &self,
        attempt: Attempt,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        let cancelled = async {
            loop {
                let next = self.cancelling.notified();
                let mut next = std::pin::pin!(next);
                next.as_mut().enable();
                if self.is_cancelled(attempt) {
                    return;
                }
                next.await;
            }
        };
        tokio::select! {
            biased;
            () = cancelled => None,
            done = work => Some(done),
        }
    }

    /// Begins what must come to its end, with the adapters of this moment: secrets may have moved
    /// while it waited. What began before the demo stays out of it.
    pub(super) async fn begin(&self, world: &World) -> (RwLockReadGuard<'_, ()>, World) {
        let guard = self.unfinished.read().await;
        (
            guard,
            self.same_world(world).unwrap_or_else(|| world.clone()),
        )
    }

    /// The world as it is now, unless another was entered.
    pub(super) fn same_world(&self, began: &World) -> Option<World> {
        Some(self.world()).filter(|now| Arc::ptr_eq(&now.keep, &began.keep))
    }

    pub(super) fn is_cancelled(&self, attempt: Attempt) -> bool {
        self.cancelled
            .lock()
            .is_ok_and(|cancelled| cancelled.contains(&attempt))
    }

    pub(super) async fn tell(&self, event: Event) {
        self.window.tell(event).await;
    }

    /// From where nothing can wait. A full channel loses it: only for what is shown.
    pub(super) fn tell_now(&self, event: Event) {
        self.window.tell_now(event);
    }

    /// Tells the window what was called since the last time.
    pub(super) fn tell_calls_now(&self) {
        let calls = self.world().deps.calls.take();
        if !calls.is_empty() {
            self.tell_now(Event::Called(calls));
        }
    }

    /// Tells the window how wrong this machine's clock is, when that has changed.
    pub(super) async fn tell_clock_offset(&self) {
        let offset = self.world().deps.clock.offset();
        let told = match self.clock_offset.lock() {
            Ok(mut told) => std::mem::replace(&mut *told, offset),
            Err(_) => return,
        };
        if told != offset {
            self.tell(Event::ClockOffset(offset)).await;
        }
    }

    pub(super) fn world(&self) -> World {
        match self.world.read() {
            Ok(world) => world.clone(),
            Err(poisoned) => poisoned.into_inner().clone(),
        }
    }

    pub(super) fn enter(&self, new: World) {
        match self.world.write() {
            Ok(mut world) => *world = new,
            Err(poisoned) => *poisoned.into_inner() = new,
        }
    }
}
