//! Values with a canary wherever a secret goes.

use std::fmt::Debug;

use jiff::Timestamp;
use poolkey::domain::sign_in::{
    Answer, Challenge, DeviceChange, Finished, Heard, KeptDevice, Move, Reply, SignIn,
};
use poolkey::domain::{
    AwsCredentials, PoolClient, Profile, RoleChoice, Secret, SeenToken, Session, SignInMethod,
    TokenReading, Tokens,
};

use crate::Canaries;

pub(crate) const CANARY: &str = "canary-5c1f7e";

pub(crate) fn secret() -> Secret {
    Secret::new(CANARY.to_owned())
}

#[track_caller]
pub(crate) fn says_nothing(value: &dyn Debug) {
    let mut canaries = Canaries::new();
    canaries.add("canary", CANARY);
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        canaries.absent(&text, text.as_bytes());
    }
}

pub(crate) fn tokens() -> Tokens {
    Tokens {
        id: secret(),
        access: secret(),
        refresh: Some(secret()),
    }
}

pub(crate) fn credentials() -> AwsCredentials {
    AwsCredentials {
        access_key_id: "ASIA".to_owned(),
        secret_access_key: secret(),
        session_token: secret(),
        expires_at: Timestamp::UNIX_EPOCH,
    }
}

pub(crate) fn session() -> Session {
    Session {
        identity_id: "us-east-1:0a".parse().unwrap(),
        credentials: credentials(),
        username: "ana".to_owned(),
        groups: Vec::new(),
        roles: Vec::new(),
        logins: Vec::new(),
        role_choice: RoleChoice::default(),
        caller: None,
        obtained_at: Timestamp::UNIX_EPOCH,
    }
}

pub(crate) fn profile() -> Profile {
    let user_pool = PoolClient {
        user_pool_id: "us-east-1_a".parse().unwrap(),
        client_id: "a".parse().unwrap(),
        has_client_secret: true,
    };
    let identity_pool = "us-east-1:0a".parse().unwrap();
    Profile::of_user_pool("dev".parse().unwrap(), user_pool, identity_pool)
}

/// A token in the window, and what it says.
pub(crate) fn seen_token() -> SeenToken {
    SeenToken {
        title: "ID token".to_owned(),
        token: secret(),
        reading: TokenReading::default(),
    }
}

pub(crate) fn challenge(name: &str) -> Challenge {
    // What another program says is shown on purpose.
    let hidden: &[&str] = match name {
        "CUSTOM_CHALLENGE" => &[],
        _ => &["SECRET_BLOCK", "SALT", "SRP_B"],
    };
    let parameters = hidden
        .iter()
        .map(|key| ((*key).to_owned(), CANARY.to_owned()));
    Challenge {
        name: name.to_owned(),
        parameters: parameters.collect(),
        available: Vec::new(),
        session: Some(secret()),
    }
}

pub(crate) fn device() -> KeptDevice {
    KeptDevice {
        username: "ana".to_owned(),
        typed: "ana".to_owned(),
        device_key: "us-east-1_0a".to_owned(),
        device_group_key: "-0a".to_owned(),
        password: secret(),
    }
}

/// Every kind of secret that a person types.
pub(crate) fn answer() -> Answer {
    let fields = ["password", "new_password", "sms_mfa_code", "user_code"];
    let codes = ["software_token_mfa_code", "confirmation_code"];
    let secrets = fields.into_iter().chain(codes);
    let answer = secrets.fold(Answer::default(), |answer, field| {
        answer.with(field, secret())
    });
    // What another program asks may be a secret, too.
    answer
        .with_text("answer", CANARY)
        .with_text("username", "ana")
}

pub(crate) fn finished() -> Finished {
    Finished {
        tokens: tokens(),
        device: DeviceChange::Keep(device()),
        device_key: None,
    }
}

/// A sign-in that was told the password and asks for a new one.
pub(crate) fn asking() -> Box<SignIn> {
    let mut sign_in = Box::new(SignIn::new(SignInMethod::Password, None));
    let _call = sign_in.take(Move::Answer(answer())).unwrap();
    let reply = Reply::Challenge(challenge("NEW_PASSWORD_REQUIRED"));
    let _asked = sign_in.hear(Heard::Reply(reply)).unwrap();
    sign_in
}
