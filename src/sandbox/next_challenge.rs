//! What comes after the first factor: new password, device or second factor, tokens.
//!
//! The order is the service's. Deliberately absent: the challenges themselves.

use serde_json::{Value, json};

use super::attempts::{Attempt, Step};
use super::device_verifier;
use super::error::{Answer, Refusal};
use super::issue;
use super::mfa_setup;
use super::new_password;
use super::second_factor;
use super::users::Status;
use super::world::Call;

/// A challenge with a new session.
pub(super) fn ask(
    call: &mut Call<'_>,
    attempt: Attempt,
    step: Step,
    name: &str,
    parameters: &Value,
) -> Answer {
    let session = call.state.sessions.open(attempt, step, call.now)?;
    Ok(json!({
        "ChallengeName": name,
        "Session": session,
        "ChallengeParameters": parameters,
    }))
}

/// The next challenge of somebody whose first factor was right, or the tokens. Every accepted step
/// comes here again, so what is done is read from the user and the attempt.
pub(super) fn after_first_factor(call: &mut Call<'_>, attempt: Attempt) -> Answer {
    let user = call
        .state
        .directory
        .get(&attempt.username)
        .ok_or_else(Refusal::wrong_password)?;
    if user.status == Status::MustChangePassword {
        return new_password::ask(call, &user, attempt);
    }
    if !attempt.second_factor {
        if device_verifier::stands_for_second_factor(call, &attempt) {
            return device_verifier::ask(call, attempt);
        }
        let factors = second_factor::of(&user);
        if !factors.is_empty() {
            return second_factor::ask(call, &user, attempt, &factors);
        }
        if !user.must_set_up.is_empty() {
            return mfa_setup::ask(call, &user, attempt);
        }
    }
    let client = call.state.client(attempt.client_id)?;
    let tracked = call.state.devices.at_sign_in(&client, &attempt, call.now)?;
    let mut answer = issue::signed_in(call, &user, &client, tracked.bound)?;
    let result = answer.get_mut("AuthenticationResult");
    if let (Some(Value::Object(result)), Some(new)) = (result, tracked.new) {
        result.insert("NewDeviceMetadata".into(), new);
    }
    Ok(answer)
}
