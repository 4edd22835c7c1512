//! The configuration file on a real disk: comments kept, wrong files named and left alone.

use super::*;
use crate::domain::{
    ManagedLogin, PoolClient, ProblemKind, RefreshMargin, Setting, Settings, SignInMethod, Theme,
};

const FILE: &str = r#"# my pools
theme = "dark" # easier on the eyes

[[profile]]
name = "acme-prod" # the real one
user_pool_id = "eu-west-1_aB3dE5gH7"
client_id = "1h57kf5cpq17m0eml12example"
identity_pool_id = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e"
sign_in = "srp"
future_key = [1, 2]
# last words
"#;

pub(super) fn file(text: &str) -> (tempfile::TempDir, ConfigFile) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profiles.toml");
    std::fs::write(&path, text).unwrap();
    (folder, ConfigFile::new(path))
}

pub(super) fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

#[test]
fn an_edit_keeps_comments_and_unknown_keys() {
    let (_folder, file) = file(FILE);
    let mut profile = file.read().unwrap().profiles.remove(0);
    profile.username = Some("ana@acme.example".to_owned());
    run(file.put(Some(&profile.name.clone()), &profile)).unwrap();
    let after = std::fs::read_to_string(&file.path).unwrap();
    for kept in [
        "# my pools",
        "# easier on the eyes",
        "# the real one",
        "future_key = [1, 2]",
        "# last words",
    ] {
        assert!(after.contains(kept), "{kept} is gone:\n{after}");
    }
    assert_eq!(file.read().unwrap().profiles, [profile]);
}

#[test]
fn every_method_and_managed_login_come_back() {
    let (_folder, file) = file(FILE);
    let mut profile = file.read().unwrap().profiles.remove(0);
    let name = profile.name.clone();
    let mut login = ManagedLogin::at("login.acme.example".parse().unwrap());
    login.identity_provider = Some("Google".to_owned());
    login.callback_urls = vec!["http://localhost:9000/callback".parse().unwrap()];
    login.scopes = vec!["openid".to_owned()];
    login.logout_url = Some("https://acme.example/bye".to_owned());
    for managed_login in [Some(login), None] {
        for sign_in in SignInMethod::ALL
            .into_iter()
            .filter(|way| way.uses_user_pool())
        {
            profile.managed_login.clone_from(&managed_login);
            profile.sign_in = sign_in;
            run(file.put(Some(&name), &profile)).unwrap();
            assert_eq!(file.read().unwrap().profiles, [profile.clone()]);
        }
    }
}

fn with_secret(profile: &Profile, has_client_secret: bool) -> Option<PoolClient> {
    let client = profile.user_pool.clone();
    client.map(|client| PoolClient {
        has_client_secret,
        ..client
    })
}

#[test]
fn profiles_are_added_renamed_and_removed() {
    let (_folder, file) = file(FILE);
    let first = file.read().unwrap().profiles.remove(0);
    let second = Profile {
        name: "b".parse().unwrap(),
        user_pool: with_secret(&first, true),
        ..first.clone()
    };
    run(file.put(None, &second)).unwrap();
    let renamed = Profile {
        name: "c".parse().unwrap(),
        user_pool: with_secret(&second, false),
        ..second.clone()
    };
    run(file.put(Some(&second.name), &renamed)).unwrap();
    assert_eq!(file.read().unwrap().profiles, [first.clone(), renamed]);
    run(file.remove(&first.name)).unwrap();
    assert_eq!(file.read().unwrap().profiles.len(), 1);
    run(file.set("theme", "light")).unwrap();
    assert_eq!(file.read().unwrap().theme, Theme::Light);
}

#[test]
fn a_missing_file_is_empty_and_is_made() {
    let (folder, file) = file(FILE);
    let profile = file.read().unwrap().profiles.remove(0);
    let fresh = ConfigFile::new(folder.path().join("new/folder/profiles.toml"));
    assert!(fresh.read().unwrap().profiles.is_empty());
    run(fresh.put(None, &profile)).unwrap();
    assert_eq!(fresh.read().unwrap().profiles, [profile]);
}

#[test]
fn a_wrong_file_is_named_with_its_line_and_left_alone() {
    for (from, to, line, why) in [
        (
            "sign_in = \"srp\"",
            "sign_in = \"dance\"",
            9,
            "sign-in method",
        ),
        (
            "eu-west-1_aB3dE5gH7",
            "eu-west-1aB3dE5gH7",
            6,
            "user pool ID",
        ),
        (
            "client_id = \"1h57kf5cpq17m0eml12example\"",
            "",
            5,
            "no client_id",
        ),
        ("future_key = [1, 2]", "future_key = [1, 2", 10, ""),
        ("name = \"acme-prod\"", "name = 7", 5, "not a text"),
        ("theme = \"dark\"", "profile = 3", 4, "duplicate key"),
    ] {
        let text = FILE.replacen(from, to, 1);
        assert_ne!(text, FILE);
        let (_folder, file) = file(&text);
        let problem = file.read().unwrap_err();
        assert!(problem.sentence.contains(why), "{}", problem.sentence);
        assert!(
            problem.sentence.contains(&format!("line {line}")),
            "{}",
            problem.sentence
        );
        assert_eq!(problem.kind, ProblemKind::Usage);
        assert!(run(file.set("theme", "light")).is_err());
        assert_eq!(std::fs::read_to_string(&file.path).unwrap(), text);
    }
}

