//! Forgotten passwords, resets, accounts to be confirmed: what comes before a sign-in goes on.

use super::*;

scenarios![
    a_forgotten_password_is_reset,
    a_forgotten_password_that_cannot_be_reset,
    a_forgotten_password_within_a_choice,
    a_forgotten_password_before_the_choice,
    a_forgotten_password_of_the_browsers,
    a_forgotten_password_without_a_name,
    another_persons_forgotten_password,
    a_reset_that_the_pool_demands,
    wrong_codes_for_a_reset,
    a_new_code_for_a_reset,
    a_reset_ends_with_a_refusal,
    an_account_is_confirmed,
    wrong_codes_for_a_confirmation,
    a_new_code_for_a_confirmation,
    an_account_that_was_confirmed_meanwhile,
    a_confirmation_ends_with_a_refusal,
    an_unconfirmed_account_whose_password_is_forgotten,
    an_unconfirmed_account_without_a_password,
    a_name_that_the_pool_told_is_the_same_person,
    the_account_is_looked_at_before_the_password,
];

fn forgot(username: &str) -> Move {
    Move::ForgotPassword {
        username: username.to_owned(),
    }
}

fn reset(new_password: &str) -> Answer {
    code("confirmation_code", "123456").with("new_password", secret(new_password))
}

fn confirmation() -> Answer {
    code("confirmation_code", "123456")
}

fn unconfirmed() -> Heard {
    refused("UserNotConfirmedException", "User is not confirmed.")
}

fn reset_required() -> Heard {
    refused(
        "PasswordResetRequiredException",
        "Password reset required for the user",
    )
}

fn a_forgotten_password_is_reset(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Srp);
    let call = drive.take(forgot("ana@example.com")).call();
    assert!(matches!(call, Call::ForgotPassword { username } if username == "ana@example.com"));
    let question = drive.hear(delivered("EMAIL")).asked("RESET_REQUIRED");
    assert_eq!(question.explanation(), "A code was sent by e-mail to a***.");
    assert_eq!(question.notice, None);
    assert_eq!(question.username, "ana@example.com");
    match drive.give(reset("New s3cret")).call() {
        Call::ResetPassword {
            username,
            code,
            new_password,
        } => {
            assert_eq!(username, "ana@example.com");
            assert!(code.is_same(&secret("123456")));
            assert!(new_password.is_same(&secret("New s3cret")));
        }
        other => panic!("{other:?}"),
    }
    // The sign-in goes on by itself.
    let call = drive.hear(Heard::Done).initiate();
    assert_eq!(call.username, "ana@example.com");
    assert_proves(&drive.prove().proof, "New s3cret");
    drive.hear(challenge("SMS_MFA", &[], "session-2"));
    let notice = drive.asked("SMS_MFA").notice;
    assert_eq!(notice, Some("The new password is set."));
}

fn a_forgotten_password_that_cannot_be_reset(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Srp);
    for (code, message) in [
        ("LimitExceededException", "Attempt limit exceeded"),
        ("InvalidParameterException", "no registered/verified email"),
        (
            "NotAuthorizedException",
            "cannot be reset in the current state",
        ),
        (
            "UserNotFoundException",
            "Username/client id combination not found.",
        ),
    ] {
        drive.take(forgot("ana")).call();
        drive.hear(refused(code, message));
        assert_eq!(drive.asked_again("PASSWORD", code).username, "ana");
    }
    drive.take(forgot("ana")).call();
    drive.hear(unreachable());
    drive.asked_again("PASSWORD", "");
    // The sheet is as it was.
    assert!(drive.sign_in.is_new());
    drive.give(credentials("tom", "s3cret")).initiate();
}

fn password_asked(log: &mut Log) -> Drive<'_> {
    let mut drive = log.sign_in(SignInMethod::Choice);
    drive.give(name("ana")).initiate();
    drive.hear(select_challenge(&["EMAIL_OTP", "PASSWORD_SRP"]));
    drive.give(chosen("PASSWORD_SRP")).asked("PASSWORD");
    drive
}

