//! The window hidden and shown, presses outside it, waking up, and what is told before an end.

use super::*;
use crate::domain::{Press, Setting, SettingChange, TrayMenu, TrayRow};

fn at(minutes: i64, seconds: i64) -> Event {
    Event::Clock(now() + SignedDuration::from_secs(minutes * 60 + seconds))
}

/// With credentials that nobody but a person can renew.
fn ending(minutes_left: i64) -> Model {
    let mut model = ready(&["dev"]);
    let _effects = model.hear(kept("dev", Some(minutes_left), false));
    model
}

fn said(effects: &[Effect]) -> Vec<String> {
    let said = effects.iter().map(|effect| match effect {
        Effect::SayFarewell(farewell) => farewell.sentence(),
        other => format!("{other:?}"),
    });
    said.collect()
}

#[test]
fn an_end_is_told_once_ten_minutes_before() {
    let mut model = ending(60);
    assert!(model.hear(at(49, 59)).is_empty());
    let effects = model.hear(at(50, 0));
    assert_eq!(said(&effects), ["dev: sign-in ends in 10 minutes"]);
    for minutes in [50, 55, 60, 61] {
        assert!(model.hear(at(minutes, 1)).is_empty(), "{minutes}");
    }
    // Another session ends, too.
    let _effects = model.hear(kept("dev", Some(120), false));
    assert_eq!(
        said(&model.hear(at(119, 30))),
        ["dev: sign-in ends in a minute"]
    );
}

#[test]
fn a_locked_window_names_no_profile_outside_either() {
    let mut model = ending(60);
    let _effects = model.act(Action::Set(Setting::CloseToTray, true));
    let tray = |model: &Model| format!("{:?}", model.presence.tray);
    assert!(tray(&model).contains("dev"), "{}", tray(&model));
    assert_eq!(kinds(&model.act(Action::LockNow)), ["ShowTray"]);
    assert!(!tray(&model).contains("dev"), "{}", tray(&model));
    assert!(tray(&model).contains("Locked"), "{}", tray(&model));
    let effects = model.hear(at(50, 0));
    assert_eq!(said(&effects), ["A sign-in ends in 10 minutes"]);
    // What was shown before may still be pressed.
    for press in [Press::SignIn(name("dev")), Press::Console(name("dev"))] {
        let raised = model.presence.raised;
        assert!(model.hear(Event::Pressed(press)).is_empty());
        assert!(model.sheet.is_none() && model.presence.raised > raised);
    }
    assert_eq!(kinds(&model.act(Action::Unlock(None))), ["ShowTray"]);
    assert!(tray(&model).contains("dev"), "{}", tray(&model));
}

