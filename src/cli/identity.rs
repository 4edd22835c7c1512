//! `identity`: the identity ID that this machine knows, and whose it is. Reads what is kept.

use serde_json::{Value, json};

use super::output::Output;
use super::status::choice_name;
use crate::domain::{Caller, IdentityId, LoginProvider, Problem, Profile, Session};
use crate::ops::{Deps, identity};

/// Shows it, or forgets it.
pub async fn run(name: &str, forget: bool, deps: &Deps, output: &Output) -> Result<(), Problem> {
    let profile = deps.profile(name).await?;
    if forget {
        output.note(&forgotten(identity::forget(deps, &profile).await?));
        if !output.is_json() {
            return Ok(());
        }
    }
    let identity = identity::cached(deps, &profile).await?;
    let session = deps.vault.session(&profile).await?;
    if output.is_json() {
        return output.json(&as_json(&profile, identity.as_ref(), session.as_ref()));
    }
    output.result(&details(&profile, identity.as_ref(), session.as_ref()))
}

fn forgotten(identity: Option<IdentityId>) -> String {
    identity.map_or_else(
        || "No identity ID was kept.".to_owned(),
        |identity| format!("{identity} is forgotten: the identity pool is asked again next time."),
    )
}

fn details(profile: &Profile, identity: Option<&IdentityId>, session: Option<&Session>) -> String {
    let line = |label: &str, value: &str| format!("{label:<17} {value}");
    let others = session.filter(|_| identity.is_none());
    let identity = match (identity, others) {
        (Some(identity), _) => identity.to_string(),
        (None, Some(session)) => {
            format!("none kept; the credentials are of {}", session.identity_id)
        }
        (None, None) => "none kept on this machine".to_owned(),
    };
    let identity = identity.as_str();
    let mut lines = vec![
        line("Identity ID", identity),
        line("Identity pool ID", profile.identity_pool_id.as_str()),
    ];
    let Some(session) = session else {
        return lines.join("\n");
    };
    let labels: Vec<String> = session.logins.iter().map(|key| label(key)).collect();
    lines.push(line(
        "Logins",
        &match labels.as_slice() {
            [] => "none, a guest".to_owned(),
            labels => labels.join(", "),
        },
    ));
    if let Some(caller) = &session.caller {
        lines.extend([
            line("Account", &caller.account),
            line("ARN", &caller.arn),
            line(
                "Role",
                &format!("{}, {}", caller.role(), session.role_choice.label()),
            ),
        ]);
    }
    lines.join("\n")
}

/// A public provider by its name.
fn label(key: &str) -> String {
    let provider = key.parse::<LoginProvider>();
    provider.map_or_else(|_| key.to_owned(), |provider| provider.label().to_owned())
}

fn as_json(profile: &Profile, identity: Option<&IdentityId>, session: Option<&Session>) -> Value {
    let caller = session.and_then(|session| session.caller.as_ref());
    json!({
        "profile": profile.name.as_str(),
        "identity_id": identity.map(IdentityId::as_str),
        "identity_pool_id": profile.identity_pool_id.as_str(),
        "logins": session.map(|session| &session.logins),
        "account": caller.map(|caller| caller.account.as_str()),
        "arn": caller.map(|caller| caller.arn.as_str()),
        "role": caller.map(Caller::role),
        "role_choice": session.map(|session| choice_name(session.role_choice)),
    })
}
