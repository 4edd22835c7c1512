//! Challenges after the first proof: the wire keys of each answer, wrong ones, sessions.

use super::*;
use crate::domain::sign_in::{CodeKind, QuestionKind};

scenarios![
    codes,
    a_wrong_code_asks_again_with_the_same_session,
    a_code_that_never_arrived_is_asked_again,
    codes_end_with_a_refusal,
    a_new_password,
    attributes_that_the_account_lacks,
    a_new_password_that_is_not_good_enough,
    a_new_password_holds_once_it_is_accepted,
    a_refused_new_password_does_not_hold,
    an_authenticator_app_is_set_up,
    a_wrong_first_code,
    a_code_that_could_not_be_verified,
    codes_by_email_are_set_up,
    an_authenticator_app_fails_to_be_set_up,
    a_first_password_then_an_app_then_a_code,
    an_unknown_challenge_is_named,
    the_pool_asks_for_a_proof_of_nothing,
];

fn codes(log: &mut Log) {
    let codes = [
        ("SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA_CODE", "TOTP"),
        ("SMS_MFA", "SMS_MFA_CODE", "SMS code"),
        ("SMS_OTP", "SMS_OTP_CODE", "SMS code"),
        ("EMAIL_OTP", "EMAIL_OTP_CODE", "e-mail code"),
    ];
    assert_eq!(codes.len(), CodeKind::ALL.len());
    for (name, key, detail) in codes {
        let sent = [
            ("CODE_DELIVERY_DESTINATION", "+*******0112"),
            ("CODE_DELIVERY_DELIVERY_MEDIUM", "SMS"),
        ];
        let mut drive = log.challenged(name, &sent);
        let question = drive.asked(name);
        assert_eq!(question.can_resend(), name != "SOFTWARE_TOKEN_MFA");
        let shown = question.delivery.as_ref().map(ToString::to_string);
        assert_eq!(shown.as_deref(), Some("by SMS to +*******0112"));
        let fields = question.fields();
        assert_eq!(fields[0].name, key.to_lowercase());
        let answer = code(&fields[0].name, "123456");
        let response = drive.give(answer).response(name);
        assert_session(&response, "session-2");
        assert_fields(&response.fields, &[(key, "123456")]);
        assert!(matches!(response.proof, Proof::None));
        drive.ends_well();
        assert_eq!(drive.sign_in.detail(), format!("SRP + {detail}"));
    }
}

fn a_wrong_code_asks_again_with_the_same_session(log: &mut Log) {
    let mut drive = log.challenged("SOFTWARE_TOKEN_MFA", &[]);
    for code in [
        "CodeMismatchException",
        "ExpiredCodeException",
        "InvalidParameterException",
    ] {
        let response = drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
        assert_session(&response, "session-2");
        drive.hear(refused(code, "No."));
        drive.asked_again("SOFTWARE_TOKEN_MFA", code);
    }
}

fn a_code_that_never_arrived_is_asked_again(log: &mut Log) {
    let mut drive = log.challenged("SOFTWARE_TOKEN_MFA", &[]);
    let mut server_error = Problem::new(ProblemKind::Network, "HTTP 500");
    server_error.aws = Some(Box::new(AwsSaid {
        operation: "RespondToAuthChallenge",
        code: "InternalErrorException".to_owned(),
        message: String::new(),
    }));
    for heard in [
        unreachable(),
        Heard::Refused(server_error),
        refused("TooManyRequestsException", "Rate exceeded"),
        refused("LimitExceededException", "Attempt limit exceeded"),
    ] {
        drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
        let question = drive.hear(heard).asked("SOFTWARE_TOKEN_MFA");
        assert!(question.problem.is_some());
    }
    let response = drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
    assert_session(&response, "session-2");
}

fn codes_end_with_a_refusal(log: &mut Log) {
    for (code, message) in [
        ("NotAuthorizedException", "User is disabled."),
        ("SoftwareTokenMFANotFoundException", "No."),
        ("UserLambdaValidationException", "PreAuthentication failed"),
    ] {
        let mut drive = log.challenged("SOFTWARE_TOKEN_MFA", &[]);
        drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
        let problem = drive.hear(refused(code, message)).failed();
        assert_eq!(problem.aws_code(), Some(code));
    }
}

fn new_password(text: &str) -> Answer {
    Answer::of("new_password", secret(text))
}

fn a_new_password(log: &mut Log) {
    let mut drive = log.challenged("NEW_PASSWORD_REQUIRED", &[("requiredAttributes", "[]")]);
    assert_eq!(drive.asked("NEW_PASSWORD_REQUIRED").fields().len(), 1);
    let response = drive
        .give(new_password("New s3cret"))
        .response("NEW_PASSWORD_REQUIRED");
    assert_session(&response, "session-2");
    assert_fields(&response.fields, &[("NEW_PASSWORD", "New s3cret")]);
    drive.ends_well();
    assert_eq!(drive.sign_in.detail(), "SRP + new password");
}

