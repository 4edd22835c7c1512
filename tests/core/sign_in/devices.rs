//! Devices: confirmed, remembered or not, proved at the next sign-in, named at each refresh,
//! forgotten by the pool.

use poolkey::domain::sign_in::{Answer, KeptDevice, Move, SignIn};
use poolkey::domain::{KeptSignIn, ProblemKind, SignInMethod};
use poolkey::ops::sign_in::Outcome;
use poolkey::sandbox::Fault;

use super::{bench_by, problem};
use crate::support::{Bench, asked, finished, secret};

/// A bench at the app client that tracks devices.
async fn tracked(username: &str, method: SignInMethod) -> Bench {
    let mut bench = bench_by(username, method).await;
    bench.use_client("devices");
    bench
}

/// `sam` has typed password and code; the pool offers to remember.
async fn offered() -> (Bench, Box<SignIn>) {
    let bench = tracked("sam", SignInMethod::Srp).await;
    let outcome = with_code(&bench, bench.begin_as("sam").await).await;
    (bench, asked(outcome, "DEVICE"))
}

async fn with_code(bench: &Bench, outcome: Outcome) -> Outcome {
    let sign_in = asked(outcome, "SMS_MFA");
    let code = bench.delivered("sam");
    bench.answer(sign_in, "sms_mfa_code", &code).await.unwrap()
}

async fn decide(bench: &Bench, sign_in: Box<SignIn>, decision: &str) -> Outcome {
    let answer = Answer::default().with_text("remember_device", decision);
    bench.go_on(sign_in, Move::Answer(answer)).await.unwrap()
}

/// A bench whose device the pool remembers.
async fn remembered() -> Bench {
    let (bench, sign_in) = offered().await;
    let outcome = decide(&bench, sign_in, "yes").await;
    bench.works_for(outcome, "sam").await;
    bench
}

async fn device(bench: &Bench) -> Option<KeptDevice> {
    bench.deps.vault.device(&bench.profile).await.unwrap()
}

async fn keep(bench: &Bench, device: &KeptDevice) {
    let vault = &bench.deps.vault;
    vault
        .keep_device(&bench.profile, Some(device))
        .await
        .unwrap();
}

/// The pool does not take the device for one it knows: the code is asked for, and a new device made.
async fn is_a_stranger(bench: &Bench, former: &KeptDevice) {
    let outcome = with_code(bench, bench.begin_as("sam").await).await;
    let outcome = decide(bench, asked(outcome, "DEVICE"), "yes").await;
    bench.works_for(outcome, "sam").await;
    let now = device(bench).await.unwrap();
    assert_ne!(now.device_key, former.device_key);
    finished(bench.begin_as("sam").await);
}

#[tokio::test]
async fn a_remembered_device_stands_for_the_code() {
    let bench = remembered().await;
    assert_eq!(bench.sandbox.calls("ConfirmDevice"), 1);
    assert_eq!(bench.sandbox.calls("UpdateDeviceStatus"), 1);
    for typed in ["sam", "sam"] {
        let before = bench.sandbox.calls("RespondToAuthChallenge");
        let outcome = bench.begin(typed, &bench.password("sam")).await.unwrap();
        bench.works_for(outcome, "sam").await;
        // The password's proof, then the two of the device.
        assert_eq!(bench.sandbox.calls("RespondToAuthChallenge"), before + 3);
    }
    assert_eq!(bench.sandbox.calls("ConfirmDevice"), 1);
}

#[tokio::test]
async fn it_is_the_same_device_by_the_alias_that_was_typed() {
    let bench = tracked("sam", SignInMethod::Srp).await;
    let password = bench.password("sam");
    let outcome = bench.begin("sam@example.com", &password).await.unwrap();
    let outcome = with_code(&bench, outcome).await;
    let outcome = decide(&bench, asked(outcome, "DEVICE"), "yes").await;
    bench.works_for(outcome, "sam").await;
    for typed in ["sam@example.com", "sam"] {
        finished(bench.begin(typed, &password).await.unwrap());
    }
    let device = device(&bench).await.unwrap();
    assert_eq!(device.username, "sam");
}

#[tokio::test]
async fn it_stands_for_the_code_of_every_flow_that_proves_the_password() {
    let mut bench = remembered().await;
    bench.profile.sign_in = SignInMethod::CustomSrp;
    let sign_in = asked(bench.begin_as("sam").await, "CUSTOM_CHALLENGE");
    let outcome = bench.choose(sign_in, "42").await.unwrap();
    let sign_in = asked(outcome, "CUSTOM_CHALLENGE");
    let outcome = bench.choose(sign_in, "mellon").await.unwrap();
    bench.works_for(outcome, "sam").await;

    bench.profile.sign_in = SignInMethod::Choice;
    let sign_in = asked(bench.begin_by_name("sam").await.unwrap(), "PASSWORD");
    let password = bench.password("sam");
    let outcome = bench.answer(sign_in, "password", &password).await.unwrap();
    bench.works_for(outcome, "sam").await;
}

