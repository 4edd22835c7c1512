//! Looks at everything between a person and AWS credentials, and says what is wrong and what to do.
//!
//! | file | looks at |
//! |---|---|
//! | `local` | what the profile says, what it leans on, the AWS files |
//! | `machine` | the secret store, the clock |
//! | `line` | the way to AWS; what an answer, or none, says |
//! | `user_pool`, `managed_login` | the pool, the app client, the sign-in method, the login pages |
//! | `identity_pool` | the identity pool, before anybody signed in |
//! | `renewal` | all of it, by a real renewal, where one needs nobody |
//!
//! Everything else is tried with a user and a token that cannot exist: nothing is created at AWS, no
//! code is sent, and no counter of a real user moves. Checks that do not depend on each other run at
//! once, each within limits. Deliberately absent: mending anything.

mod identity_pool;
mod line;
mod local;
mod machine;
mod managed_login;
mod renewal;
mod user_pool;

use std::collections::HashMap;

use futures_util::future::{join, join_all, join3};

use self::line::Line;
use super::ports::Deps;
use crate::domain::{Check, CheckId, Outcome, Profile, ProfileName, Secret};

/// Profiles that are looked at together: more would make AWS ask to slow down.
const AT_ONCE: usize = 4;

/// Told about each check as it ends.
pub trait Report: Send + Sync {
    /// This is how it stands. A later one of the same name takes its place.
    fn checked(&self, check: &Check);
}

/// A profile that is looked at; it need not be saved.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its configuration.
    pub profile: &'a Profile,
    /// A client secret that was typed, to be tried in place of the stored one.
    pub client_secret: Option<&'a Secret>,
}

impl<'a> Subject<'a> {
    /// A saved profile.
    #[must_use]
    pub const fn of(profile: &'a Profile) -> Self {
        Self {
            profile,
            client_secret: None,
        }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// About this machine, whatever the profile.
    pub machine: Vec<Check>,
    /// About each profile, in the order given.
    pub profiles: Vec<Vec<Check>>,
}

/// Looks at one profile and this machine.
pub async fn check(deps: &Deps, subject: Subject<'_>, report: &dyn Report) -> Vec<Check> {
    let Findings { machine, profiles } = check_all(deps, &[subject], report).await;
    settled(machine.into_iter().chain(profiles.into_iter().flatten()))
}

/// Looks at profiles, and once at this machine.
pub async fn check_all(deps: &Deps, subjects: &[Subject<'_>], report: &dyn Report) -> Findings {
    let firsts = first_of_each_sign_in(subjects);
    let every = async {
        let mut all = Vec::with_capacity(subjects.len());
        for some in subjects.chunks(AT_ONCE) {
            all.extend(
                join_all(
                    some.iter()
                        .map(|subject| of_profile(deps, *subject, report, &firsts)),
                )
                .await,
            );
        }
        all
    };
    let store = async {
        let check = machine::secret_store(deps).await;
        report.checked(&check);
        check
    };
    let (store, every) = join(store, every).await;
    let (profiles, answered): (Vec<_>, Vec<_>) = every.into_iter().unzip();
    let clock = machine::clock(deps, answered.contains(&true));
    report.checked(&clock);
    Findings {
        machine: vec![store, clock],
        profiles,
    }
}

/// Profiles that share a sign-in would wait for one another, and each spend a refresh token: the first
/// tries it for all.
fn first_of_each_sign_in(subjects: &[Subject<'_>]) -> HashMap<ProfileName, ProfileName> {
    let mut firsts = HashMap::new();
    for Subject { profile, .. } in subjects {
        let first = firsts.entry(profile.sign_in_name().clone());
        first.or_insert_with(|| profile.name.clone());
    }
    firsts
}

/// What is found of a profile, and whether any service answered.
async fn of_profile(
    deps: &Deps,
    subject: Subject<'_>,
    report: &dyn Report,
    firsts: &HashMap<ProfileName, ProfileName>,
) -> (Vec<Check>, bool) {
    let first = firsts.get(subject.profile.sign_in_name());
    let tried_by = first.filter(|first| **first != subject.profile.name);
    let line = Line::new(deps, subject.profile).await;
    let tell = |checks: Vec<Check>| {
        for check in &checks {
            report.checked(check);
        }
        checks
    };
    let local = async { tell(local::checks(deps, subject.profile).await) };
    let signing_in = async {
        let (pool, pages) = join(
            user_pool::checks(deps, subject, &line),
            managed_login::check(deps, subject.profile, &line),
        )
        .await;
        tell(
            without_consequences(vec![pages], &pool)
                .into_iter()
                .chain(pool)
                .collect(),
        )
    };
    let exchange = async {
        let renewed = renewal::checks(deps, subject, &line, tried_by).await;
        if renewed
            .iter()
            .any(|check| check.id == CheckId::IdentityPool)
        {
            return renewed;
        }
        let unsigned = identity_pool::checks(deps, subject.profile, &line).await;
        unsigned.into_iter().chain(renewed).collect()
    };
    let (local, signing_in, exchange) = join3(local, signing_in, exchange).await;
    let causes: Vec<Check> = local.iter().chain(&signing_in).cloned().collect();
    let exchange = tell(without_consequences(exchange, &causes));
    let network = tell(without_consequences(vec![line.network()], &causes));
    let all = [local, network, signing_in, exchange];
    (settled(all.into_iter().flatten()), line.has_answered())
}

/// One cause, one failure: an identity pool takes no token of a pool that is not there, managed login
/// opens for no client that is not there, and what does not go together cannot be sent or read.
const CONSEQUENCES: [(CheckId, CheckId); 7] = [
    (CheckId::UserPool, CheckId::ProviderLinked),
    (CheckId::AppClient, CheckId::ProviderLinked),
    (CheckId::AppClient, CheckId::ManagedLogin),
    (CheckId::Configuration, CheckId::Network),
    (CheckId::Configuration, CheckId::SignIn),
    (CheckId::SharedSignIn, CheckId::SignIn),
    (CheckId::TokenSources, CheckId::SignIn),
];

fn without_consequences(mut checks: Vec<Check>, causes: &[Check]) -> Vec<Check> {
    let has_failed = |id| {
        causes
            .iter()
            .any(|check| check.id == id && check.has_failed())
    };
    for check in checks.iter_mut().filter(|check| check.has_failed()) {
        let mut causes = CONSEQUENCES.into_iter();
        let cause = causes.find(|(cause, follows)| *follows == check.id && has_failed(*cause));
        if let Some((cause, _)) = cause {
            *check = Check::skipped(check.id, format!("See {} first", cause.title()));
        }
    }
    checks
}

/// In order, and the worst where something was looked at twice.
fn settled(checks: impl IntoIterator<Item = Check>) -> Vec<Check> {
    let mut checks: Vec<Check> = checks.into_iter().collect();
    checks.sort_by_key(|check| (check.id, check.outcome));
    checks.dedup_by_key(|check| check.id);
    checks
}

/// All checks of one profile with this machine's.
#[must_use]
pub fn together(machine: &[Check], profile: &[Check]) -> Vec<Check> {
    settled(machine.iter().chain(profile).cloned())
}

/// The first that failed.
#[must_use]
pub fn first_failure<'a>(checks: impl IntoIterator<Item = &'a Check>) -> Option<&'a Check> {
    checks
        .into_iter()
        .find(|check| check.outcome == Outcome::Failed)
}
