//! Places in the line for what must come to its end before secrets move or the window closes.
//!
//! Deliberately absent: which work that is (see `queue`).

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use tokio::sync::{OwnedRwLockReadGuard, RwLock};

/// Held until the work is done: closing the window waits for it.
type Unfinished = OwnedRwLockReadGuard<()>;

/// A place in the lock's line, taken when the work was asked for and not when its turn comes: a
/// window that closes meanwhile stands behind it.
pub(super) struct Place(Stands);

enum Stands {
    /// None once it was given away.
    Inside(Option<Unfinished>),
    Waits(Pin<Box<dyn Future<Output = Unfinished> + Send>>),
}

impl Place {
    /// The line keeps the order in which this is called.
    pub(super) fn take(line: &Arc<RwLock<()>>) -> Self {
        let mut waits = Box::pin(line.clone().read_owned());
        // The first look takes the place; who awaits it later is woken.
        match waits.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(unfinished) => Self(Stands::Inside(Some(unfinished))),
            Poll::Pending => Self(Stands::Waits(waits)),
        }
    }
}

impl Future for Place {
    type Output = Unfinished;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Unfinished> {
        match &mut self.0 {
            Stands::Waits(waits) => waits.as_mut().poll(context),
            Stands::Inside(unfinished) => unfinished.take().map_or(Poll::Pending, Poll::Ready),
        }
    }
}
