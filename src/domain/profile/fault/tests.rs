//! Each rule broken alone, and profiles that break none.

use super::*;
use crate::domain::profile::{DeveloperSource, OidcClient, PoolClient};

const ROLE: &str = "arn:aws:iam::123456789012:role/readers";
const SAML: &str = "arn:aws:iam::123456789012:saml-provider/Okta";

fn of_pool(name: &str) -> Profile {
    let client = PoolClient {
        user_pool_id: "us-east-1_a".parse().unwrap(),
        client_id: "abc".parse().unwrap(),
        has_client_secret: false,
    };
    Profile::of_user_pool(name.parse().unwrap(), client, pool())
}

fn without_pool(method: SignInMethod) -> Profile {
    Profile::of_identity_pool("a".parse().unwrap(), method, pool())
}

fn pool() -> crate::domain::IdentityPoolId {
    "us-east-1:0a".parse().unwrap()
}

fn basic(policy: Option<&str>) -> Exchange {
    let parts = ExchangeParts {
        basic: true,
        role: Some(ROLE.parse().unwrap()),
        policy: policy.map(str::to_owned),
        ..ExchangeParts::default()
    };
    parts.try_into().unwrap()
}

fn login(provider: &str, token: TokenSource) -> ProviderLogin {
    ProviderLogin {
        provider: provider.parse().unwrap(),
        token,
    }
}

fn typed(provider: &str) -> ProviderLogin {
    login(provider, TokenSource::Typed)
}

fn with(mut profile: Profile, change: impl FnOnce(&mut Profile)) -> Profile {
    change(&mut profile);
    profile
}

