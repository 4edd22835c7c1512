//! The safe write against real folders: modes, links, failures, other processes, sudden death.
//!
//! Other processes are this test binary again, running [`child`] with a job in the environment.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use zeroize::Zeroizing;

use super::file_lock::Lock;
use super::safe_file::{read, target, update};
use crate::domain::{Problem, ProblemKind};

const WAIT: Duration = Duration::from_secs(30);
const CHILD: &str = "adapters::safe_file_tests::child";

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn write(path: &Path, text: &str) -> Result<bool, Problem> {
    let change = |_| Ok((Some(Zeroizing::new(text.to_owned())), ()));
    update(path, WAIT, change).map(|(wrote, ())| wrote)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("a readable file")
}

/// Names in the folder, without lock files, which stay on purpose.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = names
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.retain(|name| !name.ends_with(".poolkey-lock"));
    names.sort();
    names
}

fn child_command(job: &str, path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", CHILD, "--nocapture"]);
    command
        .env("POOLKEY_TEST_JOB", job)
        .env("POOLKEY_TEST_PATH", path);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Runs only where another test started this program with a job.
#[test]
fn child() {
    let Ok(job) = std::env::var("POOLKEY_TEST_JOB") else {
        return;
    };
    let path = PathBuf::from(std::env::var_os("POOLKEY_TEST_PATH").expect("a path"));
    match job.split_once(' ').unwrap_or((&job, "")) {
        ("fail", _) => {
            let problem = write(&path, &"new".repeat(1000)).expect_err("no write");
            assert_eq!(problem.kind, ProblemKind::File);
            assert!(problem.sentence.contains("left as it was"), "{problem}");
        }
        ("append", line) => {
            for turn in 0..10 {
                let change = |old: Zeroizing<Vec<u8>>| {
                    let old = String::from_utf8_lossy(&old).into_owned();
                    Ok((Some(Zeroizing::new(format!("{line} {turn}\n{old}"))), ()))
                };
                update(&path, WAIT, change).expect("a write");
            }
        }
        ("rewrite", _) => loop {
            for letter in ["a", "b"] {
                write(&path, &letter.repeat(1 << 20)).expect("a write");
            }
        },
        ("hold", _) => {
            let parent = path.parent().expect("a folder");
            let name = path.file_name().expect("a name").to_owned();
            let _lock = Lock::take(parent, &name, WAIT).ok().expect("the lock");
            fs::write(path.with_extension("held"), "").expect("a sign");
            std::thread::sleep(WAIT);
        }
        other => panic!("no such job: {other:?}"),
    }
}

#[test]
fn writes_only_what_changes() {
    let home = folder();
    let path = home.path().join("f");
    assert_eq!(write(&path, "one"), Ok(true));
    let before = fs::metadata(&path)
        .expect("a file")
        .modified()
        .expect("a time");
    let (wrote, told) = update(&path, WAIT, |old| Ok((None, old.len()))).expect("a look");
    assert_eq!((wrote, told), (false, 3));
    assert_eq!(
        fs::metadata(&path)
            .expect("a file")
            .modified()
            .expect("a time"),
        before
    );
    assert_eq!(names(home.path()), ["f"]);
}

#[test]
fn an_edit_that_changes_nothing_creates_nothing() {
    let home = folder();
    let path = home.path().join(".aws/f");
    assert_eq!(update(&path, WAIT, |_| Ok((None, ()))), Ok((false, ())));
    assert!(names(home.path()).is_empty());
}

#[test]
fn left_over_temporary_files_are_swept() {
    let home = folder();
    fs::write(home.path().join(".f.poolkey-tmp-Xy12"), "secret").expect("a file");
    fs::write(home.path().join(".g.poolkey-tmp-Xy12"), "another's").expect("a file");
    write(&home.path().join("f"), "one").expect("a write");
    assert_eq!(names(home.path()), [".g.poolkey-tmp-Xy12", "f"]);
}

#[test]
fn what_is_no_file_is_refused() {
    let home = folder();
    let problem = write(home.path(), "x").expect_err("a folder");
    assert_eq!(problem.kind, ProblemKind::File);
    assert!(read(home.path()).is_err());
    assert!(
        read(&home.path().join("missing"))
            .expect("nothing")
            .is_empty()
    );
    #[cfg(unix)]
    {
        assert!(write(Path::new("/dev/null"), "x").is_err());
        assert!(read(Path::new("/dev/null")).expect("nothing").is_empty());
    }
}

#[test]
fn eight_processes_lose_nothing_and_no_reader_sees_a_short_file() {
    let home = folder();
    let path = home.path().join("f");
    let base = "base\n".repeat(20_000);
    write(&path, &base).expect("a write");
    let spawn = |n| {
        child_command(&format!("append p{n}"), &path)
            .spawn()
            .expect("a process")
    };
    let mut children: Vec<_> = (0..8).map(spawn).collect();
    let mut reads = 0;
    while children
        .iter_mut()
        .any(|child| child.try_wait().expect("a state").is_none())
    {
        assert!(text(&path).ends_with(&base), "a short file");
        reads += 1;
    }
    for child in children {
        let output = child.wait_with_output().expect("an end");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let all = text(&path);
    for n in 0..8 {
        for turn in 0..10 {
            assert!(
                all.contains(&format!("p{n} {turn}\n")),
                "p{n} {turn} was lost"
            );
        }
    }
    assert!(reads > 10, "{reads} reads are no proof");
    assert_eq!(names(home.path()), ["f"]);
}

#[test]
fn a_killed_writer_leaves_the_old_file_or_the_new_one() {
    let home = folder();
    let path = home.path().join("f");
    write(&path, &"a".repeat(1 << 20)).expect("a write");
    for turn in 0..12 {
        let mut child = child_command("rewrite", &path).spawn().expect("a process");
        std::thread::sleep(Duration::from_millis(40 + turn * 7));
        child.kill().expect("a kill");
        child.wait().expect("an end");
        let text = text(&path);
        assert_eq!(text.len(), 1 << 20);
        let first = text.chars().next().expect("a letter");
        assert!(text.chars().all(|letter| letter == first));
    }
    write(&path, "done").expect("the lock is free and the rest is swept");
    assert_eq!(names(home.path()), ["f"]);
}

#[test]
fn waiting_for_the_lock_has_an_end_and_death_frees_it() {
    let home = folder();
    let path = home.path().join("f");
    let mut child = child_command("hold", &path).spawn().expect("a process");
    let started = Instant::now();
    while !path.with_extension("held").exists() {
        assert!(started.elapsed() < WAIT, "the child holds nothing");
        std::thread::sleep(Duration::from_millis(5));
    }
    let short = Duration::from_millis(100);
    let problem = update(&path, short, |_| Ok((None, ()))).expect_err("a busy lock");
    assert!(problem.sentence.starts_with("Another process"), "{problem}");
    child.kill().expect("a kill");
    child.wait().expect("an end");
    assert_eq!(update(&path, short, |_| Ok((None, ()))), Ok((false, ())));
}

#[test]
fn one_file_has_one_path_however_it_is_spelled() {
    let home = folder();
    fs::create_dir(home.path().join("aws")).expect("a folder");
    let spelled = |path: &str| target(&home.path().join(path)).expect("a path");
    assert_eq!(spelled("aws/f"), spelled("aws/../aws/f"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(home.path().join("aws"), home.path().join("linked"))
            .expect("a link");
        // Also where the folder is not there yet.
        assert_eq!(spelled("aws/new/f"), spelled("linked/new/f"));
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    use std::os::unix::process::CommandExt as _;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("a file").mode() & 0o777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
    }

    #[test]
    fn modes() {
        let home = folder();
        let path = home.path().join("deep/.aws/f");
        write(&path, "one").expect("a write");
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&home.path().join("deep/.aws")), 0o700);
        assert_eq!(mode(&home.path().join("deep/.aws/.f.poolkey-lock")), 0o600);
        for (before, after) in [
            (0o644, 0o600),
            (0o660, 0o600),
            (0o400, 0o400),
            (0o444, 0o400),
        ] {
            set_mode(&path, before);
            write(&path, "two").expect("a write");
            assert_eq!(mode(&path), after, "{before:o}");
        }
    }

    #[test]
    fn links_stay_links() {
        let home = folder();
        let at = |name: &str| home.path().join(name);
        fs::create_dir(at("real")).expect("a folder");
        fs::create_dir(at("aws")).expect("a folder");
        symlink("../real/file", at("aws/middle")).expect("a link");
        symlink(at("aws/middle"), at("aws/first")).expect("a link");
        // The link dangles at first, and leads to a file afterwards.
        for text_now in ["one", "two"] {
            write(&at("aws/first"), text_now).expect("a write");
            assert_eq!(text(&at("real/file")), text_now);
            assert_eq!(names(&at("aws")), ["first", "middle"]);
            assert!(
                fs::symlink_metadata(at("aws/first"))
                    .expect("a link")
                    .is_symlink()
            );
            assert!(
                fs::symlink_metadata(at("aws/middle"))
                    .expect("a link")
                    .is_symlink()
            );
        }
        symlink("loop", at("loop")).expect("a link");
        assert!(write(&at("loop"), "x").is_err());
        symlink(at("aws"), at("linked")).expect("a link");
        write(&at("linked/f"), "three").expect("a write");
        assert_eq!(text(&at("aws/f")), "three");
    }

    #[test]
    fn a_read_only_folder_changes_nothing() {
        let home = folder();
        set_mode(home.path(), 0o755);
        let path = home.path().join("f");
        fs::write(&path, "old").expect("a file");
        set_mode(home.path(), 0o555);
        let mut command = child_command("fail", &path);
        if fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0) {
            // No folder is read-only to root.
            set_mode(&path, 0o644);
            command.uid(65534).gid(65534);
        }
        let output = command.output().expect("a process");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert_eq!(text(&path), "old");
        assert_eq!(names(home.path()), ["f"]);
        set_mode(home.path(), 0o755);
    }

    /// Under sudo: what root makes in a person's folder is that person's.
    #[test]
    fn what_root_makes_belongs_to_the_folders_owner() {
        if fs::metadata("/proc/self").map_or(1, |me| me.uid()) != 0 {
            return;
        }
        let home = folder();
        std::os::unix::fs::chown(home.path(), Some(65534), Some(65534)).expect("an owner");
        let elsewhere = home.path().join("elsewhere");
        fs::write(&elsewhere, "root's").expect("a file");
        symlink(&elsewhere, home.path().join(".g.poolkey-lock")).expect("a link");
        for name in ["f", "g", "new/deep/f"] {
            write(&home.path().join(name), "one").expect("a write");
        }
        let names = [
            "f",
            ".f.poolkey-lock",
            "g",
            "new",
            "new/deep",
            "new/deep/f",
            "new/deep/.f.poolkey-lock",
        ];
        for name in names {
            let meta = fs::metadata(home.path().join(name)).expect("a file");
            assert_eq!((meta.uid(), meta.gid()), (65534, 65534), "{name}");
        }
        let uid = fs::metadata(&elsewhere).expect("a file").uid();
        assert_eq!(uid, 0, "a link gives nothing away");
    }

    #[test]
    fn a_lock_file_that_cannot_be_opened_is_named() {
        let home = folder();
        let lock = home.path().join(".f.poolkey-lock");
        fs::create_dir(&lock).expect("a folder");
        let problem = write(&home.path().join("f"), "one").expect_err("no lock");
        let named = format!("the lock file {} cannot be opened", lock.display());
        assert!(problem.sentence.contains(&named), "{problem}");
    }

    /// The limit on file sizes fails a write as a full disk does, halfway through the file.
    #[test]
    fn a_write_that_fails_halfway_changes_nothing() {
        let home = folder();
        let path = home.path().join("f");
        fs::write(&path, "old").expect("a file");
        let child = child_command("fail", &path);
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""]);
        shell.arg(child.get_program()).args(child.get_args());
        shell.envs(
            child
                .get_envs()
                .filter_map(|(key, value)| Some((key, value?))),
        );
        let output = shell.output().expect("a process");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert_eq!(text(&path), "old");
        assert_eq!(names(home.path()), ["f"]);
    }
}
