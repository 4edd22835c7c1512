//! `profile add`, `show` and `list` for every road to credentials, and what does not go together.

use serde_json::{Value, json};

use crate::support::Home;

const FILE: &str = ".config/poolkey/profiles.toml";
const POOL: [&str; 2] = ["--identity-pool-id", "us-east-1:0a"];
const USER_POOL: [&str; 4] = ["--user-pool-id", "us-east-1_a", "--client-id", "abc"];
const ROLE: &str = "arn:aws:iam::123456789012:role/readers";

fn add(name: &str, more: &[&[&str]]) -> Vec<String> {
    let all = [&["profile", "add", name][..], &POOL, &more.concat()].concat();
    all.into_iter().map(str::to_owned).collect()
}

fn shown(home: &Home, more: &[&[&str]]) -> (Value, String) {
    let arguments = add("a", more);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    home.poolkey(&arguments).ok();
    let json = home
        .poolkey(&["profile", "show", "a", "--json"])
        .ok()
        .json();
    let listed = home.poolkey(&["profile", "list", "--json"]).ok().json();
    assert_eq!(listed, json!([json]));
    let text = home.poolkey(&["profile", "show", "a"]).ok().out;
    home.poolkey(&["profile", "remove", "a"]).ok();
    (json, text)
}

/// These keys say this, and each value of a text stands in the words, too.
#[track_caller]
fn says(shown: &(Value, String), expected: &Value) {
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(&shown.0[key], value, "{key}: {}", shown.0);
        // The words have the method's label instead.
        if let Some(text) = value.as_str().filter(|_| key != "sign_in") {
            assert!(shown.1.contains(text), "{text}: {}", shown.1);
        }
    }
}

#[test]
fn a_plain_profile_says_its_defaults() {
    let shown = shown(&Home::new(), &[&USER_POOL]);
    says(
        &shown,
        &json!({
            "user_pool_id": "us-east-1_a", "client_id": "abc", "sign_in": "srp",
            "flow": "enhanced", "role_arn": null, "role_session_name": null,
            "role_duration_seconds": null, "session_policy": null, "share_sign_in": null,
            "carry_over_guest": false, "fips": false, "dual_stack": false, "logins": [],
            "developer": null,
        }),
    );
}

