//! The settings page, the page about the program, and a locked window.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Theme, vec2};
use egui_kittest::kittest::Queryable as _;
use poolkey::app::kept::StoreReport;
use poolkey::app::{Action, Effect, Event, Model, Page, SettingsEvent, StoreState};
use poolkey::domain::{
    Amount, FileSetting, Override, Problem, ProblemKind, Setting, SettingChange, StoreChoice,
    Surroundings,
};

use super::fixture::{SECRET_KEY, model};
use super::support::{Window, open, open_sized};

fn around() -> Surroundings {
    Surroundings {
        logs_dir: "/home/ana/.local/state/poolkey/logs".into(),
        stores: vec![StoreChoice::SecretService, StoreChoice::File],
        aws_files: ["~/.aws/credentials".to_owned(), "~/.aws/config".to_owned()],
        ..Surroundings::default()
    }
}

fn on_page(page: Page) -> Model {
    let mut model = model();
    model.page = page;
    model.surroundings = around();
    model
}

fn settings() -> Window {
    open_tall(on_page(Page::Settings))
}

/// As high as the whole page, so that everything can be clicked.
fn open_tall(model: Model) -> Window {
    open_sized(Theme::Dark, vec2(1180.0, 2400.0), model)
}

fn saved(window: &Window) -> Vec<SettingChange> {
    let effects = window.effects().into_iter();
    let saved = effects.filter_map(|effect| match effect {
        Effect::SaveSetting(change) => Some(change),
        _ => None,
    });
    saved.collect()
}

fn pick(window: &mut Window, picker: &str, word: &str) {
    window.click(Role::ComboBox, picker);
    window.click(Role::MenuItemRadio, word);
}

#[test]
fn everything_that_is_picked_is_written() {
    let mut window = settings();
    for (picker, word, change) in [
        (
            "Text size",
            "150 %",
            SettingChange::Amount(Amount::TextSize, 150),
        ),
        (
            "Text size",
            "100 %",
            SettingChange::Amount(Amount::TextSize, 100),
        ),
        (
            "Refresh margin",
            "25 minutes",
            SettingChange::Amount(Amount::RefreshMargin, 25),
        ),
        (
            "Lock the window",
            "After 5 minutes",
            SettingChange::Amount(Amount::LockAfter, 5),
        ),
    ] {
        pick(&mut window, picker, word);
        assert_eq!(saved(&window), [change], "{picker} {word}");
        assert_eq!(window.value(Role::ComboBox, picker), word);
    }
    for (label, setting, on) in [
        (
            "Notify before a sign-in ends",
            Setting::Notifications,
            false,
        ),
        ("Keep renewing in the tray", Setting::CloseToTray, true),
        ("Write a log", Setting::Log, true),
    ] {
        window.click(Role::Switch, label);
        assert_eq!(saved(&window), [SettingChange::Switch(setting, on)]);
    }
}

#[test]
fn a_proxy_is_checked_as_it_is_typed_and_taken_when_it_is_whole() {
    let mut window = settings();
    window.write(Role::TextInput, "Proxy", "http://ana:canary@proxy:1");
    assert!(window.has("HTTPS_PROXY"));
    window.replace("Proxy", "http://proxy.example:3128");
    window.press("Use this: Proxy");
    let proxy = "http://proxy.example:3128".parse().ok();
    let change = SettingChange::Proxy(proxy);
    assert_eq!(saved(&window), std::slice::from_ref(&change));
    window.tell(Event::Settings(SettingsEvent::SettingSaved {
        change,
        result: Ok(()),
    }));
    window.press("Use the default: Proxy");
    assert_eq!(saved(&window), [SettingChange::Proxy(None)]);
}

#[test]
fn a_file_that_is_of_no_use_says_so_at_its_field() {
    let mut window = settings();
    window.write(Role::TextInput, "Extra certificates", "~/ca.pem");
    window.key(Key::Enter);
    let change = SettingChange::File(FileSetting::Ca, Some("~/ca.pem".into()));
    assert_eq!(saved(&window), std::slice::from_ref(&change));
    let sentence = "~/ca.pem is of no use: there is no certificate in it";
    window.tell(Event::Settings(SettingsEvent::SettingSaved {
        change,
        result: Err(Problem::new(ProblemKind::Usage, sentence)),
    }));
    assert!(window.has(sentence));
    assert_eq!(
        window.value(Role::TextInput, "Extra certificates"),
        "~/ca.pem"
    );
}

