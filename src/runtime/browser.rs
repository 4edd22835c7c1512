//! Browser sign-ins of the window: opened, pasted into, cancelled with their attempt.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;

use super::attempts::go_on;
use super::progress::Steps;
use super::{Shared, World};
use crate::app::{Attempt, Event};
use crate::domain::{Problem, Profile, Secret};
use crate::ops::browser::{self, BrowserWatch, Pastes};
use crate::ops::sign_in::Outcome;

/// Sign-ins that wait for the browser, and where their person pastes.
#[derive(Default)]
pub(super) struct Waiting(Mutex<HashMap<Attempt, Arc<Pastes>>>);

impl Waiting {
    /// Hands a pasted text to the sign-in that waits; one that ended needs none.
    pub(super) fn paste(&self, attempt: Attempt, text: Secret) {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pastes) = waiting.get(&attempt) {
            pastes.put(text);
        }
    }

    fn begin(&self, attempt: Attempt) -> Arc<Pastes> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.entry(attempt).or_default().clone()
    }

    fn end(&self, attempt: Attempt) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.remove(&attempt);
    }
}

pub(super) async fn sign_in(shared: &Shared, world: &World, profile: &Profile, attempt: Attempt) {
    let watch = Window::new(shared, attempt);
    let steps = Steps {
        shared: shared.clone(),
        attempt,
    };
    // A cancelled one has its port until its task is torn down.
    let turn = shared.browser_turn.lock().await;
    let finished = browser::sign_in(&world.deps, profile, &watch, &steps).await;
    drop(turn);
    drop(watch);
    let outcome = finished.map(|finished| Outcome::Finished(Box::new(finished)));
    go_on(shared, world, profile, attempt, outcome).await;
}

/// The window in front of which somebody waits for the browser.
pub(super) struct Window {
    shared: Shared,
    attempt: Attempt,
    pastes: Arc<Pastes>,
}

impl Window {
    /// What is pasted goes to this attempt until it is dropped.
    pub(super) fn new(shared: &Shared, attempt: Attempt) -> Self {
        Self {
            shared: shared.clone(),
            attempt,
            pastes: shared.browsers.begin(attempt),
        }
    }
}

impl Drop for Window {
    /// Also when the attempt is cancelled.
    fn drop(&mut self) {
        self.shared.browsers.end(self.attempt);
    }
}

#[async_trait]
impl BrowserWatch for Window {
    fn opened(&self, url: &str) {
        self.shared.tell_now(Event::BrowserOpened {
            attempt: self.attempt,
            url: url.to_owned(),
        });
    }

    fn opens(&self) -> bool {
        true
    }

    fn not_opened(&self, problem: &Problem) {
        // Shown in the same place: what to do instead.
        self.paste_refused(problem);
    }

    async fn pasted(&self) -> Secret {
        self.pastes.next().await
    }

    fn paste_refused(&self, problem: &Problem) {
        self.shared.tell_now(Event::PasteRefused {
            attempt: self.attempt,
            problem: problem.clone(),
        });
    }
}

pub(super) async fn sign_out(shared: &Shared, world: &World, profile: &Profile) {
    match browser::sign_out_url(profile) {
        Ok(url) => open_page(shared, world, url).await,
        Err(problem) => shared.tell(Event::Trouble(problem)).await,
    }
}

/// A page that opens nowhere is told with its address.
pub(super) async fn open_page(shared: &Shared, world: &World, url: String) {
    if let Err(problem) = world.deps.managed_login.open(&url).await {
        shared.tell(Event::PageNotOpened(url, problem)).await;
    }
}
