//! Where effects happen, and what of it can be made anew while the window runs.
//!
//! Deliberately absent: making it (see `bootstrap`).

use std::path::PathBuf;
use std::sync::Arc;

use super::Suggester;
use crate::domain::{Problem, StoreChoice, Surroundings};
use crate::ops::Deps;
use crate::ops::ports::{Locks, Vault};

/// Where effects happen: on this machine, or in the sandbox.
#[derive(Clone)]
pub struct World {
    /// The adapters.
    pub deps: Deps,
    /// The folder with the tokens of container endpoints.
    pub endpoints: PathBuf,
    /// In the demo, what to type.
    pub suggest: Option<Suggester>,
    /// Makes adapters anew when settings change; none in the demo.
    pub machine: Option<Arc<dyn Machine>>,
    /// Kept for as long as the world is used: the sandbox and its temporary home.
    pub keep: Arc<dyn Send + Sync>,
}

/// What can be made anew while the window runs. Each may wait for a file.
pub trait Machine: Send + Sync {
    /// Where things are, and what is decided elsewhere.
    ///
    /// # Errors
    /// When the configuration cannot be read.
    fn surroundings(&self) -> Result<Surroundings, Problem>;
    /// The same with what the settings say now; the secret store stays.
    ///
    /// # Errors
    /// When the configuration cannot be read.
    fn reconnect(&self, deps: &Deps) -> Result<Deps, Problem>;
    /// Another secret store.
    ///
    /// # Errors
    /// When the configuration cannot be read, or the system gives no thread.
    fn open_store(&self, choice: StoreChoice) -> Result<Store, Problem>;
}

/// A secret store, and the locks of those who use it.
#[derive(Clone)]
pub struct Store {
    /// The store.
    pub vault: Arc<dyn Vault>,
    /// Had for as long as the configuration names this store.
    pub locks: Arc<dyn Locks>,
}
