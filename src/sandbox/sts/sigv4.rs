//! Checking an AWS Signature Version 4, from the receiving side.
//!
//! Source: "Create a signed AWS API request" in the IAM user guide. Written out because the SDK's
//! signer is what it has to check. Deliberately absent: presigned URLs, chunked bodies, `SigV4A`, and
//! path normalization (the path of STS is always `/`).

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::http::{HeaderMap, Method, Uri};
use data_encoding::{HEXLOWER, HEXUPPER};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::crypto::group::sha256;
use crate::crypto::srp::hmac_sha256;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const TOLERANCE: SignedDuration = SignedDuration::from_mins(15);

/// A request as it arrived.
pub(in crate::sandbox) struct Request<'a> {
    pub(in crate::sandbox) method: &'a Method,
    pub(in crate::sandbox) uri: &'a Uri,
    pub(in crate::sandbox) headers: &'a HeaderMap,
    pub(in crate::sandbox) body: &'a [u8],
}

/// The `Authorization` header, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::sandbox) struct Authorization<'a> {
    pub(in crate::sandbox) access_key_id: &'a str,
    date: &'a str,
    region: &'a str,
    pub(in crate::sandbox) service: &'a str,
    signed_headers: &'a str,
    signature: Vec<u8>,
}

impl<'a> Authorization<'a> {
    /// `None` unless the request carries a complete signature.
    pub(in crate::sandbox) fn read(headers: &'a HeaderMap) -> Option<Self> {
        let text = headers.get("authorization")?.to_str().ok()?;
        let fields = text.strip_prefix(ALGORITHM)?;
        let field = |name: &str| {
            fields
                .split(',')
                .find_map(|field| field.trim().strip_prefix(name)?.strip_prefix('='))
        };
        let mut scope = field("Credential")?.split('/');
        let (access_key_id, date) = (scope.next()?, scope.next()?);
        let (region, service) = (scope.next()?, scope.next()?);
        if scope.next() != Some("aws4_request") || scope.next().is_some() {
            return None;
        }
        let signature = HEXLOWER.decode(field("Signature")?.as_bytes()).ok()?;
        let signed_headers = field("SignedHeaders")?;
        Some(Self {
            access_key_id,
            date,
            region,
            service,
            signed_headers,
            signature,
        })
    }

    /// Whether this is the signature of `request` made with `secret_key`, in constant time.
    pub(in crate::sandbox) fn is_of(&self, request: &Request<'_>, secret_key: &str) -> bool {
        let Some(time) = header(request.headers, "x-amz-date") else {
            return false;
        };
        // The signature covers the date of the scope only by way of the key: they must agree.
        if !time.starts_with(self.date) || !self.signs("host") || !self.signs("x-amz-date") {
            return false;
        }
        let scope = [self.date, self.region, self.service, "aws4_request"].join("/");
        let canonical = self.canonical_request(request);
        let to_sign = [
            ALGORITHM,
            &time,
            &scope,
            &HEXLOWER.encode(&sha256(&[canonical.as_bytes()])),
        ]
        .join("\n");
        let mut key = hmac_sha256(format!("AWS4{secret_key}").as_bytes(), self.date.as_bytes());
        for part in [self.region, self.service, "aws4_request"] {
            key = hmac_sha256(&key, part.as_bytes());
        }
        verify_slices_are_equal(&hmac_sha256(&key, to_sign.as_bytes()), &self.signature).is_ok()
    }

    fn signs(&self, name: &str) -> bool {
        self.signed_headers.split(';').any(|signed| signed == name)
    }

    fn canonical_request(&self, request: &Request<'_>) -> String {
        let mut text = [
            request.method.as_str(),
            request.uri.path(),
            &canonical_query(request.uri.query().unwrap_or_default()),
        ]
        .join("\n");
        text.push('\n');
        for name in self.signed_headers.split(';') {
            text.push_str(name);
            text.push(':');
            text.push_str(&header(request.headers, name).unwrap_or_default());
            text.push('\n');
        }
        text.push('\n');
        text.push_str(self.signed_headers);
        text.push('\n');
        text.push_str(&HEXLOWER.encode(&sha256(&[request.body])));
        text
    }
}

