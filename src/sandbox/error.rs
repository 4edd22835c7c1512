//! A refusal as the service words it: HTTP status, code and message.
//!
//! Codes and messages are the service's own, because clients choose their hints by them. Deliberately
//! absent: sources and causes; the wire carries none.

use std::borrow::Cow;

use serde_json::{Value, json};

/// What an operation answers.
pub(super) type Answer = Result<Value, Refusal>;

/// A refused request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) message: Cow<'static, str>,
}

impl Refusal {
    pub(super) fn new(
        status: u16,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    pub(super) fn not_authorized(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "NotAuthorizedException", message)
    }

    pub(super) fn invalid_parameter(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "InvalidParameterException", message)
    }

    pub(super) fn not_found(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "ResourceNotFoundException", message)
    }

    /// The one text for a wrong password, a wrong signature, a late answer and an unknown user.
    pub(super) fn wrong_password() -> Self {
        Self::not_authorized("Incorrect username or password.")
    }

    /// A `Session` that nobody handed out, or not for this.
    pub(super) fn invalid_session() -> Self {
        Self::not_authorized("Invalid session for the user.")
    }

    /// A device that is not the user's, not confirmed or forgotten.
    pub(super) fn no_device() -> Self {
        Self::not_found("Device does not exist.")
    }

    /// A user without an authenticator app.
    pub(super) fn no_software_token() -> Self {
        Self::new(
            400,
            "SoftwareTokenMFANotFoundException",
            "Software token MFA not found",
        )
    }

    /// A code that is not the right one.
    pub(super) fn wrong_code() -> Self {
        Self::new(
            400,
            "CodeMismatchException",
            "Invalid code received for user",
        )
    }

    pub(super) fn missing_parameter(name: &str) -> Self {
        Self::invalid_parameter(format!("Missing required parameter {name}"))
    }

    /// The service itself failed: no random numbers, no signature.
    pub(super) fn internal() -> Self {
        Self::new(500, "InternalErrorException", "Something went wrong")
    }

    /// The body in the JSON 1.1 protocol.
    pub(super) fn json(&self) -> String {
        json!({ "__type": self.code, "message": self.message }).to_string()
    }

    /// The body in the query protocol.
    pub(super) fn xml(&self, request_id: &str) -> String {
        let side = if self.status < 500 {
            "Sender"
        } else {
            "Receiver"
        };
        format!(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>\
             <Type>{side}</Type><Code>{}</Code><Message>{}</Message></Error>\
             <RequestId>{request_id}</RequestId></ErrorResponse>",
            self.code,
            escaped(&self.message),
        )
    }
}

/// Text for an XML element.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_names_code_and_message() {
        let body: Value = serde_json::from_str(&Refusal::wrong_password().json()).unwrap();
        assert_eq!(body["__type"], "NotAuthorizedException");
        assert_eq!(body["message"], "Incorrect username or password.");
    }

    #[test]
    fn xml_escapes_what_the_caller_sent() {
        let body = Refusal::new(400, "InvalidAction", "no <operation> & such").xml("id-1");
        assert!(
            body.contains("<Message>no &lt;operation&gt; &amp; such</Message>"),
            "{body}"
        );
        assert!(body.contains("<RequestId>id-1</RequestId>"), "{body}");
    }
}
