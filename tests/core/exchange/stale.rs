//! A cached identity ID that the pool no longer accepts is mended once, by itself.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use poolkey::domain::{BasicFlow, Exchange, IdentityId, Problem, ProblemKind, SignInMethod};
use poolkey::ops::ports::{Identities, IdentityKey, Person};
use poolkey::ops::session;
use poolkey::sandbox::NewUser;

use super::{guest_key, obtained, open_bench, renewed, role, without_pool};
use crate::support::{Bench, Quiet, finished, secret};

/// The key of `ana`, whose cached ID this is.
fn key_of_ana(bench: &Bench, tokens: &poolkey::domain::Secret) -> IdentityKey {
    let claims = bench.deps.claims.read(tokens).unwrap();
    IdentityKey {
        person: Person::of_logins(vec![(claims.provider_name, claims.subject)]),
        ..guest_key(bench)
    }
}

async fn eves_identity(bench: &Bench) -> IdentityId {
    let eve = NewUser::plain("eve", "Demo-Lantern-19!", "eve@example.com");
    bench.sandbox.add_user(&eve).unwrap();
    let outcome = bench.begin("eve", &secret(eve.password)).await.unwrap();
    let obtained = bench.finish(finished(outcome)).await.unwrap();
    obtained.session.identity_id
}

#[tokio::test]
async fn somebody_elses_identity_is_dropped_in_both_flows() {
    for is_basic in [false, true] {
        let mut bench = open_bench().await;
        if is_basic {
            bench.profile.exchange = Exchange::Basic(BasicFlow {
                role: role(&bench, "developers").parse().unwrap(),
                session_name: None,
                duration: None,
                policy: None,
            });
        }
        let eve = eves_identity(&bench).await;
        let tokens = bench.tokens("ana").await;
        let key = key_of_ana(&bench, &tokens.tokens.id);
        bench.deps.identities.set(&key, Some(&eve)).await.unwrap();
        let session = bench.finish(tokens).await.unwrap().session;
        assert_ne!(session.identity_id, eve);
        assert_eq!(bench.sandbox.calls("GetId"), 2, "one for each of them");
        let cached = bench.deps.identities.get(&key).await.unwrap();
        assert_eq!(cached, Some(session.identity_id));
    }
}

#[tokio::test]
async fn a_guest_who_became_somebody_is_a_new_guest() {
    let bench = open_bench().await;
    let ana = bench.sign_in().await.identity_id;
    let key = guest_key(&bench);
    bench.deps.identities.set(&key, Some(&ana)).await.unwrap();
    let visitor = without_pool(&bench, "visitor", SignInMethod::Guest);
    let guest = obtained(&bench, &visitor).await.session.identity_id;
    assert_ne!(guest, ana);
    assert_eq!(renewed(&bench, &visitor).await.identity_id, guest);
    assert_eq!(bench.sandbox.calls("GetId"), 2);
}

#[tokio::test]
async fn a_deleted_guest_is_not_taken_over() {
    let mut bench = open_bench().await;
    let visitor = without_pool(&bench, "visitor", SignInMethod::Guest);
    let guest = obtained(&bench, &visitor).await.session.identity_id;
    assert!(bench.sandbox.delete_identity(guest.as_str()));
    bench.profile.carries_over_guest = true;
    let tokens = bench.tokens("ana").await;
    let obtained = bench.finish(tokens).await.unwrap();
    assert_ne!(obtained.session.identity_id, guest);
    assert_eq!(obtained.remark, None);
    assert_eq!(bench.sandbox.calls("GetId"), 2);
}

/// Once: what is refused again is told.
#[tokio::test]
async fn a_pool_that_refuses_every_identity_is_not_asked_for_ever() {
    let bench = open_bench().await;
    let visitor = without_pool(&bench, "visitor", SignInMethod::Guest);
    let guest = obtained(&bench, &visitor).await.session.identity_id;
    assert!(bench.sandbox.delete_identity(guest.as_str()));
    bench
        .sandbox
        .configure_identity_pool("open", |pool| pool.guests = false);
    let refused = session::renew(&bench.deps, &visitor, &Quiet).await;
    assert_eq!(refused.unwrap_err().kind, ProblemKind::Refused);
    assert_eq!(bench.sandbox.calls("GetId"), 2);
}

/// What another process makes of the file, between two looks of this one.
struct Meanwhile {
    inner: Arc<dyn Identities>,
    fresh: Mutex<Option<IdentityId>>,
}

#[async_trait]
impl Identities for Meanwhile {
    async fn get(&self, key: &IdentityKey) -> Result<Option<IdentityId>, Problem> {
        let found = self.inner.get(key).await?;
        let fresh = self.fresh.lock().unwrap().take();
        if fresh.is_some() {
            self.inner.set(key, fresh.as_ref()).await?;
        }
        Ok(found)
    }

    async fn set(&self, key: &IdentityKey, identity: Option<&IdentityId>) -> Result<(), Problem> {
        self.inner.set(key, identity).await
    }

    async fn holds(&self, identity: &IdentityId) -> Result<bool, Problem> {
        self.inner.holds(identity).await
    }

    async fn forget(&self, identity: &IdentityId) -> Result<(), Problem> {
        self.inner.forget(identity).await
    }
}

#[tokio::test]
async fn a_fresh_guest_of_another_process_is_not_dropped_with_the_stale_one() {
    let mut bench = open_bench().await;
    let visitor = without_pool(&bench, "visitor", SignInMethod::Guest);
    let fresh = obtained(&bench, &visitor).await.session.identity_id;
    let stale = bench.sign_in().await.identity_id;
    let key = guest_key(&bench);
    bench.deps.identities.set(&key, Some(&stale)).await.unwrap();
    bench.deps.identities = Arc::new(Meanwhile {
        inner: bench.deps.identities.clone(),
        fresh: Mutex::new(Some(fresh.clone())),
    });
    assert_eq!(renewed(&bench, &visitor).await.identity_id, fresh);
    assert_eq!(bench.sandbox.calls("GetId"), 2, "one for each of them");
}
