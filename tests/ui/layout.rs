//! Every page at every size: nothing outside the window, nothing over something else.
//!
//! Text at 200 % is a window of half the points: 1180x760 becomes 590x380, 760x520 becomes 380x260.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Rect, Theme, Vec2, vec2};
use egui_kittest::kittest::NodeT;
use poolkey::app::{Action, Event, FilesChange, FilesPreview, FilesSheet};
use poolkey::app::{Model, Page, Sheet, StoreState, Tab};
use poolkey::domain::{AwsSaid, CallOutcome, ExportTarget, Problem, ProblemKind};

use super::activity::call;
use super::fixture::{
    empty_model, model, notice, question, refused, running, session, sign_in_sheet,
};
use super::support::{Window, open_sized};

/// The sizes that the window holds at, in logical points.
pub const SIZES: [Vec2; 6] = [
    vec2(760.0, 520.0),
    vec2(900.0, 600.0),
    vec2(1180.0, 760.0),
    vec2(3840.0, 2160.0),
    vec2(590.0, 380.0),
    vec2(380.0, 260.0),
];

/// High enough for every page as a whole: nothing scrolls behind something else.
const HIGH: f32 = 6000.0;

fn long(text: &str) -> String {
    text.repeat(200 / text.chars().count())
}

/// Everything that a person or a server names is long: without a break, wide, or both.
fn long_names() -> Model {
    let mut model = model();
    let first = model.profiles.first_mut().unwrap();
    first.profile.username = Some(long("Жщ"));
    if let Some(session) = &mut first.session {
        session.groups = vec![long("wide group "), long("W")];
        session.username = long("ana");
        if let Some(caller) = &mut session.caller {
            caller.arn = format!("arn:aws:sts::123456789012:assumed-role/{}/x", long("r"));
        }
    }
    first.exports.credentials_path = format!("/home/{}/.aws/credentials", long("a"));
    first.exports.config_path = format!("/home/{}/.aws/config", long("a"));
    first.profile.name = long("M").parse().unwrap_or(first.profile.name.clone());
    model.selected = Some(first.profile.name.clone());
    model
}

fn on(mut model: Model, tab: Tab) -> Model {
    model.tab = tab;
    let refused = CallOutcome::Refused("NotAuthorizedException".to_owned());
    model.calls = [
        call("acme-prod", "InitiateAuth", 10, CallOutcome::Answered),
        call("acme-prod", "GetCredentialsForIdentity", 8, refused),
    ]
    .into();
    model
}

pub fn page(page: Page) -> Model {
    let mut model = model();
    model.page = page;
    model
}

pub fn changed(change: impl FnOnce(&mut Model)) -> Model {
    let mut model = model();
    change(&mut model);
    model
}

fn refusal() -> Model {
    changed(|model| {
        let state = model.profiles.remove(0);
        let mut state = refused(state);
        if let Some(problem) = &mut state.problem {
            problem.aws = Some(Box::new(AwsSaid::new("GetId", "X", &long("no-break"))));
            problem.hints.push(long("p"));
        }
        model.profiles.insert(0, state);
    })
}

fn broken() -> Model {
    let mut model = empty_model();
    model.config_path = format!("/home/{}/profiles.toml", long("a")).into();
    model.config_problem = Some(Problem::new(ProblemKind::File, long("Line 12 ")));
    model
}

fn pages() -> Vec<(&'static str, Model)> {
    let mut pages = vec![
        ("first run", empty_model()),
        ("broken configuration", broken()),
        ("refusal", refusal()),
        ("import", page(Page::Import)),
        ("discover", page(Page::Discover)),
        ("new profile", page(Page::NewProfile)),
        ("shortcuts", page(Page::Shortcuts)),
        (
            "signed out",
            changed(|model| model.selected = "field-emea".parse().ok()),
        ),
        (
            "expired",
            changed(|model| model.selected = "field-apac".parse().ok()),
        ),
        (
            "renewing",
            changed(|model| running(&mut model.profiles[0], "renewing")),
        ),
    ];
    for tab in Tab::ALL {
        pages.push((tab.label(), on(long_names(), tab)));
    }
    pages
}

