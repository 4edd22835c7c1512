//! Answers in both protocols, with the headers that every answer has.
//!
//! `Date` is the sandbox's own clock: clients measure their clock's error by it.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use jiff::Timestamp;

use super::error::{Answer, Refusal};

const JSON_1_1: &str = "application/x-amz-json-1.1";

/// An answer before it has its common headers.
pub(super) struct Reply {
    pub(super) status: u16,
    /// The error code, for the header and the log.
    pub(super) code: Option<&'static str>,
    content_type: &'static str,
    body: String,
}

impl Reply {
    /// The answer of a JSON 1.1 operation.
    pub(super) fn json(answer: Answer) -> Self {
        let (status, code, body) = match answer {
            Ok(value) => (200, None, value.to_string()),
            Err(refusal) => (refusal.status, Some(refusal.code), refusal.json()),
        };
        Self {
            status,
            code,
            content_type: JSON_1_1,
            body,
        }
    }

    /// A document, in plain JSON.
    pub(super) fn document(answer: Answer) -> Self {
        Self {
            content_type: "application/json",
            ..Self::json(answer)
        }
    }

    /// The answer of a query operation.
    pub(super) fn xml(action: &str, answer: Result<String, Refusal>, request_id: &str) -> Self {
        let (status, code, body) = match answer {
            Ok(result) => {
                let body = format!(
                    "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
                 <{action}Result>{result}</{action}Result><ResponseMetadata>\
                 <RequestId>{request_id}</RequestId></ResponseMetadata></{action}Response>"
                );
                (200, None, body)
            }
            Err(refusal) => (refusal.status, Some(refusal.code), refusal.xml(request_id)),
        };
        Self {
            status,
            code,
            content_type: "text/xml",
            body,
        }
    }

    /// The answer with the headers that every answer has.
    pub(super) fn finish(self, now: Timestamp, request_id: &str) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let date = now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let common = [
            ("content-type", Some(self.content_type)),
            ("date", Some(date.as_str())),
            ("x-amzn-requestid", Some(request_id)),
            ("x-amzn-errortype", self.code),
        ];
        for (name, value) in common {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
                response
                    .headers_mut()
                    .insert(HeaderName::from_static(name), value);
            }
        }
        response
    }
}
