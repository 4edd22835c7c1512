//! What an answer says of itself: the request ID, and the error code in the three protocols.
//!
//! Sources: Smithy, "AWS JSON 1.1 protocol" and "AWS Query protocol", operation errors; RFC 6749,
//! section 5.2. Deliberately absent: the message, which may name people.

use aws_smithy_runtime_api::http::Headers;
use serde::Deserialize;

/// Longer ones are no codes and no IDs.
const LONGEST: usize = 80;

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "__type")]
    kind: Option<String>,
    code: Option<String>,
    error: Option<String>,
}

/// `x-amzn-requestid`; STS writes its letters in another size, which HTTP does not tell apart.
pub fn request_id(headers: &Headers) -> Option<String> {
    let id = headers.get("x-amzn-requestid")?;
    is_plain(id).then(|| id.to_owned())
}

/// The error code of a refusal, `HTTP 502` where it has none.
pub fn error_code(status: u16, headers: &Headers, body: &[u8]) -> String {
    let header = headers.get("x-amzn-errortype").map(str::to_owned);
    let code = header.or_else(|| in_json(body)).or_else(|| in_xml(body));
    code.and_then(|code| {
        // `aws.cognito#NotAuthorizedException`, `NotAuthorizedException:http://…`.
        let name = code.rsplit('#').next()?.split(':').next()?;
        is_plain(name).then(|| name.to_owned())
    })
    .unwrap_or_else(|| format!("HTTP {status}"))
}

fn in_json(body: &[u8]) -> Option<String> {
    let body: Body = serde_json::from_slice(body).ok()?;
    body.kind.or(body.code).or(body.error)
}

fn in_xml(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let (_, rest) = text.split_once("<Code>")?;
    let (code, _) = rest.split_once("</Code>")?;
    Some(code.to_owned())
}

fn is_plain(text: &str) -> bool {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    !text.is_empty() && text.len() <= LONGEST && text.chars().all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_three_protocols() {
        let none = Headers::new();
        let mut typed = Headers::new();
        typed.insert("x-amzn-errortype", "ThrottlingException:http://aws/");
        for (headers, body, code) in [
            (&typed, "{}", "ThrottlingException"),
            (
                &none,
                r#"{"__type":"com.amazonaws#NotAuthorizedException"}"#,
                "NotAuthorizedException",
            ),
            (&none, r#"{"error":"invalid_grant"}"#, "invalid_grant"),
            (
                &none,
                "<Error><Code>AccessDenied</Code></Error>",
                "AccessDenied",
            ),
            (&none, "<html>Bad gateway</html>", "HTTP 502"),
            (
                &none,
                r#"{"error":"ana@example.com is not known"}"#,
                "HTTP 502",
            ),
        ] {
            assert_eq!(error_code(502, headers, body.as_bytes()), code, "{body}");
        }
    }

    #[test]
    fn only_an_id_is_an_id() {
        let mut headers = Headers::new();
        headers.insert("X-Amzn-RequestId", "0a-1");
        assert_eq!(request_id(&headers).as_deref(), Some("0a-1"));
        headers.insert("x-amzn-requestid", "a b");
        assert_eq!(request_id(&headers), None);
    }
}