#[tokio::test]
async fn a_device_that_is_not_remembered_is_known_all_the_same() {
    let (bench, sign_in) = offered().await;
    let outcome = decide(&bench, sign_in, "no").await;
    bench.works_for(outcome, "sam").await;
    let first = device(&bench).await.unwrap();
    // The code is asked for, the device not offered again.
    let outcome = with_code(&bench, bench.begin_as("sam").await).await;
    bench.works_for(outcome, "sam").await;
    assert_eq!(bench.sandbox.calls("ConfirmDevice"), 1);
    assert_eq!(device(&bench).await.unwrap().device_key, first.device_key);
}

#[tokio::test]
async fn a_refresh_names_the_device() {
    for fault in [None, Some(Fault::Unknown)] {
        let bench = remembered().await;
        let kept = bench.deps.vault.sign_in(&bench.profile).await.unwrap();
        let kept = kept.unwrap();
        let device = device(&bench).await.unwrap();
        assert_eq!(kept.device_key.as_deref(), Some(device.device_key.as_str()));
        for renewal in 0..2 {
            if let Some(fault) = fault {
                bench
                    .sandbox
                    .next_answer("GetTokensFromRefreshToken", fault);
            }
            bench.renew().await.unwrap();
            assert_eq!(bench.refreshes(), renewal + 2, "one with the sign-in");
        }
        // The pool does insist on it.
        let nameless = KeptSignIn {
            device_key: None,
            ..kept
        };
        let vault = &bench.deps.vault;
        vault.keep_sign_in(&bench.profile, &nameless).await.unwrap();
        let problem = bench.renew().await.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::SignInNeeded);
    }
}

#[tokio::test]
async fn a_device_the_pool_forgot_is_made_anew() {
    let bench = remembered().await;
    let former = device(&bench).await.unwrap();
    bench.sandbox.forget_devices("sam");
    is_a_stranger(&bench, &former).await;
}

#[tokio::test]
async fn a_device_that_is_not_believed_is_made_anew() {
    let bench = remembered().await;
    let former = device(&bench).await.unwrap();
    let spoiled = KeptDevice {
        password: secret("not what was confirmed"),
        ..former.duplicate()
    };
    keep(&bench, &spoiled).await;
    is_a_stranger(&bench, &former).await;
}

#[tokio::test]
async fn somebody_elses_device_is_not_shown() {
    let bench = remembered().await;
    let sams = device(&bench).await.unwrap();
    let sign_in = asked(bench.begin_as("ana").await, "DEVICE");
    let outcome = decide(&bench, sign_in, "yes").await;
    bench.works_for(outcome, "ana").await;
    let anas = device(&bench).await.unwrap();
    assert_eq!(anas.username, "ana");
    assert_ne!(anas.device_key, sams.device_key);
}

/// As reported from the service: tokens of these flows cannot confirm a device. They work.
#[tokio::test]
async fn a_device_that_cannot_be_confirmed_costs_nothing() {
    let bench = tracked("ana", SignInMethod::Password).await;
    let outcome = bench.begin_as("ana").await;
    bench.works_for(outcome, "ana").await;
    assert_eq!(bench.sandbox.calls("ConfirmDevice"), 1);
    assert!(device(&bench).await.is_none());

    let bench = tracked("ana", SignInMethod::Custom).await;
    let outcome = bench.begin_by_name("ana").await.unwrap();
    let sign_in = asked(outcome, "CUSTOM_CHALLENGE");
    let outcome = bench.choose(sign_in, "42").await.unwrap();
    let sign_in = asked(outcome, "CUSTOM_CHALLENGE");
    let outcome = bench.choose(sign_in, "mellon").await.unwrap();
    bench.works_for(outcome, "ana").await;
    assert!(device(&bench).await.is_none());
}

#[tokio::test]
async fn a_decision_that_does_not_arrive_costs_nothing() {
    let (bench, sign_in) = offered().await;
    for _ in 0..3 {
        let fault = Fault::Status500;
        bench.sandbox.next_answer("UpdateDeviceStatus", fault);
    }
    let outcome = decide(&bench, sign_in, "yes").await;
    bench.works_for(outcome, "sam").await;
}

#[tokio::test]
async fn a_decision_is_yes_or_no() {
    let (bench, sign_in) = offered().await;
    let sign_in = asked(decide(&bench, sign_in, "perhaps").await, "DEVICE");
    let problem = problem(&sign_in);
    assert_eq!(problem.kind, ProblemKind::Usage);
    finished(decide(&bench, sign_in, "no").await);
}
