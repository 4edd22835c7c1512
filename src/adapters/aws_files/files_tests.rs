//! The operations on both files, as `ops` calls them.

use std::fs;
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;

use super::section::{CREATED_MARK, TAKEN_MARK};
use super::{AwsFiles, AwsPaths, Change, CredentialsEntry, Export, Owner};
use crate::domain::{AwsProfileName, Problem, ProblemKind, Secret};

const EXPIRES: &str = "2026-11-20T23:59:59Z";
/// With an absolute path of this system.
const COMMAND: &str = if cfg!(windows) {
    "\"C:\\opt\\poolkey.exe\" credential-process acme"
} else {
    "\"/opt/poolkey\" credential-process acme"
};

struct Home {
    _folder: TempDir,
    files: AwsFiles,
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
        let files = AwsFiles::new(paths, Duration::from_secs(5));
        Self {
            _folder: folder,
            files,
            name: "acme".parse().expect("a name"),
        }
    }

    fn texts(&self) -> (String, String) {
        let paths = self.files.paths();
        let text = |path| fs::read_to_string(path).unwrap_or_default();
        (text(&paths.credentials), text(&paths.config))
    }

    fn keys(&self, region: Option<&str>, take_over: bool) -> Result<Change, Problem> {
        write_keys(&self.files, &self.name, region, take_over)
    }
}

fn write_keys(
    files: &AwsFiles,
    name: &AwsProfileName,
    region: Option<&str>,
    take_over: bool,
) -> Result<Change, Problem> {
    let expires: Timestamp = "2026-11-20T23:59:59.75Z".parse().expect("a time");
    let (secret, token) = (
        Secret::new("canary+/s".to_owned()),
        Secret::new("canary==".to_owned()),
    );
    let keys = CredentialsEntry {
        access_key_id: "ASIAEXAMPLE",
        secret_access_key: &secret,
        session_token: &token,
        expires_at: expires,
        profile: None,
    };
    files.write_credentials(name, &keys, region, take_over)
}

fn body() -> String {
    format!(
        "aws_access_key_id = ASIAEXAMPLE\naws_secret_access_key = canary+/s\n\
         aws_session_token = canary==\nx_security_token_expires = {EXPIRES}\n"
    )
}

#[test]
fn keys_and_region_are_written_and_removed() {
    let home = Home::new("[other]\nx = 1\n", "[profile other]\n");
    let change = home.keys(Some("eu-west-1"), false).expect("a write");
    assert!(
        change.wrote() && change.warnings.is_empty(),
        "{:?}",
        change.warnings
    );
    assert!(!change.diff().contains("canary"), "{}", change.diff());
    assert!(
        change.diff().contains("+aws_secret_access_key = …\n"),
        "{}",
        change.diff()
    );
    let (credentials, config) = home.texts();
    assert_eq!(
        credentials,
        format!("[other]\nx = 1\n\n{CREATED_MARK}\n[acme]\n{}", body())
    );
    let region = format!("{CREATED_MARK}\n[profile acme]\nregion = eu-west-1\n");
    assert_eq!(config, format!("[profile other]\n\n{region}"));

    let again = home.keys(Some("eu-west-1"), false).expect("a look");
    assert!(!again.wrote() && again.diff().is_empty());
    let status = home.files.status(&home.name).expect("a status");
    assert_eq!(status.credentials, Some(Owner::Created));
    assert_eq!(status.expires_at, EXPIRES.parse().ok());
    assert_eq!(status.region.as_deref(), Some("eu-west-1"));
    assert!(!status.has_process && status.warnings.is_empty());

    assert!(
        home.files
            .remove(&home.name, Export::Credentials)
            .expect("a write")
            .wrote()
    );
    assert_eq!(
        home.texts(),
        (
            "[other]\nx = 1\n".to_owned(),
            "[profile other]\n".to_owned()
        )
    );
    assert!(
        !home
            .files
            .remove(&home.name, Export::Credentials)
            .expect("a look")
            .wrote()
    );
}

#[test]
fn a_foreign_section_is_refused_before_anything_is_written() {
    let theirs = "[acme]\naws_access_key_id = canary\naws_security_token = old\nmfa = 1\n";
    let home = Home::new(theirs, "");
    let problem = home.keys(Some("eu-west-1"), false).expect_err("not ours");
    assert_eq!(problem.kind, ProblemKind::Usage);
    assert!(
        problem.sentence.starts_with("Section [acme] in "),
        "{problem}"
    );
    assert!(
        problem.sentence.ends_with("was not made by Poolkey"),
        "{problem}"
    );
    assert!(
        problem
            .hints
            .iter()
            .any(|hint| hint.contains("--take-over"))
    );
    assert!(!format!("{problem:?}").contains("canary"));
    assert!(home.files.remove(&home.name, Export::Credentials).is_err());
    assert_eq!(home.texts(), (theirs.to_owned(), String::new()));

    home.keys(None, true).expect("a write");
    let taken = home.texts().0;
    assert!(taken.starts_with(&format!(
        "{TAKEN_MARK}\n[acme]\naws_access_key_id = ASIAEXAMPLE\n"
    )));
    assert!(taken.contains("mfa = 1\n") && !taken.contains("aws_security_token"));
    home.keys(None, false).expect("ours now");
    home.files
        .remove(&home.name, Export::Credentials)
        .expect("a write");
    assert_eq!(home.texts().0, "[acme]\nmfa = 1\n");
}

#[test]
fn a_region_of_theirs_stays() {
    let theirs = "[profile acme]\nregion = us-east-1\n";
    let home = Home::new("", theirs);
    let change = home.keys(Some("eu-west-1"), false).expect("a write");
    assert!(
        change
            .warnings
            .iter()
            .any(|warning| warning.contains("another region"))
    );
    assert_eq!(home.texts().1, theirs);
}

