//! The tables as a whole: what is recognized, what is filled, what a shell would see.

mod catalogue;
mod fields;
mod shell;

use super::fill::{Filling, Style};
use super::{MANAGED_LOGIN, Row, TABLES, TOKEN_ENDPOINT, recognized};
use crate::domain::{
    AwsProfileIdentity, AwsSaid, BasicFlow, DeveloperSource, DurationSeconds, Endpoints, Exchange,
    LoginDomain, ManagedLogin, OidcClient, PoolClient, Problem, ProblemKind, Profile,
    ProviderLogin, SignInMethod, TokenSource,
};

const IDENTITY_POOL: &str = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";

fn of_user_pool() -> Profile {
    let pool = PoolClient {
        user_pool_id: "eu-west-1_aB3dE5gH7".parse().unwrap(),
        client_id: "1h57kf5cpq17m0eml12example".parse().unwrap(),
        has_client_secret: false,
    };
    let name = "acme-prod".parse().unwrap();
    let domain: LoginDomain = "login.acme.example".parse().unwrap();
    Profile {
        username: Some("ana@acme.example".to_owned()),
        managed_login: Some(ManagedLogin::at(domain)),
        ..Profile::of_user_pool(name, pool, IDENTITY_POOL.parse().unwrap())
    }
}

fn without_user_pool(sign_in: SignInMethod) -> Profile {
    let name = "acme-other".parse().unwrap();
    Profile::of_identity_pool(name, sign_in, IDENTITY_POOL.parse().unwrap())
}

fn basic(profile: Profile) -> Profile {
    let basic = BasicFlow {
        role: "arn:aws:iam::123456789012:role/readers".parse().unwrap(),
        session_name: None,
        duration: Some(DurationSeconds::of_role(7200).unwrap()),
        policy: None,
    };
    Profile {
        exchange: Exchange::Basic(basic),
        ..profile
    }
}

fn of_provider() -> Profile {
    let client = OidcClient {
        issuer: "https://accounts.google.com".parse().unwrap(),
        client_id: "1.apps.googleusercontent.com".to_owned(),
        has_client_secret: false,
        scopes: Vec::new(),
        callback_urls: Vec::new(),
    };
    let login = ProviderLogin {
        provider: "accounts.google.com".parse().unwrap(),
        token: TokenSource::Browser(client),
    };
    Profile {
        logins: vec![login],
        ..without_user_pool(SignInMethod::Provider)
    }
}

fn of_developer() -> Profile {
    let source = AwsProfileIdentity {
        aws_profile: "backend".to_owned(),
        provider_name: "login.acme.example".to_owned(),
        user_id: "7".to_owned(),
        token_seconds: None,
    };
    Profile {
        developer: Some(DeveloperSource::AwsProfile(source)),
        ..without_user_pool(SignInMethod::Developer)
    }
}

/// One of each kind.
fn profiles() -> Vec<Profile> {
    let url = "http://127.0.0.1:5000".parse().unwrap();
    let role = "arn:aws:iam::123456789012:role/team/readers";
    let role = Some(role.parse().unwrap());
    vec![
        Profile {
            exchange: Exchange::Enhanced { role },
            ..of_user_pool()
        },
        Profile {
            endpoints: Endpoints::at(url),
            username: None,
            ..basic(of_user_pool())
        },
        without_user_pool(SignInMethod::Guest),
        basic(without_user_pool(SignInMethod::Guest)),
        of_provider(),
        basic(of_provider()),
        of_developer(),
    ]
}

fn said(operation: &'static str, code: &str, message: &str) -> AwsSaid {
    AwsSaid::new(operation, code, message)
}

fn rows() -> impl Iterator<Item = &'static Row> {
    TABLES.into_iter().flatten()
}

/// What this row is recognized by, with an identity where the message has one.
fn example(row: &Row) -> AwsSaid {
    let operation = row.operation.unwrap_or("AnyCall");
    let code = if row.code.is_empty() { "any" } else { row.code };
    let message = match row.part.strip_suffix('\'') {
        Some(part) => format!("{part}'{IDENTITY_POOL}' so it is."),
        None => format!("{} so it is.", row.part),
    };
    said(operation, code, &message)
}

#[test]
fn each_row_can_be_found_and_explained() {
    let profiles = profiles();
    for row in rows() {
        let said = example(row);
        let mut explained = profiles.iter().map(|profile| {
            let problem = recognized(said.clone()).about(profile);
            (problem, profile)
        });
        let found = explained.find(|(problem, _)| {
            let mend = problem.mend.as_deref();
            problem.sentence.starts_with(row.title) && mend.is_some_and(|m| !m.why.is_empty())
        });
        let (problem, profile) = found.unwrap_or_else(|| panic!("{}: {}", row.code, row.part));
        assert!(!problem.hints.is_empty(), "{problem:?}");
        assert!(
            !row.title.ends_with('.') && row.why.ends_with('.'),
            "{problem:?}"
        );
        // Once more changes nothing.
        assert_eq!(problem.clone().about(profile), problem);
    }
}

