//! Starting over: after a session that expired, for a new code, and not for ever.

use super::*;

scenarios![
    a_code_of_an_app_is_given_again,
    a_code_given_again_may_be_wrong,
    a_delivered_code_is_asked_anew,
    a_custom_challenge_is_asked_anew,
    a_choice_is_given_again,
    a_chosen_code_is_named_at_once,
    a_chosen_password_is_named_at_once,
    the_list_comes_all_the_same,
    a_choice_holds_after_a_confirmation,
    a_new_code_is_sent_by_starting_over,
    starting_over_has_an_end,
    every_word_of_the_person_begins_the_count_again,
    what_was_given_long_ago_is_not_given_again,
    another_person_begins_from_nothing,
];

fn a_code_of_an_app_is_given_again(log: &mut Log) {
    let mut drive = log.challenged("SOFTWARE_TOKEN_MFA", &[]);
    drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
    let call = drive.hear(too_late()).initiate();
    assert_eq!(call.username, "ana");
    assert_proves(&drive.prove().proof, "old secret");
    drive.hear(challenge("SOFTWARE_TOKEN_MFA", &[], "session-9"));
    let response = drive.response("SOFTWARE_TOKEN_MFA");
    assert_session(&response, "session-9");
    assert_fields(&response.fields, &[("SOFTWARE_TOKEN_MFA_CODE", "123456")]);
    drive.ends_well();
    assert_eq!(drive.sign_in.detail(), "SRP + TOTP");
}

fn a_code_given_again_may_be_wrong(log: &mut Log) {
    let mut drive = log.challenged("SOFTWARE_TOKEN_MFA", &[]);
    drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
    drive.hear(too_late()).initiate();
    drive.prove();
    drive.hear(challenge("SOFTWARE_TOKEN_MFA", &[], "session-9"));
    drive.response("SOFTWARE_TOKEN_MFA");
    drive.hear(refused("CodeMismatchException", "No."));
    let question = drive.asked_again("SOFTWARE_TOKEN_MFA", "CodeMismatchException");
    assert!(question.notice.unwrap().contains("started again"));
    // Once only: the wrong code is not given a third time.
    let next = code("software_token_mfa_code", "222222");
    let response = drive.give(next).response("SOFTWARE_TOKEN_MFA");
    assert_session(&response, "session-9");
    assert_fields(&response.fields, &[("SOFTWARE_TOKEN_MFA_CODE", "222222")]);
}

fn a_delivered_code_is_asked_anew(log: &mut Log) {
    for (name, field) in [
        ("SMS_MFA", "sms_mfa_code"),
        ("SMS_OTP", "sms_otp_code"),
        ("EMAIL_OTP", "email_otp_code"),
    ] {
        let mut drive = log.challenged(name, &[]);
        drive.give(code(field, "123456")).response(name);
        drive.hear(too_late()).initiate();
        drive.prove();
        drive.hear(challenge(name, &[], "session-9"));
        let question = drive.asked(name);
        assert!(question.notice.unwrap().contains("a new code was sent"));
        let response = drive.give(code(field, "654321")).response(name);
        assert_session(&response, "session-9");
        drive.ends_well();
    }
}

fn a_custom_challenge_is_asked_anew(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Custom);
    drive.give(name("ana")).initiate();
    drive.hear(challenge("CUSTOM_CHALLENGE", &[], "session-1"));
    drive.give(chosen("4")).response("CUSTOM_CHALLENGE");
    drive.hear(too_late()).initiate();
    drive.hear(challenge("CUSTOM_CHALLENGE", &[], "session-2"));
    let notice = drive.asked("CUSTOM_CHALLENGE").notice;
    assert!(notice.unwrap().contains("started again"));
}

fn a_choice_is_given_again(log: &mut Log) {
    let list = [("MFAS_CAN_CHOOSE", r#"["SMS_MFA","SOFTWARE_TOKEN_MFA"]"#)];
    let mut drive = log.challenged("SELECT_MFA_TYPE", &list);
    let answer = chosen("SOFTWARE_TOKEN_MFA");
    drive.give(answer).response("SELECT_MFA_TYPE");
    drive.hear(challenge("SOFTWARE_TOKEN_MFA", &[], "session-3"));
    drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
    drive.hear(too_late()).initiate();
    drive.prove();
    drive.hear(challenge("SELECT_MFA_TYPE", &list, "session-4"));
    let response = drive.response("SELECT_MFA_TYPE");
    assert_session(&response, "session-4");
    assert_fields(&response.fields, &[("ANSWER", "SOFTWARE_TOKEN_MFA")]);
    drive.hear(challenge("SOFTWARE_TOKEN_MFA", &[], "session-5"));
    drive.response("SOFTWARE_TOKEN_MFA");
    drive.ends_well();
}

const WAYS: &[&str] = &["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"];

/// Chosen from the list of `USER_AUTH`.
fn chosen_first<'a>(log: &'a mut Log, factor: &str) -> Drive<'a> {
    let mut drive = log.sign_in(SignInMethod::Choice);
    let first = drive.give(name("ana")).initiate();
    assert_fields(&first.fields, &[]);
    drive.hear(select_challenge(WAYS));
    drive.give(chosen(factor));
    drive
}

fn a_chosen_code_is_named_at_once(log: &mut Log) {
    let mut drive = chosen_first(log, "EMAIL_OTP");
    drive.response("SELECT_CHALLENGE");
    drive.hear(challenge("EMAIL_OTP", &[], "session-1"));
    for _ in 0..2 {
        let call = drive.take(Move::Resend).initiate();
        assert_fields(&call.fields, &[("PREFERRED_CHALLENGE", "EMAIL_OTP")]);
        assert!(!call.with_srp_a);
        drive.hear(challenge("EMAIL_OTP", &[], "session-2"));
        assert!(drive.asked("EMAIL_OTP").other_method);
    }
    let call = drive.take(Move::OtherMethod).initiate();
    assert_fields(&call.fields, &[]);
    drive.hear(select_challenge(WAYS));
    drive.asked("SELECT_CHALLENGE");
}

