//! The entries of the logins map that are not the user pool's: gathered without asking anybody, and
//! what a person has to bring where that is not enough.
//!
//! Deliberately absent: the profile's lock in [`gather`] and [`missing`], which the caller of the
//! first holds and the second does not need; and the exchange.

mod brought;
mod browser;
mod words;

use jiff::{SignedDuration, Timestamp};

pub use self::brought::{Brought, keep, typed};
pub(super) use self::brought::{keep_locked, refused};
pub use self::browser::browse;
use self::browser::renewed;
pub use self::words::needed;
use self::words::{expired, not_of_profile, of_provider};
use super::ports::{Deps, Login, Progress};
use super::session::obtained::Unkept;
use crate::domain::{
    KeptLogin, LoginProvider, Problem, Profile, ProviderLogin, Secret, SignInMethod, TokenSource,
};

/// With less than this left a kept token is as good as expired: the exchange takes a moment.
const AT_LEAST: SignedDuration = SignedDuration::from_mins(1);

/// The logins map of the profile's other providers, in the profile's order. Files are read and
/// commands run anew; a browser's token is renewed where the provider gave a refresh token.
///
/// Whoever calls holds the lock of the profile's [`Profile::sign_in_name`]: a rotating refresh token
/// works once.
///
/// # Errors
/// [`crate::domain::ProblemKind::SignInNeeded`] with the provider's name where a person has to bring
/// a token; else why a source failed, or that what it gave has expired.
pub(super) async fn gather(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Gathered, Problem> {
    let mut gathered = Gathered {
        logins: Vec::with_capacity(profile.logins.len()),
        stored: Ok(()),
    };
    for login in &profile.logins {
        let Got { token, stored } = token(deps, profile, login, progress).await?;
        gathered.stored = gathered.stored.and(stored.map_err(Unkept::SignIn));
        gathered.logins.push(Login {
            provider_name: login.provider.to_string(),
            token,
        });
    }
    Ok(gathered)
}

/// What [`gather`] brings.
pub(super) struct Gathered {
    /// Entries of the logins map.
    pub(super) logins: Vec<Login>,
    /// How storing what was renewed went: it works all the same.
    pub(super) stored: Result<(), Unkept>,
}

/// A token that works, and how storing it went where it is new.
struct Got {
    token: Secret,
    stored: Result<(), Problem>,
}

impl Got {
    const fn as_it_lies(token: Secret) -> Self {
        Self {
            token,
            stored: Ok(()),
        }
    }
}

async fn token(
    deps: &Deps,
    profile: &Profile,
    login: &ProviderLogin,
    progress: &dyn Progress,
) -> Result<Got, Problem> {
    let brought = match &login.token {
        TokenSource::File(path) => deps.tokens.read(path).await,
        TokenSource::Command(command) => deps.tokens.run(command).await,
        TokenSource::Typed => return kept(deps, profile, login).await.map(Got::as_it_lies),
        TokenSource::Browser(client) => {
            return match deps.vault.login(profile, login).await? {
                Some(kept) if is_usable(&kept, deps.clock.now()) => Ok(Got::as_it_lies(kept.token)),
                Some(kept) => renewed(deps, profile, login, client, kept, progress).await,
                None => Err(needed(profile, login)),
            };
        }
    };
    let token = brought.map_err(|problem| of_provider(login, problem))?;
    let now = deps.clock.now();
    match expiry(deps, &token) {
        Some(at) if at <= now => Err(expired(profile, login, at, now)),
        _ => Ok(Got::as_it_lies(token)),
    }
}

/// What was typed, for as long as it is good.
async fn kept(deps: &Deps, profile: &Profile, login: &ProviderLogin) -> Result<Secret, Problem> {
    let now = deps.clock.now();
    match deps.vault.login(profile, login).await? {
        Some(kept) if is_usable(&kept, now) => Ok(kept.token),
        Some(KeptLogin {
            expires_at: Some(at),
            ..
        }) => Err(expired(profile, login, at, now)),
        _ => Err(needed(profile, login)),
    }
}

/// The providers whose token a person has to bring before [`gather`] can work: nothing is kept, or
/// it has expired and nothing renews it.
///
/// # Errors
/// When the secret store fails.
pub async fn missing(deps: &Deps, profile: &Profile) -> Result<Vec<LoginProvider>, Problem> {
    let mut missing = Vec::new();
    for login in &profile.logins {
        if login.token.is_unattended() {
            continue;
        }
        let kept = deps.vault.login(profile, login).await?;
        let now = deps.clock.now();
        let serves = |kept: &KeptLogin| is_usable(kept, now) || kept.refresh_token.is_some();
        if !kept.as_ref().is_some_and(serves) {
            missing.push(login.provider.clone());
        }
    }
    Ok(missing)
}

/// The providers whose token a person brings when they sign in. Where other providers vouch for
/// them that is all who do not speak by themselves; beside a user pool, only what is missing.
///
/// # Errors
/// As [`missing`].
pub async fn to_bring(deps: &Deps, profile: &Profile) -> Result<Vec<LoginProvider>, Problem> {
    if profile.sign_in != SignInMethod::Provider {
        return missing(deps, profile).await;
    }
    let logins = profile.logins.iter();
    let attended = logins.filter(|login| !login.token.is_unattended());
    Ok(attended.map(|login| login.provider.clone()).collect())
}

/// The profile's entry of that provider.
///
/// # Errors
/// When it has none.
pub fn login_of<'a>(
    profile: &'a Profile,
    provider: &LoginProvider,
) -> Result<&'a ProviderLogin, Problem> {
    let mut logins = profile.logins.iter();
    let found = logins.find(|login| login.provider == *provider);
    found.ok_or_else(|| not_of_profile(profile, provider))
}

/// Keeps the secret of our client at a provider.
///
/// # Errors
/// As [`login_of`], or a store that fails.
pub async fn keep_secret(
    deps: &Deps,
    profile: &Profile,
    provider: &LoginProvider,
    secret: &Secret,
) -> Result<(), Problem> {
    let login = login_of(profile, provider)?;
    let _lock = deps.locks.lock(profile.sign_in_name()).await?;
    deps.vault.keep_login_secret(profile, login, secret).await
}

/// When a JSON Web Token ends; any other token does not say.
fn expiry(deps: &Deps, token: &Secret) -> Option<Timestamp> {
    deps.claims.read_all(token)?.expires_at()
}

fn is_usable(kept: &KeptLogin, now: Timestamp) -> bool {
    let expires_at = kept.expires_at;
    expires_at.is_none_or(|at| now.duration_until(at) >= AT_LEAST)
}
