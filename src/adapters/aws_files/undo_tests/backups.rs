//! What is kept before a change: whole, private, few, and as long as it is needed.

use super::*;
use crate::adapters::aws_files::history::MOST;

#[test]
fn renewals_make_no_backups_until_somebody_else_writes() {
    let home = Home::new(FOREIGN, "");
    home.keys("ASIA0", true);
    for turn in 1..50 {
        home.keys(&format!("ASIA{turn}"), false);
    }
    assert_eq!(home.backups().len(), 1);
    home.append("[new]\nk = v\n");
    let with_new = home.credentials();
    home.keys("ASIAX", false);
    home.keys("ASIAY", false);
    let backups = home.backups();
    assert_eq!(backups.len(), 2);
    assert_eq!(fs::read_to_string(&backups[1]).expect("a file"), with_new);
    // They all belong to the one change that put keys there.
    home.undo().expect("a way back");
    assert_eq!(home.credentials(), format!("{FOREIGN}[new]\nk = v\n"));
}

#[test]
fn backups_are_private_few_and_never_of_nothing() {
    let home = Home::new("", "");
    home.keys("ASIA0", false);
    assert!(home.backups().is_empty(), "there was no file");
    for turn in 0..MOST + 5 {
        home.append(&format!("[p{turn}]\nk = v\n"));
        home.keys(&format!("ASIA{turn}"), false);
    }
    let backups = home.backups();
    assert_eq!(backups.len(), MOST);
    assert!(
        backups
            .iter()
            .all(|path| fs::metadata(path).expect("a file").len() > 0)
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
        assert!(backups.iter().all(|path| mode(path.clone()) == 0o600));
        assert_eq!(mode(home.folder.path().join("state/aws-backups")), 0o700);
    }
    let list = home.folder.path().join("state/aws-backups/changes.json");
    assert!(!fs::read_to_string(list).expect("a file").contains("canary"));
}

/// Its original would be thinned out otherwise, and the change forgotten.
#[test]
fn a_change_can_be_taken_back_after_any_number_of_renewals() {
    let home = Home::new(FOREIGN, "");
    home.keys("ASIA0", true);
    for turn in 0..MOST + 5 {
        home.append(&format!("[p{turn}]\nk = v\n"));
        home.keys(&format!("ASIA{turn}"), false);
    }
    assert_eq!(home.backups().len(), MOST);
    home.undo().expect("a way back");
    assert!(home.credentials().starts_with(FOREIGN));
}

#[test]
fn a_file_whose_name_begins_with_anothers_has_backups_of_its_own() {
    let home = Home::new("", "[other]\nx = 1\n");
    let mut work = home.files.paths().clone();
    work.config = home.folder.path().join(".aws/config.work");
    let there = home.files.elsewhere(work.clone(), "");
    for turn in 0..=MOST {
        fs::write(&work.config, format!("[p{turn}]\nk = v\n")).expect("a file");
        let written = there.write_process(&home.name, COMMAND, None, false);
        written.expect("a write");
    }
    home.process(false);
    home.undo().expect("a way back");
    assert_eq!(home.config(), "[other]\nx = 1\n");
    let work = fs::read_to_string(work.config).expect("a file");
    assert!(work.contains(COMMAND), "{work}");
}

#[test]
fn a_copy_that_was_never_finished_is_swept() {
    let home = Home::new(FOREIGN, "");
    home.keys("ASIA1", true);
    let folder = home.folder.path().join("state/aws-backups");
    let left = folder.join(".credentials.20260921T142640.000Z.poolkey-tmp-Xy12");
    fs::write(&left, "canary").expect("a file");
    home.keys("ASIA2", false);
    assert!(!left.exists());
}

#[test]
fn the_same_text_is_kept_once() {
    let home = Home::new(FOREIGN, "");
    for _ in 0..3 {
        home.keys("ASIA1", true);
        home.undo().expect("a way back");
    }
    // What was there, and our keys each time they were taken back: the time in them differs.
    let texts = home.backups();
    let same = texts
        .iter()
        .filter(|path| fs::read_to_string(path).expect("a file") == FOREIGN);
    assert!(same.count() <= 3 && texts.len() <= 6, "{texts:?}");
}

#[test]
fn without_room_for_a_backup_nothing_changes() {
    let home = Home::new(FOREIGN, "");
    fs::write(home.folder.path().join("state"), "a file in the way").expect("a file");
    let problem = home.files.write_process(&home.name, COMMAND, None, false);
    assert_eq!(problem.expect_err("a refusal").kind, ProblemKind::File);
    assert_eq!(
        (home.credentials().as_str(), home.config().as_str()),
        (FOREIGN, "")
    );
}

/// A process may be killed, or fail, before the new file gets its name; others may have the old one
/// open. Neither may meet another mode, nor reach the backup.
#[cfg(unix)]
#[test]
fn a_backup_has_nothing_to_do_with_the_file_that_was_there() {
    use std::io::Write as _;
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new(FOREIGN, "");
    let path = home.files.paths().credentials.clone();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("a mode");
    let old = fs::OpenOptions::new().write(true).open(&path);
    let mut old = old.expect("an open file");
    home.keys("ASIA1", true);
    let mode = |meta: fs::Metadata| meta.permissions().mode() & 0o777;
    assert_eq!(mode(old.metadata().expect("the old file")), 0o644);
    old.write_all(b"changed in place").expect("a write");
    let backup = &home.backups()[0];
    assert_eq!(fs::read_to_string(backup).expect("a file"), FOREIGN);
    assert_eq!(mode(fs::metadata(backup).expect("a file")), 0o600);
}
