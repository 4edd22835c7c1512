//! `undo`, and `profile import`: the way back from an export, and the way in from other tools.

use crate::support::{Home, Spawned, signed_in};

const FOREIGN: &str = "# mine\n[dev]\naws_access_key_id = AKIAFOREIGN\n";

#[test]
fn an_export_is_taken_back() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    home.poolkey(&["undo"]).fails(2).says("undo --list");
    home.poolkey(&["undo", "--list"]).ok().says("nothing");
    home.write(".aws/credentials", FOREIGN);
    let export = [
        "export",
        "dev",
        "--to",
        "credentials-file",
        "--region",
        "eu-west-1",
    ];
    home.poolkey(&[&export[..], &["--take-over"]].concat()).ok();
    home.poolkey(&["export", "dev", "--to", "credential-process"])
        .ok();

    let listed = home.poolkey(&["undo", "--list"]).ok().out;
    let rows: Vec<&str> = listed.lines().collect();
    assert_eq!(rows.len(), 2, "{listed}");
    assert!(
        rows[0].ends_with("wrote [profile dev] to ~/.aws/config"),
        "{listed}"
    );
    assert!(rows[1].contains("[dev] to ~/.aws/credentials"), "{listed}");

    let before = home.files();
    let shown = home.poolkey(&["undo", "--dry-run"]).ok();
    assert!(shown.out.contains("-credential_process = "), "{shown:?}");
    assert_eq!(home.files(), before);
    home.poolkey(&["undo"])
        .ok()
        .says("Taken back: the export of [profile dev] to ~/.aws/config.");
    assert!(!home.read(".aws/config").contains("credential_process"));
    home.poolkey(&["undo"]).ok();
    assert_eq!(home.read(".aws/credentials"), FOREIGN);
    assert_eq!(home.read(".aws/config"), "");

    home.poolkey(&["export", "dev", "--to", "credential-process"])
        .ok();
    home.write(".aws/config", "");
    home.poolkey(&["undo"])
        .ok()
        .says("Already taken back: the export of [profile dev] to ~/.aws/config");
    home.poolkey(&["undo"]).fails(2);
}

#[test]
fn a_section_that_was_edited_since_is_left_alone() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    home.write(".aws/config", "[default]\nregion = x\n");
    home.poolkey(&["export", "dev", "--to", "credential-process"])
        .ok();
    let edited = home.read(".aws/config").replace("us-east-1", "eu-north-1");
    home.write(".aws/config", &edited);
    home.poolkey(&["undo"]).fails(7).says("aws-backups/config.");
    assert_eq!(home.read(".aws/config"), edited);
}

#[test]
fn a_preview_of_somebody_elses_section_needs_no_take_over() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    home.write(".aws/credentials", FOREIGN);
    let ran = home.poolkey(&["export", "dev", "--to", "credentials-file", "--dry-run"]);
    let ran = ran.ok().says("--take-over");
    assert!(
        ran.out.contains("-aws_access_key_id = AKIAFOREIGN"),
        "{ran:?}"
    );
    assert_eq!(home.read(".aws/credentials"), FOREIGN);
    let windows = [
        "export",
        "dev",
        "--to",
        "credential-process",
        "--files",
        "windows",
    ];
    home.poolkey(&windows).fails(2).says("WSL");
}

#[test]
fn profiles_are_imported_from_sections_of_other_tools() {
    let home = Home::new();
    let pool = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";
    let text = format!(
        "[profile work]\ncredential_process = tool eu-west-1_aB3dE5gH7 1h57kf5cpq17m0eml12example \
         {pool}\n[profile guest]\npool = {pool}\n[guest]\npool = {pool}\n[profile half]\nx = eu-west-1_aB3dE5gH7 {pool}\n\
         [profile other]\nregion = x\naws_secret_access_key = canary\n"
    );
    let path = home.write("aws/config", &text).display().to_string();
    let import = ["profile", "import", path.as_str()];
    let listed = home.poolkey(&[&import[..], &["--dry-run"]].concat()).ok();
    assert_eq!(listed.out.lines().count(), 2, "{listed:?}");
    assert_eq!(home.poolkey(&["profile", "list"]).ok().out, "");
    home.poolkey(&[&import[..], &["other"]].concat()).fails(2);
    let ran = home.poolkey(&import).ok().says("no app client");
    assert!(ran.err.contains("another section has its name"), "{ran:?}");
    assert!(!ran.err.contains("canary"), "{ran:?}");
    let shown = home
        .poolkey(&["profile", "show", "work", "--json"])
        .ok()
        .json();
    assert_eq!(shown["client_id"], "1h57kf5cpq17m0eml12example");
    assert_eq!(shown["identity_pool_id"], pool);
    let shown = home
        .poolkey(&["profile", "show", "guest", "--json"])
        .ok()
        .json();
    assert_eq!(shown["sign_in"], "guest");
    home.poolkey(&import).fails(2).says("already");
    home.write("aws/empty", "[a]\nregion = x\n");
    let empty = home.path("aws/empty").display().to_string();
    home.poolkey(&["profile", "import", &empty])
        .fails(2)
        .says("identity pool");
    home.poolkey(&["profile", "import", "/nowhere"]).fails(7);
    assert_eq!(home.read("aws/config"), text);
}
