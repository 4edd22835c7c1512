//! `sign-out`: forgets, tells the user pool as much as was asked for, and says what stays valid.

use super::output::Output;
use crate::domain::{Problem, Profile, SignOutScope};
use crate::ops::{Deps, sign_out};

/// Signs out.
pub async fn run(
    profile: &Profile,
    scope: SignOutScope,
    deps: &Deps,
    output: &Output,
) -> Result<(), Problem> {
    let ended = sign_out::end(deps, profile, scope).await?;
    if let Some(problem) = ended.remark {
        return Err(problem);
    }
    if !profile.sign_in.uses_user_pool() {
        output.note(&format!(
            "Forgot what was kept of {}. Credentials handed out before stay valid until they expire.",
            profile.name
        ));
        return Ok(());
    }
    if !ended.was_signed_in {
        output.note(&format!(
            "Nobody was signed in to {}: no sign-in is kept on this machine, and the user pool \
             was not told.",
            profile.name
        ));
        return Ok(());
    }
    output.note(&format!(
        "Signed out of {}{}",
        profile.name,
        what_stays(scope)
    ));
    Ok(())
}

const fn what_stays(scope: SignOutScope) -> &'static str {
    match scope {
        SignOutScope::Here => {
            " on this machine only. The user pool was not told: copies of this sign-in, other \
             sign-ins and credentials handed out before stay valid until they expire."
        }
        SignOutScope::Revoke => {
            ", and the user pool ended this sign-in. Sign-ins on other devices stay, and \
             credentials handed out before stay valid until they expire."
        }
        SignOutScope::Everywhere => {
            ", and the user pool ended all sign-ins of this user. ID tokens and credentials handed \
             out before stay valid until they expire."
        }
    }
}
