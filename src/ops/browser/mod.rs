//! Signing in with managed login in the system's browser: authorization code with PKCE.
//!
//! The browser comes back to a loopback address; where it runs on another machine, the person
//! pastes the address it ended at. Requests that do not carry this sign-in's state are answered
//! and otherwise ignored. Deliberately absent: an embedded browser, and the exchange of the tokens
//! (see `session`).

mod refusals;
mod request;
mod visit;
mod watch;

use async_trait::async_trait;

use self::refusals::refused;
pub(in crate::ops) use self::request::authorization_url;
pub use self::request::sign_out_url;
use self::request::{Request, managed_login};
pub(in crate::ops) use self::visit::{Errand, tell, visit};
pub use self::watch::{BrowserWatch, Pastes};
use super::ports::{AppClient, CodeGrant, Deps, Granted, Progress};
use crate::domain::sign_in::{DeviceChange, Finished};
use crate::domain::{FlowStep, ManagedLogin, Problem, Profile, Secret, StepState, Tokens};

/// Opens the browser, waits for it to come back, and redeems the code that it brings.
///
/// Dropping the future stops listening.
///
/// # Errors
/// What managed login or the user pool refuses; nobody coming back in time; no free port.
pub async fn sign_in(
    deps: &Deps,
    profile: &Profile,
    watch: &dyn BrowserWatch,
    progress: &dyn Progress,
) -> Result<Finished, Problem> {
    let login = managed_login(profile)?;
    // Asked first: without it the browser would be opened for nothing.
    let client = deps.app_client(profile).await?;
    let attempt = |callback: &_| {
        Ok(Attempt {
            deps,
            profile,
            client: &client,
            login,
            request: Request::new(profile, login, callback)?,
            progress,
        })
    };
    let tokens = visit(deps, &login.callback_urls, watch, progress, attempt).await?;
    Ok(Finished {
        tokens,
        device: DeviceChange::Unchanged,
        device_key: None,
    })
}

/// One request that waits for its answer.
struct Attempt<'a> {
    deps: &'a Deps,
    profile: &'a Profile,
    client: &'a AppClient,
    login: &'a ManagedLogin,
    request: Request,
    progress: &'a dyn Progress,
}

#[async_trait]
impl Errand for Attempt<'_> {
    type Got = Tokens;

    fn url(&self) -> &str {
        &self.request.url
    }

    fn state(&self) -> &str {
        &self.request.state
    }

    fn refused(&self, error: &str, description: &str) -> Problem {
        refused(self.profile, error, description)
    }

    async fn redeem(&self, code: &Secret, redirect_uri: &str) -> Result<Tokens, Problem> {
        let deps = self.deps;
        tell(self.progress, "asking the user pool");
        let started = deps.stopwatch();
        let grant = CodeGrant {
            code,
            verifier: &self.request.pkce.verifier,
            redirect_uri,
        };
        let logins = &deps.managed_login;
        let granted = logins.redeem(self.client, self.login, grant).await;
        let granted = granted.map_err(|problem| problem.about(self.profile))?;
        let tokens = self.checked(granted).await?;
        let detail = match &self.login.identity_provider {
            Some(provider) => format!("Browser ({provider})"),
            None => "Browser".to_owned(),
        };
        // Not the time the person took.
        let took = Some(deps.since(started));
        let state = StepState::Done { detail, took };
        self.progress.step(FlowStep::SignIn, state);
        Ok(tokens)
    }
}

impl Attempt<'_> {
    /// Tokens that are what was asked for. Of others nothing may live on: the code is spent, and
    /// nobody else has the refresh token.
    async fn checked(&self, granted: Granted) -> Result<Tokens, Problem> {
        let Granted { refresh, tokens } = granted;
        let checked = async {
            let tokens = tokens?;
            let (nonce, now) = (&self.request.nonce, self.deps.clock.now());
            let logins = &self.deps.managed_login;
            let checking = logins.check_id_token(self.client, &tokens.id, nonce, now);
            checking.await.map(|()| tokens)
        };
        match checked.await {
            Ok(tokens) => Ok(Tokens { refresh, ..tokens }),
            Err(problem) => {
                if let Some(refresh) = &refresh {
                    // Why there is no sign-in is what the person needs to read.
                    let _ended = self.deps.user_pool.revoke(self.client, refresh).await;
                }
                Err(problem)
            }
        }
    }
}
