//! One look into an account: lists first, then what is in them, a few at a time.
//!
//! Deliberately absent: a wait between calls (the SDK backs off where it is told to).

use std::future::Future;
use std::sync::{Mutex, PoisonError};

use futures_util::future::join;
use futures_util::stream::{self, StreamExt as _};

use super::Watcher;
use crate::domain::discovery::{AppClientFound, Counted, Inventory, Progress, UserPoolFound};
use crate::domain::{ClientId, IdentityPoolId, Problem, ProblemKind, Region, UserPoolId};
use crate::ops::ports::{Account, Listed};

/// Calls at once in a region. The service allows 15 to 20 such calls a second.
const AT_ONCE: usize = 4;

/// Far more than an account may have: a list that never ends is no list.
const MOST_PARTS: usize = 500;

#[derive(Default)]
struct Seen {
    inventory: Inventory,
    progress: Progress,
}

/// What is seen so far.
pub(super) struct Look<'a> {
    watcher: &'a dyn Watcher,
    seen: Mutex<Seen>,
}

impl<'a> Look<'a> {
    pub(super) fn new(watcher: &'a dyn Watcher) -> Self {
        Self {
            watcher,
            seen: Mutex::default(),
        }
    }

    pub(super) fn inventory(self) -> Inventory {
        let seen = self.seen.into_inner();
        seen.unwrap_or_else(PoisonError::into_inner).inventory
    }

    pub(super) async fn at_region(&self, region: &Region, account: &dyn Account) {
        join(
            self.at_user_pools(region, account),
            self.at_identity_pools(region, account),
        )
        .await;
    }

    async fn at_user_pools(&self, region: &Region, account: &dyn Account) {
        let action = "cognito-idp:ListUserPools";
        let listing = all(|next| account.user_pools(next));
        let pools = self.listed(action, region, listing.await);
        self.count(|progress| &mut progress.user_pools, 0, pools.len());
        let each = pools.into_iter().map(|(id, name)| async move {
            let clients = self.at_user_pool(region, account, id, name).await;
            self.count(|progress| &mut progress.user_pools, 1, 0);
            clients
        });
        let clients: Vec<Vec<_>> = stream::iter(each).buffered(AT_ONCE).collect().await;
        let each = clients
            .into_iter()
            .flatten()
            .map(|(pool, id, name)| self.at_client(region, account, pool, id, name));
        let clients: Vec<AppClientFound> = stream::iter(each).buffered(AT_ONCE).collect().await;
        self.with(|seen| seen.inventory.clients.extend(clients));
    }

    /// The pool, and its app clients to be read.
    async fn at_user_pool(
        &self,
        region: &Region,
        account: &dyn Account,
        id: UserPoolId,
        name: String,
    ) -> Vec<(UserPoolId, ClientId, String)> {
        let described = account.user_pool_domain(&id).await;
        let domain = self
            .read("cognito-idp:DescribeUserPool", region, described)
            .flatten();
        let listing = all(|next| account.clients(&id, next)).await;
        let clients = self.listed("cognito-idp:ListUserPoolClients", region, listing);
        self.count(|progress| &mut progress.clients, 0, clients.len());
        let pool = id.clone();
        self.with(|seen| {
            seen.inventory
                .user_pools
                .push(UserPoolFound { id, name, domain });
        });
        let clients = clients.into_iter();
        clients
            .map(|(client, name)| (pool.clone(), client, name))
            .collect()
    }

    async fn at_client(
        &self,
        region: &Region,
        account: &dyn Account,
        user_pool_id: UserPoolId,
        id: ClientId,
        name: String,
    ) -> AppClientFound {
        let described = account.client(&user_pool_id, &id).await;
        let settings = self.read("cognito-idp:DescribeUserPoolClient", region, described);
        self.count(|progress| &mut progress.clients, 1, 0);
        AppClientFound {
            user_pool_id,
            id,
            name,
            settings,
        }
    }

