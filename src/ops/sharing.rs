//! Profiles that use one sign-in: same user pool, app client and address.
//!
//! Refresh token, device and client secret lie under the owner's name, and its lock guards them; the
//! sessions stay each profile's. Deliberately absent: owners of owners, which the configuration
//! refuses.

use super::ports::Deps;
use crate::domain::{Problem, ProblemKind, Profile, ProfileName};

/// The other profiles that use the same sign-in, in the configuration's order.
///
/// # Errors
/// When the configuration cannot be read.
pub async fn others(deps: &Deps, profile: &Profile) -> Result<Vec<Profile>, Problem> {
    let profiles = deps.profiles.load().await?.profiles;
    Ok(others_among(&profiles, profile).cloned().collect())
}

/// The same among those that are known.
pub(super) fn others_among<'a>(
    profiles: &'a [Profile],
    profile: &'a Profile,
) -> impl Iterator<Item = &'a Profile> {
    profiles.iter().filter(move |other| {
        other.name != profile.name && other.sign_in_name() == profile.sign_in_name()
    })
}

/// Whether one sign-in can serve the profile and all that it shares with. `former` is the profile's
/// own name before a change.
///
/// # Errors
/// One of them signs in elsewhere.
pub(super) fn check(
    profiles: &[Profile],
    former: Option<&ProfileName>,
    profile: &Profile,
) -> Result<(), Problem> {
    let follows = |other: &Profile| former.is_some() && other.shares_sign_in.as_ref() == former;
    let serves = |other: &Profile| {
        profile.sign_in.uses_user_pool() && other.signs_in_at_the_same_place(profile)
    };
    let elsewhere = profiles.iter().find(|other| {
        other.name != profile.name
            && Some(&other.name) != former
            && (follows(other) || other.sign_in_name() == profile.sign_in_name())
            && !serves(other)
    });
    let Some(other) = elsewhere else {
        return Ok(());
    };
    let sentence = format!("{} and {} cannot share a sign-in", profile.name, other.name);
    Err(Problem::new(ProblemKind::Usage, sentence).hint(
        "Profiles that share a sign-in have the same user pool, app client and endpoint address.",
    ))
}

/// Forgets the sign-in, the tokens of other providers that were the same person's, and the session of
/// each profile that uses it.
pub(super) async fn forget(deps: &Deps, profile: &Profile) -> Result<(), Problem> {
    deps.id_tokens.forget(profile.sign_in_name());
    let forgotten = deps.vault.forget_session(profile).await;
    let logins = deps.vault.forget_logins(profile.sign_in_name()).await;
    let sessions = forget_sessions(deps, profile, |_| false).await;
    let file = deps.token_files.remove(&profile.name).await;
    forgotten.and(logins).and(sessions).and(file)
}

/// Forgets the sessions of the others, but for those of the person whom `is_theirs` knows by name.
pub(super) async fn forget_sessions(
    deps: &Deps,
    profile: &Profile,
    is_theirs: impl Fn(&str) -> bool + Send + Sync,
) -> Result<(), Problem> {
    let mut all = Ok(());
    for other in others(deps, profile).await? {
        let forgotten = forget_unless(deps, &other, &is_theirs).await;
        all = all.and(forgotten);
    }
    all
}

/// Forgets a session that is not known to be the person's, also where it cannot be read whose, and
/// what lies in a file for STS beside it.
pub(super) async fn forget_unless(
    deps: &Deps,
    profile: &Profile,
    is_theirs: &(impl Fn(&str) -> bool + Send + Sync),
) -> Result<(), Problem> {
    let forgotten = match deps.vault.session(profile).await {
        Ok(None) => Ok(()),
        Ok(Some(session)) if is_theirs(&session.username) => return Ok(()),
        _ => deps.vault.forget_credentials(&profile.name).await,
    };
    let file = deps.token_files.remove(&profile.name).await;
    forgotten.and(file)
}
