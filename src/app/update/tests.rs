//! The window's store as tables: a state and an input lead to a state and effects.
//!
//! Here are the helpers; the tests are in one file per area.

mod activity;
mod browser;
mod clock;
mod courses;
mod discovery;
mod doing;
mod exchanges;
mod exports;
mod hand_on;
mod import;
mod late_events;
mod list;
mod lost;
mod notices;
mod password;
mod presence;
mod profiles;
mod removal;
mod sessions;
mod settings;
mod sign_in;
mod sign_out;
mod store;
mod suggestions;
mod token_files;
mod tokens;
mod web_identity;

use jiff::{SignedDuration, Timestamp};

use crate::app::kept::{Kept, Loaded, StoreReport};
use crate::app::{
    Action, Attempt, Effect, Event, Model, ProfileState, Sheet, SignInPhase, StoreState, Theme,
};
use crate::domain::sign_in::{Answer, Challenge, Heard, Move, Reply, SignIn};
use crate::domain::{
    AwsCredentials, AwsSaid, ManagedLogin, PoolClient, Problem, ProblemKind, Profile, ProfileName,
    RoleChoice, Secret, Session, SignInMethod,
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
    let user_pool = PoolClient {
        user_pool_id: "eu-west-1_aB3dE5gH7".parse().unwrap(),
        client_id: "1h57kf5cpq17m0eml12example".parse().unwrap(),
        has_client_secret: false,
    };
    let identity_pool = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";
    Profile::of_user_pool(name(text), user_pool, identity_pool.parse().unwrap())
}

/// With managed login, and the browser as its method.
fn of_browser(text: &str) -> Profile {
    Profile {
        sign_in: SignInMethod::Browser,
        managed_login: "acme.example".parse().ok().map(ManagedLogin::at),
        ..profile(text)
    }
}

/// With so much left of an hour.
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
        roles: Vec::new(),
        logins: Vec::new(),
        role_choice: RoleChoice::default(),
        caller: None,
        obtained_at: now() + SignedDuration::from_mins(minutes_left - 60),
    }
}

/// The sign-in of `ana`, asked for what a challenge wants.
fn challenged(name: &str) -> Box<SignIn> {
    let mut sign_in = SignIn::new(SignInMethod::Srp, None);
    let _call = sign_in.take(Move::Answer(ana())).unwrap();
    let challenge = Challenge {
        name: name.to_owned(),
        parameters: [].into(),
        available: Vec::new(),
        session: Some(secret()),
    };
    let heard = Heard::Reply(Reply::Challenge(challenge));
    let _asked = sign_in.hear(heard).unwrap();
    Box::new(sign_in)
}

/// The pool wants a code.
fn asked_for_code(attempt: Attempt) -> Event {
    Event::Asked {
        attempt,
        sign_in: challenged("SOFTWARE_TOKEN_MFA"),
    }
}

/// The same question again, because the code was wrong.
fn asked_again(attempt: Attempt) -> Event {
    let mut sign_in = challenged("SOFTWARE_TOKEN_MFA");
    let code = Answer::of("software_token_mfa_code", secret());
    let _call = sign_in.take(Move::Answer(code)).unwrap();
    let wrong = problem(ProblemKind::Refused).said(AwsSaid::new(
        "RespondToAuthChallenge",
        "CodeMismatchException",
        "",
    ));
    let _asked = sign_in.hear(Heard::Refused(wrong)).unwrap();
    assert!(sign_in.question().unwrap().problem.is_some());
    Event::Asked { attempt, sign_in }
}

fn problem(kind: ProblemKind) -> Problem {
    Problem::new(kind, "It did not work").hint("Try again.")
}

fn loaded(names: &[&str]) -> Event {
    Event::ProfilesLoaded(Ok(Loaded {
        profiles: names.iter().copied().map(profile).collect(),
        theme: Theme::System,
        settings: crate::domain::Settings::default(),
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
    // What was asked for is there.
    model.doing.clear();
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

/// Name and password.
fn ana() -> Answer {
    Answer::of("password", secret()).with_text("username", "ana")
}

fn password() -> Action {
    Action::Move(Move::Answer(ana()))
}

fn code() -> Action {
    let answer = Answer::of("software_token_mfa_code", secret());
    Action::Move(Move::Answer(answer))
}

const fn use_browser() -> Action {
    Action::UseBrowser { username: None }
}

/// Opens the sheet of `dev` and submits a password.
fn checking(model: &mut Model) -> Attempt {
    let _suggest = model.act(Action::SignIn(name("dev")));
    the_attempt(&model.act(password()))
}

/// As [`checking`], and the pool has asked for a code.
fn asked(model: &mut Model) -> Attempt {
    let attempt = checking(model);
    let _suggest = model.hear(asked_for_code(attempt));
    attempt
}

/// As [`checking`], and the browser was asked for instead.
fn in_browser(model: &mut Model) -> Attempt {
    let _attempt = checking(model);
    let effects = model.act(use_browser());
    the_attempt(effects.get(1..).unwrap())
}

/// What the sheet shows, and whether a problem is shown with it.
fn sheet(model: &Model) -> (&'static str, bool) {
    let sheet = match &model.sheet {
        None => return ("closed", false),
        Some(Sheet::SignIn(sheet)) => sheet,
        Some(_) => return ("another", false),
    };
    match &sheet.phase {
        SignInPhase::Asking(sign_in) => {
            let question = sign_in.question().unwrap();
            (question.challenge_name(), question.problem.is_some())
        }
        SignInPhase::Busy(_) | SignInPhase::Tokens { busy: true, .. } => ("busy", false),
        SignInPhase::Tokens { problem, .. } => ("tokens", problem.is_some()),
        SignInPhase::Browser { problem, .. } => ("browser", problem.is_some()),
    }
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
            | Effect::BrowserSignIn { attempt, .. }
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
