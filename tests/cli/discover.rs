//! `profile discover`: what the sandbox's account has, as text, as JSON, and added.

use serde_json::Value;

use crate::support::{Home, Spawned};

const REGION: &str = "us-east-1";

/// A home whose AWS profile `admin` may look into the sandbox's account.
fn admin(sandbox: &Spawned) -> Home {
    let home = Home::new();
    let section = format!(
        "[admin]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        sandbox.text("/developer/access_key_id"),
        sandbox.text("/developer/secret_access_key"),
    );
    home.write(".aws/credentials", section);
    let config = format!(
        "[profile admin]\nendpoint_url = {}\n",
        sandbox.text("/endpoint")
    );
    home.write(".aws/config", config);
    home
}

fn names(listed: &Value) -> Vec<&str> {
    let listed = listed.as_array().unwrap().iter();
    listed.map(|one| one["name"].as_str().unwrap()).collect()
}

#[test]
fn found_listed_and_added() {
    let sandbox = Spawned::start();
    let home = admin(&sandbox);
    let secret = sandbox.text("/clients/1/client_secret").to_owned();
    let look = [
        "profile",
        "discover",
        "--aws-profile",
        "admin",
        "--region",
        REGION,
    ];

    let listed = home.poolkey(&look).ok();
    assert_eq!(listed.out.lines().count(), 9, "{listed:?}");
    assert!(listed.out.starts_with("public-main "), "{listed:?}");
    assert!(listed.err.contains("not ready: open"), "{listed:?}");
    let json = home.poolkey(&[&look[..], &["--json"]].concat()).ok();
    let found = json.json();
    assert_eq!(found["ready"][1]["profile"]["name"], "confidential-main");
    assert_eq!(found["ready"][1]["profile"]["has_client_secret"], true);
    assert_eq!(found["missed"], serde_json::json!([]));
    let nothing = home.poolkey(&["profile", "list", "--json"]).ok().json();
    assert_eq!(nothing, serde_json::json!([]));

    let both = ["-v", "--add", "confidential-main", "open-guest"];
    let added = home.poolkey(&[&look[..], &both].concat()).ok();
    assert_eq!(added.out, "");
    let all = home.poolkey(&["profile", "list", "--json"]).ok().json();
    assert_eq!(names(&all), ["confidential-main", "open-guest"]);
    let password = sandbox.text("/users/0/password");
    let sign_in = [
        "sign-in",
        "confidential-main",
        "--username",
        "ana",
        "--password-stdin",
    ];
    home.poolkey_reads(password, &sign_in).ok();

    let rest = home.poolkey(&[&look[..], &["--add-all"]].concat()).ok();
    assert!(!rest.err.contains("not added"), "{rest:?}");
    let all = home.poolkey(&["profile", "list", "--json"]).ok().json();
    assert_eq!(names(&all).len(), 9);
    let again = home.poolkey(&look).ok();
    assert!(again.out.lines().all(|line| line.contains("there already")));

    for ran in [&listed, &json, &added, &rest, &again] {
        assert!(!ran.out.contains(&secret) && !ran.err.contains(&secret));
    }
    for (path, bytes) in home.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(&secret), "{}", path.display());
    }
}

#[test]
fn what_is_missing_is_said() {
    let sandbox = Spawned::start();
    let home = admin(&sandbox);
    let policy = home.poolkey(&["profile", "discover", "--policy"]).ok();
    let actions = &policy.json()["Statement"][0]["Action"];
    assert_eq!(actions.as_array().unwrap().len(), 6);

    for (arguments, words) in [
        (&["--aws-profile", "admin"][..], "has no region"),
        (&["--aws-profile", "nobody"], "The AWS profiles are: admin"),
        (
            &["--aws-profile", "admin", "--region", REGION, "--add", "web"],
            "Found are: public-main, ",
        ),
    ] {
        let ran = home.poolkey(&[&["profile", "discover"][..], arguments].concat());
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(words), "{ran:?}");
    }
}
