//! The session broker: one way to a profile's credentials for window, commands and helpers.
//!
//! Cached credentials first; under the profile's lock, look again, then refresh once and exchange.
//! A new refresh token is stored before anything else happens with it. A refresh token is dropped
//! on a definitive refusal only, never because the network failed.

use super::exchange::exchange;
use super::ports::{Deps, Progress};
use crate::domain::sign_in::Finished;
use crate::domain::{
    Claims, FlowStep, KeptSignIn, Problem, ProblemKind, Profile, ProfileName, Secret, Session,
    StepState, Tokens,
};

/// A session, and what could not be kept of it.
#[derive(Debug)]
pub struct Obtained {
    /// Works now.
    pub session: Session,
    /// True when the next renewal needs no password.
    pub sign_in_kept: bool,
    /// The refresh token or the session could not be stored.
    pub remark: Option<Problem>,
}

impl Obtained {
    const fn cached(session: Session) -> Self {
        Self {
            session,
            sign_in_kept: true,
            remark: None,
        }
    }

    /// The first thing that was not kept is the one to tell.
    fn note(&mut self, problem: Option<Problem>) {
        if self.remark.is_none() {
            self.remark = problem.map(not_kept);
        }
    }

    fn note_sign_in(&mut self, kept: Result<bool, Problem>) {
        self.sign_in_kept = matches!(kept, Ok(true));
        if let Err(problem) = kept {
            self.remark = Some(not_kept(problem));
        }
    }
}

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
    let _lock = deps.locks.lock(&profile.name).await?;
    if let Some(session) = cached(deps, profile).await? {
        return Ok(Obtained::cached(session));
    }
    match renew_locked(deps, profile, progress).await {
        // Renewing early failed for a passing reason: what is left still works.
        Err(problem) if is_passing(&problem) => match deps.vault.session(profile).await? {
            Some(session) if !session.remaining(deps.clock.now()).is_zero() => {
                Ok(Obtained::cached(session))
            }
            _ => Err(problem),
        },
        result => result,
    }
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
    let kept = match refresh {
        Some(refresh_token) => {
            let kept = KeptSignIn {
                refresh_token,
                username: claims.username.clone(),
                device_key,
            };
            deps.vault.keep_sign_in(profile, &kept).await.map(|()| true)
        }
        None => Ok(false),
    };
    let mut obtained = exchange_and_keep(deps, profile, &id, claims, progress).await?;
    obtained.note_sign_in(kept);
    obtained.note(lock.err());
    Ok(obtained)
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
    obtained.note_sign_in(stored.map(|()| true));
    Ok(obtained)
}

/// What a refresh is made with.
pub(super) async fn kept_sign_in(deps: &Deps, profile: &Profile) -> Result<KeptSignIn, Problem> {
    let kept = deps.vault.sign_in(profile).await?;
    kept.ok_or_else(|| sign_in_needed(&profile.name))
}

/// New tokens, for a caller that holds the profile's lock. A rotated refresh token is stored before
/// anything else happens, even before the ID token is read; how that went is told beside them.
pub(super) async fn refresh_kept(
    deps: &Deps,
    profile: &Profile,
    kept: &KeptSignIn,
) -> Result<(Tokens, Result<(), Problem>), Problem> {
    let client = deps.app_client(profile).await?;
    let mut tokens = match deps.user_pool.refresh(&client, kept).await {
        Ok(tokens) => tokens,
        Err(problem) => return Err(refused_refresh(deps, profile, problem).await),
    };
    let stored = match tokens.refresh.take() {
        Some(refresh_token) => {
            let rotated = KeptSignIn {
                refresh_token,
                username: kept.username.clone(),
                device_key: kept.device_key.clone(),
            };
            keep_rotated(deps, profile, &rotated).await
        }
        None => Ok(()),
    };
    Ok((tokens, stored))
}

/// Tried twice, although a keychain may then ask twice: the token before this one is worth nothing
/// any more.
async fn keep_rotated(deps: &Deps, profile: &Profile, kept: &KeptSignIn) -> Result<(), Problem> {
    match deps.vault.keep_sign_in(profile, kept).await {
        Ok(()) => Ok(()),
        Err(_) => deps.vault.keep_sign_in(profile, kept).await,
    }
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

/// True when the same call may well succeed in a moment.
fn is_passing(problem: &Problem) -> bool {
    problem.kind == ProblemKind::Network
        || matches!(
            problem.aws_code(),
            Some("TooManyRequestsException" | "LimitExceededException")
        )
}

/// A definitive refusal ends the kept sign-in; anything else leaves it alone.
async fn refused_refresh(deps: &Deps, profile: &Profile, problem: Problem) -> Problem {
    let definitive = matches!(
        problem.aws_code(),
        Some("NotAuthorizedException" | "RefreshTokenReuseException" | "UserNotFoundException")
    ) && !is_about_the_client(&problem);
    if !definitive {
        return problem;
    }
    // The refusal is what the person needs to read, also where forgetting fails.
    let _forgotten = deps.vault.forget_session(&profile.name).await;
    let mut ended = Problem::new(
        ProblemKind::SignInNeeded,
        format!("The sign-in of {} has ended", profile.name),
    )
    .hint(how_to_sign_in(&profile.name));
    ended.aws = problem.aws;
    ended
}

/// A wrong app client secret says nothing about the refresh token.
fn is_about_the_client(problem: &Problem) -> bool {
    problem.aws.as_ref().is_some_and(|said| {
        said.message.contains("secret hash") || said.message.contains("SECRET_HASH")
    })
}

fn not_kept(problem: Problem) -> Problem {
    let sentence = format!("Signed in, but not kept for later: {}", problem.sentence);
    Problem {
        sentence,
        ..problem
    }
}

fn sign_in_needed(profile: &ProfileName) -> Problem {
    Problem::new(
        ProblemKind::SignInNeeded,
        format!("{profile} is not signed in"),
    )
    .hint(how_to_sign_in(profile))
}

fn how_to_sign_in(profile: &ProfileName) -> String {
    format!("Sign in: poolkey sign-in {profile}")
}
