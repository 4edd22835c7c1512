//! Guests: never a password, one identity on this machine, and what becomes of it.

use poolkey::domain::{BasicFlow, Exchange, ProblemKind, Profile, SignInMethod, SignOutScope};
use poolkey::ops::sign_out;
use poolkey::ops::{identity, session};
use poolkey::sandbox::Fault;

use super::{credentials, guest_key, open_bench, renewed, role, without_pool};
use crate::support::{Bench, Quiet, bench};

fn guest(bench: &Bench, name: &str) -> Profile {
    without_pool(bench, name, SignInMethod::Guest)
}

#[tokio::test]
async fn a_guest_is_asked_nothing() {
    let bench = open_bench().await;
    let profile = guest(&bench, "visitor");
    let session = credentials(&bench, &profile).await;
    assert_eq!(session.username, "guest");
    assert!(session.logins.is_empty());
    assert_eq!(
        session.caller.unwrap().role(),
        "poolkey-sandbox-unauthenticated"
    );
    assert!(session::is_renewable(&bench.deps, &profile).await.unwrap());
    assert_eq!(bench.sandbox.calls("InitiateAuth"), 0);
}

#[tokio::test]
async fn every_guest_of_a_pool_is_the_same() {
    let bench = open_bench().await;
    let (one, two) = (guest(&bench, "one"), guest(&bench, "two"));
    let first = credentials(&bench, &one).await.identity_id;
    assert_eq!(renewed(&bench, &one).await.identity_id, first);
    let ended = sign_out::end(&bench.deps, &one, SignOutScope::default()).await;
    assert!(ended.unwrap().was_signed_in);
    assert_eq!(credentials(&bench, &one).await.identity_id, first);
    assert_eq!(credentials(&bench, &two).await.identity_id, first);
    assert_eq!(bench.sandbox.calls("GetId"), 1);
    // Unless somebody wants another one.
    assert_eq!(
        identity::cached(&bench.deps, &two).await.unwrap(),
        Some(first.clone())
    );
    identity::forget(&bench.deps, &two).await.unwrap();
    assert_eq!(identity::cached(&bench.deps, &two).await.unwrap(), None);
    assert_ne!(renewed(&bench, &one).await.identity_id, first);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_once_become_one_guest() {
    let bench = std::sync::Arc::new(open_bench().await);
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..8 {
        let bench = bench.clone();
        tasks.spawn(async move {
            let profile = guest(&bench, &format!("visitor-{number}"));
            credentials(&bench, &profile).await.identity_id
        });
    }
    let identities = tasks.join_all().await;
    assert!(identities.iter().all(|identity| *identity == identities[0]));
    assert_eq!(bench.sandbox.calls("GetId"), 1);
}

#[tokio::test]
async fn a_guest_by_the_basic_flow() {
    let bench = open_bench().await;
    let mut profile = guest(&bench, "visitor");
    profile.exchange = Exchange::Basic(BasicFlow {
        role: role(&bench, "unauthenticated").parse().unwrap(),
        session_name: None,
        duration: None,
        policy: None,
    });
    let caller = credentials(&bench, &profile).await.caller.unwrap();
    assert!(
        caller
            .arn
            .ends_with("assumed-role/poolkey-sandbox-unauthenticated/poolkey")
    );
}

#[tokio::test]
async fn a_pool_without_guests_says_so() {
    let bench = bench("ana").await;
    let profile = guest(&bench, "visitor");
    let refused = session::credentials(&bench.deps, &profile, &Quiet).await;
    let problem = refused.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
    let said = problem.aws.unwrap();
    assert!(said.message.starts_with("Unauthenticated access"));
}

#[tokio::test]
async fn the_guests_identity_becomes_the_persons() {
    let mut bench = open_bench().await;
    let visitor = guest(&bench, "visitor");
    let was = credentials(&bench, &visitor).await.identity_id;
    bench.profile.carries_over_guest = true;
    let tokens = bench.tokens("ana").await;
    let obtained = bench.finish(tokens).await.unwrap();
    assert_eq!(obtained.session.identity_id, was);
    let remark = obtained.remark.unwrap();
    assert_eq!(remark.sentence, "The guest identity is now yours");
    assert_eq!(bench.sandbox.calls("GetId"), 1, "the guest's");
    let again = bench.renew().await.unwrap();
    assert_eq!(
        (again.session.identity_id, again.remark),
        (was.clone(), None)
    );
    let cached = bench.deps.identities.get(&guest_key(&bench)).await;
    assert_eq!(cached.unwrap(), None);
    assert_ne!(renewed(&bench, &visitor).await.identity_id, was);
}

#[tokio::test]
async fn a_person_with_an_identity_keeps_it() {
    let mut bench = open_bench().await;
    let own = bench.sign_in().await.identity_id;
    bench.deps.identities.forget(&own).await.unwrap();
    let visitor = guest(&bench, "visitor");
    let was = credentials(&bench, &visitor).await.identity_id;
    bench.profile.carries_over_guest = true;
    let obtained = bench.renew().await.unwrap();
    assert_eq!(obtained.session.identity_id, own);
    let sentence = format!("You already had identity {own}; the guest identity is disabled");
    assert_eq!(obtained.remark.unwrap().sentence, sentence);
    let again = bench.renew().await.unwrap();
    assert_eq!((again.session.identity_id, again.remark), (own, None));
    assert_ne!(renewed(&bench, &visitor).await.identity_id, was);
}

/// Unless the profile asks for it, the two have nothing to do with each other.
#[tokio::test]
async fn without_being_asked_a_guest_stays_a_guest() {
    let bench = open_bench().await;
    let visitor = guest(&bench, "visitor");
    let was = credentials(&bench, &visitor).await.identity_id;
    assert_ne!(bench.sign_in().await.identity_id, was);
    assert_eq!(renewed(&bench, &visitor).await.identity_id, was);
}

#[tokio::test]
async fn a_lost_answer_makes_no_second_guest() {
    let bench = open_bench().await;
    let visitor = guest(&bench, "visitor");
    bench.sandbox.next_answer("GetId", Fault::Drop);
    let lost = session::credentials(&bench.deps, &visitor, &Quiet).await;
    assert_eq!(lost.unwrap_err().kind, ProblemKind::Network);
    assert_eq!(bench.sandbox.calls("GetId"), 1);
}
