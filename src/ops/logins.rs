//! Tokens of other providers, for the logins map.
//!
//! Deliberately absent: asking anybody for one.

use super::ports::{Deps, Login, Progress};
use crate::domain::{Problem, ProblemKind, Profile, TokenSource};

/// The entries of the profile's other providers.
///
/// # Errors
/// A token that is not there, or that somebody has to bring.
pub async fn gather(
    deps: &Deps,
    profile: &Profile,
    _progress: &dyn Progress,
) -> Result<Vec<Login>, Problem> {
    let mut logins = Vec::with_capacity(profile.logins.len());
    for login in &profile.logins {
        let token = match &login.token {
            TokenSource::File(path) => deps.tokens.read(path).await?,
            TokenSource::Command(command) => deps.tokens.run(command).await?,
            TokenSource::Typed | TokenSource::Browser(_) => {
                let sentence = format!("{} has to be signed in to", login.provider.label());
                return Err(Problem::new(ProblemKind::SignInNeeded, sentence));
            }
        };
        logins.push(Login {
            provider_name: login.provider.to_string(),
            token,
        });
    }
    Ok(logins)
}
