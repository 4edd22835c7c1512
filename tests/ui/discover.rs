//! The Discover page: where to look, how far it is, what was found, what is missing.

use eframe::egui::accesskit::Role;
use eframe::egui::{Theme, vec2};
use poolkey::app::{Action, Attempt, Effect, Event, Page};
use poolkey::domain::discovery::{Counted, Offers, Progress};
use poolkey::domain::{Endpoints, Problem, ProblemKind};

use super::account::{CANARY, looked, offers, page, source};
use super::fixture::{empty_model, model};
use super::support::{Window, open, open_sized};

/// Begins to look; which attempt.
fn look(window: &mut Window) -> Attempt {
    window.press("Discover");
    match &window.effects()[..] {
        [
            Effect::Discover {
                attempt,
                source,
                regions,
            },
        ] => {
            assert_eq!((source.name.as_str(), regions.len()), ("admin", 1));
            *attempt
        }
        other => panic!("{other:?}"),
    }
}

fn with(result: Result<Offers, Problem>) -> Window {
    let mut window = open(page(model()));
    let attempt = look(&mut window);
    let result = result.map(Box::new);
    window.tell(Event::Discovered { attempt, result });
    window
}

#[test]
fn a_region_is_asked_for_and_progress_is_told() {
    let mut window = open(page(model()));
    assert_eq!(window.value(Role::TextInput, "Regions"), "eu-west-1");
    window.replace("Regions", "Ireland");
    assert!(!window.can_press("Discover"));
    assert!(window.has("A region looks like eu-west-1"));
    window.replace("Regions", "eu-west-1");
    let attempt = look(&mut window);
    let progress = Progress {
        clients: Counted { done: 12, of: 40 },
        ..Progress::default()
    };
    window.tell(Event::Discovering { attempt, progress });
    assert!(window.has("12 of 40 app clients"));
    window.press("Stop");
    assert!(matches!(window.effects()[..], [Effect::Cancel(stopped)] if stopped == attempt));
    assert!(window.can_press("Discover"));
}

#[test]
fn another_aws_profile_has_another_region() {
    let mut window = open(page(model()));
    window.click(Role::ComboBox, "AWS profile");
    window.click(Role::MenuItemRadio, "audit");
    assert_eq!(window.value(Role::TextInput, "Regions"), "");
    assert!(!window.can_press("Discover"));
}

#[test]
fn what_is_ticked_is_added() {
    let mut window = with(Ok(offers()));
    assert!(window.has("3 profiles found, 1 there already"));
    assert!(window.has("There already: acme-prod"));
    assert!(window.has("acme-admin in acme-customers"));
    assert!(window.can_press("Add 2 profiles"));
    window.click(Role::CheckBox, "Add acme-app");
    window.press("Add profile");
    match &window.effects()[..] {
        [Effect::AddFound(drafts)] => {
            assert_eq!(drafts.len(), 1);
            assert_eq!(drafts[0].profile.name.as_str(), "acme-web");
            assert!(drafts[0].client_secret.is_some());
        }
        other => panic!("{other:?}"),
    }
    assert!(!window.can_press("Adding…"));
    assert!(!window.texts().contains(CANARY));
}

#[test]
fn an_address_from_the_aws_files_is_said_and_its_profiles_are_not_ticked() {
    let mut elsewhere = offers();
    let url = "https://emulator.example";
    elsewhere.ready[0].profile.endpoints = Endpoints::at(url.parse().unwrap());
    let mut window = with(Ok(elsewhere));
    window.press("Add profile");
    let is_app = |effects: &[Effect]| match effects {
        [Effect::AddFound(drafts)] => drafts[0].profile.name.as_str() == "acme-app",
        _ => false,
    };
    assert!(is_app(&window.effects()));
    let mut sources = vec![source("admin", Some("eu-west-1"))];
    sources[0].endpoint_url = url.parse().ok();
    window.tell(Event::SourcesFound(Ok(sources)));
    assert!(window.has("Its endpoint_url is https://emulator.example"));
}

#[test]
fn a_missing_permission_is_named_and_its_policy_copied() {
    let mut window = with(Ok(offers()));
    assert!(window.has("The AWS profile lacks permissions"));
    assert!(window.has("cognito-idp:DescribeUserPool is not allowed in eu-west-1"));
    window.press("Copy IAM policy");
    match &window.effects()[..] {
        [Effect::Copy { what, text }] => {
            assert_eq!(*what, "IAM policy");
            assert!(format!("{text:?}").contains("cognito-idp:ListUserPools"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_found_offline_and_nothing_that_signs() {
    let window = with(Ok(Offers::default()));
    assert!(window.has("No app client with an identity pool was found"));
    assert!(!window.can_press("Add profile"));

    let offline = Problem::new(ProblemKind::Network, "ListUserPools did not reach AWS")
        .hint("Check the network");
    let window = with(Err(offline));
    assert!(window.has("ListUserPools did not reach AWS") && window.has("Check the network"));
    assert!(window.can_press("Discover"));

    let mut model = model();
    let _effects = model.act(Action::OpenDiscover);
    let mut window = open(model);
    assert!(window.has("Reading your AWS files"));
    window.tell(Event::SourcesFound(Ok(Vec::new())));
    assert!(window.has("No AWS profile can sign calls"));
    window.press("Close");
    assert!(!window.has("No AWS profile can sign calls"));
}

#[test]
fn reached_from_the_first_page_and_from_import() {
    let mut window = open(empty_model());
    window.press("Discover profiles");
    assert!(matches!(window.effects()[..], [Effect::FindSources]));
    let mut importing = model();
    importing.page = Page::Import;
    let mut window = open(importing);
    window.press("Discover profiles");
    assert!(matches!(window.effects()[..], [Effect::FindSources]));
}

#[test]
fn nothing_lies_over_another_in_a_small_window() {
    let model = looked(model());
    assert!(model.discovery.offers().is_some());
    let window = open_sized(Theme::Light, vec2(760.0, 1600.0), model);
    assert_eq!(window.overlaps(), [""; 0]);
}
