//! What a real renewal finds: providers, roles, flows, guests.

use poolkey::domain::{
    BasicFlow, Check, CheckId, DurationSeconds, Exchange, Outcome, SignInMethod,
};
use poolkey::sandbox::{PoolSettings, RoleMapping, TrustPolicy};

use super::{failed, outcome};
use crate::support::{Bench, bench};

#[tokio::test]
async fn an_identity_pool_that_does_not_know_the_client() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    let unlinked = |settings: &mut PoolSettings| {
        settings.user_pool_clients.clear();
    };
    assert!(bench.sandbox.configure_identity_pool("main", unlinked));
    let checks = bench
        .finds(CheckId::ProviderLinked, "does not accept")
        .await;
    assert_eq!(outcome(&checks, CheckId::IdentityPool), Outcome::Passed);
    assert_eq!(outcome(&checks, CheckId::SignIn), Outcome::Passed);
    // As far as it can be told without a sign-in.
    bench
        .deps
        .vault
        .forget_session(&bench.profile)
        .await
        .unwrap();
    bench
        .finds(CheckId::ProviderLinked, "does not accept")
        .await;
}

#[tokio::test]
async fn an_identity_pool_without_a_usable_role() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    assert!(
        bench
            .sandbox
            .configure_role("authenticated", |role| role.trust.identity_pools.clear())
    );
    assert!(
        bench
            .sandbox
            .configure_role("developers", |role| role.trust.identity_pools.clear())
    );
    let checks = bench.finds(CheckId::Role, "role").await;
    assert_eq!(outcome(&checks, CheckId::ProviderLinked), Outcome::Passed);
}

#[tokio::test]
async fn a_sign_in_that_has_ended() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    bench.sandbox.delete_user("ana");
    let checks = bench.finds(CheckId::SignIn, "has ended").await;
    assert_eq!(outcome(&checks, CheckId::IdentityPool), Outcome::Passed);
}

/// Signed in as `ana`, by the basic flow, at a pool that allows it.
async fn basic() -> Bench {
    let mut bench = bench("ana").await;
    let on = |settings: &mut PoolSettings| {
        settings.classic_flow = true;
        settings.role_mapping = RoleMapping::None;
    };
    assert!(bench.sandbox.configure_identity_pool("main", on));
    bench.profile.exchange = Exchange::Basic(BasicFlow {
        role: "arn:aws:iam::123456789012:role/poolkey-sandbox-authenticated"
            .parse()
            .unwrap(),
        session_name: None,
        duration: None,
        policy: None,
    });
    bench.sign_in().await;
    bench
}

#[tokio::test]
async fn the_basic_flow() {
    let bench = basic().await;
    let checks = bench.examine().await;
    assert_eq!(failed(&checks), [], "{checks:#?}");
    for id in [CheckId::ClassicFlow, CheckId::RoleTrust, CheckId::Role] {
        assert_eq!(outcome(&checks, id), Outcome::Passed, "{checks:#?}");
    }
    let off = |settings: &mut PoolSettings| settings.classic_flow = false;
    assert!(bench.sandbox.configure_identity_pool("main", off));
    let checks = bench.finds(CheckId::ClassicFlow, "flow").await;
    assert_eq!(outcome(&checks, CheckId::ProviderLinked), Outcome::Passed);
    assert_eq!(outcome(&checks, CheckId::RoleTrust), Outcome::Skipped);
}

#[tokio::test]
async fn a_role_that_trusts_somebody_else() {
    let spoiled: [fn(&mut TrustPolicy); 4] = [
        |trust| trust.principal = "accounts.google.com".to_owned(),
        |trust| trust.action = "sts:AssumeRole".to_owned(),
        |trust| trust.identity_pools.clear(),
        |trust| trust.amr = Some("unauthenticated".to_owned()),
    ];
    for spoil in spoiled {
        let bench = basic().await;
        assert!(
            bench
                .sandbox
                .configure_role("authenticated", |role| spoil(&mut role.trust))
        );
        let checks = bench.finds(CheckId::RoleTrust, "").await;
        assert_eq!(outcome(&checks, CheckId::ClassicFlow), Outcome::Passed);
    }
}

#[tokio::test]
async fn a_session_that_is_too_long_for_the_role() {
    let mut bench = basic().await;
    if let Exchange::Basic(basic) = &mut bench.profile.exchange {
        basic.duration = DurationSeconds::of_role(43_200).ok();
    }
    bench.finds(CheckId::RoleTrust, "").await;
}

#[tokio::test]
async fn guests() {
    let mut bench = bench("ana").await;
    bench.profile.sign_in = SignInMethod::Guest;
    bench.profile.user_pool = None;
    bench.profile.managed_login = None;
    // To ask for a guest's identity is to make one.
    let checks = bench.examine().await;
    assert_eq!(failed(&checks), [], "{checks:#?}");
    assert_eq!(outcome(&checks, CheckId::Guest), Outcome::Skipped);
    assert_eq!(bench.sandbox.calls("GetId"), 0);
    let on = |settings: &mut PoolSettings| {
        settings.guests = true;
        let role = "arn:aws:iam::123456789012:role/poolkey-sandbox-unauthenticated";
        settings.unauthenticated_role = Some(role.to_owned());
    };
    assert!(bench.sandbox.configure_identity_pool("main", on));
    bench.renew().await.unwrap();
    for _ in 0..3 {
        let checks = bench.examine().await;
        assert_eq!(failed(&checks), [], "{checks:#?}");
        for id in [CheckId::Guest, CheckId::Role, CheckId::IdentityPool] {
            assert_eq!(outcome(&checks, id), Outcome::Passed, "{checks:#?}");
        }
    }
    assert_eq!(bench.sandbox.identity_count(), 1, "the one it needs anyway");
    let checks: Vec<Check> = bench.examine().await;
    assert_eq!(outcome(&checks, CheckId::SignIn), Outcome::Skipped);
    let off = |settings: &mut PoolSettings| settings.guests = false;
    assert!(bench.sandbox.configure_identity_pool("main", off));
    let checks = bench.finds(CheckId::Guest, "").await;
    assert_eq!(outcome(&checks, CheckId::IdentityPool), Outcome::Passed);
}