const LACKING: (&str, &str) = (
    "requiredAttributes",
    r#"["userAttributes.given_name", "userAttributes.email", "userAttributes.custom:Team"]"#,
);

fn attributes_that_the_account_lacks(log: &mut Log) {
    let has = (
        "userAttributes",
        r#"{"email":"ana@example.com","given_name":""}"#,
    );
    let mut drive = log.challenged("NEW_PASSWORD_REQUIRED", &[LACKING, has]);
    let fields = drive.asked("NEW_PASSWORD_REQUIRED").fields();
    let named: Vec<_> = fields
        .iter()
        .map(|field| (field.name.as_str(), field.label.as_str()))
        .collect();
    let expected = [
        ("new_password", "New password"),
        ("userattributes.given_name", "Given name"),
        ("userattributes.custom:team", "Team"),
    ];
    assert_eq!(named, expected);
    let answer = new_password("New s3cret")
        .with_text("userattributes.given_name", "Ana")
        .with_text("userattributes.custom:team", "Blue");
    let response = drive.give(answer).response("NEW_PASSWORD_REQUIRED");
    assert_fields(
        &response.fields,
        &[
            ("NEW_PASSWORD", "New s3cret"),
            ("userAttributes.given_name", "Ana"),
            ("userAttributes.custom:Team", "Blue"),
        ],
    );
    let already = "Cannot modify an already provided given_name";
    drive.hear(refused("NotAuthorizedException", already));
    drive.asked_again("NEW_PASSWORD_REQUIRED", "NotAuthorizedException");
    // What is left empty is not sent.
    let answer = new_password("New s3cret").with_text("userattributes.given_name", "");
    let response = drive.give(answer).response("NEW_PASSWORD_REQUIRED");
    assert_fields(&response.fields, &[("NEW_PASSWORD", "New s3cret")]);
}

fn a_new_password_that_is_not_good_enough(log: &mut Log) {
    let mut drive = log.challenged("NEW_PASSWORD_REQUIRED", &[]);
    for code in [
        "InvalidPasswordException",
        "PasswordHistoryPolicyViolationException",
        "InvalidParameterException",
    ] {
        drive
            .give(new_password("short"))
            .response("NEW_PASSWORD_REQUIRED");
        drive.hear(refused(code, "Password not long enough"));
        drive.asked_again("NEW_PASSWORD_REQUIRED", code);
    }
}

fn a_new_password_holds_once_it_is_accepted(log: &mut Log) {
    let mut drive = log.challenged("NEW_PASSWORD_REQUIRED", &[]);
    drive
        .give(new_password("New s3cret"))
        .response("NEW_PASSWORD_REQUIRED");
    drive.hear(challenge("SMS_MFA", &[], "session-3"));
    drive.asked("SMS_MFA");
    drive.take(Move::Resend).initiate();
    assert_proves(&drive.prove().proof, "New s3cret");
}

fn a_refused_new_password_does_not_hold(log: &mut Log) {
    let mut drive = log.challenged("NEW_PASSWORD_REQUIRED", &[]);
    drive
        .give(new_password("New s3cret"))
        .response("NEW_PASSWORD_REQUIRED");
    drive.hear(too_late()).initiate();
    // The pool still has the old one; the new one is given again by itself.
    assert_proves(&drive.prove().proof, "old secret");
    drive.hear(challenge("NEW_PASSWORD_REQUIRED", &[], "session-4"));
    let response = drive.response("NEW_PASSWORD_REQUIRED");
    assert_session(&response, "session-4");
    assert_fields(&response.fields, &[("NEW_PASSWORD", "New s3cret")]);
}

const APP_ONLY: (&str, &str) = ("MFAS_CAN_SETUP", r#"["SMS_MFA","SOFTWARE_TOKEN_MFA"]"#);

fn first_code() -> Answer {
    code("user_code", "654321")
}

/// Up to the question for the first code.
fn set_up(log: &mut Log) -> Drive<'_> {
    let mut drive = log.challenged("MFA_SETUP", &[APP_ONLY]);
    match drive.call() {
        Call::Associate { session } => {
            assert!(session.unwrap().is_same(&secret("session-2")));
        }
        other => panic!("{other:?}"),
    }
    drive.hear(Heard::Associated {
        secret: secret("JBSWY3DP"),
        session: Some(secret("session-3")),
    });
    drive
}

fn an_authenticator_app_is_set_up(log: &mut Log) {
    let mut drive = set_up(log);
    let kind = &drive.asked("MFA_SETUP").kind;
    assert!(
        matches!(kind, QuestionKind::SetUpSoftwareToken { secret: key, .. }
        if key.is_same(&secret("JBSWY3DP")))
    );
    match drive.give(first_code()).call() {
        Call::Verify { session, code } => {
            assert!(session.unwrap().is_same(&secret("session-3")));
            assert!(code.is_same(&secret("654321")));
        }
        other => panic!("{other:?}"),
    }
    drive.hear(Heard::Verified {
        session: Some(secret("session-4")),
    });
    let response = drive.response("MFA_SETUP");
    assert_session(&response, "session-4");
    assert_fields(&response.fields, &[]);
    drive.ends_well();
    assert_eq!(drive.sign_in.detail(), "SRP + authenticator app set up");
}