    async fn at_identity_pools(&self, region: &Region, account: &dyn Account) {
        let action = "cognito-identity:ListIdentityPools";
        let listing = all(|next| account.identity_pools(next));
        let pools: Vec<(IdentityPoolId, String)> = self.listed(action, region, listing.await);
        self.count(|progress| &mut progress.identity_pools, 0, pools.len());
        let each = pools.into_iter().map(|(id, _)| async move {
            let described = account.identity_pool(&id).await;
            self.count(|progress| &mut progress.identity_pools, 1, 0);
            self.read("cognito-identity:DescribeIdentityPool", region, described)
        });
        let pools: Vec<_> = stream::iter(each).buffered(AT_ONCE).collect().await;
        self.with(|seen| {
            seen.inventory
                .identity_pools
                .extend(pools.into_iter().flatten());
        });
    }

    /// What came, although the rest of the list did not.
    fn listed<T>(
        &self,
        action: &'static str,
        region: &Region,
        (items, failed): (Vec<T>, Option<Problem>),
    ) -> Vec<T> {
        if let Some(problem) = failed {
            self.with(|seen| seen.inventory.miss(action, region, problem));
        }
        items
    }

    fn read<T>(
        &self,
        action: &'static str,
        region: &Region,
        result: Result<T, Problem>,
    ) -> Option<T> {
        let noted = |problem| self.with(|seen| seen.inventory.miss(action, region, problem));
        result.map_err(noted).ok()
    }

    fn count(&self, what: impl FnOnce(&mut Progress) -> &mut Counted, done: usize, of: usize) {
        let progress = self.with(|seen| {
            let counted = what(&mut seen.progress);
            counted.done += done;
            counted.of += of;
            seen.progress
        });
        self.watcher.progress(progress);
    }

    fn with<T>(&self, change: impl FnOnce(&mut Seen) -> T) -> T {
        change(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Every part of a list, up to the one that fails. A list that was not read to its end says so.
async fn all<T, F>(part: impl Fn(Option<String>) -> F) -> (Vec<T>, Option<Problem>)
where
    F: Future<Output = Result<Listed<T>, Problem>>,
{
    let (mut items, mut next) = (Vec::new(), None::<String>);
    for _ in 0..MOST_PARTS {
        let asked = next.clone();
        match part(next).await {
            Ok(listed) => {
                items.extend(listed.items);
                next = listed.next.filter(|next| !next.is_empty());
            }
            Err(problem) => return (items, Some(problem)),
        }
        if next.is_none() {
            return (items, None);
        }
        // The same part again, and again.
        if next == asked {
            break;
        }
    }
    let sentence = "The list has no end: only its first parts were read";
    let problem = Problem::new(ProblemKind::Unexpected, sentence);
    (items, Some(problem.hint("Add what is missing by its ID.")))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures_util::FutureExt as _;

    use super::*;

    /// Lists with a token that is made of the call's number, and how often it was asked.
    fn listed(token: impl Fn(usize) -> Option<String>) -> (usize, Option<Problem>, usize) {
        let calls = Cell::new(0);
        let part = |_: Option<String>| {
            let number = calls.replace(calls.get() + 1);
            let next = token(number);
            std::future::ready(Ok(Listed {
                items: vec![number],
                next,
            }))
        };
        let (items, problem) = all(part).now_or_never().unwrap();
        (items.len(), problem, calls.get())
    }

    #[test]
    fn a_list_that_was_cut_says_so() {
        let (items, problem, _) = listed(|number| (number < 9).then(|| number.to_string()));
        assert_eq!((items, problem), (10, None));
        let (items, problem, _) = listed(|number| Some(number.to_string()));
        assert_eq!(items, MOST_PARTS);
        assert!(problem.unwrap().sentence.contains("first parts"));
    }

    #[test]
    fn a_part_that_leads_to_itself_is_left() {
        let (_, problem, calls) = listed(|_| Some("again".to_owned()));
        assert!(problem.is_some());
        assert_eq!(calls, 2);
    }
}
