//! A request's body in the JSON 1.1 protocol, read by name.
//!
//! Deliberately absent: one struct per operation. What the service says about a missing value
//! depends on the value, so each is asked for where it is needed.

use serde_json::{Map, Value};

use super::error::Refusal;

/// The members of a request.
pub(super) struct Input(Map<String, Value>);

impl Input {
    pub(super) fn parse(body: &[u8]) -> Result<Self, Refusal> {
        serde_json::from_slice(body).map(Self).map_err(|_| {
            Refusal::new(
                400,
                "SerializationException",
                "Start of structure or map expected",
            )
        })
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// A member the model marks as required.
    pub(super) fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.text(name)
            .ok_or_else(|| broken_constraint(name, " null", "Member must not be null"))
    }

    /// A member that maps names to texts: `AuthParameters`, `ChallengeResponses`, `Logins`.
    pub(super) fn map(&self, name: &str) -> Option<Parameters<'_>> {
        self.0
            .get(name)
            .and_then(Value::as_object)
            .filter(|map| !map.is_empty())
            .map(Parameters)
    }

    /// A whole number that is not negative.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.0.get(name)?.as_u64()
    }

    /// A yes or no inside a member that is a structure.
    pub(super) fn flag(&self, structure: &str, name: &str) -> Option<bool> {
        self.0.get(structure)?.get(name)?.as_bool()
    }
}

/// A member that is not as the model wants it. `value` is what the message repeats of it, with a
/// space before it; nothing for members that are marked as sensitive.
pub(super) fn broken_constraint(name: &str, value: &str, constraint: &str) -> Refusal {
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    let name: String = first.into_iter().chain(letters).collect();
    Refusal::invalid_parameter(format!(
        "1 validation error detected: Value{value} at '{name}' failed to satisfy constraint: \
         {constraint}"
    ))
}

/// Texts by name.
#[derive(Clone, Copy)]
pub(super) struct Parameters<'a>(&'a Map<String, Value>);

impl<'a> Parameters<'a> {
    /// A value; an empty one counts as missing.
    pub(super) fn text(self, name: &str) -> Option<&'a str> {
        self.0
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    }

    pub(super) fn required(self, name: &str) -> Result<&'a str, Refusal> {
        self.text(name)
            .ok_or_else(|| Refusal::missing_parameter(name))
    }

    /// The same without `name`, or nothing where nothing is left.
    pub(super) fn without(self, name: &str) -> Option<Map<String, Value>> {
        let mut others = self.0.clone();
        others.remove(name);
        (!others.is_empty()).then_some(others)
    }

    /// Texts that were read before.
    pub(super) const fn of(map: &'a Map<String, Value>) -> Self {
        Self(map)
    }

    pub(super) fn pairs(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_values_are_named_as_the_service_does() {
        let input = Input::parse(br#"{"AuthParameters":{"USERNAME":""},"Logins":{}}"#).unwrap();
        let refusal = input.required("ClientId").unwrap_err();
        assert!(
            refusal.message.contains("Value null at 'clientId'"),
            "{}",
            refusal.message
        );
        let parameters = input.map("AuthParameters").unwrap();
        let refusal = parameters.required("USERNAME").unwrap_err();
        assert_eq!(refusal.message, "Missing required parameter USERNAME");
        assert!(input.map("Logins").is_none());
    }

    #[test]
    fn what_is_not_an_object_is_refused() {
        for body in ["", "[]", "\"text\"", "{"] {
            assert!(Input::parse(body.as_bytes()).is_err(), "{body}");
        }
    }
}
