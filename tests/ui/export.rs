//! The Export tab and the sheet that shows a change of the AWS files before it is written.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Theme, vec2};
use egui_kittest::kittest::NodeT;
use poolkey::app::effect::CopyText;
use poolkey::app::{
    Effect, EndpointAt, Event, FilesChange, FilesPreview, FilesSheet, LastChange, Model, Sheet, Tab,
};
use poolkey::domain::{CredentialForm, ExportTarget, Place};

use super::fixture::{model, now};
use super::support::{Window, open, open_sized};

fn shown() -> Model {
    let mut shown = model();
    shown.tab = Tab::Export;
    shown
}

fn exported() -> Window {
    open(shown())
}

/// The sheet for a change of the first profile.
fn asking(change: fn(&Model) -> FilesChange, foreign: bool) -> Window {
    let mut shown = shown();
    let sheet = FilesSheet {
        change: change(&shown),
        preview: FilesPreview { left_out: Vec::new(),
            diff: "--- ~/.aws/config\n+++ ~/.aws/config\n@@ -1 +1,2 @@\n [profile x]\n+[profile acme-prod]\n"
                .to_owned(),
            warnings: vec!["One hides the other".to_owned()],
            foreign,
        },
    };
    shown.sheet = Some(Sheet::Files(Box::new(sheet)));
    open(shown)
}

fn write(model: &Model) -> FilesChange {
    FilesChange::Write {
        profile: Box::new(model.profiles[0].profile.clone()),
        target: ExportTarget::CredentialProcess,
        role: None,
    }
}

fn remove(model: &Model) -> FilesChange {
    FilesChange::Remove {
        profile: model.profiles[0].profile.name.clone(),
        target: ExportTarget::CredentialsFile,
    }
}

fn undo(_model: &Model) -> FilesChange {
    FilesChange::Undo(last_change())
}

fn last_change() -> LastChange {
    LastChange {
        what: "wrote [acme-prod] to ~/.aws/credentials".to_owned(),
        at: now(),
    }
}

#[test]
fn a_switch_asks_how_the_files_would_change() {
    let mut window = exported();
    window.click(Role::Switch, "credential_process");
    let effects = window.effects();
    let [Effect::PreviewFiles(_, FilesChange::Remove { target, .. })] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(*target, ExportTarget::CredentialProcess);
    assert!(
        window
            .get(Role::Switch, "Credentials file")
            .accesskit_node()
            .is_disabled(),
        "one change at a time"
    );
}

#[test]
fn the_sheet_shows_the_change_and_asks() {
    for (change, foreign, title, deed) in [
        (
            write as fn(&Model) -> FilesChange,
            false,
            "Write [profile acme-prod]?",
            "Write",
        ),
        (write, true, "Take over [profile acme-prod]?", "Take over"),
        (remove, false, "Remove [acme-prod]?", "Remove"),
        (undo, false, "Take the last change back?", "Take back"),
    ] {
        let mut window = asking(change, foreign);
        window.get(Role::Dialog, title);
        assert!(window.has("+[profile acme-prod]"), "{}", window.texts());
        assert!(window.has("Note: One hides the other"));
        assert!(window.get(Role::Button, "Cancel").is_focused(), "{title}");
        window.press(deed);
        let effects = window.effects();
        let [Effect::ChangeFiles { take_over, .. }] = &effects[..] else {
            panic!("{title}: {effects:?}");
        };
        assert_eq!(*take_over, foreign);
        assert!(window.harness.state().model().sheet.is_none());
    }
}

#[test]
fn escape_writes_nothing() {
    let mut window = asking(write, false);
    window.key(Key::Escape);
    assert!(window.effects().is_empty());
    assert!(window.harness.state().model().sheet.is_none());
}

