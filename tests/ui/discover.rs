//! The Discover page: where to look, how far it is, what was found, what is missing.

use eframe::egui::accesskit::Role;
use eframe::egui::{Theme, vec2};
use poolkey::app::{Action, Attempt, Effect, Event, Model, Page};
use poolkey::domain::discovery::{
    AwsSource, Counted, Found, Incomplete, Inventory, Offers, Progress,
};
use poolkey::domain::{AwsSaid, PoolClient, Problem, ProblemKind, Profile, Secret};

use super::fixture::{empty_model, model};
use super::support::{Window, open, open_sized};

const CANARY: &str = "canaryCLIENTsecret51";

fn source(name: &str, region: Option<&str>) -> AwsSource {
    AwsSource {
        name: name.to_owned(),
        region: region.map(|region| region.parse().unwrap()),
        endpoint_url: None,
    }
}

fn page(mut model: Model) -> Model {
    let _effects = model.act(Action::OpenDiscover);
    let sources = vec![source("admin", Some("eu-west-1")), source("audit", None)];
    let _effects = model.hear(Event::SourcesFound(Ok(sources)));
    model
}

fn found(name: &str, pool: &str, known: Option<&str>) -> Found {
    let client = PoolClient {
        user_pool_id: "eu-west-1_aB3dE5gH7".parse().unwrap(),
        client_id: "1h57kf5cpq17m0eml12example".parse().unwrap(),
        has_client_secret: true,
    };
    let id = format!("eu-west-1:9f0c1d2e-0000-4a4a-9b9b-{:012}", pool.len());
    Found {
        profile: Profile::of_user_pool(name.parse().unwrap(), client, id.parse().unwrap()),
        identity_pool: pool.to_owned(),
        who: format!("{name} in acme-customers"),
        remarks: vec![
            "The app client has a secret: it is read and kept in your secret store".to_owned(),
        ],
        client_secret: Some(Secret::new(CANARY.to_owned())),
        known: known.map(|name| name.parse().unwrap()),
    }
}

fn denied() -> Problem {
    let said = AwsSaid::new(
        "DescribeUserPool",
        "AccessDeniedException",
        "not authorized",
    );
    Problem::new(ProblemKind::Refused, "AWS refused the request").said(said)
}

fn offers() -> Offers {
    let region = "eu-west-1".parse().unwrap();
    let mut inventory = Inventory::default();
    inventory.miss("cognito-idp:DescribeUserPool", &region, denied());
    Offers {
        ready: vec![
            found("acme-web", "acme", None),
            found("acme-app", "acme", None),
            found("acme-old", "legacy-pool", Some("acme-prod")),
        ],
        incomplete: vec![Incomplete {
            what: "acme-admin in acme-customers".to_owned(),
            id: "7h57kf5cpq17m0eml12example".to_owned(),
            why: "No identity pool takes its tokens".to_owned(),
        }],
        missed: inventory.missed,
    }
}

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
    window.click(Role::MenuItem, "audit");
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
fn a_missing_permission_is_named_and_its_policy_copied() {
    let mut window = with(Ok(offers()));
    assert!(window.has("The AWS profile lacks permissions"));
    assert!(window.has("cognito-idp:DescribeUserPool is not allowed in eu-west-1"));
    window.press("Copy the missing policy");
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
    window.press("Done");
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
    window.press("Discover…");
    assert!(matches!(window.effects()[..], [Effect::FindSources]));
}

#[test]
fn nothing_lies_over_another_in_a_small_window() {
    let mut model = page(model());
    let _effects = model.act(Action::Discover {
        source: source("admin", None),
        regions: vec!["eu-west-1".parse().unwrap()],
    });
    let attempt = Attempt(1);
    let result = Ok(Box::new(offers()));
    let _effects = model.hear(Event::Discovered { attempt, result });
    assert!(model.discovery.offers().is_some());
    let window = open_sized(Theme::Light, vec2(760.0, 1600.0), model);
    assert_eq!(window.overlaps(), [""; 0]);
}