#[test]
fn what_is_decided_elsewhere_is_shown_and_not_typed() {
    let mut shown = on_page(Page::Settings);
    let by = |name: &str, value: &str| Override {
        by: name.to_owned(),
        value: value.to_owned(),
    };
    shown.surroundings.proxy_override = Some(by("HTTPS_PROXY", "http://env:1"));
    shown.surroundings.store_override = Some(by("--secret-store", "file"));
    let files = vec![(FileSetting::AwsConfig, by("AWS_CONFIG_FILE", "/env/config"))];
    shown.surroundings.file_overrides = files;
    let window = open_tall(shown);
    assert!(window.has("HTTPS_PROXY decides this"));
    assert!(window.has("AWS_CONFIG_FILE decides this"));
    assert!(window.has("In use because --secret-store says file"));
    assert!(!window.has("Move secrets to"));
    assert_eq!(window.value(Role::TextInput, "Proxy"), "http://env:1");
}

#[test]
fn secrets_are_moved_and_the_move_is_cancelled() {
    let mut window = settings();
    assert!(window.has("In use, chosen automatically"));
    assert!(
        !window.has("Move secrets to: Secret Service"),
        "they are there"
    );
    window.press("Move secrets to: Encrypted file");
    assert!(matches!(
        window.effects()[..],
        [Effect::MoveSecrets {
            to: StoreChoice::File,
            ..
        }]
    ));
    assert!(window.has("Moving secrets to: Encrypted file"));
    window.press("Cancel the move");
    assert!(matches!(window.effects()[..], [Effect::Cancel(_)]));
}

#[test]
fn the_way_to_aws_is_tried() {
    let mut window = settings();
    window.press("Try it");
    let effects = window.effects();
    let [Effect::TryNetwork { attempt, .. }] = effects[..] else {
        panic!("{effects:?}");
    };
    assert!(!window.can_press("Try it"));
    let result = Ok("The user pool answered in 83 ms, without a proxy".to_owned());
    window.tell(Event::Settings(SettingsEvent::NetworkTried {
        attempt,
        result,
    }));
    assert!(window.has("answered in 83 ms"));
}

#[test]
fn logs_and_a_report() {
    let mut shown = on_page(Page::Settings);
    shown.settings.log = true;
    let mut window = open_tall(shown);
    window.press("Show the folder");
    window.press("Copy a report");
    let effects = window.effects();
    assert!(
        matches!(
            effects[..],
            [Effect::ShowFolder(_), Effect::Copy { what: "Report", .. }]
        ),
        "{effects:?}"
    );
}

#[test]
fn about_says_what_it_is_made_of() {
    let mut window = open_tall(on_page(Page::About));
    assert!(window.has(concat!("Poolkey ", env!("CARGO_PKG_VERSION"))));
    assert!(window.has("MIT OR Apache-2.0"));
    assert!(window.has("accesskit "));
    window.press("Show the license of Inter");
    assert!(window.has("SIL OPEN FONT LICENSE"));
    window.press("Copy version details");
    assert!(matches!(
        window.effects()[..],
        [Effect::Copy {
            what: "Version details",
            ..
        }]
    ));
}

#[test]
fn nothing_lies_over_anything_else() {
    for page in [Page::Settings, Page::About] {
        for width in [1180.0, 900.0] {
            let mut shown = on_page(page);
            shown.settings.log = true;
            shown.moving = None;
            let window = open_sized(Theme::Light, vec2(width, 2400.0), shown);
            let mut overlaps = window.overlaps();
            // A line with its own copy button.
            overlaps.retain(|pair| !pair.contains(" over Copy "));
            assert_eq!(overlaps, Vec::<String>::new(), "{page:?} {width}");
        }
    }
}

fn says_nothing(window: &Window) {
    let texts = window.texts();
    let model = model();
    let session = model.profiles[0].session.as_ref().unwrap();
    for shown in [
        SECRET_KEY,
        "acme",
        "field",
        "ana@",
        session.identity_id.as_str(),
        &session.credentials.access_key_id,
    ] {
        assert!(!texts.contains(shown), "{shown} in {texts}");
    }
}

#[test]
fn a_locked_window_says_nothing_of_what_it_holds() {
    let mut shown = model();
    shown.settings.lock_after_minutes = 5;
    let mut window = open(shown);
    assert!(window.has("acme-prod"));
    window.wait(299);
    assert!(window.has("acme-prod"));
    window.wait(2);
    assert!(window.has("Poolkey is locked"));
    says_nothing(&window);
    window.press("Unlock");
    assert!(window.has("acme-prod"));
}