#[test]
fn a_sheet_that_closes_gives_the_keyboard_back() {
    let mut window = exported();
    window.get(Role::Switch, "Credentials file").focus();
    window.harness.run();
    window.key(Key::Space);
    let mut effects = window.effects();
    let Some(Effect::PreviewFiles(_, change)) = effects.pop() else {
        panic!("{effects:?}");
    };
    let result = Ok(FilesPreview {
        left_out: Vec::new(),
        diff: "-[acme-prod]".to_owned(),
        ..FilesPreview::default()
    });
    let home = window.harness.state().model().home;
    window.tell(Event::FilesPreviewed {
        home,
        change,
        result,
    });
    assert!(window.get(Role::Button, "Cancel").is_focused());
    window.key(Key::Escape);
    window.harness.run();
    assert!(window.get(Role::Switch, "Credentials file").is_focused());
}

#[test]
fn a_web_identity_wants_a_role() {
    let mut window = exported();
    let switch = |window: &Window| {
        let switch = window.get(Role::Switch, "Web identity");
        switch.accesskit_node().is_disabled()
    };
    assert!(switch(&window));
    window.write(Role::TextInput, "Role ARN for the web identity", "nonsense");
    assert!(switch(&window));
    let arn = "arn:aws:iam::123456789012:role/acme/developers";
    window.replace("Role ARN for the web identity", arn);
    window.click(Role::Switch, "Web identity");
    let effects = window.effects();
    let [
        Effect::PreviewFiles(
            _,
            FilesChange::Write {
                target: ExportTarget::WebIdentity,
                role: Some(role),
                ..
            },
        ),
    ] = &effects[..]
    else {
        panic!("{effects:?}");
    };
    assert_eq!(role.as_str(), arn);
}

#[test]
fn the_endpoint_says_where_it_listens() {
    let mut window = exported();
    window.click(Role::Switch, "Container endpoint");
    assert!(matches!(window.effects()[..], [Effect::StartEndpoint(_)]));
    assert!(window.has("Starting…"));
    window.tell(Event::EndpointStarted {
        profile: "acme-prod".parse().unwrap(),
        result: Ok(EndpointAt {
            uri: "http://127.0.0.1:40123/credentials".to_owned(),
            token_file: "/state/endpoints/acme-prod.token".to_owned(),
        }),
    });
    assert!(window.has("Address: http://127.0.0.1:40123/credentials"));
    window.press("Copy as environment variables");
    let effects = window.effects();
    let [
        Effect::Copy {
            text: CopyText::Plain(text),
            ..
        },
    ] = &effects[..]
    else {
        panic!("{effects:?}");
    };
    assert!(
        text.contains("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE='/state/endpoints/acme-prod.token'")
    );
    window.click(Role::Switch, "Container endpoint");
    assert!(matches!(window.effects()[..], [Effect::StopEndpoint(_)]));
}

#[test]
fn credentials_are_copied_in_every_form() {
    let mut window = exported();
    for form in CredentialForm::ALL {
        window.press(&format!("Copy as {}", form.label()));
        let effects = window.effects();
        let [Effect::CopyCredentials { form: copied, .. }] = &effects[..] else {
            panic!("{effects:?}");
        };
        assert_eq!(*copied, form);
    }
    window.press("Copy as");
    let first = CredentialForm::ALL[0];
    window.click(Role::MenuItem, first.label());
    assert!(matches!(
        window.effects()[..],
        [Effect::CopyCredentials { .. }]
    ));
}

#[test]
fn terminal_and_console_are_opened() {
    let mut window = exported();
    window.press("Open a terminal");
    assert!(matches!(window.effects()[..], [Effect::OpenTerminal(_)]));
    window.press("Open the AWS console");
    assert!(matches!(window.effects()[..], [Effect::OpenConsole(_)]));
    assert!(!window.can_press("Open console"), "it is on its way");
}

#[test]
fn without_credentials_there_is_nothing_to_hand_on() {
    let mut shown = shown();
    shown.selected = "field-emea".parse().ok();
    let window = open(shown);
    for button in ["Open a terminal", "Open the AWS console", "Copy as JSON"] {
        assert!(!window.can_press(button), "{button}");
    }
    for switch in ["Credentials file", "Container endpoint"] {
        let switch = window.get(Role::Switch, switch);
        assert!(switch.accesskit_node().is_disabled());
    }
    let process = window.get(Role::Switch, "credential_process");
    assert!(!process.accesskit_node().is_disabled(), "it asks later");
}

