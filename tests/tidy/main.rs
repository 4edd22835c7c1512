//! The structure test: reads the source and keeps the rules that a compiler does not know.
//!
//! Which module may know which, where the outside world may be touched, how long a file may be. An
//! exception is named below with its reason, and is itself an error when nothing needs it any more.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

mod guide;
mod licenses;
mod look;
mod shortcuts;
mod source;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use source::{Source, root, sources, texts};

/// Which modules of the crate a module may use, besides itself.
const LAYERS: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("crypto", &["domain"]),
    ("ops", &["domain", "crypto"]),
    ("app", &["domain"]),
    ("adapters", &["domain", "crypto", "ops"]),
    ("sandbox", &["domain", "crypto"]),
    ("runtime", &["domain", "app", "ops", "adapters"]),
    ("ui", &["domain", "app"]),
    ("cli", &["domain", "ops", "adapters", "bootstrap"]),
    (
        "bootstrap",
        &[
            "domain", "crypto", "ops", "app", "adapters", "sandbox", "runtime", "ui",
        ],
    ),
];

/// Names that may only be used below certain folders. A name is one identifier or a path.
const PLACES: [(&[&str], &[&str]); 6] = [
    (&["egui", "eframe", "accesskit", "egui_kittest"], &["ui/"]),
    (
        &["tokio"],
        &["runtime/", "adapters/", "sandbox/", "bootstrap/"],
    ),
    (
        &[
            "aws_credential_types",
            "aws_sdk_cognitoidentity",
            "aws_sdk_cognitoidentityprovider",
            "aws_sdk_sts",
            "aws_smithy_async",
            "aws_smithy_http_client",
            "aws_smithy_runtime_api",
            "aws_smithy_types",
        ],
        &["adapters/"],
    ),
    (
        &[
            "notify",
            "notify_rust",
            "oauth2",
            "rustix",
            "tray_icon",
            "zbus",
        ],
        &["adapters/"],
    ),
    (&["expose", "expose_secret"], &["adapters/", "crypto/"]),
    (
        &[
            "std::fs",
            "std::env",
            "Timestamp::now",
            "Zoned::now",
            "SystemTime",
        ],
        &["adapters/", "bootstrap/"],
    ),
];

/// File, what it may use against the rules, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "cli/demo.rs",
        "crypto",
        "the demo's own user has an authenticator",
    ),
    (
        "cli/mod.rs",
        "runtime",
        "the one way to make tokio's threads",
    ),
    ("cli/sandbox.rs", "sandbox", "the command that serves it"),
    (
        "cli/signals.rs",
        "tokio",
        "waits for the signals that end a command",
    ),
    ("cli/agent.rs", "tokio", "waits between two looks"),
    (
        "cli/serve.rs",
        "tokio",
        "an answer that hangs must not hold up its end",
    ),
    (
        "cli/given.rs",
        "crypto",
        "--totp-secret-stdin: a code from an authenticator's secret",
    ),
    (
        "domain/sign_in/otpauth.rs",
        "expose",
        "the address that an authenticator app reads holds the key",
    ),
    (
        "ui/widgets/qr_code.rs",
        "expose",
        "the modules of a code hold it",
    ),
    (
        "ui/views/sign_in/setup.rs",
        "expose",
        "the key is painted in groups of four",
    ),
    (
        "cli/prompt.rs",
        "tokio",
        "a person may press Ctrl-C instead of answering",
    ),
    (
        "cli/credentials.rs",
        "tokio",
        "no program waits for longer than its bound",
    ),
    (
        "cli/window.rs",
        "app",
        "opens the window: model, driver and shell meet",
    ),
    (
        "cli/window.rs",
        "runtime",
        "opens the window: model, driver and shell meet",
    ),
    (
        "cli/window.rs",
        "ui",
        "opens the window: model, driver and shell meet",
    ),
    (
        "cli/window.rs",
        "tokio",
        "holds the threads before the runtime takes them",
    ),
    ("cli/window.rs", "std::env", "whether there is a display"),
    (
        "cli/manual.rs",
        "std::fs",
        "generated pages go to the folder that was named",
    ),
    (
        "cli/output.rs",
        "std::env",
        "NO_COLOR is about this terminal, not about the program",
    ),
    ("main.rs", "std::env", "the arguments"),
    (
        "sandbox/clock.rs",
        "Timestamp::now",
        "the sandbox is the outside world of the others",
    ),
    (
        "sandbox/administration.rs",
        "expose",
        "an administrator may read a client's secret",
    ),
    ("domain/secret.rs", "expose", "defines it"),
    ("domain/secret.rs", "expose_secret", "defines it"),
    (
        "ui/widgets/secret_text.rs",
        "expose",
        "paints a secret that was asked for",
    ),
    (
        "bootstrap/demo/suggestions.rs",
        "expose",
        "suggests the code of a made-up user",
    ),
];

/// Everything that may stand at the top, besides names that begin with a dot.
const TOP: [&str; 12] = [
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "assets",
    "packaging",
    "src",
    "tests",
];

const MOST_LINES: usize = 300;
const MOST_TEST_LINES: usize = 400;

#[test]
fn modules_know_only_what_they_may() {
    let mut found = Found::default();
    for file in sources("src") {
        let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == file.layer()) else {
            continue;
        };
        for used in file.modules_used() {
            if used != file.layer() && !allowed.contains(&used.as_str()) {
                found.used(&file, &used);
            }
        }
    }
    found.judge(|what| LAYERS.iter().any(|(layer, _)| *layer == what));
}

