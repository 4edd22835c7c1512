//! What is shared is read back, also after chat programs and mail had it.

use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;

use super::{POOL, USER_POOL, offers, refused};
use crate::adapters::imports::{ImportFiles, link, poolkey};
use crate::domain::{
    BasicFlow, Endpoints, Exchange, ManagedLogin, Offer, Offered, PoolClient, Profile,
    ProviderLogin, SignInMethod, TokenSource, shareable,
};
use crate::ops::ports::Imports as _;

fn written(profiles: &[Profile]) -> (String, String) {
    ImportFiles::new("/home/ana".into()).written(profiles)
}

fn profile(name: &str) -> Profile {
    let client = PoolClient {
        user_pool_id: USER_POOL.parse().unwrap(),
        client_id: "1h57kf5cpq17m0eml12example".parse().unwrap(),
        has_client_secret: false,
    };
    Profile::of_user_pool(name.parse().unwrap(), client, POOL.parse().unwrap())
}

fn read(text: &str) -> Vec<Profile> {
    let profile = |offered: Offered| {
        offered
            .profile(None)
            .unwrap_or_else(|| panic!("{offered:?}"))
    };
    offers(text).into_iter().map(profile).collect()
}

prop_compose! {
    fn any_profile()(
        name in "[A-Za-z0-9_.@+-]{1,30}",
        group in prop::option::of("[a-zA-Zäß\"' ]{0,10}[a-z]"),
        username in prop::option::of("canary[a-z@.\\\\]{1,10}"),
        method in prop::sample::select(SignInMethod::ALL.to_vec()),
        domain in prop::option::of("[a-z]{1,9}\\.example"),
        url in prop::option::of("https?://[a-z]{1,9}(:[1-9][0-9]{0,3})?"),
        role in prop::option::of("arn:aws:iam::[0-9]{12}:role/[a-zA-Z]{1,9}"),
        (basic, fresh, favorite, secret) in any::<(bool, bool, bool, bool)>(),
        typed in any::<bool>(),
    ) -> Profile {
        let mut profile = profile(&name);
        profile.favorite = favorite;
        profile.group = group.map(|group| group.trim().to_owned()).filter(|group| !group.is_empty());
        profile.username = username;
        profile.keep_fresh = fresh;
        profile.managed_login = domain.map(|domain| ManagedLogin::at(domain.parse().unwrap()));
        profile.endpoints = Endpoints::from(url.map(|url| url.parse().unwrap()));
        profile.sign_in = method;
        if !method.uses_user_pool() {
            profile.user_pool = None;
        }
        if let Some(client) = &mut profile.user_pool {
            client.has_client_secret = secret;
        }
        if method == SignInMethod::Provider {
            let command = TokenSource::Command("get-token --password canary".to_owned());
            profile.logins = vec![ProviderLogin {
                provider: "accounts.google.com".parse().unwrap(),
                token: if typed { TokenSource::Typed } else { command },
            }];
        }
        if let Some(role) = role.and_then(|role| role.parse().ok()) {
            profile.exchange = if basic {
                Exchange::Basic(BasicFlow {
                    role,
                    session_name: "canary-name".parse().ok(),
                    duration: None,
                    policy: None,
                })
            } else if method == SignInMethod::Guest {
                Exchange::Enhanced { role: None }
            } else {
                Exchange::Enhanced { role: Some(role) }
            };
        }
        profile
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn what_is_shared_comes_back(profile in any_profile(), usernames in any::<bool>()) {
        let (shared, _) = shareable(std::slice::from_ref(&profile), usernames);
        prop_assume!(shared.iter().all(|profile| profile.faults(&shared).is_empty()));
        prop_assume!(!shared.is_empty());
        let (text, link) = written(&shared);
        prop_assert_eq!(&read(&text), &shared);
        prop_assert_eq!(&read(&link), &shared);
        prop_assert!(!link.contains(char::is_whitespace));
        let inside = link.rsplit('#').next().unwrap();
        let inside = BASE64URL_NOPAD.decode(inside.as_bytes()).unwrap();
        let inside = String::from_utf8_lossy(inside.get(4..).unwrap()).into_owned();
        for leaves in [&text, &inside] {
            prop_assert!(usernames || !leaves.contains("canary"), "{}", leaves);
            prop_assert!(!leaves.contains("--password"), "{}", leaves);
        }
    }
}

#[test]
fn links_survive_chat_programs() {
    let shared = [profile("acme-prod"), profile("acme-dev")];
    let (_, link) = written(&shared);
    let half = link.len() / 2;
    let (first, second) = link.split_at(half);
    for sent in [
        format!("Here it is: {link}\nBest, Jo"),
        format!("<{link}>"),
        format!("[{link}]({link})"),
        format!("{first}\n{second}\n\nBest regards, Jo"),
        format!("> {first}\r\n> {second}\r\n"),
        format!("{first}=\n{second} and some words behind it"),
        link.replace("poolkey://import#", "POOLKEY://import/#"),
        link.replace('#', "%23"),
    ] {
        assert_eq!(read(&sent), shared, "{sent}");
    }
    for cut in [half, link.len() - 1, "poolkey://import#".len()] {
        let told = refused(link.get(..cut).unwrap());
        assert!(told.contains("not whole"), "{told}");
    }
    let changed = link.replacen('#', "#A", 1);
    assert!(refused(changed).contains("not whole"));
}

#[test]
fn texts_survive_chat_programs() {
    let shared = [profile("acme-prod")];
    let (text, _) = written(&shared);
    assert!(text.starts_with("# Poolkey profiles"), "{text}");
    let quoted: String = text.lines().flat_map(|line| ["> ", line, "\n"]).collect();
    let curly = text.replacen('"', "“", 1).replace('"', "”");
    let bare: String = text
        .lines()
        .filter(|line| line.contains(" = "))
        .collect::<Vec<_>>()
        .join("\n");
    for sent in [
        format!("```toml\n{text}```\n"),
        quoted,
        curly,
        text.replace(" = ", "\u{a0}=\u{a0}"),
        text.replace('\n', "\r\n"),
        bare,
    ] {
        assert_eq!(read(&sent), shared, "{sent}");
    }
}

fn why(text: &str) -> String {
    match offers(text).remove(0).offer {
        Offer::Useless { why, .. } => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_link_brings_no_program_and_hangs_on_no_sign_in() {
    let head = format!("[[profile]]\nname = \"a\"\nidentity_pool_id = \"{POOL}\"\n");
    let developer =
        format!("{head}sign_in = \"developer\"\n[profile.developer]\ncommand = \"evil\"\n");
    let login = |rest: &str| {
        format!(
            "{head}sign_in = \"provider\"\n[[profile.login]]\nprovider = \"x.example\"\n{rest}\n"
        )
    };
    for (text, told) in [
        (developer, "runs a command"),
        (
            login("token = \"command\"\ncommand = \"evil\""),
            "runs a command",
        ),
        (
            login("token = \"file\"\npath = \"/etc/shadow\""),
            "reads a file",
        ),
    ] {
        for text in [link::of(&text), poolkey::with_heading(&text), text] {
            let why = why(&text);
            assert!(why.contains(told) && !why.contains("evil"), "{why}");
        }
    }
    let shared = format!("{head}sign_in = \"guest\"\nshare_sign_in = \"mine\"\n");
    assert!(
        why(&shared).contains("line"),
        "there is no such profile in it"
    );
}

#[test]
fn one_that_is_wrong_keeps_no_other_out() {
    let (text, _) = written(&[profile("good")]);
    let text = format!("{text}\n[[profile]]\nname = \"bad\"\nclient_id = 7\n[[profile]]\n");
    let offered = offers(&text);
    assert_eq!(offered.len(), 3);
    assert!(offered[0].profile(None).is_some());
    assert_eq!(offered[1].name(), "bad");
    let Offer::Useless { why, .. } = &offered[1].offer else {
        panic!("{offered:?}");
    };
    assert!(why.contains("line"), "{why}");
    let twice = format!(
        "{}{}",
        written(&[profile("x")]).0,
        written(&[profile("x")]).0
    );
    let names: Vec<String> = offers(&twice)
        .iter()
        .map(|one| one.name().to_owned())
        .collect();
    assert_eq!(names, ["x", "x-2"]);
}

#[test]
fn nothing_steers_the_window() {
    let (text, _) = written(&[profile("a")]);
    let steering = format!(
        "{text}group = \"a\\u202Eb\\u001b[2J\"\nusername = \"{}\"\n",
        "x".repeat(9999)
    );
    let profile = offers(&steering).remove(0).tidied().profile(None).unwrap();
    assert_eq!(profile.group.as_deref(), Some("a b [2J"));
    assert_eq!(profile.username.map(|name| name.len()), Some(100));
}
