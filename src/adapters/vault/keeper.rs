//! The one thread that speaks to the secret store.
//!
//! A keychain may block for minutes while it waits for somebody to unlock it, and its D-Bus client
//! must not run inside an async task. Jobs go in over a channel; whoever waits has a time-out.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use super::open::{OpenStore, open};
use super::store::{SecretStore, StoreError, StorePlan};
use crate::domain::{Problem, ProblemKind, StoreChoice};
use crate::ops::ports::VaultState;

/// Longer than the encrypted file waits for its lock.
const LONG: Duration = Duration::from_secs(25);

type Job = Box<dyn FnOnce(&mut Cupboard) + Send>;

/// The thread's own state: the store is opened by the first job that needs it.
pub struct Cupboard {
    plan: StorePlan,
    opened: Option<OpenStore>,
}

impl Cupboard {
    /// The store, opened now if it was not.
    pub fn store(&mut self) -> Result<&mut dyn SecretStore, StoreError> {
        Ok(self.opened()?.store.as_mut())
    }

    /// The store with its remark.
    pub fn opened(&mut self) -> Result<&mut OpenStore, StoreError> {
        if self.opened.is_none() {
            self.opened = Some(open(&self.plan)?);
        }
        self.opened
            .as_mut()
            .ok_or_else(|| StoreError::Missing("it did not open".to_owned()))
    }

    /// True where nobody named the store.
    pub fn is_automatic(&self) -> bool {
        self.plan.choice == StoreChoice::Auto
    }

    /// A real write, read and delete: a keychain that only pretends is found out before a sign-in.
    pub fn try_out(&mut self) -> Result<VaultState, StoreError> {
        let trial = format!("poolkey-trial/{}", std::process::id());
        let opened = self.opened()?;
        opened.store.set(&trial, "trial")?;
        let read = opened.store.get(&trial)?;
        opened.store.delete(&trial)?;
        if read.as_ref().map(|text| text.as_str()) != Some("trial") {
            return Err(StoreError::Broken(
                "it does not give back what was put in".to_owned(),
            ));
        }
        Ok(VaultState::Ready {
            name: opened.store.name().to_owned(),
            remark: opened.remark.clone(),
        })
    }
}

/// A handle to the thread. The thread ends when the last handle is dropped.
pub struct Keeper {
    jobs: mpsc::SyncSender<Job>,
    patience: Duration,
}

impl Keeper {
    /// Starts the thread; nothing is opened yet.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub fn start(plan: StorePlan, patience: Duration) -> std::io::Result<Self> {
        let (jobs, inbox) = mpsc::sync_channel::<Job>(64);
        thread::Builder::new()
            .name("keychain".to_owned())
            .spawn(move || {
                let mut cupboard = Cupboard { plan, opened: None };
                while let Ok(job) = inbox.recv() {
                    job(&mut cupboard);
                }
            })?;
        Ok(Self { jobs, patience })
    }

    /// Runs a job on the thread and waits for it, within the keeper's patience.
    pub async fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Cupboard) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Result<T, StoreError>, Problem> {
        self.ask_within(self.patience, job).await
    }

    /// The same for a job that must not be given up early.
    pub async fn ask_patiently<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Cupboard) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Result<T, StoreError>, Problem> {
        self.ask_within(self.patience.max(LONG), job).await
    }

    async fn ask_within<T: Send + 'static>(
        &self,
        patience: Duration,
        job: impl FnOnce(&mut Cupboard) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Result<T, StoreError>, Problem> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |cupboard| {
            // Nobody waits any more after a time-out: the job still runs to its end.
            let _unheard = answer.send(job(cupboard));
        });
        self.jobs.try_send(job).map_err(|_| waiting())?;
        match tokio::time::timeout(patience, answered).await {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(_)) => Err(Problem::new(
                ProblemKind::SecretStore,
                "The secret store's thread ended",
            )),
            Err(_) => Err(waiting()),
        }
    }
}

fn waiting() -> Problem {
    Problem::new(
        ProblemKind::SecretStore,
        "The secret store does not answer in time",
    )
    .hint("Your keychain may be waiting for you to unlock it: look for its prompt, then try again.")
}
