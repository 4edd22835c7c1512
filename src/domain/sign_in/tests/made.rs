//! What persons and pools say in the scenarios, and how calls are compared.

use std::collections::BTreeMap;

use super::super::{
    Answer, Challenge, Delivery, Heard, KeptDevice, NewDevice, Proof, Reply, Response,
};
use crate::domain::{AwsSaid, Problem, ProblemKind, Secret, Tokens};

pub(super) fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

pub(super) fn credentials(username: &str, password: &str) -> Answer {
    Answer::of("password", secret(password)).with_text("username", username)
}

pub(super) fn name(username: &str) -> Answer {
    Answer::default().with_text("username", username)
}

pub(super) fn chosen(factor: &str) -> Answer {
    Answer::default().with_text("answer", factor)
}

pub(super) fn code(field: &str, digits: &str) -> Answer {
    Answer::of(field, secret(digits))
}

pub(super) fn app_code() -> Answer {
    code("software_token_mfa_code", "123456")
}

pub(super) fn parameters(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

pub(super) fn challenge(name: &str, pairs: &[(&str, &str)], session: &str) -> Heard {
    Heard::Reply(Reply::Challenge(Challenge {
        name: name.to_owned(),
        parameters: parameters(pairs),
        available: Vec::new(),
        session: (!session.is_empty()).then(|| secret(session)),
    }))
}

pub(super) fn select_challenge(available: &[&str]) -> Heard {
    Heard::Reply(Reply::Challenge(Challenge {
        name: "SELECT_CHALLENGE".to_owned(),
        parameters: parameters(&[]),
        available: available.iter().map(|name| (*name).to_owned()).collect(),
        session: Some(secret("session-s")),
    }))
}

pub(super) fn some_tokens() -> Tokens {
    Tokens {
        id: secret("id token"),
        access: secret("access token"),
        refresh: Some(secret("refresh token")),
    }
}

pub(super) fn tokens() -> Heard {
    Heard::Reply(Reply::Tokens {
        tokens: some_tokens(),
        new_device: None,
    })
}

pub(super) fn tokens_and_device() -> Heard {
    Heard::Reply(Reply::Tokens {
        tokens: some_tokens(),
        new_device: Some(NewDevice {
            device_key: "pool_new".to_owned(),
            device_group_key: "group".to_owned(),
        }),
    })
}

pub(super) fn device(username: &str, key: &str) -> KeptDevice {
    KeptDevice {
        username: username.to_owned(),
        typed: format!("{username}@example.com"),
        device_key: key.to_owned(),
        device_group_key: "group".to_owned(),
        password: secret("device password"),
    }
}

pub(super) fn delivered(medium: &str) -> Heard {
    Heard::Sent(Some(Delivery {
        medium: medium.to_owned(),
        destination: "a***".to_owned(),
    }))
}

pub(super) fn refused(code: &str, message: &str) -> Heard {
    let said = AwsSaid {
        operation: "AnyCall",
        code: code.to_owned(),
        message: message.to_owned(),
    };
    Heard::Refused(Problem::new(ProblemKind::Refused, "Refused").said(said))
}

pub(super) fn too_late() -> Heard {
    refused(
        "NotAuthorizedException",
        "Invalid session for the user, session is expired.",
    )
}

pub(super) fn wrong_password() -> Heard {
    refused("NotAuthorizedException", "Incorrect username or password.")
}

pub(super) fn unreachable() -> Heard {
    Heard::Refused(Problem::new(ProblemKind::Network, "No answer"))
}

/// Names and values, in this order and no others.
#[track_caller]
pub(super) fn assert_fields(fields: &[(String, Secret)], expected: &[(&str, &str)]) {
    let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    let expected_names: Vec<&str> = expected.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, expected_names);
    for ((name, value), (_, expected)) in fields.iter().zip(expected) {
        assert!(value.is_same(&secret(expected)), "{name}");
    }
}

#[track_caller]
pub(super) fn assert_session(response: &Response, expected: &str) {
    let session = response.session.as_ref().unwrap();
    assert!(session.is_same(&secret(expected)));
}

#[track_caller]
pub(super) fn assert_proves(proof: &Proof, expected: &str) {
    match proof {
        Proof::Password { password, .. } => assert!(password.is_same(&secret(expected))),
        other => panic!("no proof of a password: {other:?}"),
    }
}
