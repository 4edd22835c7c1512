//! `profile add`, `list`, `show`, `remove`.

use crate::support::{Home, Spawned, add};

#[test]
fn add_list_show_remove() {
    let sandbox = Spawned::start();
    let home = Home::new();
    let empty = home.poolkey(&["profile", "list"]).ok();
    assert_eq!(empty.out, "");
    assert_eq!(
        home.poolkey(&["profile", "list", "--json"]).ok().json(),
        serde_json::json!([])
    );

    let all = [
        &add("dev", &sandbox)[..],
        &["--username", "ana@example.com", "--sign-in", "password"],
        &["--group", "Acme"],
    ];
    let added = home.poolkey(&all.concat()).ok();
    assert_eq!(added.out, "");
    let shown = home.poolkey(&["profile", "show", "dev", "--json"]).ok();
    let json = shown.json();
    assert_eq!(json["name"], "dev");
    assert_eq!(json["user_pool_id"], sandbox.text("/user_pool_id"));
    assert_eq!(json["client_id"], sandbox.text("/clients/0/client_id"));
    assert_eq!(json["identity_pool_id"], sandbox.text("/identity_pool_id"));
    assert_eq!(json["endpoint_url"], sandbox.text("/endpoint"));
    assert_eq!(json["sign_in"], "password");
    assert_eq!(json["username"], "ana@example.com");
    assert_eq!(json["group"], "Acme");
    assert_eq!(json["region"], "us-east-1");
    assert_eq!(json["has_client_secret"], false);
    let text = home.poolkey(&["profile", "show", "dev"]).ok();
    assert!(text.out.contains(sandbox.text("/user_pool_id")), "{text:?}");

    home.add("prod", "tom", &sandbox);
    let listed = home.poolkey(&["profile", "list"]).ok();
    let names: Vec<_> = listed
        .out
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert_eq!(names, ["dev", "prod"]);
    let listed = home.poolkey(&["profile", "list", "--json"]).ok().json();
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(listed[0], json);

    home.poolkey(&["profile", "remove", "dev"]).ok();
    let listed = home.poolkey(&["profile", "list", "--json"]).ok().json();
    assert_eq!(listed.as_array().unwrap().len(), 1);
    home.poolkey(&["profile", "show", "dev"])
        .fails(2)
        .says("prod");
}

#[test]
fn a_client_secret_is_stored_and_never_shown() {
    let sandbox = Spawned::start();
    let client_secret = sandbox.text("/clients/1/client_secret");
    let home = Home::new();
    let mut arguments = add("dev", &sandbox);
    arguments[6] = sandbox.text("/clients/1/client_id");
    arguments.extend(["--client-secret-stdin", "--username", "ana"]);
    home.poolkey_reads(client_secret, &arguments).ok();
    let sign_in = ["sign-in", "dev", "--password-stdin"];
    home.poolkey_reads(sandbox.password(0), &sign_in).ok();
    for arguments in [
        ["profile", "show", "dev"].as_slice(),
        &["profile", "show", "dev", "--json"],
    ] {
        let shown = home.poolkey(arguments).ok();
        assert!(!shown.out.contains(client_secret));
        assert!(shown.out.contains("secret"), "{shown:?}");
    }
    assert!(
        !home
            .read(".config/poolkey/profiles.toml")
            .contains(client_secret)
    );
}

#[test]
fn a_secret_of_the_wrong_length_adds_nothing() {
    let sandbox = Spawned::start();
    let home = Home::new();
    let mut arguments = add("dev", &sandbox);
    arguments.push("--client-secret-stdin");
    for input in ["short\n", "", "\n"] {
        home.poolkey_reads(input, &arguments).fails(2);
    }
    assert_eq!(home.read(".config/poolkey/profiles.toml"), "");
}

#[test]
fn pools_in_two_regions_are_remarked_on() {
    let home = Home::new();
    let arguments = [
        "profile",
        "add",
        "dev",
        "--user-pool-id",
        "eu-west-1_aB3dE5gH7",
        "--client-id",
        "abc",
        "--identity-pool-id",
        "us-east-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e",
    ];
    home.poolkey(&arguments).ok().says("note: ");
}

#[test]
fn a_taken_name_is_refused_and_the_first_stays() {
    let sandbox = Spawned::start();
    let home = Home::new();
    home.add("dev", "ana", &sandbox);
    let before = home.files();
    let again = [&add("dev", &sandbox)[..], &["--username", "eve"]].concat();
    home.poolkey(&again).fails(2).says("already");
    assert_eq!(home.files(), before);
}

#[test]
fn folders_by_option_and_by_environment() {
    let sandbox = Spawned::start();
    let mut home = Home::new();
    let folder = home.path("elsewhere").display().to_string();
    let mut arguments = vec!["--config-dir", &folder];
    arguments.extend(add("dev", &sandbox));
    home.poolkey(&arguments).ok();
    assert!(home.read("elsewhere/profiles.toml").contains("dev"));
    assert_eq!(home.read(".config/poolkey/profiles.toml"), "");
    home.set("POOLKEY_CONFIG_DIR", folder);
    home.poolkey(&["profile", "show", "dev"]).ok();

    let mut xdg = Home::new();
    let config = xdg.path("xdg").display().to_string();
    xdg.set("XDG_CONFIG_HOME", config);
    xdg.poolkey(&add("dev", &sandbox)).ok();
    assert!(xdg.read("xdg/poolkey/profiles.toml").contains("dev"));
}
