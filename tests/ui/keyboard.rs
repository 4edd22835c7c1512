//! The window without a pointer: Tab comes to everything, sheets keep the keyboard, Escape closes
//! what is on top, menus follow the arrows. And what assistive technology is told of each page.

use std::collections::BTreeMap;

use eframe::egui::Key;
use eframe::egui::accesskit::{Action, Live, Role};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use poolkey::app::{Model, Page, Sheet, SignInPhase, StoreState, Tab};
use poolkey::domain::{Problem, ProblemKind};

use super::fixture::{empty_model, model, question, refused, sign_in_sheet};
use super::support::{Window, open};

/// Every page and sheet, by what it is called when it fails here.
fn pages() -> Vec<(String, Model)> {
    let with = |change: &dyn Fn(&mut Model)| {
        let mut model = model();
        change(&mut model);
        model
    };
    let mut pages: Vec<(String, Model)> = Tab::ALL
        .into_iter()
        .map(|tab| (tab.label().to_owned(), with(&|model| model.tab = tab)))
        .collect();
    for page in [
        Page::NewProfile,
        Page::Shortcuts,
        Page::Import,
        Page::Discover,
        Page::Settings,
        Page::About,
    ] {
        pages.push((format!("{page:?}"), with(&|model| model.page = page)));
    }
    pages.push(("first run".to_owned(), empty_model()));
    let signed_out = |model: &mut Model| model.selected = "field-emea".parse().ok();
    pages.push(("signed out".to_owned(), with(&signed_out)));
    let refused_one = |model: &mut Model| {
        let state = model.profiles.remove(0);
        model.profiles.insert(0, refused(state));
    };
    pages.push(("a refusal".to_owned(), with(&refused_one)));
    pages
}

fn sheets() -> Vec<(String, Model)> {
    let why = || Problem::new(ProblemKind::SecretStore, "No keyring here");
    let tokens = SignInPhase::Browser {
        url: Some("https://acme.example/authorize".to_owned()),
        problem: None,
        at_providers: false,
    };
    let sheets = [
        ("a code", sign_in_sheet("acme-prod", question())),
        ("the browser", sign_in_sheet("acme-prod", tokens)),
        ("the palette", Sheet::Palette),
        (
            "a password",
            Sheet::Password {
                profile: "acme-prod".parse().unwrap(),
                running: None,
                problem: Some(why()),
            },
        ),
        (
            "a passphrase",
            Sheet::Passphrase {
                is_new: true,
                problem: None,
            },
        ),
    ];
    let shown = |(name, sheet): (&str, Sheet)| {
        let mut model = model();
        if matches!(sheet, Sheet::Passphrase { .. }) {
            model.store = StoreState::Locked {
                is_new: true,
                problem: why(),
            };
        }
        model.sheet = Some(sheet);
        (name.to_owned(), model)
    };
    sheets.into_iter().map(shown).collect()
}

fn called(node: &Node<'_>) -> String {
    let node = node.accesskit_node();
    format!("{:?} {:?}", node.role(), node.label())
}

/// Everything below a node that the keyboard can come to.
fn focusable(below: &Node<'_>) -> BTreeMap<String, String> {
    let nodes = below.children_recursive();
    let nodes = nodes.filter(|node| {
        let node = node.accesskit_node();
        node.data().supports_action(Action::Focus) && !node.is_disabled() && !node.is_hidden()
    });
    let ids = nodes.map(|node| (format!("{:?}", node.accesskit_node().id()), called(&node)));
    ids.collect()
}

/// What Tab comes to, until it comes to the same again.
fn visited(window: &mut Window, key: Key) -> BTreeMap<String, String> {
    let mut seen = BTreeMap::new();
    for _ in 0..200 {
        window.key(key);
        let root = window.harness.root();
        let focused = root.children_recursive();
        let mut focused = focused.filter(|node| node.accesskit_node().is_focused_in_tree());
        if let Some(node) = focused.next() {
            let id = format!("{:?}", node.accesskit_node().id());
            if seen.insert(id, called(&node)).is_some() {
                break;
            }
        }
    }
    seen
}

fn missing(wanted: &BTreeMap<String, String>, seen: &BTreeMap<String, String>) -> Vec<String> {
    let ids = wanted.iter().filter(|(id, _)| !seen.contains_key(*id));
    ids.map(|(_, name)| name.clone()).collect()
}

#[test]
fn tab_comes_to_every_control_of_every_page() {
    for (page, model) in pages() {
        let mut window = open(model);
        let wanted = focusable(&window.harness.root());
        assert!(wanted.len() > 5, "{page}: {wanted:?}");
        let seen = visited(&mut window, Key::Tab);
        assert_eq!(missing(&wanted, &seen), Vec::<String>::new(), "{page}");
    }
}

#[test]
fn a_sheet_keeps_the_keyboard_and_has_it_at_once() {
    for (name, model) in sheets() {
        let mut window = open(model);
        let dialog = window.harness.get_by_role(Role::Dialog);
        let wanted = focusable(&dialog);
        let has_it = dialog
            .children_recursive()
            .any(|node| node.accesskit_node().is_focused_in_tree());
        assert!(has_it, "{name} does not begin with the keyboard in it");
        let seen = visited(&mut window, Key::Tab);
        assert_eq!(missing(&wanted, &seen), Vec::<String>::new(), "{name}");
        assert_eq!(
            missing(&seen, &wanted),
            Vec::<String>::new(),
            "{name} lets it go"
        );
    }
}

