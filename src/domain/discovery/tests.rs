//! The matching, as tables.

use super::*;
use crate::domain::{AwsSaid, Endpoints, Problem, ProblemKind, Profile, Secret, SignInMethod};

const POOL: &str = "eu-west-1_Acme00001";
const FIRST: &str = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-000000000001";
const SECOND: &str = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-000000000002";

fn user_pool(domain: Option<&str>) -> UserPoolFound {
    UserPoolFound {
        id: POOL.parse().unwrap(),
        name: "acme-customers".to_owned(),
        domain: domain.map(str::to_owned),
    }
}

fn client(id: &str, name: &str, settings: ClientSettings) -> AppClientFound {
    AppClientFound {
        user_pool_id: POOL.parse().unwrap(),
        id: id.parse().unwrap(),
        name: name.to_owned(),
        settings: Some(settings),
    }
}

fn identity_pool(id: &str, name: &str, clients: &[&str]) -> IdentityPoolFound {
    let provider = format!("cognito-idp.eu-west-1.amazonaws.com/{POOL}");
    let clients = clients.iter();
    IdentityPoolFound {
        id: id.parse().unwrap(),
        name: name.to_owned(),
        clients: clients
            .map(|id| (provider.clone(), (*id).to_owned()))
            .collect(),
        guests: false,
        classic_flow: false,
        developer_provider: None,
        other_providers: Vec::new(),
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn flows(flows: &[&str]) -> ClientSettings {
    ClientSettings {
        auth_flows: texts(flows),
        ..ClientSettings::default()
    }
}

/// A client whose browser may come back to this machine.
fn browser(providers: &[&str]) -> ClientSettings {
    ClientSettings {
        oauth_flows: texts(&["code"]),
        scopes: texts(&["openid", "email", "acme/read"]),
        callback_urls: texts(&["https://acme.example/in", "http://localhost:8976/callback"]),
        logout_urls: texts(&["https://acme.example/out"]),
        identity_providers: texts(providers),
        ..flows(&["ALLOW_REFRESH_TOKEN_AUTH"])
    }
}

fn one(settings: ClientSettings, domain: Option<&str>) -> Offers {
    let inventory = Inventory {
        user_pools: vec![user_pool(domain)],
        clients: vec![client("web1", "Acme Web", settings)],
        identity_pools: vec![identity_pool(FIRST, "acme", &["web1"])],
        missed: Vec::new(),
    };
    offers(inventory, &Endpoints::AWS, &[])
}

#[test]
fn what_a_client_allows_is_the_method() {
    let all = [
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_USER_AUTH",
        "ALLOW_USER_SRP_AUTH",
    ];
    for (allowed, expected) in [
        (&all[..], Some(SignInMethod::Srp)),
        (&all[..3], Some(SignInMethod::Choice)),
        (&all[..2], Some(SignInMethod::Password)),
        (&all[..1], Some(SignInMethod::Custom)),
        (&[], Some(SignInMethod::Srp)),
        (&["USER_PASSWORD_AUTH"], Some(SignInMethod::Srp)),
        (&["CUSTOM_AUTH_FLOW_ONLY"], Some(SignInMethod::Custom)),
        (&["ALLOW_ADMIN_USER_PASSWORD_AUTH"], None),
        (&["ALLOW_REFRESH_TOKEN_AUTH"], None),
    ] {
        let offers = one(flows(allowed), None);
        let method = offers.ready.first().map(|found| found.profile.sign_in);
        assert_eq!(method, expected, "{allowed:?}");
        assert_eq!(offers.incomplete.is_empty(), expected.is_some());
    }
}

#[test]
fn managed_login_needs_a_domain_a_callback_here_and_an_id_token() {
    let domain = Some("acme");
    let cases: [(ClientSettings, Option<&str>, bool); 6] = [
        (browser(&["COGNITO"]), domain, true),
        (browser(&["COGNITO"]), None, false),
        (
            ClientSettings {
                oauth_flows: texts(&["implicit"]),
                ..browser(&["COGNITO"])
            },
            domain,
            false,
        ),
        (
            ClientSettings {
                callback_urls: texts(&["https://acme.example/in"]),
                ..browser(&["COGNITO"])
            },
            domain,
            false,
        ),
        (
            ClientSettings {
                scopes: texts(&["email"]),
                ..browser(&["COGNITO"])
            },
            domain,
            false,
        ),
        (
            ClientSettings {
                oauth_flows: texts(&["client_credentials"]),
                ..browser(&[])
            },
            domain,
            false,
        ),
    ];
    for (settings, domain, works) in cases {
        let said = format!("{settings:?}");
        let offers = one(settings, domain);
        let method = offers.ready.first().map(|found| found.profile.sign_in);
        let expected = works.then_some(SignInMethod::Browser);
        assert_eq!(method, expected, "{said}");
    }
    let offers = one(browser(&["COGNITO"]), domain);
    let login = offers.ready[0].profile.managed_login.clone().unwrap();
    assert_eq!(
        login.domain.as_str(),
        "acme.auth.eu-west-1.amazoncognito.com"
    );
    assert_eq!(login.callback_urls.len(), 1);
    assert_eq!(login.scopes, ["openid", "email"]);
    assert_eq!(login.identity_provider, None);
}

#[test]
fn other_providers_sign_in_with_the_browser() {
    let with_srp = |providers: &[&str]| ClientSettings {
        auth_flows: texts(&["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]),
        ..browser(providers)
    };
    for (providers, method, straight_to) in [
        (&["COGNITO"][..], SignInMethod::Srp, None),
        (&["COGNITO", "Google"], SignInMethod::Browser, None),
        (&["Google"], SignInMethod::Browser, Some("Google")),
    ] {
        let offers = one(with_srp(providers), Some("login.acme.example"));
        let profile = &offers.ready[0].profile;
        assert_eq!(profile.sign_in, method, "{providers:?}");
        let login = profile.managed_login.as_ref().unwrap();
        assert_eq!(login.identity_provider.as_deref(), straight_to);
        assert_eq!(login.domain.as_str(), "login.acme.example");
    }
}

#[test]
fn a_secret_goes_with_its_profile_and_is_said() {
    let settings = ClientSettings {
        secret: Some(Secret::new("canary-9d1".to_owned())),
        ..flows(&["ALLOW_USER_SRP_AUTH"])
    };
    let offers = one(settings, None);
    let found = &offers.ready[0];
    assert!(found.profile.has_client_secret());
    let secret = found.client_secret.as_ref().unwrap();
    assert!(secret.is_same(&Secret::new("canary-9d1".to_owned())));
    assert!(
        found
            .remarks
            .iter()
            .any(|text| text.contains("is read and kept"))
    );
    assert!(
        found
            .remarks
            .iter()
            .any(|text| text.contains("does not allow refresh"))
    );
    assert!(!format!("{offers:?}").contains("canary-9d1"));
}

#[test]
fn the_identity_pool_says_whose_tokens_it_takes() {
    let srp = || flows(&["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]);
    let inventory = Inventory {
        user_pools: vec![user_pool(None)],
        clients: vec![
            client("web1", "web", srp()),
            client("admin1", "admin", srp()),
        ],
        identity_pools: vec![
            identity_pool(FIRST, "Acme Prod", &["web1", "gone1"]),
            IdentityPoolFound {
                guests: true,
                developer_provider: Some("login.acme".to_owned()),
                ..identity_pool(SECOND, "acme dev", &["web1"])
            },
        ],
        missed: Vec::new(),
    };
    let offers = offers(inventory, &Endpoints::AWS, &[]);
    let ready = offers.ready.iter().map(|found| {
        let profile = &found.profile;
        (
            profile.name.to_string(),
            profile.identity_pool_id.to_string(),
            found.who.as_str(),
        )
    });
    let ready: Vec<_> = ready.collect();
    let expected = [
        ("web-acme-prod", FIRST, "web in acme-customers"),
        ("web-acme-dev", SECOND, "web in acme-customers"),
        ("acme-dev-guest", SECOND, "Guests"),
    ];
    let expected = expected.map(|(name, pool, who)| (name.to_owned(), pool.to_owned(), who));
    assert_eq!(ready, expected);
    let apart = offers.incomplete.iter();
    let apart: Vec<_> = apart
        .map(|incomplete| (incomplete.id.as_str(), incomplete.why.as_str()))
        .collect();
    assert_eq!(apart.len(), 3, "{apart:?}");
    assert!(apart[0].0 == "gone1" && apart[0].1.contains("not there any more"));
    assert!(apart[1].1.contains("developer-authenticated"));
    let lonely = "add cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Acme00001 with this client ID";
    assert!(apart[2].0 == "admin1" && apart[2].1.contains(lonely));
}

#[test]
fn what_may_not_be_read_is_said_and_the_rest_offered() {
    let region = "eu-west-1".parse().unwrap();
    let denied = || {
        let said = AwsSaid::new("ListUserPools", "AccessDeniedException", "no");
        Problem::new(ProblemKind::Refused, "AWS refused the request").said(said)
    };
    let mut inventory = Inventory {
        user_pools: vec![user_pool(None)],
        clients: vec![AppClientFound {
            settings: None,
            ..client("web1", "web", ClientSettings::default())
        }],
        identity_pools: vec![identity_pool(FIRST, "acme", &["web1"])],
        missed: Vec::new(),
    };
    inventory.miss("cognito-idp:DescribeUserPoolClient", &region, denied());
    inventory.miss("cognito-idp:DescribeUserPoolClient", &region, denied());
    let found = offers(inventory, &Endpoints::AWS, &[]);
    assert_eq!(found.ready[0].profile.sign_in, SignInMethod::Srp);
    assert!(found.ready[0].remarks[0].contains("is assumed"));
    let words = "cognito-idp:DescribeUserPoolClient is not allowed in eu-west-1 (2 calls)";
    assert_eq!(found.missed[0].in_words(), words);

    let mut inventory = Inventory {
        identity_pools: vec![identity_pool(FIRST, "acme", &["web1"])],
        ..Inventory::default()
    };
    inventory.miss("cognito-idp:ListUserPools", &region, denied());
    let found = offers(inventory, &Endpoints::AWS, &[]);
    assert!(found.ready.is_empty());
    assert!(found.incomplete[0].why.contains("ListUserPools is missing"));

    let mut inventory = Inventory {
        clients: vec![client("web1", "web", ClientSettings::default())],
        ..Inventory::default()
    };
    inventory.miss("cognito-identity:ListIdentityPools", &region, denied());
    let found = offers(inventory, &Endpoints::AWS, &[]);
    assert!(
        found.incomplete[0]
            .why
            .contains("ListIdentityPools is missing")
    );
}

#[test]
fn names_are_new_and_what_is_there_is_known() {
    let srp = || flows(&["ALLOW_USER_SRP_AUTH"]);
    let inventory = || Inventory {
        user_pools: vec![user_pool(None)],
        clients: vec![
            client("web1", "Web (EU)", srp()),
            client("web2", "web-eu", srp()),
            client("web3", "ÄÖ", srp()),
            client("web4", &"x".repeat(80), srp()),
            client("web5", &"x".repeat(80), srp()),
        ],
        identity_pools: vec![identity_pool(
            FIRST,
            "acme",
            &["web1", "web2", "web3", "web4", "web5"],
        )],
        missed: Vec::new(),
    };
    let names = |offers: &Offers| -> Vec<String> {
        let found = offers.ready.iter();
        found.map(|found| found.profile.name.to_string()).collect()
    };
    let first = offers(inventory(), &Endpoints::AWS, &[]);
    let long = "x".repeat(58);
    let longer = format!("{long}-2");
    assert_eq!(
        names(&first),
        ["web-eu", "web-eu-2", "profile", &long, &longer]
    );
    let mut renamed: Profile = first.ready[0].profile.clone();
    renamed.name = "WEB-EU".parse().unwrap();
    let again = offers(inventory(), &Endpoints::AWS, &[renamed.clone()]);
    assert_eq!(again.ready[0].known, Some(renamed.name));
    assert_eq!(names(&again)[..2], ["web-eu-2", "web-eu-3"]);
    assert_eq!(again.fresh().count(), 4);
}

#[test]
fn an_emulator_serves_managed_login_at_its_address() {
    let endpoints = Endpoints::at("http://127.0.0.1:5000".parse().unwrap());
    let inventory = Inventory {
        user_pools: vec![user_pool(Some("acme"))],
        clients: vec![client("web1", "web", browser(&["COGNITO"]))],
        identity_pools: vec![identity_pool(FIRST, "acme", &["web1"])],
        missed: Vec::new(),
    };
    let offers = offers(inventory, &endpoints, &[]);
    let profile = &offers.ready[0].profile;
    let login = profile.managed_login.as_ref().unwrap();
    assert_eq!(login.domain.as_str(), "http://127.0.0.1:5000");
    assert_eq!(profile.endpoints, endpoints);
}

#[test]
fn an_address_that_is_not_aws_s_is_said_and_not_taken_by_itself() {
    let at = |url: &str| Endpoints::at(url.parse().unwrap());
    for (endpoints, said, usual) in [
        (Endpoints::AWS, None, true),
        (at("http://127.0.0.1:5000"), Some("on this machine"), true),
        (at("https://a.example"), Some("whoever runs that"), false),
    ] {
        let inventory = Inventory {
            user_pools: vec![user_pool(None)],
            clients: vec![client("web1", "web", ClientSettings::default())],
            identity_pools: vec![identity_pool(FIRST, "acme", &["web1"])],
            missed: Vec::new(),
        };
        let offers = offers(inventory, &endpoints, &[]);
        let found = &offers.ready[0];
        assert_eq!(found.is_usual(), usual, "{said:?}");
        let told = found.remarks.iter().find(|told| told.contains("not go to"));
        let is_said = told.map(|told| told.contains(said.unwrap()));
        assert_eq!(is_said, said.map(|_| true), "{told:?}");
    }
}

#[test]
fn progress_in_words() {
    let counted = |done, of| Counted { done, of };
    let progress = Progress {
        user_pools: counted(1, 1),
        clients: counted(12, 40),
        identity_pools: counted(0, 0),
    };
    assert_eq!(
        progress.in_words(),
        "1 of 1 user pool, 12 of 40 app clients"
    );
    assert!((progress.share() - 13.0 / 41.0).abs() < 1e-6);
    assert_eq!(Progress::default().in_words(), "Listing the pools");
}

#[test]
fn the_policy_allows_these_calls_and_no_others() {
    let policy = policy();
    for action in ACTIONS {
        assert!(policy.contains(&format!("\"{action}\"")), "{action}");
    }
    assert_eq!(policy.matches("cognito-").count(), ACTIONS.len());
}
