//! `profile import` of everything but AWS files, and `profile export`.

use crate::support::Home;

const POOL: &str = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";

fn outputs() -> String {
    format!(
        r#"{{"version": "1.4", "auth": {{"aws_region": "eu-west-1", "user_pool_id": "eu-west-1_aB3dE5gH7",
            "user_pool_client_id": "1h57kf5cpq17m0eml12example", "identity_pool_id": "{POOL}"}}}}"#
    )
}

fn show(home: &Home, name: &str) -> serde_json::Value {
    home.poolkey(&["profile", "show", name, "--json"])
        .ok()
        .json()
}

fn path(home: &Home, name: &str, text: &str) -> String {
    home.write(name, text).display().to_string()
}

#[test]
fn an_amplify_project_becomes_a_profile() {
    let home = Home::new();
    let file = path(&home, "shop/amplify_outputs.json", &outputs());
    let listed = home
        .poolkey(&["profile", "import", &file, "--dry-run"])
        .ok();
    assert!(
        listed
            .out
            .starts_with("shop: signs in to eu-west-1_aB3dE5gH7"),
        "{listed:?}"
    );
    assert_eq!(home.poolkey(&["profile", "list"]).ok().out, "");
    home.poolkey(&["profile", "import", &file])
        .ok()
        .says("added: shop");
    assert_eq!(show(&home, "shop")["identity_pool_id"], POOL);
    home.poolkey(&["profile", "import", &file])
        .fails(2)
        .says("already");
    let renamed = ["profile", "import", &file, "--as", "shop-2"];
    home.poolkey(&renamed)
        .ok()
        .says("added: shop-2, from shop:");
    assert_eq!(
        show(&home, "shop-2")["client_id"],
        "1h57kf5cpq17m0eml12example"
    );

    let half = outputs().replace("identity_pool_id", "other");
    let half = path(&home, "half/amplify_outputs.json", &half);
    let told = home.poolkey(&["profile", "import", &half]).fails(2);
    assert!(told.err.contains("--identity-pool-id"), "{told:?}");
    home.poolkey(&["profile", "import", &half, "--identity-pool-id", POOL])
        .ok();
    assert_eq!(show(&home, "half")["identity_pool_id"], POOL);
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_added() {
    let home = Home::new();
    let script = "export default {\n  aws_user_pools_id: process.env.POOL,\n};\n";
    let script = path(&home, "a/aws-exports.js", script);
    home.poolkey(&["profile", "import", &script])
        .fails(2)
        .says("line 2");
    let other = path(&home, "a/notes.txt", "hello");
    home.poolkey(&["profile", "import", &other])
        .fails(2)
        .says("amplify_outputs.json");
    home.poolkey(&["profile", "import", "poolkey://import#abc"])
        .fails(2)
        .says("not whole");
    home.poolkey(&["profile", "import", "/nowhere"]).fails(7);
    let evil = format!(
        "[[profile]]\nname = \"evil\"\nidentity_pool_id = \"{POOL}\"\nsign_in = \"developer\"\n\
         [profile.developer]\ncommand = \"touch {}\"\n",
        home.path("ran").display()
    );
    let told = home
        .poolkey_reads(&evil, &["profile", "import", "-"])
        .fails(2);
    assert!(told.err.contains("runs a command"), "{told:?}");
    assert_eq!(home.poolkey(&["profile", "list"]).ok().out, "");
}

#[test]
fn what_is_exported_is_imported_again() {
    let home = Home::new();
    let add = |name: &str, more: &[&str]| {
        let all = [
            &["profile", "add", name, "--identity-pool-id", POOL][..],
            &[
                "--user-pool-id",
                "eu-west-1_aB3dE5gH7",
                "--client-id",
                "1h57kf5cpq17m0eml12example",
            ],
            &["--username", "ana@acme.example"],
            more,
        ];
        home.poolkey(&all.concat()).ok();
    };
    add("dev", &["--endpoint-url", "http://acme.example:5000"]);
    add("prod", &["--group", "Acme"]);
    let link = home.poolkey(&["profile", "export", "--link"]).ok().out;
    let text = home.poolkey(&["profile", "export", "prod"]).ok().out;
    assert!(
        link.starts_with("poolkey://import#") && link.lines().count() == 1,
        "{link}"
    );
    assert!(
        text.contains("[[profile]]") && !text.contains("dev"),
        "{text}"
    );
    assert!(!text.contains("ana@acme.example"), "{text}");
    let named = home.poolkey(&["profile", "export", "--usernames"]).ok().out;
    assert!(named.contains("ana@acme.example"), "{named}");
    home.poolkey(&["profile", "export", "none"]).fails(2);

    let other = Home::new();
    let import = ["profile", "import", link.trim()];
    let told = other.poolkey(&import).ok();
    assert!(told.err.contains("http://acme.example:5000"), "{told:?}");
    let list = other.poolkey(&["profile", "list"]).ok().out;
    assert!(list.contains("prod") && !list.contains("dev"), "{list}");
    other.poolkey(&[&import[..], &["dev"]].concat()).ok();
    let mut expected = show(&home, "prod");
    expected["username"] = serde_json::Value::Null;
    let mut imported = show(&other, "prod");
    imported["username"] = serde_json::Value::Null;
    assert_eq!(imported, expected);
    assert_eq!(
        show(&other, "dev")["endpoint_url"],
        "http://acme.example:5000"
    );
    let third = Home::new();
    third
        .poolkey_reads(&text, &["profile", "import", "-"])
        .ok()
        .says("added: prod");
    home.poolkey_reads(&text, &["profile", "import", "-", "prod"])
        .fails(2)
        .says("already");
}

#[test]
fn a_second_look_comes_before_adding() {
    let home = Home::new();
    let text = format!(
        "[[profile]]\nname = \"shop\"\nidentity_pool_id = \"{POOL}\"\nsign_in = \"browser\"\n\
         user_pool_id = \"eu-west-1_aB3dE5gH7\"\nclient_id = \"1h57kf5cpq17m0eml12example\"\n\
         domain = \"login.evil.example\"\n"
    );
    let file = path(&home, "shop.toml", &text);
    let import = ["profile", "import", &file];
    let told = home
        .poolkey(&import)
        .fails(2)
        .says("write its name behind the file or link, or --all");
    assert!(told.err.contains("login.evil.example"), "{told:?}");
    assert_eq!(home.poolkey(&["profile", "list"]).ok().out, "");
    let told = home.poolkey(&[&import[..], &["--all"]].concat()).ok();
    let note = told.err.find("login.evil.example").unwrap();
    assert!(note < told.err.find("added: shop").unwrap(), "{told:?}");
}

#[test]
fn nothing_in_a_file_steers_the_terminal() {
    let home = Home::new();
    let evil = r"\u001b]0;x\u0007\u001b[2J";
    let outputs = format!(r#"{{"auth": {{"identity_pool_id": "{evil}"}}}}"#);
    let profile = format!("[[profile]]\nname = \"{evil}\"\nidentity_pool_id = 7\n");
    let aws = format!("[\u{1b}[2J]\nx = {POOL} eu-west-1_aB3dE5gH7\n");
    for (name, text) in [("a.json", outputs), ("b.toml", profile), ("c", aws)] {
        let file = path(&home, name, &text);
        for more in [&[][..], &["--dry-run"]] {
            let ran = home.poolkey(&[&["profile", "import", &file][..], more].concat());
            assert!(ran.err.contains("[2J"), "{ran:?}");
            assert!(!(ran.err + &ran.out).contains(['\u{1b}', '\u{7}']));
        }
    }
}

#[test]
fn a_link_without_a_display_says_what_to_do() {
    let home = Home::new();
    let ran = home.poolkey(&["poolkey://import#abc"]);
    if cfg!(target_os = "linux") {
        ran.fails(1).says("poolkey profile import");
    }
}

#[test]
fn what_is_there_already_is_no_clash_of_names() {
    let home = Home::new();
    let text = "[[profile]]\nname = \"prod\"\nsign_in = \"guest\"\n\
                identity_pool_id = \"eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e\"\n";
    home.poolkey_reads(text, &["profile", "import", "-"]).ok();
    home.poolkey_reads(text, &["profile", "import", "-"])
        .fails(2)
        .says("error: You have the profile prod already, and it says the same")
        .says("There is nothing to add.");
    let other = text.replace("[[profile]]", "[[profile]]\nfips = true");
    home.poolkey_reads(other, &["profile", "import", "-"])
        .fails(2)
        .says("Choose another name");
}