#[test]
fn escape_closes_each_sheet() {
    for (name, model) in sheets() {
        let mut window = open(model);
        window.key(Key::Escape);
        assert!(window.harness.state().model().sheet.is_none(), "{name}");
    }
}

#[test]
fn a_menu_opens_by_a_key_follows_the_arrows_and_gives_the_keyboard_back() {
    let mut window = open(model());
    window.get(Role::Button, "More").focus();
    window.harness.run();
    window.key(Key::Enter);
    assert!(window.has("Open a terminal"));
    window.key(Key::ArrowDown);
    assert!(window.get(Role::MenuItem, "Open a terminal").is_focused());
    window.key(Key::ArrowDown);
    assert!(window.get(Role::MenuItem, "Open console").is_focused());
    window.key(Key::ArrowUp);
    assert!(window.get(Role::MenuItem, "Open a terminal").is_focused());
    window.key(Key::Escape);
    assert!(!window.has("Open a terminal"));
    window.harness.run();
    assert!(window.get(Role::Button, "More").is_focused());
}

#[test]
fn whatever_the_keyboard_comes_to_has_a_name_and_a_role() {
    for (page, model) in pages().into_iter().chain(sheets()) {
        let window = open(model);
        for node in window.harness.root().children_recursive() {
            let node = node.accesskit_node();
            // The toolkit's own, which the keyboard does not come to.
            if node.role() == Role::ScrollBar {
                continue;
            }
            let is_control = node.data().supports_action(Action::Focus)
                || node.data().supports_action(Action::Click)
                    && node.role() != Role::GenericContainer;
            if !is_control || node.is_hidden() {
                continue;
            }
            let named = node.label().is_some_and(|name| !name.trim().is_empty());
            let what = format!("{page}: {:?} {:?}", node.role(), node.value());
            assert!(named, "{what} has no name");
            assert!(
                ![Role::Unknown, Role::GenericContainer].contains(&node.role()),
                "{what} {:?} has no role",
                node.label()
            );
        }
    }
}

#[test]
fn headings_have_levels_and_each_page_has_one_of_the_first() {
    for (page, model) in pages().into_iter().chain(sheets()) {
        let window = open(model);
        let mut levels = Vec::new();
        for node in window.harness.root().children_recursive() {
            let node = node.accesskit_node();
            if node.role() == Role::Heading {
                let name = node.label().unwrap_or_default();
                assert!(!name.is_empty(), "{page}: a heading without words");
                assert!(node.level().is_some(), "{page}: {name} has no level");
                levels.extend(node.level());
            }
        }
        let is_page = page != "the palette";
        assert!(!is_page || levels.contains(&1), "{page}: {levels:?}");
    }
}

#[test]
fn the_countdown_is_words_and_a_number_under_one_name() {
    let mut window = open(model());
    let told = |window: &Window| {
        let timer = window.get(Role::Timer, "Remaining lifetime");
        let node = timer.accesskit_node();
        (node.description().unwrap(), node.numeric_value().unwrap())
    };
    assert_eq!(
        told(&window),
        ("42 minutes 17 seconds left".to_owned(), 2537.0)
    );
    window.wait(1);
    assert!((told(&window).1 - 2536.0).abs() < 0.5);
}

/// What is announced now.
fn announced(window: &Window) -> Vec<(String, Live)> {
    let root = window.harness.root();
    let live = root.children_recursive();
    let live = live.filter_map(|node| {
        let node = node.accesskit_node();
        let how = node.data().live()?;
        let text = node.label().or_else(|| node.value());
        (!node.is_hidden()).then(|| (text.unwrap_or_default(), how))
    });
    live.collect()
}

#[test]
fn news_of_the_profile_is_announced_and_seconds_are_not() {
    let mut shown = model();
    shown.profiles[0].profile.keep_fresh = false;
    let mut window = open(shown);
    let polite = |text: &str| vec![(text.to_owned(), Live::Polite)];
    let valid = polite("acme-prod: Credentials valid");
    assert_eq!(announced(&window), valid);
    window.wait(60);
    assert_eq!(announced(&window), valid);
    window.wait(32 * 60);
    let soon = polite("acme-prod: Expires soon, less than 10 minutes left");
    assert_eq!(announced(&window), soon);
    window.wait(60);
    assert_eq!(announced(&window), soon);
}

#[test]
fn a_refusal_interrupts_and_a_notice_waits() {
    let (_, model) = pages().pop().unwrap();
    let window = open(model);
    let refusals = announced(&window);
    let urgent: Vec<_> = refusals
        .iter()
        .filter(|(_, live)| *live == Live::Assertive)
        .collect();
    assert_eq!(urgent.len(), 1, "{refusals:?}");
    let mut window = open(super::fixture::model());
    window.press("Copy Access key ID");
    window.tell(poolkey::app::Event::Copied {
        what: "Access key ID",
        secret: false,
        result: Ok(()),
    });
    let told = announced(&window);
    assert!(
        told.contains(&("Access key ID copied".to_owned(), Live::Polite)),
        "{told:?}"
    );
}
