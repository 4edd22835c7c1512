//! Looks into an AWS account and works out the profiles that can be made of it.
//!
//! Several calls at once, but a bound of them: the service allows few of these a second and the SDK
//! waits where it says so. A call that is refused leaves the others. Dropping the future stops it;
//! nothing is changed anywhere. Deliberately absent: adding what is found (see `profiles`).

mod look;

use futures_util::future::join_all;

use self::look::Look;
use super::ports::Deps;
use crate::domain::discovery::{AwsSource, Inventory, Offers, Progress, is_denied, offers};
use crate::domain::{Problem, ProblemKind, Region};

/// Told how far it is.
pub trait Watcher: Send + Sync {
    /// So far.
    fn progress(&self, progress: Progress);
}

/// The AWS profile of that name.
///
/// # Errors
/// When there is none, or the files cannot be read.
pub async fn source(deps: &Deps, name: &str) -> Result<AwsSource, Problem> {
    let sources = deps.accounts.sources().await?;
    let names: Vec<String> = sources.iter().map(|source| source.name.clone()).collect();
    let mut sources = sources.into_iter();
    sources.find(|source| source.name == name).ok_or_else(|| {
        let sentence = format!("There is no AWS profile {name:?}");
        let problem = Problem::new(ProblemKind::Usage, sentence);
        if names.is_empty() {
            problem.hint("Add one with: aws configure --profile NAME")
        } else {
            problem.hint(format!("The AWS profiles are: {}", names.join(", ")))
        }
    })
}

/// Looks into the regions of the account.
///
/// # Errors
/// No keys; or nothing at all could be read, for another reason than missing permissions.
pub async fn discover(
    deps: &Deps,
    source: &AwsSource,
    regions: &[Region],
    watcher: &dyn Watcher,
) -> Result<Offers, Problem> {
    let known = deps.profiles.load().await?.profiles;
    let accounts = deps.accounts.open(source, regions).await?;
    let look = Look::new(watcher);
    join_all(
        accounts
            .iter()
            .map(|(region, account)| look.at_region(region, account.as_ref())),
    )
    .await;
    let inventory = look.inventory();
    if let Some(problem) = nothing_readable(&inventory) {
        return Err(problem);
    }
    Ok(offers(inventory, &source.endpoints(), &known))
}

/// Why nothing was read, where it is not for missing permissions.
fn nothing_readable(inventory: &Inventory) -> Option<Problem> {
    let is_empty = inventory.user_pools.is_empty() && inventory.identity_pools.is_empty();
    let mut missed = inventory.missed.iter().map(|missed| &missed.problem);
    let failed = missed.find(|problem| !is_denied(problem))?;
    is_empty.then(|| failed.clone())
}
