//! Files that hold an `OpenID` token of an identity pool, for SDKs that ask STS themselves.
//!
//! Deliberately absent: the section of the AWS config file that names such a file.

use std::path::PathBuf;

use async_trait::async_trait;

use crate::domain::{Problem, ProfileName, Secret, TokenReading};

/// One file for each profile (`web_identity_token_file` of the AWS config file), readable by its
/// owner only and never seen half-written.
#[async_trait]
pub trait TokenFiles: Send + Sync {
    /// Where the profile's file is or will be: an absolute path, another for each name.
    fn path(&self, profile: &ProfileName) -> PathBuf;
    /// Puts the token in the place of the one before.
    async fn write(&self, profile: &ProfileName, token: &Secret) -> Result<(), Problem>;
    /// Puts what stands in one profile's file into another's; nothing where there is none.
    async fn copy(&self, from: &ProfileName, to: &ProfileName) -> Result<(), Problem>;
    /// Removes the file; one that is not there is no failure.
    async fn remove(&self, profile: &ProfileName) -> Result<(), Problem>;
    /// What the token in the file says; none without a file, and for a file that says nothing.
    async fn read(&self, profile: &ProfileName) -> Result<Option<TokenReading>, Problem>;
}
