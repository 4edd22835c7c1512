//! The Security Token Service: `GetCallerIdentity` and `DecodeAuthorizationMessage` for requests
//! signed with vended credentials, `AssumeRoleWithWebIdentity` for unsigned ones.
//!
//! Deliberately absent: any other account's credentials, and messages to decode.

pub(super) mod sigv4;
pub(super) mod vended;
mod web_identity;

use super::error::{Refusal, escaped};
use super::world::{ACCOUNT_ID, Call};
use sigv4::{Authorization, Request, header};
use vended::Vended;

/// Answers `action`: the XML between the request ID's element and the root.
pub(super) fn answer(
    call: &mut Call<'_>,
    action: &str,
    request: &Request<'_>,
) -> Result<String, Refusal> {
    match action {
        "GetCallerIdentity" => get_caller_identity(call, request),
        "DecodeAuthorizationMessage" => decode_authorization_message(call, request),
        "AssumeRoleWithWebIdentity" => web_identity::assume_role(call, request.body),
        _ => {
            let message = format!("Could not find operation {action} for version 2011-06-15");
            Err(Refusal::new(400, "InvalidAction", message))
        }
    }
}

fn get_caller_identity(call: &Call<'_>, request: &Request<'_>) -> Result<String, Refusal> {
    let caller = authenticate(call, request)?;
    Ok(format!(
        "<Arn>{}</Arn><UserId>{}</UserId><Account>{ACCOUNT_ID}</Account>",
        escaped(&caller.caller_arn()),
        escaped(&caller.caller_id()),
    ))
}

/// Nothing can be decoded here; what it is good for is that a guest's session policy denies it.
fn decode_authorization_message(call: &Call<'_>, request: &Request<'_>) -> Result<String, Refusal> {
    let caller = authenticate(call, request)?;
    if caller.session.scoped_down {
        let action = "sts:DecodeAuthorizationMessage";
        let message = format!(
            "User: {} is not authorized to perform: {action} because no session policy allows \
             the {action} action",
            caller.caller_arn()
        );
        return Err(Refusal::new(403, "AccessDenied", message));
    }
    let code = "InvalidAuthorizationMessageException";
    Err(Refusal::new(400, code, "Message is not valid"))
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
    sigv4::check(request, &authorization, "sts", &vended.secret_key, call.now)
        .map_err(|message| Refusal::new(403, "SignatureDoesNotMatch", message))?;
    Ok(vended)
}