#[test]
fn a_program_is_shown_in_each_language_and_copied() {
    use poolkey::domain::snippet::Language;
    let mut window = open_sized(Theme::Dark, vec2(1180.0, 2200.0), shown());
    for language in Language::ALL {
        window.click(Role::Tab, language.label());
        let id = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";
        assert!(window.texts().contains(id), "{language:?}");
        window.press("Copy the program");
        let effects = window.effects();
        let [
            Effect::Copy {
                text: CopyText::Plain(text),
                ..
            },
        ] = &effects[..]
        else {
            panic!("{effects:?}");
        };
        assert!(text.contains(id), "{language:?}");
    }
}

#[test]
fn the_last_change_can_be_taken_back() {
    let mut shown = shown();
    shown.last_change = Some(last_change());
    let mut window = open(shown);
    assert!(window.has("Poolkey wrote [acme-prod] to ~/.aws/credentials"));
    window.press("Take back…");
    let effects = window.effects();
    let [Effect::PreviewFiles(_, FilesChange::Undo(last))] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(*last, last_change(), "that one and no other");
    assert!(!window.can_press("Take back…"));
    assert!(!exported().can_press("Take back…"), "there is none");
}

#[test]
fn nothing_lies_over_anything_else() {
    let mut busy = shown();
    busy.profiles[0].exports.web_identity = Place::Foreign;
    busy.profiles[0].exports.warnings = vec!["One hides the other".to_owned()];
    let window = open_sized(Theme::Dark, vec2(1180.0, 2200.0), busy);
    assert_eq!(window.overlaps(), Vec::<String>::new());
}

#[test]
fn what_was_found_in_the_aws_files_fills_the_form() {
    use poolkey::app::{FoundProfile, Page};
    let mut window = open(model());
    window.press("New profile");
    assert!(matches!(window.effects()[..], [Effect::FindProfiles]));
    let profile = model().profiles[4].profile.clone();
    let found = |section: &str, profile| FoundProfile {
        section: section.to_owned(),
        file: "~/.aws/config".to_owned(),
        why: "Its credential_process names an identity pool".to_owned(),
        profile,
    };
    window.tell(Event::ProfilesFound(vec![
        found("field", Some(Box::new(profile.clone()))),
        found("other", None),
    ]));
    assert!(window.has("[other] in ~/.aws/config"));
    window.press("Use field");
    assert_eq!(window.harness.state().model().page, Page::NewProfile);
    let pool = window.value(Role::TextInput, "Identity pool ID");
    assert_eq!(pool, profile.identity_pool_id.as_str());
    let draft = &window.harness.state().drafts().new_form;
    assert!(
        draft.original.is_none(),
        "a new profile, not a change of one"
    );
}

#[test]
fn in_wsl_the_files_of_windows_can_be_chosen() {
    use poolkey::domain::AwsHomeId;
    let mut window = exported();
    assert!(!window.has("Folder"));
    let homes = [
        (AwsHomeId::Own, "~/.aws"),
        (AwsHomeId::Windows, "C:\\Users\\ana\\.aws"),
    ];
    let homes = homes.map(|(id, shown)| (id, shown.to_owned()));
    window.tell(Event::HomesFound(homes.into()));
    window.click(Role::ComboBox, "Folder");
    window.click(Role::MenuItemRadio, "C:\\Users\\ana\\.aws");
    assert!(matches!(
        window.effects()[..],
        [Effect::ReadExports(AwsHomeId::Windows, _)]
    ));
    window.click(Role::Switch, "credential_process");
    assert!(matches!(
        window.effects()[..],
        [Effect::PreviewFiles(AwsHomeId::Windows, _)]
    ));
}