#[test]
fn the_encrypted_file_s_passphrase_is_typed_to_unlock() {
    let mut shown = model();
    shown.store = StoreState::Ready(StoreReport {
        name: StoreChoice::File.label().to_owned(),
        remark: None,
    });
    let _effects = shown.act(Action::LockNow);
    let mut window = open(shown);
    says_nothing(&window);
    assert!(!window.can_press("Unlock"));
    window.type_text("correct horse");
    window.key(Key::Enter);
    assert!(matches!(window.effects()[..], [Effect::CheckPassphrase(_)]));
    window.tell(Event::Settings(SettingsEvent::PassphraseChecked(Ok(false))));
    assert!(window.has("does not open"));
    says_nothing(&window);
    window.type_text("battery staple");
    window.press("Unlock");
    window.tell(Event::Settings(SettingsEvent::PassphraseChecked(Ok(true))));
    assert!(window.has("acme-prod"));
}

#[test]
fn the_text_size_is_followed() {
    let mut window = open(model());
    window.ctrl(Key::Plus);
    assert_eq!(
        saved(&window),
        [SettingChange::Amount(Amount::TextSize, 110)]
    );
    assert!((window.harness.ctx.zoom_factor() - 1.1).abs() < 0.001);
}

/// What is chosen is looked at as what is typed; a second dialog does not open.
#[test]
fn a_file_is_chosen_in_the_systems_dialog() {
    let mut window = settings();
    let _effects = window.effects();
    window.press("Choose: Extra certificates");
    let effects = window.effects();
    assert!(matches!(
        effects.last(),
        Some(Effect::ChooseSettingFile(FileSetting::Ca))
    ));
    assert!(!window.can_press("Choose: Credentials file"));
    window.tell(Event::Settings(SettingsEvent::FileChosen {
        file: FileSetting::Ca,
        result: Ok(Some("/etc/proxy.pem".into())),
    }));
    let effects = window.effects();
    let Some(Effect::SaveSetting(SettingChange::File(FileSetting::Ca, Some(path)))) =
        effects.last()
    else {
        panic!("{effects:?}");
    };
    assert_eq!(path, std::path::Path::new("/etc/proxy.pem"));
    assert!(window.can_press("Choose: Credentials file"));
}

/// The store that is in use has no control in its row: its words alone say how high that is.
#[test]
fn a_row_without_a_control_takes_the_room_of_its_words() {
    let remark = "Secrets are kept in an encrypted file, for want of a keychain: ".to_owned();
    for remark in [None, Some(remark + &"/home/ana/".repeat(12))] {
        let mut shown = on_page(Page::Settings);
        shown.store = StoreState::Ready(StoreReport {
            name: "Secret Service".to_owned(),
            remark,
        });
        let window = open_tall(shown);
        let words = window
            .harness
            .get_by_label_contains("In use, chosen")
            .rect();
        let next = window.get(
            Role::Label,
            "A file of Poolkey's own that a passphrase encrypts",
        );
        // The next title, and a divider with the room around it.
        let between = next.rect().top() - 20.0 - words.bottom();
        assert!(between >= 20.0, "{between}: {words:?}");
    }
}

#[test]
fn a_move_into_the_encrypted_file_says_so_and_waits_in_sight() {
    let mut window = settings();
    window.press("Move secrets to: Encrypted file");
    let [Effect::MoveSecrets { attempt, .. }] = window.effects()[..] else {
        panic!("no move");
    };
    let tell = |window: &mut Window, event| window.tell(Event::Settings(event));
    let locked = || SettingsEvent::MoveLocked {
        attempt,
        is_new: true,
        problem: Problem::new(ProblemKind::SignInNeeded, "It wants a passphrase"),
    };
    tell(&mut window, locked());
    assert!(window.has("Secrets move into a file that a passphrase encrypts"));
    window.type_text("canary horse");
    window.write(Role::PasswordInput, "The same again", "canary horse");
    window.press("Use it");
    assert!(matches!(window.effects()[..], [Effect::MoveSecrets { .. }]));
    assert!(!window.can_press("Unlocking…"));
    window.type_text("x");
    assert!(window.harness.state().drafts().passphrase.text.is_empty());
    // What is copied is told by the card, no longer hidden below the sheet.
    tell(
        &mut window,
        SettingsEvent::MoveStep {
            attempt,
            done: 0,
            of: 6,
        },
    );
    assert!(!window.has("Unlocking…") && window.has("0 of 6 looked at"));
}
