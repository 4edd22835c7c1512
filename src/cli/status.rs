//! `status`: who is signed in, and for how long. Reads what is kept; asks nobody.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::output::Output;
use crate::domain::{Problem, Profile, Session, clock_direction, clock_error};
use crate::ops::{Deps, session};

struct Standing {
    profile: Profile,
    signed_in: bool,
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
        standings.push(Standing {
            signed_in: session::is_renewable(deps, &profile).await?,
            session: deps.vault.session(&profile).await?,
            profile,
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
        session,
    } = standing;
    let state = match session
        .as_ref()
        .map(|session| remaining_seconds(session, now))
    {
        Some(seconds @ 1..) => format!("valid, {} min {:02} s left", seconds / 60, seconds % 60),
        Some(_) if *signed_in => "expired, renewed when next used".to_owned(),
        Some(_) => "expired".to_owned(),
        None if *signed_in => "signed in".to_owned(),
        None => "signed out".to_owned(),
    };
    let session = session.as_ref();
    let who = session.map(|session| session.username.as_str());
    let who = who.or(profile.username.as_deref()).unwrap_or("-");
    let identity = session.map_or("", |session| session.identity_id.as_str());
    let name = profile.name.as_str();
    format!("{name:<24} {who:<24} {state:<32} {identity}")
        .trim_end()
        .to_owned()
}

fn as_json(standing: &Standing, now: Timestamp, offset: SignedDuration) -> Value {
    let Standing {
        profile,
        signed_in,
        session,
    } = standing;
    let session = session.as_ref();
    let caller = session.and_then(|session| session.caller.as_ref());
    json!({
        "profile": profile.name.as_str(),
        "signed_in": signed_in,
        "username": session.map(|session| session.username.as_str()),
        "identity_id": session.map(|session| session.identity_id.as_str()),
        "account": caller.map(|caller| caller.account.as_str()),
        "arn": caller.map(|caller| caller.arn.as_str()),
        "expires_at": session.map(|session| session.credentials.expires_at.to_string()),
        "remaining_seconds": session.map(|session| remaining_seconds(session, now)),
        "clock_offset_seconds": offset.as_secs(),
    })
}
