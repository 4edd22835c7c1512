//! What is offered of an app's files, and what is said about a profile from elsewhere.

use super::*;
use crate::domain::{
    CallbackUrl, DeveloperSource, Endpoints, LoginProvider, OidcClient, ProviderLogin, TokenSource,
};

const POOL: &str = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";

fn profile(name: &str) -> Profile {
    let client = PoolClient {
        user_pool_id: "eu-west-1_aB3dE5gH7".parse().unwrap(),
        client_id: "1h57kf5cpq17m0eml12example".parse().unwrap(),
        has_client_secret: false,
    };
    Profile::of_user_pool(name.parse().unwrap(), client, POOL.parse().unwrap())
}

fn amplify() -> AmplifyAuth {
    AmplifyAuth {
        user_pool_id: "eu-west-1_aB3dE5gH7".to_owned(),
        client_id: "1h57kf5cpq17m0eml12example".to_owned(),
        identity_pool_id: POOL.to_owned(),
        ..AmplifyAuth::default()
    }
}

fn offered(auth: AmplifyAuth) -> Offered {
    auth.offered(&"app".parse().unwrap(), "a file".to_owned())
}

fn ready(auth: AmplifyAuth) -> Profile {
    offered(auth).profile(None).unwrap()
}

#[test]
fn sign_in_methods() {
    for (flow, passwordless, method) in [
        ("", false, SignInMethod::Srp),
        ("USER_SRP_AUTH", false, SignInMethod::Srp),
        ("USER_SRP_AUTH", true, SignInMethod::Choice),
        ("USER_PASSWORD_AUTH", true, SignInMethod::Password),
        ("USER_AUTH", false, SignInMethod::Choice),
        ("CUSTOM_AUTH", false, SignInMethod::Custom),
        ("CUSTOM_AUTH_WITH_SRP", false, SignInMethod::CustomSrp),
    ] {
        let auth = AmplifyAuth {
            flow: flow.to_owned(),
            passwordless,
            ..amplify()
        };
        let offered = offered(auth);
        assert_eq!(offered.remarks, [""; 0], "{flow}");
        assert_eq!(offered.profile(None).unwrap().sign_in, method, "{flow}");
    }
    let strange = AmplifyAuth {
        flow: "PIGEON\u{202e}POST".to_owned(),
        ..amplify()
    };
    let offered = offered(strange);
    assert!(offered.remarks[0].contains("PIGEON POST is not known"));
    assert_eq!(offered.profile(None).unwrap().sign_in, SignInMethod::Srp);
}

#[test]
fn what_is_missing_is_said() {
    let no_pool = offered(AmplifyAuth {
        identity_pool_id: String::new(),
        ..amplify()
    });
    assert_eq!(no_pool.profile(None), None);
    assert!(no_pool.remarks[0].contains("no identity pool"));
    assert!(!no_pool.is_usual(), "it cannot be added as it is");
    let whole = no_pool.profile(Some(POOL.parse().unwrap()));
    assert_eq!(whole, Some(ready(amplify())));

    let guest = AmplifyAuth {
        identity_pool_id: POOL.to_owned(),
        ..AmplifyAuth::default()
    };
    assert_eq!(ready(guest.clone()).sign_in, SignInMethod::Guest);
    let barred = AmplifyAuth {
        guests: Some(false),
        ..guest
    };
    for (auth, why) in [
        (barred, "without guests"),
        (AmplifyAuth::default(), "neither a user pool"),
        (
            AmplifyAuth {
                client_id: String::new(),
                ..amplify()
            },
            "no app client",
        ),
        (
            AmplifyAuth {
                user_pool_id: "<your-pool>".to_owned(),
                ..amplify()
            },
            "<your-pool>: A user pool ID",
        ),
    ] {
        let offered = offered(auth);
        let Offer::Useless { why: told, .. } = &offered.offer else {
            panic!("{offered:?}");
        };
        assert!(told.contains(why), "{told}");
    }
}

#[test]
fn managed_login_of_an_app() {
    let with = |domain: &str, urls: &[&str], scopes: &[&str]| AmplifyAuth {
        domain: domain.to_owned(),
        callback_urls: urls.iter().map(|url| (*url).to_owned()).collect(),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        ..amplify()
    };
    let cognito = "acme.auth.eu-west-1.amazoncognito.com";
    let login = ready(with(
        cognito,
        &["myapp://,http://localhost:3000/", "https://x.example/"],
        &["email"],
    ));
    let login = login.managed_login.unwrap();
    let urls: Vec<&str> = login
        .callback_urls
        .iter()
        .map(CallbackUrl::as_str)
        .collect();
    assert_eq!(urls, ["http://localhost:3000/"]);
    assert_eq!(login.scopes, ["openid", "email"]);

    let remote = offered(with(cognito, &["myapp://"], &[]));
    assert!(remote.remarks[0].contains("http://localhost:8976/callback"));
    assert_eq!(remote.warnings(), [""; 0]);
    let own = offered(with("login.acme.example", &["http://localhost:1/"], &[]));
    assert!(own.warnings()[0].contains("login.acme.example"));
    let evil = offered(with("amazoncognito.com.evil.example", &[], &[]));
    assert_eq!(evil.warnings().len(), 1);
    assert_eq!(ready(with(" ", &[], &[])).managed_login, None);
}

