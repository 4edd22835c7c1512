//! Signing out: forget here, then tell the pool as much as was asked for. Profiles that share the
//! sign-in are signed out with it.
//!
//! Forgetting comes first and never waits for a network: whatever happens afterwards, this machine
//! has let go. The token lives on in memory for the calls that end it at the pool; each of them is
//! bounded, and what did not work is told. Deliberately absent: recalling credentials that were
//! handed out. AWS offers no way to.

use super::logins::Brought;
use super::ports::{AppClient, Deps, Granted};
use super::{export, sharing};
use crate::domain::{KeptSignIn, Problem, Profile, Secret, SignInMethod, SignOutScope};

/// How a sign-out went.
#[derive(Debug)]
pub struct SignedOut {
    /// False when nothing was kept here: then the pool was not told anything.
    pub was_signed_in: bool,
    /// What did not work although all is forgotten here: the file could not be written, or the pool
    /// was not told.
    pub remark: Option<Problem>,
}

/// As [`end`], for those who know that somebody is signed in.
///
/// # Errors
/// As [`end`].
pub async fn sign_out(
    deps: &Deps,
    profile: &Profile,
    scope: SignOutScope,
) -> Result<Option<Problem>, Problem> {
    end(deps, profile, scope).await.map(|ended| ended.remark)
}

/// Forgets refresh token, session and identity ID, and takes the keys out of the credentials file;
/// how much the pool is told is the scope's.
///
/// # Errors
/// When the store does not forget. The pool is told all the same.
pub async fn end(
    deps: &Deps,
    profile: &Profile,
    scope: SignOutScope,
) -> Result<SignedOut, Problem> {
    let lock = deps.locks.lock(profile.sign_in_name()).await?;
    let kept = deps.vault.sign_in(profile).await?;
    let_go(deps, profile, scope, kept, lock).await
}

/// Undoes a sign-in that was cancelled while it was being kept, with its refresh token where it had
/// one. What has taken its place meanwhile is another sign-in's and stays.
///
/// # Errors
/// As [`sign_out`].
pub async fn undo(
    deps: &Deps,
    profile: &Profile,
    refresh_token: Option<&Secret>,
) -> Result<Option<Problem>, Problem> {
    let lock = deps.locks.lock(profile.sign_in_name()).await?;
    let kept = deps.vault.sign_in(profile).await?;
    let still_kept = match (&kept, refresh_token) {
        (Some(kept), Some(token)) => kept.refresh_token.is_same(token),
        (None, None) => true,
        _ => false,
    };
    if !still_kept {
        return Ok(None);
    }
    let undone = let_go(deps, profile, SignOutScope::Revoke, kept, lock).await?;
    Ok(undone.remark)
}

/// Undoes a sign-in at other providers that was cancelled, with what was brought for it. Tokens that
/// have taken its place meanwhile are another sign-in's and stay; so does a user pool's sign-in.
///
/// # Errors
/// As [`sign_out`].
pub async fn undo_logins(
    deps: &Deps,
    profile: &Profile,
    brought: &[Brought],
) -> Result<Option<Problem>, Problem> {
    let lock = deps.locks.lock(profile.sign_in_name()).await?;
    let mut still_kept = Vec::new();
    for ours in brought {
        let found = deps.vault.login(profile, &ours.login).await?;
        if found.is_some_and(|found| found.token.is_same(&ours.kept.token)) {
            still_kept.push(&ours.login);
        }
    }
    if !still_kept.is_empty() && !profile.sign_in.uses_user_pool() {
        let undone = let_go(deps, profile, SignOutScope::Here, None, lock).await?;
        return Ok(undone.remark);
    }
    for login in still_kept {
        deps.vault.keep_login(profile, login, None).await?;
    }
    Ok(None)
}

