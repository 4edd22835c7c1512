//! The sandbox over a real loopback socket, with raw JSON and `crypto::srp` as the client.
//!
//! Here are the helpers; the tests are in one file per topic. What needs the AWS SDK is tested where the adapters are.

#![allow(
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "a test reads from top to bottom, and its JSON is made in place"
)]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use aws_lc_rs::digest;
use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::*;
use crate::crypto::random;
use crate::crypto::secret_hash::secret_hash;
use crate::crypto::srp::{
    Ephemeral, PasswordChallenge, hmac_sha256, password_claim_signature, timestamp,
};
use crate::crypto::totp::code_at;
use crate::domain::Secret;

mod answers;
mod basic_flow;
mod challenges;
mod choice;
mod confirmation;
mod custom;
mod developer;
mod devices;
mod exchange;
mod federation;
mod identities;
mod logins;
mod managed_login;
mod oauth;
mod oidc;
mod password_change;
mod recovery;
mod refresh;
mod roles;
mod sign_in;
mod signed;
mod walk;

const IDP: &str = "AWSCognitoIdentityProviderService";
const IDENTITY: &str = "AWSCognitoIdentityService";
/// A minute that starts a step of 30 seconds.
const NOW: i64 = 1_795_000_020;

/// One HTTP answer.
struct Answered {
    status: u16,
    head: String,
    body: String,
}

impl Answered {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

async fn sandbox() -> Running {
    let clock = Clock::standing_at(Timestamp::from_second(NOW).unwrap());
    Sandbox::start(Settings {
        clock,
        ..Settings::default()
    })
    .await
    .unwrap()
}

/// A sandbox that lives as long as the test's process, so that closures can share it.
async fn leaked_sandbox() -> &'static Running {
    Box::leak(Box::new(sandbox().await))
}

fn port(running: &Running) -> u16 {
    running
        .description()
        .endpoint
        .rsplit(':')
        .next()
        .unwrap()
        .parse()
        .unwrap()
}

fn exchange(running: &Running, request: &str) -> std::io::Result<Answered> {
    let mut stream = TcpStream::connect(("127.0.0.1", port(running)))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.write_all(request.as_bytes())?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let (head, body) = text
        .split_once("\r\n\r\n")
        .ok_or(std::io::ErrorKind::UnexpectedEof)?;
    let status = head[9..12].parse().unwrap();
    Ok(Answered {
        status,
        head: head.to_lowercase(),
        body: body.to_owned(),
    })
}

fn post(running: &Running, headers: &str, body: &str) -> std::io::Result<Answered> {
    let length = body.len();
    let host = port(running);
    exchange(
        running,
        &format!(
            "POST / HTTP/1.1\r\nhost: 127.0.0.1:{host}\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}"
        ),
    )
}

fn call(running: &Running, service: &str, operation: &str, input: &Value) -> Answered {
    let headers = format!(
        "x-amz-target: {service}.{operation}\r\ncontent-type: application/x-amz-json-1.1\r\n"
    );
    post(running, &headers, &input.to_string()).unwrap()
}

/// The answer, or `code: message`.
fn ask(running: &Running, service: &str, operation: &str, input: Value) -> Result<Value, String> {
    let answered = call(running, service, operation, &input);
    let body = answered.json();
    if answered.status == 200 {
        return Ok(body);
    }
    let code = body["__type"].as_str().unwrap();
    assert!(
        answered
            .head
            .contains(&format!("x-amzn-errortype: {}", code.to_lowercase()))
    );
    Err(format!("{code}: {}", body["message"].as_str().unwrap()))
}

fn client_id(running: &Running, name: &str) -> &'static str {
    running
        .description()
        .clients
        .iter()
        .find(|client| client.name == name)
        .unwrap()
        .client_id
}

/// A sign-in's two halves, so that a test can change what lies between.
struct SrpSignIn<'r> {
    running: &'r Running,
    client: &'static str,
    ephemeral: Ephemeral,
    challenge: Value,
}

