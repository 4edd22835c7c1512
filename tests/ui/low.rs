//! Low windows, as text at 200 % makes them: what is needed is in sight, and nothing lies over it.

use eframe::egui::accesskit::Role;
use eframe::egui::{Theme, vec2};
use poolkey::app::Page;

use super::fixture::{notice, question, sign_in_sheet};
use super::layout::{SIZES, changed, leaves, page, sheets};
use super::support::open_sized;

#[test]
fn no_notice_lies_over_the_button_that_goes_on() {
    for size in SIZES {
        for (mut model, button) in sheets() {
            let long = "It was refused for a reason that takes a few lines to tell. ".repeat(4);
            let told = [(1, "a"), (2, "b"), (3, "c")];
            let told = told.map(|(id, what)| notice(id, &format!("{what}{long}"), true));
            model.notices = told.to_vec();
            let window = open_sized(Theme::Dark, size, model);
            let rect = window.get(Role::Button, button).rect();
            let mut alerts = leaves(&window);
            alerts
                .retain(|(name, role, _)| *role == Role::Alert && name.contains("It was refused"));
            assert!(!alerts.is_empty());
            for (name, _, place) in alerts {
                assert!(
                    !place.intersects(rect),
                    "{size:?} {button} {name} {place:?}"
                );
            }
        }
    }
}

/// Text at 200 % in the smallest window.
#[test]
fn in_the_lowest_window_most_of_it_is_the_page_s() {
    let size = vec2(380.0, 260.0);
    let window = open_sized(Theme::Dark, size, page(Page::Settings));
    let second = window.get(Role::Label, "Text size").rect();
    assert!(
        second.bottom() <= size.y,
        "a second setting begins: {second:?}"
    );
}

#[test]
fn what_is_typed_into_stands_above_a_sheet_s_buttons() {
    for size in SIZES {
        let model = changed(|model| model.sheet = Some(sign_in_sheet("acme-prod", question())));
        let mut window = open_sized(Theme::Dark, size, model);
        window.harness.run_steps(10);
        let code = window.get(Role::TextInput, "6-digit code");
        let buttons = window.get(Role::Button, "Cancel").rect();
        assert!(code.is_focused());
        let place = code.rect();
        assert!(place.top() >= 0.0, "{size:?} {place:?}");
        assert!(
            place.bottom() <= buttons.top(),
            "{size:?} {place:?} {buttons:?}"
        );
    }
}
