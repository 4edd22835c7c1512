//! The session broker: one way to a profile's credentials for window, commands and helpers.
//!
//! Cached credentials first; under the profile's lock, look again, then refresh once and exchange.
//! Who waited for the lock finds what its holder stored, so one refresh serves all that asked. What
//! is left of the cached credentials is handed out when they cannot be renewed, whatever the reason;
//! only a sign-in that the user pool ended takes them along. Profiles that share a sign-in share the
//! lock and the refresh: whoever refreshes renews the others that are due.
//!
//! Deliberately absent: the refresh itself, and what ends a sign-in (see `refresh`).

pub(in crate::ops) mod obtained;
mod others;
mod prove;
mod replace;
mod try_out;

pub use self::obtained::Obtained;
use self::obtained::{Unkept, hint_at};
use self::others::renew_the_others;
pub(in crate::ops) use self::prove::{Proved, prove_again};
use self::prove::{Refresh, of_pool, prove};
use self::replace::{clear_logins, replace_sign_in};
pub use self::try_out::{Tried, try_out};
use super::exchange::{self, Exchanged, Holder, exchange};
use super::logins::{self, Brought, gather, keep_locked, missing};
use super::ports::{Deps, Progress};
use super::refresh::{Refreshed, refresh_kept, still_kept};
use super::secrets::same_store;
use super::{seen, sharing};
use crate::domain::sign_in::{DeviceChange, Finished};
use crate::domain::{Claims, KeptSignIn, Problem, ProblemKind, Profile, Secret, Session, Tokens};
use jiff::SignedDuration;

/// An ID token with less left may expire on its way.
const SHORT: SignedDuration = SignedDuration::from_secs(60);

