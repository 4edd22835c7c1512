//! The session broker: one way to a profile's credentials for window, commands and helpers.
//!
//! Cached credentials first; under the profile's lock, look again, then refresh once and exchange.
//! Who waited for the lock finds what its holder stored, so one refresh serves all that asked. What
//! is left of the cached credentials is handed out when they cannot be renewed, whatever the reason;
//! only a sign-in that the user pool ended takes them along.
//!
//! Deliberately absent: the refresh itself, and what ends a sign-in (see `refresh`).

pub(in crate::ops) mod obtained;

pub use self::obtained::Obtained;
use self::obtained::{Unkept, hint_at};
use super::exchange::exchange;
use super::ports::{Deps, Progress};
use super::refresh::{Refreshed, kept_sign_in, refresh_kept, still_kept};
use crate::domain::sign_in::Finished;
use crate::domain::{
    FlowStep, KeptSignIn, Problem, ProblemKind, Profile, Session, StepState, Tokens,
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
    } else if left.session.is_due(deps.clock.now()) && !is_passing(&problem) {
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

/// A renewal that is only tried out: of what it brings nothing is kept but a rotated refresh token.
///
/// # Errors
/// As [`credentials`].
pub async fn try_out(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Session, Problem> {
    let _lock = deps.locks.lock(&profile.name).await?;
    let renewed = renewed(deps, profile, progress).await?;
    Ok(renewed.session)
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
    // whoever holds the lock finds that and keeps nothing over it.
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
    let exchanged = exchange(deps, profile, &id, claims, progress).await;
    let session = exchanged.map_err(|problem| hint_at(problem, &stored))?;
    let mut obtained = keep(deps, profile, session).await;
    obtained.sign_in_kept = sign_in_kept;
    obtained.note_sign_in(stored);
    obtained.note(lock.err());
    Ok(obtained)
}

/// Puts a new sign-in in the place of the former one. Nothing of another person may stay beside it,
/// or their credentials would be handed out should this process end now, or the exchange fail. So
/// they go first, also where it cannot be read whose they are.
async fn replace_sign_in(
    deps: &Deps,
    profile: &Profile,
    kept: Option<&KeptSignIn>,
) -> Result<(), Unkept> {
    let vault = &deps.vault;
    let Some(kept) = kept else {
        let forgotten = vault.forget_session(&profile.name).await;
        return forgotten.map_err(Unkept::FormerStays);
    };
    let forgotten = match vault.session(profile).await {
        Ok(None) => Ok(()),
        Ok(Some(session)) if session.username == kept.username => Ok(()),
        _ => vault.forget_credentials(&profile.name).await,
    };
    let stored = vault.keep_sign_in(profile, kept).await;
    stored.map_err(Unkept::SignIn)?;
    forgotten.map_err(Unkept::FormerStays)
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
    let Renewed { session, stored } = renewed(deps, profile, progress).await?;
    let mut obtained = keep(deps, profile, session).await;
    obtained.note_sign_in(stored);
    Ok(obtained)
}

/// What a renewal brought, and how storing a rotated refresh token went.
struct Renewed {
    session: Session,
    stored: Result<(), Unkept>,
}

async fn renewed(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Renewed, Problem> {
    let kept = kept_sign_in(deps, profile).await?;
    progress.step(
        FlowStep::SignIn,
        StepState::Running("refreshing".to_owned()),
    );
    let started = deps.stopwatch();
    let Refreshed {
        tokens: Tokens { id, .. },
        kept,
        stored,
    } = refresh_kept(deps, profile, kept).await?;
    let detail = "Refresh token".to_owned();
    progress.step(
        FlowStep::SignIn,
        StepState::Done {
            detail,
            took: Some(deps.since(started)),
        },
    );
    let exchanged = async {
        let claims = deps.claims.read(&id)?;
        let session = exchange(deps, profile, &id, claims, progress).await?;
        still_kept(deps, profile, &kept).await?;
        Ok(session)
    };
    match exchanged.await {
        Ok(session) => Ok(Renewed { session, stored }),
        Err(problem) => Err(hint_at(problem, &stored)),
    }
}

async fn keep(deps: &Deps, profile: &Profile, session: Session) -> Obtained {
    let unkept = deps.vault.keep_session(profile, &session).await.err();
    let mut obtained = Obtained::cached(session);
    obtained.note(unkept);
    obtained
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
