//! `GetOpenIdTokenForDeveloperIdentity`: what a developer's own backend asks with AWS credentials.
//!
//! Deliberately absent: merging, unlinking and looking up developer identities.

use std::time::Duration;

use serde_json::json;

use super::identities::Subject;
use super::logins::{self, Login};
use super::{Caller, openid, pool};
use crate::sandbox::error::{Answer, Refusal};
use crate::sandbox::input::{Input, Parameters, broken_constraint};
use crate::sandbox::sts::sigv4::{self, Authorization, Request};
use crate::sandbox::tokens::Claims;
use crate::sandbox::world::{Call, DEVELOPER_ACCESS_KEY, DEVELOPER_SECRET_KEY};

const DEFAULT_LIFETIME: u64 = 15 * 60;
const LONGEST_LIFETIME: u64 = 24 * 60 * 60;

/// Whether the backend's own credentials signed the request, for this service.
pub(in crate::sandbox) fn authenticate(
    call: &Call<'_>,
    request: &Request<'_>,
    service: &str,
) -> Result<(), Refusal> {
    let authorization = Authorization::read(request.headers).ok_or_else(|| {
        let message = "Missing Authentication Token";
        Refusal::new(400, "MissingAuthenticationTokenException", message)
    })?;
    if authorization.access_key_id != DEVELOPER_ACCESS_KEY {
        let message = "The security token included in the request is invalid.";
        return Err(Refusal::new(400, "UnrecognizedClientException", message));
    }
    let key = DEVELOPER_SECRET_KEY;
    sigv4::check(request, &authorization, service, key, call.now)
        .map_err(|message| Refusal::new(400, "InvalidSignatureException", message))
}

/// `GetOpenIdTokenForDeveloperIdentity`.
pub(in crate::sandbox) fn get_open_id_token_for_developer_identity(
    call: &mut Call<'_>,
    input: &Input,
) -> Answer {
    let pool = pool(call, input.required("IdentityPoolId")?)?;
    let map = input.map("Logins").ok_or_else(no_developer_login)?;
    let name = pool.settings.developer_provider.as_deref();
    let name = name.ok_or_else(no_developer_login)?;
    let user = map.text(name).ok_or_else(no_developer_login)?;
    let lifetime = lifetime(input)?;
    let mut logins = public_logins(call, &pool, map, name)?;
    logins.insert(
        0,
        Login {
            subject: Subject {
                provider: name.to_owned(),
                id: user.to_owned(),
            },
            audience: Some(pool.id.to_owned()),
            claims: Claims::new(),
        },
    );
    let subjects: Vec<Subject> = logins.iter().map(|login| login.subject.clone()).collect();
    let identities = &mut call.state.identities;
    let identity_id = match input.text("IdentityId") {
        None => identities.of_logins(pool.id, &subjects)?,
        Some(id) if identities.pool_of(id)? != pool.id => {
            return Err(Refusal::not_found(format!("Identity '{id}' not found.")));
        }
        // The backend vouches for its user: it needs no login of the identity to add one.
        Some(id) => identities.vouch(id, &subjects)?,
    };
    let caller = Caller {
        pool,
        identity_id,
        logins,
    };
    let token = openid::token(call, &caller, lifetime)?;
    Ok(json!({ "IdentityId": caller.identity_id, "Token": token }))
}

/// The logins besides the developer's own.
fn public_logins(
    call: &Call<'_>,
    pool: &super::IdentityPool,
    map: Parameters<'_>,
    developer: &str,
) -> Result<Vec<Login>, Refusal> {
    let others = map.without(developer);
    others.map_or(Ok(Vec::new()), |others| {
        logins::verify(call, pool, Parameters::of(&others))
    })
}

fn lifetime(input: &Input) -> Result<Duration, Refusal> {
    let seconds = input.number("TokenDuration").unwrap_or(DEFAULT_LIFETIME);
    let bound = if seconds < 1 {
        "greater than or equal to 1".to_owned()
    } else if seconds > LONGEST_LIFETIME {
        format!("less than or equal to {LONGEST_LIFETIME}")
    } else {
        return Ok(Duration::from_secs(seconds));
    };
    let constraint = format!("Member must have value {bound}");
    Err(broken_constraint(
        "TokenDuration",
        &format!(" '{seconds}'"),
        &constraint,
    ))
}

fn no_developer_login() -> Refusal {
    Refusal::invalid_parameter("Please provide a valid developer provider.")
}