fn a_forgotten_password_within_a_choice(log: &mut Log) {
    let mut drive = password_asked(log);
    drive.take(forgot("ana")).call();
    drive.hear(delivered("SMS")).asked("RESET_REQUIRED");
    drive.give(reset("New s3cret")).call();
    drive.hear(Heard::Done).initiate();
    // The choice and the new password are given without asking.
    drive.hear(select_challenge(&["EMAIL_OTP", "PASSWORD_SRP"]));
    let response = drive.response("SELECT_CHALLENGE");
    assert_fields(&response.fields, &[("ANSWER", "PASSWORD_SRP")]);
    assert_proves(&drive.prove().proof, "New s3cret");

    // A refusal leaves the question as it was, session included.
    let mut drive = password_asked(log);
    drive.take(forgot("ana")).call();
    drive.hear(refused("LimitExceededException", "Attempt limit exceeded"));
    drive.asked_again("PASSWORD", "LimitExceededException");
    let answer = Answer::of("password", secret("s3cret"));
    let response = drive.give(answer).response("SELECT_CHALLENGE");
    assert_session(&response, "session-s");
}

fn a_forgotten_password_before_the_choice(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Choice);
    drive.take(forgot("ana")).call();
    drive.hear(delivered("EMAIL")).asked("RESET_REQUIRED");
    drive.give(reset("New s3cret")).call();
    drive.hear(Heard::Done).initiate();
    drive.hear(select_challenge(&["EMAIL_OTP", "PASSWORD_SRP"]));
    drive.asked("SELECT_CHALLENGE");
    // Also where something else was tried first, the new password is not asked for again.
    drive.give(chosen("EMAIL_OTP")).response("SELECT_CHALLENGE");
    drive.hear(challenge("EMAIL_OTP", &[], "session-1"));
    drive.take(Move::OtherMethod).initiate();
    drive.hear(select_challenge(&["EMAIL_OTP", "PASSWORD_SRP"]));
    drive.asked("SELECT_CHALLENGE");
    drive
        .give(chosen("PASSWORD_SRP"))
        .response("SELECT_CHALLENGE");
    assert_proves(&drive.prove().proof, "New s3cret");
    // Until the pool refuses it.
    drive.hear(wrong_password());
    drive.asked_again("PASSWORD", "NotAuthorizedException");
    drive.take(Move::OtherMethod).initiate();
    drive.hear(select_challenge(&["EMAIL_OTP", "PASSWORD_SRP"]));
    drive.asked("SELECT_CHALLENGE");
    drive.give(chosen("PASSWORD_SRP")).asked("PASSWORD");
}

/// Managed login goes on by itself with the new password; there is no call to begin with.
fn a_forgotten_password_of_the_browsers(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Browser);
    drive.take(forgot("ana")).call();
    drive.hear(delivered("EMAIL")).asked("RESET_REQUIRED");
    drive.give(reset("New s3cret")).call();
    drive.hear(Heard::Done).leaves_to_browser();

    let mut drive = log.sign_in(SignInMethod::Browser);
    drive.take(forgot("ana")).call();
    drive.hear(unconfirmed()).asked("UNCONFIRMED");
    drive.give(confirmation()).call();
    drive.hear(Heard::Done).leaves_to_browser();

    let mut drive = log.sign_in(SignInMethod::Browser);
    drive.give(name("ana")).leaves_to_browser();
}

fn a_forgotten_password_without_a_name(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Srp);
    let question = drive.take(forgot("")).asked("PASSWORD");
    let problem = question.problem.as_ref().unwrap();
    assert_eq!(problem.sentence, "Username is missing");
}

fn another_persons_forgotten_password(log: &mut Log) {
    let mut drive = password_asked(log);
    drive.take(forgot("tom")).call();
    drive.hear(delivered("SMS")).asked("RESET_REQUIRED");
    drive.give(reset("New s3cret")).call();
    let call = drive.hear(Heard::Done).initiate();
    assert_eq!(call.username, "tom");
    // What the one chose is not the other's choice.
    drive.hear(select_challenge(&["EMAIL_OTP", "PASSWORD_SRP"]));
    drive.asked("SELECT_CHALLENGE");
}

