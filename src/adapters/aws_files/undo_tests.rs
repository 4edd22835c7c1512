//! The way back from changes. The clock is handed in and never moves by itself.

mod backups;
mod several;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;

use super::{AwsFiles, AwsPaths, CredentialsEntry, Export, History};
use crate::domain::{AwsProfileName, Problem, ProblemKind, Secret};
use crate::ops::ports::Clock;

const FOREIGN: &str = "# mine\n[acme]\naws_access_key_id = THEIRS\n\n[other]\nx = 1\n";
const COMMAND: &str = "\"/opt/poolkey\" credential-process acme";

struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::Relaxed)).expect("a time")
    }
}

struct Home {
    folder: TempDir,
    files: AwsFiles,
    clock: Arc<Hands>,
    name: AwsProfileName,
}

impl Home {
    fn new(credentials: &str, config: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = AwsPaths::from_env(|_| None, folder.path());
        fs::create_dir(folder.path().join(".aws")).expect("a folder");
        for (path, text) in [(&paths.credentials, credentials), (&paths.config, config)] {
            if !text.is_empty() {
                fs::write(path, text).expect("a file");
            }
        }
        let clock = Arc::new(Hands(AtomicI64::new(1_790_000_000)));
        let wait = Duration::from_secs(5);
        let history = History::new(
            folder.path().join("state/aws-backups"),
            "",
            clock.clone(),
            wait,
        );
        Self {
            files: AwsFiles::new(paths, wait).keeping(history),
            folder,
            clock,
            name: "acme".parse().expect("a name"),
        }
    }

    fn keys(&self, id: &str, take_over: bool) {
        self.clock.0.fetch_add(60, Ordering::Relaxed);
        let secret = Secret::new("canary".to_owned());
        let keys = CredentialsEntry {
            access_key_id: id,
            secret_access_key: &secret,
            session_token: &secret,
            expires_at: self.clock.now(),
            profile: None,
        };
        let written = self
            .files
            .write_credentials(&self.name, &keys, None, take_over);
        written.expect("a write");
    }

    fn process(&self, take_over: bool) {
        self.clock.0.fetch_add(60, Ordering::Relaxed);
        let written = self
            .files
            .write_process(&self.name, COMMAND, Some("eu-west-1"), take_over);
        written.expect("a write");
    }

    fn undo(&self) -> Result<String, Problem> {
        let newest = self.files.newest()?;
        self.files.undo(&newest).map(|change| change.diff())
    }

    fn credentials(&self) -> String {
        fs::read_to_string(&self.files.paths().credentials).unwrap_or_default()
    }

    fn config(&self) -> String {
        fs::read_to_string(&self.files.paths().config).unwrap_or_default()
    }

    fn append(&self, text: &str) {
        let path = &self.files.paths().credentials;
        fs::write(path, self.credentials() + text).expect("a file");
    }

    /// The backups, oldest first.
    fn backups(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.folder.path().join("state/aws-backups")) else {
            return Vec::new();
        };
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let is_backup = |path: &PathBuf| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            name.starts_with("credentials.") || name.starts_with("config.")
        };
        let mut paths: Vec<PathBuf> = paths.filter(is_backup).collect();
        paths.sort();
        paths
    }
}

#[test]
fn changes_are_taken_back_one_after_the_other() {
    let home = Home::new(FOREIGN, "[profile other]\nregion = x\n");
    home.keys("ASIA1", true);
    home.process(false);
    home.files
        .remove(&home.name, Export::Credentials)
        .expect("a removal");
    assert!(!home.credentials().contains("ASIA1"));

    assert!(
        home.undo()
            .expect("a way back")
            .contains("+aws_access_key_id = ASIA1")
    );
    assert!(home.credentials().contains("ASIA1"));
    home.undo().expect("a way back");
    assert_eq!(home.config(), "[profile other]\nregion = x\n");
    home.undo().expect("a way back");
    assert_eq!(home.credentials(), FOREIGN);
    let problem = home.undo().expect_err("nothing left");
    assert_eq!(problem.kind, ProblemKind::Usage);
}

#[test]
fn what_others_wrote_since_stays() {
    for before in [FOREIGN, "", "[other]\nx = 1", "[other]\r\nx = 1\r\n"] {
        let home = Home::new(before, "");
        home.keys("ASIA1", true);
        home.append("\n[new]\nk = v\n");
        home.undo().expect("a way back");
        let text = home.credentials();
        assert!(text.contains("[new]\nk = v\n"), "{text:?}");
        assert!(
            !text.contains("ASIA1") && !text.contains("Poolkey"),
            "{text:?}"
        );
        assert_eq!(text.contains("THEIRS"), before == FOREIGN);
        assert!(text.starts_with(before.trim_end()), "{text:?}");
    }
    // A section that was removed comes back beside what was added.
    let home = Home::new("[first]\na = 1\n", "");
    home.keys("ASIA1", false);
    home.files
        .remove(&home.name, Export::Credentials)
        .expect("a removal");
    home.append("[new]\nk = v\n");
    home.undo().expect("a way back");
    let text = home.credentials();
    assert!(text.starts_with("[first]\na = 1\n[new]\nk = v\n\n# managed by Poolkey\n[acme]\n"));
}