/// Credentials with enough lifetime left: cached, or renewed. Never asks anybody anything.
///
/// # Errors
/// [`ProblemKind::SignInNeeded`] when there is nothing to renew with; else why renewing failed.
pub async fn credentials(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Obtained, Problem> {
    match fresh(deps, profile, progress).await {
        Err(problem) if !has_ended(&problem) => what_is_left(deps, profile, problem).await,
        result => result,
    }
}

/// As [`credentials`], but what is left of old ones is no answer: for who has them already, and
/// tries again later.
///
/// # Errors
/// As [`credentials`].
pub async fn fresh(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Obtained, Problem> {
    if let Some(session) = cached(deps, profile).await? {
        return Ok(Obtained::cached(session));
    }
    let _lock = deps.locks.lock(profile.sign_in_name()).await?;
    if let Some(session) = cached(deps, profile).await? {
        return Ok(Obtained::cached(session));
    }
    // Large, and in the future of everything that wants credentials.
    Box::pin(renew_locked(deps, profile, progress)).await
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
    } else if left.session.is_due(deps.clock.now(), profile.margin) && !is_passing(&problem) {
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
    let _lock = deps.locks.lock(profile.sign_in_name()).await?;
    Box::pin(renew_locked(deps, profile, progress)).await
}

/// Whether credentials can be renewed without asking anybody.
///
/// # Errors
/// When the store cannot be read.
pub async fn is_renewable(deps: &Deps, profile: &Profile) -> Result<bool, Problem> {
    let by_pool = profile.sign_in.uses_user_pool();
    let is_kept = !by_pool || deps.vault.sign_in(profile).await?.is_some();
    Ok(is_kept && missing(deps, profile).await?.is_empty())
}

/// True where no other provider's token has to be brought next time.
async fn logins_renew(deps: &Deps, profile: &Profile) -> bool {
    let missing = missing(deps, profile).await;
    missing.is_ok_and(|missing| missing.is_empty())
}

/// Exchanges the tokens of a sign-in that just ended, and keeps what comes of it, with the tokens of
/// other providers that the person brought for it.
///
/// # Errors
/// What the identity pool refuses. The sign-in itself is kept by then.
pub async fn finish_sign_in(
    deps: &Deps,
    profile: &Profile,
    finished: Finished,
    brought: &[Brought],
    progress: &dyn Progress,
) -> Result<Obtained, Problem> {
    // A lock that cannot be had must not cost a password and a code: the new sign-in is kept, and
    // whoever holds the lock finds that and keeps nothing over it.
    let lock = same_store(deps.locks.lock(profile.sign_in_name()).await)?;
    let Finished {
        tokens,
        device_key,
        device,
        ..
    } = finished;
    keep_device(deps, profile, &device).await;
    let Tokens {
        id,
        access,
        refresh,
    } = tokens;
    seen::show_user_pool(deps, progress, &id, &access);
    let claims = deps.claims.read(&id)?;
    let sign_in_kept = refresh.is_some();
    let kept = refresh.map(|refresh_token| KeptSignIn {
        refresh_token,
        username: claims.username.clone(),
        device_key,
    });
    let cleared = clear_logins(deps, profile, kept.as_ref()).await;
    let stored = replace_sign_in(deps, profile, kept.as_ref()).await;
    if let Some(kept) = &kept {
        deps.id_tokens.keep(profile, kept, &id, &claims);
    }
    let brought = keep_locked(deps, profile, brought).await;
    let stored = stored.and(brought.map_err(Unkept::SignIn));
    let exchanged = async {
        cleared?;
        let others = gather(deps, profile, progress).await?;
        let (id, claims) = fresh_enough(deps, profile, (id, claims), kept).await?;
        let holder = of_pool(deps, profile, &claims, &id, others.logins);
        let exchanged = exchanged(deps, profile, holder, progress).await?;
        let obtained = keep(deps, profile, exchanged).await;
        renew_the_others(deps, profile, &id, &claims).await;
        Ok((obtained, others.stored))
    };
    let (mut obtained, renewed) = exchanged
        .await
        .map_err(|problem| hint_at(problem, &stored))?;
    obtained.sign_in_kept = sign_in_kept && logins_renew(deps, profile).await;
    obtained.note_sign_in(stored.and(renewed));
    obtained.note(lock.err());
    Ok(obtained)
}

/// A device that is not kept costs a code at the next sign-in, never this one.
async fn keep_device(deps: &Deps, profile: &Profile, change: &DeviceChange) {
    let _kept = match change {
        DeviceChange::Unchanged => Ok(()),
        DeviceChange::Keep(device) => deps.vault.keep_device(profile, Some(device)).await,
        DeviceChange::Forget => deps.vault.keep_device(profile, None).await,
    };
}

/// Somebody may have waited long with it. What a refresh stores is told by the next one.
async fn fresh_enough(
    deps: &Deps,
    profile: &Profile,
    (id, claims): (Secret, Claims),
    kept: Option<KeptSignIn>,
) -> Result<(Secret, Claims), Problem> {
    let left = deps.clock.now().duration_until(claims.expires_at);
    let Some(kept) = kept.filter(|_| left < SHORT) else {
        return Ok((id, claims));
    };
    let Refreshed { tokens, stored, .. } = refresh_kept(deps, profile, kept).await?;
    let read = deps.claims.read(&tokens.id);
    let claims = read.map_err(|problem| hint_at(problem, &stored))?;
    Ok((tokens.id, claims))
}

async fn cached(deps: &Deps, profile: &Profile) -> Result<Option<Session>, Problem> {
    let session = deps.vault.session(profile).await?;
    Ok(session.filter(|session| !session.is_due(deps.clock.now(), profile.margin)))
}

async fn renew_locked(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Obtained, Problem> {
    exchange::check(profile)?;
    let proved = prove(deps, profile, progress).await?;
    let (holder, stored) = (proved.holder, proved.stored);
    let Some(refresh) = proved.refresh else {
        // A token may be another person's than the last one was.
        let username = holder.username.clone();
        let is_theirs = |name: &str| name == username;
        let forgotten = sharing::forget_unless(deps, profile, &is_theirs).await;
        let exchanged = exchanged(deps, profile, holder, progress).await;
        let exchanged = exchanged.map_err(|problem| hint_at(problem, &stored))?;
        let mut obtained = keep(deps, profile, exchanged).await;
        obtained.sign_in_kept = logins_renew(deps, profile).await;
        obtained.note_sign_in(stored);
        obtained.note(forgotten.err());
        return Ok(obtained);
    };
    let Refresh {
        id_token,
        claims,
        kept,
    } = refresh;
    let exchanged = async {
        let exchanged = exchanged(deps, profile, holder, progress).await?;
        still_kept(deps, profile, &kept).await?;
        let obtained = keep(deps, profile, exchanged).await;
        renew_the_others(deps, profile, &id_token, &claims).await;
        Ok(obtained)
    };
    let mut obtained = exchanged
        .await
        .map_err(|problem| hint_at(problem, &stored))?;
    obtained.sign_in_kept = logins_renew(deps, profile).await;
    obtained.note_sign_in(stored);
    Ok(obtained)
}

/// A token that is refused is not tried for ever.
async fn exchanged(
    deps: &Deps,
    profile: &Profile,
    holder: Holder,
    progress: &dyn Progress,
) -> Result<Exchanged, Problem> {
    match exchange(deps, profile, holder, progress).await {
        Err(problem) => Err(logins::refused(deps, profile, problem).await),
        exchanged => exchanged,
    }
}

async fn keep(deps: &Deps, profile: &Profile, exchanged: Exchanged) -> Obtained {
    let Exchanged { session, remark } = exchanged;
    let unkept = deps.vault.keep_session(profile, &session).await.err();
    let mut obtained = Obtained::cached(session);
    obtained.note(unkept);
    obtained.note_guest(remark);
    obtained
}

/// True when the user pool ended the sign-in. What is left of it must not be handed out even where
/// the store did not forget it. That another provider or the identity pool refused is another matter.
fn has_ended(problem: &Problem) -> bool {
    let said = problem.aws.as_ref();
    let of_pool = |operation| matches!(operation, "GetTokensFromRefreshToken" | "InitiateAuth");
    problem.kind == ProblemKind::SignInNeeded && said.is_some_and(|said| of_pool(said.operation))
}

/// True when the same call may well succeed in a moment: nothing to speak of. So is a lock that
/// somebody holds.
fn is_passing(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Network | ProblemKind::File) || problem.is_throttling()
}
