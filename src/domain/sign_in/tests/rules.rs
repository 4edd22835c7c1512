//! Rules that hold everywhere: turns, the cap, secrets.

use super::*;

scenarios![
    challenges_have_an_end,
    a_move_that_does_not_belong_changes_nothing,
    a_result_that_does_not_belong_ends_it,
    a_run_that_never_arrived,
];

fn challenges_have_an_end(log: &mut Log) {
    let mut drive = log.begun(SignInMethod::Srp);
    for _ in 0..10 {
        drive.prove();
    }
    drive.hear(challenge("PASSWORD_VERIFIER", &[], "session-1"));
    assert_eq!(drive.failed().kind, ProblemKind::Unexpected);

    // A person's answer begins the count again.
    let mut drive = log.challenged("SMS_MFA", &[]);
    for _ in 0..20 {
        let answer = code("sms_mfa_code", "123456");
        drive.give(answer).response("SMS_MFA");
        drive.hear(challenge("SMS_MFA", &[], "session-2"));
        drive.asked("SMS_MFA");
    }
}

fn a_move_that_does_not_belong_changes_nothing(log: &mut Log) {
    let mut drive = log.challenged("SOFTWARE_TOKEN_MFA", &[]);
    let forgot = Move::ForgotPassword {
        username: "ana".to_owned(),
    };
    for moved in [Move::Resend, Move::OtherMethod, forgot] {
        assert_eq!(drive.take(moved).failed().kind, ProblemKind::Unexpected);
    }
    drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
    // While a call is under way it is not the person's turn.
    assert!(drive.sign_in.take(Move::Answer(app_code())).is_err());
    assert!(drive.sign_in.question().is_none());
    drive.ends_well();
    assert!(drive.sign_in.take(Move::Answer(app_code())).is_err());
    assert!(drive.sign_in.hear(tokens()).is_err());
}

fn a_result_that_does_not_belong_ends_it(log: &mut Log) {
    let mut drive = log.begun(SignInMethod::Srp);
    assert!(drive.sign_in.hear(Heard::Done).is_err());
}

fn a_run_that_never_arrived(log: &mut Log) {
    let mut drive = log.begun(SignInMethod::Srp);
    let problem = drive.hear(unreachable()).failed();
    assert_eq!(problem.kind, ProblemKind::Network);
    let after = SignIn::new(SignInMethod::Srp, Some("ana".to_owned())).after(problem);
    let question = after.question().unwrap();
    assert!(question.problem.is_some() && after.is_new());
    assert_eq!(question.username, "ana");
}

/// Every secret that a person or a pool says is a canary here.
#[test]
fn debug_shows_no_secret() {
    let mut log = Log::default();
    let mut seen = String::new();
    let mut drive = log.sign_in(SignInMethod::Srp);
    let mut see = |drive: &mut Drive<'_>| {
        let step = drive.step.as_ref();
        seen.extend([format!("{:?}{step:?}", drive.sign_in)]);
    };
    drive.give(credentials("ana", "canary"));
    see(&mut drive);
    drive.hear(challenge(
        "PASSWORD_VERIFIER",
        &[("SECRET_BLOCK", "canary")],
        "canary",
    ));
    see(&mut drive);
    let list = [("MFAS_CAN_SETUP", r#"["SOFTWARE_TOKEN_MFA"]"#)];
    drive.hear(challenge("MFA_SETUP", &list, "canary"));
    see(&mut drive);
    drive.hear(Heard::Associated {
        secret: secret("canary"),
        session: Some(secret("canary")),
    });
    see(&mut drive);
    drive.give(code("user_code", "canary"));
    see(&mut drive);
    drive.hear(Heard::Verified {
        session: Some(secret("canary")),
    });
    drive.hear(challenge("NEW_PASSWORD_REQUIRED", &[], "canary"));
    drive.give(Answer::of("new_password", secret("canary")));
    see(&mut drive);
    let device = KeptDevice {
        password: secret("canary"),
        ..device("ana", "pool_1")
    };
    drive.sign_in.use_device(Some(device));
    drive.hear(Heard::Reply(Reply::Tokens {
        tokens: Tokens {
            id: secret("canary"),
            access: secret("canary"),
            refresh: Some(secret("canary")),
        },
        new_device: None,
    }));
    see(&mut drive);
    assert!(seen.contains("pool_1"));
    assert!(!seen.contains("canary"), "{seen}");
}

#[test]
fn every_answer_has_a_place_on_the_wire() {
    let answer = Answer::of("code", secret("canary")).with_text("username", "ana");
    assert_eq!(format!("{answer:?}"), r#"["code", "username"]"#);
    assert_eq!(answer.text("username"), Some("ana"));
    assert_eq!(answer.text("code"), None);
}
