//! Several sections as one change: written at once, taken back at once.

use super::*;
use crate::adapters::aws_files::{Change, Entry, Order};

const SECRET: &str = "canary";

impl Home {
    /// Keys for each of the names, with a region.
    fn all(&self, names: &[&str], take_over: bool) -> Vec<Result<Change, Problem>> {
        self.clock.0.fetch_add(60, Ordering::Relaxed);
        Self::all_to(&self.files, self.clock.now(), names, take_over)
    }

    fn all_to(
        files: &AwsFiles,
        expires_at: Timestamp,
        names: &[&str],
        take_over: bool,
    ) -> Vec<Result<Change, Problem>> {
        let secret = Secret::new(SECRET.to_owned());
        let names: Vec<AwsProfileName> = names.iter().map(|name| name.parse().unwrap()).collect();
        let keys = CredentialsEntry {
            access_key_id: "ASIAEXAMPLE",
            secret_access_key: &secret,
            session_token: &secret,
            expires_at,
            profile: None,
        };
        let order = |name| Order {
            name,
            entry: Entry::Keys(keys, Some("eu-west-1")),
            keep_region: false,
            take_over,
        };
        let orders: Vec<Order<'_>> = names.iter().map(order).collect();
        files.write_all(&orders).expect("a write")
    }

    fn texts(&self) -> (String, String) {
        (self.credentials(), self.config())
    }

    fn changes(&self) -> usize {
        self.files.changes().expect("a list").len()
    }
}

fn all_well(written: &[Result<Change, Problem>]) -> bool {
    let is_written = |it: &Result<Change, Problem>| it.as_ref().is_ok_and(Change::wrote);
    written.iter().all(is_written)
}

#[test]
fn several_sections_are_taken_back_at_once() {
    let ours = "# managed by Poolkey\n[b]\naws_access_key_id = OLD\n";
    let crlf = FOREIGN.replace('\n', "\r\n");
    for (credentials, config) in [
        ("", ""),
        (FOREIGN, "[profile other]\n# c"),
        (&crlf, "[default]\r\nregion = x\r\n"),
        ("[other]\nx = 1", ""),
        // One is new, one is taken over with what was in it, one is renewed; others lie between.
        (
            &format!("{FOREIGN}\n{ours}\n[last]\nk = v\n"),
            "[profile b]\nregion = y\n",
        ),
    ] {
        let home = Home::new(credentials, config);
        let written = home.all(&["a", "acme", "b", "c"], true);
        assert!(all_well(&written), "{written:?}");
        for name in ["a", "acme", "b", "c"] {
            let (header, text) = (format!("[{name}]"), home.credentials());
            assert_eq!(text.matches(&header).count(), 1, "{text}");
        }
        assert_eq!(home.changes(), 1);
        assert!(home.backups().len() <= 2, "one for each file");
        let after = home.texts();
        let newest = home.files.newest().expect("a change");
        let shown = home.files.preview().undo(&newest).expect("a way back");
        assert_eq!(home.texts(), after);
        assert!(!shown.diff().contains(SECRET), "{}", shown.diff());
        assert_eq!(home.undo().expect("a way back"), shown.diff());
        assert_eq!(home.texts(), (credentials.to_owned(), config.to_owned()));
        assert_eq!(home.changes(), 0);
    }
}

#[test]
fn a_foreign_section_refuses_only_itself() {
    let home = Home::new(FOREIGN, "");
    let written = home.all(&["a", "acme", "b"], false);
    let [Ok(_), Err(problem), Ok(_)] = &written[..] else {
        panic!("{written:?}");
    };
    assert!(problem.sentence.starts_with("Section [acme]"), "{problem}");
    let (credentials, config) = home.texts();
    assert!(credentials.starts_with(FOREIGN) && credentials.contains("[b]\n"));
    // Nor does its region go without its keys.
    assert!(config.contains("[profile b]") && !config.contains("[profile acme]"));
    home.undo().expect("a way back");
    assert_eq!(home.texts(), (FOREIGN.to_owned(), String::new()));
}

#[test]
fn a_refusal_names_the_line_of_the_file_as_it_is() {
    let first = "# managed by Poolkey\n[a]\n";
    let home = Home::new(&format!("{first}\n[acme]\nx = 1\nx = 2\n[acme]\n"), "");
    let written = home.all(&["a", "acme"], true);
    let [Ok(_), Err(problem)] = &written[..] else {
        panic!("{written:?}");
    };
    assert!(problem.sentence.contains("line 7 "), "{problem}");
}

