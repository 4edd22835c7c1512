//! The window's store as tables: a state and an input lead to a state and effects.
//!
//! Here are the helpers; the tests are in one file per area.

mod exports;
mod late_events;
mod notices;
mod profiles;
mod sessions;
mod sign_in;
mod store;
mod suggestions;

use jiff::{SignedDuration, Timestamp};

use crate::app::event::{Kept, Loaded, StoreReport};
use crate::app::{Action, Attempt, Effect, Event, Model, ProfileState, StoreState, Theme};
use crate::domain::sign_in::{Pending, Question, QuestionKind, SignIn};
use crate::domain::{
    AwsCredentials, Problem, ProblemKind, Profile, ProfileName, Secret, Session, SignInMethod,
};

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn name(text: &str) -> ProfileName {
    text.parse().unwrap()
}

fn secret() -> Secret {
    Secret::new("canary".to_owned())
}

fn profile(text: &str) -> Profile {
    Profile {
        name: name(text),
        group: None,
        user_pool_id: "eu-west-1_aB3dE5gH7".parse().unwrap(),
        client_id: "1h57kf5cpq17m0eml12example".parse().unwrap(),
        has_client_secret: false,
        identity_pool_id: "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e"
            .parse()
            .unwrap(),
        sign_in: SignInMethod::Srp,
        username: None,
        endpoint_url: None,
    }
}

fn session(minutes_left: i64) -> Session {
    Session {
        identity_id: "eu-west-1:1699ebc0-7900-4099-b910-2df94f52a030"
            .parse()
            .unwrap(),
        credentials: AwsCredentials {
            access_key_id: "ASIA".to_owned(),
            secret_access_key: secret(),
            session_token: secret(),
            expires_at: now() + SignedDuration::from_mins(minutes_left),
        },
        username: "ana".to_owned(),
        groups: Vec::new(),
        caller: None,
        obtained_at: now(),
    }
}

#[expect(clippy::unnecessary_box_returns, reason = "events carry it boxed")]
fn pending() -> Box<Pending> {
    Box::new(Pending {
        sign_in: SignIn::new("ana".to_owned()),
        question: Question {
            kind: QuestionKind::SoftwareToken,
            username: "ana".to_owned(),
            session: Some(secret()),
        },
        detail: "SRP".to_owned(),
        took: std::time::Duration::ZERO,
    })
}

fn problem(kind: ProblemKind) -> Problem {
    Problem::new(kind, "It did not work").hint("Try again.")
}

fn loaded(names: &[&str]) -> Event {
    Event::ProfilesLoaded(Ok(Loaded {
        profiles: names.iter().copied().map(profile).collect(),
        theme: Theme::System,
        path: "profiles.toml".into(),
    }))
}

fn store_works() -> Event {
    Event::StoreProbed(Ok(StoreReport {
        name: "Memory".to_owned(),
        remark: None,
    }))
}

/// A window that has read its profiles and whose store works; nobody is signed in.
fn ready(names: &[&str]) -> Model {
    let mut model = Model::new(now(), false);
    for event in [store_works(), loaded(names)] {
        let _effects = model.hear(event);
    }
    assert!(matches!(model.store, StoreState::Ready(_)));
    model
}

/// One profile, `dev`, signed in and with that many minutes left.
fn signed_in(minutes_left: i64) -> Model {
    let mut model = ready(&["dev"]);
    let effects = model.hear(kept("dev", Some(minutes_left), true));
    assert!(effects.is_empty());
    model
}

fn kept(text: &str, minutes_left: Option<i64>, refreshable: bool) -> Event {
    Event::SessionLoaded {
        profile: name(text),
        kept: Ok(Kept {
            session: minutes_left.map(session).map(Box::new),
            refreshable,
        }),
    }
}

fn password() -> Action {
    Action::SubmitPassword {
        username: "ana".to_owned(),
        password: secret(),
    }
}

/// Opens the sheet of `dev` and submits a password.
fn checking(model: &mut Model) -> Attempt {
    let _suggest = model.act(Action::SignIn(name("dev")));
    the_attempt(&model.act(password()))
}

/// As [`checking`], and the pool has asked for a code.
fn asked(model: &mut Model) -> Attempt {
    let attempt = checking(model);
    let _suggest = model.hear(Event::Asked {
        attempt,
        pending: pending(),
        problem: None,
    });
    attempt
}

fn succeeded(attempt: Attempt) -> Event {
    Event::Succeeded {
        attempt,
        session: Box::new(session(60)),
        refreshable: true,
        remark: None,
    }
}

fn failed(attempt: Attempt, kind: ProblemKind) -> Event {
    Event::Failed {
        attempt,
        problem: problem(kind),
    }
}

/// The names of the effects, as `Debug` begins them.
fn kinds(effects: &[Effect]) -> Vec<String> {
    let kind = |effect| {
        let text = format!("{effect:?}");
        let end = text.find(|c: char| !c.is_alphanumeric());
        text[..end.unwrap_or(text.len())].to_owned()
    };
    effects.iter().map(kind).collect()
}

/// The attempt of the one effect that there is.
fn the_attempt(effects: &[Effect]) -> Attempt {
    match effects {
        [
            Effect::SignIn { attempt, .. }
            | Effect::Answer { attempt, .. }
            | Effect::Renew { attempt, .. },
        ] => *attempt,
        other => panic!("one effect with an attempt, not {other:?}"),
    }
}

fn dev(model: &Model) -> &ProfileState {
    model.profile(&name("dev")).unwrap()
}

/// Everything the model holds; secrets are types and print as such.
fn picture(model: &Model) -> String {
    format!("{model:#?}")
}
