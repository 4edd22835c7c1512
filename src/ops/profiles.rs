//! Adding, changing and removing profiles: the configuration file and the secret store together.
//!
//! Secrets are written before the configuration that speaks of them, under the locks of the names
//! they lie under, and taken back where the configuration cannot be written.

use super::ports::Deps;
use super::sign_out::forget_identity;
use crate::domain::sign_in::KeptDevice;
use crate::domain::{KeptSignIn, Problem, ProblemKind, Profile, ProfileName, Secret, Session};

type Guard = Box<dyn Send + Sync>;

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
    let _locks = lock_for_save(deps, former, profile, client_secret.is_some()).await?;
    let configuration = deps.profiles.load().await?;
    let is_taken = configuration
        .profiles
        .iter()
        .any(|other| other.name == profile.name && Some(&other.name) != former);
    if is_taken {
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
    let renamed = before.filter(|before| before.name != profile.name);
    let replaced = match client_secret {
        Some(_) => deps.vault.client_secret(profile).await?,
        None => None,
    };
    let written = async {
        if let Some(before) = renamed {
            move_secrets(deps, before, profile).await?;
        }
        if let Some(secret) = client_secret {
            deps.vault.keep_client_secret(profile, secret).await?;
        }
        deps.profiles.put(former, profile).await
    };
    if let Err(problem) = written.await {
        take_back(deps, profile, renamed.is_some(), client_secret, replaced).await;
        return Err(problem);
    }
    match before {
        Some(before) if before.name != profile.name => {
            deps.vault.forget_profile(&before.name).await
        }
        Some(before) if before.has_client_secret() && !profile.has_client_secret() => {
            deps.vault.forget_client_secret(&profile.name).await
        }
        _ => Ok(()),
    }
}

/// A renewal that runs meanwhile must not write under the old name afterwards, nor two that add the
/// same name put their secrets over each other's. Two locks are always taken in the same order.
async fn lock_for_save(
    deps: &Deps,
    former: Option<&ProfileName>,
    profile: &Profile,
    has_secret: bool,
) -> Result<Vec<Guard>, Problem> {
    let mut names: Vec<&ProfileName> = former.into_iter().collect();
    if has_secret || former.is_some() {
        names.push(&profile.name);
    }
    // Names that differ in case alone share a lock, and nobody gets it twice.
    let lock = |name: &ProfileName| name.as_str().to_ascii_lowercase();
    names.sort_by_key(|name| lock(name));
    names.dedup_by_key(|name| lock(name));
    let mut locks = Vec::with_capacity(names.len());
    for name in names {
        locks.push(deps.locks.lock(name).await?);
    }
    Ok(locks)
}

/// The problem that led here is the one to tell, also where this fails.
async fn take_back(
    deps: &Deps,
    profile: &Profile,
    renamed: bool,
    client_secret: Option<&Secret>,
    replaced: Option<Secret>,
) {
    let vault = &deps.vault;
    let _taken_back = if renamed {
        vault.forget_profile(&profile.name).await
    } else if client_secret.is_none() {
        Ok(())
    } else if let Some(replaced) = replaced {
        vault.keep_client_secret(profile, &replaced).await
    } else {
        vault.forget_client_secret(&profile.name).await
    };
}

/// Writes the user name that worked into the profile, and nothing else: another process may have
/// changed the rest.
///
/// # Errors
/// No such profile any more, or a file that fails.
pub async fn remember_username(
    deps: &Deps,
    name: &ProfileName,
    username: String,
) -> Result<(), Problem> {
    let _lock = deps.locks.lock(name).await?;
    let mut profile = deps.profile(name.as_str()).await?;
    profile.username = Some(username);
    deps.profiles.put(Some(name), &profile).await
}

/// Removes a profile and everything that is kept for it; then its refresh token is revoked, which
/// is bounded and cannot undo the removal. Answers why the pool was not told. What was exported
/// stays: it may be in use, and `unexport` removes it.
///
/// # Errors
/// A store or a file that fails; everything is there as before then.
pub async fn remove(deps: &Deps, name: &ProfileName) -> Result<Option<Problem>, Problem> {
    let lock = deps.locks.lock(name).await?;
    let profile = deps.profile(name.as_str()).await?;
    let kept = Belongings::of(deps, &profile).await?;
    // Its secret goes with the profile.
    let client = deps.app_client(&profile).await;
    forget_identity(deps, &profile).await;
    deps.vault.forget_profile(name).await?;
    if let Err(problem) = deps.profiles.remove(name).await {
        kept.put_back(deps, &profile).await?;
        return Err(problem);
    }
    drop(lock);
    let Some(sign_in) = &kept.sign_in else {
        return Ok(None);
    };
    let revoked = match client {
        Ok(client) => deps.user_pool.revoke(&client, &sign_in.refresh_token).await,
        Err(problem) => Err(problem),
    };
    Ok(revoked.err().map(|problem| Problem {
        sentence: format!(
            "{name} is removed, but the user pool was not told: {}",
            problem.sentence
        ),
        ..problem.about(&profile)
    }))
}

/// All that is kept for a profile.
struct Belongings {
    client_secret: Option<Secret>,
    sign_in: Option<KeptSignIn>,
    session: Option<Session>,
    device: Option<KeptDevice>,
}

impl Belongings {
    async fn of(deps: &Deps, profile: &Profile) -> Result<Self, Problem> {
        let vault = &deps.vault;
        Ok(Self {
            client_secret: vault.client_secret(profile).await?,
            sign_in: vault.sign_in(profile).await?,
            session: vault.session(profile).await?,
            device: vault.device(profile).await?,
        })
    }

    /// The refresh token first: nothing else costs a password.
    async fn put_back(&self, deps: &Deps, profile: &Profile) -> Result<(), Problem> {
        let vault = &deps.vault;
        if let Some(sign_in) = &self.sign_in {
            vault.keep_sign_in(profile, sign_in).await?;
        }
        if let Some(secret) = &self.client_secret {
            vault.keep_client_secret(profile, secret).await?;
        }
        if let Some(session) = &self.session {
            vault.keep_session(profile, session).await?;
        }
        match &self.device {
            Some(device) => vault.keep_device(profile, Some(device)).await,
            None => Ok(()),
        }
    }
}

async fn move_secrets(deps: &Deps, before: &Profile, after: &Profile) -> Result<(), Problem> {
    let mut kept = Belongings::of(deps, before).await?;
    if !after.has_client_secret() {
        kept.client_secret = None;
    }
    // A record is written for the new configuration: another pool must not get this one's tokens.
    if !before.leads_to_the_same_place(after) {
        (kept.sign_in, kept.session, kept.device) = (None, None, None);
    }
    kept.put_back(deps, after).await
}
