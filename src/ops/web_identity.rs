//! The `OpenID` token in a file, for SDKs that assume a role through STS themselves
//! (`web_identity_token_file` of the AWS config file).
//!
//! The token lives for ten minutes, so the file is written again and again for as long as Poolkey
//! runs; an ID token that this process has serves until it expires. Signing out, another person's
//! sign-in, removing the profile and taking away the last section that names it remove the file. Deliberately absent: the call of STS, which the
//! SDKs make, and the section of the config file (see `export`).

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::exchange::open_id_token;
use super::logins;
use super::ports::{Deps, Progress};
use super::refresh::still_kept;
use super::session::obtained::hint_at;
use super::session::{Proved, prove_again};
use crate::domain::{ClaimValue, Place, Problem, ProblemKind, Profile, Secret, TokenReading};

/// With this much left the file is written anew: an SDK may read it just before.
pub const RENEW_BELOW: SignedDuration = SignedDuration::from_mins(2);

/// Whether the file has to be written, by what its token says of its end.
#[must_use]
pub fn is_due(expires_at: Option<Timestamp>, now: Timestamp) -> bool {
    expires_at.is_none_or(|at| now.duration_until(at) <= RENEW_BELOW)
}

/// When a token that expires then has to be replaced.
#[must_use]
pub fn due_at(expires_at: Timestamp) -> Timestamp {
    expires_at.saturating_sub(RENEW_BELOW).unwrap_or(expires_at)
}

/// Writes the profile's token file, unless what is in it is good for a while, and answers when the
/// token expires. Never asks anybody anything.
///
/// # Errors
/// [`ProblemKind::SignInNeeded`] without a sign-in; else what the pools refuse, such as an identity
/// pool that does not allow the basic flow, or a file that cannot be written. Also where the file is
/// written but a rotated refresh token could not be stored.
pub async fn write(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Timestamp, Problem> {
    let _lock = deps.locks.lock(profile.sign_in_name()).await?;
    let found = deps.token_files.read(&profile.name).await?;
    write_over(deps, profile, found.as_ref(), progress).await
}

/// As [`write()`], where a file is there or a section of the profile's own name wants one; else none.
/// Whoever removed both meanwhile meant it.
///
/// # Errors
/// As [`write()`].
pub async fn renew(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Option<Timestamp>, Problem> {
    let _lock = deps.locks.lock(profile.sign_in_name()).await?;
    let found = deps.token_files.read(&profile.name).await?;
    if found.is_none() {
        let exports = deps.aws_profiles.read(profile.name.as_str()).await?;
        if !matches!(exports.web_identity, Place::Ours { .. }) {
            return Ok(None);
        }
    }
    let written = write_over(deps, profile, found.as_ref(), progress).await;
    written.map(Some)
}

/// Removes those of the files that are profiles' token files: no section names them any more.
///
/// # Errors
/// A file that cannot be removed.
pub async fn remove_orphans(deps: &Deps, orphans: &[PathBuf]) -> Result<(), Problem> {
    if orphans.is_empty() {
        return Ok(());
    }
    for profile in deps.profiles.load().await?.profiles {
        if orphans.contains(&deps.token_files.path(&profile.name)) {
            let _lock = deps.locks.lock(profile.sign_in_name()).await?;
            deps.token_files.remove(&profile.name).await?;
        }
    }
    Ok(())
}

/// When the token in a file ends; none where it says nothing, or is another identity pool's.
#[must_use]
pub fn good_until(token: &TokenReading, profile: &Profile) -> Option<Timestamp> {
    let pool = profile.identity_pool_id.as_str();
    let is_for_it = matches!(token.claim("aud"), Some(ClaimValue::Text(aud)) if aud == pool);
    token.expires_at().filter(|_| is_for_it)
}

async fn write_over(
    deps: &Deps,
    profile: &Profile,
    found: Option<&TokenReading>,
    progress: &dyn Progress,
) -> Result<Timestamp, Problem> {
    let found = found.and_then(|token| good_until(token, profile));
    // Another process may have written it while this one waited.
    if let Some(expires_at) = found.filter(|at| !is_due(Some(*at), deps.clock.now())) {
        return Ok(expires_at);
    }
    let (token, proved) = token(deps, profile, progress).await?;
    let written = async {
        let expires_at = expiry(deps, &token)?;
        if let Some(refresh) = &proved.refresh {
            still_kept(deps, profile, &refresh.kept).await?;
        }
        deps.token_files.write(&profile.name, &token).await?;
        Ok(expires_at)
    };
    let written = written.await;
    let expires_at = written.map_err(|problem| hint_at(problem, &proved.stored))?;
    match proved.stored {
        Ok(()) => Ok(expires_at),
        Err(unkept) => {
            let problem = unkept.into_problem();
            let what = "The token is written, but the sign-in could not be stored";
            let sentence = format!("{what}: {}", problem.sentence);
            Err(Problem {
                sentence,
                ..problem
            })
        }
    }
}

/// An ID token that was good a while ago may have been ended since: one refusal is tried again with a
/// new one.
async fn token(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<(Secret, Proved), Problem> {
    let first = attempt(deps, profile, progress).await;
    let is_stale = |problem: &Problem| problem.aws_code() == Some("NotAuthorizedException");
    let again = match first {
        Err((problem, true)) if is_stale(&problem) => {
            deps.id_tokens.forget(profile.sign_in_name());
            attempt(deps, profile, progress).await
        }
        other => other,
    };
    match again {
        Ok(obtained) => Ok(obtained),
        Err((problem, _)) => Err(logins::refused(deps, profile, problem).await),
    }
}

/// With a problem: whether the ID token was one that had been used before.
async fn attempt(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<(Secret, Proved), (Problem, bool)> {
    let proved = prove_again(deps, profile, progress).await;
    let proved = proved.map_err(|problem| (problem, false))?;
    match open_id_token(deps, profile, &proved.holder, progress).await {
        Ok(token) => Ok((token, proved)),
        Err(problem) => {
            let problem = hint_at(problem, &proved.stored);
            Err((problem, proved.is_reused))
        }
    }
}

fn expiry(deps: &Deps, token: &Secret) -> Result<Timestamp, Problem> {
    let reading = deps.claims.read_all(token);
    reading
        .and_then(|reading| reading.expires_at())
        .ok_or_else(|| {
            Problem::new(
                ProblemKind::Unexpected,
                "The identity pool's OpenID token cannot be read",
            )
            .hint("Check that the endpoint is a Cognito identity pool.")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_again_with_two_minutes_left() {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let left = |seconds| Some(now + SignedDuration::from_secs(seconds));
        assert!(is_due(None, now));
        assert!(is_due(left(-1), now));
        assert!(is_due(left(120), now));
        assert!(!is_due(left(121), now));
    }
}
