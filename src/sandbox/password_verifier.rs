//! The password's proof by SRP: `PASSWORD_VERIFIER`.
//!
//! In `USER_SRP_AUTH` the service sends no `Session` with it: the secret block stands for the
//! sign-in, once. In `USER_AUTH` and `CUSTOM_AUTH` there is a session, and it has to come back.
//! Deliberately absent: device challenges, which use the same formulas.

use serde_json::json;

use super::attempts::{Attempt, Step};
use super::claims::Claim;
use super::clients::Flow;
use super::custom;
use super::error::{Answer, Refusal};
use super::next_challenge;
use super::response::Response;
use super::srp_server::{Offer, Verifier};
use super::users::User;
use super::world::{Call, POOL_NAME};

/// The challenge. A user who does not exist is challenged all the same.
pub(super) fn offer(
    call: &mut Call<'_>,
    attempt: &Attempt,
    user: Option<&User>,
    srp_a: &str,
) -> Answer {
    let nobody = Verifier::of_nobody(&call.state.offers.seed, &attempt.username);
    let verifier = user.map_or(&nobody, |user| &user.verifier);
    let offer = Offer::new(srp_a, verifier)?;
    let srp_b = offer.srp_b();
    let block = call.state.offers.put(attempt, offer, call.now)?;
    let parameters = json!({
        "SALT": verifier.salt_hex(),
        "SRP_B": srp_b,
        "SECRET_BLOCK": block,
        "USERNAME": attempt.username,
        "USER_ID_FOR_SRP": attempt.username,
    });
    if attempt.entrance == Flow::Srp {
        return Ok(
            json!({ "ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": parameters }),
        );
    }
    let step = Step::PasswordVerifier;
    next_challenge::ask(
        call,
        attempt.clone(),
        step,
        "PASSWORD_VERIFIER",
        &parameters,
    )
}

/// The response.
pub(super) fn answer(call: &mut Call<'_>, response: &Response<'_>) -> Answer {
    let claim = Claim::read(response)?;
    let mut attempt = claim
        .attempt(call, response.client.id)
        .ok_or_else(Refusal::wrong_password)?;
    if attempt.entrance == Flow::Srp {
        // Before the block is used up: clients repeat the response without the device.
        response.take_device(call, &mut attempt)?;
    } else {
        let wanted = |step: &Step| matches!(step, Step::PasswordVerifier).then_some(());
        attempt = response.resume(call, wanted)?.attempt;
    }
    call.state.lockouts.check(claim.username, call.now)?;
    let user = call.state.directory.get(claim.username);
    if let Some(user) = &user {
        user.may_sign_in()?;
    }
    let proved = claim.proves(call, POOL_NAME, claim.username);
    if user.is_none() || !proved {
        call.state.lockouts.failed(claim.username, call.now);
        return Err(Refusal::wrong_password());
    }
    call.state.lockouts.succeeded(claim.username);
    response.spend(call);
    attempt.by_srp = true;
    if attempt.entrance == Flow::Custom {
        return custom::ask(call, attempt, 0, 0);
    }
    next_challenge::after_first_factor(call, attempt)
}
