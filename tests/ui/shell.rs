//! The shell: clock, events, notices, themes, first run, broken configuration, broken store.

use std::time::Duration;

use eframe::egui::Theme as EguiTheme;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, vec2};
use egui_kittest::kittest::Queryable;
use jiff::SignedDuration;
use poolkey::app::kept::StoreReport;
use poolkey::app::{Effect, Event, Model, Notice, Page, StoreState, Tab, Theme};
use poolkey::domain::{Problem, ProblemKind, Setting, SettingChange};
use poolkey::ui::wake::{Sight, next_wake};

use super::fixture::{empty_model, model, now, question, sign_in_sheet};
use super::support::{open, open_in, open_sized};

#[test]
fn first_run_offers_what_exists() {
    let mut window = open(empty_model());
    assert!(window.has("No profiles yet"));
    window.press("Open the demo");
    assert!(matches!(window.effects()[..], [Effect::OpenDemo]));
    // On the page and at the foot of the list.
    let mut ways = window.harness.root().get_all_by_label("New profile");
    ways.next().unwrap().click();
    assert!(ways.next().is_some());
    drop(ways);
    window.harness.run();
    window.get(Role::TextInput, "Profile name");
}

#[test]
fn nothing_is_offered_before_the_file_was_read() {
    let window = open(Model::new(now(), false));
    assert!(!window.has("Open the demo"));
    assert!(!window.has("No profiles yet"));
}

#[test]
fn a_broken_configuration_is_shown_and_only_read_again() {
    let mut broken = empty_model();
    let problem = Problem::new(ProblemKind::File, "Line 12: user_pool_id is no ID");
    broken.config_problem = Some(problem);
    let mut window = open(broken);
    assert!(window.has("Line 12: user_pool_id is no ID"));
    assert!(window.has("/home/ana/.config/poolkey/config.toml"));
    assert!(!window.can_press("New profile"), "it could not be saved");
    window.press("Try again");
    assert!(matches!(window.effects()[..], [Effect::LoadProfiles]));
}

#[test]
fn a_broken_store_can_be_tried_again() {
    let mut broken = model();
    let problem = Problem::new(ProblemKind::SecretStore, "The keychain did not answer");
    broken.store = StoreState::Broken(problem);
    let mut window = open(broken);
    assert!(window.has("Secret store: The keychain did not answer"));
    window.press("Try again: secret store");
    assert!(matches!(window.effects()[..], [Effect::ProbeStore]));
}

/// A file that was chosen is not there for want of a keychain.
#[test]
fn an_encrypted_file_says_why_it_is_used() {
    for why in [
        "Secrets are kept in an encrypted file, which needs a passphrase",
        "No keychain here, so secrets are kept in an encrypted file, which needs a passphrase",
    ] {
        let mut locked = model();
        locked.store = StoreState::Locked {
            is_new: true,
            problem: Problem::new(ProblemKind::SecretStore, why),
        };
        let mut window = open(locked);
        window.get(Role::Label, why);
        window.press("Choose a passphrase: secret store");
        window.tell(Event::StoreLocked {
            is_new: true,
            problem: Problem::new(ProblemKind::SecretStore, why),
        });
        assert!(window.has("Sign-ins are kept in a file"));
        assert!(!window.has("There is no system keychain"));
    }
}

#[test]
fn the_status_bar_counts_and_names_the_next_renewal() {
    let window = open(model());
    assert!(window.has("Secret store: Secret Service"));
    assert!(window.has("6 profiles · 4 with credentials"));
    let shown = model();
    let (_, at) = shown.next_renewal().unwrap();
    // The margin and the jitter.
    let minutes = now().duration_until(at).as_mins();
    assert!((26..=27).contains(&minutes), "{minutes}");
    assert!(window.has(&format!("Next refresh: acme-prod in {minutes} min")));
}

