//! What one SRP sign-in costs the client, beside the crate `aws-cognito-srp` in the same run.
//!
//! Interleaved, median of the thread's CPU time: the wall clock of a busy machine says little.
//! Both do everything from fresh randomness to the signed answer.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement may stop where it stands, and prints"
)]

mod cpu;

use std::hint::black_box;

use aws_cognito_srp::{SrpClient, User};
use cpu::cpu_nanoseconds;
use poolkey::crypto::random;
use poolkey::crypto::srp::{Ephemeral, PasswordChallenge, password_claim_signature, timestamp};
use poolkey::domain::Secret;
use serde_json::Value;

const ROUNDS: usize = 200;

fn main() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/srp.json")).unwrap();
    let input = &vectors["auth"][0]["input"];
    let text = |name: &str| input[name].as_str().unwrap();
    let password = Secret::new(text("password").to_owned());
    let now = jiff::Timestamp::now();

    let ours = || {
        let a = random::bytes::<32>().unwrap();
        let ephemeral = Ephemeral::from_bytes(a.as_slice()).unwrap();
        black_box(ephemeral.srp_a());
        let challenge = PasswordChallenge {
            pool_name: text("pool_name"),
            user_id_for_srp: text("user_id_for_srp"),
            salt_hex: text("SALT"),
            srp_b_hex: text("SRP_B"),
            secret_block: text("SECRET_BLOCK"),
            timestamp: &timestamp(now),
        };
        black_box(password_claim_signature(&ephemeral, &challenge, &password).unwrap());
    };
    let theirs = || {
        let user = User::new(text("pool_id"), text("username_typed"), text("password"));
        let client = SrpClient::new(user, text("client_id"), None);
        let _first = black_box(client.get_auth_parameters());
        let (block, user_id) = (text("SECRET_BLOCK"), text("user_id_for_srp"));
        let _second = black_box(
            client
                .verify(block, user_id, text("SALT"), text("SRP_B"))
                .unwrap(),
        );
    };

    let mut costs = [const { Vec::new() }; 2];
    for round in 0..ROUNDS {
        // Who goes first changes, so that neither profits from a warm cache.
        for turn in [round % 2, 1 - round % 2] {
            let before = cpu_nanoseconds();
            if turn == 0 {
                ours();
            } else {
                theirs();
            }
            costs[turn].push(cpu_nanoseconds() - before);
        }
    }
    let [ours, theirs] = costs.map(|mut costs| {
        costs.sort_unstable();
        costs[costs.len() / 2]
    });
    // For tests/bench, in microseconds.
    println!("srp ours {} theirs {}", ours / 1000, theirs / 1000);
}
