//! Every language for every kind of profile. Whether the programs run is proved with the SDKs'
//! own runtimes, for JavaScript, Python and Rust (see `tests/real`). Nothing here compiles Swift,
//! Kotlin or C#: for them only the places are checked.

use super::*;
use crate::domain::{BasicFlow, EndpointUrl, PoolClient, ProviderLogin, TokenSource};

fn profile(method: SignInMethod) -> Profile {
    let name = "acme-prod".parse().unwrap();
    let pool = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";
    let mut profile = Profile::of_identity_pool(name, method, pool.parse().unwrap());
    if method.uses_user_pool() {
        profile.user_pool = Some(PoolClient {
            user_pool_id: "eu-central-1_aB3dE5gH7".parse().unwrap(),
            client_id: "1h57kf5cpq17m0eml12example".parse().unwrap(),
            has_client_secret: false,
        });
    }
    if method == SignInMethod::Provider {
        for key in ["accounts.google.com", "login.acme.example/a"] {
            profile.logins.push(ProviderLogin {
                provider: key.parse().unwrap(),
                token: TokenSource::Typed,
            });
        }
    }
    profile
}

fn basic() -> Exchange {
    Exchange::Basic(BasicFlow {
        role: "arn:aws:iam::123456789012:role/team/readers"
            .parse()
            .unwrap(),
        session_name: None,
        duration: None,
        policy: None,
    })
}

#[test]
fn every_place_is_filled_and_every_part_closed() {
    for language in Language::ALL {
        for method in SignInMethod::ALL {
            for exchange in [Exchange::Enhanced { role: None }, basic()] {
                for has_client_secret in [false, true] {
                    let mut profile = profile(method);
                    profile.exchange = exchange.clone();
                    if let Some(pool) = &mut profile.user_pool {
                        pool.has_client_secret = has_client_secret;
                    }
                    let text = snippet(language, &profile);
                    assert!(!text.contains("{{"), "{language} {method}: {text}");
                    assert!(text.contains("acme-prod") && text.contains("\"eu-west-1\""));
                    let opened = text.matches('(').count();
                    assert_eq!(opened, text.matches(')').count(), "{language} {method}");
                    let opened = text.matches('{').count();
                    assert_eq!(opened, text.matches('}').count(), "{language} {method}");
                }
            }
        }
    }
}

#[test]
fn a_user_pool_s_token_is_sent_under_its_key() {
    let key = "cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aB3dE5gH7";
    for language in Language::ALL {
        let text = snippet(language, &profile(SignInMethod::Srp));
        for expected in [
            key,
            "1h57kf5cpq17m0eml12example",
            "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e",
            "\"eu-central-1\"",
            "COGNITO_PASSWORD",
        ] {
            assert!(text.contains(expected), "{language} lacks {expected}");
        }
        assert!(!text.contains("COGNITO_CLIENT_SECRET"), "{language}");
        let text = snippet(language, &profile(SignInMethod::Browser));
        assert!(
            text.contains(key) && !text.contains("COGNITO_PASSWORD"),
            "{language}"
        );
    }
}

#[test]
fn every_program_signs_in_as_the_profile_does() {
    let sharp = |method| snippet(Language::DotNet, &profile(method));
    let (srp, password) = (sharp(SignInMethod::Srp), sharp(SignInMethod::Password));
    assert!(srp.contains("StartWithSrpAuthAsync") && !srp.contains("USER_PASSWORD_AUTH"));
    assert!(password.contains("USER_PASSWORD_AUTH") && !password.contains("Srp"));
    for language in Language::ALL {
        for method in [SignInMethod::Custom, SignInMethod::CustomSrp] {
            let text = snippet(language, &profile(method));
            assert!(text.contains("COGNITO_ID_TOKEN") && text.contains("CUSTOM_AUTH"));
            assert!(!text.contains("COGNITO_PASSWORD"), "{language} {method}");
            assert!(!text.contains("PASSWORD_AUTH") && !text.contains("managed login"));
        }
    }
}

#[test]
fn guests_and_other_providers_need_no_user_pool() {
    for language in Language::ALL {
        let guest = snippet(language, &profile(SignInMethod::Guest));
        assert!(
            !guest.contains("cognito-idp") && !guest.contains("_TOKEN"),
            "{language}"
        );
        let provider = snippet(language, &profile(SignInMethod::Provider));
        assert!(!provider.contains("cognito-idp"), "{language}");
        for expected in [
            "\"accounts.google.com\"",
            "GOOGLE_TOKEN",
            "\"login.acme.example/a\"",
            "LOGIN_ACME_EXAMPLE_A_TOKEN",
        ] {
            assert_eq!(
                provider.matches(expected).count(),
                1,
                "{language} {expected}"
            );
        }
        let developer = snippet(language, &profile(SignInMethod::Developer));
        assert!(
            developer.contains("\"cognito-identity.amazonaws.com\""),
            "{language}"
        );
        assert!(developer.contains("COGNITO_IDENTITY_ID"), "{language}");
    }
}

/// Somebody else may have written the profile: an ARN must not end the text it stands in.
#[test]
fn an_arn_cannot_become_code() {
    let nasty = r#"arn:aws:iam::123456789012:role/a\");evil("${x}"#;
    for language in Language::ALL {
        let mut profile = profile(SignInMethod::Guest);
        profile.exchange = Exchange::Enhanced {
            role: Some(nasty.parse().unwrap()),
        };
        let text = snippet(language, &profile);
        assert!(
            text.contains(r#"role/a\\\");evil(\""#),
            "{language}: {text}"
        );
        let kotlin = text.contains(r"\${x}");
        assert_eq!(kotlin, language == Language::Kotlin, "{language}");
    }
}

#[test]
fn other_hosts_are_named() {
    for language in Language::ALL {
        let mut profile = profile(SignInMethod::Guest);
        assert!(!snippet(language, &profile).contains("Run with"));
        let url: EndpointUrl = "http://127.0.0.1:5000".parse().unwrap();
        profile.endpoints = crate::domain::Endpoints::at(url);
        profile.endpoints.fips = true;
        let expected = "Run with AWS_ENDPOINT_URL=http://127.0.0.1:5000 AWS_USE_FIPS_ENDPOINT=true";
        assert!(snippet(language, &profile).contains(expected), "{language}");
    }
}
