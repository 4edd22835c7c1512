//! From logins to temporary credentials: the identity ID, then the enhanced or the basic flow.
//!
//! `GetId` is called once per identity pool and person; a cached ID that the pool no longer accepts
//! is dropped and asked for anew, once. [`exchange_again`] does nothing at AWS that cannot be taken
//! back. Deliberately absent: where the logins come from (see
//! `session`), and falling back to a guest's credentials, which would hide why a sign-in failed.

mod holder;
mod identity_id;

pub use self::holder::Holder;
pub(in crate::ops) use self::holder::developers_user;
use super::ports::{Deps, IdentityAt, IdentityKey, Person, Progress};
use super::seen;
use crate::domain::{
    AwsCredentials, BasicFlow, Exchange, FlowStep, IdentityId, Problem, ProblemKind, Profile,
    RoleArn, RoleChoice, Session, StepState,
};

/// Credentials for somebody, and what became of the guest that this machine was.
#[derive(Debug)]
pub struct Exchanged {
    /// Works now.
    pub session: Session,
    /// Whose the guest's identity is now, where one was taken over.
    pub remark: Option<String>,
}

/// Whether the profile's flow takes its logins: asked before anything is sent.
///
/// # Errors
/// A SAML login with the basic flow.
pub fn check(profile: &Profile) -> Result<(), Problem> {
    let is_basic = matches!(profile.exchange, Exchange::Basic(_));
    let mut saml = profile
        .logins
        .iter()
        .filter(|login| login.provider.is_saml());
    match saml.next() {
        Some(login) if is_basic => Err(Problem::new(
            ProblemKind::Usage,
            format!("The basic flow takes no SAML login ({})", login.provider),
        )
        .hint("Choose the enhanced flow in the profile's configuration.")),
        _ => Ok(()),
    }
}

/// Exchanges what somebody holds at the profile's identity pool.
///
/// # Errors
/// What the identity pool or STS refuses, or why they could not be reached.
pub async fn exchange(
    deps: &Deps,
    profile: &Profile,
    holder: Holder,
    progress: &dyn Progress,
) -> Result<Exchanged, Problem> {
    check(profile)?;
    seen::show_logins(deps, profile, progress, &holder.logins);
    let work = Work::new(deps, profile, &holder, progress);
    let exchanged = work.run().await;
    let (identity_id, credentials, remark) = exchanged.map_err(|problem| problem.about(profile))?;
    let session = work.session(identity_id, credentials).await;
    Ok(Exchanged { session, remark })
}

/// The same under the identity ID that is known of the holder already: no identity is made, and none
/// is merged into another. Nothing where none is known, or the pool does not know it any more.
///
/// # Errors
/// As [`exchange`].
pub async fn exchange_again(
    deps: &Deps,
    profile: &Profile,
    holder: &Holder,
    progress: &dyn Progress,
) -> Result<Option<Session>, Problem> {
    check(profile)?;
    let work = Work::new(deps, profile, holder, progress);
    let Some(chosen) = work.known().await else {
        return Ok(None);
    };
    match work.credentials(&chosen.id).await {
        Ok((identity, credentials)) => Ok(Some(work.session(identity, credentials).await)),
        Err(problem) if chosen.origin.may_be_stale() && is_stale(&problem) => Ok(None),
        Err(problem) => Err(problem.about(profile)),
    }
}

/// One exchange under way.
struct Work<'a> {
    deps: &'a Deps,
    profile: &'a Profile,
    holder: &'a Holder,
    key: IdentityKey,
    progress: &'a dyn Progress,
}

impl<'a> Work<'a> {
    fn new(
        deps: &'a Deps,
        profile: &'a Profile,
        holder: &'a Holder,
        progress: &'a dyn Progress,
    ) -> Self {
        Self {
            deps,
            profile,
            key: key(profile, holder.person.clone()),
            holder,
            progress,
        }
    }

