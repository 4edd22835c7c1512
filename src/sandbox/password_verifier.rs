//! The challenge of `USER_SRP_AUTH`: `PASSWORD_VERIFIER`.
//!
//! In `USER_SRP_AUTH` the service sends no `Session` with `PASSWORD_VERIFIER`; the secret block
//! stands for it, once. Deliberately absent: device challenges, which use the same formulas.

use std::collections::HashMap;
use std::time::Duration;

use data_encoding::BASE64;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::clients::Client;
use super::clock::after;
use super::error::{Answer, Refusal};
use super::fresh;
use super::input::Parameters;
use super::software_token;
use super::srp_server::{Offer, Signed, Verifier};
use super::timestamps;
use super::world::{Call, POOL_NAME};
use crate::crypto::srp;

/// Offers that wait for an answer, by secret block.
pub(super) struct Offers {
    /// Makes the salts of users who do not exist.
    seed: Vec<u8>,
    pending: HashMap<String, PendingOffer>,
}

struct PendingOffer {
    /// The real user name, or what was typed where there is none.
    username: String,
    client_id: &'static str,
    made: Timestamp,
    offer: Offer,
}

impl Offers {
    pub(super) fn new() -> Result<Self, Refusal> {
        Ok(Self {
            seed: fresh::bytes::<32>()?.to_vec(),
            pending: HashMap::new(),
        })
    }

    /// Takes the offer a secret block stands for: a block answers once.
    fn take(
        &mut self,
        block: &str,
        client: &Client,
        now: Timestamp,
        lifetime: Duration,
    ) -> Option<PendingOffer> {
        let pending = self.pending.remove(block)?;
        let fits = pending.client_id == client.id && now < after(pending.made, lifetime);
        fits.then_some(pending)
    }

    /// Drops what is so old that no answer could name it: a sandbox may run for days.
    fn forget_old(&mut self, now: Timestamp) {
        let recent = |made: Timestamp| now.duration_since(made) < SignedDuration::from_hours(1);
        self.pending.retain(|_, pending| recent(pending.made));
    }
}

/// The `PASSWORD_VERIFIER` challenge. A user who does not exist is challenged all the same.
pub(super) fn offer(call: &mut Call<'_>, client: &Client, typed: &str, srp_a: &str) -> Answer {
    let user = call.state.directory.typed(typed)?;
    if let Some(user) = &user {
        user.may_sign_in()?;
    }
    let offers = &mut call.state.offers;
    offers.forget_old(call.now);
    let nobody = Verifier::of_nobody(&offers.seed, typed);
    let verifier = user.as_ref().map_or(&nobody, |user| &user.verifier);
    let username = user.as_ref().map_or(typed, |user| user.username.as_str());
    let offer = Offer::new(srp_a, verifier)?;
    let block = BASE64.encode(fresh::bytes::<900>()?.as_slice());
    let answer = json!({
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeParameters": {
            "SALT": verifier.salt_hex(),
            "SRP_B": offer.srp_b(),
            "SECRET_BLOCK": block,
            "USERNAME": username,
            "USER_ID_FOR_SRP": username,
        },
    });
    let username = username.to_owned();
    offers.pending.insert(
        block,
        PendingOffer {
            username,
            client_id: client.id,
            made: call.now,
            offer,
        },
    );
    Ok(answer)
}

/// The answer to `PASSWORD_VERIFIER`.
pub(super) fn answer(call: &mut Call<'_>, client: &Client, responses: Parameters<'_>) -> Answer {
    let username = responses.required("USERNAME")?;
    let written = responses.required("TIMESTAMP")?;
    let signature = responses.required("PASSWORD_CLAIM_SIGNATURE")?;
    let block = responses.required("PASSWORD_CLAIM_SECRET_BLOCK")?;
    client.check_hash(username, responses.text("SECRET_HASH"))?;
    let signature = BASE64.decode(signature.as_bytes()).map_err(|_| {
        Refusal::invalid_parameter(
            "Invalid PASSWORD_CLAIM_SIGNATURE format. Must be a Base64 string.",
        )
    })?;
    let written = timestamps::parse(written)?;

    let lifetimes = &call.state.lifetimes;
    let pending = call
        .state
        .offers
        .take(block, client, call.now, lifetimes.secret_block)
        .filter(|pending| pending.username == username)
        .filter(|_| timestamps::is_near(written, call.now, lifetimes.clock_skew))
        .ok_or_else(Refusal::wrong_password)?;
    call.state.lockouts.check(username, call.now)?;
    let user = call.state.directory.get(username);
    if let Some(user) = &user {
        user.may_sign_in()?;
    }
    let secret_block = BASE64.decode(block.as_bytes()).unwrap_or_default();
    let signed = Signed {
        pool_name: POOL_NAME,
        user: username,
        secret_block: &secret_block,
        timestamp: &srp::timestamp(written),
    };
    match user {
        Some(user) if pending.offer.accepts(&signature, &signed) => {
            call.state.lockouts.succeeded(username);
            software_token::challenge_or_tokens(call, client, &user)
        }
        _ => {
            call.state.lockouts.failed(username, call.now);
            Err(Refusal::wrong_password())
        }
    }
}
