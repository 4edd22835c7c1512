//! Where credentials are handed to: the AWS console, and a terminal.
//!
//! Deliberately absent: what is in the link, and which terminal it is.

use async_trait::async_trait;

use crate::domain::{AwsCredentials, Endpoints, Problem, ProfileName, Region, Secret, Session};

/// The AWS console's sign-in for temporary credentials.
#[async_trait]
pub trait Console: Send + Sync {
    /// A link that opens the console as these credentials, for 15 minutes. Whoever has it is signed
    /// in: a secret. `destination` is the page to open; the region's home page without it.
    async fn sign_in_url(
        &self,
        credentials: &AwsCredentials,
        region: &Region,
        endpoints: &Endpoints,
        destination: Option<&str>,
    ) -> Result<Secret, Problem>;
    /// Opens the link in the system's browser.
    async fn open(&self, url: &Secret) -> Result<(), Problem>;
}

/// A terminal window of this machine.
#[async_trait]
pub trait Terminal: Send + Sync {
    /// Opens one with a shell that has the profile's credentials. Where the secret store is shared
    /// between processes, the terminal reads them from there.
    async fn open(
        &self,
        profile: &ProfileName,
        session: &Session,
        region: &Region,
    ) -> Result<(), Problem>;
}
