//! The Import page, its sheet, and sharing.

use std::path::PathBuf;

use eframe::egui::accesskit::{Role, Toggled};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use poolkey::app::{Attempt, Effect, Event, ImportEvent, ImportFrom, Model, Page, Sheet};
use poolkey::app::{ImportSheet, ShareSheet};
use poolkey::domain::{
    Endpoints, Offer, Offered, Problem, ProblemKind, Profile, Shared, WithoutIdentityPool,
};

use super::fixture::{empty_model, model, profile};
use super::support::{Window, open, open_sized};

fn offered(profile: Profile) -> Offered {
    Offered {
        source: "amplify_outputs.json".to_owned(),
        offer: Offer::Ready(Box::new(profile)),
        remarks: Vec::new(),
    }
}

fn plain(name: &str) -> Profile {
    profile(name, None, "ana", "eu-west-1")
}

fn showing(offers: Vec<Offered>) -> Model {
    let mut model = model();
    model.page = Page::Import;
    model.sheet = Some(Sheet::Import(Box::new(ImportSheet {
        attempt: Attempt(7),
        offers,
        adding: false,
        refused: Vec::new(),
    })));
    model
}

fn is_ticked(window: &Window, name: &str) -> bool {
    let node = window.get(Role::CheckBox, name);
    let node = node.accesskit_node();
    node.toggled() == Some(Toggled::True) || node.is_selected() == Some(true)
}

#[test]
fn the_page_offers_every_way_in() {
    let mut window = open(empty_model());
    // On the page and at the foot of the list.
    let mut ways = window.harness.root().get_all_by_label("Import profiles");
    ways.next().unwrap().click();
    assert!(ways.next().is_some());
    drop(ways);
    window.harness.run();
    assert!(matches!(
        window.effects()[..],
        [Effect::FindProfiles, Effect::LookAround]
    ));
    assert!(window.has("amplify_outputs.json"));
    window.press("Choose file…");
    assert!(matches!(
        window.effects()[..],
        [Effect::ChooseImportFile(_)]
    ));
    assert!(!window.can_press("Choose file…"), "one dialog at a time");
    assert_eq!(window.overlaps(), Vec::<String>::new());
}

#[test]
fn a_path_and_a_text_are_looked_at() {
    let mut model = model();
    model.page = Page::Import;
    let mut window = open(model);
    assert!(!window.can_press("Import file") && !window.can_press("Import text"));
    window.write(Role::TextInput, "Or its path", "~/shop/aws-exports.js");
    window.press("Import file");
    let effects = window.effects();
    let [Effect::ReadImport { attempt, from }] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(
        *from,
        ImportFrom::File(PathBuf::from("~/shop/aws-exports.js"))
    );
    let sentence = "aws-exports.js cannot be read, line 3: a value is computed there";
    window.tell(Event::Import(ImportEvent::Read {
        attempt: *attempt,
        result: Err(Problem::new(ProblemKind::Usage, sentence).hint("Ask for the values")),
    }));
    assert!(window.has(sentence) && window.has("Ask for the values"));
    let field = "A link or a text that somebody sent you";
    window.write(Role::MultilineTextInput, field, "poolkey://import#x");
    window.press("Import text");
    let effects = window.effects();
    assert!(
        matches!(&effects[..], [Effect::ReadImport { from: ImportFrom::Text(text), .. }]
            if text == "poolkey://import#x"),
        "{effects:?}"
    );
    assert!(!window.has(sentence), "the next look begins anew");
}

#[test]
fn a_paste_beside_every_field_is_looked_at() {
    let mut window = open(model());
    window.paste("nothing of the kind");
    assert!(window.effects().is_empty());
    window.paste("See: poolkey://import#abc");
    let effects = window.effects();
    assert!(
        matches!(effects[..], [Effect::ReadImport { .. }]),
        "{effects:?}"
    );
    // In a field it is the field's.
    let mut window = open(model());
    window.get(Role::TextInput, "Search profiles").focus();
    window.harness.run();
    window.paste("poolkey://import#abc");
    let effects = window.effects();
    assert!(effects.is_empty(), "{effects:?}");
}

#[test]
fn offers_are_shown_ticked_and_renamed() {
    let mut foreign = plain("elsewhere");
    foreign.endpoints = Endpoints::at("http://evil.example".parse().unwrap());
    let useless = Offered {
        source: "a file".to_owned(),
        offer: Offer::Useless {
            name: "runner".to_owned(),
            why: "It runs a command".to_owned(),
        },
        remarks: Vec::new(),
    };
    let mut namesake = plain("acme-prod");
    namesake.carries_over_guest = true;
    let offers = vec![
        offered(namesake),
        offered(plain("new")),
        offered(foreign),
        useless,
    ];
    let mut window = open(showing(offers));
    assert!(window.has("3 of 4 can be added"));
    assert!(is_ticked(&window, "Add acme-prod") && is_ticked(&window, "Add new"));
    assert!(
        !is_ticked(&window, "Add elsewhere"),
        "it does not go to AWS"
    );
    assert!(window.has("whoever runs that gets your password and tokens"));
    assert!(window.has("Cannot be added: It runs a command"));
    assert!(window.has("Identity pool eu-west-1:9f0c1d2e"));
    window.click(Role::CheckBox, "Add new");
    window.press("Add profile");
    let effects = window.effects();
    let [Effect::AddProfiles(added)] = &effects[..] else {
        panic!("{effects:?}");
    };
    let names: Vec<&str> = added.iter().map(|profile| profile.name.as_str()).collect();
    assert_eq!(names, ["acme-prod-2"], "there is an acme-prod already");
    assert!(!window.can_press("Adding…"));
    // Cancel stops it, and the sheet is there for another try.
    window.press("Cancel");
    assert!(matches!(&window.effects()[0], Effect::Stop(_)));
    assert!(window.can_press("Add profile"));
}