#[test]
fn remarks_inside_a_section_come_back_once_and_in_their_place() {
    let before = "[profile acme]\nregion = x\nrole_arn = r\n# note\nweb_identity_token_file = /t";
    for (before, eol) in [
        (before.to_owned(), "\n"),
        (before.replace('\n', "\r\n"), "\r\n"),
    ] {
        let home = Home::new("", &format!("{before}{eol}"));
        let path = &home.files.paths().config;
        home.process(true);
        let new = format!("{eol}[profile y]{eol}k = v{eol}");
        fs::write(path, home.config() + &new).expect("a file");
        home.undo().expect("a way back");
        assert_eq!(home.config(), format!("{before}{eol}{new}"));
    }
    // Left behind by the section that it was in, above what was added.
    let home = Home::new("", "[other]\nx = 1\n");
    home.process(false);
    let path = &home.files.paths().config;
    let noted = home.config().replace("region", "# note\nregion");
    fs::write(path, &noted).expect("a file");
    home.files
        .remove(&home.name, Export::Process)
        .expect("gone");
    fs::write(path, home.config() + "[profile y]\nk = v\n").expect("a file");
    home.undo().expect("a way back");
    let text = home.config();
    assert_eq!(text.matches("# note\n").count(), 1, "{text}");
    assert!(text.contains("[profile acme]\n") && text.contains("\nregion = "));
}

#[test]
fn a_section_that_somebody_else_changed_is_refused_and_the_backup_named() {
    let home = Home::new(FOREIGN, "");
    home.keys("ASIA1", true);
    let changed = home.credentials().replace("ASIA1", "EDITED");
    fs::write(&home.files.paths().credentials, &changed).expect("a file");
    let problem = home.undo().expect_err("a refusal");
    assert_eq!(problem.kind, ProblemKind::File);
    let backup = home.backups().remove(0).display().to_string();
    assert!(
        problem.hints.iter().any(|hint| hint.contains(&backup)),
        "{problem:?}"
    );
    assert_eq!(home.credentials(), changed);
    // Written over by Poolkey, it is Poolkey's to take back again.
    home.keys("ASIA2", false);
    home.undo().expect("a way back");
    assert_eq!(home.credentials(), changed);
}

#[test]
fn a_preview_of_the_way_back_changes_nothing() {
    let home = Home::new(FOREIGN, "");
    home.keys("ASIA1", true);
    let before = home.credentials();
    let newest = home.files.newest().expect("a change");
    let diff = home.files.preview().undo(&newest);
    let diff = diff.expect("a way back").diff();
    assert!(
        diff.contains("-aws_access_key_id = ASIA1") && !diff.contains("canary"),
        "{diff}"
    );
    assert_eq!(home.credentials(), before);
    assert_eq!(home.undo().expect("a way back"), diff);
}

#[test]
fn a_change_that_was_noted_and_never_made_is_stepped_over() {
    let home = Home::new(FOREIGN, "");
    home.process(false);
    let config = home.config();
    // As if the process had been killed before the file got its name.
    let (path, aside) = (
        &home.files.paths().credentials,
        home.folder.path().join("c"),
    );
    fs::hard_link(path, &aside).expect("a link");
    home.keys("ASIA1", true);
    fs::rename(&aside, path).expect("the same file");
    home.undo().expect("a way back");
    assert_eq!(
        (home.credentials().as_str(), home.config().as_str()),
        (FOREIGN, "")
    );
    assert!(config.contains("credential_process"));
}

#[test]
fn a_change_that_others_took_back_is_no_reason_to_take_back_another() {
    let home = Home::new(FOREIGN, "");
    home.process(false);
    home.keys("ASIA1", true);
    fs::write(&home.files.paths().credentials, FOREIGN).expect("a file");
    assert_eq!(home.undo().expect("no news"), "");
    assert!(home.config().contains(COMMAND), "only the next one");
    home.undo().expect("a way back");
    assert_eq!(home.config(), "");
}

#[test]
fn a_file_that_is_not_there_says_nothing_about_the_change() {
    let home = Home::new("", "[other]\nx = 1\n");
    home.keys("ASIA1", false);
    home.process(false);
    let (path, away) = (&home.files.paths().config, home.folder.path().join("away"));
    fs::rename(path, &away).expect("a drive that goes");
    let problem = home.undo().expect_err("a refusal");
    let backup = home.backups().remove(0).display().to_string();
    assert!(problem.hints[0].contains(&backup), "{problem:?}");
    fs::rename(&away, path).expect("a drive that comes back");
    home.undo().expect("a way back");
    assert_eq!(home.config(), "[other]\nx = 1\n");
    assert!(home.credentials().contains("ASIA1"));
}

#[test]
fn a_list_that_cannot_be_read_stops_nothing() {
    let home = Home::new(FOREIGN, "");
    home.keys("ASIA1", true);
    let list = home.folder.path().join("state/aws-backups/changes.json");
    fs::write(&list, "{\"changes\": 3").expect("a file");
    assert!(home.undo().is_err());
    home.process(false);
    home.undo().expect("a way back");
    assert_eq!(home.config(), "");
}