async fn let_go(
    deps: &Deps,
    profile: &Profile,
    scope: SignOutScope,
    kept: Option<KeptSignIn>,
    lock: Box<dyn Send + Sync>,
) -> Result<SignedOut, Problem> {
    let had_session = matches!(deps.vault.session(profile).await, Ok(Some(_)));
    let others = sharing::others(deps, profile).await;
    let all = others.unwrap_or_default();
    for profile in all.iter().chain([profile]) {
        forget_identity(deps, profile).await;
    }
    let forgotten = sharing::forget(deps, profile).await;
    let mut cleared = Ok(());
    for profile in all.iter().chain([profile]) {
        cleared = cleared.and(clear_keys(deps, profile).await);
    }
    // From here on nobody else has the token, and nobody could end it later.
    let _section = deps.unbroken.begin();
    drop(lock);
    let told = match &kept {
        Some(kept) => tell_pool(deps, profile, kept, scope).await,
        None => Ok(()),
    };
    if let Err(problem) = forgotten {
        let ended = kept.is_some() && scope != SignOutScope::Here && told.is_ok();
        return Err(if ended {
            problem.hint("The user pool ended the sign-in: what is still kept here opens nothing.")
        } else {
            problem
        });
    }
    let cleared =
        cleared.map_err(|problem| but("Signed out, but the keys stay in the AWS files", problem));
    let remark = match (told, cleared) {
        (Err(told), Err(cleared)) => Some(told.hint(cleared.sentence)),
        (told, cleared) => told.err().or(cleared.err()),
    };
    Ok(SignedOut {
        was_signed_in: kept.is_some() || (had_session && !profile.sign_in.uses_user_pool()),
        remark,
    })
}

/// The next person may be another one. It is a cache: that it cannot be written is no matter. A guest
/// stays the same: another one would be there for ever.
pub(super) async fn forget_identity(deps: &Deps, profile: &Profile) {
    if profile.sign_in == SignInMethod::Guest {
        return;
    }
    if let Ok(Some(session)) = deps.vault.session(profile).await {
        let _forgotten = deps.identities.forget(&session.identity_id).await;
    }
}

/// Keys of somebody who signed out must not lie about, however the section is named and in each
/// home, and nothing may bring them back.
async fn clear_keys(deps: &Deps, profile: &Profile) -> Result<(), Problem> {
    let mut cleared = Ok(());
    for home in deps.aws_profiles.homes().await {
        let forgotten = match export::of_home(deps, home.id) {
            Ok(files) => files.forget_keys(&profile.name).await,
            Err(problem) => Err(problem),
        };
        cleared = cleared.and(forgotten);
    }
    cleared
}

async fn tell_pool(
    deps: &Deps,
    profile: &Profile,
    kept: &KeptSignIn,
    scope: SignOutScope,
) -> Result<(), Problem> {
    let not_told = |problem: Problem| {
        but(
            "Forgotten on this machine, but the user pool was not told",
            problem.about(profile),
        )
    };
    match scope {
        SignOutScope::Here => Ok(()),
        SignOutScope::Revoke => revoke(deps, profile, &kept.refresh_token)
            .await
            .map_err(not_told),
        SignOutScope::Everywhere => {
            let client = deps.app_client(profile).await.map_err(not_told)?;
            let Err((problem, newest)) = end_all(deps, &client, kept).await else {
                return Ok(());
            };
            // The right to end the others may lack, or the way to them. This one can be ended still.
            let newest = newest.as_ref().unwrap_or(&kept.refresh_token);
            Err(match deps.user_pool.revoke(&client, newest).await {
                Ok(()) => but(
                    "This sign-in has ended, but the user's other sign-ins have not",
                    problem.about(profile),
                ),
                Err(_) => not_told(problem),
            })
        }
    }
}

/// Ends all sign-ins of the user, or says why not, with the refresh token that is good now where it
/// is another one.
async fn end_all(
    deps: &Deps,
    client: &AppClient,
    kept: &KeptSignIn,
) -> Result<(), (Problem, Option<Secret>)> {
    let pool = &deps.user_pool;
    let granted = pool.refresh(client, kept).await;
    let Granted { refresh, tokens } = granted.map_err(|problem| (problem, None))?;
    let ended = match tokens {
        Ok(tokens) => pool.sign_out_everywhere(client, &tokens.access).await,
        Err(problem) => Err(problem),
    };
    ended.map_err(|problem| (problem, refresh))
}

async fn revoke(deps: &Deps, profile: &Profile, refresh_token: &Secret) -> Result<(), Problem> {
    let client = deps.app_client(profile).await?;
    deps.user_pool.revoke(&client, refresh_token).await
}

fn but(what: &str, problem: Problem) -> Problem {
    let sentence = format!("{what}: {}", problem.sentence);
    Problem {
        sentence,
        ..problem
    }
}