#[test]
fn nobody_is_told_who_need_not_be() {
    type Case = (&'static str, fn(&mut Model));
    let cases: [Case; 4] = [
        ("renewable", |model| {
            let _effects = model.hear(kept("dev", Some(70), true));
        }),
        ("switched off", |model| {
            let effects = model.act(Action::Set(Setting::Notifications, false));
            assert_eq!(kinds(&effects), ["SaveSetting"]);
        }),
        ("not kept fresh", |model| {
            let _effects = model.act(Action::ToggleKeepFresh(name("dev")));
        }),
        ("signing in", |model| {
            let _effects = model.act(Action::SignIn(name("dev")));
        }),
    ];
    for (case, prepare) in cases {
        let mut model = ending(60);
        prepare(&mut model);
        let effects = model.hear(at(52, 0));
        assert!(
            !kinds(&effects).contains(&"SayFarewell".to_owned()),
            "{case}"
        );
    }
}

#[test]
fn a_renewal_that_finds_the_sign_in_ended_tells_it_once() {
    let mut model = signed_in(60);
    let attempt = the_attempt(&model.hear(at(45, 0)));
    let effects = model.hear(failed(attempt, ProblemKind::SignInNeeded));
    assert_eq!(said(&effects), ["dev: sign-in ends in 15 minutes"]);
    assert!(model.hear(at(52, 0)).is_empty(), "the same session");
    let mut model = signed_in(-5);
    let attempt = the_attempt(&model.hear(at(0, 1)));
    let effects = model.hear(failed(attempt, ProblemKind::SignInNeeded));
    assert_eq!(said(&effects), ["dev: the sign-in has ended"]);
    let mut model = signed_in(60);
    let attempt = the_attempt(&model.hear(at(45, 0)));
    assert!(model.hear(failed(attempt, ProblemKind::Network)).is_empty());
}

#[test]
fn closing_hides_only_where_it_is_wanted_and_a_tray_is_there() {
    // wanted, found: hidden, leaving
    for (wanted, found, hidden) in [
        (false, true, false),
        (true, true, true),
        (true, false, false),
    ] {
        let case = format!("{wanted} {found}");
        let mut model = signed_in(60);
        model.settings.close_to_tray = wanted;
        let _reveal = model.act(Action::ToggleReveal(name("dev")));
        let effects = model.act(Action::CloseWindow);
        if wanted {
            assert_eq!(kinds(&effects), ["SeekTray"], "{case}");
            assert!(!model.presence.leaving && !model.presence.hidden, "{case}");
            let effects = kinds(&model.hear(Event::TrayFound(found)));
            assert!(effects.is_empty(), "{case} {effects:?}");
        }
        assert_eq!(model.presence.hidden, hidden, "{case}");
        assert_eq!(model.presence.leaving, !hidden, "{case}");
        if hidden {
            assert!(!dev(&model).revealed, "nothing is shown when it comes back");
            assert!(kinds(&model.hear(at(45, 0))).contains(&"Renew".to_owned()));
            // The session of the desktop ends.
            assert!(model.act(Action::CloseWindow).is_empty());
            assert!(model.presence.leaving);
        }
    }
}

#[test]
fn where_no_window_hides_each_close_minimizes() {
    let mut model = signed_in(60);
    model.settings.close_to_tray = true;
    model.presence.only_minimizes = true;
    let _reveal = model.act(Action::ToggleReveal(name("dev")));
    for times in 1..3 {
        assert_eq!(kinds(&model.act(Action::CloseWindow)), ["SeekTray"]);
        assert!(model.hear(Event::TrayFound(true)).is_empty());
        assert_eq!(model.presence.minimized, times);
        assert!(!model.presence.hidden && !model.presence.leaving);
        assert!(!dev(&model).revealed);
    }
}

#[test]
fn the_tray_shows_who_is_live_and_changes_by_the_minute() {
    let mut model = ready(&["dev", "prod", "none"]);
    let _effects = model.hear(kept("dev", Some(43), true));
    let _effects = model.hear(kept("prod", Some(130), false));
    let effects = model.act(Action::Set(Setting::CloseToTray, true));
    let [
        Effect::SaveSetting(SettingChange::Switch(Setting::CloseToTray, true)),
        Effect::ShowTray(Some(menu)),
    ] = &effects[..]
    else {
        panic!("{effects:?}");
    };
    let row = |text: &str, press| TrayRow::pressed(text, press);
    let console = |text: &str| TrayRow::pressed("Open AWS console", Press::Console(name(text)));
    let below = |text: &str, row, console| TrayRow {
        text: text.to_owned(),
        press: None,
        rows: vec![row, console],
    };
    let expected = TrayMenu {
        groups: vec![
            vec![row("Open Poolkey", Press::Open)],
            vec![
                below(
                    "dev · 43 min",
                    row("Renew", Press::Renew(name("dev"))),
                    console("dev"),
                ),
                below(
                    "prod · 2 h 10 min",
                    row("Sign in…", Press::SignIn(name("prod"))),
                    console("prod"),
                ),
                row("Renew all", Press::RenewAll),
            ],
            vec![row("Quit", Press::Quit)],
        ],
    };
    assert_eq!(*menu, expected);
    assert_eq!(kinds(&model.hear(at(0, 1))), ["ShowTray"], "42 min");
    for seconds in [2, 30, 60] {
        assert!(model.hear(at(0, seconds)).is_empty(), "{seconds}");
    }
    assert_eq!(kinds(&model.hear(at(1, 1))), ["ShowTray"]);
    let effects = model.act(Action::Set(Setting::CloseToTray, false));
    assert!(
        matches!(&effects[..], [_, Effect::ShowTray(None)]),
        "{effects:?}"
    );
}

#[test]
fn the_tray_names_ten_and_counts_the_rest() {
    let names: Vec<String> = (10..23).map(|number| format!("p{number}")).collect();
    let mut model = ready(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for (place, name) in names.iter().enumerate() {
        let left = if place == 12 {
            5
        } else {
            40 + i64::try_from(place).unwrap()
        };
        let _effects = model.hear(kept(name, Some(left), true));
    }
    let texts = |model: &Model| -> Vec<String> {
        let rows = model.tray_menu().groups.remove(1).into_iter();
        rows.map(|row| row.text.split(' ').next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        texts(&model).join(" "),
        "p10 p11 p12 p13 p14 p15 p16 p17 p18 p22 3 Renew"
    );
    let more = model.tray_menu().groups[1][10].clone();
    assert_eq!(
        (more.text.as_str(), more.press),
        ("3 more", Some(Press::Open))
    );
}

#[test]
fn presses_come_back_from_their_texts() {
    for press in [
        Press::Open,
        Press::Renew(name("dev")),
        Press::SignIn(name("dev")),
        Press::Console(name("dev")),
        Press::RenewAll,
        Press::Quit,
    ] {
        assert_eq!(Press::of_id(&press.id()), Some(press));
    }
    assert_eq!(Press::of_id(""), None);
    assert_eq!(Press::of_id("renew "), None);
}

#[test]
fn what_is_pressed_outside_happens_inside() {
    let mut model = ready(&["dev", "prod", "off"]);
    let _effects = model.hear(kept("dev", Some(60), true));
    let _effects = model.hear(kept("prod", Some(60), false));
    model.presence.hidden = true;
    let effects = model.hear(Event::Pressed(Press::RenewAll));
    assert_eq!(kinds(&effects), ["Renew"], "the one that needs nobody");
    assert!(
        model
            .hear(Event::Pressed(Press::Renew(name("dev"))))
            .is_empty(),
        "it runs"
    );
    let effects = model.hear(Event::Pressed(Press::Console(name("dev"))));
    assert_eq!(kinds(&effects), ["OpenConsole"]);
    assert!(model.presence.hidden && model.presence.raised == 0);
    // Its sign-in ended since the menu was drawn.
    let _effects = model.hear(Event::Pressed(Press::Renew(name("prod"))));
    assert!(!model.presence.hidden && model.presence.raised == 1);
    assert_eq!(model.selected, Some(name("prod")));
    assert!(matches!(&model.sheet, Some(Sheet::SignIn(sheet)) if sheet.profile == name("prod")));
    assert!(model.hear(Event::Pressed(Press::Open)).is_empty());
    assert_eq!(model.presence.raised, 2);
    assert!(
        model
            .hear(Event::Pressed(Press::SignIn(name("gone"))))
            .is_empty()
    );
    assert_eq!(model.selected, Some(name("prod")));
    assert!(model.hear(Event::Pressed(Press::Quit)).is_empty());
    assert!(model.presence.leaving);
}

#[test]
fn waking_up_does_at_once_what_sleep_held_up() {
    let mut model = signed_in(60);
    let attempt = the_attempt(&model.hear(at(45, 0)));
    let _effects = model.hear(failed(attempt, ProblemKind::Network));
    let _effects = model.hear(at(45, 30));
    let mut attempt = the_attempt(&model.hear(Event::Woke));
    // The network comes up slowly.
    let mut seconds = 30;
    for pause in [5, 10, 20, 60] {
        assert!(model.hear(failed(attempt, ProblemKind::Network)).is_empty());
        seconds += pause;
        assert!(model.hear(at(45, seconds - 1)).is_empty(), "{pause}");
        attempt = the_attempt(&model.hear(at(45, seconds)));
    }
    assert!(model.hear(Event::Woke).is_empty(), "one is running");
}

#[test]
fn behind_the_lock_a_press_brings_the_window_and_nothing_else() {
    let mut model = signed_in(60);
    let _effects = model.act(Action::LockNow);
    for press in [
        Press::Console(name("dev")),
        Press::Renew(name("dev")),
        Press::SignIn(name("dev")),
        Press::RenewAll,
    ] {
        let raised = model.presence.raised;
        let effects = model.hear(Event::Pressed(press));
        assert!(effects.is_empty(), "{effects:?}");
        assert_eq!(model.presence.raised, raised + 1);
        assert!(model.sheet.is_none());
    }
    let menu = format!("{:?}", model.tray_menu());
    assert!(menu.contains("Open Poolkey") && !menu.contains("dev"));
    assert!(
        !menu.contains("Console") && !menu.contains("Renew"),
        "{menu}"
    );
}
