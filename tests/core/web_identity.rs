//! The token file for SDKs that ask STS themselves: when it is written, with what, and when it goes.

use poolkey::domain::{
    BasicFlow, Exchange, ExportTarget, ProblemKind, Profile, SignOutScope, TokenReading,
};
use poolkey::ops::export::{ExportOptions, export, unexport};
use poolkey::ops::{IdTokens, profiles, sign_out, web_identity};
use poolkey::sandbox::{Fault, NewUser};
use tokio::task::JoinSet;

use crate::exchange::open_bench;
use crate::support::{Bench, Quiet, finished, secret};

const ASKED: &str = "GetOpenIdToken";

/// `ana` is signed in at the identity pool that allows the basic flow.
async fn signed_in() -> Bench {
    let bench = open_bench().await;
    profiles::save(&bench.deps, None, &bench.profile, None)
        .await
        .unwrap();
    bench.sign_in().await;
    bench
}

async fn write(bench: &Bench) -> Result<jiff::Timestamp, poolkey::domain::Problem> {
    web_identity::write(&bench.deps, &bench.profile, &Quiet).await
}

fn file(bench: &Bench) -> Option<String> {
    let path = bench.deps.token_files.path(&bench.profile.name);
    std::fs::read_to_string(path).ok()
}

fn reading(bench: &Bench) -> TokenReading {
    let token = secret(&file(bench).unwrap());
    bench.deps.claims.read_all(&token).unwrap()
}

#[tokio::test]
async fn one_id_token_serves_for_an_hour_of_files() {
    let bench = signed_in().await;
    let session = bench.credentials().await.unwrap().session;
    for minute in (0..=56).step_by(4) {
        let now = bench.sandbox.clock().now();
        let expires_at = write(&bench).await.unwrap();
        assert!(!web_identity::is_due(Some(expires_at), now), "{minute}");
        let found = bench.deps.token_files.read(&bench.profile.name).await;
        assert_eq!(found.unwrap().unwrap().expires_at(), Some(expires_at));
        // Ten minutes each, and written again with two left.
        assert_eq!(bench.sandbox.calls(ASKED), minute / 8 + 1, "{minute}");
        assert_eq!(bench.refreshes(), 0, "{minute}");
        bench.minutes_pass(4);
    }
    let reading = reading(&bench);
    assert_eq!(reading.subject(), Some(session.identity_id.as_str()));
    // The ID token has expired by now.
    bench.minutes_pass(4);
    write(&bench).await.unwrap();
    assert_eq!(bench.refreshes(), 1);
    assert_eq!(bench.sandbox.calls("GetId"), 1, "the identity is known");
}

#[tokio::test]
async fn who_asks_at_once_is_served_by_one_call() {
    let bench = signed_in().await;
    let mut asking = JoinSet::new();
    for _ in 0..8 {
        let (deps, profile) = (bench.deps.clone(), bench.profile.clone());
        asking.spawn(async move { web_identity::write(&deps, &profile, &Quiet).await.unwrap() });
    }
    let mut ends = asking.join_all().await;
    ends.dedup();
    assert_eq!(ends.len(), 1);
    assert_eq!(bench.sandbox.calls(ASKED), 1);
}

#[tokio::test]
async fn signing_out_in_another_process_ends_it() {
    let bench = signed_in().await;
    write(&bench).await.unwrap();
    let mut other = bench.deps.clone();
    other.id_tokens = IdTokens::default();
    let scope = SignOutScope::Here;
    let remark = sign_out::sign_out(&other, &bench.profile, scope).await;
    assert_eq!(remark.unwrap(), None);
    assert_eq!(file(&bench), None);
    // This process still has an ID token, of a sign-in that is no more.
    let problem = write(&bench).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
    assert_eq!(file(&bench), None);
    assert_eq!(bench.sandbox.calls(ASKED), 1);
}

#[tokio::test]
async fn another_person_finds_no_file_and_gets_one_of_their_own() {
    let bench = signed_in().await;
    write(&bench).await.unwrap();
    let ana = reading(&bench).subject().map(str::to_owned);
    let eve = NewUser::plain("eve", "Demo-Lantern-19!", "eve@example.com");
    bench.sandbox.add_user(&eve).unwrap();
    let outcome = bench.begin("eve", &secret(eve.password)).await.unwrap();
    bench
        .sandbox
        .next_answer("GetCredentialsForIdentity", refusal("No"));
    assert!(bench.finish(finished(outcome)).await.is_err());
    assert_eq!(file(&bench), None);
    write(&bench).await.unwrap();
    assert_ne!(reading(&bench).subject().map(str::to_owned), ana);
}

#[tokio::test]
async fn the_same_person_keeps_the_file() {
    let bench = signed_in().await;
    write(&bench).await.unwrap();
    bench.sign_in().await;
    assert!(file(&bench).is_some());
}

#[tokio::test]
async fn a_profile_takes_its_file_along() {
    let mut bench = signed_in().await;
    write(&bench).await.unwrap();
    let former = bench.deps.token_files.path(&bench.profile.name);
    let renamed = Profile {
        name: "lab".parse().unwrap(),
        ..bench.profile.clone()
    };
    profiles::save(&bench.deps, Some(&bench.profile.name), &renamed, None)
        .await
        .unwrap();
    assert!(!former.exists());
    bench.profile = renamed;
    write(&bench).await.unwrap();
    assert!(file(&bench).is_some());
    profiles::remove(&bench.deps, &bench.profile.name)
        .await
        .unwrap();
    assert_eq!(file(&bench), None);
}

fn refusal(message: &'static str) -> Fault {
    Fault::Refuse {
        status: 400,
        code: "NotAuthorizedException",
        message,
    }
}

