//! Signing out: revoke, then forget here. Forgetting happens even when the network does not.

use super::ports::Deps;
use crate::domain::{ExportTarget, KeptSignIn, Place, Problem, Profile, SignOutScope};

/// Forgets refresh token and session, and takes the keys out of the credentials file; how much the
/// pool is told is the scope's. Answers what did not work although all is forgotten
/// here: the pool was not told, or the file could not be written.
///
/// Credentials that were handed out before stay valid until they expire: AWS offers no way to
/// recall them.
///
/// # Errors
/// When the store fails: nothing is forgotten then.
pub async fn sign_out(
    deps: &Deps,
    profile: &Profile,
    scope: SignOutScope,
) -> Result<Option<Problem>, Problem> {
    let _lock = deps.locks.lock(&profile.name).await?;
    let kept = deps.vault.sign_in(profile).await?;
    let told = match &kept {
        None => Ok(()),
        Some(kept) => tell_pool(deps, profile, kept, scope).await,
    };
    deps.vault.forget_session(&profile.name).await?;
    let cleared = clear_keys(deps, profile).await;
    Ok(told
        .err()
        .map(|problem| but(problem, "the user pool was not told"))
        .or_else(|| {
            cleared
                .err()
                .map(|problem| but(problem, "the keys stay in the AWS files"))
        }))
}

fn but(problem: Problem, what: &str) -> Problem {
    let sentence = format!(
        "Forgotten on this machine, but {what}: {}",
        problem.sentence
    );
    Problem {
        sentence,
        ..problem
    }
}

/// Keys of somebody who signed out must not lie about. Only the section of the profile's own name
/// is known here, and only if Poolkey made it.
async fn clear_keys(deps: &Deps, profile: &Profile) -> Result<(), Problem> {
    let name = profile.name.as_str();
    let found = deps.aws_profiles.read(name).await?;
    if matches!(found.credentials_file, Place::Ours { .. }) {
        let target = ExportTarget::CredentialsFile;
        deps.aws_profiles.remove(name, target, false).await?;
    }
    Ok(())
}

async fn tell_pool(
    deps: &Deps,
    profile: &Profile,
    kept: &KeptSignIn,
    scope: SignOutScope,
) -> Result<(), Problem> {
    let client = match scope {
        SignOutScope::Here => return Ok(()),
        SignOutScope::Revoke | SignOutScope::Everywhere => deps.app_client(profile).await?,
    };
    if scope == SignOutScope::Revoke {
        return deps.user_pool.revoke(&client, &kept.refresh_token).await;
    }
    let tokens = deps.user_pool.refresh(&client, kept).await?;
    deps.user_pool
        .sign_out_everywhere(&client, &tokens.access)
        .await
}
