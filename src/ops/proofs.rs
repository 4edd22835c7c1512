//! What a sign-in computes: SRP's public value, and the proofs of a password or a device.
//!
//! A public value belongs to the proof that follows it. Deliberately absent: the formulas (see
//! `crypto::srp`).

use jiff::Timestamp;

use super::ports::AppClient;
use super::sign_in::no_random_numbers;
use crate::crypto::random;
use crate::crypto::srp::{self, Ephemeral, PasswordChallenge};
use crate::domain::sign_in::{Challenge, Proof, Response};
use crate::domain::{Problem, ProblemKind, Secret};

/// The pair of values that the next proof belongs to.
#[derive(Default)]
pub(super) struct Proofs(Option<Ephemeral>);

/// Whose secret is proved, in SRP's terms.
struct Claim<'a> {
    group: &'a str,
    user: &'a str,
    secret: &'a Secret,
}

impl Proofs {
    /// A new pair; answers its public value, `SRP_A`.
    pub(super) fn begin(&mut self) -> Result<Secret, Problem> {
        let random = random::bytes::<32>().ok_or_else(no_random_numbers)?;
        let ephemeral = Ephemeral::from_bytes(random.as_slice()).map_err(bad_challenge)?;
        let public = Secret::new(ephemeral.srp_a());
        self.0 = Some(ephemeral);
        Ok(public)
    }

    /// Adds what has to be computed to a response.
    pub(super) fn complete(
        &mut self,
        response: &mut Response,
        client: &AppClient,
        now: Timestamp,
    ) -> Result<(), Problem> {
        match std::mem::replace(&mut response.proof, Proof::None) {
            Proof::None => {}
            Proof::PublicValue => {
                let public = self.begin()?;
                response.fields.push(("SRP_A".to_owned(), public));
            }
            Proof::Password {
                challenge,
                password,
            } => {
                let claim = Claim {
                    group: client.user_pool_id.pool_name(),
                    user: &response.username,
                    secret: &password,
                };
                let proof = self.prove(&challenge, &claim, now)?;
                response.fields.extend(proof);
            }
            Proof::Device { challenge, device } => {
                let claim = Claim {
                    group: &device.device_group_key,
                    user: &device.device_key,
                    secret: &device.password,
                };
                let proof = self.prove(&challenge, &claim, now)?;
                response.fields.extend(proof);
            }
        }
        Ok(())
    }

    fn prove(
        &mut self,
        challenge: &Challenge,
        claim: &Claim<'_>,
        now: Timestamp,
    ) -> Result<[(String, Secret); 3], Problem> {
        let ephemeral = self.0.take().ok_or_else(|| {
            Problem::new(
                ProblemKind::Unexpected,
                "The user pool asks for a proof that was not begun",
            )
        })?;
        let timestamp = srp::timestamp(now);
        let asked = PasswordChallenge {
            pool_name: claim.group,
            user_id_for_srp: claim.user,
            salt_hex: challenge.parameter("SALT"),
            srp_b_hex: challenge.parameter("SRP_B"),
            secret_block: challenge.parameter("SECRET_BLOCK"),
            timestamp: &timestamp,
        };
        let signature = srp::password_claim_signature(&ephemeral, &asked, claim.secret)
            .map_err(bad_challenge)?;
        let secret_block = challenge.parameter("SECRET_BLOCK").to_owned();
        Ok([
            ("PASSWORD_CLAIM_SECRET_BLOCK", secret_block),
            ("PASSWORD_CLAIM_SIGNATURE", signature),
            ("TIMESTAMP", timestamp),
        ]
        .map(|(name, value)| (name.to_owned(), Secret::new(value))))
    }
}

fn bad_challenge(error: srp::SrpError) -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        format!("The user pool's challenge is not valid: {error}"),
    )
    .hint("Something between you and AWS may have changed the answer: check proxy and endpoint.")
}
