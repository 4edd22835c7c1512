//! How each method begins, and what its first challenges are answered with.

use super::*;

scenarios![
    srp,
    srp_without_a_session,
    password,
    choice,
    custom,
    custom_after_srp,
    an_alias_gives_way_to_the_real_name,
    an_alias_starts_over_as_typed,
    a_device_key_goes_with_every_call,
    the_password_flow_names_no_device,
    somebody_elses_device_is_not_named,
];

fn srp(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Srp);
    assert_eq!(drive.asked("PASSWORD").fields().len(), 2);
    let call = drive.give(credentials("ana", "s3cret")).initiate();
    assert_eq!(call.flow.name(), "USER_SRP_AUTH");
    assert_eq!(call.username, "ana");
    assert!(call.with_srp_a);
    assert_fields(&call.fields, &[]);
    assert_eq!(call.device_key, None);
    let response = drive.prove();
    assert_session(&response, "session-1");
    assert_fields(&response.fields, &[]);
    assert_proves(&response.proof, "s3cret");
    let finished = drive.ends_well();
    assert_eq!(finished.device_key, None);
    assert!(finished.tokens.access.is_same(&secret("access token")));
    assert_eq!(drive.sign_in.detail(), "SRP");
}

fn srp_without_a_session(log: &mut Log) {
    let mut drive = log.begun(SignInMethod::Srp);
    drive.hear(challenge("PASSWORD_VERIFIER", &[], ""));
    let response = drive.response("PASSWORD_VERIFIER");
    assert!(response.session.is_none());
}

fn password(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Password);
    let call = drive.give(credentials("ana", "s3cret")).initiate();
    assert_eq!(call.flow.name(), "USER_PASSWORD_AUTH");
    assert!(!call.with_srp_a);
    assert_fields(&call.fields, &[("PASSWORD", "s3cret")]);
    drive.ends_well();
    assert_eq!(drive.sign_in.detail(), "Password");
}

fn choice(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Choice);
    assert_eq!(drive.asked("USERNAME").fields().len(), 1);
    let call = drive.give(name("ana")).initiate();
    assert_eq!(call.flow.name(), "USER_AUTH");
    assert!(!call.with_srp_a);
    assert_fields(&call.fields, &[]);
}

fn custom(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Custom);
    let call = drive.give(name("ana")).initiate();
    assert_eq!(call.flow.name(), "CUSTOM_AUTH");
    assert!(!call.with_srp_a);
    assert_fields(&call.fields, &[]);
    let riddle = [("question", "2 + 2?\u{1b}[2J"), ("USERNAME", "ana")];
    drive.hear(challenge("CUSTOM_CHALLENGE", &riddle, "session-1"));
    let kind = &drive.asked("CUSTOM_CHALLENGE").kind;
    let super::super::QuestionKind::Custom { parameters } = kind else {
        panic!("{kind:?}")
    };
    let shown = ("question".to_owned(), "2 + 2? [2J".to_owned());
    assert_eq!(parameters, &[shown]);
    let answer = Answer::default().with_text("answer", "4");
    let response = drive.give(answer).response("CUSTOM_CHALLENGE");
    assert_session(&response, "session-1");
    assert_fields(&response.fields, &[("ANSWER", "4")]);
    // A pool that says the same again has not liked the answer.
    drive.hear(challenge("CUSTOM_CHALLENGE", &riddle, "session-1"));
    let notice = drive.asked("CUSTOM_CHALLENGE").notice;
    assert!(notice.unwrap().contains("once more"));
    let answer = Answer::default().with_text("answer", "four");
    drive.give(answer).response("CUSTOM_CHALLENGE");
    // As often as the pool's program likes; one that says nothing says nothing of the answer.
    for session in ["session-3", "session-2"] {
        drive.hear(challenge("CUSTOM_CHALLENGE", &[], session));
        assert_eq!(drive.asked("CUSTOM_CHALLENGE").notice, None);
        if session == "session-3" {
            let answer = Answer::default().with_text("answer", "yes");
            drive.give(answer).response("CUSTOM_CHALLENGE");
        }
    }
    let answer = Answer::default().with_text("answer", "");
    let response = drive.give(answer).response("CUSTOM_CHALLENGE");
    assert_session(&response, "session-2");
    drive.ends_well();
    assert_eq!(drive.sign_in.detail(), "custom challenge");
}