#[test]
fn the_outside_is_touched_only_in_its_places() {
    let mut found = Found::default();
    for file in sources("src") {
        for (names, places) in PLACES {
            if places.iter().any(|place| file.name.starts_with(place)) {
                continue;
            }
            for name in names {
                if file.mentions(name) {
                    found.used(&file, name);
                }
            }
        }
    }
    found.judge(|what| PLACES.iter().any(|(names, _)| names.contains(&what)));
}

#[test]
fn every_layer_has_its_rule() {
    let root = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: BTreeSet<&str> = root
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "))
        .map(|rest| rest.trim_end_matches(';'))
        .collect();
    let ruled: BTreeSet<&str> = LAYERS.iter().map(|(layer, _)| *layer).collect();
    assert_eq!(declared, ruled);
}

#[test]
fn files_say_what_they_are_for_and_stay_short() {
    let mut wrong = String::new();
    for file in sources("src").into_iter().chain(sources("tests")) {
        if !file.text.starts_with("//!") {
            writeln!(wrong, "{}: does not open with //!", file.path).unwrap();
        }
        let (lines, most) = if file.is_test() {
            (file.text.lines().count(), MOST_TEST_LINES)
        } else {
            (file.product().lines().count(), MOST_LINES)
        };
        if lines > most {
            writeln!(wrong, "{}: {lines} lines, at most {most}", file.path).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_file_is_reached() {
    let files: Vec<Source> = sources("src").into_iter().chain(sources("tests")).collect();
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut lost = String::new();
    for file in &files {
        let path = Path::new(&file.path);
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let folder = path.parent().unwrap();
        let (name, home) = if stem == "mod" {
            let own = folder.file_name().unwrap().to_str().unwrap();
            (own, folder.parent().unwrap())
        } else {
            (stem, folder)
        };
        let is_root = ["src/lib.rs", "src/main.rs"].contains(&file.path.as_str())
            || (folder == Path::new("tests") && stem != "mod")
            || (folder.parent() == Some(Path::new("tests")) && stem == "main")
            || file.path.starts_with("tests/fuzz/fuzz_targets/")
            || manifest.contains(&format!("path = \"{}\"", file.path));
        let declaration = format!("mod {name};");
        // In the folder itself, or in the file that is named like the folder.
        let is_declared = is_root
            || files.iter().any(|other| {
                let other_path = Path::new(&other.path);
                let near =
                    other_path.parent() == Some(home) || other_path.with_extension("") == home;
                near && other.text.lines().any(|line| line.ends_with(&declaration))
            });
        // Shared by test programs.
        let shared = file
            .path
            .strip_prefix("tests/")
            .map(|path| format!("\"../{path}\""));
        let is_shared =
            || shared.is_some_and(|path| files.iter().any(|other| other.text.contains(&path)));
        // One of several for different systems, by `#[path]`.
        let inside = path
            .strip_prefix(home.parent().unwrap_or(home))
            .unwrap_or(path);
        let named = format!("#[path = \"{}\"]", inside.display());
        let is_named = || files.iter().any(|other| other.text.contains(&named));
        if !is_declared && !is_shared() && !is_named() {
            writeln!(lost, "{}: no file says `{declaration}`", file.path).unwrap();
        }
    }
    assert!(lost.is_empty(), "\n{lost}");
}

#[test]
fn nothing_is_left_for_nobody() {
    // In pieces, so that this file does not find itself.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
    ];
    let paths = [
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/"),
        concat!("/tm", "p/bash"),
    ];
    let mut wrong = String::new();
    for (path, text) in texts() {
        for (number, line) in text.lines().enumerate() {
            // `TODO(name): …` is somebody's; words that merely contain it are fine.
            let marked = marks.iter().any(|mark| {
                line.match_indices(mark).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    let after = line[at + mark.len()..].chars().next();
                    !before.is_some_and(char::is_alphanumeric)
                        && !after.is_some_and(|next| next.is_alphanumeric() || next == '(')
                })
            });
            if marked || paths.iter().any(|place| line.contains(place)) {
                writeln!(wrong, "{path}:{}: {line}", number + 1).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_top_level_stays_small() {
    let strangers: Vec<String> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.') && name != "target")
        .filter(|name| !TOP.contains(&name.as_str()))
        .collect();
    assert_eq!(strangers, Vec::<String>::new());
}

/// Uses against the rules, before the exceptions are taken off.
#[derive(Default)]
struct Found(BTreeSet<(String, String)>);

impl Found {
    fn used(&mut self, file: &Source, what: &str) {
        self.0.insert((file.name.clone(), what.to_owned()));
    }

    /// Fails for uses that are no exception and for exceptions that are no use; `concerns` picks
    /// the exceptions this test is about.
    fn judge(mut self, concerns: impl Fn(&str) -> bool) {
        let mut wrong = String::new();
        for (file, what, reason) in EXCEPTIONS {
            assert!(!reason.is_empty());
            let used = self.0.remove(&((*file).to_owned(), (*what).to_owned()));
            if concerns(what) && !used {
                writeln!(wrong, "{file}: no longer uses {what}, drop the exception").unwrap();
            }
        }
        for (file, what) in self.0 {
            writeln!(wrong, "src/{file}: may not use {what}").unwrap();
        }
        assert!(wrong.is_empty(), "\n{wrong}");
    }
}
