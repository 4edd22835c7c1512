//! `NEW_PASSWORD_REQUIRED`: a temporary password is replaced, and attributes are filled in.
//!
//! Deliberately absent: the temporary password's own lifetime.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::attempts::{Attempt, Step};
use super::error::{Answer, Refusal};
use super::next_challenge;
use super::password_policy;
use super::response::Response;
use super::srp_server::Verifier;
use super::users::{Status, User};
use super::world::{Call, POOL_NAME};
use crate::domain::Secret;

/// How an attribute is called in a response.
const PREFIX: &str = "userAttributes.";

/// The challenge.
pub(super) fn ask(call: &mut Call<'_>, user: &User, attempt: Attempt) -> Answer {
    let required: Vec<String> = user
        .missing_attributes
        .iter()
        .map(|name| format!("{PREFIX}{name}"))
        .collect();
    let parameters = json!({
        "USER_ID_FOR_SRP": user.username,
        // Both are JSON inside a text.
        "userAttributes": Value::Object(given(user)).to_string(),
        "requiredAttributes": json!(required).to_string(),
    });
    let step = Step::NewPassword;
    next_challenge::ask(call, attempt, step, "NEW_PASSWORD_REQUIRED", &parameters)
}

/// The response.
pub(super) fn answer(call: &mut Call<'_>, response: &Response<'_>) -> Answer {
    let wanted = |step: &Step| matches!(step, Step::NewPassword).then_some(());
    let resumed = response.resume(call, wanted)?;
    let user = resumed.user(Refusal::invalid_session)?;
    let password = response.fields.required("NEW_PASSWORD")?;
    password_policy::check(password)?;
    let attributes = new_attributes(&user, response)?;
    let password = Secret::new(password.to_owned());
    let verifier = Verifier::new(POOL_NAME, &user.username, &password)?;
    call.state.directory.change(&user.username, |user| {
        user.verifier = verifier;
        user.status = Status::Confirmed;
        user.missing_attributes.clear();
        user.attributes.extend(attributes);
    });
    response.spend(call);
    next_challenge::after_first_factor(call, resumed.attempt)
}

/// The attributes of a response: none that is there already, all that are missing.
fn new_attributes(
    user: &User,
    response: &Response<'_>,
) -> Result<BTreeMap<String, String>, Refusal> {
    let there = given(user);
    let mut new = BTreeMap::new();
    for (name, value) in response.fields.pairs() {
        let Some(name) = name.strip_prefix(PREFIX) else {
            continue;
        };
        if there.contains_key(name) {
            return Err(Refusal::not_authorized(format!(
                "Cannot modify an already provided {name}"
            )));
        }
        if !value.is_empty() {
            new.insert(name.to_owned(), value.to_owned());
        }
    }
    let missing = user.missing_attributes.iter();
    if let Some(name) = missing.into_iter().find(|name| !new.contains_key(*name)) {
        return Err(Refusal::invalid_parameter(format!(
            "Invalid attributes given, {name} is missing"
        )));
    }
    Ok(new)
}

/// The attributes a user has.
fn given(user: &User) -> Map<String, Value> {
    let mut given = Map::new();
    given.insert("email".into(), user.email.clone().into());
    given.insert("email_verified".into(), "true".into());
    if let Some(phone) = &user.phone {
        given.insert("phone_number".into(), phone.clone().into());
        given.insert("phone_number_verified".into(), "true".into());
    }
    let others = user.attributes.iter();
    given.extend(others.map(|(name, value)| (name.clone(), value.clone().into())));
    given
}
