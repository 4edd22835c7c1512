//! The Windows home's files from inside WSL, with folders that stand for the system.

use std::fs;
use std::time::Duration;

use tempfile::TempDir;

use super::*;
use crate::adapters::aws_files::{AwsPaths, History};
use crate::adapters::clock::ServiceClock;
use crate::domain::Region;
use crate::ops::ports::Content;

/// An absolute path of this system.
const PROGRAM: &str = if cfg!(windows) {
    "C:\\opt\\poolkey.exe"
} else {
    "/opt/poolkey"
};

/// A distribution in whose `/mnt/c` one person has AWS files.
fn wsl() -> (TempDir, UserAwsProfiles) {
    let root = tempfile::tempdir().unwrap();
    let kernel = root.path().join("proc/sys/kernel");
    fs::create_dir_all(&kernel).unwrap();
    fs::write(kernel.join("osrelease"), "5.15-microsoft-standard-WSL2").unwrap();
    fs::create_dir_all(root.path().join("mnt/c/Users/Ana/.aws")).unwrap();
    let home = root.path().join("home/ana");
    let files = AwsFiles::new(AwsPaths::from_env(|_| None, &home), Duration::from_secs(5));
    let program = Ok(PathBuf::from(PROGRAM));
    let wsl = Wsl::find(root.path(), |name| {
        (name == "WSL_DISTRO_NAME").then(|| "Debian".into())
    });
    let profiles = UserAwsProfiles::new(files, home, program, Vec::new());
    (root, profiles.beside(wsl))
}

fn order<'a>(content: Content<'a>, region: &'a Region) -> WriteOrder<'a> {
    WriteOrder {
        aws_profile: "dev",
        content,
        region,
        keep_region: false,
        take_over: false,
    }
}

#[cfg(unix)] // as everything inside WSL
#[tokio::test]
async fn windows_gets_a_command_that_it_can_run() {
    let (root, profiles) = wsl();
    let homes = profiles.homes().await;
    assert_eq!(
        homes.iter().map(|home| home.id.name()).collect::<Vec<_>>(),
        ["linux", "windows"]
    );
    assert_eq!(homes[0].shown, "~/.aws");
    let windows = profiles.of_home(AwsHomeId::Windows).unwrap();
    let (name, region) = ("dev".parse().unwrap(), "eu-west-1".parse().unwrap());
    windows
        .write(order(Content::Process(&name), &region), false)
        .await
        .unwrap();
    let text = fs::read_to_string(root.path().join("mnt/c/Users/Ana/.aws/config")).unwrap();
    let command =
        r"C:\Windows\System32\wsl.exe -d Debian --exec /opt/poolkey credential-process dev";
    assert!(
        text.contains(&format!("\ncredential_process = {command}\n")),
        "{text}"
    );
    assert!(
        !root.path().join("home").exists(),
        "the own files are left alone"
    );

    let role = "arn:aws:iam::123456789012:role/R".parse().unwrap();
    let content = Content::WebIdentity {
        role: &role,
        session_name: "poolkey",
        token_file: Path::new("/run/token"),
    };
    let problem = windows
        .write(order(content, &region), false)
        .await
        .unwrap_err();
    assert!(
        problem.hints[0].contains("credential-process"),
        "{problem:?}"
    );
}

#[tokio::test]
async fn elsewhere_there_is_one_home() {
    let home = tempfile::tempdir().unwrap();
    let paths = AwsPaths::from_env(|_| None, home.path());
    let files = AwsFiles::new(paths, Duration::from_secs(5));
    let program = Err("unknown".to_owned());
    let profiles = UserAwsProfiles::new(files, home.path().to_owned(), program, Vec::new());
    assert_eq!(profiles.homes().await.len(), 1);
    assert!(profiles.of_home(AwsHomeId::Windows).is_err());
}

