//! The form's parts about the exchange: flows and roles, guests, other providers, developers,
//! shared sign-ins, hosts.

use eframe::egui::accesskit::Role;
use eframe::egui::{Theme, vec2};
use poolkey::app::{Effect, Model, Tab};
use poolkey::domain::{
    DeveloperSource, DurationSeconds, Exchange, LoginProvider, Profile, RoleArn, SignInMethod,
    TokenSource,
};

use super::fixture::model;
use super::support::{Window, open_sized};

const ROLE: &str = "arn:aws:iam::123456789012:role/readers";

fn open(model: Model) -> Window {
    open_sized(Theme::Dark, vec2(1180.0, 1900.0), model)
}

fn form() -> Window {
    let mut model = model();
    model.tab = Tab::Configuration;
    open(model)
}

fn choose(window: &mut Window, field: &str, option: &str) {
    window.click(Role::ComboBox, field);
    window.click(Role::MenuItemRadio, option);
}

fn saved(window: &mut Window) -> Profile {
    window.press("Save");
    let effects = window.effects();
    let [Effect::Save(draft)] = &effects[..] else {
        panic!("{effects:?}");
    };
    draft.profile.clone()
}

fn provider(key: &str) -> LoginProvider {
    key.parse().expect("a provider")
}

#[test]
fn the_basic_flow_is_filled_in() {
    let mut window = form();
    choose(&mut window, "Flow", "Basic (classic)");
    assert!(window.has("AssumeRoleWithWebIdentity"));
    assert!(!window.can_press("Save"), "a role is missing");
    window.replace("Role ARN", ROLE);
    window.replace("Duration (seconds, optional)", "60");
    assert!(window.has("900 to 43200 seconds"));
    assert!(!window.can_press("Save"));
    window.replace("Duration (seconds, optional)", "7200");
    window.replace("Role session name (optional)", "ana");
    window.replace("Session policy (JSON, optional)", "{}");
    let Exchange::Basic(basic) = saved(&mut window).exchange else {
        panic!("the basic flow");
    };
    assert_eq!(basic.role.as_str(), ROLE);
    assert_eq!(basic.session_name(), "ana");
    assert_eq!(basic.duration.map(DurationSeconds::get), Some(7200));
    assert_eq!(basic.policy.as_deref(), Some("{}"));
}

#[test]
fn a_role_of_the_token_is_chosen_in_the_form() {
    let mut shown = model();
    shown.tab = Tab::Configuration;
    let session = shown.profiles[0].session.as_mut().expect("a session");
    session.roles = vec![ROLE.parse().expect("a role")];
    let mut window = open(shown);
    choose(&mut window, "Role", "readers");
    let saved = saved(&mut window);
    assert_eq!(saved.exchange.role().map(RoleArn::as_str), Some(ROLE));
}

#[test]
fn a_role_of_no_token_is_typed() {
    let mut window = form();
    choose(&mut window, "Role", "Another role…");
    window.replace("Role ARN", "readers");
    assert!(window.has("A role ARN looks like"));
    assert!(!window.can_press("Save"));
    window.replace("Role ARN", ROLE);
    let saved = saved(&mut window);
    assert_eq!(saved.exchange.role().map(RoleArn::as_str), Some(ROLE));
}

#[test]
fn a_guest_needs_an_identity_pool_only() {
    let mut window = form();
    choose(&mut window, "Sign-in with", "Guest");
    for gone in ["User pool ID", "App client ID", "Domain", "More logins"] {
        assert!(!window.has(gone), "{gone}: {}", window.texts());
    }
    let saved = saved(&mut window);
    assert_eq!(saved.sign_in, SignInMethod::Guest);
    assert!(saved.user_pool.is_none() && saved.managed_login.is_none());
}

#[test]
fn each_public_provider_can_be_added() {
    for (key, label, _) in LoginProvider::PUBLIC {
        let mut window = form();
        choose(&mut window, "Sign-in with", "Another provider");
        assert!(!window.can_press("Save"), "a provider is missing");
        window.press("Add a provider");
        choose(&mut window, "Provider", label);
        let logins = saved(&mut window).logins;
        assert_eq!(logins.len(), 1);
        assert_eq!(logins[0].provider, provider(key));
        assert_eq!(logins[0].token, TokenSource::Typed);
    }
}

