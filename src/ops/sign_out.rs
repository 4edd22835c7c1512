//! Signing out: revoke, then forget here. Forgetting happens even when the network does not.

use super::ports::Deps;
use crate::domain::{KeptSignIn, Problem, Profile};

/// Forgets refresh token and session; with `everywhere` ends all the user's sign-ins.
///
/// Credentials that were handed out before stay valid until they expire: AWS offers no way to
/// recall them.
///
/// # Errors
/// When the store fails (nothing is forgotten then), or when the pool could not be told (all is
/// forgotten here then).
pub async fn sign_out(deps: &Deps, profile: &Profile, everywhere: bool) -> Result<(), Problem> {
    let _lock = deps.locks.lock(&profile.name).await?;
    let kept = deps.vault.sign_in(profile).await?;
    let told = match &kept {
        None => Ok(()),
        Some(kept) => tell_pool(deps, profile, kept, everywhere).await,
    };
    deps.vault.forget_session(&profile.name).await?;
    told.map_err(|problem| {
        let sentence = format!(
            "Forgotten on this machine, but the user pool was not told: {}",
            problem.sentence
        );
        Problem {
            sentence,
            ..problem
        }
    })
}

async fn tell_pool(
    deps: &Deps,
    profile: &Profile,
    kept: &KeptSignIn,
    everywhere: bool,
) -> Result<(), Problem> {
    let client = deps.app_client(profile).await?;
    if !everywhere {
        return deps.user_pool.revoke(&client, &kept.refresh_token).await;
    }
    let tokens = deps.user_pool.refresh(&client, kept).await?;
    deps.user_pool
        .sign_out_everywhere(&client, &tokens.access)
        .await
}
