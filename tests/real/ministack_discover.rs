//! `profile discover` at ministack, held against what boto3 lists there.
//!
//! ministack cannot: refuse a call for a missing permission, or throttle. The sandbox's tests have
//! those.

use std::collections::BTreeSet;

use serde_json::Value;

use super::env::{script, tool};
use super::ministack::Setup;
use super::servers::str_of;

const LOOK: &str = "profile discover --aws-profile admin --region us-east-1";

/// What boto3 lists, after it made more.
fn listed(setup: &Setup) -> Value {
    let file = script("ministack_discover.py");
    let about = setup.about().to_string();
    let made = setup.env.run(tool("python/bin/python"), &[&file], &about);
    made.expect(0).json()
}

fn write_admin(setup: &Setup) {
    let endpoint = str_of(setup.about(), "endpoint");
    let section = format!(
        "[admin]\naws_access_key_id = 000000000000\naws_secret_access_key = unused\n\
         endpoint_url = {endpoint}\n"
    );
    std::fs::create_dir_all(setup.env.path("aws")).unwrap();
    std::fs::write(setup.env.path("aws/credentials"), section).unwrap();
}

/// Identity pool, app client, whether it has a secret.
type Pair = (String, String, bool);

fn by_boto3(listed: &Value) -> BTreeSet<Pair> {
    let clients = listed["clients"].as_array().unwrap();
    let mut pairs = BTreeSet::new();
    for pool in listed["identity_pools"].as_array().unwrap() {
        for provider in pool["CognitoIdentityProviders"].as_array().unwrap() {
            let id = str_of(provider, "ClientId");
            let mut clients = clients.iter();
            let client = clients.find(|client| client["ClientId"] == id).unwrap();
            let has_secret = client.get("ClientSecret").is_some();
            pairs.insert((
                str_of(pool, "IdentityPoolId").to_owned(),
                id.to_owned(),
                has_secret,
            ));
        }
    }
    pairs
}

fn by_poolkey(found: &Value) -> BTreeSet<Pair> {
    let ready = found["ready"].as_array().unwrap().iter();
    let profiles = ready.map(|found| &found["profile"]);
    let signing_in = profiles.filter(|profile| profile["sign_in"] != "guest");
    signing_in
        .map(|profile| {
            (
                str_of(profile, "identity_pool_id").to_owned(),
                str_of(profile, "client_id").to_owned(),
                profile["has_client_secret"] == true,
            )
        })
        .collect()
}

#[test]
fn the_account_is_found_as_boto3_lists_it() {
    let setup = Setup::start();
    let listed = listed(&setup);
    write_admin(&setup);
    let done = setup.env.poolkey(&format!("{LOOK} --json"), "").expect(0);
    let found = done.json();
    let (ours, theirs) = (by_poolkey(&found), by_boto3(&listed));
    assert!(theirs.len() > 60, "{}", theirs.len());
    assert_eq!(ours, theirs);
    assert_eq!(found["missed"], serde_json::json!([]));

    let method = |name: &str| {
        let mut ready = found["ready"].as_array().unwrap().iter();
        let found = ready.find(|found| found["profile"]["name"] == name);
        str_of(&found.unwrap()["profile"], "sign_in").to_owned()
    };
    assert_eq!(method("public"), "srp");
    // Lets people of another provider in, which only the browser does.
    assert_eq!(method("browser"), "browser");
    assert_eq!(method("many-people-guest"), "guest");
    // Those of the other pool, which no identity pool takes.
    let lonely = str_of(&setup.about()["foreign"]["public"], "client_id");
    let mut incomplete = found["incomplete"].as_array().unwrap().iter();
    assert!(incomplete.any(|left| left["id"] == lonely), "{found}");

    let add = format!("{LOOK} --add confidential");
    setup.env.poolkey(&add, "").expect(0);
    let password = setup.ana("password").to_owned();
    setup
        .sign_in("confidential", "ana", "", &password)
        .expect(0);
    setup.check_caller("confidential");
    let clients = listed["clients"].as_array().unwrap();
    for client in clients {
        if let Some(secret) = client["ClientSecret"].as_str() {
            assert!(!done.stdout.contains(secret) && !done.stderr.contains(secret));
        }
    }
}
