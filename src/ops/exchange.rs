//! The enhanced flow: ID token, identity ID, temporary credentials, and who that is for AWS.
//!
//! `GetId` is called once per identity pool and person; a cached ID that the pool no longer
//! accepts is dropped and asked for anew, once.

use super::ports::{Deps, IdentityAt, IdentityKey, Login, Progress};
use crate::domain::{
    AwsCredentials, Claims, FlowStep, IdentityId, Problem, Profile, RoleChoice, Secret, Session,
    StepState,
};

/// Exchanges an ID token at the profile's identity pool.
///
/// # Errors
/// What the identity pool refuses, or why it could not be reached.
pub async fn exchange(
    deps: &Deps,
    profile: &Profile,
    id_token: &Secret,
    claims: Claims,
    progress: &dyn Progress,
) -> Result<Session, Problem> {
    let login = [Login {
        provider_name: claims.provider_name.clone(),
        token: id_token.duplicate(),
    }];
    let key = IdentityKey {
        pool: profile.identity_pool_id.clone(),
        provider_name: claims.provider_name.clone(),
        subject: claims.subject.clone(),
        endpoint_url: profile.endpoints.url.clone(),
    };
    let exchanged = with_cached_identity(deps, profile, &key, &login, progress).await;
    let (identity_id, credentials) = exchanged.map_err(|problem| problem.about(profile))?;
    let caller = deps
        .sts
        .caller(&credentials, &profile.region(), &profile.endpoints)
        .await
        .ok();
    Ok(Session {
        identity_id,
        credentials,
        username: claims.username,
        groups: claims.groups,
        roles: claims.roles,
        logins: login
            .iter()
            .map(|login| login.provider_name.clone())
            .collect(),
        role_choice: RoleChoice::default(),
        caller,
        obtained_at: deps.clock.now(),
    })
}

async fn with_cached_identity(
    deps: &Deps,
    profile: &Profile,
    key: &IdentityKey,
    login: &[Login],
    progress: &dyn Progress,
) -> Result<(IdentityId, AwsCredentials), Problem> {
    // A cache that cannot be read or written costs one more GetId, never the exchange.
    let Ok(Some(cached)) = deps.identities.get(key).await else {
        let identity = fresh_identity(deps, profile, key, login, progress).await?;
        return credentials(deps, profile, key, &identity, login, progress).await;
    };
    progress.step(
        FlowStep::IdentityId,
        StepState::Done {
            detail: "cached".to_owned(),
            took: Some(std::time::Duration::ZERO),
        },
    );
    match credentials(deps, profile, key, &cached, login, progress).await {
        Err(problem) if is_stale_identity(&problem) => {
            remember(deps, key, None).await;
            let identity = fresh_identity(deps, profile, key, login, progress).await?;
            credentials(deps, profile, key, &identity, login, progress).await
        }
        result => result,
    }
}

async fn fresh_identity(
    deps: &Deps,
    profile: &Profile,
    key: &IdentityKey,
    login: &[Login],
    progress: &dyn Progress,
) -> Result<IdentityId, Problem> {
    progress.step(
        FlowStep::IdentityId,
        StepState::Running("asking".to_owned()),
    );
    let started = deps.stopwatch();
    let identity = deps
        .identity_pool
        .identity_id(&key.pool, &profile.endpoints, login)
        .await?;
    remember(deps, key, Some(&identity)).await;
    let took = Some(deps.since(started));
    progress.step(
        FlowStep::IdentityId,
        StepState::Done {
            detail: "new".to_owned(),
            took,
        },
    );
    Ok(identity)
}

async fn credentials(
    deps: &Deps,
    profile: &Profile,
    key: &IdentityKey,
    identity: &IdentityId,
    login: &[Login],
    progress: &dyn Progress,
) -> Result<(IdentityId, AwsCredentials), Problem> {
    progress.step(
        FlowStep::Credentials,
        StepState::Running("asking".to_owned()),
    );
    let started = deps.stopwatch();
    let (answered, credentials) = deps
        .identity_pool
        .credentials(
            IdentityAt {
                id: identity,
                region: &profile.region(),
                endpoints: &profile.endpoints,
            },
            login,
            profile.exchange.role(),
        )
        .await?;
    if answered != *identity {
        remember(deps, key, Some(&answered)).await;
    }
    let took = Some(deps.since(started));
    progress.step(
        FlowStep::Credentials,
        StepState::Done {
            detail: "Enhanced flow".to_owned(),
            took,
        },
    );
    Ok((answered, credentials))
}

async fn remember(deps: &Deps, key: &IdentityKey, identity: Option<&IdentityId>) {
    let _cached = deps.identities.set(key, identity).await;
}

/// The identity was deleted, merged or belongs to somebody else: a new `GetId` mends it.
fn is_stale_identity(problem: &Problem) -> bool {
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
