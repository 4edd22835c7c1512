//! Every road to credentials from the command line, against a sandbox in a process of its own.

mod vouched;

use serde_json::{Value, json};

use crate::support::{Home, Spawned};

const OPEN: &str = "/identity_pools/1/identity_pool_id";
const MAIN: &str = "/identity_pools/0/identity_pool_id";

/// Adds a profile at one of the sandbox's identity pools.
fn add(home: &Home, name: &str, sandbox: &Spawned, pool: &str, more: &[&str]) {
    let place = [
        "profile",
        "add",
        name,
        "--identity-pool-id",
        sandbox.text(pool),
        "--endpoint-url",
        sandbox.text("/endpoint"),
    ];
    home.poolkey(&[&place[..], more].concat()).ok();
}

fn user_pool(sandbox: &Spawned) -> [&str; 6] {
    let (pool, client) = (
        sandbox.text("/user_pool_id"),
        sandbox.text("/clients/0/client_id"),
    );
    [
        "--user-pool-id",
        pool,
        "--client-id",
        client,
        "--username",
        "ana",
    ]
}

fn sign_in(home: &Home, name: &str, sandbox: &Spawned) -> crate::support::Ran {
    home.poolkey_reads(sandbox.password(0), &["sign-in", name, "--password-stdin"])
}

fn role<'a>(sandbox: &'a Spawned, name: &str) -> &'a str {
    let roles = sandbox.description()["roles"].as_array().unwrap();
    let found = roles.iter().find(|role| role["name"] == name);
    found.unwrap()["arn"].as_str().unwrap()
}

fn status(home: &Home, name: &str) -> Value {
    home.poolkey(&["status", name, "--json"]).ok().json()
}

/// The standing has these values, among others.
#[track_caller]
fn says(standing: &Value, expected: &Value) {
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(&standing[key], value, "{key}: {standing:#}");
    }
}

#[track_caller]
fn vends(home: &Home, name: &str) {
    let printed = home.poolkey(&["credential-process", name]).ok().json();
    assert_eq!(printed["Version"], 1, "{printed:#}");
    assert!(printed["SessionToken"].is_string(), "{printed:#}");
}

#[test]
fn a_guest_signs_in_without_anybody() {
    let sandbox = Spawned::start();
    let home = Home::new();
    add(&home, "g", &sandbox, OPEN, &["--sign-in", "guest"]);
    let signed_in = home.poolkey(&["sign-in", "g"]).ok();
    assert!(
        signed_in.out.starts_with("Signed in to g as guest\n"),
        "{signed_in:?}"
    );
    let first = status(&home, "g");
    says(
        &first,
        &json!({
            "signed_in": true, "username": "guest", "identity_pool_id": sandbox.text(OPEN),
            "flow": "enhanced", "role": "poolkey-sandbox-unauthenticated", "role_choice": "identity-pool",
            "logins": [], "groups": [],
        }),
    );
    let row = home.poolkey(&["status", "g"]).ok().out;
    assert!(row.contains(" guest ") && row.contains("valid, "), "{row}");
    home.poolkey(&["sign-in", "g", "--no-input"]).ok();
    assert_eq!(
        status(&home, "g")["identity_id"],
        first["identity_id"],
        "no second guest is made"
    );

    let shown = home.poolkey(&["identity", "g", "--json"]).ok().json();
    says(
        &shown,
        &json!({
            "profile": "g", "identity_id": first["identity_id"], "logins": [],
            "identity_pool_id": sandbox.text(OPEN), "account": first["account"], "arn": first["arn"],
            "role": "poolkey-sandbox-unauthenticated", "role_choice": "identity-pool",
        }),
    );
    let words = home.poolkey(&["identity", "g"]).ok().out;
    let identity = first["identity_id"].as_str().unwrap();
    for part in [
        identity,
        "none, a guest",
        "-unauthenticated, chosen by the identity pool",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }

    let forgotten = home
        .poolkey(&["identity", "g", "--forget"])
        .ok()
        .says(identity);
    assert_eq!(forgotten.out, "");
    let shown = home.poolkey(&["identity", "g", "--json"]).ok().json();
    assert_eq!(shown["identity_id"], json!(null));
    home.poolkey(&["identity", "g", "--forget"])
        .ok()
        .says("No identity ID");
    home.poolkey(&["sign-in", "g"]).ok();
    assert_ne!(status(&home, "g")["identity_id"], first["identity_id"]);

    home.poolkey(&["sign-out", "g"]).ok().says("Forgot");
    says(
        &status(&home, "g"),
        &json!({"signed_in": false, "identity_id": null, "logins": null}),
    );
}

#[test]
fn a_guest_needs_no_sign_in_and_looking_calls_nobody() {
    let sandbox = Spawned::start();
    let home = Home::new();
    add(&home, "g", &sandbox, OPEN, &["--sign-in", "guest"]);
    let row = home.poolkey(&["status", "g"]).ok().out;
    assert!(row.contains("ready, fetched when next used"), "{row}");
    let shown = home.poolkey(&["identity", "g"]).ok().out;
    assert!(shown.contains("none kept on this machine"), "{shown}");
    vends(&home, "g");
    let before = status(&home, "g");
    drop(sandbox);
    let after = status(&home, "g");
    assert_eq!(after["identity_id"], before["identity_id"]);
    home.poolkey(&["identity", "g", "--json"]).ok();
    vends(&home, "g");
    home.poolkey(&["sign-in", "g"]).fails(6);
}