/// Whether `secret_key` signed the request, recently and for `service`; the error is the message.
pub(in crate::sandbox) fn check(
    request: &Request<'_>,
    authorization: &Authorization<'_>,
    service: &str,
    secret_key: &str,
    now: Timestamp,
) -> Result<(), String> {
    if authorization.service != service {
        return Err(format!(
            "Credential should be scoped to correct service: '{service}'."
        ));
    }
    if !is_recent(request, now) {
        return Err("Signature expired or not yet current: check the clock.".to_owned());
    }
    if !authorization.is_of(request, secret_key) {
        return Err(
            "The request signature we calculated does not match the signature you provided. Check \
             your AWS Secret Access Key and signing method. Consult the service documentation for \
             details."
                .to_owned(),
        );
    }
    Ok(())
}

fn is_recent(request: &Request<'_>, now: Timestamp) -> bool {
    let Some(written) = header(request.headers, "x-amz-date") else {
        return false;
    };
    let parsed = DateTime::strptime("%Y%m%dT%H%M%SZ", &written)
        .and_then(|civil| civil.to_zoned(TimeZone::UTC));
    parsed.is_ok_and(|written| now.duration_since(written.timestamp()).abs() <= TOLERANCE)
}

/// All values of a header, trimmed, runs of spaces made one, joined by commas.
pub(in crate::sandbox) fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Vec<String> = headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .map(|value| value.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    (!values.is_empty()).then(|| values.join(","))
}

fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<String> = form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| format!("{}={}", encoded(&name), encoded(&value)))
        .collect();
    pairs.sort();
    pairs.join("&")
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            other => {
                out.push('%');
                out.push_str(&HEXUPPER.encode(&[other]));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The request of the IAM user guide's worked example.
    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 \
        Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
        SignedHeaders=content-type;host;x-amz-date, \
        Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";

    fn headers() -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", AUTHORIZATION.parse().unwrap());
        headers.insert("host", "iam.amazonaws.com".parse().unwrap());
        headers.insert("x-amz-date", "20150830T123600Z".parse().unwrap());
        let form = "application/x-www-form-urlencoded; charset=utf-8";
        headers.insert("content-type", form.parse().unwrap());
        headers
    }

    fn is_signed(headers: &HeaderMap, uri: &str, body: &[u8], secret: &str) -> bool {
        let uri: Uri = uri.parse().unwrap();
        let request = Request {
            method: &Method::GET,
            uri: &uri,
            headers,
            body,
        };
        Authorization::read(headers)
            .unwrap()
            .is_of(&request, secret)
    }

    #[test]
    fn the_published_example_verifies() {
        let uri = "/?Action=ListUsers&Version=2010-05-08";
        assert!(is_signed(&headers(), uri, b"", SECRET));
        assert!(is_signed(
            &headers(),
            "/?Version=2010-05-08&Action=ListUsers",
            b"",
            SECRET
        ));
    }

    #[test]
    fn any_change_breaks_the_signature() {
        let uri = "/?Action=ListUsers&Version=2010-05-08";
        assert!(!is_signed(&headers(), uri, b"", "another secret"));
        assert!(!is_signed(&headers(), uri, b"x", SECRET));
        assert!(!is_signed(
            &headers(),
            "/?Action=ListRoles&Version=2010-05-08",
            b"",
            SECRET
        ));
        let mut other_host = headers();
        other_host.insert("host", "sts.amazonaws.com".parse().unwrap());
        assert!(!is_signed(&other_host, uri, b"", SECRET));
        let mut other_day = headers();
        other_day.insert("x-amz-date", "20150831T123600Z".parse().unwrap());
        assert!(!is_signed(&other_day, uri, b"", SECRET));
    }

    #[test]
    fn incomplete_authorization_is_none() {
        for text in [
            "",
            "Bearer x",
            "AWS4-HMAC-SHA256 Credential=A/B/C/D/aws4_request",
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("authorization", text.parse().unwrap());
            assert_eq!(Authorization::read(&headers), None, "{text}");
        }
    }
}
