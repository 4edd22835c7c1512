//! Adding, changing and removing profiles: the configuration file and the secret store together.
//!
//! Secrets are written before the configuration that speaks of them, under the locks of the names
//! they lie under, and taken back where the configuration cannot be written. They are deleted last.
//! Deliberately absent: what moves with a profile (see `change`).

mod belongings;
mod change;
mod typed;

use self::belongings::Belongings;
use self::change::Change;
pub use self::typed::TypedSecrets;
use super::ports::Deps;
use super::sharing;
use super::sign_out::forget_identity;
use crate::domain::{Problem, ProblemKind, Profile, ProfileName};

type Guard = Box<dyn Send + Sync>;

/// Writes a profile. Typed secrets are stored first: a profile never says that it has a secret which
/// is not there. Profiles that share its sign-in follow it to another name.
///
/// # Errors
/// A name that is taken, a sign-in that cannot be shared, a store or a file that fails; nothing is
/// half-written then.
pub async fn save<'a>(
    deps: &Deps,
    former: Option<&ProfileName>,
    profile: &Profile,
    secrets: impl Into<TypedSecrets<'a>> + Send,
) -> Result<(), Problem> {
    let secrets = secrets.into();
    let _locks = lock_for_save(deps, former, profile, !secrets.is_empty()).await?;
    // Another process may have changed it while this one waited.
    let profiles = deps.profiles.load().await?.profiles;
    let before = profiles.iter().find(|other| Some(&other.name) == former);
    let is_taken = profiles
        .iter()
        .any(|other| other.name == profile.name && Some(&other.name) != former);
    if is_taken {
        return Err(Problem::new(
            ProblemKind::Usage,
            format!("There is a profile {} already", profile.name),
        )
        .hint("Choose another name, or remove the other profile first."));
    }
    sharing::check(&profiles, former, profile)?;
    let others = profiles.iter().filter(|other| Some(&other.name) != former);
    let others: Vec<Profile> = others.cloned().collect();
    if let Some(fault) = profile.faults(&others).into_iter().next() {
        return Err(Problem::new(ProblemKind::Usage, fault.sentence));
    }
    let change = Change::of(&profiles, before, profile)?;
    let replaced = secrets.replaces(deps, profile).await?;
    let written = async {
        change.carry(deps).await?;
        secrets.store(deps, profile).await?;
        deps.profiles.put(former, profile).await
    };
    if let Err(problem) = written.await {
        change.take_back(deps, secrets, replaced).await;
        return Err(problem);
    }
    // The former token file goes last: until then the sections name a file that is there.
    let followed = change.follow(deps).await;
    change.forget_former(deps).await?;
    followed
}

/// A renewal that runs meanwhile must not write under the old name afterwards, nor two that add the
/// same name put their secrets over each other's.
async fn lock_for_save(
    deps: &Deps,
    former: Option<&ProfileName>,
    profile: &Profile,
    has_secret: bool,
) -> Result<Vec<Guard>, Problem> {
    let profiles = match former {
        Some(_) => deps.profiles.load().await?.profiles,
        None => Vec::new(),
    };
    let before = profiles.iter().find(|other| Some(&other.name) == former);
    let mut names: Vec<&ProfileName> = former.into_iter().collect();
    names.extend(before.map(Profile::sign_in_name));
    // The owner of a shared sign-in may be about to be removed.
    if has_secret || former.is_some() || profile.shares_sign_in.is_some() {
        names.extend([&profile.name, profile.sign_in_name()]);
    }
    lock_all(deps, names).await
}

/// Several locks are always taken in the same order.
async fn lock_all(deps: &Deps, mut names: Vec<&ProfileName>) -> Result<Vec<Guard>, Problem> {
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

/// Has a profile renewed by itself from now on, or not.
///
/// # Errors
/// No such profile any more, or a file that fails.
pub async fn keep_fresh(deps: &Deps, name: &ProfileName, on: bool) -> Result<(), Problem> {
    let _lock = deps.locks.lock(name).await?;
    let mut profile = deps.profile(name.as_str()).await?;
    profile.keep_fresh = on;
    deps.profiles.put(Some(name), &profile).await
}

/// Removes a profile and everything that is kept for it; then its refresh token is revoked, which
/// is bounded and cannot undo the removal. A sign-in that others share is theirs now. Answers why
/// the pool was not told. What was exported stays: it may be in use, and `unexport` removes it.
///
/// # Errors
/// A store or a file that fails; everything is there as before then.
pub async fn remove(deps: &Deps, name: &ProfileName) -> Result<Option<Problem>, Problem> {
    let (profile, partners, locks) = lock_for_removal(deps, name).await?;
    if let Some(heir) = partners.first() {
        leave_to(deps, heir, &profile).await?;
        return Ok(None);
    }
    let kept = Belongings::of(deps, &profile).await?;
    // Its secret goes with the profile.
    let client = deps.app_client(&profile).await;
    forget_identity(deps, &profile).await;
    deps.vault.forget_profile(name).await?;
    if let Err(problem) = deps.profiles.remove(name).await {
        kept.put_back(deps, &profile).await?;
        return Err(problem);
    }
    deps.id_tokens.forget(name);
    deps.token_files.remove(name).await?;
    drop(locks);
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

/// The profile, who shares its sign-in, and the locks of all whose secrets a removal moves. Another
/// process may have changed the configuration while this one waited: then other locks are needed.
async fn lock_for_removal(
    deps: &Deps,
    name: &ProfileName,
) -> Result<(Profile, Vec<Profile>, Vec<Guard>), Problem> {
    let mut seen = shared_by(deps, name).await?;
    loop {
        let (profile, partners) = &seen;
        let mut names = vec![name, profile.sign_in_name()];
        names.extend(partners.first().map(|heir| &heir.name));
        let locks = lock_all(deps, names).await?;
        let (profile, partners) = shared_by(deps, name).await?;
        let is_same = seen == (profile.clone(), partners.clone());
        if is_same {
            return Ok((profile, partners, locks));
        }
        seen = (profile, partners);
    }
}

async fn shared_by(deps: &Deps, name: &ProfileName) -> Result<(Profile, Vec<Profile>), Problem> {
    let profile = deps.profile(name.as_str()).await?;
    let partners = sharing::others(deps, &profile).await?;
    Ok((profile, partners))
}

/// Removes a profile whose sign-in others use. The configuration makes the heir its owner where the
/// profile was; a copy lies there by then.
async fn leave_to(deps: &Deps, heir: &Profile, profile: &Profile) -> Result<(), Problem> {
    let vault = &deps.vault;
    let mut kept = Belongings::of(deps, profile).await?;
    let session = kept.session.take();
    let inherits = profile.shares_sign_in.is_none();
    let owner = Profile {
        shares_sign_in: None,
        ..heir.clone()
    };
    if inherits {
        // Others' as well, as they lie.
        kept.logins.clear();
        kept.put_back(deps, &owner).await?;
        vault.copy_logins(&profile.name, &owner.name).await?;
        let copied = vault.copy_login_secrets(&profile.name, &owner.name);
        copied.await?;
    }
    vault.forget_credentials(&profile.name).await?;
    if let Err(problem) = deps.profiles.remove(&profile.name).await {
        if let Some(session) = session {
            vault.keep_session(profile, &session).await?;
        }
        if inherits {
            vault.forget_sign_in(&owner).await?;
        }
        return Err(problem);
    }
    deps.token_files.remove(&profile.name).await?;
    vault.forget_profile(&profile.name).await
}
