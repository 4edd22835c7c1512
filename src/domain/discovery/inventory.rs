//! What the account has, as it was read.
//!
//! Texts are as AWS has them: nothing here is checked but the IDs. Deliberately absent: users, and
//! every setting that no profile follows from.

use crate::domain::endpoints::Endpoints;
use crate::domain::ids::{ClientId, EndpointUrl, IdentityPoolId, Region, UserPoolId};
use crate::domain::problem::Problem;
use crate::domain::secret::Secret;

/// One of the person's own AWS profiles, with which the account can be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsSource {
    /// Its name in the AWS files.
    pub name: String,
    /// `region`.
    pub region: Option<Region>,
    /// `endpoint_url`: an emulator instead of AWS.
    pub endpoint_url: Option<EndpointUrl>,
}

impl AwsSource {
    /// The hosts that are asked.
    #[must_use]
    pub fn endpoints(&self) -> Endpoints {
        self.endpoint_url
            .clone()
            .map_or(Endpoints::AWS, Endpoints::at)
    }
}

/// A user pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserPoolFound {
    /// Its ID.
    pub id: UserPoolId,
    /// Its name.
    pub name: String,
    /// `CustomDomain`, or else `Domain`: a prefix without a dot.
    pub domain: Option<String>,
}

/// An app client.
#[derive(Debug)]
pub struct AppClientFound {
    /// The pool it belongs to.
    pub user_pool_id: UserPoolId,
    /// Its ID.
    pub id: ClientId,
    /// Its name.
    pub name: String,
    /// How people sign in; none where that could not be read.
    pub settings: Option<ClientSettings>,
}

/// How people sign in with an app client.
#[derive(Debug, Default)]
pub struct ClientSettings {
    /// `ClientSecret`.
    pub secret: Option<Secret>,
    /// `ExplicitAuthFlows`.
    pub auth_flows: Vec<String>,
    /// `AllowedOAuthFlows`, where `AllowedOAuthFlowsUserPoolClient` says that they hold.
    pub oauth_flows: Vec<String>,
    /// `AllowedOAuthScopes`.
    pub scopes: Vec<String>,
    /// `CallbackURLs`.
    pub callback_urls: Vec<String>,
    /// `LogoutURLs`.
    pub logout_urls: Vec<String>,
    /// `SupportedIdentityProviders`.
    pub identity_providers: Vec<String>,
    /// `RefreshTokenRotation` is enabled.
    pub rotates: bool,
}

/// An identity pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityPoolFound {
    /// Its ID.
    pub id: IdentityPoolId,
    /// Its name.
    pub name: String,
    /// `CognitoIdentityProviders`: provider name and client ID.
    pub clients: Vec<(String, String)>,
    /// `AllowUnauthenticatedIdentities`.
    pub guests: bool,
    /// `AllowClassicFlow`.
    pub classic_flow: bool,
    /// `DeveloperProviderName`.
    pub developer_provider: Option<String>,
    /// Keys of `SupportedLoginProviders`, and the `OpenID` Connect and SAML providers' ARNs.
    pub other_providers: Vec<String>,
}

/// A call that was refused, or got no answer: the others go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// As IAM names it: `cognito-idp:ListUserPools`.
    pub action: &'static str,
    /// Where.
    pub region: Region,
    /// How many calls of the kind; their first problem is told.
    pub calls: usize,
    /// Why.
    pub problem: Problem,
}

impl Missed {
    /// True where the AWS profile may not do that.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        is_denied(&self.problem)
    }

    /// `cognito-idp:ListUserPools is not allowed in eu-west-1`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let Self { action, region, .. } = self;
        let times = match self.calls {
            0 | 1 => String::new(),
            calls => format!(" ({calls} calls)"),
        };
        if self.is_denied() {
            format!("{action} is not allowed in {region}{times}")
        } else {
            format!("{action} in {region}{times}: {}", self.problem.sentence)
        }
    }
}

/// True where AWS says that a permission is missing.
#[must_use]
pub fn is_denied(problem: &Problem) -> bool {
    matches!(
        problem.aws_code(),
        Some("AccessDeniedException" | "AccessDenied" | "NotAuthorizedException")
    )
}

/// All of it, of one or more regions.
#[derive(Debug, Default)]
pub struct Inventory {
    /// User pools.
    pub user_pools: Vec<UserPoolFound>,
    /// App clients.
    pub clients: Vec<AppClientFound>,
    /// Identity pools.
    pub identity_pools: Vec<IdentityPoolFound>,
    /// What could not be read.
    pub missed: Vec<Missed>,
}

impl Inventory {
    /// Notes a call that failed beside others of its kind in the region.
    pub fn miss(&mut self, action: &'static str, region: &Region, problem: Problem) {
        let same = |missed: &&mut Missed| missed.action == action && missed.region == *region;
        if let Some(missed) = self.missed.iter_mut().find(same) {
            missed.calls += 1;
            return;
        }
        self.missed.push(Missed {
            action,
            region: region.clone(),
            calls: 1,
            problem,
        });
    }

    /// True where a call of the kind failed in the region.
    #[must_use]
    pub fn lacks(&self, action: &str, region: &Region) -> bool {
        let mut missed = self.missed.iter();
        missed.any(|missed| missed.action == action && missed.region == *region)
    }
}