fn a_wrong_first_code(log: &mut Log) {
    let mut drive = set_up(log);
    for code in ["EnableSoftwareTokenMFAException", "CodeMismatchException"] {
        drive.give(first_code()).call();
        drive.hear(refused(code, "Code mismatch"));
        drive.asked_again("MFA_SETUP", code);
    }
    drive.give(first_code()).call();
    drive.hear(unreachable());
    drive.asked_again("MFA_SETUP", "");
    match drive.give(first_code()).call() {
        Call::Verify { session, .. } => {
            assert!(session.unwrap().is_same(&secret("session-3")));
        }
        other => panic!("{other:?}"),
    }
    // A new run has a new key: the code of the old one is not given again.
    drive.hear(too_late()).initiate();
    drive.prove();
    drive.hear(challenge("MFA_SETUP", &[APP_ONLY], "session-5"));
    drive.call();
    drive.hear(Heard::Associated {
        secret: secret("KRSXG5A"),
        session: Some(secret("session-6")),
    });
    let notice = drive.asked("MFA_SETUP").notice;
    assert!(notice.unwrap().contains("remove the entry in the app"));
}

fn a_code_that_could_not_be_verified(log: &mut Log) {
    let mut drive = set_up(log);
    drive.give(first_code()).call();
    let problem = Problem::new(ProblemKind::Refused, "The code is wrong");
    drive.hear(Heard::Refused(problem));
    drive.asked_again("MFA_SETUP", "");
    drive.give(first_code()).call();
    drive
        .hear(refused("NotAuthorizedException", "No."))
        .failed();
}

fn codes_by_email_are_set_up(log: &mut Log) {
    let only_email = ("MFAS_CAN_SETUP", r#"["EMAIL_OTP","EMAIL_MFA","SMS_MFA"]"#);
    let mut drive = log.challenged("MFA_SETUP", &[only_email]);
    drive.asked("MFA_SETUP");
    let email = Answer::default().with_text("email", "ana@example.com");
    let response = drive.give(email).response("MFA_SETUP");
    assert_session(&response, "session-2");
    assert_fields(&response.fields, &[("EMAIL", "ana@example.com")]);
    drive.hear(challenge("EMAIL_OTP", &[], "session-3"));
    drive.asked("EMAIL_OTP");
}

fn an_authenticator_app_fails_to_be_set_up(log: &mut Log) {
    let mut drive = log.challenged("MFA_SETUP", &[APP_ONLY]);
    drive.call();
    drive.hear(too_late()).initiate();
    drive.prove();
    drive.hear(challenge("MFA_SETUP", &[APP_ONLY], "session-3"));
    drive.call();
    drive
        .hear(refused("NotAuthorizedException", "No."))
        .failed();
}

fn a_first_password_then_an_app_then_a_code(log: &mut Log) {
    let mut drive = log.challenged("NEW_PASSWORD_REQUIRED", &[]);
    drive
        .give(new_password("New s3cret"))
        .response("NEW_PASSWORD_REQUIRED");
    drive.hear(challenge("MFA_SETUP", &[APP_ONLY], "session-3"));
    drive.call();
    drive.hear(Heard::Associated {
        secret: secret("JBSWY3DP"),
        session: Some(secret("session-4")),
    });
    drive.give(first_code()).call();
    drive.hear(Heard::Verified {
        session: Some(secret("session-5")),
    });
    assert_session(&drive.response("MFA_SETUP"), "session-5");
    drive.hear(challenge("SOFTWARE_TOKEN_MFA", &[], "session-6"));
    drive.asked("SOFTWARE_TOKEN_MFA");
    let response = drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
    assert_session(&response, "session-6");
    drive.ends_well();
}

fn an_unknown_challenge_is_named(log: &mut Log) {
    let mut drive = log.challenged("RETINA_SCAN\u{1b}", &[]);
    let problem = drive.failed();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
    assert!(problem.sentence.contains("RETINA_SCAN "), "{problem}");
    // A list of ways of which none is known is the same.
    for (name, parameter) in [
        ("SELECT_MFA_TYPE", "MFAS_CAN_CHOOSE"),
        ("MFA_SETUP", "MFAS_CAN_SETUP"),
    ] {
        let mut drive = log.challenged(name, &[(parameter, r#"["RETINA_SCAN"]"#)]);
        assert!(drive.failed().sentence.contains(name));
    }
}

fn the_pool_asks_for_a_proof_of_nothing(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Custom);
    drive.give(name("ana")).initiate();
    drive.hear(challenge("PASSWORD_VERIFIER", &[], "session-1"));
    assert_eq!(drive.failed().kind, ProblemKind::Unexpected);
}