impl<'r> SrpSignIn<'r> {
    fn begin(running: &'r Running, client: &'static str, typed: &str) -> Result<Self, String> {
        let ephemeral = Ephemeral::from_bytes(random::bytes::<32>().unwrap().as_slice()).unwrap();
        let mut parameters = json!({ "USERNAME": typed, "SRP_A": ephemeral.srp_a() });
        with_hash(running, client, typed, &mut parameters);
        let client = client_id(running, client);
        let answer = ask(
            running,
            IDP,
            "InitiateAuth",
            json!({
                "AuthFlow": "USER_SRP_AUTH", "ClientId": client, "AuthParameters": parameters,
            }),
        )?;
        assert_eq!(answer["ChallengeName"], "PASSWORD_VERIFIER");
        assert!(answer.get("Session").is_none());
        let challenge = answer["ChallengeParameters"].clone();
        Ok(Self {
            running,
            client,
            ephemeral,
            challenge,
        })
    }

    fn text(&self, name: &str) -> &str {
        self.challenge[name].as_str().unwrap()
    }

    fn responses(&self, password: &str, written: &str) -> Value {
        let signature = password_claim_signature(
            &self.ephemeral,
            &PasswordChallenge {
                pool_name: "Poolkey01",
                user_id_for_srp: self.text("USER_ID_FOR_SRP"),
                salt_hex: self.text("SALT"),
                srp_b_hex: self.text("SRP_B"),
                secret_block: self.text("SECRET_BLOCK"),
                timestamp: written,
            },
            &Secret::new(password.to_owned()),
        )
        .unwrap();
        json!({
            "USERNAME": self.text("USERNAME"),
            "PASSWORD_CLAIM_SIGNATURE": signature,
            "PASSWORD_CLAIM_SECRET_BLOCK": self.text("SECRET_BLOCK"),
            "TIMESTAMP": written,
        })
    }

    fn respond(&self, responses: Value) -> Result<Value, String> {
        ask(
            self.running,
            IDP,
            "RespondToAuthChallenge",
            json!({
                "ChallengeName": "PASSWORD_VERIFIER", "ClientId": self.client, "ChallengeResponses": responses,
            }),
        )
    }

    fn finish(&self, password: &str) -> Result<Value, String> {
        self.respond(self.responses(password, &timestamp(self.running.clock().now())))
    }
}

fn with_hash(running: &Running, client: &str, username: &str, parameters: &mut Value) {
    let described = running
        .description()
        .clients
        .iter()
        .find(|known| known.name == client)
        .unwrap();
    if let Some(secret) = described.client_secret {
        let secret = Secret::new(secret.to_owned());
        parameters["SECRET_HASH"] = secret_hash(&secret, username, described.client_id).into();
    }
}

fn password(running: &Running, username: &str) -> &'static str {
    running
        .description()
        .users
        .iter()
        .find(|user| user.username == username)
        .unwrap()
        .password
}

fn sign_in_ana(running: &Running) -> Value {
    let sign_in = SrpSignIn::begin(running, "public", "ana").unwrap();
    sign_in.finish(password(running, "ana")).unwrap()["AuthenticationResult"].clone()
}

fn refresh(running: &Running, token: &Value) -> Result<Value, String> {
    ask(
        running,
        IDP,
        "GetTokensFromRefreshToken",
        json!({
            "RefreshToken": token, "ClientId": client_id(running, "public"),
        }),
    )
}

fn identity_of(running: &Running, id_token: &Value) -> Result<Value, String> {
    ask(
        running,
        IDENTITY,
        "GetId",
        json!({
            "IdentityPoolId": IDENTITY_POOL_ID, "Logins": { LOGIN_PROVIDER: id_token },
        }),
    )
}

fn credentials_of(running: &Running, identity: &Value, id_token: &Value) -> Result<Value, String> {
    ask(
        running,
        IDENTITY,
        "GetCredentialsForIdentity",
        json!({
            "IdentityId": identity, "Logins": { LOGIN_PROVIDER: id_token },
        }),
    )
}
