//! Tokens of other providers that a person brings: checked, then kept once it is known who they are.
//!
//! Before a user pool's sign-in has ended nobody knows that, and what lies in the store is the former
//! person's: so tokens for such a sign-in are handed to it and not kept before. Deliberately absent:
//! the provider's own pages (see `browser`).

use super::words::{expired, needed, not_taken, not_typed};
use super::{expiry, login_of};
use crate::domain::{
    KeptLogin, LoginProvider, Problem, Profile, ProviderLogin, Secret, SignInMethod, TokenSource,
};
use crate::ops::ports::Deps;
use crate::ops::secrets::same_store;
use crate::ops::sharing;

/// A token that somebody brought just now; it is kept nowhere yet.
#[derive(Debug)]
pub struct Brought {
    pub(in crate::ops) login: ProviderLogin,
    pub(in crate::ops) kept: KeptLogin,
}

impl Brought {
    /// Of which provider.
    #[must_use]
    pub const fn provider(&self) -> &LoginProvider {
        &self.login.provider
    }
}

/// A token that somebody typed.
///
/// # Errors
/// One that has expired already, a provider that the profile does not ask a person for.
pub fn typed(
    deps: &Deps,
    profile: &Profile,
    provider: &LoginProvider,
    token: Secret,
) -> Result<Brought, Problem> {
    let login = login_of(profile, provider)?;
    if login.token != TokenSource::Typed {
        return Err(not_typed(login));
    }
    if token.is_empty() {
        return Err(needed(profile, login));
    }
    let (expires_at, now) = (expiry(deps, &token), deps.clock.now());
    if let Some(at) = expires_at.filter(|at| *at <= now) {
        return Err(expired(profile, login, at, now));
    }
    Ok(Brought {
        login: login.clone(),
        kept: KeptLogin {
            token,
            expires_at,
            refresh_token: None,
        },
    })
}

/// Keeps tokens for a renewal that follows.
///
/// # Errors
/// A store that fails and nothing that holds the tokens meanwhile.
pub async fn keep(deps: &Deps, profile: &Profile, brought: &[Brought]) -> Result<(), Problem> {
    // A lock that cannot be had must not cost what the person typed, or did in the browser.
    let _lock = same_store(deps.locks.lock(profile.sign_in_name()).await)?;
    let Err(problem) = keep_locked(deps, profile, brought).await else {
        return Ok(());
    };
    // Nor must a store that does not take it while this process has it.
    for Brought { login, kept } in brought {
        match deps.vault.login(profile, login).await {
            Ok(Some(held)) if held.token.is_same(&kept.token) => {}
            _ => return Err(problem),
        }
    }
    Ok(())
}

/// The same for a caller that holds the lock. All are tried; the first failure is answered.
pub(in crate::ops) async fn keep_locked(
    deps: &Deps,
    profile: &Profile,
    brought: &[Brought],
) -> Result<(), Problem> {
    // Where tokens alone say who somebody is, they may be another person's than the last ones, and
    // an opaque one does not say whose: nobody's credentials may lie beside it.
    if profile.sign_in == SignInMethod::Provider && !brought.is_empty() {
        sharing::forget_unless(deps, profile, &|_: &str| false).await?;
    }
    let mut all = Ok(());
    for Brought { login, kept } in brought {
        let stored = deps.vault.keep_login(profile, login, Some(kept)).await;
        all = all.and(stored);
    }
    all
}

/// What to make of an exchange that was refused. A typed token that does not say when it ends counts
/// as good until this: then it is forgotten, and whoever brought it has to bring another.
pub(in crate::ops) async fn refused(deps: &Deps, profile: &Profile, problem: Problem) -> Problem {
    let said = problem.aws.as_ref();
    if !said.is_some_and(|said| said.message.starts_with("Invalid login token")) {
        return problem;
    }
    let mut forgotten = None;
    let typed = |login: &&ProviderLogin| login.token == TokenSource::Typed;
    for login in profile.logins.iter().filter(typed) {
        let kept = deps.vault.login(profile, login).await;
        if matches!(kept, Ok(Some(kept)) if kept.expires_at.is_none()) {
            // The refusal is what the person needs to read, also where forgetting fails.
            let _forgotten = deps.vault.keep_login(profile, login, None).await;
            forgotten = Some(login);
        }
    }
    match forgotten {
        Some(login) => not_taken(profile, login, problem),
        None => problem,
    }
}
