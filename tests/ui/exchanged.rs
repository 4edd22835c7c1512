//! What an exchange shows: the Identity card, the role's menu, tokens that are asked for, and the
//! card of a refusal with what would mend it.

use eframe::egui::accesskit::Role;
use poolkey::app::effect::CopyText;
use poolkey::app::{Action, Effect, Model};
use poolkey::domain::{
    AwsSaid, Mend, Problem, ProblemKind, ProviderLogin, RoleChoice, SignInMethod, TokenSource,
};

use super::fixture::model;
use super::support::{Window, open};

const ROLE: &str = "arn:aws:iam::123456789012:role/readers";

fn with_roles() -> Model {
    let mut model = model();
    let session = model.profiles[0].session.as_mut().expect("a session");
    session.roles = vec![ROLE.parse().expect("a role")];
    model
}

fn of_guest() -> Model {
    let mut model = model();
    let state = &mut model.profiles[0];
    state.profile.user_pool = None;
    state.profile.sign_in = SignInMethod::Guest;
    let session = state.session.as_mut().expect("a session");
    session.logins.clear();
    model
}

fn of_providers(keys: &[&str]) -> Model {
    let mut model = model();
    let state = &mut model.profiles[0];
    state.session = None;
    state.refreshable = false;
    state.profile.user_pool = None;
    state.profile.sign_in = SignInMethod::Provider;
    let login = |key: &&str| ProviderLogin {
        provider: key.parse().expect("a provider"),
        token: TokenSource::Typed,
    };
    state.profile.logins = keys.iter().map(login).collect();
    model
}

#[test]
fn the_identity_card_says_how_it_came_about() {
    let window = open(model());
    assert!(window.has("Logins: user pool eu-west-1_aB3dE5gH7"));
    assert!(window.has("Role choice: chosen by the identity pool"));
    let mut basic = model();
    let session = basic.profiles[0].session.as_mut().expect("a session");
    session.role_choice = RoleChoice::BasicFlow;
    assert!(open(basic).has("Role choice: assumed through STS"));
}

#[test]
fn another_role_is_one_click_away() {
    let mut window = open(with_roles());
    window.press("Change role");
    window.click(Role::MenuItemRadio, "readers");
    let effects = window.effects();
    let [Effect::Save(draft)] = &effects[..] else {
        panic!("{effects:?}");
    };
    let role = draft.profile.exchange.role().map(ToString::to_string);
    assert_eq!(role.as_deref(), Some(ROLE));
    assert!(!open(model()).has("Change role"), "the token offers none");
}

#[test]
fn guests_see_no_password_and_read_what_they_may() {
    let window = open(of_guest());
    assert!(window.has("Logins: none (guest)"));
    assert!(window.has("Guests of the enhanced flow reach a fixed list"));
    assert!(!window.has("Change password"));
}

#[test]
fn a_guest_asks_for_credentials_without_a_sheet() {
    let mut guest = of_guest();
    guest.profiles[0].session = None;
    let mut window = open(guest);
    assert!(window.has("Guests need no sign-in"));
    window.press("Get credentials");
    assert!(matches!(window.effects()[..], [Effect::Renew { .. }]));
    assert!(window.harness.state().model().sheet.is_none());
}

#[test]
fn an_identity_is_forgotten_on_demand() {
    let mut window = open(model());
    window.press("Forget identity");
    assert!(matches!(window.effects()[..], [Effect::ForgetIdentity(_)]));
}

fn give(window: &mut Window, tokens: &[(&str, &str)]) {
    for (field, token) in tokens {
        window.get(Role::PasswordInput, field).focus();
        window.harness.run();
        window.type_text(token);
    }
}

#[test]
fn every_providers_token_is_asked_for() {
    let mut window = open(of_providers(&["graph.facebook.com", "accounts.google.com"]));
    window.press("Sign in");
    give(
        &mut window,
        &[("Facebook user access token", "canary-facebook")],
    );
    assert!(!window.can_press("Continue"), "Google's is missing");
    give(&mut window, &[("Google ID token", "canary-google")]);
    let texts = window.texts();
    assert!(!texts.contains("canary"), "{texts}");
    window.press("Continue");
    let effects = window.effects();
    let [Effect::ProviderSignIn { tokens, .. }] = &effects[..] else {
        panic!("{effects:?}");
    };
    let given: Vec<&str> = tokens.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(given, ["graph.facebook.com", "accounts.google.com"]);
    assert!(!format!("{effects:?}").contains("canary"));
}

#[test]
fn a_refused_token_is_told_in_the_sheet() {
    let mut window = open(of_providers(&["graph.facebook.com"]));
    window.press("Sign in");
    give(&mut window, &[("Facebook user access token", "x")]);
    window.press("Continue");
    let effects = window.effects();
    let [Effect::ProviderSignIn { attempt, .. }] = effects[..] else {
        panic!("{effects:?}");
    };
    let problem = Problem::new(ProblemKind::SignInNeeded, "Facebook's token has expired");
    window.tell(poolkey::app::Event::Failed { attempt, problem });
    assert!(window.has("Facebook's token has expired"));
    assert!(!window.can_press("Continue"), "the field is empty again");
}

fn refused() -> Model {
    let mut model = model();
    let said = AwsSaid::new("GetId", "NotAuthorizedException", "Token is not from …");
    let mend = Mend {
        why: "The identity pool does not list the app client.".to_owned(),
        command: Some("aws cognito-identity describe-identity-pool".to_owned()),
        console_url: Some("https://eu-west-1.console.aws.amazon.com/cognito".to_owned()),
    };
    let problem = Problem::new(ProblemKind::Refused, "The identity pool does not accept it")
        .hint("Open the identity pool.")
        .hint("Add the app client.")
        .said(said);
    model.profiles[0].problem = Some(Problem {
        mend: Some(Box::new(mend)),
        ..problem
    });
    model
}

#[test]
fn a_refusal_says_why_and_what_would_mend_it() {
    let mut window = open(refused());
    for part in [
        "The identity pool does not accept it",
        "GetId answered NotAuthorizedException",
        "The identity pool does not list the app client.",
        "1. Open the identity pool.",
        "2. Add the app client.",
    ] {
        assert!(window.has(part), "{part}");
    }
    window.press("Copy AWS CLI command");
    let effects = window.effects();
    assert!(
        matches!(&effects[..], [Effect::Copy { text: CopyText::Plain(text), .. }]
            if text.starts_with("aws cognito-identity")),
        "{effects:?}"
    );
    window.press("Open console page");
    let effects = window.effects();
    assert!(matches!(&effects[..], [Effect::OpenPage(url)] if url.ends_with("/cognito")));
    window.press("Copy the problem");
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
    for part in [
        "does not list",
        "2. Add",
        "describe-identity-pool",
        "https://",
    ] {
        assert!(
            text.contains(part.trim_start_matches("2. ")),
            "{part}: {text}"
        );
    }
    window.press("Try again");
    assert!(matches!(window.effects()[..], [Effect::Renew { .. }]));
}

#[test]
fn nothing_is_offered_that_is_not_known() {
    let mut unknown = model();
    let problem = Problem::new(ProblemKind::Refused, "AWS refused the request");
    unknown.profiles[0].problem = Some(problem);
    let window = open(unknown);
    assert!(!window.has("Copy AWS CLI command") && !window.has("Open console page"));
}

#[test]
fn the_models_wishes_are_effects() {
    let mut model = model();
    let effects = model.act(Action::OpenPage("https://example.com".to_owned()));
    assert!(matches!(&effects[..], [Effect::OpenPage(url)] if url == "https://example.com"));
}
