//! What SRP offers and claims have in common, of passwords and of devices: the secret blocks handed
//! out, and the signature that answers one.
//!
//! Deliberately absent: which challenge comes before and after.

use std::collections::HashMap;
use std::time::Duration;

use data_encoding::BASE64;
use jiff::{SignedDuration, Timestamp};

use super::attempts::Attempt;
use super::clock::after;
use super::error::Refusal;
use super::fresh;
use super::response::Response;
use super::srp_server::{Offer, Signed};
use super::timestamps;
use super::world::Call;
use crate::crypto::srp;

/// Offers that wait for an answer, by secret block.
pub(super) struct Offers {
    /// Makes the salts of users who do not exist.
    pub(super) seed: Vec<u8>,
    pending: HashMap<String, PendingOffer>,
}

struct PendingOffer {
    attempt: Attempt,
    made: Timestamp,
    offer: Offer,
}

impl PendingOffer {
    fn is_answerable(&self, client_id: &str, now: Timestamp, lifetime: Duration) -> bool {
        self.attempt.client_id == client_id && now < after(self.made, lifetime)
    }
}

impl Offers {
    pub(super) fn new() -> Result<Self, Refusal> {
        Ok(Self {
            seed: fresh::bytes::<32>()?.to_vec(),
            pending: HashMap::new(),
        })
    }

    /// Keeps an offer; its secret block.
    pub(super) fn put(
        &mut self,
        attempt: &Attempt,
        offer: Offer,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        // A sandbox may run for days: what no answer could name any more is dropped.
        let recent = |made: Timestamp| now.duration_since(made) < SignedDuration::from_hours(1);
        self.pending.retain(|_, pending| recent(pending.made));
        let block = BASE64.encode(fresh::bytes::<900>()?.as_slice());
        let pending = PendingOffer {
            attempt: attempt.clone(),
            made: now,
            offer,
        };
        self.pending.insert(block.clone(), pending);
        Ok(block)
    }
}

/// The fields that answer an offer.
pub(super) struct Claim<'a> {
    pub(super) username: &'a str,
    block: &'a str,
    signature: Vec<u8>,
    written: Timestamp,
}

impl<'a> Claim<'a> {
    /// Reads the fields in the order of the service, the secret hash in between.
    pub(super) fn read(response: &Response<'a>) -> Result<Self, Refusal> {
        let fields = response.fields;
        let username = fields.required("USERNAME")?;
        let written = fields.required("TIMESTAMP")?;
        let signature = fields.required("PASSWORD_CLAIM_SIGNATURE")?;
        let block = fields.required("PASSWORD_CLAIM_SECRET_BLOCK")?;
        response.check_hash(username)?;
        let signature = BASE64.decode(signature.as_bytes()).map_err(|_| {
            Refusal::invalid_parameter(
                "Invalid PASSWORD_CLAIM_SIGNATURE format. Must be a Base64 string.",
            )
        })?;
        let written = timestamps::parse(written)?;
        Ok(Self {
            username,
            block,
            signature,
            written,
        })
    }

    /// The sign-in that the block was handed out in, while it may be answered.
    pub(super) fn attempt(&self, call: &Call<'_>, client_id: &str) -> Option<Attempt> {
        let pending = call.state.offers.pending.get(self.block)?;
        let lifetime = call.state.lifetimes.secret_block;
        let fits = pending.attempt.username == self.username
            && pending.is_answerable(client_id, call.now, lifetime);
        fits.then(|| pending.attempt.clone())
    }

    /// Whether the claim proves the secret of `user` in `pool_name`. A block answers once.
    pub(super) fn proves(&self, call: &mut Call<'_>, pool_name: &str, user: &str) -> bool {
        let Some(pending) = call.state.offers.pending.remove(self.block) else {
            return false;
        };
        let lifetimes = &call.state.lifetimes;
        if !timestamps::is_near(self.written, call.now, lifetimes.clock_skew) {
            return false;
        }
        let secret_block = BASE64.decode(self.block.as_bytes()).unwrap_or_default();
        let signed = Signed {
            pool_name,
            user,
            secret_block: &secret_block,
            timestamp: &srp::timestamp(self.written),
        };
        pending.offer.accepts(&self.signature, &signed)
    }
}
