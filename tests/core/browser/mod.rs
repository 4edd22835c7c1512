//! Signing in with managed login: the sandbox's pages, a scripted browser, and the real listener.
//!
//! The person in front of it is a thread of its own, because a browser waits for its last page.

mod happy;
mod listening;
mod meddler;
mod paste;
mod refused;
mod tokens;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use jiff::SignedDuration;
use poolkey::domain::sign_in::Finished;
use poolkey::domain::{FlowStep, Problem, Secret, StepState};
use poolkey::ops::Progress;
use poolkey::ops::browser::{self, BrowserWatch, Pastes};
use poolkey::ops::session::{self, Obtained};
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::support::{Bench, Quiet, bench_with};
use crate::web::{Page, Visitor, callback_urls};

/// A bench whose clients have callback addresses of their own.
async fn managed() -> Bench {
    skewed(SignedDuration::ZERO).await
}

async fn skewed(off: SignedDuration) -> Bench {
    let mut bench = bench_with("ana", off).await;
    bench.profile.username = None;
    register(&mut bench, &callback_urls("localhost"));
    bench
}

/// Registers callback addresses, and has the profile use them.
fn register(bench: &mut Bench, urls: &[String]) {
    let all: Vec<&str> = urls.iter().map(String::as_str).collect();
    for client in ["public", "confidential"] {
        assert!(bench.sandbox.set_callback_urls(client, &all));
    }
    let login = bench.profile.managed_login.as_mut().unwrap();
    login.callback_urls = urls.iter().map(|url| url.parse().unwrap()).collect();
}

/// What a sign-in tells whoever waits.
#[derive(Debug)]
enum Told {
    Opened(String),
    PasteRefused(Problem),
}

/// Waits with Poolkey, and writes down what is told.
struct Watch {
    told: Sender<Told>,
    pastes: Pastes,
    patience: Duration,
}

#[async_trait]
impl BrowserWatch for Watch {
    fn patience(&self) -> Duration {
        self.patience
    }

    fn opened(&self, url: &str) {
        self.told.try_send(Told::Opened(url.to_owned())).unwrap();
    }

    fn opens(&self) -> bool {
        false
    }

    fn not_opened(&self, problem: &Problem) {
        panic!("{problem}");
    }

    async fn pasted(&self) -> Secret {
        self.pastes.next().await
    }

    fn paste_refused(&self, problem: &Problem) {
        let told = Told::PasteRefused(problem.clone());
        self.told.try_send(told).unwrap();
    }
}

/// The details of the steps that were done.
#[derive(Default)]
struct Steps(Mutex<Vec<String>>);

impl Progress for Steps {
    fn step(&self, _step: FlowStep, state: StepState) {
        if let StepState::Done { detail, .. } = state {
            self.0.lock().unwrap().push(detail);
        }
    }
}

/// A sign-in under way.
struct Attempt {
    url: String,
    watch: Arc<Watch>,
    steps: Arc<Steps>,
    told: Receiver<Told>,
    running: Running,
}

impl Attempt {
    /// As far as the browser is needed.
    async fn begin(bench: &Bench) -> Self {
        let (mut running, watch, steps, mut told) = start(bench, Duration::from_mins(1));
        let Told::Opened(url) = next(&mut told, &mut running).await else {
            panic!("something was pasted before")
        };
        Self {
            url,
            watch,
            steps,
            told,
            running,
        }
    }

    /// Lets somebody do something in a browser.
    async fn visit<T: Send + 'static>(
        &self,
        visit: impl FnOnce(&mut Visitor, &str) -> T + Send + 'static,
    ) -> T {
        visit_as(Visitor::default(), &self.url, visit).await
    }

    /// Where a browser on another machine ends.
    async fn ends_elsewhere(&self) -> String {
        let page = visit_as(Visitor::elsewhere(), &self.url, ana).await;
        assert!(page.url.starts_with("http://localhost:"), "{page:?}");
        page.url
    }

    fn paste(&self, text: &str) {
        self.watch.pastes.put(Secret::new(text.to_owned()));
    }

    async fn paste_refused(&mut self) -> Problem {
        match next(&mut self.told, &mut self.running).await {
            Told::PasteRefused(problem) => problem,
            Told::Opened(url) => panic!("opened again: {url}"),
        }
    }

    async fn end(self) -> Result<Finished, Problem> {
        self.running.await.unwrap()
    }

    async fn fails(self) -> Problem {
        self.end().await.unwrap_err()
    }
}

/// What is told next. A sign-in that ended tells nothing any more.
async fn next(told: &mut Receiver<Told>, running: &mut Running) -> Told {
    tokio::select! {
        biased;
        told = told.recv() => told.unwrap(),
        ended = running => panic!("it ended: {ended:?}"),
    }
}

type Running = JoinHandle<Result<Finished, Problem>>;
type Started = (Running, Arc<Watch>, Arc<Steps>, Receiver<Told>);

fn start(bench: &Bench, patience: Duration) -> Started {
    let (sender, told) = mpsc::channel(16);
    let watch = Arc::new(Watch {
        told: sender,
        pastes: Pastes::default(),
        patience,
    });
    let steps = Arc::new(Steps::default());
    let (deps, profile) = (bench.deps.clone(), bench.profile.clone());
    let (watching, told_steps) = (watch.clone(), steps.clone());
    let running =
        tokio::spawn(
            async move { browser::sign_in(&deps, &profile, &*watching, &*told_steps).await },
        );
    (running, watch, steps, told)
}

async fn visit_as<T: Send + 'static>(
    mut visitor: Visitor,
    url: &str,
    visit: impl FnOnce(&mut Visitor, &str) -> T + Send + 'static,
) -> T {
    let url = url.to_owned();
    spawn_blocking(move || visit(&mut visitor, &url))
        .await
        .unwrap()
}

/// Signs `ana` in on the pool's own page.
fn ana(visitor: &mut Visitor, url: &str) -> Page {
    let page = visitor.open(url).shows(200, "id=\"sign-in\"");
    visitor.submit(
        &page,
        &[("username", "ana"), ("password", "Demo-Sunrise-42!")],
    )
}

/// The exchange after it.
async fn exchanged(bench: &Bench, finished: Finished) -> Obtained {
    session::finish_sign_in(&bench.deps, &bench.profile, finished, &[], &Quiet)
        .await
        .unwrap()
}
