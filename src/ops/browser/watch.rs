//! Who waits with Poolkey for the browser, and what they paste meanwhile.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use async_trait::async_trait;

use crate::domain::{Problem, Secret};

/// As long as managed login waits for the person, and a code for its app.
const PATIENCE: Duration = Duration::from_mins(5);

/// The person in front of a window or a terminal.
#[async_trait]
pub trait BrowserWatch: Send + Sync {
    /// How long the browser is waited for.
    fn patience(&self) -> Duration {
        PATIENCE
    }
    /// This is the address to sign in at, also for a browser on another machine.
    fn opened(&self, url: &str);
    /// False where nobody wants a browser opened here.
    fn opens(&self) -> bool;
    /// No browser could be opened; the person may open the address all the same.
    fn not_opened(&self, problem: &Problem);
    /// What the person pasted: the address where the browser ended, or the code in it. Pending for
    /// as long as there is nothing, and forever where nobody can paste.
    async fn pasted(&self) -> Secret;
    /// What was pasted is no good; the browser is still waited for.
    fn paste_refused(&self, problem: &Problem);
}

/// Texts on their way from whoever pastes to the one sign-in that waits.
#[derive(Default)]
pub struct Pastes(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    texts: VecDeque<Secret>,
    waker: Option<Waker>,
}

impl Pastes {
    /// Hands a text over; never waits.
    pub fn put(&self, text: Secret) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.texts.push_back(text);
        let waker = waiting.waker.take();
        drop(waiting);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// The next text.
    pub async fn next(&self) -> Secret {
        poll_fn(|context| {
            let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(text) = waiting.texts.pop_front() {
                return Poll::Ready(text);
            }
            waiting.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}
