//! New tokens with a kept refresh token, and what an answer says about that token.
//!
//! A rotated token is stored before anything else happens with the answer. A token is dropped on a
//! definitive refusal only: the pool itself spoke, and about this sign-in. Deliberately absent: the
//! profile's lock, which the caller holds, and a second try, which could burn a rotated token.

use super::ports::Deps;
use super::session::obtained::{Unkept, hint_at};
use super::sharing;
use crate::domain::{KeptSignIn, Problem, ProblemKind, Profile, ProfileName, Tokens};

/// What a refresh is made with.
pub(super) async fn kept_sign_in(deps: &Deps, profile: &Profile) -> Result<KeptSignIn, Problem> {
    let kept = deps.vault.sign_in(profile).await?;
    kept.ok_or_else(|| sign_in_needed(&profile.name))
}

/// What came of a refresh.
pub(super) struct Refreshed {
    /// For this moment.
    pub(super) tokens: Tokens,
    /// What the next refresh is made with.
    pub(super) kept: KeptSignIn,
    /// How storing that went.
    pub(super) stored: Result<(), Unkept>,
}

/// New tokens, for a caller that holds the profile's lock. A rotated refresh token is stored before
/// anything else happens, even before the rest of the answer is looked at; how that went is told
/// beside them.
pub(super) async fn refresh_kept(
    deps: &Deps,
    profile: &Profile,
    kept: KeptSignIn,
) -> Result<Refreshed, Problem> {
    let client = deps.app_client(profile).await?;
    let _section = deps.unbroken.begin();
    let granted = match deps.user_pool.refresh(&client, &kept).await {
        Ok(granted) => granted,
        Err(problem) => {
            let problem = problem.about(profile);
            return Err(refused(deps, profile, &kept, problem).await);
        }
    };
    still_kept(deps, profile, &kept).await?;
    let (kept, stored) = match granted.refresh {
        Some(refresh_token) => {
            let rotated = KeptSignIn {
                refresh_token,
                ..kept
            };
            let stored = keep_rotated(deps, profile, &rotated).await;
            (rotated, stored.map_err(Unkept::SignIn))
        }
        None => (kept, Ok(())),
    };
    match granted.tokens {
        Ok(tokens) => {
            // One that cannot be read is told of by whoever needs it.
            if let Ok(claims) = deps.claims.read(&tokens.id) {
                deps.id_tokens.keep(profile, &kept, &tokens.id, &claims);
            }
            Ok(Refreshed {
                tokens,
                kept,
                stored,
            })
        }
        Err(problem) => Err(hint_at(problem, &stored)),
    }
}

/// Somebody who signed in did not wait for the lock for ever (see `session`): what they stored is
/// younger than anything that is known here, and nothing may be put over it.
///
/// # Errors
/// Another sign-in is stored, or none. A store that cannot be read says neither.
pub(super) async fn still_kept(
    deps: &Deps,
    profile: &Profile,
    used: &KeptSignIn,
) -> Result<(), Problem> {
    match deps.vault.sign_in(profile).await {
        Ok(Some(found)) if found.refresh_token.is_same(&used.refresh_token) => Ok(()),
        Ok(None) => Err(sign_in_needed(&profile.name)),
        Ok(Some(_)) => Err(Problem::new(
            ProblemKind::Unexpected,
            format!("The sign-in of {} was replaced meanwhile", profile.name),
        )
        .hint("Run the same command again.")),
        Err(_) => Ok(()),
    }
}

/// Tried twice, although a keychain may then ask twice: the token before this one is worth nothing
/// any more.
async fn keep_rotated(deps: &Deps, profile: &Profile, kept: &KeptSignIn) -> Result<(), Problem> {
    match deps.vault.keep_sign_in(profile, kept).await {
        Ok(()) => Ok(()),
        Err(_) => deps.vault.keep_sign_in(profile, kept).await,
    }
}

/// A definitive refusal ends the kept sign-in; anything else leaves it alone.
async fn refused(deps: &Deps, profile: &Profile, used: &KeptSignIn, problem: Problem) -> Problem {
    if !is_definitive(&problem) {
        return problem;
    }
    if let Err(replaced) = still_kept(deps, profile, used).await {
        return replaced;
    }
    // The refusal is what the person needs to read, also where forgetting fails.
    let _forgotten = sharing::forget(deps, profile).await;
    let mut ended = Problem::new(
        ProblemKind::SignInNeeded,
        format!("The sign-in of {} has ended", profile.name),
    )
    .hint(how_to_sign_in(&profile.name));
    ended.aws = problem.aws;
    ended.mend = problem.mend;
    ended
}

/// True when this refresh token will never work again. A pool or an app client that is not found
/// says nothing about the token: the region, the endpoint or a proxy may be wrong, and they may
/// come back; so do a Lambda function that fails, a firewall, and a wrong app client secret.
fn is_definitive(problem: &Problem) -> bool {
    let Some(said) = &problem.aws else {
        return false;
    };
    problem.kind == ProblemKind::Refused
        && match said.code.as_str() {
            "RefreshTokenReuseException" | "UserNotFoundException" => true,
            "NotAuthorizedException" => !is_about_the_client(&said.message),
            _ => false,
        }
}

/// The same code answers a wrong app client secret.
fn is_about_the_client(message: &str) -> bool {
    message.to_ascii_lowercase().contains("secret")
}

pub(super) fn how_to_sign_in(profile: &ProfileName) -> String {
    format!("Sign in: poolkey sign-in {profile}")
}

fn sign_in_needed(profile: &ProfileName) -> Problem {
    Problem::new(
        ProblemKind::SignInNeeded,
        format!("{profile} is not signed in"),
    )
    .hint(how_to_sign_in(profile))
}