fn a_reset_that_the_pool_demands(log: &mut Log) {
    let mut drive = log.proved(SignInMethod::Srp);
    let question = drive.hear(reset_required()).asked("RESET_REQUIRED");
    assert_eq!(question.delivery, None);
    drive.give(reset("New s3cret")).call();
    drive.hear(Heard::Done).initiate();
    assert_proves(&drive.prove().proof, "New s3cret");
    drive.ends_well();

    let mut drive = log.begun(SignInMethod::Password);
    drive.hear(reset_required()).asked("RESET_REQUIRED");
    drive.give(reset("New s3cret")).call();
    let call = drive.hear(Heard::Done).initiate();
    assert_fields(&call.fields, &[("PASSWORD", "New s3cret")]);
}

fn wrong_codes_for_a_reset(log: &mut Log) {
    let mut drive = log.proved(SignInMethod::Srp);
    drive.hear(reset_required());
    for code in [
        "CodeMismatchException",
        "ExpiredCodeException",
        "InvalidPasswordException",
        "PasswordHistoryPolicyViolationException",
        "InvalidParameterException",
        "LimitExceededException",
    ] {
        drive.give(reset("New s3cret")).call();
        drive.hear(refused(code, "No."));
        drive.asked_again("RESET_REQUIRED", code);
    }
}

fn a_new_code_for_a_reset(log: &mut Log) {
    let mut drive = log.proved(SignInMethod::Srp);
    drive.hear(reset_required()).asked("RESET_REQUIRED");
    let call = drive.take(Move::Resend).call();
    assert!(matches!(call, Call::ForgotPassword { username } if username == "ana"));
    let question = drive.hear(delivered("SMS")).asked("RESET_REQUIRED");
    assert_eq!(question.notice, Some("A new code was sent."));
    drive.take(Move::Resend).call();
    drive.hear(refused("LimitExceededException", "Attempt limit exceeded"));
    let question = drive.asked_again("RESET_REQUIRED", "LimitExceededException");
    assert!(question.delivery.is_some());
}

fn a_reset_ends_with_a_refusal(log: &mut Log) {
    let mut drive = log.proved(SignInMethod::Srp);
    drive.hear(reset_required());
    drive.give(reset("New s3cret")).call();
    let refusal = refused("UserLambdaValidationException", "No.");
    drive.hear(refusal).failed();
}

fn an_account_is_confirmed(log: &mut Log) {
    for method in [SignInMethod::Srp, SignInMethod::CustomSrp] {
        let mut drive = log.begun(method);
        drive.hear(unconfirmed()).asked("UNCONFIRMED");
        match drive.give(confirmation()).call() {
            Call::ConfirmAccount { username, code } => {
                assert_eq!(username, "ana");
                assert!(code.is_same(&secret("123456")));
            }
            other => panic!("{other:?}"),
        }
        drive.hear(Heard::Done).initiate();
        assert_proves(&drive.prove().proof, "old secret");
        drive.hear(challenge("EMAIL_OTP", &[], "session-2"));
        let notice = drive.asked("EMAIL_OTP").notice;
        assert_eq!(notice, Some("The account is confirmed."));
    }
}

fn wrong_codes_for_a_confirmation(log: &mut Log) {
    let mut drive = log.begun(SignInMethod::Srp);
    drive.hear(unconfirmed());
    for code in ["CodeMismatchException", "ExpiredCodeException"] {
        drive.give(confirmation()).call();
        drive.hear(refused(code, "No."));
        assert!(drive.asked_again("UNCONFIRMED", code).can_resend());
    }
    drive.give(confirmation()).call();
    drive.hear(unreachable());
    drive.asked_again("UNCONFIRMED", "");
}

