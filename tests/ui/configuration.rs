//! The form of a profile: checks while typing, saving, discarding, removing.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use poolkey::app::{Effect, Model, Page, Tab};
use poolkey::domain::{Problem, ProblemKind, ProfileField};

use super::fixture::{empty_model, model};
use super::support::{Window, open};

fn editing() -> Window {
    let mut shown = model();
    shown.tab = Tab::Configuration;
    open(shown)
}

fn new_profile(mut model: Model) -> Window {
    model.page = Page::NewProfile;
    open(model)
}

#[test]
fn an_untouched_form_has_no_error_and_saves_nothing() {
    let window = new_profile(empty_model());
    for sentence in ["is empty", "is a region"] {
        assert!(!window.has(sentence), "{}", window.texts());
    }
    assert!(!window.can_press("Save"));
    assert!(!editing().can_press("Save"), "nothing was changed");
}

#[test]
fn what_is_not_saved_waits_while_another_profile_is_shown() {
    let mut window = editing();
    window.replace("App client ID", "7otherclient00000000000000");
    window.write(Role::PasswordInput, "App client secret", "canary-client");
    for name in ["field-emea, signed out", "acme-prod, 42 m"] {
        window.click(Role::ListItem, name);
    }
    assert_eq!(
        window.value(Role::TextInput, "App client ID"),
        "7otherclient00000000000000"
    );
    assert!(window.can_press("Save"));
    let secret = &window.harness.state().drafts().form.client_secret;
    assert!(secret.is_empty());
    window.press("Discard");
    assert!(!window.can_press("Save"));
}

#[test]
fn swapped_pool_ids_are_named() {
    let mut window = new_profile(empty_model());
    window.replace(
        "User pool ID",
        "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e",
    );
    assert!(window.has("This looks like an identity pool ID"));
    window.replace("Identity pool ID", "eu-west-1_aB3dE5gH7");
    assert!(window.has("This looks like a user pool ID"));
}

#[test]
fn a_complete_form_is_saved() {
    let mut window = new_profile(empty_model());
    window.replace("Profile name", "new-one");
    window.replace("User pool ID", "eu-west-1_aB3dE5gH7");
    window.replace("App client ID", "1h57kf5cpq17m0eml12EXAMPLE");
    window.write(Role::PasswordInput, "App client secret", "canary-client");
    assert!(!window.can_press("Save"), "the identity pool is missing");
    window.replace(
        "Identity pool ID",
        "eu-west-2:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e",
    );
    assert!(window.has("rarely meant"), "{}", window.texts());
    assert!(!window.texts().contains("canary"));
    window.press("Save");
    let effects = window.effects();
    let [Effect::Save(draft)] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(draft.original, None);
    assert_eq!(draft.profile.name.as_str(), "new-one");
    assert!(draft.profile.has_client_secret());
    let secret = draft.client_secret.as_ref().unwrap();
    assert_eq!(secret.expose(), "canary-client");
    let left = &window.harness.state().drafts().new_form.client_secret;
    assert!(left.is_empty());
}

#[test]
fn a_taken_name_is_refused() {
    let mut window = editing();
    window.replace("Profile name", "acme-staging");
    assert!(window.has("There is already a profile named acme-staging"));
    assert!(!window.can_press("Save"));
}

#[test]
fn a_change_can_be_saved_or_discarded() {
    let mut window = editing();
    assert!(!window.can_press("Discard"));
    window.replace("Group (optional)", "Other");
    assert!(window.can_press("Save"));
    window.press("Discard");
    assert_eq!(window.value(Role::TextInput, "Group (optional)"), "Acme");
    assert!(!window.can_press("Save"));
    window.replace("Group (optional)", "Other");
    window.press("Save");
    let effects = window.effects();
    let [Effect::Save(draft)] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(draft.original, "acme-prod".parse().ok());
    assert_eq!(draft.profile.group.as_deref(), Some("Other"));
    assert!(draft.profile.has_client_secret(), "the stored one is kept");
    assert!(draft.client_secret.is_none());
}