#[tokio::test]
async fn a_dry_run_says_whose_section_it_is_and_what_a_take_over_would_do() {
    let (root, profiles) = wsl();
    let config = root.path().join("home/ana/.aws/config");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    fs::write(&config, "[profile dev]\nregion = x\n").unwrap();
    let (name, region) = ("dev".parse().unwrap(), "eu-west-1".parse().unwrap());
    let asked = order(Content::Process(&name), &region);
    let told = profiles.write(asked, true).await.unwrap();
    assert!(
        told.foreign && told.diff.contains("+# managed by Poolkey (taken over)"),
        "{told:?}"
    );
    let refused = profiles
        .write(order(Content::Process(&name), &region), false)
        .await;
    assert!(refused.is_err());
    let mut asked = order(Content::Process(&name), &region);
    asked.take_over = true;
    profiles.write(asked, false).await.unwrap();
    let asked = order(Content::Process(&name), &region);
    assert!(
        !profiles.write(asked, true).await.unwrap().foreign,
        "it is ours by now"
    );
}

#[tokio::test]
async fn a_region_stays_unless_another_was_asked_for() {
    let (root, profiles) = wsl();
    let config = root.path().join("home/ana/.aws/config");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    let theirs = "[profile dev]\nregion = eu-north-1\n";
    fs::write(&config, theirs).unwrap();
    let (name, region) = ("dev".parse().unwrap(), "eu-west-1".parse().unwrap());
    let mut asked = order(Content::Process(&name), &region);
    (asked.take_over, asked.keep_region) = (true, true);
    profiles.write(asked, false).await.unwrap();
    let target = ExportTarget::CredentialProcess;
    profiles.remove("dev", target, false).await.unwrap();
    assert_eq!(fs::read_to_string(&config).unwrap(), theirs);
    let mut asked = order(Content::Process(&name), &region);
    asked.take_over = true;
    profiles.write(asked, false).await.unwrap();
    let text = fs::read_to_string(&config).unwrap();
    assert!(text.contains("region = eu-west-1\n"), "{text}");
}

#[tokio::test]
async fn a_token_of_an_identity_pool_is_told_from_others() {
    let (root, profiles) = wsl();
    let encode = |text: &str| data_encoding::BASE64URL_NOPAD.encode(text.as_bytes());
    let write = |name: &str, issuer: &str| {
        let body = format!(
            r#"{{"iss":"{issuer}","aud":"eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e",
            "amr":["unauthenticated"],"exp":1}}"#
        );
        let path = root.path().join(name);
        fs::write(&path, format!("{}.{}.canary", encode("{}"), encode(&body))).unwrap();
        format!(
            "[profile {name}]\nrole_arn = arn:aws:iam::123456789012:role/R\n\
             web_identity_token_file = {}\n",
            path.display()
        )
    };
    let text = write("guest", "https://cognito-identity.amazonaws.com")
        + &write("kubernetes", "https://oidc.eks.example");
    let file = root.path().join("config");
    fs::write(&file, text).unwrap();
    let found = profiles.found_in(&file, &[]).await.unwrap();
    let names: Vec<&str> = found.iter().map(|found| found.section.as_str()).collect();
    assert_eq!(names, ["guest"]);
    assert!(found[0].profile.is_some() && !format!("{found:?}").contains("canary"));
}

#[tokio::test]
async fn only_the_change_that_was_shown_is_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let paths = AwsPaths::from_env(|_| None, home.path());
    let (wait, clock) = (Duration::from_secs(5), Arc::new(ServiceClock::system()));
    let history = History::new(home.path().join("state"), "", clock, wait);
    let files = AwsFiles::new(paths.clone(), wait).keeping(history);
    let program = Ok(PathBuf::from(PROGRAM));
    let profiles = UserAwsProfiles::new(files, home.path().into(), program, Vec::new());
    let (name, region) = ("dev".parse().unwrap(), "eu-west-1".parse().unwrap());
    let first = order(Content::Process(&name), &region);
    profiles.write(first, false).await.unwrap();
    let shown = profiles.last_change().await.unwrap();
    let second = WriteOrder {
        aws_profile: "other",
        ..order(Content::Process(&name), &region)
    };
    profiles.write(second, false).await.unwrap();
    let both = fs::read_to_string(&paths.config).unwrap();

    let refused = profiles.undo(false, shown.as_ref()).await.unwrap_err();
    assert!(refused.sentence.contains("[profile other]"), "{refused}");
    assert_eq!(fs::read_to_string(&paths.config).unwrap(), both);
    let newest = profiles.last_change().await.unwrap();
    profiles.undo(false, newest.as_ref()).await.unwrap();
    profiles.undo(false, shown.as_ref()).await.unwrap();
    assert_eq!(fs::read_to_string(&paths.config).unwrap(), "");
}

