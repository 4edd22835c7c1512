//! Signing in with managed login in the system's browser: authorization code with PKCE.
//!
//! The browser comes back to a loopback address; where it runs on another machine, the person
//! pastes the address it ended at. Requests that do not carry this sign-in's state are answered
//! and otherwise ignored. Deliberately absent: an embedded browser, and the exchange of the tokens
//! (see `session`).

mod refusals;
mod request;
mod watch;

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use self::refusals::{foreign_paste, refused, useless_paste};
pub(in crate::ops) use self::request::authorization_url;
pub use self::request::sign_out_url;
use self::request::{Request, managed_login};
pub use self::watch::{BrowserWatch, Pastes};
use super::ports::{AppClient, Callback, CodeGrant, Deps, Granted, Progress, Returned};
use crate::crypto::browser_answer::BrowserAnswer;
use crate::domain::sign_in::{DeviceChange, Finished};
use crate::domain::{FlowStep, ManagedLogin, Problem, Profile, Secret, StepState, Tokens};

const DONE: &str = "You can close this tab and go back to Poolkey.";
const GO_BACK: &str = "Go back to Poolkey: it says what to do next.";
const NOT_THIS_ONE: &str = "This page does not belong to the sign-in that Poolkey waits for. Go back to the page that Poolkey opened.";

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
    tell(progress, "waiting for the browser");
    let mut callback = deps
        .managed_login
        .listen(&login.callback_urls, watch.patience())
        .await?;
    let waited = async {
        let request = Request::new(profile, login, callback.url())?;
        watch.opened(&request.url);
        if watch.opens()
            && let Err(problem) = deps.managed_login.open(&request.url).await
        {
            watch.not_opened(&problem);
        }
        let attempt = Attempt {
            deps,
            client: &client,
            login,
            request: &request,
            progress,
        };
        attempt.wait(callback.as_mut(), watch).await
    };
    let tokens = waited.await;
    // A page that says why it failed has to reach the browser, too.
    callback.close().await;
    Ok(Finished {
        tokens: tokens?,
        device: DeviceChange::Unchanged,
        device_key: None,
    })
}

fn tell(progress: &dyn Progress, doing: &str) {
    let state = StepState::Running(doing.to_owned());
    progress.step(FlowStep::SignIn, state);
}

/// One request that waits for its answer.
struct Attempt<'a> {
    deps: &'a Deps,
    client: &'a AppClient,
    login: &'a ManagedLogin,
    request: &'a Request,
    progress: &'a dyn Progress,
}

/// What came first.
enum Came {
    Back(Result<Returned, Problem>),
    Pasted(Secret),
}

impl Attempt<'_> {
    async fn wait(
        &self,
        callback: &mut dyn Callback,
        watch: &dyn BrowserWatch,
    ) -> Result<Tokens, Problem> {
        let redirect_uri = callback.url().as_str().to_owned();
        loop {
            let ended = match next(callback, watch).await {
                Came::Back(returned) => self.returned(returned?, &redirect_uri).await,
                Came::Pasted(text) => self.pasted(&text, &redirect_uri, watch).await,
            };
            if let Some(tokens) = ended {
                return tokens;
            }
        }
    }

    /// What a browser brought; `None` goes on waiting.
    async fn returned(
        &self,
        returned: Returned,
        redirect_uri: &str,
    ) -> Option<Result<Tokens, Problem>> {
        let Returned { query, page } = returned;
        let tokens = match BrowserAnswer::of_query(&query, &self.request.state) {
            BrowserAnswer::Code(code) => self.redeem(&code, redirect_uri).await,
            BrowserAnswer::Refused { error, description } => Err(refused(&error, &description)),
            BrowserAnswer::Stranger | BrowserAnswer::Nothing => {
                page(false, NOT_THIS_ONE);
                return None;
            }
        };
        match &tokens {
            Ok(_) => page(true, DONE),
            Err(problem) => page(false, &format!("{}. {GO_BACK}", problem.sentence)),
        }
        Some(tokens)
    }

    /// What a person pasted; `None` goes on waiting.
    async fn pasted(
        &self,
        text: &Secret,
        redirect_uri: &str,
        watch: &dyn BrowserWatch,
    ) -> Option<Result<Tokens, Problem>> {
        let problem = match BrowserAnswer::of_paste(text, &self.request.state) {
            BrowserAnswer::Code(code) => match self.redeem(&code, redirect_uri).await {
                // Half of the code, or yesterday's: the right one is still good.
                Err(problem) if problem.aws_code() == Some("invalid_grant") => problem,
                ended => return Some(ended),
            },
            BrowserAnswer::Refused { error, description } => {
                return Some(Err(refused(&error, &description)));
            }
            BrowserAnswer::Stranger => foreign_paste(),
            BrowserAnswer::Nothing => useless_paste(),
        };
        tell(self.progress, "waiting for the browser");
        watch.paste_refused(&problem);
        None
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
        let granted = logins.redeem(self.client, self.login, grant).await?;
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

/// The callback, or what is pasted meanwhile. Both can be dropped and waited for again.
async fn next(callback: &mut dyn Callback, watch: &dyn BrowserWatch) -> Came {
    let mut back = pin!(callback.next());
    let mut pasted = pin!(watch.pasted());
    poll_fn(|context| {
        if let Poll::Ready(returned) = back.as_mut().poll(context) {
            return Poll::Ready(Came::Back(returned));
        }
        pasted.as_mut().poll(context).map(Came::Pasted)
    })
    .await
}
