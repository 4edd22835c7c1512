//! A remembered device's proof instead of a second factor: `DEVICE_SRP_AUTH`, then
//! `DEVICE_PASSWORD_VERIFIER`.
//!
//! The formulas are those of the password, with the device group key for the pool's name, the
//! device key for the user and the device's secret for the password.

use serde_json::json;

use super::attempts::{Attempt, Step};
use super::claims::Claim;
use super::error::{Answer, Refusal};
use super::next_challenge;
use super::response::Response;
use super::srp_server::Offer;
use super::world::Call;

/// Whether the sign-in comes from a device that the user wants remembered.
pub(super) fn stands_for_second_factor(call: &Call<'_>, attempt: &Attempt) -> bool {
    let key = attempt.device.as_deref();
    let device = key.and_then(|key| call.state.devices.known(key, &attempt.username).ok());
    device.is_some_and(|device| device.remembered)
}

/// The first challenge.
pub(super) fn ask(call: &mut Call<'_>, attempt: Attempt) -> Answer {
    let step = Step::DeviceSrp;
    next_challenge::ask(call, attempt, step, "DEVICE_SRP_AUTH", &json!({}))
}

/// The response to `DEVICE_SRP_AUTH`: the second challenge.
pub(super) fn offer(call: &mut Call<'_>, response: &Response<'_>) -> Answer {
    let wanted = |step: &Step| matches!(step, Step::DeviceSrp).then_some(());
    let attempt = response.resume(call, wanted)?.attempt;
    let srp_a = response.fields.required("SRP_A")?;
    let key = attempt.device.clone().ok_or_else(Refusal::no_device)?;
    let device = call.state.devices.known(&key, &attempt.username)?;
    let verifier = device.verifier.as_ref().ok_or_else(Refusal::no_device)?;
    let (offer, salt) = (Offer::new(srp_a, verifier)?, verifier.salt_hex());
    let srp_b = offer.srp_b();
    let block = call.state.offers.put(&attempt, offer, call.now)?;
    response.spend(call);
    let parameters = json!({
        "SALT": salt,
        "SRP_B": srp_b,
        "SECRET_BLOCK": block,
        "USERNAME": attempt.username,
        "DEVICE_KEY": key,
    });
    let step = Step::DeviceVerifier;
    next_challenge::ask(call, attempt, step, "DEVICE_PASSWORD_VERIFIER", &parameters)
}

/// The response to `DEVICE_PASSWORD_VERIFIER`.
pub(super) fn answer(call: &mut Call<'_>, response: &Response<'_>) -> Answer {
    let claim = Claim::read(response)?;
    let wanted = |step: &Step| matches!(step, Step::DeviceVerifier).then_some(());
    let mut attempt = response.resume(call, wanted)?.attempt;
    let offered = claim.attempt(call, response.client.id);
    if offered.is_none_or(|offered| offered != attempt) {
        return Err(Refusal::wrong_password());
    }
    let key = attempt.device.clone().ok_or_else(Refusal::no_device)?;
    let device = call.state.devices.known(&key, &attempt.username)?;
    let group_key = device.group_key.clone();
    if !claim.proves(call, &group_key, &key) {
        return Err(Refusal::wrong_password());
    }
    response.spend(call);
    attempt.second_factor = true;
    next_challenge::after_first_factor(call, attempt)
}
