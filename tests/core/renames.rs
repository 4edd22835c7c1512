//! What was exported of a profile that gets another name: the sections keep theirs and go on
//! working.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use poolkey::adapters::aws_files::{AwsFiles, AwsPaths, History};
use poolkey::adapters::aws_profiles::UserAwsProfiles;
use poolkey::domain::ExportTarget;
use poolkey::ops::export::{self, ExportOptions, export};
use poolkey::ops::ports::{Content, WriteOrder};
use poolkey::ops::{profiles, web_identity};

use crate::exchange::open_bench;
use crate::support::{Bench, Quiet};

/// The same bench, knowing where the program is, so that entries can run it.
fn installed(bench: &mut Bench) {
    let home = bench.home.path();
    let paths = AwsPaths {
        credentials: home.join("credentials"),
        config: home.join("config"),
    };
    let wait = AwsFiles::LOCK_WAIT;
    let history = History::new(home.join("backups"), "", bench.deps.clock.clone(), wait);
    let files = AwsFiles::new(paths, wait).keeping(history);
    let options = vec!["--config".to_owned(), "/etc/poolkey.toml".to_owned()];
    let program = Ok(PathBuf::from("/opt/poolkey"));
    let files = UserAwsProfiles::new(files, home.to_owned(), program, options);
    bench.deps.aws_profiles = Arc::new(files);
}

/// The value of `key` in `[section]`, read as configparser reads it.
fn value(file: &Path, section: &str, key: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).unwrap();
    let header = format!("[{section}]");
    let lines = text.lines().skip_while(|line| *line != header).skip(1);
    let mut settings = lines.take_while(|line| !line.starts_with('['));
    settings.find_map(|line| {
        let (name, value) = line.split_once('=')?;
        (name.trim() == key).then(|| value.trim().to_owned())
    })
}

/// Sections of ours, one of somebody else's, and some that are not about this profile.
async fn export_all(bench: &Bench) {
    let config = bench.home.path().join("config");
    let own = "/opt/old place/poolkey\" --config /etc/poolkey.toml credential-process dev";
    let theirs = format!(
        "# managed by Poolkey\n[profile moved]\ncredential_process = \"{own}\n\n\
         [profile theirs]\ncredential_process = \"/opt/poolkey\" --config /etc/poolkey.toml credential-process dev\n\n\
         # managed by Poolkey\n[profile other]\ncredential_process = \"/opt/poolkey\" --config /home/x.toml credential-process dev\n\n\
         # managed by Poolkey\n[profile longer]\ncredential_process = \"/opt/poolkey\" --config /etc/poolkey.toml credential-process dev2\n"
    );
    std::fs::write(&config, theirs).unwrap();
    // As the export writes it where the secret store outlives the process.
    let region = "eu-west-1".parse().unwrap();
    let order = WriteOrder {
        aws_profile: "dev",
        content: Content::Process(&bench.profile.name),
        region: &region,
        keep_region: false,
        take_over: false,
    };
    bench.deps.aws_profiles.write(order, false).await.unwrap();
    for (section, target) in [
        ("lab", ExportTarget::WebIdentity),
        ("dev", ExportTarget::CredentialsFile),
        ("keys", ExportTarget::CredentialsFile),
    ] {
        let options = ExportOptions {
            aws_profile: Some(section.to_owned()),
            role: Some("arn:aws:iam::123456789012:role/r".parse().unwrap()),
            ..ExportOptions::to(target)
        };
        let written = export(&bench.deps, &bench.profile, &options, &Quiet).await;
        written.unwrap();
    }
}

fn processes_follow(config: &Path) {
    let process = |section: &str| value(config, section, "credential_process").unwrap();
    let runs = "--config /etc/poolkey.toml credential-process";
    assert_eq!(
        process("profile dev"),
        format!("\"/opt/poolkey\" {runs} development")
    );
    assert_eq!(
        process("profile moved"),
        format!("\"/opt/old place/poolkey\" {runs} development")
    );
    assert_eq!(
        process("profile theirs"),
        format!("\"/opt/poolkey\" {runs} dev")
    );
    assert_eq!(
        process("profile longer"),
        format!("\"/opt/poolkey\" {runs} dev2")
    );
    assert!(process("profile other").ends_with("/home/x.toml credential-process dev"));
}

#[tokio::test]
async fn sections_of_a_renamed_profile_serve_the_new_name() {
    let mut bench = open_bench().await;
    installed(&mut bench);
    profiles::save(&bench.deps, None, &bench.profile, None)
        .await
        .unwrap();
    bench.sign_in().await;
    export_all(&bench).await;
    let before = bench.profile.clone();
    bench.profile.name = "development".parse().unwrap();
    profiles::save(&bench.deps, Some(&before.name), &bench.profile, None)
        .await
        .unwrap();

    let (config, credentials) = (
        bench.home.path().join("config"),
        bench.home.path().join("credentials"),
    );
    processes_follow(&config);
    let file = value(&config, "profile lab", "web_identity_token_file").unwrap();
    assert_eq!(
        Path::new(&file),
        bench.deps.token_files.path(&bench.profile.name)
    );
    assert!(!bench.deps.token_files.path(&before.name).exists());
    let token = bench.deps.token_files.read(&bench.profile.name).await;
    assert!(token.unwrap().is_some(), "SDKs find it at once");
    let renewed = web_identity::renew(&bench.deps, &bench.profile, &Quiet).await;
    assert!(renewed.unwrap().is_some(), "and it is renewed");

    for section in ["dev", "keys"] {
        let whose = value(&credentials, section, "x_poolkey_profile");
        assert_eq!(whose.as_deref(), Some("development"), "{section}");
    }
    bench.minutes_pass(50);
    let session = bench.renew().await.unwrap();
    let wrote = export::again(&bench.deps, &bench.profile, &session.session).await;
    assert_eq!(wrote, Ok(true));
    let changes = bench.deps.aws_profiles.changes().await.unwrap();
    assert!(changes[0].what.starts_with("wrote ["), "{changes:?}");
}
