//! The list of profiles: which one is selected, and what survives a change.

use super::*;
use crate::app::{Page, ProfileDraft, Tab};

fn selected(model: &Model) -> Option<&str> {
    model.selected.as_ref().map(ProfileName::as_str)
}

pub(super) fn saved(original: Option<&str>, profile: Profile) -> Event {
    Event::Saved {
        original: original.map(name),
        result: Ok(Box::new(profile)),
    }
}

#[test]
fn a_reload_keeps_sessions_and_the_selection() {
    let mut model = ready(&["dev", "prod"]);
    let _effects = model.hear(kept("prod", Some(60), true));
    let _effects = model.act(Action::Select(name("prod")));
    let attempt = checking(&mut model);
    assert_eq!(kinds(&model.act(Action::Reload)), ["LoadProfiles"]);
    let effects = model.hear(loaded(&["new", "prod", "dev"]));
    assert_eq!(kinds(&effects), ["ReadExports", "LoadSessions"]);
    let prod = model.profile(&name("prod")).unwrap();
    assert!(prod.session.is_some() && prod.refreshable);
    assert_eq!(dev(&model).running, Some(attempt));
    assert_eq!(selected(&model), Some("prod"));
}

#[test]
fn a_file_that_cannot_be_read_keeps_what_is_known() {
    let mut model = signed_in(60);
    let unread = Event::ProfilesLoaded(Err(problem(ProblemKind::Usage)));
    assert!(model.hear(unread).is_empty());
    assert!(model.config_problem.is_some() && dev(&model).session.is_some());
    let _effects = model.hear(loaded(&["dev"]));
    assert!(model.config_problem.is_none() && dev(&model).session.is_some());
}

#[test]
fn a_new_profile_is_selected() {
    let mut model = ready(&["dev"]);
    assert_eq!(kinds(&model.act(Action::NewProfile)), ["FindProfiles"]);
    assert_eq!(
        kinds(&model.hear(saved(None, profile("prod")))),
        ["ReadExports", "LoadSessions"]
    );
    assert_eq!(
        (selected(&model), model.page),
        (Some("prod"), Page::Profile)
    );
    assert_eq!(model.profiles.len(), 2);
}

#[test]
fn a_renamed_profile_stays_selected_and_signed_in() {
    let mut model = signed_in(60);
    let _tab = model.act(Action::Open(Tab::Configuration));
    let _effects = model.hear(saved(Some("dev"), profile("development")));
    assert_eq!(selected(&model), Some("development"));
    assert_eq!((model.profiles.len(), model.tab), (1, Tab::Configuration));
    assert!(model.current().unwrap().session.is_some());
}

#[test]
fn renaming_another_profile_keeps_the_selection() {
    let mut model = ready(&["dev", "prod"]);
    let _effects = model.hear(saved(Some("prod"), profile("production")));
    assert_eq!(selected(&model), Some("dev"));
}

#[test]
fn credentials_of_another_pool_are_not_kept() {
    let mut elsewhere = profile("dev");
    elsewhere.user_pool.as_mut().unwrap().client_id = "another".parse().unwrap();
    let mut model = signed_in(60);
    let _effects = model.hear(saved(Some("dev"), elsewhere.clone()));
    assert!(dev(&model).session.is_none() && !dev(&model).refreshable);

    let mut model = signed_in(60);
    let reloaded = Event::ProfilesLoaded(Ok(Loaded {
        profiles: vec![elsewhere],
        theme: Theme::System,
        settings: crate::domain::Settings::default(),
        path: "profiles.toml".into(),
    }));
    let _effects = model.hear(reloaded);
    assert!(dev(&model).session.is_none() && !dev(&model).refreshable);
}

#[test]
fn a_profile_that_was_not_saved_changes_nothing_but_the_notices() {
    let mut model = signed_in(60);
    let unsaved = Event::Saved {
        original: Some(name("dev")),
        result: Err(problem(ProblemKind::File)),
    };
    assert!(model.hear(unsaved).is_empty());
    assert!(model.notices[0].is_problem && dev(&model).session.is_some());
}

#[test]
fn saving_is_one_effect() {
    let mut model = ready(&[]);
    let draft = ProfileDraft {
        original: None,
        profile: profile("dev"),
        client_secret: Some(secret()),
        login_secrets: Vec::new(),
    };
    let effects = model.act(Action::Save(Box::new(draft)));
    assert_eq!(kinds(&effects), ["Save"]);
    assert!(
        model.profiles.is_empty(),
        "nothing is there before it is saved"
    );
}

#[test]
fn selecting_hides_secrets_and_looks_at_the_files() {
    let mut model = ready(&["dev", "prod"]);
    let _reveal = model.act(Action::ToggleReveal(name("dev")));
    assert!(dev(&model).revealed);
    let effects = model.act(Action::Select(name("prod")));
    assert_eq!(kinds(&effects), ["ReadExports"]);
    assert!(!dev(&model).revealed);
}

#[test]
fn the_demo_starts_with_nothing_of_this_machine() {
    let mut model = signed_in(60);
    let old = the_attempt(&model.act(Action::Renew(name("dev"))));
    let effects = model.hear(Event::DemoOpened(Ok(())));
    assert_eq!(
        kinds(&effects),
        ["LeaveCalls", "LoadProfiles", "ProbeStore"]
    );
    assert!(model.demo && model.profiles.is_empty());
    let before = picture(&model);
    assert!(model.hear(succeeded(old)).is_empty());
    assert_eq!(picture(&model), before);
}

#[test]
fn a_demo_that_did_not_start_is_said() {
    let mut model = signed_in(60);
    let failed = Event::DemoOpened(Err(problem(ProblemKind::Unexpected)));
    assert!(model.hear(failed).is_empty());
    assert!(!model.demo && dev(&model).session.is_some());
}