#[test]
fn oidc_and_saml_providers_are_named() {
    for (kind, field, typed, key) in [
        (
            "Another OpenID Connect provider",
            "Issuer",
            "https://login.acme.example/realms/a",
            "login.acme.example/realms/a",
        ),
        (
            "A SAML provider",
            "Provider ARN",
            "arn:aws:iam::123456789012:saml-provider/Okta",
            "arn:aws:iam::123456789012:saml-provider/Okta",
        ),
    ] {
        let mut window = form();
        choose(&mut window, "Sign-in with", "Another provider");
        window.press("Add a provider");
        choose(&mut window, "Provider", kind);
        assert!(!window.can_press("Save"), "{field} is missing");
        window.replace(field, typed);
        assert_eq!(saved(&mut window).logins[0].provider, provider(key));
    }
}

#[test]
fn saml_and_the_basic_flow_do_not_go_together() {
    let mut window = form();
    choose(&mut window, "Sign-in with", "Another provider");
    window.press("Add a provider");
    choose(&mut window, "Provider", "A SAML provider");
    let arn = "arn:aws:iam::123456789012:saml-provider/Okta";
    window.replace("Provider ARN", arn);
    assert!(window.can_press("Save"));
    choose(&mut window, "Flow", "Basic (classic)");
    window.replace("Role ARN", ROLE);
    assert!(!window.can_press("Save"));
    assert!(window.has("SAML"), "{}", window.texts());
}

#[test]
fn tokens_come_from_files_commands_and_browsers() {
    let mut window = form();
    choose(&mut window, "Sign-in with", "Another provider");
    window.press("Add a provider");
    choose(&mut window, "Provider", "Google");
    choose(&mut window, "Token from", "A file");
    assert!(!window.can_press("Save"));
    window.replace("Token file", "~/google.jwt");
    assert!(window.can_press("Save"));
    choose(&mut window, "Token from", "A command");
    assert!(!window.can_press("Save"));
    window.replace("Token command", "print-token");
    assert!(window.can_press("Save"));
    choose(&mut window, "Token from", "Signing in with the browser");
    assert!(!window.can_press("Save"));
    window.replace("Client ID at the provider", "desktop");
    let logins = saved(&mut window).logins;
    let TokenSource::Browser(client) = &logins[0].token else {
        panic!("{logins:?}");
    };
    assert_eq!(client.issuer.as_str(), "https://accounts.google.com");
    assert_eq!(
        (client.client_id.as_str(), client.callback_urls.len()),
        ("desktop", 3)
    );
}

#[test]
fn a_provider_beside_the_user_pool_is_added_and_removed() {
    let mut window = form();
    assert!(window.has("None beside the user pool"));
    window.press("+ Add provider");
    choose(&mut window, "Provider", "Facebook");
    assert!(window.has("Facebook: see below"));
    assert_eq!(saved(&mut window).logins.len(), 1);
    window.press("Remove provider");
    assert!(window.has("None beside the user pool"));
}

#[test]
fn a_developers_backend_is_a_command_or_an_aws_profile() {
    let mut window = form();
    choose(&mut window, "Sign-in with", "Developer-authenticated");
    assert!(!window.can_press("Save"));
    window.replace("Command", "vouch --for ana");
    let command = DeveloperSource::Command("vouch --for ana".to_owned());
    assert_eq!(saved(&mut window).developer, Some(command));

    let mut window = form();
    choose(&mut window, "Sign-in with", "Developer-authenticated");
    choose(
        &mut window,
        "Identity and token from",
        "An AWS profile of yours",
    );
    for (field, text) in [
        ("AWS profile", "backend"),
        ("Developer provider name", "login.acme.example"),
        ("User identifier", "ana"),
    ] {
        assert!(!window.can_press("Save"), "{field} is missing");
        window.replace(field, text);
    }
    let saved = saved(&mut window);
    assert!(matches!(
        saved.developer,
        Some(DeveloperSource::AwsProfile(_))
    ));
    assert!(saved.user_pool.is_none());
}

#[test]
fn one_sign_in_serves_profiles_of_the_same_app_client() {
    let mut shown = model();
    shown.tab = Tab::Configuration;
    let first = shown.profiles[0].profile.clone();
    let twin = Profile {
        name: "twin".parse().expect("a name"),
        ..first.clone()
    };
    shown.profiles.push(poolkey::app::ProfileState::new(twin));
    shown.selected = "twin".parse().ok();
    let mut window = open(shown);
    let with = format!("With {} (ana@acme.example)", first.name);
    choose(&mut window, "Share a sign-in", &with);
    assert_eq!(saved(&mut window).shares_sign_in, Some(first.name));
}

#[test]
fn hosts_are_switched() {
    let mut window = form();
    window.click(Role::Switch, "FIPS hosts");
    window.click(Role::Switch, "Dual-stack hosts");
    window.click(Role::Switch, "Carry a guest identity over");
    let saved = saved(&mut window);
    assert!(saved.endpoints.fips && saved.endpoints.dual_stack && saved.carries_over_guest);
}
