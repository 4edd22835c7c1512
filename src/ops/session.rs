//! The session broker: one way to a profile's credentials for window, commands and helpers.
//!
//! Cached credentials first; under the profile's lock, look again, then refresh once and exchange.
//! Who waited for the lock finds what its holder stored, so one refresh serves all that asked. What
//! is left of the cached credentials is handed out when they cannot be renewed, whatever the reason;
//! only a sign-in that the user pool ended takes them along.
//!
//! Deliberately absent: the refresh itself, and what ends a sign-in (see `refresh`).

mod obtained;

pub use self::obtained::Obtained;
use super::exchange::exchange;
use super::ports::{Deps, Progress};
use super::refresh::{kept_sign_in, refresh_kept};
use crate::domain::sign_in::Finished;
use crate::domain::{
    Claims, FlowStep, KeptSignIn, Problem, ProblemKind, Profile, Secret, Session, StepState, Tokens,
};

/// Credentials with enough lifetime left: cached, or renewed. Never asks anybody anything.
///
/// # Errors
/// [`ProblemKind::SignInNeeded`] when there is nothing to renew with; else why renewing failed.
pub async fn credentials(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Obtained, Problem> {
    if let Some(session) = cached(deps, profile).await? {
        return Ok(Obtained::cached(session));
    }
    let _lock = match deps.locks.lock(&profile.name).await {
        Ok(lock) => lock,
        Err(problem) => return what_is_left(deps, profile, problem).await,
    };
    if let Some(session) = cached(deps, profile).await? {
        return Ok(Obtained::cached(session));
    }
    match renew_locked(deps, profile, progress).await {
        Err(problem) if !has_ended(&problem) => what_is_left(deps, profile, problem).await,
        result => result,
    }
}

/// Renewing early failed: what is left still works, whatever the reason.
async fn what_is_left(
    deps: &Deps,
    profile: &Profile,
    problem: Problem,
) -> Result<Obtained, Problem> {
    // What keeps the store from being read now is not what the person has to know.
    let Ok(Some(session)) = deps.vault.session(profile).await else {
        return Err(problem);
    };
    if session.remaining(deps.clock.now()).is_zero() {
        return Err(problem);
    }
    let mut left = Obtained::cached(session);
    if problem.kind == ProblemKind::SignInNeeded {
        left.sign_in_kept = false;
    } else if !is_passing(&problem) {
        left.note_not_renewed(problem);
    }
    Ok(left)
}

/// New credentials even when the cached ones are good for long.
///
/// # Errors
/// As [`credentials`].
pub async fn renew(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Obtained, Problem> {
    let _lock = deps.locks.lock(&profile.name).await?;
    renew_locked(deps, profile, progress).await
}

/// Exchanges the tokens of a sign-in that just ended, and keeps what comes of it.
///
/// # Errors
/// What the identity pool refuses. The sign-in itself is kept by then.
pub async fn finish_sign_in(
    deps: &Deps,
    profile: &Profile,
    finished: Finished,
    progress: &dyn Progress,
) -> Result<Obtained, Problem> {
    // A lock that cannot be had must not cost a password and a code: the new sign-in is kept, and
    // whatever the other process keeps is older.
    let lock = deps.locks.lock(&profile.name).await;
    let Finished {
        tokens, device_key, ..
    } = finished;
    let Tokens { id, refresh, .. } = tokens;
    let claims = deps.claims.read(&id)?;
    let sign_in_kept = refresh.is_some();
    let kept = refresh.map(|refresh_token| KeptSignIn {
        refresh_token,
        username: claims.username.clone(),
        device_key,
    });
    let stored = replace_sign_in(deps, profile, kept.as_ref()).await;
    let mut obtained = exchange_and_keep(deps, profile, &id, claims, progress).await?;
    obtained.sign_in_kept = sign_in_kept;
    obtained.note_sign_in(stored);
    obtained.note(lock.err());
    Ok(obtained)
}

/// Puts a new sign-in in the place of the former one. Nothing of another person may stay beside it,
/// or their credentials would be handed out should the exchange fail now.
async fn replace_sign_in(
    deps: &Deps,
    profile: &Profile,
    kept: Option<&KeptSignIn>,
) -> Result<(), Problem> {
    let vault = &deps.vault;
    let Some(kept) = kept else {
        return vault.forget_session(&profile.name).await;
    };
    let stored = vault.keep_sign_in(profile, kept).await;
    match vault.session(profile).await {
        Ok(Some(session)) if session.username != kept.username => {
            let forgotten = vault.forget_credentials(&profile.name).await;
            stored.and(forgotten)
        }
        _ => stored,
    }
}

async fn cached(deps: &Deps, profile: &Profile) -> Result<Option<Session>, Problem> {
    let session = deps.vault.session(profile).await?;
    Ok(session.filter(|session| !session.is_due(deps.clock.now())))
}

async fn renew_locked(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Obtained, Problem> {
    let kept = kept_sign_in(deps, profile).await?;
    progress.step(
        FlowStep::SignIn,
        StepState::Running("refreshing".to_owned()),
    );
    let started = deps.stopwatch();
    let (Tokens { id, .. }, stored) = refresh_kept(deps, profile, &kept).await?;
    let detail = "Refresh token".to_owned();
    progress.step(
        FlowStep::SignIn,
        StepState::Done {
            detail,
            took: Some(deps.since(started)),
        },
    );
    let claims = deps.claims.read(&id)?;
    let mut obtained = exchange_and_keep(deps, profile, &id, claims, progress).await?;
    obtained.note_sign_in(stored);
    Ok(obtained)
}

async fn exchange_and_keep(
    deps: &Deps,
    profile: &Profile,
    id_token: &Secret,
    claims: Claims,
    progress: &dyn Progress,
) -> Result<Obtained, Problem> {
    let session = exchange(deps, profile, id_token, claims, progress).await?;
    let unkept = deps.vault.keep_session(profile, &session).await.err();
    let mut obtained = Obtained::cached(session);
    obtained.note(unkept);
    Ok(obtained)
}

/// True when the user pool ended the sign-in. What is left of it must not be handed out even where
/// the store did not forget it.
fn has_ended(problem: &Problem) -> bool {
    problem.kind == ProblemKind::SignInNeeded && problem.aws.is_some()
}

/// True when the same call may well succeed in a moment: nothing to speak of. So is a lock that
/// somebody holds.
fn is_passing(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Network | ProblemKind::File)
        || matches!(
            problem.aws_code(),
            Some("TooManyRequestsException" | "LimitExceededException")
        )
}