#[test]
fn notices_are_alerts_that_go() {
    let mut noisy = model();
    for (id, text, is_problem) in [(1, "Secret key copied", false), (2, "It failed", true)] {
        noisy.notices.push(Notice {
            id,
            text: text.to_owned(),
            is_problem,
            ..Notice::default()
        });
    }
    let mut window = open(noisy);
    window.get(Role::Alert, "Secret key copied");
    window.get(Role::Alert, "It failed");
    let first = window.harness.state().model().notices.len();
    if let Some(dismiss) = window.harness.get_all_by_label("Dismiss").next() {
        dismiss.click();
    }
    window.harness.run();
    assert_eq!(window.harness.state().model().notices.len(), first - 1);
    window.tell(Event::Copied {
        what: "Role",
        secret: false,
        result: Ok(()),
    });
    window.get(Role::Alert, "Role copied");
    window.wait(6);
    assert!(!window.has("Role copied"));
}

#[test]
fn a_notice_that_is_pressed_makes_way() {
    let mut window = open(model());
    window.tell(Event::Copied {
        what: "Role",
        secret: false,
        result: Ok(()),
    });
    window.click(Role::Alert, "Role copied");
    assert!(window.harness.state().model().notices.is_empty());
}

/// Nobody reads it: the pointer was left where it came up.
#[test]
fn a_notice_is_held_by_a_pointer_that_is_brought_to_it() {
    let copied = || Event::Copied {
        what: "Role",
        secret: false,
        result: Ok(()),
    };
    let mut window = open(model());
    window.tell(copied());
    let at = window.get(Role::Alert, "Role copied").rect().center();
    window.wait(20);
    assert!(!window.has("Role copied"));
    window.harness.hover_at(at);
    window.harness.run();
    window.tell(copied());
    window.wait(20);
    assert!(!window.has("Role copied"), "it only rests there");
    window.tell(copied());
    window.harness.hover_at(at + vec2(3.0, 0.0));
    window.harness.run();
    window.wait(20);
    assert!(window.has("Role copied"), "somebody reads it");
}

#[test]
fn every_page_draws_in_both_themes() {
    for theme in [EguiTheme::Dark, EguiTheme::Light] {
        for page in 0..6 {
            let mut shown = model();
            match page {
                0 => shown.selected = "field-emea".parse().ok(),
                1 => shown.selected = "field-apac".parse().ok(),
                2 => shown.tab = Tab::Configuration,
                3 => shown = empty_model(),
                4 => shown.sheet = Some(sign_in_sheet("acme-prod", question())),
                _ => shown.demo = true,
            }
            let mut window = open_in(theme, shown);
            window.harness.run();
        }
    }
}

#[test]
fn the_theme_is_chosen_and_remembered() {
    let mut window = open(model());
    window.press("Settings");
    let _asked_by_the_page = window.effects();
    window.click(Role::ComboBox, "Theme");
    window.click(Role::MenuItemRadio, "Light");
    assert!(matches!(
        window.effects()[..],
        [Effect::SaveSetting(SettingChange::Theme(Theme::Light))]
    ));
    assert_eq!(window.harness.ctx.theme(), EguiTheme::Light);
}

#[test]
fn one_click_opens_the_settings_and_another_leaves_them() {
    let mut window = open(model());
    window.press("Settings");
    assert_eq!(window.harness.state().model().page, Page::Settings);
    window.press("Settings");
    assert_eq!(window.harness.state().model().page, Page::Profile);
    // What can be set is on that page and nowhere else.
    window.press("Menu");
    for word in ["Theme", "Write a log", "Keep renewing in the tray"] {
        assert!(!window.has(word), "{word}");
    }
}

#[test]
fn the_switches_of_the_program_are_turned_and_remembered() {
    let mut window = open(model());
    window.press("Settings");
    for (label, setting, on) in [
        (
            "Notify before a sign-in ends",
            Setting::Notifications,
            false,
        ),
        ("Keep renewing in the tray", Setting::CloseToTray, true),
        ("Notify before a sign-in ends", Setting::Notifications, true),
    ] {
        window.click(Role::Switch, label);
        let effects = window.effects();
        let saved = |effect: &Effect| matches!(effect, Effect::SaveSetting(SettingChange::Switch(which, to)) if *which == setting && *to == on);
        assert!(effects.iter().any(saved), "{label}: {effects:?}");
        assert_eq!(window.harness.state().model().settings.get(setting), on);
    }
}

