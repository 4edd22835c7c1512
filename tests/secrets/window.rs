//! `Debug` of what the window asks for and is told, and of its model.

use jiff::Timestamp;
use poolkey::app::effect::CopyText;
use poolkey::app::{Action, Attempt, Effect, Event, Model, ProfileDraft};
use poolkey::domain::sign_in::Move;

use crate::made::{answer, asking, profile, says_nothing, secret, seen_token, session};

fn draft() -> ProfileDraft {
    ProfileDraft {
        original: None,
        profile: profile(),
        client_secret: Some(secret()),
        login_secrets: vec![("accounts.google.com".parse().unwrap(), secret())],
    }
}

#[test]
fn actions_and_effects() {
    says_nothing(&[
        Action::Move(Move::Answer(answer())),
        Action::PasteCode(secret()),
        Action::ChangePassword {
            previous: secret(),
            proposed: secret(),
        },
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
            sign_in: asking(),
            moved: Move::Answer(answer()),
        },
        Effect::PasteCode {
            attempt: Attempt(1),
            text: secret(),
        },
        Effect::ChangePassword {
            attempt: Attempt(4),
            profile: profile(),
            previous: secret(),
            proposed: secret(),
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
    let loaded = poolkey::app::kept::Loaded {
        profiles: vec![profile()],
        theme: poolkey::app::Theme::System,
        settings: poolkey::domain::Settings::default(),
        path: "profiles.toml".into(),
    };
    let kept = poolkey::app::kept::Kept {
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
        Action::Move(Move::Answer(answer())),
    ] {
        says_nothing(&model.act(action));
    }
    let attempt = model.current().unwrap().running.unwrap();
    let asked = Event::Asked {
        attempt,
        sign_in: asking(),
    };
    says_nothing(&asked);
    says_nothing(&model.hear(asked));
    let seen = Event::TokensSeen {
        attempt,
        tokens: vec![seen_token()],
    };
    says_nothing(&seen);
    says_nothing(&model.hear(seen));
    let state = model.current().unwrap();
    assert!(state.session.is_some() && !state.tokens.is_empty());
    says_nothing(&model);
    let report = poolkey::app::report::report(state, &model.calls, model.now);
    says_nothing(&report);
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