#[tokio::test]
async fn several_are_told_as_one_change() {
    let home = tempfile::tempdir().unwrap();
    let paths = AwsPaths::from_env(|_| None, home.path());
    let (wait, clock) = (Duration::from_secs(5), Arc::new(ServiceClock::system()));
    let history = History::new(home.path().join("state"), "", clock, wait);
    let files = AwsFiles::new(paths.clone(), wait).keeping(history);
    let program = Ok(PathBuf::from("/opt/poolkey"));
    let profiles = UserAwsProfiles::new(files, home.path().into(), program, Vec::new());
    let (name, region) = ("dev".parse().unwrap(), "eu-west-1".parse().unwrap());
    let named = |aws_profile| WriteOrder {
        aws_profile,
        ..order(Content::Process(&name), &region)
    };
    let orders = ["dev", "no[name]", "other"].map(named);
    let written = profiles.write_all(&orders, false).await.unwrap();
    let well: Vec<bool> = written.iter().map(Result::is_ok).collect();
    assert_eq!(well, [true, false, true]);
    let changes = profiles.changes().await.unwrap();
    let told: Vec<&str> = changes.iter().map(|change| change.what.as_str()).collect();
    assert_eq!(told, ["wrote 2 profiles to ~/.aws/config"]);

    // One of them is somebody else's by now.
    let text = fs::read_to_string(&paths.config).unwrap();
    fs::write(&paths.config, text.replacen("eu-west-1", "x", 1)).unwrap();
    let undone = profiles.undo(false, changes.first()).await.unwrap();
    assert!(
        undone.told().starts_with("Taken back but for"),
        "{undone:?}"
    );
    assert_eq!(undone.warnings.len(), 1);
    let left = profiles.last_change().await.unwrap().unwrap();
    assert_eq!(left.what, "wrote [profile dev] to ~/.aws/config");
}

#[tokio::test]
async fn many_are_read_at_one_look_and_say_what_each_says_alone() {
    let (_root, profiles) = wsl();
    let region = "eu-west-1".parse().unwrap();
    let names: Vec<ProfileName> = ["dev", "ops", "none"]
        .map(|name| name.parse().unwrap())
        .into();
    for name in &names[..2] {
        let order = WriteOrder {
            aws_profile: name.as_str(),
            ..order(Content::Process(name), &region)
        };
        profiles.write(order, false).await.unwrap();
    }
    let all = profiles.read_all(&names).await.unwrap();
    for (name, found) in all {
        assert_eq!(found, profiles.read(name.as_str()).await, "{name}");
    }

    // One look: what is written afterwards is not in it.
    let looked = profiles.files.as_read();
    let late = "late".parse().unwrap();
    let order = WriteOrder {
        aws_profile: "late",
        ..order(Content::Process(&late), &region)
    };
    profiles.write(order, false).await.unwrap();
    let name = super::name("late").unwrap();
    assert!(!looked.status(&name).unwrap().has_process);
    assert!(profiles.files.status(&name).unwrap().has_process);
}

#[tokio::test]
async fn paths_of_a_home_that_is_not_the_person_s_are_told_whole() {
    let home = tempfile::tempdir().unwrap();
    let paths = AwsPaths::from_env(|_| None, home.path());
    let whole = paths.credentials.display().to_string();
    for (is_apart, told) in [(false, "~/.aws/credentials"), (true, whole.as_str())] {
        let files = AwsFiles::new(paths.clone(), Duration::from_secs(5));
        let program = Ok(PathBuf::from("/opt/poolkey"));
        let profiles = UserAwsProfiles::new(files, home.path().into(), program, Vec::new());
        let read = profiles.apart(is_apart).read("dev").await;
        assert_eq!(read.unwrap().credentials_path, told);
    }
}
