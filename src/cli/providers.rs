//! `sign-in` at other providers: tokens from standard input or typed unseen, and the browser.
//!
//! Deliberately absent: a token among the arguments, which every user of the machine can read.

use super::browser::Browser;
use super::prompt::{self, Lines};
use crate::domain::{
    LoginProvider, OidcClient, Problem, ProblemKind, Profile, ProviderLogin, Secret, TokenSource,
};
use crate::ops::logins::{self, Brought};
use crate::ops::{Deps, Progress};

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
    /// What was given, looked at.
    ///
    /// # Errors
    /// As [`logins::typed`].
    pub fn check(&self, given: Vec<(LoginProvider, Secret)>) -> Result<Vec<Brought>, Problem> {
        let given = given.into_iter();
        let typed = |(provider, token)| logins::typed(self.deps, self.profile, &provider, token);
        given.map(typed).collect()
    }

    /// True where this is why the exchange did not begin.
    pub async fn are_missing(&self, problem: &Problem) -> bool {
        let missing = logins::missing(self.deps, self.profile).await;
        problem.kind == ProblemKind::SignInNeeded
            && problem.aws.is_none()
            && missing.is_ok_and(|missing| !missing.is_empty())
    }

    /// Asks for what a person has to bring beside what was given, and answers all of it.
    ///
    /// # Errors
    /// [`ProblemKind::SignInNeeded`] where nobody can be asked; what a provider refuses.
    pub async fn bring(&self, mut brought: Vec<Brought>) -> Result<Vec<Brought>, Problem> {
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
            let is_given = brought.iter().any(|given| given.provider() == provider);
            if is_given || (!may_ask && !missing.contains(provider)) {
                continue;
            }
            if !may_ask {
                return Err(self.needed(login));
            }
            brought.push(self.ask(login).await?);
        }
        Ok(brought)
    }

    async fn ask(&self, login: &ProviderLogin) -> Result<Brought, Problem> {
        let (deps, profile, provider) = (self.deps, self.profile, &login.provider);
        if let TokenSource::Browser(client) = &login.token {
            self.ask_secret(login, client).await?;
            let (browser, progress) = (self.browser, self.progress);
            return logins::browse(deps, profile, provider, browser, progress).await;
        }
        let question = format!("{} of {}", provider.token_kind(), provider.label());
        let token = prompt::secret(&question).await?;
        logins::typed(deps, profile, provider, token)
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