#[test]
fn a_file_that_is_not_text_is_left_alone() {
    let (_folder, file) = file("");
    std::fs::write(&file.path, b"a = 1\n\xff\xfe").unwrap();
    assert!(file.read().unwrap_err().sentence.contains("line 2"));
    assert!(run(file.set("theme", "light")).is_err());
    assert_eq!(std::fs::read(&file.path).unwrap(), b"a = 1\n\xff\xfe");
}

#[test]
fn the_comments_above_a_removed_profile_stay() {
    let (_, table) = FILE.split_once("[[profile]]").unwrap();
    let table = format!("[[profile]]{}", table.replace("# last words\n", ""));
    let second = table.replace("acme-prod", "b");
    let text = format!("# my pools\n\n{table}\n# the second\n{second}# last words\n");
    let (_folder, file) = file(&text);
    run(file.remove(&"acme-prod".parse().unwrap())).unwrap();
    let after = std::fs::read_to_string(&file.path).unwrap();
    assert_eq!(
        after,
        format!("# my pools\n\n\n# the second\n{second}# last words\n")
    );
    run(file.remove(&"b".parse().unwrap())).unwrap();
    let after = std::fs::read_to_string(&file.path).unwrap();
    assert_eq!(after, "# my pools\n\n\n# the second\n# last words\n");
    assert!(file.read().unwrap().profiles.is_empty());
}

#[test]
fn switches_are_kept_and_their_defaults_are_not_written() {
    let (_folder, file) = file(FILE);
    let read = file.read().unwrap();
    assert_eq!(read.settings, Settings::default());
    let mut profile = read.profiles[0].clone();
    let name = profile.name.clone();
    assert!(profile.keep_fresh);
    for on in [false, true] {
        profile.keep_fresh = on;
        run(file.put(Some(&name), &profile)).unwrap();
        run(file.change(&SettingChange::Switch(Setting::CloseToTray, !on))).unwrap();
        run(file.change(&SettingChange::Switch(Setting::Notifications, on))).unwrap();
        let read = file.read().unwrap();
        assert_eq!(read.profiles[0].keep_fresh, on);
        assert_eq!(read.settings.close_to_tray, !on);
        assert_eq!(read.settings.notifications, on);
    }
    let after = std::fs::read_to_string(&file.path).unwrap();
    for key in ["keep_fresh", "close_to_tray", "notifications"] {
        assert!(!after.contains(key), "{after}");
    }
    let (_folder, wrong) = self::file("close_to_tray = 1\n");
    let problem = wrong.read().unwrap_err();
    assert!(problem.sentence.contains("close_to_tray"), "{problem:?}");
}

#[test]
fn every_setting_is_kept_and_the_default_is_not_written() {
    use crate::domain::{Amount, FileSetting};
    let (_folder, file) = file(FILE);
    let changes = [
        SettingChange::Theme(Theme::Light),
        SettingChange::Switch(Setting::Log, true),
        SettingChange::Amount(Amount::TextSize, 150),
        SettingChange::Amount(Amount::RefreshMargin, 25),
        SettingChange::Amount(Amount::LockAfter, 10),
        SettingChange::Proxy("http://proxy.example:3128".parse().ok()),
        SettingChange::File(FileSetting::Ca, Some("~/ca.pem".into())),
        SettingChange::File(FileSetting::AwsCredentials, Some("/aws/keys".into())),
        SettingChange::File(FileSetting::AwsConfig, Some("/aws/config".into())),
    ];
    let mut expected = Settings::default();
    for change in &changes {
        run(file.change(change)).unwrap();
        expected.apply(change);
    }
    let read = file.read().unwrap();
    assert_eq!((read.settings, read.theme), (expected, Theme::Light));
    assert_eq!(read.profiles[0].margin, RefreshMargin::of_minutes(25));
    let text = std::fs::read_to_string(&file.path).unwrap();
    assert!(
        text.contains("proxy = \"http://proxy.example:3128\""),
        "{text}"
    );

    for change in [
        SettingChange::Proxy(None),
        SettingChange::File(FileSetting::Ca, None),
    ] {
        run(file.change(&change)).unwrap();
    }
    let text = std::fs::read_to_string(&file.path).unwrap();
    assert!(
        !text.contains("proxy") && !text.contains("ca_file"),
        "{text}"
    );
}

#[test]
fn a_setting_that_is_none_is_told_with_its_line_and_not_written_over() {
    for (line, key) in [
        ("theme = \"blue\"", "theme"),
        ("text_size_percent = 500", "text_size_percent"),
        ("refresh_margin_minutes = 5", "refresh_margin_minutes"),
        ("lock_after_minutes = -1", "lock_after_minutes"),
        ("lock_after_minutes = \"5\"", "lock_after_minutes"),
        ("proxy = \"http://ana:canary@proxy:1\"", "HTTPS_PROXY"),
        ("ca_file = true", "ca_file"),
    ] {
        let (_folder, file) = file(&format!("# mine\n{line}\n"));
        let change = SettingChange::Switch(Setting::Log, true);
        let problem = run(file.change(&change)).unwrap_err();
        assert!(problem.sentence.contains("line 2"), "{problem:?}");
        assert!(problem.sentence.contains(key), "{problem:?}");
        assert!(!problem.sentence.contains("canary"), "{problem:?}");
        let after = std::fs::read_to_string(&file.path).unwrap();
        assert_eq!(after, format!("# mine\n{line}\n"));
    }
}