#[test]
fn no_row_names_an_id_that_no_profile_has() {
    let profiles = profiles();
    for row in rows() {
        let said = example(row);
        let fills = |text: &str, style| {
            let mut filled = profiles.iter().filter_map(|profile| {
                Filling {
                    profile,
                    said: &said,
                }
                .fill(text, style)
            });
            let filled = filled.next();
            assert!(filled.is_some(), "{text}");
            assert_eq!(filled.and_then(|text| left_over(&text)), None, "{text}");
        };
        fills(row.why, Style::Text);
        row.steps.iter().for_each(|step| fills(step, Style::Text));
        row.commands
            .iter()
            .for_each(|line| fills(line, Style::Shell));
        row.page.iter().for_each(|page| fills(page, Style::Url));
    }
}

fn left_over(text: &str) -> Option<String> {
    let (_, rest) = text.split_once('<')?;
    rest.split_once('>').map(|(name, _)| name.to_owned())
}

#[test]
fn each_profile_gets_commands_and_pages_that_are_whole() {
    for profile in profiles() {
        for row in rows() {
            let problem = recognized(example(row)).about(&profile);
            // A row for guests says nothing to others.
            let Some(mend) = problem.mend else {
                continue;
            };
            let mut texts = problem.hints.clone();
            texts.extend([problem.sentence, mend.why]);
            for text in texts {
                assert_eq!(left_over(&text), None, "{text}");
            }
            if let Some(command) = mend.command {
                for words in shell::commands(&command) {
                    assert_eq!(words[0], "aws", "{command}");
                    assert!(words.contains(&"--region".to_owned()), "{command}");
                    let elsewhere = words.contains(&"--endpoint-url".to_owned());
                    assert_eq!(elsewhere, profile.endpoints.url.is_some(), "{command}");
                }
                let says_so = problem.hints.iter().any(|hint| hint.contains("jq"));
                assert_eq!(command.contains("jq"), says_so, "{command}");
            }
            if let Some(url) = mend.console_url {
                // AWS's console has no pools of another address.
                assert_eq!(profile.endpoints.url, None, "{url}");
                let host = "https://eu-west-1.console.aws.amazon.com/";
                assert!(url.starts_with(host) && !url.contains(['<', ' ']), "{url}");
            }
        }
    }
}

#[test]
fn no_name_gets_out_of_its_quotes() {
    let hostile = "o'brien $(id) \"`x`\" ; rm -rf ~";
    let profile = Profile {
        username: Some(hostile.to_owned()),
        ..of_user_pool()
    };
    let problem = recognized(said(
        "InitiateAuth",
        super::NOT_AUTHORIZED,
        "User is disabled.",
    ));
    let mend = problem.about(&profile).mend.unwrap();
    let words = shell::commands(&mend.command.unwrap());
    assert_eq!(words.len(), 1);
    assert!(words[0].contains(&hostile.to_owned()), "{words:?}");

    for username in ["-v", "--cli-input-json", "\u{1b}[2J"] {
        let profile = Profile {
            username: Some(username.to_owned()),
            ..of_user_pool()
        };
        let problem = recognized(said(
            "InitiateAuth",
            super::NOT_AUTHORIZED,
            "User is disabled.",
        ));
        let command = problem.about(&profile).mend.unwrap().command.unwrap();
        assert!(command.contains("list-users"), "{command}");
    }
    let message = "Access to Identity 'eu-west-1:0; id' is forbidden.";
    let problem = recognized(said("GetId", super::NOT_AUTHORIZED, message)).about(&profile);
    let command = problem.mend.unwrap().command.unwrap();
    assert!(
        command.contains("--identity-id 'eu-west-1:0; id' "),
        "{command}"
    );
}

#[test]
fn the_card_of_the_picture() {
    let message = "Token is not from a supported provider of this identity pool.";
    let problem = recognized(said("GetId", super::NOT_AUTHORIZED, message)).about(&of_user_pool());
    assert_eq!(
        problem.sentence,
        "The identity pool does not accept tokens from this user pool"
    );
    assert_eq!(
        problem.hints,
        [
            "In the Cognito console open the identity pool eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e",
            "User access → Add identity provider → Amazon Cognito user pool",
            "User pool eu-west-1_aB3dE5gH7, app client 1h57kf5cpq17m0eml12example",
        ]
    );
    let mend = problem.mend.unwrap();
    let command = mend.command.unwrap();
    let provider = r#"{"ProviderName": "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_aB3dE5gH7", "ClientId": "1h57kf5cpq17m0eml12example""#;
    assert!(command.contains(provider), "{command}");
    assert_eq!(
        mend.console_url.unwrap(),
        "https://eu-west-1.console.aws.amazon.com/cognito/v2/identity/identity-pools/eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e/user-access?region=eu-west-1"
    );
}

