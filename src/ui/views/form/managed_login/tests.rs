//! What is typed about managed login, what comes of it, and what is said.

use super::*;

fn draft(change: impl FnOnce(&mut LoginDraft)) -> LoginDraft {
    let mut draft = LoginDraft {
        domain: "login.acme.example".to_owned(),
        ..LoginDraft::default()
    };
    change(&mut draft);
    draft
}

fn checked(draft: &LoginDraft) -> LoginChecks {
    let region = "eu-west-1".parse().unwrap();
    LoginChecks::of(draft, Some(&region), SignInMethod::Srp)
}

fn saved(draft: &LoginDraft) -> ManagedLogin {
    checked(draft).login.flatten().unwrap()
}

#[test]
fn only_the_browser_needs_a_domain() {
    let empty = LoginDraft::default();
    for method in SignInMethod::ALL {
        let checks = LoginChecks::of(&empty, None, method);
        let is_browser = method == SignInMethod::Browser;
        assert_eq!(checks.is_missing, is_browser, "{method}");
        assert_eq!(checks.login.is_none(), is_browser, "{method}");
        assert_eq!(checks.domain, None);
    }
}

#[test]
fn domains_and_prefixes() {
    let whole = "acme.auth.eu-west-1.amazoncognito.com";
    for (typed, domain, expanded) in [
        ("acme", whole, Some(whole)),
        (" acme ", whole, Some(whole)),
        (whole, whole, None),
        ("https://login.acme.example/", "login.acme.example", None),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000", None),
    ] {
        let typed = draft(|draft| draft.domain = typed.to_owned());
        assert_eq!(saved(&typed).domain.as_str(), domain);
        assert_eq!(checked(&typed).whole_domain.as_deref(), expanded);
    }
    for typed in ["Acme", "-acme", "a b.c", "http://acme.example"] {
        let checks = checked(&draft(|draft| draft.domain = typed.to_owned()));
        assert!(checks.domain.is_some() && checks.login.is_none(), "{typed}");
    }
    let prefix = draft(|draft| draft.domain = "acme".to_owned());
    let checks = LoginChecks::of(&prefix, None, SignInMethod::Browser);
    assert!(checks.domain.unwrap().contains("user pool ID"));
}

#[test]
fn ports_and_addresses() {
    let urls = |typed: &str| {
        let typed = draft(|draft| draft.callbacks = typed.to_owned());
        let urls = saved(&typed).callback_urls;
        urls.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(urls(""), ManagedLogin::DEFAULT_CALLBACK_URLS);
    assert_eq!(
        urls("9000, http://127.0.0.1:9001/back 9002"),
        [
            "http://localhost:9000/callback",
            "http://127.0.0.1:9001/back",
            "http://localhost:9002/callback"
        ]
    );
    for typed in ["0", "99999", "x", "https://acme.example/", "9000 9000"] {
        let checks = checked(&draft(|draft| draft.callbacks = typed.to_owned()));
        assert!(
            checks.callbacks.is_some() && checks.login.is_none(),
            "{typed}"
        );
    }
}

#[test]
fn scopes_are_words_with_openid_among_them() {
    let default = saved(&draft(|_| ()));
    assert_eq!(default.scopes, ManagedLogin::DEFAULT_SCOPES);
    let typed = draft(|draft| draft.scopes = "openid  profile".to_owned());
    assert_eq!(saved(&typed).scopes, ["openid", "profile"]);
    for (typed, why) in [("email", "Without openid"), ("openid \"x\"", "one word")] {
        let checks = checked(&draft(|draft| draft.scopes = typed.to_owned()));
        assert!(checks.scopes.unwrap().contains(why), "{typed}");
        assert!(checks.login.is_none());
    }
}

#[test]
fn sign_out_addresses() {
    for typed in [
        "https://acme.example/bye",
        "http://localhost:9000/bye",
        "acme://bye",
    ] {
        let typed_draft = draft(|draft| draft.logout_url = typed.to_owned());
        assert_eq!(saved(&typed_draft).logout_url.as_deref(), Some(typed));
    }
    for typed in [
        "acme.example",
        "https://",
        "https://a b",
        "https://acme.example/#x",
    ] {
        let checks = checked(&draft(|draft| draft.logout_url = typed.to_owned()));
        assert!(
            checks.logout_url.is_some() && checks.login.is_none(),
            "{typed}"
        );
    }
}

#[test]
fn what_is_stored_comes_back_the_same() {
    let mut login = ManagedLogin::at("login.acme.example".parse().unwrap());
    assert_eq!(LoginDraft::of(Some(&login)), draft(|_| ()));
    assert_eq!(saved(&LoginDraft::of(Some(&login))), login);
    login.identity_provider = Some("Google".to_owned());
    login.callback_urls = ["http://localhost:9000/callback", "http://[::1]:9001/"]
        .map(|url| url.parse().unwrap())
        .to_vec();
    login.scopes = vec!["openid".to_owned(), "profile".to_owned()];
    login.logout_url = Some("https://acme.example/bye".to_owned());
    let shown = LoginDraft::of(Some(&login));
    assert_eq!(shown.callbacks, "9000, http://[::1]:9001/");
    assert_eq!(saved(&shown), login);
}
