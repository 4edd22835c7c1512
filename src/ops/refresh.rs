//! New tokens with a kept refresh token, and what an answer says about that token.
//!
//! A rotated token is stored before anything else happens with the answer. A token is dropped on a
//! definitive refusal only: the pool itself spoke, and about this sign-in. Deliberately absent: the
//! profile's lock, which the caller holds, and a second try, which could burn a rotated token.

use super::ports::Deps;
use crate::domain::{KeptSignIn, Problem, ProblemKind, Profile, ProfileName, Tokens};

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
    let _section = deps.unbroken.begin();
    let mut tokens = match deps.user_pool.refresh(&client, kept).await {
        Ok(tokens) => tokens,
        Err(problem) => return Err(refused(deps, profile, problem).await),
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

/// A definitive refusal ends the kept sign-in; anything else leaves it alone.
async fn refused(deps: &Deps, profile: &Profile, problem: Problem) -> Problem {
    if !is_definitive(&problem) {
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
