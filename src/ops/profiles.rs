//! Adding, changing and removing profiles: the configuration file and the secret store together.

use super::ports::Deps;
use crate::domain::{Problem, ProblemKind, Profile, ProfileName, Secret};

/// Writes a profile. A typed client secret is stored first: a profile never says that it has a
/// secret which is not there.
///
/// # Errors
/// A name that is taken, a store or a file that fails; nothing is half-written then.
pub async fn save(
    deps: &Deps,
    former: Option<&ProfileName>,
    profile: &Profile,
    client_secret: Option<&Secret>,
) -> Result<(), Problem> {
    // A renewal that runs meanwhile must not write under the old name afterwards.
    let _lock = match former {
        Some(former) => Some(deps.locks.lock(former).await?),
        None => None,
    };
    let configuration = deps.profiles.load().await?;
    let taken = configuration
        .profiles
        .iter()
        .any(|other| other.name == profile.name && Some(&other.name) != former);
    if taken {
        return Err(Problem::new(
            ProblemKind::Usage,
            format!("There is a profile {} already", profile.name),
        )
        .hint("Choose another name, or remove the other profile first."));
    }
    let before = former.and_then(|former| {
        configuration
            .profiles
            .iter()
            .find(|other| other.name == *former)
    });
    if let Some(before) = before.filter(|before| before.name != profile.name) {
        move_secrets(deps, before, profile).await?;
    }
    if let Some(secret) = client_secret {
        deps.vault.keep_client_secret(profile, secret).await?;
    }
    deps.profiles.put(former, profile).await?;
    match before {
        Some(before) if before.name != profile.name => {
            deps.vault.forget_profile(&before.name).await
        }
        Some(before) if before.has_client_secret && !profile.has_client_secret => {
            deps.vault.forget_client_secret(&profile.name).await
        }
        _ => Ok(()),
    }
}

/// Removes a profile and everything that is kept for it. What was exported stays: it may be in
/// use, and `unexport` removes it.
///
/// # Errors
/// A store or a file that fails; everything is there as before then.
pub async fn remove(deps: &Deps, name: &ProfileName) -> Result<(), Problem> {
    let _lock = deps.locks.lock(name).await?;
    let profile = deps.profile(name.as_str()).await?;
    let client_secret = deps.vault.client_secret(&profile).await?;
    let sign_in = deps.vault.sign_in(&profile).await?;
    let session = deps.vault.session(&profile).await?;
    deps.vault.forget_profile(name).await?;
    let removed = deps.profiles.remove(name).await;
    if removed.is_err() {
        if let Some(secret) = client_secret {
            deps.vault.keep_client_secret(&profile, &secret).await?;
        }
        if let Some(sign_in) = sign_in {
            deps.vault.keep_sign_in(&profile, &sign_in).await?;
        }
        if let Some(session) = session {
            deps.vault.keep_session(&profile, &session).await?;
        }
    }
    removed
}

async fn move_secrets(deps: &Deps, before: &Profile, after: &Profile) -> Result<(), Problem> {
    if after.has_client_secret
        && let Some(secret) = deps.vault.client_secret(before).await?
    {
        deps.vault.keep_client_secret(after, &secret).await?;
    }
    // A record is written for the new configuration: another pool must not get this one's tokens.
    if !before.leads_to_the_same_place(after) {
        return Ok(());
    }
    if let Some(kept) = deps.vault.sign_in(before).await? {
        deps.vault.keep_sign_in(after, &kept).await?;
    }
    if let Some(session) = deps.vault.session(before).await? {
        deps.vault.keep_session(after, &session).await?;
    }
    Ok(())
}
