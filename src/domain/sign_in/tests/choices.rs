//! Lists: the first factor of `USER_AUTH`, the second factor, the factor to set up.

use super::*;
use crate::domain::sign_in::{Factor, QuestionKind};

scenarios![
    the_list_shows_the_password_once,
    a_chosen_password_is_proved,
    a_chosen_password_may_be_sent,
    a_code_is_chosen,
    a_passkey_leads_to_the_browser,
    a_list_of_one_is_no_choice,
    the_only_way_is_a_passkey,
    what_is_not_on_the_list,
    a_choice_that_the_pool_refuses,
    the_pool_asks_for_the_password_by_name,
    a_second_factor_is_chosen,
    another_second_factor,
    another_first_factor,
    the_last_choice_is_taken_back_first,
    a_set_up_is_chosen,
    another_set_up,
];

fn choice(log: &mut Log) -> Drive<'_> {
    let mut drive = log.sign_in(SignInMethod::Choice);
    drive.give(name("ana")).initiate();
    drive
}

fn offered(log: &mut Log) -> Drive<'_> {
    let mut drive = choice(log);
    drive.hear(select_challenge(&[
        "EMAIL_OTP",
        "PASSWORD",
        "PASSWORD_SRP",
        "WEB_AUTHN",
        "RETINA_SCAN",
    ]));
    drive
}

fn typed_password(text: &str) -> Answer {
    Answer::of("password", secret(text))
}