#[test]
fn a_bad_endpoint_is_refused() {
    let mut window = editing();
    window.replace("Endpoint (optional)", "localhost:5000");
    assert!(window.has("An endpoint is an address"));
    assert!(!window.can_press("Save"));
}

#[test]
fn the_sign_in_method_is_chosen_and_explained() {
    let mut window = editing();
    assert!(window.has("The password stays on this machine"));
    window.click(Role::ComboBox, "Sign-in with");
    window.click(Role::MenuItemRadio, "Password");
    assert!(window.has("sent to the user pool over TLS"));
    assert!(window.can_press("Save"));
}

#[test]
fn a_stored_client_secret_can_be_given_up() {
    let mut window = editing();
    window.press("Use no client secret");
    window.press("Save");
    let effects = window.effects();
    assert!(
        matches!(&effects[..], [Effect::Save(draft)] if !draft.profile.has_client_secret()),
        "{effects:?}"
    );
}

/// Giving up the stored one was said about one save, not about all that follow.
#[test]
fn a_new_client_secret_survives_the_next_save() {
    let mut window = editing();
    window.press("Use no client secret");
    window.press("Save");
    window.write(Role::PasswordInput, "App client secret", "canary-client");
    window.press("Save");
    window.replace("Group (optional)", "Other");
    window.press("Save");
    let effects = window.effects();
    let [.., Effect::Save(second), Effect::Save(third)] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert!(second.client_secret.is_some());
    assert!(third.client_secret.is_none());
    assert!(third.profile.has_client_secret(), "the new one is kept");
}

#[test]
fn removing_hides_it_and_can_be_taken_back() {
    let mut window = editing();
    let count = window.harness.state().model().profiles.len();
    window.press("Remove profile");
    assert_eq!(window.harness.state().model().profiles.len(), count - 1);
    window.press("Undo");
    assert_eq!(window.harness.state().model().profiles.len(), count);
    let removes = |effect: &Effect| matches!(effect, Effect::Remove(_));
    assert!(!window.effects().iter().any(removes));
}

#[test]
fn cancel_leaves_the_empty_form() {
    let mut window = new_profile(model());
    window.press("Cancel");
    assert_eq!(window.harness.state().model().page, Page::Profile);
}

/// The card of a problem that the configuration can mend leads to the field.
#[test]
fn a_problem_leads_to_the_field_that_mends_it() {
    for (field, role, label) in [
        (ProfileField::Client, Role::TextInput, "App client ID"),
        (ProfileField::UserPool, Role::TextInput, "User pool ID"),
        (
            ProfileField::ClientSecret,
            Role::PasswordInput,
            "App client secret",
        ),
        (
            ProfileField::IdentityPool,
            Role::TextInput,
            "Identity pool ID",
        ),
        (ProfileField::SignIn, Role::ComboBox, "Sign-in with"),
        (ProfileField::Flow, Role::ComboBox, "Flow"),
        (ProfileField::Role, Role::ComboBox, "Role"),
        (ProfileField::ManagedLogin, Role::TextInput, "Domain"),
    ] {
        let mut shown = model();
        let problem = Problem::new(ProblemKind::Refused, "No").mended_in(field);
        shown.profiles[0].problem = Some(problem);
        let mut window = open(shown);
        window.press("Open Configuration");
        assert!(window.get(role, label).is_focused(), "{field:?}");
        // Once, and each time it is asked for.
        window.get(Role::TextInput, "Profile name").focus();
        window.harness.run();
        assert!(!window.get(role, label).is_focused());
        window.ctrl(Key::Num1);
        window.press("Open Configuration");
        assert!(window.get(role, label).is_focused(), "{field:?} again");
    }
}

#[test]
fn a_problem_that_is_mended_elsewhere_leads_nowhere() {
    let mut shown = model();
    shown.profiles[0].problem = Some(Problem::new(ProblemKind::Refused, "No"));
    assert!(!open(shown).has("Open Configuration"));
}
