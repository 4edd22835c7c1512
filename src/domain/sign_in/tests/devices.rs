//! Remembered devices: the proof, a new one, one that the pool does not know.

use super::*;
use crate::domain::sign_in::DeviceChange;

scenarios![
    a_device_is_proved,
    a_device_is_proved_after_an_alias,
    a_device_that_does_not_exist,
    a_device_that_does_not_exist_any_more,
    a_device_that_is_not_believed,
    a_device_proof_that_never_arrived,
    a_device_proof_that_took_too_long,
    a_device_proof_without_a_device,
    a_forgotten_device_stays_forgotten,
    a_new_device,
    a_new_device_takes_the_place_of_the_old_one,
    a_new_device_that_is_not_confirmed,
    a_new_device_of_a_known_one_that_is_not_confirmed,
    a_device_is_remembered,
    a_device_is_not_remembered,
    a_device_that_cannot_be_updated,
    neither_yes_nor_no,
];

fn with_device<'a>(log: &'a mut Log, typed: &str) -> Drive<'a> {
    let mut drive = log.sign_in(SignInMethod::Srp);
    drive.sign_in.use_device(Some(device("ana", "pool_1")));
    drive.give(credentials(typed, "s3cret")).initiate();
    let told = [("USER_ID_FOR_SRP", "ana"), ("USERNAME", "ana")];
    drive.hear(challenge("PASSWORD_VERIFIER", &told, "session-1"));
    drive.response("PASSWORD_VERIFIER");
    drive
}

/// The first of the two calls is out.
fn device_asked<'a>(log: &'a mut Log, typed: &str) -> Drive<'a> {
    let mut drive = with_device(log, typed);
    drive.hear(challenge("DEVICE_SRP_AUTH", &[], "session-2"));
    let response = drive.response("DEVICE_SRP_AUTH");
    assert_session(&response, "session-2");
    assert_fields(&response.fields, &[]);
    assert!(matches!(response.proof, Proof::PublicValue));
    assert_eq!(response.device_key.as_deref(), Some("pool_1"));
    assert_eq!(response.username, "ana");
    drive
}

fn proof_wanted() -> Heard {
    let told = [("USERNAME", "ana"), ("USER_ID_FOR_SRP", "pool_1")];
    challenge("DEVICE_PASSWORD_VERIFIER", &told, "session-3")
}

fn prove_it(drive: &mut Drive<'_>) {
    let response = drive.hear(proof_wanted());
    let response = response.response("DEVICE_PASSWORD_VERIFIER");
    assert_session(&response, "session-3");
    assert_fields(&response.fields, &[]);
    assert_eq!(response.username, "ana");
    assert_eq!(response.device_key.as_deref(), Some("pool_1"));
    match response.proof {
        Proof::Device { device, .. } => {
            assert!(device.password.is_same(&secret("device password")));
        }
        other => panic!("{other:?}"),
    }
}

fn no_such_device() -> Heard {
    refused("ResourceNotFoundException", "Device does not exist.")
}

fn a_device_is_proved(log: &mut Log) {
    let mut drive = device_asked(log, "ana");
    prove_it(&mut drive);
    let finished = drive.ends_well();
    assert!(matches!(finished.device, DeviceChange::Unchanged));
    assert_eq!(finished.device_key.as_deref(), Some("pool_1"));
    assert_eq!(drive.sign_in.detail(), "SRP + device");
}

fn a_device_is_proved_after_an_alias(log: &mut Log) {
    let mut drive = device_asked(log, "ana@example.com");
    prove_it(&mut drive);
    assert_eq!(drive.ends_well().device_key.as_deref(), Some("pool_1"));
}

fn a_device_that_does_not_exist(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Srp);
    drive.sign_in.use_device(Some(device("ana", "pool_1")));
    drive.give(credentials("ana", "s3cret")).initiate();
    let call = drive.hear(no_such_device()).initiate();
    assert_eq!(call.device_key, None);
    assert_eq!(drive.prove().device_key, None);
    let finished = drive.ends_well();
    assert!(matches!(finished.device, DeviceChange::Forget));
    assert_eq!(finished.device_key, None);
}

fn a_device_that_does_not_exist_any_more(log: &mut Log) {
    let mut drive = with_device(log, "ana");
    drive.hear(challenge("SOFTWARE_TOKEN_MFA", &[], "session-2"));
    drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
    drive.hear(no_such_device()).initiate();
    drive.prove();
    // The code is given again by itself.
    drive.hear(challenge("SOFTWARE_TOKEN_MFA", &[], "session-3"));
    let response = drive.response("SOFTWARE_TOKEN_MFA");
    assert_eq!(response.device_key, None);
    drive.ends_well();
}

fn a_device_that_is_not_believed(log: &mut Log) {
    for heard in [no_such_device(), wrong_password()] {
        let mut drive = device_asked(log, "ana");
        prove_it(&mut drive);
        // Else nobody would get in any more.
        let call = drive.hear(heard).initiate();
        assert_eq!(call.device_key, None);
        drive.prove();
        let finished = drive.hear(tokens()).finished();
        assert!(matches!(finished.device, DeviceChange::Forget));
    }
}

fn a_device_proof_that_never_arrived(log: &mut Log) {
    let mut drive = device_asked(log, "ana");
    prove_it(&mut drive);
    let problem = drive.hear(unreachable()).failed();
    assert_eq!(problem.kind, ProblemKind::Network);
}

fn a_device_proof_that_took_too_long(log: &mut Log) {
    let mut drive = device_asked(log, "ana");
    let call = drive.hear(too_late()).initiate();
    assert_eq!(call.device_key.as_deref(), Some("pool_1"));
}

