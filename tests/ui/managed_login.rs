//! The form's part about managed login, and the room that every form and sheet needs.

use eframe::egui::accesskit::Role;
use eframe::egui::{Theme, vec2};
use poolkey::app::effect::CopyText;
use poolkey::app::{Effect, Model, Page, Sheet, Tab};
use poolkey::domain::{CallbackUrl, ManagedLogin, Problem, ProblemKind, Profile, SignInMethod};

use super::fixture::{managed_login, model};
use super::support::{Window, open_sized};

const DOMAIN: &str = "acme.auth.eu-west-1.amazoncognito.com";

/// High enough for the whole form.
fn open(model: Model) -> Window {
    open_sized(Theme::Dark, vec2(1180.0, 1100.0), model)
}

fn form(login: Option<ManagedLogin>) -> Model {
    let mut model = model();
    model.tab = Tab::Configuration;
    if let Some(state) = model.profiles.first_mut() {
        state.profile.managed_login = login;
    }
    model
}

fn choose(window: &mut Window, method: SignInMethod) {
    window.click(Role::ComboBox, "Sign-in with");
    window.click(Role::MenuItemRadio, method.label());
}

fn saved(window: &mut Window) -> Profile {
    window.press("Save");
    let effects = window.effects();
    let [Effect::Save(draft)] = &effects[..] else {
        panic!("{effects:?}");
    };
    draft.profile.clone()
}

#[test]
fn every_method_can_be_chosen_is_explained_and_saved() {
    for method in SignInMethod::ALL {
        if method == SignInMethod::Srp || !method.uses_user_pool() {
            continue;
        }
        let mut window = open(form(Some(managed_login())));
        choose(&mut window, method);
        let sentence = method.explanation().trim_end_matches('.');
        assert!(window.has(sentence), "{method}: {}", window.texts());
        assert_eq!(saved(&mut window).sign_in, method);
    }
}

#[test]
fn without_a_domain_there_is_one_field() {
    let window = open(form(None));
    window.get(Role::TextInput, "Domain");
    for name in ["Callback", "Scopes", "Identity provider", "Sign-out URL"] {
        assert!(!window.has(name), "{name}");
    }
    assert!(!window.can_press("Save"));
}

#[test]
fn the_browser_needs_a_domain() {
    let mut window = open(form(None));
    choose(&mut window, SignInMethod::Browser);
    assert!(window.has("Signing in with the browser needs the domain"));
    assert!(!window.can_press("Save"));
    assert!(window.has("Its domain is still missing, below"));
    window.get(Role::TextInput, "Domain").focus();
    window.harness.run();
    for letter in ["a", "c", "m", "e"] {
        window.type_text(letter);
        assert!(window.get(Role::TextInput, "Domain").is_focused());
    }
    assert!(window.has(DOMAIN), "the whole domain is shown");
    assert!(!window.has("still missing"));
    let profile = saved(&mut window);
    assert_eq!(profile.sign_in, SignInMethod::Browser);
    assert_eq!(profile.managed_login, Some(managed_login()));
}

#[test]
fn everything_typed_is_saved() {
    let mut window = open(form(None));
    window.replace("Domain", "https://login.acme.example/");
    window.replace("Identity provider (optional)", "Google");
    window.replace("Callback ports or URLs", "9000 9001");
    assert!(window.has("http://localhost:9000/callback, http://localhost:9001/callback"));
    window.replace("Scopes", "openid profile");
    window.replace("Sign-out URL (optional)", "https://acme.example/bye");
    let login = saved(&mut window).managed_login.unwrap();
    assert_eq!(login.domain.as_str(), "login.acme.example");
    assert_eq!(login.identity_provider.as_deref(), Some("Google"));
    let ports: Vec<u16> = login.callback_urls.iter().map(CallbackUrl::port).collect();
    assert_eq!(ports, [9000, 9001]);
    assert_eq!(login.scopes, ["openid", "profile"]);
    assert_eq!(
        login.logout_url.as_deref(),
        Some("https://acme.example/bye")
    );
}

#[test]
fn what_is_wrong_is_said_while_it_is_typed() {
    for (name, text, why) in [
        ("Domain", "Acme Inc", "A prefix has lower-case letters"),
        ("Domain", "http://acme.example", "without TLS"),
        ("Callback ports or URLs", "99999", "99999 is no port"),
        ("Scopes", "email", "Without openid there is no ID token"),
        (
            "Sign-out URL (optional)",
            "acme",
            "A sign-out URL looks like",
        ),
    ] {
        let mut window = open(form(Some(managed_login())));
        window.replace(name, text);
        assert!(window.has(why), "{name}: {}", window.texts());
        assert!(!window.can_press("Save"));
        window.press("Discard");
        assert!(!window.has(why), "{name}");
    }
}

/// Another field is edited; this part stays as it is stored.
#[test]
fn saving_something_else_keeps_managed_login() {
    let mut login = managed_login();
    login.identity_provider = Some("Google".to_owned());
    let mut window = open(form(Some(login.clone())));
    assert!(!window.can_press("Save"));
    window.replace("Group (optional)", "Other");
    assert_eq!(saved(&mut window).managed_login, Some(login));
}

#[test]
fn managed_login_can_be_given_up() {
    let mut window = open(form(Some(managed_login())));
    window.replace("Domain", "");
    assert_eq!(saved(&mut window).managed_login, None);
}

#[test]
fn the_addresses_to_register_are_copied() {
    let mut window = open(form(Some(managed_login())));
    window.press("Copy callback URLs");
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
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines, ManagedLogin::DEFAULT_CALLBACK_URLS);
}

fn password_sheet() -> Model {
    let mut model = model();
    let problem = Problem::new(
        ProblemKind::Refused,
        "The new password does not follow the rules of the user pool",
    );
    model.sheet = Some(Sheet::Password {
        profile: "acme-prod".parse().unwrap(),
        running: None,
        problem: Some(problem.hint(
            "It has to have at least 12 characters, a symbol, a digit, an upper-case and a \
             lower-case letter.",
        )),
    });
    // Only the sheet: what is behind it is covered on purpose.
    model.selected = None;
    model.profiles.truncate(1);
    model
}

#[test]
fn nothing_lies_over_anything_else() {
    let with_error = || {
        let mut login = managed_login();
        login.scopes = vec!["email".to_owned()];
        form(Some(login))
    };
    let new = || {
        let mut model = form(None);
        model.page = Page::NewProfile;
        model
    };
    let clock = || {
        let mut model = form(Some(managed_login()));
        model.clock_offset = jiff::SignedDuration::from_secs(400);
        model
    };
    let pages: [(&str, &dyn Fn() -> Model); 6] = [
        ("without", &|| form(None)),
        ("with", &|| form(Some(managed_login()))),
        ("error", &with_error),
        ("new", &new),
        ("clock", &clock),
        ("password", &password_sheet),
    ];
    for (page, model) in pages {
        for theme in [Theme::Dark, Theme::Light] {
            for width in [900.0, 1180.0] {
                let window = open_sized(theme, vec2(width, 2300.0), model());
                let found = window.overlaps();
                assert!(found.is_empty(), "{page} {theme:?} {width}: {found:#?}");
            }
        }
    }
}
