//! A person's way through the browser and back: shared by managed login and every other provider.
//!
//! Deliberately absent: what the code is worth (see [`Errand`]).

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use async_trait::async_trait;

use super::refusals::{foreign_paste, useless_paste};
use super::watch::BrowserWatch;
use crate::crypto::browser_answer::BrowserAnswer;
use crate::domain::{CallbackUrl, FlowStep, Problem, Secret, StepState};
use crate::ops::ports::{Callback, Deps, Progress, Returned};

const DONE: &str = "You can close this tab and go back to Poolkey.";
const GO_BACK: &str = "Go back to Poolkey: it says what to do next.";
const NOT_THIS_ONE: &str = "This page does not belong to the sign-in that Poolkey waits for. Go back to the page that Poolkey opened.";

/// What the browser is sent for.
#[async_trait]
pub(in crate::ops) trait Errand: Send + Sync {
    /// What the code brings.
    type Got: Send;
    /// Where the person signs in.
    fn url(&self) -> &str;
    /// Sent along, and compared with what comes back.
    fn state(&self) -> &str;
    /// Compared with what comes back, where who answers says who it is.
    fn issuer(&self) -> Option<&str> {
        None
    }
    /// In words, an error that came back instead of a code.
    fn refused(&self, error: &str, description: &str) -> Problem;
    /// Makes the code into what it is worth.
    async fn redeem(&self, code: &Secret, redirect_uri: &str) -> Result<Self::Got, Problem>;
}

/// Listens, opens the browser, waits for it to come back, and redeems the code that it brings.
///
/// Dropping the future stops listening.
pub(in crate::ops) async fn visit<E: Errand>(
    deps: &Deps,
    urls: &[CallbackUrl],
    watch: &dyn BrowserWatch,
    progress: &dyn Progress,
    errand: impl FnOnce(&CallbackUrl) -> Result<E, Problem> + Send,
) -> Result<E::Got, Problem> {
    tell(progress, "waiting for the browser");
    let logins = &deps.managed_login;
    let mut callback = logins.listen(urls, watch.patience()).await?;
    let waited = async {
        let errand = errand(callback.url())?;
        watch.opened(errand.url());
        if watch.opens()
            && let Err(problem) = logins.open(errand.url()).await
        {
            watch.not_opened(&problem);
        }
        let visit = Visit {
            errand: &errand,
            redirect_uri: callback.url().as_str().to_owned(),
            progress,
        };
        visit.wait(callback.as_mut(), watch).await
    };
    let got = waited.await;
    // A page that says why it failed has to reach the browser, too.
    callback.close().await;
    got
}

/// Says what the sign-in is about now.
pub(in crate::ops) fn tell(progress: &dyn Progress, doing: &str) {
    let state = StepState::Running(doing.to_owned());
    progress.step(FlowStep::SignIn, state);
}

/// One errand that waits for its answer.
struct Visit<'a, E> {
    errand: &'a E,
    redirect_uri: String,
    progress: &'a dyn Progress,
}

/// What came first.
enum Came {
    Back(Result<Returned, Problem>),
    Pasted(Secret),
}

impl<E: Errand> Visit<'_, E> {
    async fn wait(
        &self,
        callback: &mut dyn Callback,
        watch: &dyn BrowserWatch,
    ) -> Result<E::Got, Problem> {
        loop {
            let ended = match next(callback, watch).await {
                Came::Back(returned) => self.returned(returned?).await,
                Came::Pasted(text) => self.pasted(&text, watch).await,
            };
            if let Some(got) = ended {
                return got;
            }
        }
    }

    /// What a browser brought; `None` goes on waiting.
    async fn returned(&self, returned: Returned) -> Option<Result<E::Got, Problem>> {
        let Returned { query, page } = returned;
        let got = match BrowserAnswer::of_query(&query, self.errand.state(), self.errand.issuer()) {
            BrowserAnswer::Code(code) => self.errand.redeem(&code, &self.redirect_uri).await,
            BrowserAnswer::Refused { error, description } => {
                Err(self.errand.refused(&error, &description))
            }
            BrowserAnswer::Stranger | BrowserAnswer::Nothing => {
                page(false, NOT_THIS_ONE);
                return None;
            }
        };
        match &got {
            Ok(_) => page(true, DONE),
            Err(problem) => page(false, &format!("{}. {GO_BACK}", problem.sentence)),
        }
        Some(got)
    }

    /// What a person pasted; `None` goes on waiting.
    async fn pasted(
        &self,
        text: &Secret,
        watch: &dyn BrowserWatch,
    ) -> Option<Result<E::Got, Problem>> {
        let problem = match BrowserAnswer::of_paste(text, self.errand.state(), self.errand.issuer())
        {
            BrowserAnswer::Code(code) => {
                match self.errand.redeem(&code, &self.redirect_uri).await {
                    // Half of the code, or yesterday's: the right one is still good.
                    Err(problem) if problem.aws_code() == Some("invalid_grant") => problem,
                    ended => return Some(ended),
                }
            }
            BrowserAnswer::Refused { error, description } => {
                return Some(Err(self.errand.refused(&error, &description)));
            }
            BrowserAnswer::Stranger => foreign_paste(),
            BrowserAnswer::Nothing => useless_paste(),
        };
        tell(self.progress, "waiting for the browser");
        watch.paste_refused(&problem);
        None
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