fn factors(question: &Question) -> Vec<&'static str> {
    match &question.kind {
        QuestionKind::Choose { factors, .. } => {
            factors.iter().map(|factor| factor.name()).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn the_list_shows_the_password_once(log: &mut Log) {
    let mut drive = offered(log);
    let shown = factors(drive.asked("SELECT_CHALLENGE"));
    assert_eq!(shown, ["PASSWORD_SRP", "EMAIL_OTP", "WEB_AUTHN"]);
    let mut drive = choice(log);
    drive.hear(select_challenge(&["PASSWORD", "SMS_OTP"]));
    let shown = factors(drive.asked("SELECT_CHALLENGE"));
    assert_eq!(shown, ["PASSWORD", "SMS_OTP"]);
}

fn a_chosen_password_is_proved(log: &mut Log) {
    let mut drive = offered(log);
    drive.give(chosen("PASSWORD_SRP"));
    assert!(drive.asked("PASSWORD").other_method);
    let response = drive
        .give(typed_password("s3cret"))
        .response("SELECT_CHALLENGE");
    assert_session(&response, "session-s");
    assert_fields(&response.fields, &[("ANSWER", "PASSWORD_SRP")]);
    assert!(matches!(response.proof, Proof::PublicValue));
    assert_proves(&drive.prove().proof, "s3cret");
    drive.ends_well();
    assert_eq!(drive.sign_in.detail(), "SRP");
}

fn a_chosen_password_may_be_sent(log: &mut Log) {
    let mut drive = offered(log);
    drive.give(chosen("PASSWORD")).asked("PASSWORD");
    let response = drive
        .give(typed_password("s3cret"))
        .response("SELECT_CHALLENGE");
    let expected = [("ANSWER", "PASSWORD"), ("PASSWORD", "s3cret")];
    assert_fields(&response.fields, &expected);
    assert!(matches!(response.proof, Proof::None));
    drive.ends_well();
    assert_eq!(drive.sign_in.detail(), "Password");
}

fn a_code_is_chosen(log: &mut Log) {
    for factor in ["EMAIL_OTP", "SMS_OTP"] {
        let mut drive = choice(log);
        drive.hear(select_challenge(&["PASSWORD_SRP", factor]));
        let response = drive.give(chosen(factor)).response("SELECT_CHALLENGE");
        assert_session(&response, "session-s");
        assert_fields(&response.fields, &[("ANSWER", factor)]);
        drive.hear(challenge(factor, &[], "session-1"));
        assert!(drive.asked(factor).other_method);
        let key = format!("{factor}_CODE");
        let answer = code(&key.to_lowercase(), "12345678");
        let response = drive.give(answer).response(factor);
        assert_session(&response, "session-1");
        assert_fields(&response.fields, &[(key.as_str(), "12345678")]);
        drive.ends_well();
    }
}

fn a_passkey_leads_to_the_browser(log: &mut Log) {
    let mut drive = offered(log);
    drive.give(chosen("WEB_AUTHN"));
    assert!(matches!(drive.step(), Ok(Step::Browser)));
    let mut drive = choice(log);
    let options = [("CREDENTIAL_REQUEST_OPTIONS", "{}")];
    drive.hear(challenge("WEB_AUTHN", &options, "session-1"));
    assert!(matches!(drive.step(), Ok(Step::Browser)));
}

fn a_list_of_one_is_no_choice(log: &mut Log) {
    let mut drive = choice(log);
    drive.hear(select_challenge(&["EMAIL_OTP", "RETINA_SCAN"]));
    let response = drive.response("SELECT_CHALLENGE");
    assert_fields(&response.fields, &[("ANSWER", "EMAIL_OTP")]);
    drive.hear(challenge("EMAIL_OTP", &[], "session-1"));
    assert!(!drive.asked("EMAIL_OTP").other_method);

    let mut drive = choice(log);
    drive.hear(select_challenge(&["PASSWORD", "PASSWORD_SRP"]));
    assert!(!drive.asked("PASSWORD").other_method);
    let response = drive
        .give(typed_password("s3cret"))
        .response("SELECT_CHALLENGE");
    assert_fields(&response.fields, &[("ANSWER", "PASSWORD_SRP")]);
}

fn the_only_way_is_a_passkey(log: &mut Log) {
    let mut drive = choice(log);
    drive.hear(select_challenge(&["WEB_AUTHN"]));
    assert!(matches!(drive.step(), Ok(Step::Browser)));
}

fn what_is_not_on_the_list(log: &mut Log) {
    let mut drive = offered(log);
    for factor in ["SMS_OTP", "RETINA_SCAN", ""] {
        let question = drive.give(chosen(factor)).asked("SELECT_CHALLENGE");
        let problem = question.problem.as_ref().unwrap();
        assert_eq!(problem.kind, ProblemKind::Usage);
        assert!(problem.hints[0].contains("EMAIL_OTP"), "{problem:?}");
    }
    drive.give(chosen("EMAIL_OTP")).response("SELECT_CHALLENGE");
}

fn a_choice_that_the_pool_refuses(log: &mut Log) {
    let mut drive = offered(log);
    drive.give(chosen("EMAIL_OTP")).response("SELECT_CHALLENGE");
    let refusal = refused("InvalidParameterException", "Not available");
    drive.hear(refusal);
    drive.asked_again("SELECT_CHALLENGE", "InvalidParameterException");
    // Not taken for given when the sign-in starts over.
    drive.give(chosen("PASSWORD_SRP")).asked("PASSWORD");
    drive
        .give(typed_password("s3cret"))
        .response("SELECT_CHALLENGE");
    drive.hear(too_late()).initiate();
    drive.hear(select_challenge(&["EMAIL_OTP", "PASSWORD_SRP"]));
    let response = drive.response("SELECT_CHALLENGE");
    assert_fields(&response.fields, &[("ANSWER", "PASSWORD_SRP")]);
}

fn the_pool_asks_for_the_password_by_name(log: &mut Log) {
    let mut drive = choice(log);
    drive.hear(challenge("PASSWORD", &[], "session-1"));
    drive.asked("PASSWORD");
    let response = drive.give(typed_password("s3cret")).response("PASSWORD");
    assert_session(&response, "session-1");
    assert_fields(&response.fields, &[("PASSWORD", "s3cret")]);

    let mut drive = choice(log);
    drive.hear(challenge("PASSWORD_SRP", &[], "session-1"));
    drive.asked("PASSWORD");
    let response = drive
        .give(typed_password("s3cret"))
        .response("PASSWORD_SRP");
    assert_session(&response, "session-1");
    assert_fields(&response.fields, &[]);
    assert!(matches!(response.proof, Proof::PublicValue));
    assert_proves(&drive.prove().proof, "s3cret");
}

const SECOND: (&str, &str) = (
    "MFAS_CAN_CHOOSE",
    r#"["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_MFA"]"#,
);

fn a_second_factor_is_chosen(log: &mut Log) {
    for (factor, next) in [
        ("SMS_MFA", "SMS_MFA"),
        ("SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA"),
        ("EMAIL_MFA", "EMAIL_OTP"),
    ] {
        let mut drive = log.challenged("SELECT_MFA_TYPE", &[SECOND]);
        let question = drive.asked("SELECT_MFA_TYPE");
        assert_eq!(factors(question).len(), 3);
        assert!(!question.can_reset_password());
        let response = drive.give(chosen(factor)).response("SELECT_MFA_TYPE");
        assert_session(&response, "session-2");
        assert_fields(&response.fields, &[("ANSWER", factor)]);
        drive.hear(challenge(next, &[], "session-3"));
        assert!(drive.asked(next).other_method);
    }
}

fn another_second_factor(log: &mut Log) {
    let mut drive = log.challenged("SELECT_MFA_TYPE", &[SECOND]);
    drive.give(chosen("SMS_MFA")).response("SELECT_MFA_TYPE");
    drive.hear(challenge("SMS_MFA", &[], "session-3"));
    drive.take(Move::OtherMethod).initiate();
    drive.prove();
    drive.hear(challenge("SELECT_MFA_TYPE", &[SECOND], "session-4"));
    drive.asked("SELECT_MFA_TYPE");
    let answer = chosen("SOFTWARE_TOKEN_MFA");
    let response = drive.give(answer).response("SELECT_MFA_TYPE");
    assert_session(&response, "session-4");
}

fn another_first_factor(log: &mut Log) {
    let mut drive = offered(log);
    drive.give(chosen("PASSWORD_SRP")).asked("PASSWORD");
    drive.take(Move::OtherMethod).initiate();
    drive.hear(select_challenge(&["EMAIL_OTP", "PASSWORD_SRP"]));
    drive.asked("SELECT_CHALLENGE");
}

fn the_last_choice_is_taken_back_first(log: &mut Log) {
    let mut drive = offered(log);
    drive.give(chosen("PASSWORD_SRP")).asked("PASSWORD");
    drive
        .give(typed_password("s3cret"))
        .response("SELECT_CHALLENGE");
    drive.prove();
    drive.hear(challenge("SELECT_MFA_TYPE", &[SECOND], "session-2"));
    drive.give(chosen("SMS_MFA")).response("SELECT_MFA_TYPE");
    drive.hear(challenge("SMS_MFA", &[], "session-3"));
    drive.take(Move::OtherMethod).initiate();
    drive.hear(select_challenge(&["EMAIL_OTP", "PASSWORD_SRP"]));
    drive.response("SELECT_CHALLENGE");
    assert_proves(&drive.prove().proof, "s3cret");
    drive.hear(challenge("SELECT_MFA_TYPE", &[SECOND], "session-4"));
    drive.asked("SELECT_MFA_TYPE");
}

const SET_UP: (&str, &str) = ("MFAS_CAN_SETUP", r#"["SOFTWARE_TOKEN_MFA","EMAIL_OTP"]"#);

fn a_set_up_is_chosen(log: &mut Log) {
    let mut drive = log.challenged("MFA_SETUP", &[SET_UP]);
    let shown = factors(drive.asked("MFA_SETUP"));
    assert_eq!(shown, ["EMAIL_OTP", "SOFTWARE_TOKEN_MFA"]);
    drive.give(chosen("SOFTWARE_TOKEN_MFA"));
    assert!(matches!(drive.call(), Call::Associate { .. }));
    drive.hear(unreachable());
    drive.asked_again("MFA_SETUP", "");
    drive.give(chosen("EMAIL_OTP"));
    assert!(matches!(
        drive.asked("MFA_SETUP").kind,
        QuestionKind::SetUpEmail
    ));
}

fn another_set_up(log: &mut Log) {
    let mut drive = log.challenged("MFA_SETUP", &[SET_UP]);
    drive.give(chosen("SOFTWARE_TOKEN_MFA")).call();
    drive.hear(Heard::Associated {
        secret: secret("JBSWY3DP"),
        session: Some(secret("session-3")),
    });
    assert!(drive.asked("MFA_SETUP").other_method);
    drive.take(Move::OtherMethod).initiate();
    drive.prove();
    drive.hear(challenge("MFA_SETUP", &[SET_UP], "session-4"));
    drive.give(chosen("EMAIL_OTP"));
    assert!(drive.asked("MFA_SETUP").other_method);
}

#[test]
fn factors_are_known_by_name() {
    for name in ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP"] {
        assert_eq!(Factor::parse(name).map(Factor::name), Some(name));
    }
    // In whatever case somebody types it is the command line's affair.
    assert_eq!(Factor::parse("password"), None);
    assert_eq!(Factor::parse("passwords"), None);
}
