//! Tokens of other providers: who is asked for them, and what follows.

use super::*;
use crate::domain::{LoginProvider, OidcClient, ProviderLogin, TokenSource};

fn provider(key: &str) -> LoginProvider {
    key.parse().unwrap()
}

fn login(key: &str, token: TokenSource) -> ProviderLogin {
    ProviderLogin {
        provider: provider(key),
        token,
    }
}

fn browser() -> TokenSource {
    TokenSource::Browser(OidcClient {
        issuer: "https://accounts.google.com".parse().unwrap(),
        client_id: "desktop".to_owned(),
        has_client_secret: false,
        scopes: Vec::new(),
        callback_urls: Vec::new(),
    })
}

fn of_providers(logins: Vec<ProviderLogin>) -> Model {
    let mut model = ready(&["dev"]);
    let profile = &mut model.profiles[0].profile;
    profile.user_pool = None;
    profile.sign_in = SignInMethod::Provider;
    profile.logins = logins;
    model
}

fn tokens() -> Action {
    let facebook = provider("graph.facebook.com");
    Action::GiveTokens(vec![(facebook, secret())])
}

fn attempt(effects: &[Effect]) -> Attempt {
    match effects {
        [Effect::ProviderSignIn { attempt, .. }] => *attempt,
        _ => panic!("{effects:?}"),
    }
}

#[test]
fn typed_tokens_are_asked_for_and_exchanged() {
    let mut model = of_providers(vec![login("graph.facebook.com", TokenSource::Typed)]);
    assert!(model.act(Action::SignIn(name("dev"))).is_empty());
    assert_eq!(sheet(&model), ("tokens", false));
    let effects = model.act(tokens());
    let attempt = attempt(&effects);
    assert_eq!(sheet(&model), ("busy", false));
    assert!(model.act(tokens()).is_empty(), "once");
    let _effects = model.hear(succeeded(attempt));
    assert_eq!(sheet(&model), ("closed", false));
    assert!(dev(&model).session.is_some());
}

#[test]
fn a_token_that_is_no_good_is_asked_for_again() {
    let mut model = of_providers(vec![login("graph.facebook.com", TokenSource::Typed)]);
    let _effects = model.act(Action::SignIn(name("dev")));
    let first = attempt(&model.act(tokens()));
    let _effects = model.hear(failed(first, ProblemKind::SignInNeeded));
    assert_eq!(sheet(&model), ("tokens", true));
    let second = attempt(&model.act(tokens()));
    assert_ne!(first, second);
    assert_eq!(sheet(&model), ("busy", false));
}

#[test]
fn a_cancelled_exchange_is_stopped() {
    let mut model = of_providers(vec![login("graph.facebook.com", TokenSource::Typed)]);
    let _effects = model.act(Action::SignIn(name("dev")));
    let attempt = attempt(&model.act(tokens()));
    let effects = model.act(Action::CloseSheet);
    assert!(matches!(effects[..], [Effect::Cancel(stopped)] if stopped == attempt));
}

#[test]
fn a_provider_with_pages_opens_the_browser() {
    let mut model = of_providers(vec![login("accounts.google.com", browser())]);
    let effects = model.act(Action::SignIn(name("dev")));
    let attempt = attempt(&effects);
    assert_eq!(sheet(&model), ("browser", false));
    let opened = Event::BrowserOpened {
        attempt,
        url: "https://accounts.google.com/o".to_owned(),
    };
    assert!(model.hear(opened).is_empty());
    let _effects = model.hear(failed(attempt, ProblemKind::Network));
    assert_eq!(sheet(&model), ("browser", true), "it can be opened again");
}

#[test]
fn tokens_first_and_then_the_browser() {
    let mut model = of_providers(vec![
        login("graph.facebook.com", TokenSource::Typed),
        login("accounts.google.com", browser()),
    ]);
    let _effects = model.act(Action::SignIn(name("dev")));
    let _attempt = attempt(&model.act(tokens()));
    assert_eq!(sheet(&model), ("browser", false));
}

#[test]
fn files_and_commands_ask_nobody() {
    let mut model = of_providers(vec![
        login("graph.facebook.com", TokenSource::File("/t".into())),
        login("accounts.google.com", TokenSource::Command("x".to_owned())),
    ]);
    model.profiles[0].refreshable = true;
    assert_eq!(kinds(&model.act(Action::SignIn(name("dev")))), ["Renew"]);
}

#[test]
fn beside_a_user_pool_the_tokens_come_first() {
    let mut model = ready(&["dev"]);
    model.profiles[0].profile.logins = vec![login("graph.facebook.com", TokenSource::Typed)];
    let _effects = model.act(Action::SignIn(name("dev")));
    assert_eq!(sheet(&model), ("tokens", false));
    assert_eq!(kinds(&model.act(tokens())), ["KeepTokens"]);
    assert_eq!(sheet(&model), ("PASSWORD", false));

    // The user pool's sign-in is kept: only the token is missing.
    let mut model = signed_in(0);
    model.profiles[0].profile.logins = vec![login("graph.facebook.com", TokenSource::Typed)];
    let _effects = model.act(Action::SignIn(name("dev")));
    let _attempt = attempt(&model.act(tokens()));
}

fn beside_pages() -> Model {
    let mut model = ready(&["dev"]);
    model.profiles[0].profile.logins = vec![login("accounts.google.com", browser())];
    model
}

#[test]
fn beside_a_user_pool_the_browser_comes_after_the_password() {
    let mut model = beside_pages();
    let first = checking(&mut model);
    let effects = model.hear(Event::LoginsNeeded { attempt: first });
    assert_eq!(kinds(&effects), ["RememberUsername", "ProviderSignIn"]);
    assert_eq!(sheet(&model), ("browser", false));
    let second = attempt(&effects[1..]);
    assert_ne!(first, second);
    // What is kept is read meanwhile, and changes nothing.
    assert!(model.hear(kept("dev", None, false)).is_empty());
    let opened = Event::BrowserOpened {
        attempt: second,
        url: "https://accounts.google.com/o".to_owned(),
    };
    assert!(model.hear(opened).is_empty());
    let _effects = model.hear(succeeded(second));
    assert_eq!(sheet(&model), ("closed", false));
    assert!(dev(&model).session.is_some());
}

#[test]
fn a_browser_that_fails_beside_a_user_pool_can_be_opened_again() {
    let mut model = beside_pages();
    let first = checking(&mut model);
    let effects = model.hear(Event::LoginsNeeded { attempt: first });
    let second = attempt(&effects[1..]);
    let _effects = model.hear(failed(second, ProblemKind::Network));
    assert_eq!(
        sheet(&model),
        ("browser", true),
        "no password is needed again"
    );
    let third = attempt(&model.act(use_browser()));
    // Meanwhile the user pool ended the sign-in.
    let said = AwsSaid::new("GetTokensFromRefreshToken", "NotAuthorizedException", "");
    let problem = problem(ProblemKind::SignInNeeded).said(said);
    let ended = Event::Failed {
        attempt: third,
        problem,
    };
    let _effects = model.hear(ended);
    assert_eq!(sheet(&model), ("PASSWORD", true));
}

#[test]
fn no_browser_is_opened_for_a_sheet_that_is_gone() {
    let mut model = beside_pages();
    let first = checking(&mut model);
    let _effects = model.act(Action::CloseSheet);
    assert!(
        model
            .hear(Event::LoginsNeeded { attempt: first })
            .is_empty()
    );
}
