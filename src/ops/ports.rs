//! What the use-cases need from outside, as object-safe traits.
//!
//! Foreign types stop at the adapters: everything here is `domain`. Deliberately absent: a
//! network client, a path, a handle of an operating system.

mod accounts;
mod aws_profiles;
mod browser;
mod hand_on;
mod imports;
mod kept;
mod probes;
mod token_files;
mod tokens;
mod told;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

pub use self::accounts::{Account, Accounts, Listed};
pub use self::aws_profiles::{
    AwsHome, AwsProfiles, Content, Found, KeySection, LastChange, ReadExports, Served, Undone,
    WriteOrder, Written,
};
pub use self::browser::{Callback, CodeGrant, LastPage, ManagedLogins, Returned};
pub use self::hand_on::{Console, Terminal};
pub use self::imports::{ImportText, Imports, Understood};
pub use self::kept::{Configuration, Identities, IdentityKey, Person, Profiles, Vault, VaultState};
pub use self::probes::{Page, Probes, Route};
pub use self::token_files::TokenFiles;
pub use self::tokens::{
    Authorization, FileChanged, OpenIdProvider, OpenIdProviders, ProviderGrant, TokenSources,
};
pub use self::told::{CallLog, Progress, Unseen};
pub use super::deps::{AppClient, Deps};
use crate::crypto::device::DeviceVerifier;
use crate::domain::sign_in::{Delivery, Initiate, Reply, Response};
use crate::domain::{
    AwsCredentials, AwsProfileIdentity, BasicFlow, Caller, Claims, Endpoints, IdentityId,
    IdentityPoolId, KeptSignIn, Problem, ProfileName, Region, RoleArn, Secret, TokenReading,
    Tokens,
};

/// Calls of a user pool. None of them is signed.
#[async_trait]
pub trait UserPool: Send + Sync {
    /// `InitiateAuth`; everything computed is among the fields by now.
    async fn initiate(&self, client: &AppClient, call: Initiate) -> Result<Reply, Problem>;
    /// `RespondToAuthChallenge`; everything computed is among the fields by now.
    async fn respond(&self, client: &AppClient, response: Response) -> Result<Reply, Problem>;
    /// `AssociateSoftwareToken`: the shared secret and the next session.
    async fn associate_software_token(
        &self,
        client: &AppClient,
        session: Option<&Secret>,
    ) -> Result<(Secret, Option<Secret>), Problem>;
    /// `VerifySoftwareToken`: the next session.
    async fn verify_software_token(
        &self,
        client: &AppClient,
        session: Option<&Secret>,
        code: &Secret,
    ) -> Result<Option<Secret>, Problem>;
    /// `ForgotPassword`, for the name as typed.
    async fn forgot_password(
        &self,
        client: &AppClient,
        username: &str,
    ) -> Result<Option<Delivery>, Problem>;
    /// `ConfirmForgotPassword`, for the name as typed.
    async fn reset_password(
        &self,
        client: &AppClient,
        username: &str,
        code: &Secret,
        new_password: &Secret,
    ) -> Result<(), Problem>;
    /// `ResendConfirmationCode`, for the name as typed.
    async fn resend_confirmation(
        &self,
        client: &AppClient,
        username: &str,
    ) -> Result<Option<Delivery>, Problem>;
    /// `ConfirmSignUp`, for the name as typed.
    async fn confirm_account(
        &self,
        client: &AppClient,
        username: &str,
        code: &Secret,
    ) -> Result<(), Problem>;
    /// `ConfirmDevice`; true when the pool leaves remembering to the person.
    async fn confirm_device(
        &self,
        client: &AppClient,
        access_token: &Secret,
        device_key: &str,
        verifier: &DeviceVerifier,
    ) -> Result<bool, Problem>;
    /// `UpdateDeviceStatus`.
    async fn update_device(
        &self,
        client: &AppClient,
        access_token: &Secret,
        device_key: &str,
        remembered: bool,
    ) -> Result<(), Problem>;
    /// `ChangePassword`.
    async fn change_password(
        &self,
        client: &AppClient,
        access_token: &Secret,
        previous: &Secret,
        proposed: &Secret,
    ) -> Result<(), Problem>;
    /// New tokens; never retried by itself, because a rotating token works once.
    async fn refresh(&self, client: &AppClient, kept: &KeptSignIn) -> Result<Granted, Problem>;
    /// Ends this refresh token.
    async fn revoke(&self, client: &AppClient, refresh_token: &Secret) -> Result<(), Problem>;
    /// Ends all refresh tokens of the user.
    async fn sign_out_everywhere(
        &self,
        client: &AppClient,
        access_token: &Secret,
    ) -> Result<(), Problem>;
}