#[test]
fn the_same_words_mean_something_else_to_others() {
    let guests_off = "Unauthenticated access is not supported for this identity pool.";
    let foreign = "Token is not from a supported provider of this identity pool.";
    let narrowed = "User is not authorized because no session policy allows the action";
    let guest = without_user_pool(SignInMethod::Guest);
    for (profile, code, message, title) in [
        (
            &guest,
            super::NOT_AUTHORIZED,
            guests_off,
            "The identity pool has no guests",
        ),
        (
            &of_user_pool(),
            super::NOT_AUTHORIZED,
            guests_off,
            "The identity pool did not accept the sign-in",
        ),
        (
            &of_provider(),
            super::NOT_AUTHORIZED,
            foreign,
            "The identity pool does not accept tokens from this provider",
        ),
        (
            &guest,
            "AccessDenied",
            narrowed,
            "Guests may not use this service",
        ),
        (
            &of_user_pool(),
            "AccessDenied",
            narrowed,
            "AWS refused the request",
        ),
    ] {
        let problem = recognized(said("AnyCall", code, message)).about(profile);
        assert_eq!(problem.sentence, title);
    }
    // Also where the title stands within a sentence.
    let mut problem = recognized(said("GetId", super::NOT_AUTHORIZED, guests_off));
    problem.sentence = format!("Signed in, but: {}", problem.sentence);
    let problem = problem.hint("Somebody else's hint.").about(&guest);
    assert_eq!(
        problem.sentence,
        "Signed in, but: The identity pool has no guests"
    );
    assert_eq!(problem.hints.last().unwrap(), "Somebody else's hint.");
    assert_eq!(problem.hints.len(), 4);
}

#[test]
fn nobody_is_told_to_set_what_is_set() {
    let message = "Basic (classic) flow is not enabled, please use enhanced flow.";
    for (profile, expected) in [
        (of_user_pool(), "as credential_process instead"),
        (basic(of_user_pool()), "to the enhanced flow"),
    ] {
        let refusal = recognized(said("GetOpenIdToken", super::BAD_PARAMETER, message));
        let hints = refusal.about(&profile).hints;
        assert!(hints[0].contains(expected), "{hints:?}");
        assert_ne!(
            hints[0].contains("Set the exchange"),
            hints[0].contains("instead")
        );
        assert!(!hints[1].contains("the exchange") && !hints[1].contains("instead"));
    }
}

#[test]
fn what_is_not_known_keeps_the_services_words() {
    let unknown = recognized(said("GetId", "BrandNewException", "Never heard of it."));
    let problem = unknown.about(&of_user_pool());
    assert_eq!(problem.sentence, "AWS refused the request");
    assert_eq!(problem.mend, None);
    assert_eq!(problem.aws.unwrap().message, "Never heard of it.");
    let other = Problem::new(ProblemKind::Network, "No answer").hint("Try again.");
    assert_eq!(other.clone().about(&of_user_pool()), other);
    for operation in ["GetId", MANAGED_LOGIN, TOKEN_ENDPOINT] {
        let problem = recognized(said(operation, "NotAuthorizedException", "x"));
        let is_known = problem.sentence != "AWS refused the request";
        assert_eq!(is_known, operation != "GetId", "{problem}");
    }
}

#[test]
fn the_console_is_the_partitions() {
    for (pool, host, principal) in [
        (
            "us-gov-west-1",
            "https://console.amazonaws-us-gov.com/",
            "cognito-identity-us-gov.amazonaws.com",
        ),
        (
            "cn-north-1",
            "https://console.amazonaws.cn/",
            "cognito-identity.cn-north-1.amazonaws.com.cn",
        ),
        (
            "eusc-de-east-1",
            "https://console.amazonaws-eusc.eu/",
            "cognito-identity.amazonaws.com",
        ),
    ] {
        let id = format!("{pool}:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e");
        let profile = Profile {
            identity_pool_id: id.parse().unwrap(),
            ..basic(without_user_pool(SignInMethod::Guest))
        };
        let message = "Not authorized to perform sts:AssumeRoleWithWebIdentity";
        let problem = recognized(said("AssumeRoleWithWebIdentity", "AccessDenied", message));
        let mend = problem.about(&profile).mend.unwrap();
        let url = mend.console_url.unwrap();
        assert!(url.starts_with(host) && url.contains(pool), "{url}");
        let command = mend.command.unwrap();
        assert!(
            command.contains(&format!("\"{principal}:aud\":\"{id}\"")),
            "{command}"
        );
        assert!(command.contains("\"unauthenticated\""), "{command}");
    }
}
