//! `Debug` of everything that can hold a secret, at every depth.

use std::fmt::Debug;

use jiff::Timestamp;
use poolkey::app::effect::CopyText;
use poolkey::app::{Action, Attempt, Effect, Event, Model, ProfileDraft};
use poolkey::domain::sign_in::{Challenge, Pending, Question, QuestionKind, Reply, SignIn, Step};
use poolkey::domain::{AwsCredentials, KeptSignIn, Profile, Secret, Session, SignInMethod, Tokens};
use poolkey::ops::ports::{AppClient, Content, FirstCall, Login, WriteOrder};
use poolkey::ops::session::Obtained;
use poolkey::ops::sign_in::Outcome;

use crate::Canaries;

const CANARY: &str = "canary-5c1f7e";

fn secret() -> Secret {
    Secret::new(CANARY.to_owned())
}

#[track_caller]
fn says_nothing(value: &dyn Debug) {
    let mut canaries = Canaries::new();
    canaries.add("canary", CANARY);
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        canaries.absent(&text, text.as_bytes());
    }
}

fn tokens() -> Tokens {
    Tokens {
        id: secret(),
        access: secret(),
        refresh: Some(secret()),
    }
}

fn credentials() -> AwsCredentials {
    AwsCredentials {
        access_key_id: "ASIA".to_owned(),
        secret_access_key: secret(),
        session_token: secret(),
        expires_at: Timestamp::UNIX_EPOCH,
    }
}

fn session() -> Session {
    Session {
        identity_id: "us-east-1:0a".parse().unwrap(),
        credentials: credentials(),
        username: "ana".to_owned(),
        groups: Vec::new(),
        caller: None,
        obtained_at: Timestamp::UNIX_EPOCH,
    }
}

fn profile() -> Profile {
    Profile {
        name: "dev".parse().unwrap(),
        group: None,
        user_pool_id: "us-east-1_a".parse().unwrap(),
        client_id: "a".parse().unwrap(),
        has_client_secret: true,
        identity_pool_id: "us-east-1:0a".parse().unwrap(),
        sign_in: SignInMethod::Srp,
        username: None,
        endpoint_url: None,
    }
}

fn question() -> Question {
    Question {
        kind: QuestionKind::SoftwareToken,
        username: "ana".to_owned(),
        session: Some(secret()),
    }
}

fn pending() -> Pending {
    Pending {
        sign_in: SignIn::new("ana".to_owned()),
        question: question(),
        detail: "SRP".to_owned(),
        took: std::time::Duration::ZERO,
    }
}

fn challenge() -> Challenge {
    Challenge {
        name: "PASSWORD_VERIFIER".to_owned(),
        parameters: [("SECRET_BLOCK".to_owned(), CANARY.to_owned())].into(),
        session: Some(secret()),
    }
}

#[test]
fn values_of_a_sign_in() {
    says_nothing(&secret());
    says_nothing(&tokens());
    says_nothing(&credentials());
    says_nothing(&session());
    says_nothing(&KeptSignIn {
        refresh_token: secret(),
        username: "ana".to_owned(),
    });
    says_nothing(&[Reply::Tokens(tokens()), Reply::Challenge(challenge())]);
    says_nothing(&[
        Step::ProvePassword(challenge()),
        Step::Ask(question()),
        Step::Finish(tokens()),
    ]);
    says_nothing(&[
        Outcome::Tokens(tokens()),
        Outcome::Asked(Box::new(pending()), None),
    ]);
    says_nothing(&Obtained {
        session: session(),
        sign_in_kept: true,
        remark: None,
    });
}

#[test]
fn values_at_the_ports() {
    says_nothing(&AppClient {
        user_pool_id: profile().user_pool_id,
        client_id: profile().client_id,
        client_secret: Some(secret()),
        endpoint_url: None,
    });
    says_nothing(&FirstCall::Password(secret()));
    says_nothing(&Login {
        provider_name: "p",
        token: &secret(),
    });
    says_nothing(&WriteOrder {
        aws_profile: "dev",
        content: Content::Keys(&credentials()),
        region: &profile().region(),
        take_over: false,
        dry_run: false,
    });
}

fn draft() -> ProfileDraft {
    ProfileDraft {
        original: None,
        profile: profile(),
        client_secret: Some(secret()),
    }
}

#[test]
fn actions_and_effects() {
    says_nothing(&[
        Action::SubmitPassword {
            username: "ana".to_owned(),
            password: secret(),
        },
        Action::SubmitAnswer(secret()),
        Action::CopySecret {
            what: "Session token",
            secret: secret(),
        },
        Action::Save(Box::new(draft())),
        Action::UnlockStore(secret()),
    ]);
    let profile = || Box::new(profile());
    says_nothing(&[
        Effect::SignIn {
            attempt: Attempt(1),
            profile: profile(),
            username: "ana".to_owned(),
            password: secret(),
        },
        Effect::Answer {
            attempt: Attempt(1),
            profile: profile(),
            pending: Box::new(pending()),
            answer: secret(),
        },
        Effect::Save(Box::new(draft())),
        Effect::UnlockStore(secret()),
        Effect::Copy {
            what: "Session token",
            text: CopyText::Secret(secret()),
        },
    ]);
}

/// The window's model with a session, secrets revealed and a question open.
#[test]
fn the_model_and_its_events() {
    let name = || profile().name;
    let loaded = poolkey::app::event::Loaded {
        profiles: vec![profile()],
        theme: poolkey::app::Theme::System,
        path: "profiles.toml".into(),
    };
    let kept = poolkey::app::event::Kept {
        session: Some(Box::new(session())),
        refreshable: true,
    };
    let mut model = Model::new(Timestamp::UNIX_EPOCH, false);
    for event in [
        Event::ProfilesLoaded(Ok(loaded)),
        Event::SessionLoaded {
            profile: name(),
            kept: Ok(kept),
        },
    ] {
        says_nothing(&event);
        says_nothing(&model.hear(event));
    }
    for action in [
        Action::ToggleReveal(name()),
        Action::SignIn(name()),
        Action::SubmitPassword {
            username: "ana".to_owned(),
            password: secret(),
        },
    ] {
        says_nothing(&model.act(action));
    }
    let attempt = model.current().unwrap().running.unwrap();
    let asked = Event::Asked {
        attempt,
        pending: Box::new(pending()),
        problem: None,
    };
    says_nothing(&asked);
    says_nothing(&model.hear(asked));
    assert!(model.current().unwrap().session.is_some());
    says_nothing(&model);
    let succeeded = Event::Succeeded {
        attempt,
        session: Box::new(session()),
        refreshable: true,
        remark: None,
    };
    says_nothing(&succeeded);
    says_nothing(&model.hear(succeeded));
    says_nothing(&model);
}