fn a_chosen_password_is_named_at_once(log: &mut Log) {
    let sent = ("PREFERRED_CHALLENGE", "PASSWORD");
    let proved = ("PREFERRED_CHALLENGE", "PASSWORD_SRP");
    let first: (&[_], &[_]) = (
        &[sent, ("PASSWORD", "wrong")],
        &[sent, ("PASSWORD", "right")],
    );
    for (factor, (wrong, right)) in [
        ("PASSWORD", first),
        ("PASSWORD_SRP", (&[proved][..], &[proved][..])),
    ] {
        let by_srp = factor == "PASSWORD_SRP";
        let mut drive = chosen_first(log, factor);
        let typed = |text: &str| Answer::of("password", secret(text));
        drive.give(typed("wrong")).response("SELECT_CHALLENGE");
        let call = drive.hear(too_late()).initiate();
        assert_fields(&call.fields, wrong);
        assert_eq!(call.with_srp_a, by_srp);
        if by_srp {
            assert_proves(&drive.prove().proof, "wrong");
        }
        drive.hear(wrong_password());
        drive.asked_again("PASSWORD", "NotAuthorizedException");
        let call = drive.give(typed("right")).initiate();
        assert_fields(&call.fields, right);
        if by_srp {
            assert_proves(&drive.prove().proof, "right");
        }
        drive.ends_well();
        let detail = if by_srp { "SRP" } else { "Password" };
        assert_eq!(drive.sign_in.detail(), detail);
    }
}

fn the_list_comes_all_the_same(log: &mut Log) {
    let mut drive = chosen_first(log, "EMAIL_OTP");
    drive.response("SELECT_CHALLENGE");
    drive.hear(challenge("EMAIL_OTP", &[], "session-1"));
    drive.take(Move::Resend).initiate();
    drive.hear(select_challenge(WAYS));
    let response = drive.response("SELECT_CHALLENGE");
    assert_fields(&response.fields, &[("ANSWER", "EMAIL_OTP")]);
    drive.hear(challenge("EMAIL_OTP", &[], "session-2"));
    assert!(drive.asked("EMAIL_OTP").notice.is_some());
}

fn a_choice_holds_after_a_confirmation(log: &mut Log) {
    let mut drive = chosen_first(log, "PASSWORD_SRP");
    drive.give(Answer::of("password", secret("old secret")));
    drive.response("SELECT_CHALLENGE");
    drive.hear(refused("UserNotConfirmedException", "No."));
    drive.give(code("confirmation_code", "123456")).call();
    let call = drive.hear(Heard::Done).initiate();
    assert_fields(&call.fields, &[("PREFERRED_CHALLENGE", "PASSWORD_SRP")]);
    assert!(call.with_srp_a);
}

fn a_new_code_is_sent_by_starting_over(log: &mut Log) {
    let mut drive = log.challenged("SMS_MFA", &[]);
    for _ in 0..5 {
        drive.take(Move::Resend).initiate();
        drive.prove();
        drive.hear(challenge("SMS_MFA", &[], "session-3"));
        let notice = drive.asked("SMS_MFA").notice;
        assert_eq!(notice, Some("A new code was sent."));
    }
}

fn starting_over_has_an_end(log: &mut Log) {
    let mut drive = log.challenged("SOFTWARE_TOKEN_MFA", &[]);
    drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
    for _ in 0..2 {
        drive.hear(too_late()).initiate();
        drive.prove();
        drive.hear(challenge("SOFTWARE_TOKEN_MFA", &[], "session-9"));
        drive.response("SOFTWARE_TOKEN_MFA");
    }
    let problem = drive.hear(too_late()).failed();
    assert_eq!(problem.aws_code(), Some("NotAuthorizedException"));
}

fn every_word_of_the_person_begins_the_count_again(log: &mut Log) {
    let mut drive = log.challenged("SMS_MFA", &[]);
    for _ in 0..5 {
        drive.give(code("sms_mfa_code", "123456"));
        drive.response("SMS_MFA");
        drive.hear(too_late()).initiate();
        drive.prove();
        drive.hear(challenge("SMS_MFA", &[], "session-9"));
        drive.asked("SMS_MFA");
    }
}

/// An answer that waits for its question in vain is forgotten at the next move.
fn what_was_given_long_ago_is_not_given_again(log: &mut Log) {
    let mut drive = log.challenged("SOFTWARE_TOKEN_MFA", &[]);
    drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
    drive.hear(too_late()).initiate();
    drive.prove();
    drive.hear(challenge("SMS_MFA", &[], "session-2"));
    drive.give(code("sms_mfa_code", "123456"));
    drive.response("SMS_MFA");
    drive.hear(challenge("SOFTWARE_TOKEN_MFA", &[], "session-3"));
    drive.asked("SOFTWARE_TOKEN_MFA");
}

fn another_person_begins_from_nothing(log: &mut Log) {
    let mut drive = log.begun(SignInMethod::Srp);
    let unconfirmed = refused("UserNotConfirmedException", "User is not confirmed.");
    drive.hear(unconfirmed).asked("UNCONFIRMED");
    assert!(!drive.sign_in.is_new());
    let answer = code("confirmation_code", "1");
    drive.give(answer).call();
    let call = drive.hear(Heard::Done).initiate();
    assert_eq!(call.username, "ana");
}
