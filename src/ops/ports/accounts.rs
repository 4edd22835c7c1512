//! An AWS account as far as one of the person's AWS profiles may look into it.
//!
//! Every call is signed with that profile. Deliberately absent: calls that change anything.

use std::sync::Arc;

use async_trait::async_trait;

use crate::domain::discovery::{AwsSource, ClientSettings, IdentityPoolFound};
use crate::domain::{ClientId, IdentityPoolId, Problem, Region, UserPoolId};

/// The accounts behind the person's AWS profiles.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// The AWS profiles that there are, in the files' order. No key of theirs is read.
    async fn sources(&self) -> Result<Vec<AwsSource>, Problem>;
    /// The profile's account, once a region. Its keys are read once, and kept for as long as the
    /// answer is.
    ///
    /// # Errors
    /// When the profile gives no keys.
    async fn open(
        &self,
        source: &AwsSource,
        regions: &[Region],
    ) -> Result<Vec<(Region, Arc<dyn Account>)>, Problem>;
}

/// A part of a list, and where the next begins.
#[derive(Debug)]
pub struct Listed<T> {
    /// As AWS ordered them.
    pub items: Vec<T>,
    /// `NextToken`.
    pub next: Option<String>,
}

/// What one region of an account has.
#[async_trait]
pub trait Account: Send + Sync {
    /// `ListUserPools`: IDs and names.
    async fn user_pools(
        &self,
        next: Option<String>,
    ) -> Result<Listed<(UserPoolId, String)>, Problem>;
    /// `DescribeUserPool`: the domain of managed login.
    async fn user_pool_domain(&self, id: &UserPoolId) -> Result<Option<String>, Problem>;
    /// `ListUserPoolClients`: IDs and names.
    async fn clients(
        &self,
        pool: &UserPoolId,
        next: Option<String>,
    ) -> Result<Listed<(ClientId, String)>, Problem>;
    /// `DescribeUserPoolClient`.
    async fn client(&self, pool: &UserPoolId, id: &ClientId) -> Result<ClientSettings, Problem>;
    /// `ListIdentityPools`: IDs and names.
    async fn identity_pools(
        &self,
        next: Option<String>,
    ) -> Result<Listed<(IdentityPoolId, String)>, Problem>;
    /// `DescribeIdentityPool`.
    async fn identity_pool(&self, id: &IdentityPoolId) -> Result<IdentityPoolFound, Problem>;
}
