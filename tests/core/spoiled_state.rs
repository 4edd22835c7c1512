//! A state folder that cannot be used costs a call or a remark, never a sign-in.

use std::fs;

use crate::support::{Quiet, bench};

#[tokio::test]
async fn an_identity_cache_that_cannot_be_used_costs_one_more_call() {
    let bench = bench("ana").await;
    fs::create_dir(bench.home.path().join("identities.json")).unwrap();
    bench.sign_in().await;
    bench.renew().await.unwrap();
    assert_eq!(bench.sandbox.calls("GetId"), 2);
}

#[tokio::test]
async fn a_lock_that_cannot_be_had_does_not_cost_the_sign_in() {
    let bench = bench("ana").await;
    fs::write(bench.home.path().join("locks"), "not a folder").unwrap();
    let tokens = bench.tokens("ana").await;
    let finish = poolkey::ops::session::finish_sign_in;
    let obtained = finish(&bench.deps, &bench.profile, tokens, &[], &Quiet)
        .await
        .unwrap();
    assert!(obtained.sign_in_kept && obtained.remark.is_some());
    assert!(bench.kept().await.is_some());
}
