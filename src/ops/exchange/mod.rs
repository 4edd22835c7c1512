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
use self::identity_id::Chosen;
use super::ports::{Deps, IdentityAt, IdentityKey, Person, Progress};
use super::seen;
use crate::domain::{
    AwsCredentials, BasicFlow, Exchange, FlowStep, IdentityId, Problem, ProblemKind, Profile,
    ProfileField, RoleArn, RoleChoice, Secret, Session, StepState,
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
    match &profile.exchange {
        Exchange::Basic(_) => check_no_saml(profile).map_err(|problem| {
            problem
                .hint("Choose the enhanced flow in the profile's configuration.")
                .mended_in(ProfileField::Flow)
        }),
        Exchange::Enhanced { .. } => Ok(()),
    }
}

fn check_no_saml(profile: &Profile) -> Result<(), Problem> {
    let mut logins = profile.logins.iter();
    match logins.find(|login| login.provider.is_saml()) {
        Some(login) => Err(Problem::new(
            ProblemKind::Usage,
            format!("The basic flow takes no SAML login ({})", login.provider),
        )),
        None => Ok(()),
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

/// The first half of the basic flow, for a program that asks STS itself: a token that lives for ten
/// minutes, of the same identity as every exchange.
///
/// # Errors
/// As [`exchange`], and a SAML login, which this call does not take.
pub async fn open_id_token(
    deps: &Deps,
    profile: &Profile,
    holder: &Holder,
    progress: &dyn Progress,
) -> Result<Secret, Problem> {
    check_no_saml(profile)?;
    let work = Work::new(deps, profile, holder, progress);
    work.token().await.map_err(|problem| problem.about(profile))
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
        let mut asked = self.credentials(&chosen.id).await;
        if let Some(fresh) = self.instead(&chosen, asked.as_ref().err()).await? {
            asked = self.credentials(&fresh.id).await;
            chosen = fresh;
        }
        let (answered, credentials) = asked?;
        let remark = self.settle(&chosen, &answered).await;
        Ok((answered, credentials, remark))
    }

    async fn token(&self) -> Result<Secret, Problem> {
        let mut chosen = self.choose().await?;
        let mut asked = self.open_id_token(&chosen.id).await;
        if let Some(fresh) = self.instead(&chosen, asked.as_ref().err()).await? {
            asked = self.open_id_token(&fresh.id).await;
            chosen = fresh;
        }
        let (answered, token) = asked?;
        self.settle(&chosen, &answered).await;
        Ok(token)
    }

    /// A new identity ID where what was answered says that the chosen one is not good any more.
    async fn instead(
        &self,
        chosen: &Chosen,
        refused: Option<&Problem>,
    ) -> Result<Option<Chosen>, Problem> {
        if !chosen.origin.may_be_stale() || !refused.is_some_and(is_stale) {
            return Ok(None);
        }
        self.drop_stale(chosen).await;
        self.fresh().await.map(Some)
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
        let (answered, token) = self.open_id_token(identity).await?;
        let (region, endpoints) = (self.profile.region(), &self.profile.endpoints);
        let sts = &self.deps.sts;
        let credentials = sts.assume_role(basic, &token, &region, endpoints).await?;
        Ok((answered, credentials))
    }

    async fn open_id_token(&self, identity: &IdentityId) -> Result<(IdentityId, Secret), Problem> {
        let region = self.profile.region();
        let at = IdentityAt {
            id: identity,
            region: &region,
            endpoints: &self.profile.endpoints,
        };
        let pool = &self.deps.identity_pool;
        pool.open_id_token(at, &self.holder.logins).await
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
