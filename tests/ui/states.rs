//! What each view says where there is nothing, or not yet, or not any more.

use eframe::egui::accesskit::Role;
use poolkey::app::kept::StoreReport;
use poolkey::app::{Action, Effect, Event, Model, StoreState, Tab};
use poolkey::domain::{Problem, ProblemKind};

use super::fixture::{model, now, refusal, running};
use super::support::open;

/// A tab of a profile that nobody has signed in to.
fn signed_out(tab: Tab) -> Model {
    let mut model = model();
    model.selected = "field-emea".parse().ok();
    model.tab = tab;
    model
}

fn problem(sentence: &str) -> Problem {
    Problem::new(ProblemKind::SecretStore, sentence).hint("Start it.")
}

#[test]
fn nothing_is_there_before_a_sign_in() {
    let mut window = open(signed_out(Tab::Tokens));
    assert!(window.has("No tokens in this window"));
    window.press("Sign in to see them");
    let mut window = open(signed_out(Tab::Export));
    assert!(window.has("No credentials to hand on"));
    assert!(window.has("None. You see each change before it is written, and can take it back"));
    assert!(!window.can_press("Take back…"));
    window.click(Role::Tab, "Activity");
    assert!(window.has("Nothing called yet"));
}

#[test]
fn a_sign_in_on_its_way_is_said_on_every_tab() {
    for (tab, said) in [
        (Tab::Overview, "On the way"),
        (Tab::Tokens, "On the way"),
        (Tab::Export, "On the way"),
        (Tab::Activity, "Waiting for the first answer"),
    ] {
        let mut shown = signed_out(tab);
        let state = shown.profiles.get_mut(3).expect("a profile");
        running(state, "asking the user pool");
        assert!(open(shown).has(said), "{tab:?}");
    }
}

/// Not "Not signed in": nobody knows.
#[test]
fn a_keychain_that_was_not_read_is_not_a_profile_that_is_signed_out() {
    for tab in [Tab::Overview, Tab::Tokens, Tab::Export] {
        let mut shown = signed_out(tab);
        shown.store = StoreState::Locked {
            is_new: false,
            problem: problem("It is locked"),
        };
        let mut window = open(shown);
        assert!(window.has("The secret store is locked"), "{tab:?}");
        assert!(!window.has("Not signed in"));
        window.press("Unlock…");
        assert!(window.has("Unlock the encrypted file"));

        let mut shown = signed_out(tab);
        shown.store = StoreState::Broken(problem("The secret store does not answer"));
        let mut window = open(shown);
        assert!(window.has("The secret store cannot be used"), "{tab:?}");
        window.click(Role::Button, "Try again");
        assert!(matches!(window.effects()[..], [Effect::ProbeStore]));
    }
}

/// What is over in a moment is not spoken of; what lasts can be stopped.
#[test]
fn a_slow_keychain_is_waited_for_in_words() {
    let mut shown = signed_out(Tab::Overview);
    let _effects = shown.act(Action::RetryStore);
    let mut window = open(shown);
    assert!(!window.has("It may ask you to unlock it"));
    assert!(!window.has("Not signed in"));
    window.wait(1);
    assert!(window.has("It may ask you to unlock it"));
    window.press("Cancel: secret store");
    assert!(window.has("The secret store cannot be used"));
    // What it keeps is read for a while as well.
    let report = StoreReport {
        name: "Secret Service".to_owned(),
        remark: None,
    };
    window.tell(Event::StoreProbed(Ok(report)));
    assert!(!window.has("Not signed in"));
    window.wait(1);
    assert!(window.has("Looking for what is kept for field-emea"));
}

#[test]
fn a_configuration_that_is_slow_to_read_is_said() {
    let mut shown = Model::new(now(), false);
    let _effects = shown.start();
    let mut window = open(shown);
    assert!(!window.has("Reading the configuration"));
    window.wait(1);
    assert!(window.has("Reading the configuration"));
    assert!(window.has("Another program may hold the file for a moment"));
}

#[test]
fn a_try_that_failed_leads_to_what_helps() {
    let mut shown = signed_out(Tab::Tokens);
    shown.profiles[3].problem = Some(refusal());
    let mut window = open(shown);
    assert!(window.has("The last try failed"));
    window.press("Show what helps");
    assert!(window.can_press("Copy the problem"));
}

#[test]
fn aws_files_that_cannot_be_read_are_said_once_and_read_again() {
    let mut shown = signed_out(Tab::Export);
    let unread = ["field-emea", "acme-prod"].map(|name| {
        let problem = problem("~/.aws/config cannot be read");
        (name.parse().expect("a name"), Err(problem))
    });
    let _effects = shown.hear(Event::ExportsRead {
        home: shown.home,
        exports: unread.into(),
    });
    assert_eq!(shown.notices.len(), 1, "once for all profiles");
    let mut window = open(shown);
    assert!(window.has("~/.aws/config cannot be read. Start it."));
    window.press("Read the AWS files again");
    assert!(matches!(window.effects()[..], [Effect::ReadExports(..)]));
}

#[test]
fn a_filter_that_leaves_nothing_is_taken_away() {
    let mut shown = super::activity::filled();
    shown.tab = Tab::Activity;
    let mut window = open(shown);
    window.write(
        Role::TextInput,
        "Filter by operation, code or request ID",
        "nowhere",
    );
    assert!(window.has("No such call"));
    window.press("Show all calls");
    assert!(!window.has("No such call"));
}

/// The row stands where it will stand when there is a change to take back.
#[test]
fn nothing_moves_when_the_last_change_is_known() {
    let mut window = open(signed_out(Tab::Export));
    let top = |window: &super::support::Window| {
        let label = window.get(Role::Heading, "Copy as");
        label.rect().top()
    };
    let before = top(&window);
    window.tell(Event::LastChangeRead(Some(poolkey::app::LastChange {
        what: "wrote [profile dev] to ~/.aws/config".to_owned(),
        at: now(),
    })));
    assert!(window.can_press("Take back…"));
    assert!((top(&window) - before).abs() < 0.5);
}