fn a_device_proof_without_a_device(log: &mut Log) {
    for name in ["DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"] {
        let problem = log.challenged(name, &[]).failed();
        assert!(problem.sentence.contains(name));
    }
    // Not even another person's.
    let mut drive = log.sign_in(SignInMethod::Srp);
    drive.sign_in.use_device(Some(device("tom", "pool_1")));
    drive.give(credentials("ana", "s3cret")).initiate();
    drive.prove();
    drive.hear(challenge("DEVICE_PASSWORD_VERIFIER", &[], "session-2"));
    drive.failed();
}

fn a_forgotten_device_stays_forgotten(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Srp);
    drive.sign_in.use_device(Some(device("ana", "pool_1")));
    drive.give(credentials("ana", "s3cret")).initiate();
    drive.hear(no_such_device()).initiate();
    drive.sign_in.use_device(Some(device("ana", "pool_1")));
    assert_eq!(drive.prove().device_key, None);
}

/// The call that confirms a new device is out.
fn confirming<'a>(log: &'a mut Log, typed: &str) -> Drive<'a> {
    let mut drive = log.sign_in(SignInMethod::Srp);
    drive.give(credentials(typed, "s3cret")).initiate();
    let told = [("USER_ID_FOR_SRP", "ana")];
    drive.hear(challenge("PASSWORD_VERIFIER", &told, ""));
    drive.response("PASSWORD_VERIFIER");
    match drive.hear(tokens_and_device()).call() {
        Call::ConfirmDevice {
            access_token,
            device,
            username,
            typed: named,
        } => {
            assert!(access_token.is_same(&secret("access token")));
            assert_eq!(device.device_key, "pool_new");
            assert_eq!((username.as_str(), named.as_str()), ("ana", typed));
        }
        other => panic!("{other:?}"),
    }
    drive
}

fn confirmed(ask: bool) -> Heard {
    let device = device("ana", "pool_new");
    Heard::DeviceConfirmed { device, ask }
}

fn a_new_device(log: &mut Log) {
    let mut drive = confirming(log, "ana@example.com");
    let finished = drive.hear(confirmed(false)).finished();
    assert!(matches!(&finished.device, DeviceChange::Keep(device)
        if device.device_key == "pool_new"));
    assert_eq!(finished.device_key.as_deref(), Some("pool_new"));
}

fn a_new_device_takes_the_place_of_the_old_one(log: &mut Log) {
    let mut drive = with_device(log, "ana");
    drive.hear(tokens_and_device()).call();
    let finished = drive.hear(confirmed(false)).finished();
    assert!(matches!(finished.device, DeviceChange::Keep(_)));
    assert_eq!(finished.device_key.as_deref(), Some("pool_new"));
}

fn a_new_device_that_is_not_confirmed(log: &mut Log) {
    for heard in [
        refused("InvalidParameterException", "Invalid device key given."),
        unreachable(),
        Heard::Refused(Problem::new(ProblemKind::Unexpected, "no random numbers")),
    ] {
        let mut drive = confirming(log, "ana");
        let finished = drive.hear(heard).finished();
        assert!(matches!(finished.device, DeviceChange::Unchanged));
        assert_eq!(finished.device_key, None);
    }
}

/// Tokens go with the new device; the old one was of no use.
fn a_new_device_of_a_known_one_that_is_not_confirmed(log: &mut Log) {
    let mut drive = with_device(log, "ana");
    drive.hear(tokens_and_device()).call();
    let finished = drive.hear(unreachable()).finished();
    assert!(matches!(finished.device, DeviceChange::Forget));
    assert_eq!(finished.device_key, None);
}

fn remember(answer: &str) -> Answer {
    Answer::default().with_text("remember_device", answer)
}

fn updating(log: &mut Log, answer: &str, expected: bool) -> Finished {
    let mut drive = confirming(log, "ana");
    drive.hear(confirmed(true)).asked("DEVICE");
    match drive.give(remember(answer)).call() {
        Call::UpdateDevice {
            access_token,
            device_key,
            remembered,
        } => {
            assert!(access_token.is_same(&secret("access token")));
            assert_eq!(device_key, "pool_new");
            assert_eq!(remembered, expected);
        }
        other => panic!("{other:?}"),
    }
    drive.hear(Heard::Done).finished()
}

fn a_device_is_remembered(log: &mut Log) {
    let finished = updating(log, "yes", true);
    assert!(matches!(finished.device, DeviceChange::Keep(_)));
}

/// Refreshes have to name it all the same.
fn a_device_is_not_remembered(log: &mut Log) {
    let finished = updating(log, "no", false);
    assert!(matches!(finished.device, DeviceChange::Keep(_)));
    assert_eq!(finished.device_key.as_deref(), Some("pool_new"));
}

fn a_device_that_cannot_be_updated(log: &mut Log) {
    let mut drive = confirming(log, "ana");
    drive.hear(confirmed(true));
    drive.give(remember("yes")).call();
    let finished = drive.hear(unreachable()).finished();
    assert_eq!(finished.device_key.as_deref(), Some("pool_new"));

    let mut drive = confirming(log, "ana");
    drive.hear(confirmed(true));
    drive.give(remember("no")).call();
    drive.hear(no_such_device()).finished();
}

fn neither_yes_nor_no(log: &mut Log) {
    let mut drive = confirming(log, "ana");
    drive.hear(confirmed(true));
    let question = drive.give(remember("maybe")).asked("DEVICE");
    assert!(question.problem.is_some());
    drive.give(remember("yes")).call();
    drive.hear(Heard::Done).finished();
}
