//! The doctor: a healthy profile passes; one broken thing at a time is found, and nothing else; and
//! looking changes nothing.

mod exchange;
mod sources;
mod traces;

use std::sync::Mutex;

use jiff::SignedDuration;
use poolkey::adapters::aws_files::{AwsFiles, AwsPaths};
use poolkey::domain::{
    AwsProfileName, Check, CheckId, DefaultProfile, Outcome, Profile, ProviderLogin, Session,
    SignInMethod, TokenSource,
};
use poolkey::ops::doctor::{self, Report, Subject};
use poolkey::sandbox::Flow;

use crate::support::{Bench, bench, bench_with, secret};

/// Hears what ends.
#[derive(Default)]
struct Heard(Mutex<Vec<CheckId>>);

impl Report for Heard {
    fn checked(&self, check: &Check) {
        self.0.lock().unwrap().push(check.id);
    }
}

impl Bench {
    async fn examine(&self) -> Vec<Check> {
        doctor::check(&self.deps, Subject::of(&self.profile), &Heard::default()).await
    }

    /// Exactly this fails; its explanation has this part and says what to do.
    async fn finds(&self, id: CheckId, part: &str) -> Vec<Check> {
        let checks = self.examine().await;
        assert_eq!(failed(&checks), [id], "{checks:#?}");
        let check = found(&checks, id);
        let problem = check.problem.as_ref().unwrap();
        assert!(problem.sentence.contains(part), "{problem:?}");
        assert!(!problem.hints.is_empty(), "{problem:?}");
        assert_eq!(check.detail, problem.sentence);
        checks
    }

    fn edit(&mut self, change: impl FnOnce(&mut Profile)) {
        change(&mut self.profile);
    }
}

fn failed(checks: &[Check]) -> Vec<CheckId> {
    let failed = checks.iter().filter(|check| check.has_failed());
    failed.map(|check| check.id).collect()
}

fn found(checks: &[Check], id: CheckId) -> &Check {
    let mut of_id = checks.iter().filter(|check| check.id == id);
    let check = of_id
        .next()
        .unwrap_or_else(|| panic!("{id:?} in {checks:#?}"));
    assert!(of_id.next().is_none(), "{id:?} twice");
    check
}

fn outcome(checks: &[Check], id: CheckId) -> Outcome {
    found(checks, id).outcome
}

#[tokio::test]
async fn a_healthy_profile_passes_before_and_after_signing_in() {
    let bench = bench("ana").await;
    let before = bench.examine().await;
    assert_eq!(failed(&before), []);
    for id in [
        CheckId::Configuration,
        CheckId::SecretStore,
        CheckId::Network,
        CheckId::Clock,
        CheckId::UserPool,
        CheckId::AppClient,
        CheckId::SignInMethod,
        CheckId::ManagedLogin,
        CheckId::IdentityPool,
        CheckId::AwsFiles,
    ] {
        assert_eq!(outcome(&before, id), Outcome::Passed, "{before:#?}");
    }
    for id in [CheckId::SignIn, CheckId::ProviderLinked, CheckId::Role] {
        assert_eq!(outcome(&before, id), Outcome::Skipped, "{before:#?}");
    }
    bench.sign_in().await;
    let after = bench.examine().await;
    for id in [CheckId::SignIn, CheckId::ProviderLinked, CheckId::Role] {
        assert_eq!(outcome(&after, id), Outcome::Passed, "{after:#?}");
    }
    assert!(
        after.iter().all(|check| check.outcome != Outcome::Warned),
        "{after:#?}"
    );
    let names = |checks: &[Check]| checks.iter().map(|check| check.id).collect::<Vec<_>>();
    assert_eq!(
        names(&before),
        names(&after),
        "the same list whatever happens"
    );
}

/// No identity, no code, no lock-out: somebody who looks ten times changes nothing.
#[tokio::test]
async fn looking_changes_nothing() {
    let mut bench = bench("ana").await;
    for method in SignInMethod::ALL {
        bench.profile.sign_in = method;
        for _ in 0..2 {
            let heard = Heard::default();
            doctor::check(&bench.deps, Subject::of(&bench.profile), &heard).await;
            assert!(heard.0.lock().unwrap().len() > 10);
        }
    }
    let sandbox = &bench.sandbox;
    for operation in [
        "RespondToAuthChallenge",
        "GetCredentialsForIdentity",
        "GetOpenIdToken",
        "AssumeRoleWithWebIdentity",
        "ForgotPassword",
        "ResendConfirmationCode",
        "RevokeToken",
    ] {
        assert_eq!(sandbox.calls(operation), 0, "{operation}");
    }
    assert!(sandbox.calls("InitiateAuth") > 0 && sandbox.calls("GetId") > 0);
    assert_eq!(sandbox.identity_count(), 0);
    assert_eq!(sandbox.last_code("ana"), None);
    bench.profile.sign_in = SignInMethod::Srp;
    bench.sign_in().await;
}

