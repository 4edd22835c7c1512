//! Wrong passwords: at the beginning they end the run, within `USER_AUTH` they are asked again.

use super::*;

scenarios![
    a_wrong_password_ends_the_run,
    a_wrong_chosen_password_is_asked_again,
    a_wrong_sent_password_is_asked_again,
    a_wrong_password_by_name_is_asked_again,
    a_refusal_of_the_user_ends_the_run,
    a_wrong_custom_answer_ends_the_run,
    nothing_typed_is_not_sent,
];

fn a_wrong_password_ends_the_run(log: &mut Log) {
    for method in [SignInMethod::Srp, SignInMethod::CustomSrp] {
        let mut drive = log.proved(method);
        let problem = drive.hear(wrong_password()).failed();
        assert_eq!(problem.aws_code(), Some("NotAuthorizedException"));
    }
    let mut drive = log.begun(SignInMethod::Password);
    drive.hear(wrong_password()).failed();
    // A user whom the pool does not know is told at the beginning.
    let mut drive = log.sign_in(SignInMethod::Choice);
    drive.give(name("nobody")).initiate();
    drive.hear(wrong_password()).failed();
}

/// Up to the password that was chosen.
fn password_chosen<'a>(log: &'a mut Log, factor: &str) -> Drive<'a> {
    let mut drive = log.sign_in(SignInMethod::Choice);
    drive.give(name("ana")).initiate();
    drive.hear(select_challenge(&["EMAIL_OTP", factor]));
    drive.give(chosen(factor)).asked("PASSWORD");
    drive
}

fn password(text: &str) -> Answer {
    Answer::of("password", secret(text))
}

fn a_wrong_chosen_password_is_asked_again(log: &mut Log) {
    let mut drive = password_chosen(log, "PASSWORD_SRP");
    for _ in 0..4 {
        drive.give(password("wrong"));
        match drive.call() {
            Call::Initiate(_) => {
                drive.hear(select_challenge(&["EMAIL_OTP", "PASSWORD_SRP"]));
                drive.response("SELECT_CHALLENGE");
            }
            first => assert!(matches!(first, Call::Respond(_)), "{first:?}"),
        }
        assert_proves(&drive.prove().proof, "wrong");
        drive.hear(wrong_password());
        let question = drive.asked_again("PASSWORD", "NotAuthorizedException");
        assert!(question.other_method && question.can_reset_password());
    }
    // The next one goes to a new run, by the way that was chosen.
    drive.give(password("right")).initiate();
    drive.hear(select_challenge(&["EMAIL_OTP", "PASSWORD_SRP"]));
    let response = drive.response("SELECT_CHALLENGE");
    assert_fields(&response.fields, &[("ANSWER", "PASSWORD_SRP")]);
    assert_proves(&drive.prove().proof, "right");
    drive.ends_well();
}

fn a_wrong_sent_password_is_asked_again(log: &mut Log) {
    let mut drive = password_chosen(log, "PASSWORD");
    drive.give(password("wrong")).response("SELECT_CHALLENGE");
    drive.hear(wrong_password());
    drive.asked_again("PASSWORD", "NotAuthorizedException");
    drive.give(password("right")).initiate();
    drive.hear(select_challenge(&["EMAIL_OTP", "PASSWORD"]));
    let response = drive.response("SELECT_CHALLENGE");
    let expected = [("ANSWER", "PASSWORD"), ("PASSWORD", "right")];
    assert_fields(&response.fields, &expected);
}

fn a_wrong_password_by_name_is_asked_again(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Choice);
    drive.give(name("ana")).initiate();
    drive.hear(challenge("PASSWORD", &[], "session-1"));
    drive.give(password("wrong")).response("PASSWORD");
    drive.hear(wrong_password());
    let question = drive.asked_again("PASSWORD", "NotAuthorizedException");
    assert!(!question.other_method);
    drive.give(password("right")).initiate();
    drive.hear(challenge("PASSWORD", &[], "session-2"));
    let response = drive.response("PASSWORD");
    assert_session(&response, "session-2");
    assert_fields(&response.fields, &[("PASSWORD", "right")]);
}

fn a_refusal_of_the_user_ends_the_run(log: &mut Log) {
    for message in ["User is disabled.", "Password attempts exceeded"] {
        let mut drive = password_chosen(log, "PASSWORD");
        drive.give(password("right")).response("SELECT_CHALLENGE");
        let refusal = refused("NotAuthorizedException", message);
        drive.hear(refusal).failed();
    }
}

/// The service says it with the words for a wrong password.
fn a_wrong_custom_answer_ends_the_run(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Custom);
    drive.give(name("ana")).initiate();
    drive.hear(challenge("CUSTOM_CHALLENGE", &[], "session-1"));
    drive.give(chosen("5")).response("CUSTOM_CHALLENGE");
    drive.hear(wrong_password()).failed();
}

fn nothing_typed_is_not_sent(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Srp);
    for answer in [
        credentials("", "s3cret"),
        credentials("ana", ""),
        Answer::default(),
    ] {
        let question = drive.give(answer).asked("PASSWORD");
        let problem = question.problem.as_ref().unwrap();
        assert_eq!(problem.kind, ProblemKind::Usage);
    }
    drive.give(credentials("ana", "s3cret")).initiate();

    let mut drive = log.challenged("SOFTWARE_TOKEN_MFA", &[]);
    let empty = code("software_token_mfa_code", "");
    let question = drive.give(empty).asked("SOFTWARE_TOKEN_MFA");
    let problem = question.problem.as_ref().unwrap();
    assert_eq!(problem.sentence, "Code is missing");

    // The name of last time need not be said again.
    let mut drive = log.sign_in(SignInMethod::Srp);
    drive.sign_in = SignIn::new(SignInMethod::Srp, Some("ana".to_owned()));
    let call = drive.give(password("s3cret")).initiate();
    assert_eq!(call.username, "ana");
}
