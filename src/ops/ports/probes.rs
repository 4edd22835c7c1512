//! What only a doctor asks of the outside: does this answer, which way goes there, is this there.
//!
//! Deliberately absent: anything that changes something.

use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;

use crate::domain::{Endpoints, Problem, UserPoolId};

/// Looks without touching.
#[async_trait]
pub trait Probes: Send + Sync {
    /// The status that the user pool's key document is answered with.
    async fn key_document(&self, pool: &UserPoolId, endpoints: &Endpoints) -> Result<u16, Problem>;
    /// What a page in a browser would begin with. No redirect is followed.
    async fn page(&self, url: &str) -> Result<Page, Problem>;
    /// The way that a request to an address takes.
    ///
    /// # Errors
    /// When the extra certificates cannot be used.
    async fn route(&self, url: &str) -> Result<Route, Problem>;
    /// Whether a token file can be read and holds something. `~/` is the person's home.
    async fn token_file(&self, path: &Path) -> Result<(), Problem>;
    /// Whether a file holds certificates that can be trusted. `~/` is the person's home.
    async fn certificates(&self, path: &Path) -> Result<(), Problem>;
    /// Whether a file could be written: nothing is. `~/` is the person's home.
    async fn writable(&self, path: &Path) -> Result<(), Problem>;
    /// The program that a command line begins with, where it is found; the command is not run.
    /// Nothing where only a shell knows what it begins with.
    async fn program(&self, command: &str) -> Result<Option<PathBuf>, Problem>;
    /// Lets time pass.
    async fn pause(&self, time: Duration);
}

/// How a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The HTTP status.
    pub status: u16,
    /// Where the browser is sent on to.
    pub location: Option<String>,
}

/// The way to a server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// The proxy, without the name and password that may be in its address.
    pub proxy: Option<String>,
    /// Certificates that are trusted beside the system's.
    pub ca_bundle: Option<PathBuf>,
}