fn a_new_code_for_a_confirmation(log: &mut Log) {
    let mut drive = log.begun(SignInMethod::Srp);
    drive.hear(unconfirmed());
    let call = drive.take(Move::Resend).call();
    assert!(matches!(call, Call::ResendConfirmation { username } if username == "ana"));
    let question = drive.hear(delivered("EMAIL")).asked("UNCONFIRMED");
    assert_eq!(question.notice, Some("A new code was sent."));
    assert_eq!(question.explanation(), "A code was sent by e-mail to a***.");
}

fn an_account_that_was_confirmed_meanwhile(log: &mut Log) {
    let mut drive = log.begun(SignInMethod::Srp);
    drive.hear(unconfirmed());
    drive.give(confirmation()).call();
    let message = "User cannot be confirmed. Current status is CONFIRMED";
    drive
        .hear(refused("NotAuthorizedException", message))
        .initiate();
    drive.prove();
    drive.ends_well();
}

fn a_confirmation_ends_with_a_refusal(log: &mut Log) {
    let mut drive = log.begun(SignInMethod::Srp);
    drive.hear(unconfirmed());
    drive.give(confirmation()).call();
    let message = "User cannot be confirmed. Current status is DISABLED";
    drive
        .hear(refused("NotAuthorizedException", message))
        .failed();
}

fn an_unconfirmed_account_whose_password_is_forgotten(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Srp);
    drive.take(forgot("ana")).call();
    drive.hear(unconfirmed()).asked("UNCONFIRMED");
    drive.give(confirmation()).call();
    // There is no password to go on with.
    let question = drive.hear(Heard::Done).asked("PASSWORD");
    assert_eq!(question.username, "ana");
    assert_eq!(question.notice, Some("The account is confirmed."));
    assert!(drive.sign_in.is_new());
    drive.give(credentials("ana", "s3cret")).initiate();
    assert_proves(&drive.prove().proof, "s3cret");
}

fn an_unconfirmed_account_without_a_password(log: &mut Log) {
    for method in [SignInMethod::Choice, SignInMethod::Custom] {
        let mut drive = log.sign_in(method);
        drive.give(name("ana")).initiate();
        drive.hear(unconfirmed()).asked("UNCONFIRMED");
        assert!(!drive.sign_in.is_new());
        drive.give(confirmation()).call();
        let call = drive.hear(Heard::Done).initiate();
        assert_eq!(call.username, "ana");
    }
}

fn a_name_that_the_pool_told_is_the_same_person(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Choice);
    drive.give(name("ana@acme")).initiate();
    drive.hear(select_challenge(&["EMAIL_OTP", "PASSWORD_SRP"]));
    drive.give(chosen("PASSWORD_SRP")).asked("PASSWORD");
    let wrong = Answer::of("password", secret("wrong"));
    drive.give(wrong).response("SELECT_CHALLENGE");
    let told = [
        ("SRP_B", "1"),
        ("SALT", "1"),
        ("SECRET_BLOCK", "x"),
        ("USER_ID_FOR_SRP", "b8f1-uuid"),
        ("USERNAME", "b8f1-uuid"),
    ];
    drive.hear(challenge("PASSWORD_VERIFIER", &told, "session-2"));
    drive.hear(wrong_password());
    let asked = drive.asked_again("PASSWORD", "NotAuthorizedException");
    assert_eq!(
        asked.username, "ana@acme",
        "as typed, not as the pool calls it"
    );
    let call = drive.take(forgot("b8f1-uuid")).call();
    assert!(
        matches!(&call, Call::ForgotPassword { username } if username == "ana@acme"),
        "{call:?}"
    );
    assert_eq!(drive.sign_in.typed(), "ana@acme");
}

fn the_account_is_looked_at_before_the_password(log: &mut Log) {
    for heard in [unconfirmed(), reset_required()] {
        let mut drive = log.begun(SignInMethod::Srp);
        drive.hear(heard);
        assert!(drive.sign_in.question().is_some());
        assert!(!drive.sign_in.password_accepted());
    }
    let mut drive = log.challenged("SOFTWARE_TOKEN_MFA", &[]);
    drive.asked("SOFTWARE_TOKEN_MFA");
    assert!(drive.sign_in.password_accepted());
}