#[test]
fn a_profile_that_is_there_already_is_said_and_not_ticked() {
    let mut there = model().profiles[0].profile.clone();
    there.username = None;
    let mut window = open(showing(vec![offered(there), offered(plain("new"))]));
    assert!(window.has("You have this already"));
    assert!(!is_ticked(&window, "Add acme-prod") && is_ticked(&window, "Add new"));
    window.click(Role::CheckBox, "Add new");
    assert!(!window.can_press("Add profile"));
}

#[test]
fn a_name_that_is_taken_is_said() {
    let mut window = open(showing(vec![offered(plain("new"))]));
    window.replace("Name", "acme-prod");
    assert!(window.has("There is a profile acme-prod already"));
    assert!(!window.can_press("Add profile"));
    window.replace("Name", "a b");
    assert!(!window.can_press("Add profile"));
    window.replace("Name", "mine");
    assert!(window.can_press("Add profile"));
}

#[test]
fn a_missing_identity_pool_can_be_typed() {
    let whole = plain("half");
    let partial = WithoutIdentityPool {
        name: whole.name.clone(),
        user_pool: whole.user_pool.clone().unwrap(),
        sign_in: whole.sign_in,
        managed_login: None,
    };
    let mut offers = vec![offered(whole)];
    offers[0].offer = Offer::NoIdentityPool(Box::new(partial));
    let mut window = open(showing(offers));
    assert!(!is_ticked(&window, "Add half"));
    window.click(Role::CheckBox, "Add half");
    assert!(!window.can_press("Add profile"));
    let pool = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";
    window.write(Role::TextInput, "Identity pool ID", pool);
    window.press("Add profile");
    assert!(matches!(&window.effects()[..], [Effect::AddProfiles(some)]
        if some[0].identity_pool_id.as_str() == pool));
}

#[test]
fn many_offers_fit_a_small_window() {
    let offers = (0..40).map(|number| offered(plain(&format!("profile-{number}"))));
    let size = eframe::egui::vec2(760.0, 520.0);
    let window = open_sized(eframe::egui::Theme::Light, size, showing(offers.collect()));
    let button = window.get(Role::Button, "Add 40 profiles").rect();
    assert!(button.bottom() < size.y, "{button:?}");
}

#[test]
fn only_what_is_near_is_drawn_of_many_offers() {
    let mut offers: Vec<Offered> = (0..500)
        .map(|number| offered(plain(&format!("profile-{number}"))))
        .collect();
    let mut namesake = plain("acme-prod");
    namesake.carries_over_guest = true;
    offers.push(offered(namesake));
    let mut window = open(showing(offers));
    assert!(is_ticked(&window, "Add profile-0") && window.has("profile-1"));
    assert!(!window.has("profile-499"));
    // What is not drawn is added too.
    window.press("Add 501 profiles");
    let effects = window.effects();
    assert!(matches!(&effects[..], [Effect::AddProfiles(all)] if all.len() == 501));
}

#[test]
fn sharing_shows_all_that_leaves() {
    let mut model = model();
    let attempt = Attempt(9);
    let name = model.profiles[0].profile.name.clone();
    model.sheet = Some(Sheet::Share(Box::new(ShareSheet {
        profiles: vec![name.clone()],
        usernames: false,
        attempt,
        shared: None,
        problem: None,
    })));
    let mut window = open(model);
    window.get(Role::Dialog, &format!("Share {name}"));
    assert!(!window.can_press("Copy link"));
    window.tell(Event::Import(ImportEvent::Shared {
        attempt,
        result: Ok(Shared {
            text: "[[profile]]\nname = \"x\"\n".to_owned(),
            link: "poolkey://import#abc".to_owned(),
            remarks: vec!["The app client secret of x is not part of it".to_owned()],
        }),
    }));
    let texts = window.texts();
    for shown in ["poolkey://import#abc", "[[profile]]", "is not part of it"] {
        assert!(texts.contains(shown), "{shown}: {texts}");
    }
    window.press("Copy link");
    window.press("Save as file…");
    let effects = window.effects();
    assert!(
        matches!(effects[..], [Effect::Copy { .. }, Effect::SaveShare { .. }]),
        "{effects:?}"
    );
    window.click(Role::Switch, "Include user names");
    let effects = window.effects();
    assert!(matches!(
        effects[..],
        [Effect::Share {
            usernames: true,
            ..
        }]
    ));
}