#[test]
fn a_section_of_theirs_gets_no_region() {
    let theirs = "[profile acme]\noutput = json\n";
    for take_over in [false, true] {
        let home = Home::new("", theirs);
        let change = home.keys(Some("eu-west-1"), take_over).expect("a write");
        let sentence = format!(
            "[profile acme] in {} was not made by Poolkey, so the region was not written there",
            home.files.paths().config.display()
        );
        assert_eq!(change.warnings, [sentence]);
        assert_eq!(home.texts().1, theirs);
        home.files
            .remove(&home.name, Export::Credentials)
            .expect("a write");
        assert_eq!(home.texts(), (String::new(), theirs.to_owned()));
    }
    let same = Home::new("", "[profile acme]\nregion = eu-west-1\n");
    let change = same.keys(Some("eu-west-1"), false).expect("a write");
    assert!(change.warnings.is_empty(), "{:?}", change.warnings);
}

#[test]
fn a_process_is_written_and_removed() {
    let home = Home::new("", "[profile other]\n# c");
    let change = home
        .files
        .write_process(&home.name, COMMAND, Some("eu-west-1"), false);
    assert!(change.expect("a write").wrote());
    let process = format!("[profile acme]\ncredential_process = {COMMAND}\nregion = eu-west-1");
    assert_eq!(
        home.texts().1,
        format!("[profile other]\n# c\n\n{CREATED_MARK}\n{process}")
    );
    assert!(home.files.status(&home.name).expect("a status").has_process);
    home.files
        .remove(&home.name, Export::Process)
        .expect("a write");
    assert_eq!(home.texts().1, "[profile other]\n# c");
    for command in ["a\nb", "a #b", ""] {
        assert!(
            home.files
                .write_process(&home.name, command, None, false)
                .is_err()
        );
    }
}

#[test]
fn a_region_that_was_there_before_a_take_over_survives_it() {
    let theirs = "[profile acme]\nregion = us-east-1\n";
    let home = Home::new("", theirs);
    assert!(
        home.files
            .write_process(&home.name, COMMAND, None, false)
            .is_err()
    );
    home.files
        .write_process(&home.name, COMMAND, None, true)
        .expect("a write");
    home.files
        .remove(&home.name, Export::Process)
        .expect("a write");
    assert_eq!(home.texts().1, theirs);
}

#[test]
fn two_exports_of_one_name_warn_and_leave_in_any_order() {
    for first in [Export::Credentials, Export::Process] {
        let home = Home::new("", "");
        home.keys(Some("eu-west-1"), false).expect("a write");
        let change = home
            .files
            .write_process(&home.name, COMMAND, None, false)
            .expect("a write");
        assert!(
            change.warnings.iter().any(|w| w.contains("has keys")),
            "{change:?}"
        );
        let change = home.keys(Some("eu-west-1"), false).expect("a look");
        assert!(
            change.warnings.iter().any(|w| w.contains("the Rust SDK")),
            "{change:?}"
        );
        assert_eq!(
            home.files
                .status(&home.name)
                .expect("a status")
                .warnings
                .len(),
            3,
            "each hides the other, and the program is not there"
        );
        home.files.remove(&home.name, first).expect("a write");
        assert!(
            home.texts().1.contains("region"),
            "the region is still needed"
        );
        let second = if first == Export::Process {
            Export::Credentials
        } else {
            Export::Process
        };
        home.files.remove(&home.name, second).expect("a write");
        assert_eq!(home.texts(), (String::new(), String::new()));
    }
}

#[test]
fn what_hides_the_keys_is_said() {
    for line in [
        "role_arn = r",
        "sso_session = s",
        "login_session = l",
        "credential_process = c",
    ] {
        let home = Home::new("", &format!("[profile acme]\n{line}\n"));
        assert_eq!(
            home.keys(None, false).expect("a write").warnings.len(),
            1,
            "{line}"
        );
    }
    let home = Home::new("", "\u{feff}");
    let warnings = home.keys(None, false).expect("a write").warnings;
    assert!(
        warnings
            .iter()
            .any(|warning| warning.contains("not checked")),
        "{warnings:?}"
    );
}

#[test]
fn a_preview_writes_nothing_at_all() {
    let home = Home::new("", "");
    let preview = home.files.preview();
    let change = write_keys(&preview, &home.name, Some("eu-west-1"), false).expect("a preview");
    assert!(!change.wrote());
    assert!(
        change
            .diff()
            .contains("+[profile acme]\n+region = eu-west-1\n"),
        "{}",
        change.diff()
    );
    assert!(
        change
            .diff()
            .contains(&format!("+x_security_token_expires = {EXPIRES}\n"))
    );
    let folder = home
        .files
        .paths()
        .config
        .parent()
        .expect("a folder")
        .to_path_buf();
    assert_eq!(fs::read_dir(folder).expect("a folder").count(), 0);
    assert!(!format!("{change:?}").contains("canary"));
}

#[test]
fn one_file_for_both_works() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("both");
    let paths = AwsPaths {
        credentials: path.clone(),
        config: path.clone(),
    };
    let files = AwsFiles::new(paths, Duration::from_secs(5));
    let name: AwsProfileName = "acme".parse().expect("a name");
    write_keys(&files, &name, Some("eu-west-1"), false).expect("a write");
    assert!(
        files
            .remove(&name, Export::Credentials)
            .expect("a write")
            .wrote()
    );
    assert_eq!(fs::read_to_string(path).expect("a file"), "");
}
