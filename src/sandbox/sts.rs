//! The Security Token Service: `GetCallerIdentity`, for requests signed with vended credentials.
//!
//! Deliberately absent: `AssumeRoleWithWebIdentity`, and any other account's credentials.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::error::{Refusal, escaped};
use super::sigv4::{Authorization, Request, header};
use super::vended::{SESSION_NAME, Vended};
use super::world::{ACCOUNT_ID, Call};

const TOLERANCE: SignedDuration = SignedDuration::from_mins(15);

/// `GetCallerIdentity`: the XML between the request ID's element and the root.
pub(super) fn get_caller_identity(
    call: &Call<'_>,
    request: &Request<'_>,
) -> Result<String, Refusal> {
    let caller = authenticate(call, request)?;
    let id = caller.access_key_id.replacen("ASIA", "AROA", 1);
    Ok(format!(
        "<Arn>{}</Arn><UserId>{}</UserId><Account>{ACCOUNT_ID}</Account>",
        escaped(&caller.caller_arn()),
        escaped(&format!("{id}:{SESSION_NAME}")),
    ))
}

/// Whose credentials signed the request: first who, then until when, then whether it is true.
fn authenticate<'c>(call: &'c Call<'_>, request: &Request<'_>) -> Result<&'c Vended, Refusal> {
    let authorization = Authorization::read(request.headers).ok_or_else(|| {
        Refusal::new(
            403,
            "MissingAuthenticationToken",
            "Request is missing Authentication Token",
        )
    })?;
    let token = header(request.headers, "x-amz-security-token");
    let vended = call
        .state
        .vended
        .get(authorization.access_key_id)
        .filter(|vended| token.as_deref() == Some(vended.session_token.as_str()))
        .ok_or_else(|| {
            let message = "The security token included in the request is invalid.";
            Refusal::new(403, "InvalidClientTokenId", message)
        })?;
    if call.now >= vended.expires {
        let message = "The security token included in the request is expired";
        return Err(Refusal::new(403, "ExpiredToken", message));
    }
    if authorization.service != "sts" {
        return Err(mismatch(
            "Credential should be scoped to correct service: 'sts'.",
        ));
    }
    if !is_recent(request, call.now) {
        return Err(mismatch(
            "Signature expired or not yet current: check the clock.",
        ));
    }
    if !authorization.is_of(request, &vended.secret_key) {
        return Err(mismatch(
            "The request signature we calculated does not match the signature you provided. Check \
             your AWS Secret Access Key and signing method. Consult the service documentation for \
             details.",
        ));
    }
    Ok(vended)
}

fn is_recent(request: &Request<'_>, now: Timestamp) -> bool {
    let Some(written) = header(request.headers, "x-amz-date") else {
        return false;
    };
    let parsed = DateTime::strptime("%Y%m%dT%H%M%SZ", &written)
        .and_then(|civil| civil.to_zoned(TimeZone::UTC));
    parsed.is_ok_and(|written| now.duration_since(written.timestamp()).abs() <= TOLERANCE)
}

fn mismatch(message: &'static str) -> Refusal {
    Refusal::new(403, "SignatureDoesNotMatch", message)
}