#[test]
fn what_goes_together_has_no_fault() {
    let developer = without_pool(SignInMethod::Developer);
    let provider = without_pool(SignInMethod::Provider);
    let good = [
        of_pool("a"),
        with(of_pool("a"), |it| it.exchange = basic(Some("{}"))),
        with(of_pool("a"), |it| it.logins = vec![typed(SAML)]),
        without_pool(SignInMethod::Guest),
        with(without_pool(SignInMethod::Guest), |it| {
            it.exchange = basic(None);
        }),
        with(developer, |it| {
            it.developer = Some(DeveloperSource::Command("x".to_owned()));
        }),
        with(provider, |it| {
            it.logins = (0..10).map(|n| typed(&format!("p{n}"))).collect();
        }),
        with(of_pool("a"), |it| it.endpoints.fips = true),
        with(of_pool("a"), |it| {
            it.shares_sign_in = Some("b".parse().unwrap());
        }),
    ];
    for profile in good {
        assert_eq!(profile.faults(&[profile.clone(), of_pool("b")]), []);
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn each_rule_is_told_by_its_key() {
    let sharing = |owner: &str| {
        with(of_pool("a"), |it| {
            it.shares_sign_in = Some(owner.parse().unwrap());
        })
    };
    let elsewhere = with(of_pool("b"), |it| {
        it.endpoints.url = Some("http://127.0.0.1:1".parse().unwrap());
    });
    let with_secret = with(of_pool("b"), |it| {
        it.user_pool.as_mut().unwrap().has_client_secret = true;
    });
    let chained = with(of_pool("b"), |it| {
        it.shares_sign_in = Some("c".parse().unwrap());
    });
    let guest = || without_pool(SignInMethod::Guest);
    let command = Some(DeveloperSource::Command("x".to_owned()));
    let browser = || {
        TokenSource::Browser(OidcClient::at(
            "https://a.example".parse().unwrap(),
            "id".to_owned(),
        ))
    };
    let cases = [
        (
            with(of_pool("a"), |it| it.user_pool = None),
            vec![],
            "user_pool_id",
            "needs a user pool",
        ),
        (
            with(guest(), |it| it.user_pool = of_pool("a").user_pool),
            vec![],
            "user_pool_id",
            "has no user pool",
        ),
        (
            without_pool(SignInMethod::Developer),
            vec![],
            "developer",
            "needs a command",
        ),
        (
            with(of_pool("a"), |it| it.developer.clone_from(&command)),
            vec![],
            "developer",
            "Only a developer",
        ),
        (
            without_pool(SignInMethod::Provider),
            vec![],
            "login",
            "at least one login",
        ),
        (
            with(guest(), |it| it.logins = vec![typed("p")]),
            vec![],
            "login",
            "A guest has no login",
        ),
        (
            with(without_pool(SignInMethod::Developer), |it| {
                it.developer.clone_from(&command);
                it.logins = vec![typed("p")];
            }),
            vec![],
            "login",
            "backend",
        ),
        (
            with(of_pool("a"), |it| {
                it.logins = (0..10).map(|n| typed(&format!("p{n}"))).collect();
            }),
            vec![],
            "login",
            "10 logins at most",
        ),
        (
            with(of_pool("a"), |it| it.logins = vec![typed("p"), typed("p")]),
            vec![],
            "login",
            "two logins of p",
        ),
        (
            with(of_pool("a"), |it| {
                it.logins = vec![typed("cognito-idp.us-east-1.amazonaws.com/us-east-1_a")];
            }),
            vec![],
            "login",
            "two logins",
        ),
        (
            with(of_pool("a"), |it| {
                it.logins = vec![login("graph.facebook.com", browser())];
            }),
            vec![],
            "login",
            "user access token",
        ),
        (
            with(guest(), |it| {
                it.exchange = Exchange::Enhanced {
                    role: Some(ROLE.parse().unwrap()),
                }
            }),
            vec![],
            "role_arn",
            "A guest",
        ),
        (
            with(of_pool("a"), |it| {
                it.exchange = basic(None);
                it.logins = vec![typed(SAML)];
            }),
            vec![],
            "flow",
            "SAML",
        ),
        (
            with(of_pool("a"), |it| {
                it.exchange = basic(Some(&"x".repeat(2049)));
            }),
            vec![],
            "session_policy",
            "2048",
        ),
        (
            sharing("a"),
            vec![of_pool("a")],
            "share_sign_in",
            "not its own",
        ),
        (sharing("b"), vec![], "share_sign_in", "no profile b"),
        (sharing("b"), vec![elsewhere], "share_sign_in", "elsewhere"),
        (
            sharing("b"),
            vec![with_secret],
            "share_sign_in",
            "client secret",
        ),
        (sharing("b"), vec![chained], "share_sign_in", "sign-in of c"),
        (
            with(guest(), |it| it.shares_sign_in = Some("b".parse().unwrap())),
            vec![of_pool("b")],
            "share_sign_in",
            "Only a sign-in to a user pool",
        ),
        (
            with(of_pool("a"), |it| {
                it.endpoints.url = Some("http://127.0.0.1:1".parse().unwrap());
                it.endpoints.dual_stack = true;
            }),
            vec![],
            "dual_stack",
            "AWS's own",
        ),
    ];
    for (profile, others, key, words) in cases {
        let faults = profile.faults(&others);
        let [fault] = faults.as_slice() else {
            panic!("{key}, {words}: {faults:?}");
        };
        assert_eq!(fault.key, key, "{fault:?}");
        assert!(fault.sentence.contains(words), "{words}: {fault:?}");
    }
}

#[test]
fn the_basic_flow_needs_a_role_and_has_its_own_settings() {
    let parts = ExchangeParts::default;
    let cases = [
        (
            ExchangeParts {
                basic: true,
                ..parts()
            },
            "role_arn",
        ),
        (
            ExchangeParts {
                session_name: Some("ana".parse().unwrap()),
                ..parts()
            },
            "role_session_name",
        ),
        (
            ExchangeParts {
                duration: Some("900".parse().unwrap()),
                ..parts()
            },
            "role_duration_seconds",
        ),
        (
            ExchangeParts {
                policy: Some("{}".to_owned()),
                ..parts()
            },
            "session_policy",
        ),
    ];
    for (parts, key) in cases {
        assert_eq!(Exchange::try_from(parts).unwrap_err().key, key);
    }
    let role: RoleArn = ROLE.parse().unwrap();
    let enhanced = ExchangeParts {
        role: Some(role.clone()),
        ..parts()
    };
    assert_eq!(
        Exchange::try_from(enhanced),
        Ok(Exchange::Enhanced { role: Some(role) })
    );
}
