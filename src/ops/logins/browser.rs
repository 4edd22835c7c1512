//! Signing in at another provider's own pages, and renewing what that brought.
//!
//! A refresh token is stored before the rest of an answer is looked at, and forgotten on the
//! provider's definitive refusal only. Deliberately absent: revoking it there; few providers can.

use async_trait::async_trait;

use super::brought::Brought;
use super::words::{another_person, ended, needed, no_secret, refused};
use super::{Got, expiry, login_of};
use crate::crypto::pkce::{Pkce, random_text};
use crate::domain::{
    FlowStep, KeptLogin, LoginProvider, OidcClient, Problem, Profile, ProviderLogin, Secret,
    StepState, TokenSource,
};
use crate::ops::browser::{BrowserWatch, Errand, tell, visit};
use crate::ops::ports::{Authorization, CodeGrant, Deps, OpenIdProvider, Progress, ProviderGrant};
use crate::ops::sign_in::no_random_numbers;

/// Opens the browser at the provider and waits for it to come back with a token.
///
/// Dropping the future stops listening.
///
/// # Errors
/// What the provider refuses; nobody coming back in time.
pub async fn browse(
    deps: &Deps,
    profile: &Profile,
    provider: &LoginProvider,
    watch: &dyn BrowserWatch,
    progress: &dyn Progress,
) -> Result<Brought, Problem> {
    let login = login_of(profile, provider)?;
    let TokenSource::Browser(client) = &login.token else {
        return Err(needed(profile, login));
    };
    tell(progress, "asking the provider");
    let at = discovered(deps, profile, login, client).await?;
    let errand = |callback: &_| {
        let pkce = Pkce::new().ok_or_else(no_random_numbers)?;
        let state = random_text().ok_or_else(no_random_numbers)?;
        let nonce = random_text().ok_or_else(no_random_numbers)?;
        let url = at.address(&Authorization {
            callback,
            state: &state,
            nonce: &nonce,
            challenge: &pkce.challenge,
        })?;
        Ok(Attempt {
            deps,
            login,
            provider: at.as_ref(),
            url,
            state,
            nonce,
            pkce,
            progress,
        })
    };
    let kept = visit(deps, &client.callback_urls, watch, progress, errand).await?;
    Ok(Brought {
        login: login.clone(),
        kept,
    })
}

async fn discovered(
    deps: &Deps,
    profile: &Profile,
    login: &ProviderLogin,
    client: &OidcClient,
) -> Result<Box<dyn OpenIdProvider>, Problem> {
    let secret = if client.has_client_secret {
        let stored = deps.vault.login_secret(profile, login).await?;
        Some(stored.ok_or_else(|| no_secret(login))?)
    } else {
        None
    };
    deps.openid.discover(client, secret).await
}

/// One authorization request that waits for its answer.
struct Attempt<'a> {
    deps: &'a Deps,
    login: &'a ProviderLogin,
    provider: &'a dyn OpenIdProvider,
    url: String,
    state: String,
    nonce: String,
    pkce: Pkce,
    progress: &'a dyn Progress,
}

#[async_trait]
impl Errand for Attempt<'_> {
    type Got = KeptLogin;

    fn url(&self) -> &str {
        &self.url
    }

    fn state(&self) -> &str {
        &self.state
    }

    fn issuer(&self) -> Option<&str> {
        Some(self.provider.issuer())
    }

    fn refused(&self, error: &str, description: &str) -> Problem {
        refused(self.login, error, description)
    }

    async fn redeem(&self, code: &Secret, redirect_uri: &str) -> Result<KeptLogin, Problem> {
        tell(self.progress, "asking the provider");
        let started = self.deps.stopwatch();
        let grant = CodeGrant {
            code,
            verifier: &self.pkce.verifier,
            redirect_uri,
        };
        let now = self.deps.clock.now();
        let granted = self.provider.redeem(grant, &self.nonce, now).await?;
        let token = granted.id_token?;
        let detail = format!("Browser ({})", self.login.provider.label());
        let took = Some(self.deps.since(started));
        let done = StepState::Done { detail, took };
        self.progress.step(FlowStep::SignIn, done);
        Ok(KeptLogin {
            expires_at: expiry(self.deps, &token),
            token,
            refresh_token: granted.refresh,
        })
    }
}

fn subject(deps: &Deps, token: &Secret) -> Option<String> {
    let reading = deps.claims.read_all(token)?;
    reading.subject().map(str::to_owned)
}

/// A new token by the kept refresh token, for a caller that holds the lock.
pub(super) async fn renewed(
    deps: &Deps,
    profile: &Profile,
    login: &ProviderLogin,
    client: &OidcClient,
    kept: KeptLogin,
    progress: &dyn Progress,
) -> Result<Got, Problem> {
    let KeptLogin {
        token,
        expires_at,
        refresh_token: Some(refresh_token),
    } = kept
    else {
        return Err(needed(profile, login));
    };
    tell(progress, "refreshing");
    let provider = discovered(deps, profile, login, client).await?;
    let _section = deps.unbroken.begin();
    let now = deps.clock.now();
    let granted = match provider.refresh(&refresh_token, now).await {
        Ok(granted) => granted,
        Err(problem) if problem.aws_code() == Some("invalid_grant") => {
            // The refusal is what the person needs to read, also where forgetting fails.
            let _forgotten = deps.vault.keep_login(profile, login, None).await;
            return Err(ended(profile, login, problem));
        }
        Err(problem) => return Err(problem),
    };
    let ProviderGrant { refresh, id_token } = granted;
    let refresh_token = refresh.unwrap_or(refresh_token);
    // The one before stands for what is known of the sign-in where there is no new one.
    let (token, expires_at, problem) = match id_token {
        // OpenID Connect Core 1.0, section 12.2.
        Ok(new) if subject(deps, &new) != subject(deps, &token) => {
            (token, expires_at, Some(another_person(login)))
        }
        Ok(new) => {
            let expires_at = expiry(deps, &new);
            (new, expires_at, None)
        }
        Err(problem) => (token, expires_at, Some(problem)),
    };
    let renewed = KeptLogin {
        token,
        expires_at,
        refresh_token: Some(refresh_token),
    };
    let stored = deps.vault.keep_login(profile, login, Some(&renewed)).await;
    match problem {
        Some(problem) => Err(problem),
        None => Ok(Got {
            token: renewed.token,
            stored,
        }),
    }
}