#[test]
fn a_section_that_others_changed_stays_and_the_rest_goes_back() {
    let home = Home::new("[other]\nx = 1\n", "");
    assert!(all_well(&home.all(&["a", "b", "c"], false)));
    let path = &home.files.paths().config;
    let edited = home.config().replacen("eu-west-1", "eu-north-1", 2);
    let edited = edited.replacen("eu-north-1", "eu-west-1", 1);
    fs::write(path, &edited).expect("a file");

    let newest = home.files.newest().expect("a change");
    let change = home.files.undo(&newest).expect("a way back for two");
    let [warning] = &change.warnings[..] else {
        panic!("{:?}", change.warnings);
    };
    assert!(
        warning.contains("[profile b]") && warning.contains("changed since"),
        "{warning}"
    );
    let (credentials, config) = home.texts();
    // The keys and the region of a name belong together.
    for (name, stays) in [("a", false), ("b", true), ("c", false)] {
        assert_eq!(
            credentials.contains(&format!("[{name}]")),
            stays,
            "{credentials}"
        );
        assert_eq!(
            config.contains(&format!("[profile {name}]")),
            stays,
            "{config}"
        );
    }
    assert!(config.contains("eu-north-1"), "{config}");

    // What is left is refused as it is on its own, until it is as Poolkey left it.
    let left = home.files.newest().expect("the one that is left");
    assert_eq!(left.sections().len(), 1);
    assert_eq!(home.undo().expect_err("a refusal").kind, ProblemKind::File);
    fs::write(path, config.replace("eu-north-1", "eu-west-1")).expect("a file");
    home.undo().expect("a way back");
    assert_eq!(home.texts(), ("[other]\nx = 1\n".to_owned(), String::new()));
}

#[test]
fn renewals_of_several_belong_to_the_changes_that_put_them_there() {
    let home = Home::new(FOREIGN, "");
    home.all(&["a", "b"], false);
    assert!(all_well(&home.all(&["a", "b"], false)));
    assert_eq!((home.changes(), home.backups().len()), (1, 1));
    // A new one is a change of its own, whatever else is renewed with it.
    home.all(&["a", "b", "c"], false);
    assert_eq!(home.changes(), 2);
    home.undo().expect("a way back");
    let text = home.credentials();
    assert!(
        !text.contains("[c]") && text.contains("[a]") && text.contains("[b]"),
        "{text}"
    );
    home.undo().expect("a way back");
    assert_eq!(home.texts(), (FOREIGN.to_owned(), String::new()));
}

#[test]
fn a_sign_out_takes_only_its_own_way_back() {
    let home = Home::new(FOREIGN, "");
    home.all(&["a", "b"], false);
    // By hand, so that the next write is a change of its own, whose backup has keys of both.
    let edited = home.credentials().replace("ASIAEXAMPLE", "ASIAHAND");
    fs::write(&home.files.paths().credentials, &edited).expect("a file");
    home.all(&["a", "b"], false);
    assert_eq!(home.changes(), 2);
    home.files.forget_keys("a").expect("forgotten");
    home.undo().expect("a way back");
    let text = home.credentials();
    assert!(text.contains("[b]\naws_access_key_id = ASIAHAND"), "{text}");
    assert!(!text.contains("[a]"), "{text}");
}

/// Killed before the first file got its name, or between the two of them.
#[test]
fn what_a_killed_writer_did_of_several_can_be_taken_back() {
    for config_was_written in [false, true] {
        let home = Home::new(FOREIGN, "[profile other]\nregion = x\n");
        let paths = home.files.paths();
        let aside = |name: &str| home.folder.path().join(name);
        let [credentials, config] = [aside("credentials"), aside("config")];
        fs::hard_link(&paths.credentials, &credentials).expect("a link");
        fs::hard_link(&paths.config, &config).expect("a link");
        home.all(&["a", "b"], false);
        fs::rename(&credentials, &paths.credentials).expect("the same file");
        if !config_was_written {
            fs::rename(&config, &paths.config).expect("the same file");
        }
        assert_eq!(home.changes(), usize::from(config_was_written));
        if config_was_written {
            home.undo().expect("a way back");
        }
        let expected = (
            FOREIGN.to_owned(),
            "[profile other]\nregion = x\n".to_owned(),
        );
        assert_eq!(home.texts(), expected);
    }
}

#[test]
fn more_than_are_kept_have_one_way_back() {
    let names: Vec<String> = (0..300).map(|number| format!("p{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let home = Home::new(FOREIGN, "");
    assert!(all_well(&home.all(&names, false)));
    assert_eq!(home.files.newest().expect("a change").sections().len(), 300);
    home.undo().expect("a way back");
    assert_eq!(home.texts(), (FOREIGN.to_owned(), String::new()));
}

/// Each file gets its name once: whoever reads meanwhile finds none of the sections or all.
#[cfg(target_os = "linux")]
#[test]
fn each_file_is_replaced_once() {
    use notify::event::{EventKind, ModifyKind, RenameMode};
    use notify::{Event, RecursiveMode, Watcher as _};
    let home = Home::new(FOREIGN, "");
    let folder = home.folder.path().join(".aws");
    let (told, events) = std::sync::mpsc::channel();
    let mut watcher = notify::recommended_watcher(told).expect("a watcher");
    watcher
        .watch(&folder, RecursiveMode::NonRecursive)
        .expect("a watch");
    assert!(all_well(&home.all(&["a", "b", "c"], false)));
    fs::write(folder.join("end"), "").expect("a file");
    let events = events.iter().map(|event| event.expect("an event"));
    let is_end = |event: &Event| event.paths.iter().any(|path| path.ends_with("end"));
    let events = events.take_while(|event| !is_end(event));
    let is_name = |kind| kind == EventKind::Modify(ModifyKind::Name(RenameMode::To));
    let put = events.filter(|event| is_name(event.kind));
    let put = put.flat_map(|event| event.paths);
    let mut names: Vec<_> = put
        .filter_map(|path| path.file_name().map(ToOwned::to_owned))
        .collect();
    names.sort();
    assert_eq!(names, ["config", "credentials"]);
}