    async fn session(&self, identity_id: IdentityId, credentials: AwsCredentials) -> Session {
        let (profile, holder) = (self.profile, self.holder);
        let (region, endpoints) = (profile.region(), &profile.endpoints);
        let caller = self.deps.sts.caller(&credentials, &region, endpoints).await;
        let logins = holder.logins.iter();
        Session {
            identity_id,
            credentials,
            username: holder.username.clone(),
            groups: holder.groups.clone(),
            roles: holder.roles.clone(),
            logins: logins.map(|login| login.provider_name.clone()).collect(),
            role_choice: match &profile.exchange {
                Exchange::Enhanced { role: None } => RoleChoice::IdentityPool,
                Exchange::Enhanced { role: Some(_) } => RoleChoice::Profile,
                Exchange::Basic(_) => RoleChoice::BasicFlow,
            },
            caller: caller.ok(),
            obtained_at: self.deps.clock.now(),
        }
    }

    async fn run(&self) -> Result<(IdentityId, AwsCredentials, Option<String>), Problem> {
        let mut chosen = self.choose().await?;
        let (answered, credentials) = match self.credentials(&chosen.id).await {
            Err(problem) if chosen.origin.may_be_stale() && is_stale(&problem) => {
                self.drop_stale(&chosen).await;
                chosen = self.fresh().await?;
                self.credentials(&chosen.id).await?
            }
            result => result?,
        };
        let remark = self.settle(&chosen, &answered).await;
        Ok((answered, credentials, remark))
    }

    /// The identity ID may be another one than was sent.
    async fn credentials(
        &self,
        identity: &IdentityId,
    ) -> Result<(IdentityId, AwsCredentials), Problem> {
        let step = FlowStep::Credentials;
        let asking = StepState::Running("asking".to_owned());
        self.progress.step(step, asking);
        let started = self.deps.stopwatch();
        let (obtained, detail) = match &self.profile.exchange {
            Exchange::Enhanced { role } => (
                self.enhanced(identity, role.as_ref()).await,
                "Enhanced flow",
            ),
            Exchange::Basic(basic) => (self.basic(identity, basic).await, "Basic flow"),
        };
        let obtained = obtained?;
        let state = StepState::Done {
            detail: detail.to_owned(),
            took: Some(self.deps.since(started)),
        };
        self.progress.step(step, state);
        Ok(obtained)
    }

    async fn enhanced(
        &self,
        identity: &IdentityId,
        role: Option<&RoleArn>,
    ) -> Result<(IdentityId, AwsCredentials), Problem> {
        let region = self.profile.region();
        let at = IdentityAt {
            id: identity,
            region: &region,
            endpoints: &self.profile.endpoints,
        };
        let pool = &self.deps.identity_pool;
        pool.credentials(at, &self.holder.logins, role).await
    }

    async fn basic(
        &self,
        identity: &IdentityId,
        basic: &BasicFlow,
    ) -> Result<(IdentityId, AwsCredentials), Problem> {
        let (region, endpoints) = (self.profile.region(), &self.profile.endpoints);
        let at = IdentityAt {
            id: identity,
            region: &region,
            endpoints,
        };
        let pool = &self.deps.identity_pool;
        let (answered, token) = pool.open_id_token(at, &self.holder.logins).await?;
        let sts = &self.deps.sts;
        let credentials = sts.assume_role(basic, &token, &region, endpoints).await?;
        Ok((answered, credentials))
    }
}

/// Under which somebody's identity ID is cached.
pub(in crate::ops) fn key(profile: &Profile, person: Person) -> IdentityKey {
    IdentityKey {
        pool: profile.identity_pool_id.clone(),
        person,
        endpoint_url: profile.endpoints.url.clone(),
    }
}

/// The identity was deleted, merged or belongs to somebody else: a new `GetId` mends it.
fn is_stale(problem: &Problem) -> bool {
    let Some(said) = &problem.aws else {
        return false;
    };
    match said.code.as_str() {
        "ResourceNotFoundException" => said.message.starts_with("Identity '"),
        "NotAuthorizedException" => {
            said.message.starts_with("Logins don't match")
                || said.message.starts_with("Access to Identity")
        }
        _ => false,
    }
}