#[test]
fn the_basic_flow_with_all_that_it_takes() {
    let home = Home::new();
    home.write("policy.json", "{\"Statement\": []}\n");
    let basic = [
        "--flow",
        "basic",
        "--role-arn",
        ROLE,
        "--role-session-name",
        "ana@acme",
        "--role-duration",
        "43200",
        "--session-policy",
    ];
    for policy in ["{\"Statement\": []}", "@policy.json"] {
        let shown = shown(
            &home,
            &[&USER_POOL, &basic, &[policy], &["--fips", "--dual-stack"]],
        );
        let expected = json!({
            "flow": "basic", "role_arn": ROLE, "role_session_name": "ana@acme",
            "role_duration_seconds": 43200, "session_policy": "{\"Statement\": []}",
            "fips": true, "dual_stack": true,
        });
        says(&shown, &expected);
        assert!(
            shown.1.contains("FIPS, dual-stack") && shown.1.contains("43200"),
            "{}",
            shown.1
        );
    }
    let enhanced = ["--role-arn", ROLE, "--carry-over-guest"];
    let enhanced = shown(&home, &[&USER_POOL, &enhanced]);
    says(
        &enhanced,
        &json!({"flow": "enhanced", "role_arn": ROLE, "carry_over_guest": true}),
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn guests_providers_and_developers_have_no_user_pool() {
    let home = Home::new();
    let guest = shown(&home, &[&["--sign-in", "guest"]]);
    says(
        &guest,
        &json!({"user_pool_id": null, "client_id": null, "sign_in": "guest"}),
    );
    assert!(!guest.1.contains("User pool"), "{}", guest.1);

    let providers = [
        "--sign-in",
        "provider",
        "--login",
        "google=typed",
        "--login",
        "facebook=file:~/token",
        "--login",
        "login.acme.example/a=command:get token",
        "--login",
        "appleid.apple.com=browser:https://appleid.apple.com,id",
    ];
    let provider = shown(&home, &[&providers]);
    let usual = ["8976", "8977", "8978"].map(|port| format!("http://localhost:{port}/callback"));
    let logins = json!([
        {"provider": "accounts.google.com", "token": "typed"},
        {"provider": "graph.facebook.com", "token": "file", "path": "~/token"},
        {"provider": "login.acme.example/a", "token": "command", "command": "get token"},
        {"provider": "appleid.apple.com", "token": "browser", "issuer": "https://appleid.apple.com",
         "client_id": "id", "has_client_secret": false, "scopes": [], "callback_urls": usual},
    ]);
    says(&provider, &json!({"user_pool_id": null, "logins": logins}));
    for words in [
        "Google (typed)",
        "Facebook (file ~/token)",
        "command get token",
        "client id",
    ] {
        assert!(provider.1.contains(words), "{words}: {}", provider.1);
    }

    let command = ["--sign-in", "developer", "--developer-command", "vouch ana"];
    let developer = shown(&home, &[&command]);
    says(
        &developer,
        &json!({"user_pool_id": null, "developer": {"command": "vouch ana"}}),
    );
    assert!(developer.1.contains("vouch ana"), "{}", developer.1);
    let aws_profile = [
        "--sign-in",
        "developer",
        "--developer-aws-profile",
        "backend",
        "--developer-provider",
        "login.acme.example",
        "--developer-user",
        "ana",
        "--developer-token-seconds",
        "86400",
    ];
    let developer = shown(&home, &[&aws_profile]);
    let source = json!({
        "aws_profile": "backend", "provider_name": "login.acme.example", "user_id": "ana",
        "token_seconds": 86400,
    });
    says(&developer, &json!({"developer": source}));
    assert!(
        developer
            .1
            .contains("backend for ana of login.acme.example"),
        "{}",
        developer.1
    );
}

#[test]
fn the_list_says_who() {
    let home = Home::new();
    let provider = [
        "--sign-in",
        "provider",
        "--login",
        "google=typed",
        "--login",
        "p=typed",
    ];
    for arguments in [
        add("guests", &[&["--sign-in", "guest"]]),
        add("others", &[&provider]),
        add("people", &[&USER_POOL, &["--username", "ana"]]),
    ] {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        home.poolkey(&arguments).ok();
    }
    let listed = home.poolkey(&["profile", "list"]).ok().out;
    let rows: Vec<String> = listed
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        rows,
        [
            "guests guest us-east-1:0a",
            "others Google, p us-east-1:0a",
            "people ana us-east-1_a"
        ]
    );
    let status = home.poolkey(&["status"]).ok().out;
    let words = ["ready, fetched when next used", "signed out", "signed out"];
    for (line, words) in status.lines().zip(words) {
        assert!(line.contains(words), "{words}: {line}");
    }
}

#[test]
fn a_sign_in_that_could_be_shared_is_told() {
    let home = Home::new();
    let run = |name, more: &[&[&str]]| {
        let arguments = add(name, more);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        home.poolkey(&arguments)
    };
    let first = run("first", &[&USER_POOL]).ok();
    assert!(!first.err.contains("--share-sign-in"), "{first:?}");
    run("second", &[&USER_POOL])
        .ok()
        .says("--share-sign-in first");
    let third = run("third", &[&USER_POOL, &["--share-sign-in", "first"]]).ok();
    assert!(!third.err.contains("note: "), "{third:?}");
    let shown = home
        .poolkey(&["profile", "show", "third", "--json"])
        .ok()
        .json();
    assert_eq!(shown["share_sign_in"], "first");

    home.poolkey(&["profile", "remove", "first"]).ok();
    let shown = home
        .poolkey(&["profile", "show", "third", "--json"])
        .ok()
        .json();
    assert_eq!(
        shown["share_sign_in"],
        json!(null),
        "the first that is left is the owner"
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_does_not_go_together_adds_nothing() {
    let home = Home::new();
    home.write("policy.txt", "no JSON");
    let basic = ["--flow", "basic", "--role-arn", ROLE];
    let saml = "arn:aws:iam::123456789012:saml-provider/Okta=typed";
    let eleven: Vec<String> = (0..11).map(|n| format!("--login=p{n}=typed")).collect();
    let eleven: Vec<&str> = eleven.iter().map(String::as_str).collect();
    let guest = ["--sign-in", "guest"];
    let provider = ["--sign-in", "provider"];
    let developer = ["--sign-in", "developer"];
    let cases: &[(&[&[&str]], &str)] = &[
        (&[], "--user-pool-id and --client-id"),
        (
            &[&["--user-pool-id", "us-east-1_a"]],
            "--user-pool-id and --client-id",
        ),
        (&[&["--sign-in", "sung"]], "sign-in method"),
        (&[&guest, &USER_POOL], "--user-pool-id is of no use"),
        (
            &[&provider, &["--login", "p=typed", "--client-secret-stdin"]],
            "--client-secret-stdin is of no use",
        ),
        (
            &[&guest, &["--domain", "a.example"]],
            "--domain is of no use",
        ),
        (&[&USER_POOL, &["--flow", "basic"]], "needs a role"),
        (&[&USER_POOL, &["--flow", "fast"]], "fast"),
        (
            &[&USER_POOL, &["--role-duration", "900"]],
            "basic flow only",
        ),
        (
            &[&USER_POOL, &basic, &["--role-duration", "899"]],
            "900 to 43200",
        ),
        (
            &[&USER_POOL, &basic, &["--role-session-name", "a b"]],
            "role session name",
        ),
        (&[&USER_POOL, &["--role-arn", "readers"]], "role ARN"),
        (
            &[&USER_POOL, &basic, &["--session-policy", "[]"]],
            "one JSON object",
        ),
        (
            &[&USER_POOL, &basic, &["--session-policy", "@policy.txt"]],
            "one JSON object",
        ),
        (
            &[&USER_POOL, &basic, &["--session-policy", "@nowhere"]],
            "nowhere",
        ),
        (&[&USER_POOL, &basic, &["--login", saml]], "no SAML login"),
        (&[&guest, &["--role-arn", ROLE]], "guest"),
        (
            &[&guest, &["--login", "google=typed"]],
            "A guest has no login",
        ),
        (&[&provider], "at least one login"),
        (&[&provider, &["--login", "google"]], "PROVIDER=typed"),
        (
            &[
                &provider,
                &["--login", "google=typed", "--login", "google=file:x"],
            ],
            "two logins",
        ),
        (
            &[
                &provider,
                &["--login", "facebook=browser:https://a.example,id"],
            ],
            "user access token",
        ),
        (&[&provider, &eleven], "10 logins at most"),
        (&[&developer], "needs a command or an AWS profile"),
        (
            &[&developer, &["--developer-aws-profile", "b"]],
            "--developer-provider",
        ),
        (
            &[
                &developer,
                &["--developer-command", "x", "--developer-aws-profile", "b"],
            ],
            "--developer",
        ),
        (
            &[&USER_POOL, &["--developer-command", "x"]],
            "Only a developer",
        ),
        (&[&USER_POOL, &["--share-sign-in", "a"]], "not its own"),
        (&[&USER_POOL, &["--share-sign-in", "b"]], "no profile b"),
        (
            &[&guest, &["--share-sign-in", "b"]],
            "Only a sign-in to a user pool",
        ),
        (
            &[
                &USER_POOL,
                &["--fips", "--endpoint-url", "http://127.0.0.1:1"],
            ],
            "AWS's own",
        ),
    ];
    for (more, words) in cases {
        let arguments = add("a", more);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        home.poolkey(&arguments).fails(2).says(words);
        assert_eq!(home.read(FILE), "", "{words}");
    }
}

#[test]
fn a_sign_in_elsewhere_is_not_shared() {
    let home = Home::new();
    let arguments = add("a", &[&USER_POOL]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    home.poolkey(&arguments).ok();
    let before = home.read(FILE);
    let elsewhere = [
        &["--user-pool-id", "us-east-1_b", "--client-id", "abc"][..],
        &["--user-pool-id", "us-east-1_a", "--client-id", "abd"],
        &[&USER_POOL[..], &["--endpoint-url", "http://127.0.0.1:1"]].concat(),
    ];
    for more in elsewhere {
        let arguments = add("b", &[more, &["--share-sign-in", "a"]]);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        home.poolkey(&arguments).fails(2).says("signs in elsewhere");
        assert_eq!(home.read(FILE), before);
    }
}
