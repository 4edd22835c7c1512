//! Identity pool operations: `GetId` and `GetCredentialsForIdentity` (the enhanced flow) here, the
//! tokens of the basic flow and of developers in their files.
//!
//! | file | holds |
//! |---|---|
//! | `settings`, `roles` | the pools and the account's roles, as data |
//! | `logins`, `identities` | whose tokens they are, and whose identity |
//! | `role_choice` | which role the enhanced flow gives |
//! | `openid`, `developer` | `GetOpenIdToken`, `GetOpenIdTokenForDeveloperIdentity` |
//!
//! Deliberately absent: administration (pools are made by no request), `UnlinkIdentity`.

pub(super) mod developer;
pub(super) mod identities;
pub(super) mod logins;
pub(super) mod openid;
mod role_choice;
pub(super) mod roles;
pub(super) mod settings;

use std::sync::Arc;

use serde_json::json;

use super::clock::after;
use super::error::{Answer, Refusal};
use super::input::Input;
use super::sts::vended::{SESSION_NAME, Session, Vended};
use super::world::Call;
use identities::Subject;
use logins::Login;
use settings::IdentityPool;

/// Who asks: an identity of a pool, and the logins that were shown; none for a guest.
struct Caller {
    pool: Arc<IdentityPool>,
    identity_id: String,
    logins: Vec<Login>,
}

/// `GetId`.
pub(super) fn get_id(call: &mut Call<'_>, input: &Input) -> Answer {
    let pool = pool(call, input.required("IdentityPoolId")?)?;
    let id = match input.map("Logins") {
        Some(map) => {
            let logins = subjects(&logins::verify(call, &pool, map)?);
            call.state.identities.of_logins(pool.id, &logins)?
        }
        None if pool.settings.guests => call.state.identities.new_guest(pool.id)?,
        None => return Err(no_guests()),
    };
    Ok(json!({ "IdentityId": id }))
}

/// `GetCredentialsForIdentity`.
pub(super) fn get_credentials_for_identity(call: &mut Call<'_>, input: &Input) -> Answer {
    let caller = caller(call, input)?;
    let asked = input.text("CustomRoleArn");
    let settings = &caller.pool.settings;
    let first = caller.logins.first();
    let (role, method) = match first {
        None => (role_choice::of_guest(settings, asked)?, "unauthenticated"),
        Some(login) => {
            let role = role_choice::of_login(settings, &login.claims, asked)?;
            (role, "authenticated")
        }
    };
    let known = call.state.roles.of_arn(&role);
    if !known.is_some_and(|known| known.trust.lets_in(caller.pool.id, &[method])) {
        return Err(asked.map_or_else(role_choice::no_role, role_choice::forbidden));
    }
    let session = Session {
        role,
        name: SESSION_NAME.to_owned(),
        scoped_down: first.is_none(),
    };
    let vended = Vended::new(session, after(call.now, call.state.lifetimes.credentials))?;
    let answer = json!({
        "IdentityId": caller.identity_id,
        "Credentials": {
            "AccessKeyId": vended.access_key_id,
            "SecretKey": vended.secret_key,
            "SessionToken": vended.session_token,
            "Expiration": vended.expires.as_second(),
        },
    });
    call.state.keep(vended);
    Ok(answer)
}

/// The pool of that ID.
fn pool(call: &Call<'_>, id: &str) -> Result<Arc<IdentityPool>, Refusal> {
    let mut pools = call.state.identity_pools.iter();
    let found = pools.find(|pool| pool.id == id).cloned();
    found.ok_or_else(|| Refusal::not_found(format!("IdentityPool '{id}' not found.")))
}

/// `IdentityId` and `Logins`, and the identity that they mean together.
fn caller(call: &mut Call<'_>, input: &Input) -> Result<Caller, Refusal> {
    let id = input.required("IdentityId")?;
    let pool = pool(call, call.state.identities.pool_of(id)?)?;
    let logins = match input.map("Logins") {
        Some(map) => logins::verify(call, &pool, map)?,
        None => Vec::new(),
    };
    let identity_id = call.state.identities.meant_by(id, &subjects(&logins))?;
    if logins.is_empty() && !pool.settings.guests {
        return Err(no_guests());
    }
    Ok(Caller {
        pool,
        identity_id,
        logins,
    })
}

fn subjects(logins: &[Login]) -> Vec<Subject> {
    logins.iter().map(|login| login.subject.clone()).collect()
}

fn no_guests() -> Refusal {
    Refusal::not_authorized("Unauthenticated access is not supported for this identity pool.")
}
