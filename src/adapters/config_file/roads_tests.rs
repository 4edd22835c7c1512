//! The keys of every road to credentials: combinations there and back, wrong ones with line and
//! reason, nothing of somebody else's lost.

use super::tests::{file, run};
use super::*;
use crate::domain::{
    AwsProfileIdentity, BasicFlow, DeveloperSource, DurationSeconds, Exchange, OidcClient,
    ProviderLogin, SignInMethod, TokenSource,
};

const HEAD: &str = "[[profile]]\nname = \"a\"\nidentity_pool_id = \"us-east-1:0a\"\n";
const USER_POOL: &str = "user_pool_id = \"us-east-1_a\"\nclient_id = \"abc\"\n";
const ROLE: &str = "arn:aws:iam::123456789012:role/readers";

fn exchanges() -> Vec<Exchange> {
    let basic = |full: bool| {
        Exchange::Basic(BasicFlow {
            role: ROLE.parse().unwrap(),
            session_name: full.then(|| "ana@acme".parse().unwrap()),
            duration: full.then(|| DurationSeconds::of_role(43_200).unwrap()),
            policy: full.then(|| r#"{"Version": "2012-10-17", "Statement": []}"#.to_owned()),
        })
    };
    let role = Some(ROLE.parse().unwrap());
    vec![
        Exchange::Enhanced { role: None },
        Exchange::Enhanced { role },
        basic(false),
        basic(true),
    ]
}

fn logins() -> Vec<Vec<ProviderLogin>> {
    let login = |provider: &str, token| ProviderLogin {
        provider: provider.parse().unwrap(),
        token,
    };
    let plain = OidcClient::at(
        "https://accounts.google.com".parse().unwrap(),
        "id".to_owned(),
    );
    let full = OidcClient {
        has_client_secret: true,
        scopes: vec!["email".to_owned(), "offline_access".to_owned()],
        callback_urls: vec!["http://localhost:9000/back".parse().unwrap()],
        ..plain.clone()
    };
    let file = TokenSource::File("~/token".into());
    let command = TokenSource::Command("get \"token\"".to_owned());
    vec![
        vec![login("p", TokenSource::Typed)],
        vec![login("b", command), login("graph.facebook.com", file)],
        vec![
            login("accounts.google.com", TokenSource::Browser(plain)),
            login("login.acme.example/realms/a", TokenSource::Browser(full)),
            login("p", TokenSource::Typed),
        ],
    ]
}

fn developers() -> Vec<DeveloperSource> {
    let identity = |token_seconds| {
        DeveloperSource::AwsProfile(AwsProfileIdentity {
            aws_profile: "backend".to_owned(),
            provider_name: "login.acme.example".to_owned(),
            user_id: "ana".to_owned(),
            token_seconds,
        })
    };
    let hour = DurationSeconds::of_token(3600).unwrap();
    vec![
        DeveloperSource::Command("vouch ana".to_owned()),
        identity(None),
        identity(Some(hour)),
    ]
}

/// Every method with every source of tokens it may have.
fn methods(base: &Profile) -> Vec<Profile> {
    let mut found = Vec::new();
    for sign_in in SignInMethod::ALL {
        let user_pool = base.user_pool.clone();
        let plain = Profile {
            sign_in,
            user_pool: user_pool.filter(|_| sign_in.uses_user_pool()),
            ..base.clone()
        };
        let with_logins = logins().into_iter().map(|logins| Profile {
            logins,
            ..plain.clone()
        });
        match sign_in {
            SignInMethod::Provider => found.extend(with_logins),
            SignInMethod::Developer => {
                found.extend(developers().into_iter().map(|source| Profile {
                    developer: Some(source),
                    ..plain.clone()
                }));
            }
            SignInMethod::Guest => found.push(plain),
            _ => {
                found.extend(with_logins);
                found.push(plain);
            }
        }
    }
    found
}

/// Each is written over the one before it, so that what one leaves behind would show in the next.
#[test]
fn every_combination_comes_back() {
    let text = format!("{HEAD}{USER_POOL}# mine\nfuture = 1\n\n[other] # theirs\n");
    let (_folder, file) = file(&text);
    let base = file.read().unwrap().profiles.remove(0);
    let name = base.name.clone();
    let mut written = 0;
    for method in methods(&base) {
        for (nth, exchange) in exchanges().into_iter().enumerate() {
            let guest_role = method.sign_in == SignInMethod::Guest && nth == 1;
            if guest_role {
                continue;
            }
            let profile = Profile {
                exchange,
                carries_over_guest: nth % 2 == 0,
                endpoints: crate::domain::Endpoints {
                    url: (nth == 3).then(|| "http://127.0.0.1:1".parse().unwrap()),
                    fips: nth == 1,
                    dual_stack: nth == 1 || nth == 2,
                },
                ..method.clone()
            };
            run(file.put(Some(&name), &profile)).unwrap();
            assert_eq!(file.read().unwrap().profiles, [profile]);
            written += 1;
        }
    }
    assert!(written > 100, "{written}");
    let after = std::fs::read_to_string(&file.path).unwrap();
    for kept in ["# mine", "future = 1", "[other] # theirs"] {
        assert!(after.contains(kept), "{kept}: {after}");
    }
    run(file.put(Some(&name), &base)).unwrap();
    for key in [
        "flow",
        "role",
        "session",
        "carry",
        "fips",
        "dual",
        "[[profile.",
        "[profile.",
    ] {
        let after = std::fs::read_to_string(&file.path).unwrap();
        assert!(!after.contains(key), "{key} is a default: {after}");
    }
}

#[test]
fn comments_and_foreign_keys_in_logins_stay() {
    let text = format!(
        "{HEAD}sign_in = \"provider\"\n\n# first\n[[profile.login]]\nprovider = \"p\" # of Jo\n\
         token = \"typed\"\nnote = 1\n\n# second\n[[profile.login]]\nprovider = \"q\"\n\
         token = \"browser\"\nissuer = \"https://q\"\nclient_id = \"id\"\n\
         callback_urls = [\n  \"http://localhost:9000/\", # registered\n]\n\n{}",
        HEAD.replace("\"a\"", "\"b\"").replace("[[", "# next\n[[")
            + "sign_in = \"guest\" # nobody\n"
    );
    let (_folder, file) = file(&text);
    let mut profile = file.read().unwrap().profiles.remove(0);
    run(file.put(Some(&profile.name.clone()), &profile)).unwrap();
    assert_eq!(std::fs::read_to_string(&file.path).unwrap(), text);

    profile.logins.reverse();
    profile.logins.push(ProviderLogin {
        provider: "r".parse().unwrap(),
        token: TokenSource::Typed,
    });
    run(file.put(Some(&profile.name.clone()), &profile)).unwrap();
    let after = std::fs::read_to_string(&file.path).unwrap();
    let kept = [
        "# second",
        "# registered",
        "# first",
        "# of Jo",
        "note = 1",
        "# next",
        "# nobody",
    ];
    let places: Vec<_> = kept.iter().map(|text| after.find(text)).collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{after}"
    );
    assert_eq!(file.read().unwrap().profiles[0], profile);
}