#[tokio::test]
async fn a_renewal_that_is_tried_out_keeps_what_it_must_and_no_more() {
    let mut bench = bench("ana").await;
    bench.use_client("rotating");
    bench.sign_in().await;
    let token = bench.kept().await;
    let key = |session: Option<Session>| session.unwrap().credentials.access_key_id;
    let session = bench.deps.vault.session(&bench.profile).await.unwrap();
    let before = key(session);
    let checks = bench.examine().await;
    assert_eq!(outcome(&checks, CheckId::SignIn), Outcome::Passed);
    assert_ne!(bench.kept().await, token, "the old one works no more");
    let session = bench.deps.vault.session(&bench.profile).await.unwrap();
    assert_eq!(key(session), before, "the credentials are as they were");
    assert!(bench.renew().await.is_ok());
}

#[tokio::test]
async fn the_app_client_and_its_secret() {
    let mut wrong = bench("ana").await;
    wrong.edit(|profile| {
        profile.user_pool.as_mut().unwrap().client_id = "1nosuchclient".parse().unwrap();
    });
    wrong.finds(CheckId::AppClient, "no such app client").await;

    let mut confidential = bench("ana").await;
    confidential.confidential(None).await;
    let checks = confidential.examine().await;
    assert_eq!(failed(&checks), [], "{checks:#?}");
    confidential.edit(|profile| profile.user_pool.as_mut().unwrap().has_client_secret = false);
    confidential.finds(CheckId::AppClient, "has a secret").await;

    let mut confidential = bench("ana").await;
    confidential.confidential(Some("wrong")).await;
    confidential
        .finds(CheckId::AppClient, "secret is wrong")
        .await;
    // One that is typed is tried in its place.
    let right = confidential.sandbox.description().clients[1].client_secret;
    let typed = secret(right.unwrap());
    let subject = Subject {
        profile: &confidential.profile,
        client_secret: Some(&typed),
    };
    let checks = doctor::check(&confidential.deps, subject, &Heard::default()).await;
    assert_eq!(failed(&checks), [], "{checks:#?}");

    let mut public = bench("ana").await;
    public.edit(|profile| profile.user_pool.as_mut().unwrap().has_client_secret = true);
    public
        .finds(CheckId::AppClient, "not in the secret store")
        .await;
    let stored = secret("superfluous");
    let vault = &public.deps.vault;
    vault
        .keep_client_secret(&public.profile, &stored)
        .await
        .unwrap();
    public.finds(CheckId::AppClient, "has no secret").await;
}

#[tokio::test]
async fn a_flow_that_is_off() {
    for (method, rest) in [
        (SignInMethod::Srp, Flow::Password),
        (SignInMethod::Password, Flow::Srp),
        (SignInMethod::Choice, Flow::Srp),
    ] {
        let mut bench = bench("ana").await;
        bench.profile.sign_in = method;
        let checks = bench.examine().await;
        assert_eq!(outcome(&checks, CheckId::SignInMethod), Outcome::Passed);
        assert!(bench.sandbox.set_flows("public", &[rest, Flow::Refresh]));
        let checks = bench.finds(CheckId::SignInMethod, "does not allow").await;
        assert_eq!(outcome(&checks, CheckId::AppClient), Outcome::Passed);
    }
    // The pool's own program is not run: the client is there all the same.
    for method in [SignInMethod::Custom, SignInMethod::Browser] {
        let mut bench = bench("ana").await;
        bench.profile.sign_in = method;
        assert!(bench.sandbox.set_flows("public", &[Flow::Refresh]));
        let checks = bench.examine().await;
        assert_eq!(failed(&checks), []);
        assert_eq!(outcome(&checks, CheckId::AppClient), Outcome::Passed);
        assert_eq!(outcome(&checks, CheckId::SignInMethod), Outcome::Skipped);
    }
}

#[tokio::test]
async fn pools_that_are_not_there() {
    let mut bench = bench("ana").await;
    bench.edit(|profile| {
        let pool = profile.user_pool.as_mut().unwrap();
        pool.user_pool_id = "us-east-1_NoSuchPool".parse().unwrap();
    });
    bench.finds(CheckId::UserPool, "us-east-1_NoSuchPool").await;

    let mut bench = crate::support::bench("ana").await;
    let nowhere = "us-east-1:00000000-0000-4000-8000-000000000000";
    bench.profile.identity_pool_id = nowhere.parse().unwrap();
    bench
        .finds(CheckId::IdentityPool, "no such identity pool")
        .await;
    // The sign-in is kept, although nothing could be exchanged.
    let tokens = bench.tokens("ana").await;
    assert!(bench.finish(tokens).await.is_err());
    let checks = bench
        .finds(CheckId::IdentityPool, "no such identity pool")
        .await;
    assert_eq!(outcome(&checks, CheckId::SignIn), Outcome::Passed);
}