#[test]
fn what_asks_nobody_takes_no_answers() {
    let home = Home::new();
    let profile = ["profile", "add", "g", "--identity-pool-id", "us-east-1:0a"];
    home.poolkey(&[&profile[..], &["--sign-in", "guest"]].concat())
        .ok();
    for option in [
        &["--password-stdin"][..],
        &["--username", "ana"],
        &["--totp-secret-stdin"],
        &["--new-password-stdin"],
        &["--forgot-password"],
        &["--answer", "a=b"],
        &["--browser"],
    ] {
        let refused = home.poolkey(&[&["sign-in", "g"][..], option].concat());
        refused
            .fails(2)
            .says(&format!("{} is of no use here", option[0]));
    }
}

#[test]
fn the_basic_flow_in_a_role_for_two_hours() {
    let sandbox = Spawned::start();
    let home = Home::new();
    let on_call = role(&sandbox, "on-call");
    let basic = [
        "--flow",
        "basic",
        "--role-arn",
        on_call,
        "--role-duration",
        "7200",
        "--role-session-name",
        "ana-cli",
        "--session-policy",
        r#"{"Statement": []}"#,
    ];
    add(
        &home,
        "b",
        &sandbox,
        OPEN,
        &[&user_pool(&sandbox)[..], &basic].concat(),
    );
    let report = sign_in(&home, "b", &sandbox).ok();
    assert!(report.out.contains("valid for 1"), "{report:?}");
    let standing = status(&home, "b");
    says(
        &standing,
        &json!({
            "flow": "basic", "role": "poolkey-sandbox-on-call", "role_choice": "basic-flow", "username": "ana",
            "groups": ["developers", "on-call"],
        }),
    );
    let arn = standing["arn"].as_str().unwrap();
    assert!(arn.ends_with("-on-call/ana-cli"), "{arn}");
    let seconds = standing["remaining_seconds"].as_i64().unwrap();
    assert!((7000..=7200).contains(&seconds), "{seconds}");
    vends(&home, "b");

    // More than the role allows: the service refuses, and says so.
    let developers = role(&sandbox, "developers");
    let longer = [
        "--flow",
        "basic",
        "--role-arn",
        developers,
        "--role-duration",
        "7200",
    ];
    add(
        &home,
        "longer",
        &sandbox,
        OPEN,
        &[&user_pool(&sandbox)[..], &longer].concat(),
    );
    sign_in(&home, "longer", &sandbox).fails(5);
}

#[test]
fn a_role_of_the_token_in_the_enhanced_flow() {
    let sandbox = Spawned::start();
    let home = Home::new();
    let chosen = ["--role-arn", role(&sandbox, "on-call")];
    add(
        &home,
        "e",
        &sandbox,
        MAIN,
        &[&user_pool(&sandbox)[..], &chosen].concat(),
    );
    sign_in(&home, "e", &sandbox).ok();
    says(
        &status(&home, "e"),
        &json!({
            "flow": "enhanced", "role": "poolkey-sandbox-on-call", "role_choice": "profile",
        }),
    );
    let shown = home.poolkey(&["identity", "e"]).ok().out;
    assert!(
        shown.contains("-on-call, asked for by this profile"),
        "{shown}"
    );

    let foreign = ["--role-arn", role(&sandbox, "unauthenticated")];
    add(
        &home,
        "f",
        &sandbox,
        MAIN,
        &[&user_pool(&sandbox)[..], &foreign].concat(),
    );
    sign_in(&home, "f", &sandbox).fails(5);
}

#[test]
fn two_profiles_share_one_sign_in() {
    let sandbox = Spawned::start();
    let home = Home::new();
    add(&home, "a", &sandbox, MAIN, &user_pool(&sandbox));
    // User pool, app client, address and person are as there.
    add(&home, "b", &sandbox, OPEN, &["--share-sign-in", "a"]);
    home.poolkey(&["credentials", "b"]).fails(3);
    sign_in(&home, "a", &sandbox).ok();
    home.poolkey(&["sign-in", "b"])
        .ok()
        .says("b uses the sign-in of a");
    vends(&home, "a");
    vends(&home, "b");
    let (first, second) = (status(&home, "a"), status(&home, "b"));
    says(
        &second,
        &json!({"signed_in": true, "identity_pool_id": sandbox.text(OPEN), "username": "ana"}),
    );
    assert_ne!(first["identity_id"], second["identity_id"]);
    home.poolkey(&["sign-out", "b"]).ok();
    for name in ["a", "b"] {
        says(
            &status(&home, name),
            &json!({"signed_in": false, "identity_id": null}),
        );
    }
}

#[test]
fn a_guest_becomes_somebody() {
    let sandbox = Spawned::start();
    let home = Home::new();
    add(&home, "g", &sandbox, OPEN, &["--sign-in", "guest"]);
    home.poolkey(&["sign-in", "g"]).ok();
    let guest = status(&home, "g")["identity_id"].clone();
    let carrying = [&user_pool(&sandbox)[..], &["--carry-over-guest"]].concat();
    add(&home, "c", &sandbox, OPEN, &carrying);
    sign_in(&home, "c", &sandbox)
        .ok()
        .says("The guest identity is now yours");
    assert_eq!(status(&home, "c")["identity_id"], guest);
}