/// Name and place of everything that can be read or used and has nothing in it.
pub fn leaves(window: &Window) -> Vec<(String, Role, Rect)> {
    let roles = [
        Role::Alert,
        Role::Button,
        Role::CheckBox,
        Role::ComboBox,
        Role::Heading,
        Role::Label,
        Role::ListItem,
        Role::PasswordInput,
        Role::Status,
        Role::Switch,
        Role::Tab,
        Role::TextInput,
        Role::Timer,
    ];
    let root = window.harness.root();
    root.children_recursive()
        .filter(|node| roles.contains(&node.accesskit_node().role()))
        .map(|node| {
            let name = node.accesskit_node().label();
            let name = name.or_else(|| node.value()).unwrap_or_default();
            let short: String = name.chars().take(40).collect();
            (short, node.accesskit_node().role(), node.rect())
        })
        .filter(|(_, _, rect)| rect.is_positive())
        // A program's lines are scrolled sideways, and so are tabs that have no room.
        .filter(|(name, role, _)| !name.starts_with("//") && *role != Role::Tab)
        .collect()
}

fn outside(window: &Window, size: Vec2) -> Vec<String> {
    let whole = Rect::from_min_size(eframe::egui::Pos2::ZERO, size).expand(0.6);
    leaves(window)
        .into_iter()
        .filter(|(_, _, rect)| rect.left() < whole.left() || rect.right() > whole.right())
        .map(|(name, role, rect)| format!("{role:?} {name} {rect:?}"))
        .collect()
}

fn overlaps(window: &Window) -> Vec<String> {
    let all = leaves(window);
    let mut found = Vec::new();
    for (number, (name, role, rect)) in all.iter().enumerate() {
        for (other, other_role, place) in all.iter().skip(number + 1) {
            // A row of a list, or a group of lines, holds what belongs to it.
            let holds = |role: &Role| matches!(role, Role::ListItem);
            let inside = rect.contains_rect(*place) || place.contains_rect(*rect);
            let roles = [role, other_role];
            let in_row = roles.contains(&&Role::Label) && roles.contains(&&Role::Button);
            if inside && (in_row || holds(role) || holds(other_role)) {
                continue;
            }
            if rect.shrink(0.6).intersects(place.shrink(0.6)) {
                found.push(format!(
                    "{role:?} {name} {rect:?} over {other_role:?} {other} {place:?}"
                ));
            }
        }
    }
    found
}

