//! Terminals that are made of a script: what they are told to run, and with which environment.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::domain::{AwsCredentials, RoleChoice, Secret};

const DEADLINE: Duration = Duration::from_secs(20);

fn session() -> Session {
    let now = Timestamp::UNIX_EPOCH;
    Session {
        identity_id: "us-east-1:9f0c1d2e".parse().unwrap(),
        credentials: AwsCredentials {
            access_key_id: "ASIACANARY".to_owned(),
            secret_access_key: Secret::new("secret-canary".to_owned()),
            session_token: Secret::new("token-canary".to_owned()),
            expires_at: now + SignedDuration::from_hours(1),
        },
        username: String::new(),
        groups: Vec::new(),
        roles: Vec::new(),
        logins: Vec::new(),
        role_choice: RoleChoice::default(),
        caller: None,
        obtained_at: now,
    }
}

/// A program that writes what it got, and says so at last.
fn fake(folder: &Path, name: &str) {
    let at = folder.display();
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" >{at}/{name}.words\nenv >{at}/{name}.env\n\
         mv {at}/{name}.env {at}/{name}.done\n"
    );
    let path = folder.join(name);
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
}

fn read(path: &Path) -> String {
    let begun = Instant::now();
    loop {
        if let Ok(text) = std::fs::read_to_string(path) {
            return text;
        }
        assert!(begun.elapsed() < DEADLINE, "{}", path.display());
        std::thread::yield_now();
    }
}

fn terminal(folder: &Path, preferred: Option<&str>, way: Way) -> SystemTerminal {
    let program = Ok(PathBuf::from("/opt/my apps/poolkey"));
    let options = vec!["--config-dir".to_owned(), "/c d".to_owned()];
    SystemTerminal::new(program, options, way).at(Desk {
        path: Some(folder.into()),
        terminal: preferred.map(OsString::from),
        shell: Some("/bin/zsh".into()),
        home: None,
    })
}

fn open(terminal: &SystemTerminal) -> Result<(), Problem> {
    let (profile, region) = ("dev".parse().unwrap(), "eu-west-1".parse().unwrap());
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(terminal.open(&profile, &session(), &region))
}

#[test]
fn a_terminal_runs_poolkey_and_is_handed_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fake(folder.path(), "gnome-terminal");
    fake(folder.path(), "xterm");
    open(&terminal(folder.path(), None, Way::Store)).unwrap();
    let environment = read(&folder.path().join("gnome-terminal.done"));
    assert!(!environment.contains("canary") && !environment.contains("ASIA"));
    let words = read(&folder.path().join("gnome-terminal.words"));
    let expected = "--\n/opt/my apps/poolkey\n--config-dir\n/c d\nexec\ndev\n\
                    --region\neu-west-1\n--\n/bin/zsh\n-l\n";
    assert_eq!(words, expected);
}

#[test]
fn the_preferred_one_comes_first_in_its_own_way() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["gnome-terminal", "wezterm", "stranger"] {
        fake(folder.path(), name);
    }
    for (name, before) in [
        ("wezterm", "start\n--always-new-process\n--\n"),
        ("stranger", "-e\n"),
    ] {
        open(&terminal(folder.path(), Some(name), Way::Store)).unwrap();
        read(&folder.path().join(format!("{name}.done")));
        let words = read(&folder.path().join(format!("{name}.words")));
        assert!(words.starts_with(&format!("{before}/opt/")), "{words}");
    }
    assert!(!folder.path().join("gnome-terminal.words").exists());
}

/// A server would open the window in its own environment: without the credentials.
#[test]
fn only_a_terminal_of_its_own_inherits_credentials() {
    let folder = tempfile::tempdir().unwrap();
    fake(folder.path(), "gnome-terminal");
    fake(folder.path(), "konsole");
    let terminal = terminal(folder.path(), Some("gnome-terminal"), Way::Environment);
    let problem = open(&terminal).unwrap_err();
    assert!(problem.sentence.contains("memory"), "{problem}");
    fake(folder.path(), "xterm");
    open(&terminal).unwrap();
    let environment = read(&folder.path().join("xterm.done"));
    for line in [
        "AWS_ACCESS_KEY_ID=ASIACANARY",
        "AWS_SECRET_ACCESS_KEY=secret-canary",
        "AWS_SESSION_TOKEN=token-canary",
        "AWS_REGION=eu-west-1",
        "AWS_EC2_METADATA_DISABLED=true",
        "POOLKEY_PROFILE=dev",
    ] {
        assert!(environment.lines().any(|found| found == line), "{line}");
    }
    assert_eq!(
        read(&folder.path().join("xterm.words")),
        "-e\n/bin/zsh\n-l\n"
    );
    assert!(!folder.path().join("gnome-terminal.words").exists());
}

#[test]
fn without_a_terminal_the_command_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let problem = open(&terminal(folder.path(), None, Way::Store)).unwrap_err();
    assert!(
        problem
            .hints
            .iter()
            .any(|hint| hint.contains("poolkey exec dev --"))
    );
}
