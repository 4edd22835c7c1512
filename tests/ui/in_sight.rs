//! What is seen of a long list, and what covers it.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use poolkey::app::Model;

use super::fixture::{empty_model, live, model, profile};
use super::sidebar::selected;
use super::support::{Window, open};

/// Thousands of profiles, of which few are drawn.
fn many() -> Model {
    let mut many = empty_model();
    many.profiles = (0..5000)
        .map(|number| {
            let group = format!("Team {}", number % 40);
            let name = format!("p{number:04}");
            live(
                profile(&name, Some(&group), "ana@acme.example", "eu-west-1"),
                3000 + number,
            )
        })
        .collect();
    many.selected = "p0000".parse().ok();
    many
}

#[test]
fn of_thousands_only_those_in_sight_are_there() {
    let mut window = open(many());
    let rows = |window: &Window| window.harness.query_all_by_role(Role::ListItem).count();
    assert!(rows(&window) < 20, "{}", rows(&window));
    window.get(Role::ListItem, "p0000, 50 m").focus();
    window.harness.run();
    window.key(Key::End);
    assert_eq!(selected(&window), "p4999");
    assert!(rows(&window) < 20);
    window.ctrl(Key::F);
    window.type_text("p0123");
    assert_eq!(rows(&window), 1);
}

#[test]
fn what_a_search_finds_begins_at_the_top() {
    let mut window = open(many());
    window.get(Role::ListItem, "p0000, 50 m").focus();
    window.harness.run();
    window.key(Key::End);
    window.ctrl(Key::F);
    for (typed, first) in [("p", "p0000, 50 m"), ("4", "p4000, ")] {
        window.type_text(typed);
        let row = window.harness.get_by_label_contains(first).rect();
        let field = window.get(Role::TextInput, "Search profiles").rect();
        assert!(row.top() >= field.bottom(), "{typed}: {row:?}");
        assert!(row.bottom() < 760.0, "{typed}: {row:?}");
    }
}

#[test]
fn a_sheet_closes_the_tooltip_of_what_it_covers() {
    let mut long = model();
    long.profiles[1].profile.username = Some("ana.with.a.very.long.name@acme.example".to_owned());
    let mut window = open(long);
    let row = window.harness.get_by_label_contains("acme-staging, ");
    let at = row.rect().center();
    window.harness.hover_at(at);
    for _ in 0..8 {
        window.harness.step();
    }
    let tooltip = "acme-staging\nana.with.a";
    assert!(
        window.texts().contains(&format!("{tooltip}.very")),
        "no tooltip"
    );
    let shown = |window: &Window| window.harness.query_all_by_label_contains(tooltip).count();
    assert_eq!(shown(&window), 1, "no tooltip");
    window.ctrl(Key::K);
    window.harness.run_steps(4);
    assert_eq!(shown(&window), 0);
}