fn custom_after_srp(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::CustomSrp);
    assert_eq!(drive.asked("PASSWORD").fields().len(), 2);
    let call = drive.give(credentials("ana", "s3cret")).initiate();
    assert_eq!(call.flow.name(), "CUSTOM_AUTH");
    assert!(call.with_srp_a);
    assert_fields(&call.fields, &[("CHALLENGE_NAME", "SRP_A")]);
    assert_proves(&drive.prove().proof, "s3cret");
    drive.hear(challenge("CUSTOM_CHALLENGE", &[], "session-2"));
    drive.asked("CUSTOM_CHALLENGE");
    drive.give(chosen("4")).response("CUSTOM_CHALLENGE");
    drive.ends_well();
    assert_eq!(drive.sign_in.detail(), "SRP + custom challenge");
}

fn an_alias_gives_way_to_the_real_name(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Srp);
    let call = drive.give(credentials("ana@example.com", "s3cret"));
    assert_eq!(call.initiate().username, "ana@example.com");
    let told = [("USERNAME", "alias"), ("USER_ID_FOR_SRP", "uuid-1")];
    drive.hear(challenge("PASSWORD_VERIFIER", &told, ""));
    assert_eq!(drive.response("PASSWORD_VERIFIER").username, "uuid-1");
    // A challenge that names nobody changes nothing.
    drive.hear(challenge("SOFTWARE_TOKEN_MFA", &[], "session-2"));
    assert_eq!(drive.asked("SOFTWARE_TOKEN_MFA").username, "uuid-1");
    let response = drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
    assert_eq!(response.username, "uuid-1");
    assert_eq!(drive.sign_in.typed(), "ana@example.com");
}

fn an_alias_starts_over_as_typed(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Srp);
    drive.give(credentials("ana@example.com", "s3cret"));
    drive.initiate();
    let told = [("USERNAME", "uuid-1")];
    drive.hear(challenge("PASSWORD_VERIFIER", &told, ""));
    drive.response("PASSWORD_VERIFIER");
    let call = drive.hear(too_late()).initiate();
    assert_eq!(call.username, "ana@example.com");
}

fn a_device_key_goes_with_every_call(log: &mut Log) {
    for typed in ["ana", "ana@example.com"] {
        let mut drive = log.sign_in(SignInMethod::Srp);
        drive.sign_in.use_device(Some(device("ana", "pool_1")));
        let call = drive.give(credentials(typed, "s3cret")).initiate();
        assert_eq!(call.device_key.as_deref(), Some("pool_1"));
        let told = [("USER_ID_FOR_SRP", "ana")];
        drive.hear(challenge("PASSWORD_VERIFIER", &told, ""));
        let response = drive.response("PASSWORD_VERIFIER");
        assert_eq!(response.device_key.as_deref(), Some("pool_1"));
        drive.hear(challenge("SOFTWARE_TOKEN_MFA", &[], "session-2"));
        drive.asked("SOFTWARE_TOKEN_MFA");
        let response = drive.give(app_code()).response("SOFTWARE_TOKEN_MFA");
        assert_eq!(response.device_key.as_deref(), Some("pool_1"));
        let finished = drive.ends_well();
        assert_eq!(finished.device_key.as_deref(), Some("pool_1"));
    }
}

fn the_password_flow_names_no_device(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Password);
    drive.sign_in.use_device(Some(device("ana", "pool_1")));
    let call = drive.give(credentials("ana", "s3cret")).initiate();
    assert_eq!(call.device_key, None);
    assert_eq!(drive.ends_well().device_key, None);
}

fn somebody_elses_device_is_not_named(log: &mut Log) {
    let mut drive = log.sign_in(SignInMethod::Srp);
    drive.sign_in.use_device(Some(device("tom", "pool_1")));
    let call = drive.give(credentials("ana", "s3cret")).initiate();
    assert_eq!(call.device_key, None);
    // Nor is it taken for forgotten.
    drive
        .hear(refused(
            "ResourceNotFoundException",
            "Device does not exist.",
        ))
        .failed();
}