#[test]
fn where_passwords_go_is_said() {
    let at = |url: &str| {
        let endpoints = Endpoints::at(url.parse().unwrap());
        warnings(&Profile {
            endpoints,
            ..profile("a")
        })
        .join("\n")
    };
    assert_eq!(warnings(&profile("a")), [""; 0]);
    assert!(at("http://evil.example").contains("not encrypted"));
    let https = at("https://evil.example");
    assert!(https.contains("gets your password") && !https.contains("encrypted"));
    let here = at("http://127.0.0.1:5000");
    assert!(here.contains("on this machine") && !here.contains("password"));

    let client = OidcClient::at("https://idp.evil.example".parse().unwrap(), "x".to_owned());
    let mut browser = profile("a");
    browser.logins = vec![login("idp.evil.example", TokenSource::Browser(client))];
    assert!(warnings(&browser)[0].contains("https://idp.evil.example"));
}

fn login(provider: &str, token: TokenSource) -> ProviderLogin {
    let provider: LoginProvider = provider.parse().unwrap();
    ProviderLogin { provider, token }
}

#[test]
fn programs_and_files_of_this_machine_are_not_taken() {
    let of_logins = |token: TokenSource| {
        let mut profile = profile("a");
        profile.logins = vec![login("accounts.google.com", token)];
        local_source(&profile)
    };
    let command = of_logins(TokenSource::Command("rm -rf ~".to_owned())).unwrap();
    assert!(command.contains("runs a command"), "{command}");
    let file = of_logins(TokenSource::File("/etc/shadow".into())).unwrap();
    assert!(file.contains("reads a file"), "{file}");
    assert_eq!(of_logins(TokenSource::Typed), None);
    let mut developer = profile("a");
    developer.developer = Some(DeveloperSource::Command("x".to_owned()));
    assert!(local_source(&developer).is_some());
}

#[test]
fn chosen_profiles_keep_what_belongs_together() {
    let owner = profile("owner");
    let mut other = profile("other");
    other.shares_sign_in = Some(owner.name.clone());
    let named = |name: &str| name.parse::<ProfileName>().unwrap();
    let pair = settled(vec![
        (named("second"), other.clone()),
        (named("first"), owner),
    ]);
    let called: Vec<&str> = pair.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(called, ["first", "second"]);
    assert_eq!(pair[1].shares_sign_in, Some(named("first")));
    // A link must not hang itself on a sign-in that is here already.
    let alone = settled(vec![(named("other"), other)]);
    assert_eq!(alone[0].shares_sign_in, None);
}

#[test]
fn names() {
    let wanted: ProfileName = "app".parse().unwrap();
    assert_eq!(free_name(&wanted, |_| false).as_str(), "app");
    let taken = ["app", "app-2"];
    assert_eq!(
        free_name(&wanted, |name| taken.contains(&name)).as_str(),
        "app-3"
    );
    let long: ProfileName = "a".repeat(64).parse().unwrap();
    assert!(
        free_name(&long, |name| name.len() == 64)
            .as_str()
            .ends_with("-2")
    );
    assert_eq!(
        name_of("Acme Portal (prod)").unwrap().as_str(),
        "Acme-Portal--prod"
    );
    assert_eq!(name_of("…"), None);
    assert_eq!(name_of("ä漢字"), None);
}

fn of_profile(profile: Profile) -> Offered {
    Offered {
        source: "link".to_owned(),
        offer: Offer::Ready(Box::new(profile)),
        remarks: Vec::new(),
    }
}

#[test]
fn what_deserves_a_second_look_is_not_ticked() {
    assert!(of_profile(profile("a")).is_usual());
    let login = |domain: &str| Profile {
        managed_login: Some(ManagedLogin::at(domain.parse().unwrap())),
        ..profile("a")
    };
    assert!(of_profile(login("acme.auth.eu-west-1.amazoncognito.com")).is_usual());
    assert!(!of_profile(login("login.evil.example")).is_usual());
    let client = OidcClient::at("https://idp.evil.example".parse().unwrap(), "x".to_owned());
    let mut browser = profile("a");
    browser.logins = vec![self::login(
        "idp.evil.example",
        TokenSource::Browser(client),
    )];
    assert!(!of_profile(browser).is_usual());
    let role = "arn:aws:iam::123456789012:role/admin".parse().ok();
    let exchange = crate::domain::Exchange::Enhanced { role };
    let with_role = Profile {
        exchange,
        ..profile("a")
    };
    assert!(!of_profile(with_role).is_usual());
}

#[test]
fn no_text_of_an_offer_steers() {
    let evil = "\u{1b}]0;x\u{7}\u{1b}[2J\u{202e}";
    let offered = Offered {
        source: evil.to_owned(),
        offer: Offer::Useless {
            name: evil.to_owned(),
            why: evil.repeat(500),
        },
        remarks: vec![evil.to_owned()],
    };
    let tidied = offered.tidied();
    let Offer::Useless { name, why } = &tidied.offer else {
        panic!("{tidied:?}");
    };
    for text in [&tidied.source, name, why, &tidied.remarks[0]] {
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
        assert!(text.contains("[2J") && text.len() <= 400, "{text:?}");
    }
}