#[tokio::test]
async fn the_clock() {
    for (minutes, expected) in [
        (0, Outcome::Passed),
        (1, Outcome::Warned),
        (-4, Outcome::Warned),
        (6, Outcome::Failed),
        (-180, Outcome::Failed),
    ] {
        let bench = bench_with("ana", SignedDuration::from_mins(minutes)).await;
        let checks = bench.examine().await;
        assert_eq!(outcome(&checks, CheckId::Clock), expected, "{minutes}");
        let others = checks.iter().filter(|check| check.id != CheckId::Clock);
        assert_eq!(
            others.filter(|check| check.has_failed()).count(),
            0,
            "{checks:#?}"
        );
    }
    let bench = bench_with("ana", SignedDuration::from_mins(6)).await;
    bench.finds(CheckId::Clock, "6 minutes ahead of AWS").await;
}

#[tokio::test]
async fn nobody_answers() {
    let mut bench = bench("ana").await;
    bench.edit(|profile| {
        profile.endpoints.url = Some("http://127.9.9.9:1".parse().unwrap());
        profile.managed_login = None;
    });
    let checks = bench.finds(CheckId::Network, "refused").await;
    for id in [
        CheckId::UserPool,
        CheckId::AppClient,
        CheckId::IdentityPool,
        CheckId::Clock,
    ] {
        assert_eq!(outcome(&checks, id), Outcome::Skipped, "{checks:#?}");
    }
}

#[tokio::test]
async fn managed_login() {
    let mut dead = bench("ana").await;
    dead.edit(|profile| {
        profile.managed_login.as_mut().unwrap().domain = "http://127.9.9.9:1".parse().unwrap();
    });
    let checks = dead.finds(CheckId::ManagedLogin, "refused").await;
    assert_eq!(outcome(&checks, CheckId::Network), Outcome::Passed);

    let bench = bench("ana").await;
    assert!(
        bench
            .sandbox
            .set_callback_urls("public", &["http://localhost:8977/callback"])
    );
    let checks = bench.examine().await;
    let check = found(&checks, CheckId::ManagedLogin);
    assert_eq!(check.outcome, Outcome::Warned);
    assert!(check.detail.contains("localhost:8976"), "{check:?}");
    assert!(bench.sandbox.set_callback_urls("public", &[]));
    bench
        .finds(CheckId::ManagedLogin, "does not know the callback")
        .await;
}

#[tokio::test]
async fn keys_that_hide_the_credential_process() {
    let bench = bench("ana").await;
    let paths = AwsPaths {
        credentials: bench.home.path().join("credentials"),
        config: bench.home.path().join("config"),
    };
    let name = AwsProfileName::parse("dev", DefaultProfile::Refused).unwrap();
    let command = "poolkey credential-process dev";
    AwsFiles::new(paths, AwsFiles::LOCK_WAIT)
        .write_process(&name, command, None, false)
        .unwrap();
    let checks = bench.examine().await;
    assert_eq!(outcome(&checks, CheckId::AwsFiles), Outcome::Passed);
    let keys = "[dev]\naws_access_key_id = AKIAFOREIGN\naws_secret_access_key = x\n";
    std::fs::write(bench.home.path().join("credentials"), keys).unwrap();
    bench.finds(CheckId::AwsFiles, "hide").await;
}

#[tokio::test]
async fn tokens_from_files_and_commands() {
    let mut bench = bench("ana").await;
    let path = bench.home.path().join("token");
    let login = |token| ProviderLogin {
        provider: "accounts.google.com".parse().unwrap(),
        token,
    };
    bench.profile.logins = vec![login(TokenSource::File(path.clone()))];
    bench.finds(CheckId::TokenSources, "cannot be read").await;
    std::fs::write(&path, "canary").unwrap();
    let checks = bench.examine().await;
    assert_eq!(outcome(&checks, CheckId::TokenSources), Outcome::Passed);
    assert!(!format!("{checks:?}").contains("canary"));
    bench.profile.logins = vec![login(TokenSource::Command("no-such-tool --x".to_owned()))];
    bench.finds(CheckId::TokenSources, "no-such-tool").await;
}

#[tokio::test]
async fn what_does_not_go_together() {
    let mut bench = bench("ana").await;
    bench.profile.shares_sign_in = Some("other".parse().unwrap());
    bench.finds(CheckId::SharedSignIn, "no profile other").await;
    bench.profile.shares_sign_in = None;
    bench.profile.endpoints.fips = true;
    bench.finds(CheckId::Configuration, "FIPS").await;
    bench.profile.endpoints.fips = false;
    let elsewhere = "eu-west-2:00000000-0000-4000-8000-000000000000";
    bench.profile.identity_pool_id = elsewhere.parse().unwrap();
    let checks = bench.finds(CheckId::IdentityPool, "no such").await;
    assert_eq!(outcome(&checks, CheckId::Configuration), Outcome::Warned);
}

#[tokio::test]
async fn a_secret_store_that_is_broken() {
    let mut bench = bench("ana").await;
    bench.use_encrypted_file();
    bench.sign_in().await;
    std::fs::write(bench.home.path().join("secrets.age"), "no such file\n").unwrap();
    bench.use_encrypted_file();
    bench.finds(CheckId::SecretStore, "").await;
}
