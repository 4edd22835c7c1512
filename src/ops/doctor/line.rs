//! The way to AWS: what came back over it, and the `network` check that follows from that.
//!
//! A service that was not reached says nothing about itself: one check fails, the network's, and
//! those that needed an answer are skipped.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::domain::{Check, CheckId, Partition, Problem, ProblemKind, Profile};
use crate::ops::ports::{Deps, Route};

/// A connection that is not there within this time is not usable either.
const LONGEST: Duration = Duration::from_secs(12);

/// Where a check is skipped because nothing came back.
const UNREACHED: &str = "No answer came: see Network";

/// What was heard over the line of one profile.
pub(super) struct Line<'a> {
    deps: &'a Deps,
    profile: &'a Profile,
    address: String,
    route: Result<Route, Problem>,
    answered: AtomicBool,
    broken: Mutex<Option<Problem>>,
}

/// Why a call brought nothing.
pub(super) enum Silence {
    /// AWS said no.
    Refused(Problem),
    /// Nobody of AWS said anything; the line remembers why.
    Unreached,
    /// Something on this machine was in the way.
    Here(Problem),
}

impl Silence {
    /// The check that follows where nothing more precise is known.
    pub(super) fn check(self, id: CheckId) -> Check {
        match self {
            Self::Refused(problem) | Self::Here(problem) => Check::failed(id, problem),
            Self::Unreached => Check::skipped(id, UNREACHED),
        }
    }
}

impl<'a> Line<'a> {
    pub(super) async fn new(deps: &'a Deps, profile: &'a Profile) -> Self {
        let address = address(profile);
        Self {
            route: deps.probes.route(&address).await,
            deps,
            profile,
            address,
            answered: AtomicBool::new(false),
            broken: Mutex::new(None),
        }
    }

    /// Waits for one call, within limits, and notes what it says about the line.
    pub(super) async fn call<T>(
        &self,
        call: impl Future<Output = Result<T, Problem>>,
    ) -> Result<T, Silence> {
        // A request that cannot even be made is never heard of either.
        let is_of_the_line = |kind| matches!(kind, ProblemKind::Network | ProblemKind::Unexpected);
        self.listen(self.bounded(call), is_of_the_line).await
    }

    /// The same for work of which a call is only a part. Commands, locks and calls have limits of
    /// their own there, and say themselves what was too slow.
    pub(super) async fn work<T>(
        &self,
        work: impl Future<Output = Result<T, Problem>>,
    ) -> Result<T, Silence> {
        self.listen(work, |kind| kind == ProblemKind::Network).await
    }

    async fn listen<T>(
        &self,
        work: impl Future<Output = Result<T, Problem>>,
        is_of_the_line: impl Fn(ProblemKind) -> bool,
    ) -> Result<T, Silence> {
        if self.route.is_err() {
            return Err(Silence::Unreached);
        }
        match work.await {
            Ok(value) => {
                self.answered.store(true, Ordering::Relaxed);
                Ok(value)
            }
            Err(problem) if problem.aws.is_some() => {
                self.answered.store(true, Ordering::Relaxed);
                Err(Silence::Refused(problem.about(self.profile)))
            }
            Err(problem) if is_of_the_line(problem.kind) => {
                let mut broken = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
                broken.get_or_insert(problem);
                Err(Silence::Unreached)
            }
            Err(problem) => Err(Silence::Here(problem)),
        }
    }

    /// The same for a host that is not one of the services': that it is dead says nothing about the
    /// line.
    pub(super) async fn visit<T>(
        &self,
        call: impl Future<Output = Result<T, Problem>>,
    ) -> Result<T, Silence> {
        if self.route.is_err() {
            return Err(Silence::Unreached);
        }
        self.bounded(call).await.map_err(Silence::Here)
    }

    async fn bounded<T>(
        &self,
        call: impl Future<Output = Result<T, Problem>>,
    ) -> Result<T, Problem> {
        let stop = self.deps.probes.pause(LONGEST);
        let answer = self.deps.unbroken.unless(stop, call).await;
        answer.unwrap_or_else(|()| Err(too_late()))
    }

    /// True when a service of AWS answered, whatever it said.
    pub(super) fn has_answered(&self) -> bool {
        self.answered.load(Ordering::Relaxed)
    }

    /// The `network` check, when everything else was tried.
    pub(super) fn network(&self) -> Check {
        const ID: CheckId = CheckId::Network;
        let route = match &self.route {
            Ok(route) => route,
            Err(problem) => return Check::failed(ID, problem.clone()),
        };
        let broken = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(problem) = broken.clone() {
            let hinted = match &route.proxy {
                Some(proxy) => problem.hint(format!("Requests go through the proxy {proxy}.")),
                None => problem,
            };
            return Check::failed(ID, hinted);
        }
        Check::passed(ID, in_words(route, &self.address))
    }
}

fn too_late() -> Problem {
    let seconds = LONGEST.as_secs();
    Problem::new(
        ProblemKind::Network,
        format!("No answer came within {seconds} seconds"),
    )
    .hint("Check the network, the proxy (HTTPS_PROXY) and the endpoint, then try again.")
}

/// The address that matters most: the identity pool's, which every profile has.
fn address(profile: &Profile) -> String {
    profile.endpoints.url.as_ref().map_or_else(
        || {
            let region = profile.region();
            let suffix = Partition::of(&region).dns_suffix();
            format!("https://cognito-identity.{region}.{suffix}")
        },
        ToString::to_string,
    )
}

fn in_words(route: &Route, address: &str) -> String {
    let way = match &route.proxy {
        Some(proxy) => format!("{address} answers through the proxy {proxy}"),
        None => format!("{address} answers, without a proxy"),
    };
    match &route.ca_bundle {
        Some(path) => format!("{way}, with the certificates in {}", path.display()),
        None => way,
    }
}