#[test]
fn a_user_pool_that_another_method_does_not_use_stays() {
    let text = format!("{HEAD}sign_in = \"guest\"\n{USER_POOL}");
    let (_folder, file) = file(&text);
    let mut profile = file.read().unwrap().profiles.remove(0);
    assert_eq!(profile.user_pool, None);
    profile.group = Some("g".to_owned());
    run(file.put(Some(&profile.name.clone()), &profile)).unwrap();
    let after = std::fs::read_to_string(&file.path).unwrap();
    assert!(after.contains(USER_POOL), "{after}");

    let ours = HEAD.to_owned() + USER_POOL;
    let (_folder, file) = super::tests::file(&ours);
    run(file.put(Some(&profile.name.clone()), &profile)).unwrap();
    let after = std::fs::read_to_string(&file.path).unwrap();
    assert!(!after.contains("user_pool_id"), "{after}");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_does_not_go_together_is_told_with_its_line() {
    let login = |rest: &str| format!("sign_in = 'provider'\n[[profile.login]]\n{rest}");
    let developer = |rest: &str| format!("sign_in = 'developer'\n[profile.developer]\n{rest}");
    let saml = "arn:aws:iam::123456789012:saml-provider/Okta";
    let cases = [
        (
            "flow = 'fast'".to_owned(),
            6,
            "flow: The flow is enhanced or basic",
        ),
        ("flow = 'basic'".to_owned(), 2, "role_arn: The basic flow"),
        (
            "role_arn = 'readers'".to_owned(),
            6,
            "role_arn: A role ARN looks like",
        ),
        (
            "role_duration_seconds = 900".to_owned(),
            6,
            "role_duration_seconds: A role duration is for the basic flow only",
        ),
        (
            format!("flow = 'basic'\nrole_arn = '{ROLE}'\nrole_duration_seconds = 60"),
            8,
            "900 to 43200",
        ),
        (
            format!("flow = 'basic'\nrole_arn = '{ROLE}'\nrole_duration_seconds = '3600'"),
            8,
            "not a whole number",
        ),
        (
            format!("flow = 'basic'\nrole_arn = '{ROLE}'\nrole_session_name = 'a b'"),
            8,
            "role_session_name: A role session name",
        ),
        (
            format!("flow = 'basic'\nrole_arn = '{ROLE}'\nsession_policy = '[]'"),
            8,
            "session_policy: A session policy is one JSON object",
        ),
        (
            "share_sign_in = 'a'".to_owned(),
            6,
            "share_sign_in: A profile shares another one's",
        ),
        ("share_sign_in = 'b'".to_owned(), 6, "no profile b"),
        (
            "fips = 'yes'".to_owned(),
            6,
            "fips is neither true nor false",
        ),
        (
            "endpoint_url = 'http://127.0.0.1:1'\nfips = true".to_owned(),
            7,
            "fips: FIPS and dual-stack",
        ),
        (
            "sign_in = 'provider'".to_owned(),
            2,
            "login: Signing in with another provider needs",
        ),
        ("login = 'google'".to_owned(), 6, "[[profile.login]]"),
        (login("provider = 'p'"), 8, "a login has no token"),
        (login("token = 'typed'"), 8, "a login has no provider"),
        (
            login("provider = 'https://p'\ntoken = 'typed'"),
            8,
            "without https://",
        ),
        (
            login("provider = 'p'\ntoken = 'sung'"),
            9,
            "typed, file, command, browser",
        ),
        (
            login("provider = 'p'\ntoken = 'file'"),
            8,
            "a login has no path",
        ),
        (
            login("provider = 'p'\ntoken = 'command'\ncommand = ' '"),
            10,
            "command is empty",
        ),
        (
            login("provider = 'p'\ntoken = 'browser'\nissuer = 'p'\nclient_id = 'x'"),
            10,
            "issuer: ",
        ),
        (
            login(
                "provider = 'p'\ntoken = 'typed'\n[[profile.login]]\nprovider = 'p'\ntoken = 'typed'",
            ),
            7,
            "two logins of p",
        ),
        (
            format!(
                "flow = 'basic'\nrole_arn = '{ROLE}'\n{}",
                login(&format!("provider = '{saml}'\ntoken = 'typed'"))
            ),
            6,
            "no SAML login",
        ),
        (
            "sign_in = 'developer'".to_owned(),
            2,
            "developer: A developer-authenticated sign-in needs",
        ),
        ("developer = 'x'".to_owned(), 6, "[profile.developer]"),
        (developer(""), 7, "neither command nor aws_profile"),
        (developer("command = 'x'\naws_profile = 'y'"), 9, "not both"),
        (
            developer("aws_profile = 'x'\nprovider_name = 'y'"),
            8,
            "has no user_id",
        ),
        (
            developer(
                "aws_profile = 'x'\nprovider_name = 'y'\nuser_id = 'z'\ntoken_seconds = 86401",
            ),
            11,
            "1 to 86400",
        ),
    ];
    for (rest, line, why) in cases {
        let text = format!("{HEAD}{USER_POOL}{rest}\n");
        let (_folder, file) = file(&text);
        let said = file.read().unwrap_err().sentence;
        assert!(said.contains(why), "{why}: {said}");
        assert!(
            said.contains(&format!("line {line}:")),
            "{line}: {said}\n{text}"
        );
    }
}

#[test]
fn those_who_share_follow_the_owner() {
    let sharing = |name: &str| {
        HEAD.replace("\"a\"", &format!("\"{name}\"")) + USER_POOL + "share_sign_in = \"a\"\n"
    };
    let text = format!("{HEAD}{USER_POOL}\n{}\n{}", sharing("b"), sharing("c"));
    let (_folder, file) = file(&text);
    let owners = || -> Vec<String> {
        let profiles = file.read().unwrap().profiles;
        profiles
            .iter()
            .map(|profile| profile.sign_in_name().to_string())
            .collect()
    };
    let first = file.read().unwrap().profiles.remove(0);
    let renamed = Profile {
        name: "z".parse().unwrap(),
        ..first.clone()
    };
    run(file.put(Some(&first.name), &renamed)).unwrap();
    assert_eq!(owners(), ["z", "z", "z"]);

    // One that signs in elsewhere would leave the others without a sign-in.
    let elsewhere = Profile {
        endpoints: crate::domain::Endpoints::at("http://127.0.0.1:1".parse().unwrap()),
        ..renamed.clone()
    };
    let before = std::fs::read_to_string(&file.path).unwrap();
    let refused = run(file.put(Some(&renamed.name), &elsewhere)).unwrap_err();
    assert!(
        refused.sentence.contains("The profile b cannot be kept"),
        "{}",
        refused.sentence
    );
    assert_eq!(std::fs::read_to_string(&file.path).unwrap(), before);

    run(file.remove(&renamed.name)).unwrap();
    assert_eq!(owners(), ["b", "b"]);
}
