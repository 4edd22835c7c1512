//! `sign-in` at other providers: tokens from standard input or typed unseen, and the browser.
//!
//! Deliberately absent: a token among the arguments, which every user of the machine can read.

use super::browser::Browser;
use super::prompt::{self, Lines};
use crate::domain::{
    LoginProvider, OidcClient, Problem, ProblemKind, Profile, ProviderLogin, Secret, TokenSource,
};
use crate::ops::{Deps, Progress, logins};

/// The lines of standard input that the options announced.
///
/// # Errors
/// When one is missing.
pub async fn read(announced: Vec<LoginProvider>) -> Result<Vec<(LoginProvider, Secret)>, Problem> {
    let mut lines = Lines::read(announced.len()).await?;
    let line = |provider: LoginProvider| {
        let token = lines.take(&format!("token of {}", provider.label()))?;
        Ok((provider, token))
    };
    announced.into_iter().map(line).collect()
}

/// A terminal whose person brings tokens of other providers.
pub struct Providers<'a> {
    /// With these.
    pub deps: &'a Deps,
    /// For this.
    pub profile: &'a Profile,
    /// For providers with pages of their own.
    pub browser: &'a Browser<'a>,
    /// True when somebody sits at the terminal.
    pub may_ask: bool,
    /// Told of the steps.
    pub progress: &'a dyn Progress,
}

impl Providers<'_> {
    /// Keeps what was given; says of which providers.
    ///
    /// # Errors
    /// As [`logins::keep_typed`].
    pub async fn keep(
        &self,
        given: Vec<(LoginProvider, Secret)>,
    ) -> Result<Vec<LoginProvider>, Problem> {
        let mut kept = Vec::with_capacity(given.len());
        for (provider, token) in given {
            logins::keep_typed(self.deps, self.profile, &provider, token).await?;
            kept.push(provider);
        }
        Ok(kept)
    }

    /// True where this is why the exchange did not begin.
    pub async fn are_missing(&self, problem: &Problem) -> bool {
        let missing = logins::missing(self.deps, self.profile).await;
        problem.kind == ProblemKind::SignInNeeded
            && problem.aws.is_none()
            && missing.is_ok_and(|missing| !missing.is_empty())
    }

    /// Asks for what a person has to bring, but for what was given.
    ///
    /// # Errors
    /// [`ProblemKind::SignInNeeded`] where nobody can be asked; what a provider refuses.
    pub async fn bring(&self, given: &[LoginProvider]) -> Result<(), Problem> {
        let missing = logins::missing(self.deps, self.profile).await?;
        let to_bring = logins::to_bring(self.deps, self.profile).await?;
        let is_browser = |login: &&ProviderLogin| matches!(login.token, TokenSource::Browser(_));
        let mut all: Vec<&ProviderLogin> = self.profile.brought().collect();
        all.retain(|login| to_bring.contains(&login.provider));
        // The browser's sign-in reads what is pasted from then on.
        all.sort_by_key(is_browser);
        for login in all {
            let provider = &login.provider;
            let may_ask = if is_browser(&login) {
                self.browser.is_allowed()
            } else {
                self.may_ask
            };
            if given.contains(provider) || (!may_ask && !missing.contains(provider)) {
                continue;
            }
            if !may_ask {
                return Err(self.needed(login));
            }
            self.ask(login).await?;
        }
        Ok(())
    }

    async fn ask(&self, login: &ProviderLogin) -> Result<(), Problem> {
        let (deps, profile, provider) = (self.deps, self.profile, &login.provider);
        if let TokenSource::Browser(client) = &login.token {
            self.ask_secret(login, client).await?;
            let (browser, progress) = (self.browser, self.progress);
            return logins::browser_sign_in(deps, profile, provider, browser, progress).await;
        }
        let question = format!("{} of {}", provider.token_kind(), provider.label());
        let token = prompt::secret(&question).await?;
        logins::keep_typed(deps, profile, provider, token).await
    }

    /// The secret of our client there, where the profile says that it has one and it is not kept.
    async fn ask_secret(&self, login: &ProviderLogin, client: &OidcClient) -> Result<(), Problem> {
        let (deps, profile) = (self.deps, self.profile);
        let is_kept = deps.vault.login_secret(profile, login).await?.is_some();
        if !client.has_client_secret || is_kept || !self.may_ask {
            return Ok(());
        }
        let question = format!("Secret of the client at {}", login.provider.label());
        let secret = prompt::secret(&question).await?;
        logins::keep_secret(deps, profile, &login.provider, &secret).await
    }

    fn needed(&self, login: &ProviderLogin) -> Problem {
        let problem = logins::needed(self.profile, login);
        if matches!(login.token, TokenSource::Browser(_)) {
            return problem;
        }
        let (name, provider) = (&self.profile.name, &login.provider);
        problem.hint(format!(
            "Give it on standard input: poolkey sign-in {name} --token {provider}=-"
        ))
    }
}
