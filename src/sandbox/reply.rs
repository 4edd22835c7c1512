//! Answers in the two AWS protocols and to browsers, with the headers that every answer has.
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
    /// The error code, for the log.
    pub(super) code: Option<&'static str>,
    content_type: &'static str,
    headers: Vec<(&'static str, String)>,
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
            headers: error_type(code),
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
            headers: error_type(code),
            body,
        }
    }

    /// An answer to a browser or an OAuth client, which knows no `x-amzn-errortype`.
    pub(super) fn web(status: u16, content_type: &'static str, body: String) -> Self {
        Self {
            status,
            code: None,
            content_type,
            headers: Vec::new(),
            body,
        }
    }

    /// The same with one more header.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same with an error code for the log.
    pub(super) fn logged_as(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// The answer with the headers that every answer has.
    pub(super) fn finish(self, now: Timestamp, request_id: &str) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let date = now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let common = [
            ("content-type", self.content_type.to_owned()),
            ("date", date),
            ("x-amzn-requestid", request_id.to_owned()),
        ];
        for (name, value) in common.into_iter().chain(self.headers) {
            if let Ok(value) = HeaderValue::from_str(&value) {
                // Appended, because several cookies are several headers.
                response
                    .headers_mut()
                    .append(HeaderName::from_static(name), value);
            }
        }
        response
    }
}

fn error_type(code: Option<&'static str>) -> Vec<(&'static str, String)> {
    code.map(|code| ("x-amzn-errortype", code.to_owned()))
        .into_iter()
        .collect()
}
