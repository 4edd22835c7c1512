//! What the fields of other providers become.

use super::*;

fn login(draft: &ProviderDraft) -> Option<ProviderLogin> {
    ProviderChecks::of(draft, &[]).login
}

fn key(draft: &ProviderDraft) -> Option<String> {
    login(draft).map(|login| login.provider.to_string())
}

#[test]
fn the_public_providers_have_their_keys() {
    let keys = [
        "accounts.google.com",
        "graph.facebook.com",
        "www.amazon.com",
        "appleid.apple.com",
    ];
    for ((kind, _), expected) in Kind::ALL.iter().zip(keys) {
        let draft = ProviderDraft {
            kind: *kind,
            ..ProviderDraft::default()
        };
        assert_eq!(key(&draft).as_deref(), Some(expected));
    }
}

#[test]
fn an_issuer_becomes_a_key() {
    for (typed, expected) in [
        (
            "https://login.acme.example/realms/a/",
            Some("login.acme.example/realms/a"),
        ),
        ("login.acme.example", Some("login.acme.example")),
        ("a b", None),
        ("", None),
    ] {
        let draft = ProviderDraft {
            key: typed.to_owned(),
            ..ProviderDraft::default()
        };
        assert_eq!(key(&draft).as_deref(), expected, "{typed}");
    }
    let saml = |typed: &str| ProviderDraft {
        kind: Kind::Saml,
        key: typed.to_owned(),
        ..ProviderDraft::default()
    };
    assert!(key(&saml("arn:aws:iam::123456789012:saml-provider/Okta")).is_some());
    let checks = ProviderChecks::of(&saml("Okta"), &[]);
    assert!(checks.key.is_some() && checks.login.is_none());
}

#[test]
fn each_source_has_its_fields() {
    let mut draft = ProviderDraft {
        kind: Kind::Public(0),
        ..ProviderDraft::default()
    };
    for (source, fill) in [
        (Source::File, "~/tokens/google.jwt"),
        (Source::Command, "gcloud auth print-identity-token"),
        (Source::Browser, "desktop.apps.example"),
    ] {
        draft.source = source;
        assert_eq!(login(&draft), None, "{fill}");
        draft.path = fill.to_owned();
        draft.command = fill.to_owned();
        draft.client_id = fill.to_owned();
        let made = login(&draft).unwrap();
        assert_eq!(
            made.token.name(),
            ["file", "command", "browser"][match source {
                Source::File => 0,
                Source::Command => 1,
                Source::Typed | Source::Browser => 2,
            }]
        );
        let again = ProviderDraft::of(&made);
        assert_eq!(login(&again), Some(made));
        (draft.path, draft.command, draft.client_id) = Default::default();
    }
}

#[test]
fn facebook_has_no_browser_and_nobody_comes_twice() {
    let facebook = ProviderDraft {
        kind: Kind::Public(1),
        source: Source::Browser,
        client_id: "x".to_owned(),
        ..ProviderDraft::default()
    };
    assert_eq!(login(&facebook), None);
    let google = ProviderDraft {
        kind: Kind::Public(0),
        ..ProviderDraft::default()
    };
    let first = ProviderChecks::of(&google, &[]);
    let second = ProviderChecks::of(&google, &[first]);
    assert!(second.key.is_some() && second.login.is_none());
}
