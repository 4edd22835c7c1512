//! Sections of work that come to their end once they began, also where nobody waits any more.
//!
//! A user pool that rotates refresh tokens has ended the old one when it answers: a process that
//! goes between the answer and the store takes the sign-in with it. So whoever gives up work (after
//! a time, or at Ctrl-C) does it through [`Unbroken::unless`], which waits for the end of a section.
//! Deliberately absent: a bound (what a section waits for is bounded by itself), and tasks.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

/// How many sections are under way.
#[derive(Debug, Clone, Default)]
pub struct Unbroken(Arc<AtomicUsize>);

/// Under way until dropped.
#[derive(Debug)]
pub struct Section(Unbroken);

impl Drop for Section {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Unbroken {
    /// Begins a section.
    #[must_use]
    pub fn begin(&self) -> Section {
        self.0.fetch_add(1, Ordering::SeqCst);
        Section(self.clone())
    }

    /// True while a section is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.0.load(Ordering::SeqCst) > 0
    }

    /// Does the work unless `stop` comes first; work that is in a section goes on to its end.
    ///
    /// # Errors
    /// What `stop` came with. The work is dropped by then.
    pub async fn unless<T, S>(
        &self,
        stop: impl Future<Output = S>,
        work: impl Future<Output = T>,
    ) -> Result<T, S> {
        let (mut stop, mut work) = (pin!(stop), pin!(work));
        let mut stopped = None;
        poll_fn(|context| {
            if stopped.is_none()
                && let Poll::Ready(why) = stop.as_mut().poll(context)
            {
                stopped = Some(why);
            }
            if (stopped.is_none() || self.is_busy())
                && let Poll::Ready(done) = work.as_mut().poll(context)
            {
                return Poll::Ready(Ok(done));
            }
            // A section begins and ends while the work is polled: nothing else has to wake this.
            match stopped.take_if(|_| !self.is_busy()) {
                Some(why) => Poll::Ready(Err(why)),
                None => Poll::Pending,
            }
        })
        .await
    }
}