#[test]
fn in_the_tray_the_minutes_and_what_is_due_count() {
    let mut counting = model();
    let hidden = next_wake(&counting, Sight::Hidden).unwrap();
    assert!(hidden > Duration::from_mins(1), "{hidden:?}");
    counting.presence.tray = Some(counting.tray_menu());
    let in_tray = next_wake(&counting, Sight::Hidden).unwrap();
    assert!(in_tray <= Duration::from_millis(60_010), "{in_tray:?}");
    assert!(in_tray >= Duration::from_millis(1), "{in_tray:?}");
}

#[test]
fn the_demo_says_so() {
    let mut demo = model();
    demo.demo = true;
    let window = open(demo);
    window.get(Role::Status, "Demo");
    assert!(!open(model()).texts().contains("Demo"));
}

#[test]
fn the_clock_wakes_the_window_once_a_second_at_most() {
    let mut counting = model();
    let wait = next_wake(&counting, Sight::Used).unwrap();
    assert!(wait <= Duration::from_millis(1010), "{wait:?}");
    assert!(wait >= Duration::from_millis(1), "{wait:?}");
    counting.selected = "field-emea".parse().ok();
    let wait = next_wake(&counting, Sight::Used).unwrap();
    assert!(wait > Duration::from_millis(900), "{wait:?}");
    let hidden = next_wake(&counting, Sight::Hidden).unwrap();
    assert!(hidden > Duration::from_mins(1), "{hidden:?}");
    counting.profiles.retain(|state| state.session.is_none());
    assert_eq!(next_wake(&counting, Sight::Used), None);
}

#[test]
fn who_touches_nothing_for_half_a_minute_does_something_else() {
    let seconds = SignedDuration::from_secs;
    assert_eq!(Sight::of_shown(true, seconds(29)), Sight::Used);
    assert_eq!(Sight::of_shown(true, seconds(30)), Sight::Beside);
    assert_eq!(Sight::of_shown(false, seconds(0)), Sight::Beside);
}

#[test]
fn beside_other_work_the_countdown_moves_in_steps_until_its_last_minute() {
    let mut counting = model();
    let selected = counting.selected.clone();
    counting
        .profiles
        .retain(|state| Some(&state.profile.name) == selected.as_ref());
    let wait = next_wake(&counting, Sight::Beside).unwrap();
    assert!(wait > Duration::from_millis(1010), "{wait:?}");
    assert!(wait <= Duration::from_millis(5010), "{wait:?}");
    counting.now += Duration::from_mins(41) + Duration::from_secs(40);
    let wait = next_wake(&counting, Sight::Beside).unwrap();
    assert!(wait <= Duration::from_millis(1010), "{wait:?}");
}

#[test]
fn a_narrow_status_line_lets_go_of_what_matters_least() {
    let mut model = model();
    model.store = StoreState::Ready(StoreReport {
        name: "Encrypted file".to_owned(),
        remark: Some(
            "/home/ana/.local/state/poolkey/secrets.age, for want of a keychain".repeat(2),
        ),
    });
    let window = open_sized(EguiTheme::Dark, vec2(900.0, 600.0), model);
    let mut found = window.overlaps();
    // What scrolls behind the line is not in it.
    let parts = ["Secret store:", "6 profiles", "Next refresh"];
    found.retain(|pair| parts.iter().filter(|part| pair.contains(*part)).count() > 1);
    assert!(found.is_empty(), "{found:#?}");
    assert!(
        window.has("6 profiles · 4 with credentials") && window.has("Secret store: Encrypted file")
    );
}

#[test]
fn a_notice_leaves_the_buttons_of_a_form_free() {
    let mut noisy = model();
    noisy.tab = Tab::Configuration;
    noisy.notices.push(Notice {
        id: 1,
        text: "demo saved".to_owned(),
        ..Notice::default()
    });
    let window = open(noisy);
    let notice = window.get(Role::Alert, "demo saved").rect();
    let save = window.get(Role::Button, "Save").rect();
    assert!(notice.bottom() <= save.top(), "{notice:?} {save:?}");
}

#[test]
fn a_menu_closes_when_a_key_chose_from_it() {
    let mut window = open(model());
    window.press("Menu");
    window.get(Role::MenuItemRadio, "Expires first").focus();
    window.harness.run();
    window.key(Key::Enter);
    assert!(matches!(window.effects()[..], [Effect::SaveListOrder(_)]));
    assert!(!window.has("As arranged"));
}
