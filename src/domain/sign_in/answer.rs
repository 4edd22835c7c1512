//! What a person says during a sign-in.

use std::fmt;

use crate::domain::Secret;

/// Values for the fields of a question, by the fields' names. `Debug` shows the names only.
#[derive(Default)]
pub struct Answer(Vec<(String, Value)>);

enum Value {
    Plain(String),
    Hidden(Secret),
}

impl Answer {
    /// An answer of one secret field.
    #[must_use]
    pub fn of(field: impl Into<String>, value: Secret) -> Self {
        Self::default().with(field, value)
    }

    /// The same with one more secret field: passwords and codes.
    #[must_use]
    pub fn with(mut self, field: impl Into<String>, value: Secret) -> Self {
        self.0.push((field.into(), Value::Hidden(value)));
        self
    }

    /// The same with one more plain field: a name, a choice.
    #[must_use]
    pub fn with_text(mut self, field: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.push((field.into(), Value::Plain(value.into())));
        self
    }

    /// A plain field's text.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.value(field)? {
            Value::Plain(text) => Some(text),
            Value::Hidden(_) => None,
        }
    }

    /// A copy of a field's value; the empty text where it is missing.
    #[must_use]
    pub(super) fn copy(&self, field: &str) -> Secret {
        match self.value(field) {
            Some(Value::Hidden(secret)) => secret.duplicate(),
            Some(Value::Plain(text)) => Secret::new(text.clone()),
            None => Secret::new(String::new()),
        }
    }

    /// A second copy, said aloud.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        let copy = |(name, value): &(String, Value)| {
            let value = match value {
                Value::Plain(text) => Value::Plain(text.clone()),
                Value::Hidden(secret) => Value::Hidden(secret.duplicate()),
            };
            (name.clone(), value)
        };
        Self(self.0.iter().map(copy).collect())
    }

    fn value(&self, field: &str) -> Option<&Value> {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map(|(_, value)| value)
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.iter().map(|(name, _)| name);
        f.debug_list().entries(names).finish()
    }
}

/// One move of the person in a sign-in.
#[derive(Debug)]
pub enum Move {
    /// Answers the question.
    Answer(Answer),
    /// Asks for a new code.
    Resend,
    /// Wants to answer in another way.
    OtherMethod,
    /// Does not know the password.
    ForgotPassword {
        /// Name or alias.
        username: String,
    },
}