#[test]
fn no_page_reaches_beyond_the_window_and_nothing_lies_over_another_thing() {
    let mut wrong = Vec::new();
    for (name, model) in pages() {
        let mut window = open_sized(Theme::Dark, vec2(SIZES[0].x, HIGH), model);
        for size in SIZES {
            let high = vec2(size.x, HIGH);
            window.harness.set_size(high);
            window.harness.run();
            for what in outside(&window, high) {
                wrong.push(format!("{}: {name}: outside: {what}", size.x));
            }
            for what in overlaps(&window) {
                wrong.push(format!("{}: {name}: overlap: {what}", size.x));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Sheets, each with the name of the button that goes on.
pub fn sheets() -> Vec<(Model, &'static str)> {
    let shown = model();
    let change = FilesChange::Write {
        profile: Box::new(shown.profiles[0].profile.clone()),
        target: ExportTarget::CredentialsFile,
        role: None,
    };
    let preview = FilesPreview {
        left_out: Vec::new(),
        diff: "+ a line of a file that is long\n".repeat(60),
        warnings: vec![long("warned ")],
        foreign: false,
    };
    let name = || "acme-prod".parse().unwrap();
    let with = |sheet| changed(|model| model.sheet = Some(sheet));
    vec![
        (
            with(Sheet::Files(Box::new(FilesSheet { change, preview }))),
            "Write",
        ),
        (with(sign_in_sheet("acme-prod", question())), "Cancel"),
        (
            with(Sheet::Passphrase {
                is_new: true,
                problem: Some(Problem::new(ProblemKind::SecretStore, long("no "))),
            }),
            "Cancel",
        ),
        (
            with(Sheet::Password {
                profile: name(),
                running: None,
                problem: Some(refused_password()),
            }),
            "Cancel",
        ),
    ]
}

fn refused_password() -> Problem {
    Problem::new(ProblemKind::Refused, "The new password is too short").hint("Use more letters.")
}

#[test]
fn a_sheet_s_buttons_are_in_sight_in_every_window() {
    for size in SIZES {
        for (model, button) in sheets() {
            let window = open_sized(Theme::Dark, size, model);
            let rect = window.get(Role::Button, button).rect();
            let whole = Rect::from_min_size(eframe::egui::Pos2::ZERO, size);
            assert!(whole.contains_rect(rect), "{size:?} {button} {rect:?}");
        }
    }
}

#[test]
fn the_status_line_and_the_notices_keep_clear_of_each_other() {
    for size in SIZES {
        let model = changed(|model| {
            model.store = StoreState::Broken(Problem::new(ProblemKind::SecretStore, long("no ")));
            model.notices = vec![notice(1, &long("told "), true), notice(2, "B", false)];
        });
        let window = open_sized(Theme::Dark, size, model);
        let bell = window.get(Role::Button, "Notifications").rect();
        // In the lowest window the bell stands in the one bar that there is.
        let is_low = size.y < 300.0;
        let line = if is_low { size.y } else { size.y - 35.0 };
        let is_placed = bell.top() >= line || (is_low && bell.bottom() <= 42.0);
        assert!(bell.right() <= size.x && is_placed, "{size:?} {bell:?}");
        for (name, role, rect) in leaves(&window) {
            if role == Role::Alert {
                assert!(
                    rect.bottom() <= line && rect.right() <= size.x,
                    "{size:?} {name} {rect:?}"
                );
            }
        }
        let again = window.get(Role::Button, "Try again: secret store").rect();
        assert!(again.right() <= bell.left(), "{size:?} {again:?} {bell:?}");
    }
}

#[test]
fn in_a_narrow_window_the_list_opens_over_the_page_and_closes_again() {
    let mut window = open_sized(Theme::Dark, vec2(590.0, 380.0), model());
    assert!(!window.has("Search profiles"));
    window.press("Show the profiles");
    assert!(window.has("Search profiles"));
    window.key(Key::Escape);
    assert!(!window.has("Search profiles"));
    window.press("Show the profiles");
    let row = window.harness.root();
    let row = row
        .children_recursive()
        .find(|node| {
            let label = node.accesskit_node().label();
            label.is_some_and(|label| label.starts_with("acme-staging,"))
        })
        .unwrap();
    row.click();
    window.harness.run();
    assert!(!window.has("Search profiles"));
    let selected = window.harness.state().model().selected.clone();
    assert_eq!(selected, "acme-staging".parse().ok());
}

#[test]
fn what_the_header_has_no_room_for_is_in_its_menu() {
    let mut window = open_sized(Theme::Dark, vec2(590.0, 760.0), model());
    assert!(!window.has("Copy as"));
    window.press("More");
    for command in ["Open console", "Sign out", "Copy Access key ID"] {
        window.get(Role::MenuItem, command);
    }
}

#[test]
fn the_bell_counts_what_was_not_read_and_lists_it() {
    let mut window = open_sized(Theme::Dark, vec2(1180.0, 760.0), model());
    let why =
        Problem::new(ProblemKind::Network, "Cognito did not answer").hint("Look at the cable.");
    window.tell(Event::Trouble(why));
    window.tell(Event::Copied {
        what: "Role",
        secret: false,
        result: Ok(()),
    });
    window.press("Notifications, 2 unread");
    window.get(Role::ListItem, "Role copied, 14:22:14 today");
    window.get(Role::ListItem, "Cognito did not answer, 14:22:14 today");
    assert!(window.has("Look at the cable."));
    window.get(Role::Button, "Notifications");
    window.press("Clear the notifications");
    assert!(window.has("Nothing happened yet"));
}

#[test]
fn a_removal_is_taken_back_from_its_notice() {
    let mut removing = model();
    let _effects = removing.act(Action::Remove(vec!["demo".parse().unwrap()]));
    let mut window = open_sized(Theme::Dark, vec2(1180.0, 760.0), removing);
    assert_eq!(window.harness.state().model().profiles.len(), 5);
    window.press("Undo");
    assert_eq!(window.harness.state().model().profiles.len(), 6);
}

/// Where the things are that a person aims at.
fn landmarks(window: &Window) -> Vec<(String, Rect)> {
    let names = [
        "Overview",
        "Configuration",
        "Copy Access key ID",
        "All ways",
        "credential_process",
        "Credentials file",
    ];
    let all = leaves(window).into_iter();
    let mut tabs: Vec<(String, Rect)> = all
        .filter(|(name, _, _)| names.contains(&name.as_str()))
        .map(|(name, _, rect)| (name, rect))
        .collect();
    tabs.sort_by(|(one, at), (other, place)| one.cmp(other).then(at.top().total_cmp(&place.top())));
    tabs
}

#[test]
fn nothing_moves_while_credentials_are_renewed_and_when_they_are_there() {
    let mut window = open_sized(Theme::Dark, vec2(1180.0, 760.0), model());
    let before = landmarks(&window);
    assert!(before.len() >= 5, "{before:?}");
    window.press("Refresh now");
    assert!(window.has("Cancel"), "{}", window.texts());
    assert_eq!(landmarks(&window), before, "while it runs");
    let attempt = window.harness.state().model().profiles[0].running.unwrap();
    window.tell(Event::Succeeded {
        attempt,
        session: Box::new(session(3600)),
        refreshable: true,
        remark: None,
    });
    assert!(window.has("Refresh now"));
    assert_eq!(landmarks(&window), before, "afterwards");
}
