//! `status`: who is signed in, in which role, and for how long. Reads what is kept; asks nobody.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::output::Output;
use super::profile::who;
use crate::domain::{Caller, Problem, Profile, RoleChoice, Session, clock_direction, clock_error};
use crate::ops::{Deps, session};

struct Standing {
    profile: Profile,
    signed_in: bool,
    /// Without asking anybody.
    renews: bool,
    session: Option<Session>,
}

/// One profile, or all.
pub async fn run(name: Option<&str>, deps: &Deps, output: &Output) -> Result<(), Problem> {
    let profiles = match name {
        Some(name) => vec![deps.profile(name).await?],
        None => deps.profiles.load().await?.profiles,
    };
    let mut standings = Vec::with_capacity(profiles.len());
    for profile in profiles {
        let session = deps.vault.session(&profile).await?;
        // Where no user pool is asked, credentials are all there is to be kept.
        let signed_in = if profile.sign_in.uses_user_pool() {
            deps.vault.sign_in(&profile).await?.is_some()
        } else {
            session.is_some()
        };
        standings.push(Standing {
            renews: session::is_renewable(deps, &profile).await?,
            profile,
            signed_in,
            session,
        });
    }
    let now = deps.clock.now();
    let offset = deps.clock.offset();
    if let Some(offset) = clock_error(offset) {
        output.note(&about_clock(offset));
    }
    if output.is_json() {
        let mut rows: Vec<Value> = standings
            .iter()
            .map(|standing| as_json(standing, now, offset))
            .collect();
        let one = if name.is_some() { rows.pop() } else { None };
        return output.json(&one.unwrap_or(Value::Array(rows)));
    }
    if standings.is_empty() {
        output.note("No profiles yet. Add one with: poolkey profile add");
        return Ok(());
    }
    let rows: Vec<String> = standings
        .iter()
        .map(|standing| row(standing, now))
        .collect();
    output.result(&rows.join("\n"))
}

fn remaining_seconds(session: &Session, now: Timestamp) -> i64 {
    session.remaining(now).as_secs()
}

fn about_clock(offset: SignedDuration) -> String {
    let direction = clock_direction(offset);
    let seconds = offset.abs().as_secs();
    format!("note: this machine's clock is {seconds} s {direction} AWS; Poolkey allows for that")
}

fn row(standing: &Standing, now: Timestamp) -> String {
    let Standing {
        profile,
        signed_in,
        renews,
        session,
    } = standing;
    let state = match session
        .as_ref()
        .map(|session| remaining_seconds(session, now))
    {
        Some(seconds @ 1..) => format!("valid, {} min {:02} s left", seconds / 60, seconds % 60),
        Some(_) if *renews => "expired, renewed when next used".to_owned(),
        Some(_) => "expired".to_owned(),
        None if *signed_in => "signed in".to_owned(),
        None if *renews => "ready, fetched when next used".to_owned(),
        None => "signed out".to_owned(),
    };
    let session = session.as_ref();
    let who = who_now(profile, session);
    let identity = session.map_or("", |session| session.identity_id.as_str());
    let name = profile.name.as_str();
    format!("{name:<24} {who:<24} {state:<32} {identity}")
        .trim_end()
        .to_owned()
}

/// Who it turned out to be, or who the profile says it will be.
fn who_now(profile: &Profile, session: Option<&Session>) -> String {
    match session {
        Some(session) if profile.sign_in.uses_user_pool() => session.username.clone(),
        _ => who(profile),
    }
}

/// How the role came about, as a word for programs.
pub const fn choice_name(choice: RoleChoice) -> &'static str {
    match choice {
        RoleChoice::IdentityPool => "identity-pool",
        RoleChoice::Profile => "profile",
        RoleChoice::BasicFlow => "basic-flow",
    }
}

fn as_json(standing: &Standing, now: Timestamp, offset: SignedDuration) -> Value {
    let Standing {
        profile,
        signed_in,
        session,
        ..
    } = standing;
    let session = session.as_ref();
    let caller = session.and_then(|session| session.caller.as_ref());
    json!({
        "profile": profile.name.as_str(),
        "signed_in": signed_in,
        "username": session.map(|session| session.username.as_str()),
        "identity_pool_id": profile.identity_pool_id.as_str(),
        "flow": profile.exchange.name(),
        "identity_id": session.map(|session| session.identity_id.as_str()),
        "account": caller.map(|caller| caller.account.as_str()),
        "arn": caller.map(|caller| caller.arn.as_str()),
        "role": caller.map(Caller::role),
        "role_choice": session.map(|session| choice_name(session.role_choice)),
        "logins": session.map(|session| &session.logins),
        "groups": session.map(|session| &session.groups),
        "expires_at": session.map(|session| session.credentials.expires_at.to_string()),
        "remaining_seconds": session.map(|session| remaining_seconds(session, now)),
        "clock_offset_seconds": offset.as_secs(),
    })
}