/// What a server granted. A refresh token counts even where the rest of the answer is of no use: it
/// may be the only one that is left, or has to be ended.
#[derive(Debug)]
pub struct Granted {
    /// Absent after a refresh without rotation: the one before stays valid.
    pub refresh: Option<Secret>,
    /// Without the refresh token.
    pub tokens: Result<Tokens, Problem>,
}

/// An entry of the logins map.
#[derive(Debug)]
pub struct Login {
    /// The key: `cognito-idp.<region>.amazonaws.com/<pool>`, `accounts.google.com`, ….
    pub provider_name: String,
    /// The value: mostly an ID token.
    pub token: Secret,
}

/// An identity and the region and hosts it is asked at.
#[derive(Debug, Clone, Copy)]
pub struct IdentityAt<'a> {
    /// The identity.
    pub id: &'a IdentityId,
    /// The identity pool's.
    pub region: &'a Region,
    /// The profile's.
    pub endpoints: &'a Endpoints,
}

/// Calls of an identity pool. None of them is signed. An empty logins map means a guest.
#[async_trait]
pub trait IdentityPool: Send + Sync {
    /// `GetId`.
    async fn identity_id(
        &self,
        pool: &IdentityPoolId,
        endpoints: &Endpoints,
        logins: &[Login],
    ) -> Result<IdentityId, Problem>;
    /// `GetCredentialsForIdentity`, with `CustomRoleArn` where a role is asked for; the identity ID
    /// may differ from the one sent.
    async fn credentials(
        &self,
        identity: IdentityAt<'_>,
        logins: &[Login],
        role: Option<&RoleArn>,
    ) -> Result<(IdentityId, AwsCredentials), Problem>;
    /// `GetOpenIdToken`: for STS, good for ten minutes; the identity ID may differ.
    async fn open_id_token(
        &self,
        identity: IdentityAt<'_>,
        logins: &[Login],
    ) -> Result<(IdentityId, Secret), Problem>;
}

/// STS: one signed call, and the one of the basic flow, which is not.
#[async_trait]
pub trait Sts: Send + Sync {
    /// `GetCallerIdentity`.
    async fn caller(
        &self,
        credentials: &AwsCredentials,
        region: &Region,
        endpoints: &Endpoints,
    ) -> Result<Caller, Problem>;
    /// `AssumeRoleWithWebIdentity`.
    async fn assume_role(
        &self,
        basic: &BasicFlow,
        open_id_token: &Secret,
        region: &Region,
        endpoints: &Endpoints,
    ) -> Result<AwsCredentials, Problem>;
}

/// The signed call for developer-authenticated identities.
#[async_trait]
pub trait DeveloperIdentities: Send + Sync {
    /// `GetOpenIdTokenForDeveloperIdentity`, signed with one of the user's AWS profiles and no other
    /// credentials.
    async fn open_id_token(
        &self,
        pool: &IdentityPoolId,
        endpoints: &Endpoints,
        person: &AwsProfileIdentity,
    ) -> Result<(IdentityId, Secret), Problem>;
    /// Reads `{"IdentityId": …, "Token": …}`, as the AWS CLI prints it.
    fn parse(&self, printed: &Secret) -> Result<(IdentityId, Secret), Problem>;
}

/// Keeps two processes from renewing the same profile at once.
#[async_trait]
pub trait Locks: Send + Sync {
    /// Waits, within limits, for the profile's lock; dropping the guard or dying frees it. Names
    /// that differ in case alone share one. A problem of the kind `SecretStore` says that secrets
    /// lie elsewhere by now: then nothing may be kept without the lock either.
    async fn lock(&self, profile: &ProfileName) -> Result<Box<dyn Send + Sync>, Problem>;
    /// The same for all profiles, also those that are added meanwhile.
    async fn lock_all(&self) -> Result<Box<dyn Send + Sync>, Problem>;
}

/// The time.
pub trait Clock: Send + Sync {
    /// Now, by the service's clock as far as it is known: everything that expires does so by it.
    fn now(&self) -> Timestamp;
    /// How far this machine's clock is behind the service's; zero while nothing was measured.
    fn offset(&self) -> SignedDuration {
        SignedDuration::ZERO
    }
    /// An offset that was measured before, good until this process measures one.
    fn assume(&self, _offset: SignedDuration) {}
}

/// Reads an ID token's claims without checking its signature.
pub trait ClaimsReader: Send + Sync {
    /// The claims of a user pool's ID token that Poolkey keys caches by.
    fn read(&self, id_token: &Secret) -> Result<Claims, Problem>;
    /// Header and claims of any JSON Web Token, for showing; none where it is something else.
    fn read_all(&self, token: &Secret) -> Option<TokenReading>;
}
