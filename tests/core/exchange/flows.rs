//! The enhanced flow with a role of one's own, and the basic flow.

use jiff::SignedDuration;
use poolkey::domain::{BasicFlow, DurationSeconds, Exchange, ProblemKind, RoleArn, RoleChoice};
use poolkey::ops::exchange;

use super::{login_of, open_bench, role};
use crate::support::{Bench, bench};

fn basic(bench: &Bench, name: &str) -> BasicFlow {
    BasicFlow {
        role: role(bench, name).parse().unwrap(),
        session_name: None,
        duration: None,
        policy: None,
    }
}

#[tokio::test]
async fn the_identity_pool_chooses_the_role() {
    let session = bench("ana").await.sign_in().await;
    assert_eq!(session.role_choice, RoleChoice::IdentityPool);
    let provider = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Poolkey01";
    assert_eq!(session.logins, [provider]);
    assert!(session.roles.len() > 1, "{:?}", session.roles);
}

#[tokio::test]
async fn one_of_the_tokens_roles_is_asked_for() {
    let mut bench = bench("ana").await;
    let on_call: RoleArn = role(&bench, "on-call").parse().unwrap();
    bench.profile.exchange = Exchange::Enhanced {
        role: Some(on_call),
    };
    let session = bench.sign_in().await;
    assert_eq!(session.caller.unwrap().role(), "on-call");
    assert_eq!(session.role_choice, RoleChoice::Profile);
}

#[tokio::test]
async fn a_role_that_the_token_does_not_name_is_refused() {
    let mut bench = bench("ana").await;
    let admin = "arn:aws:iam::123456789012:role/admin".parse().unwrap();
    bench.profile.exchange = Exchange::Enhanced { role: Some(admin) };
    let tokens = bench.tokens("ana").await;
    let problem = bench.finish(tokens).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
    let said = problem.aws.unwrap();
    assert!(said.message.starts_with("Access to Role"), "{said:?}");
    assert_eq!(bench.sandbox.calls("GetId"), 1, "no fault of the identity");
}

#[tokio::test]
async fn the_basic_flow_goes_by_way_of_sts() {
    let mut bench = open_bench().await;
    let twelve_hours = DurationSeconds::of_role(43_200).unwrap();
    bench.profile.exchange = Exchange::Basic(BasicFlow {
        session_name: Some("ana@laptop".parse().unwrap()),
        duration: Some(twelve_hours),
        policy: Some(r#"{"Version":"2012-10-17","Statement":[]}"#.to_owned()),
        ..basic(&bench, "on-call")
    });
    let session = bench.sign_in().await;
    assert_eq!(session.role_choice, RoleChoice::BasicFlow);
    let caller = session.caller.as_ref().unwrap();
    assert!(caller.arn.ends_with("assumed-role/on-call/ana@laptop"));
    let left = session.remaining(bench.sandbox.clock().now());
    assert_eq!(left, SignedDuration::from_hours(12));
    for call in ["GetId", "GetOpenIdToken", "AssumeRoleWithWebIdentity"] {
        assert_eq!(bench.sandbox.calls(call), 1, "{call}");
    }
    assert_eq!(bench.sandbox.calls("GetCredentialsForIdentity"), 0);
}

/// Also the shortest session is good for a while before it is renewed.
#[tokio::test]
async fn a_short_session_is_cached() {
    let mut bench = open_bench().await;
    let quarter = DurationSeconds::of_role(900).unwrap();
    bench.profile.exchange = Exchange::Basic(BasicFlow {
        duration: Some(quarter),
        ..basic(&bench, "developers")
    });
    let first = bench.sign_in().await.credentials.access_key_id;
    bench.minutes_pass(9);
    let cached = bench.credentials().await.unwrap().session.credentials;
    assert_eq!(cached.access_key_id, first);
    bench.minutes_pass(1);
    let renewed = bench.credentials().await.unwrap().session.credentials;
    assert_ne!(renewed.access_key_id, first);
}

#[tokio::test]
async fn a_role_without_trust_and_a_pool_without_the_basic_flow_refuse() {
    let mut bench = open_bench().await;
    bench.profile.exchange = Exchange::Basic(basic(&bench, "unauthenticated"));
    let tokens = bench.tokens("ana").await;
    let problem = bench.finish(tokens).await.unwrap_err();
    assert_eq!(problem.aws_code(), Some("AccessDenied"));
    bench.profile.exchange = Exchange::Basic(basic(&bench, "developers"));
    bench
        .sandbox
        .configure_identity_pool("open", |pool| pool.classic_flow = false);
    let problem = bench.renew().await.unwrap_err();
    let said = problem.aws.unwrap();
    assert!(said.message.starts_with("Basic (classic)"), "{said:?}");
}

#[tokio::test]
async fn saml_with_the_basic_flow_is_refused_before_any_call() {
    let mut bench = open_bench().await;
    bench.sign_in().await;
    let saml = "arn:aws:iam::123456789012:saml-provider/SandboxSaml";
    bench.profile.logins = vec![login_of(&bench, saml, "ana")];
    bench.profile.exchange = Exchange::Basic(basic(&bench, "developers"));
    assert!(exchange::check(&bench.profile).is_err());
    let problem = bench.renew().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Usage);
    assert!(problem.sentence.contains("SAML"), "{problem}");
    assert_eq!(bench.refreshes(), 0);
}