#[tokio::test]
async fn an_id_token_that_is_refused_is_replaced_once() {
    let bench = signed_in().await;
    let revoked = "Access Token has been revoked";
    bench.sandbox.next_answer(ASKED, refusal(revoked));
    write(&bench).await.unwrap();
    assert_eq!((bench.sandbox.calls(ASKED), bench.refreshes()), (2, 1));
    bench.minutes_pass(9);
    for _ in 0..2 {
        bench.sandbox.next_answer(ASKED, refusal(revoked));
    }
    let problem = write(&bench).await.unwrap_err();
    assert_eq!(problem.aws_code(), Some("NotAuthorizedException"));
    assert_eq!((bench.sandbox.calls(ASKED), bench.refreshes()), (4, 2));
}

#[tokio::test]
async fn a_pool_without_the_basic_flow_gives_no_file() {
    let bench = signed_in().await;
    bench
        .sandbox
        .configure_identity_pool("open", |pool| pool.classic_flow = false);
    let problem = write(&bench).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert!(!problem.hints.is_empty());
    assert_eq!(file(&bench), None);
}

#[tokio::test]
async fn an_export_has_the_file_before_the_section() {
    let bench = signed_in().await;
    let mut options = ExportOptions::to(ExportTarget::WebIdentity);
    let exported = export(&bench.deps, &bench.profile, &options, &Quiet).await;
    let problem = exported.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Usage, "no role is named");

    options.role = Some("arn:aws:iam::123456789012:role/r".parse().unwrap());
    options.dry_run = true;
    let shown = export(&bench.deps, &bench.profile, &options, &Quiet).await;
    let path = bench.deps.token_files.path(&bench.profile.name);
    let path = path.to_str().unwrap();
    let diff = shown.unwrap().diff;
    assert!(diff.contains("web_identity_token_file"), "{diff}");
    assert_eq!((file(&bench), bench.sandbox.calls(ASKED)), (None, 0));

    options.dry_run = false;
    bench.sandbox.next_answer(ASKED, Fault::Unknown);
    let exported = export(&bench.deps, &bench.profile, &options, &Quiet).await;
    exported.unwrap_err();
    let config = bench.home.path().join("config");
    assert!(!config.exists(), "a section without a token");
    let exported = export(&bench.deps, &bench.profile, &options, &Quiet).await;
    exported.unwrap();
    let section = std::fs::read_to_string(config).unwrap();
    let named = format!("web_identity_token_file = {path}\n");
    assert!(section.contains(&named), "{section}");
    assert!(section.contains("role_session_name = dev\n"), "{section}");
    assert!(file(&bench).is_some());
}

#[tokio::test]
async fn the_file_goes_with_the_last_section_that_names_it() {
    let bench = signed_in().await;
    let (deps, files) = (&bench.deps, bench.deps.aws_profiles.as_ref());
    let mut options = ExportOptions {
        role: Some("arn:aws:iam::123456789012:role/r".parse().unwrap()),
        ..ExportOptions::to(ExportTarget::WebIdentity)
    };
    let config = bench.home.path().join("config");
    std::fs::write(&config, "[profile dev]\nregion = x\n").unwrap();
    let refused = export(deps, &bench.profile, &options, &Quiet).await;
    assert_eq!(refused.unwrap_err().kind, ProblemKind::Usage);
    assert_eq!((file(&bench), bench.sandbox.calls(ASKED)), (None, 0));

    for name in ["lab", "mill"] {
        options.aws_profile = Some(name.to_owned());
        let written = export(deps, &bench.profile, &options, &Quiet).await;
        written.unwrap();
    }
    unexport(deps, files, "lab", options.target, false)
        .await
        .unwrap();
    assert!(file(&bench).is_some(), "mill names it still");
    unexport(deps, files, "mill", options.target, false)
        .await
        .unwrap();
    assert_eq!(file(&bench), None);
    // Who looked before that does not bring it back.
    let renewed = web_identity::renew(deps, &bench.profile, &Quiet).await;
    assert_eq!((renewed, file(&bench)), (Ok(None), None));
}

#[tokio::test]
async fn another_identity_pools_token_does_not_count() {
    let mut bench = signed_in().await;
    write(&bench).await.unwrap();
    let token = reading(&bench);
    assert!(web_identity::good_until(&token, &bench.profile).is_some());
    bench.profile.identity_pool_id = "us-east-1:00000000-0000-4000-8000-000000000000"
        .parse()
        .unwrap();
    assert_eq!(web_identity::good_until(&token, &bench.profile), None);
    write(&bench).await.unwrap_err();
    assert_eq!(
        bench.sandbox.calls(ASKED),
        1,
        "asked anew, of a pool that is none"
    );
}

#[tokio::test]
async fn a_session_policy_that_the_sdks_do_not_send_is_told_of() {
    let mut bench = signed_in().await;
    let mut basic = BasicFlow {
        role: "arn:aws:iam::123456789012:role/r".parse().unwrap(),
        session_name: Some("ana@laptop".parse().unwrap()),
        duration: None,
        policy: None,
    };
    let options = ExportOptions::to(ExportTarget::WebIdentity);
    for policy in [None, Some(r#"{"Version":"2012-10-17","Statement":[]}"#)] {
        basic.policy = policy.map(str::to_owned);
        bench.profile.exchange = Exchange::Basic(basic.clone());
        let exported = export(&bench.deps, &bench.profile, &options, &Quiet).await;
        let warnings = exported.unwrap().warnings.join(" ");
        assert_eq!(warnings.contains("session policy"), policy.is_some());
    }
    let section = std::fs::read_to_string(bench.home.path().join("config")).unwrap();
    assert!(section.contains("role_session_name = ana@laptop\n"));
}
