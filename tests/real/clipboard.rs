//! The clipboard of an X11 desktop: a copied secret is taken away again, and nothing else is.

use std::time::{Duration, Instant};

use poolkey::adapters::clipboard::SystemClipboard;
use poolkey::domain::Secret;

use super::desktop::Display;
use super::env::TestEnv;

/// Tells this program that it runs on that desktop.
const INSIDE: &str = "POOLKEY_TEST_CLIPBOARD";

#[test]
#[ignore = "needs Xvfb; ./tests/run runs it"]
fn a_copied_secret_is_taken_away_and_nothing_else() {
    if std::env::var_os(INSIDE).is_some() {
        return on_a_desktop();
    }
    let mut env = TestEnv::new("memory");
    let _display = Display::start(&mut env);
    env.set(INSIDE, "yes");
    let test = "clipboard::a_copied_secret_is_taken_away_and_nothing_else";
    let options = ["--exact", test, "--include-ignored", "--nocapture"];
    let done = env.run(std::env::current_exe().unwrap(), &options, "");
    let done = done.expect(0);
    assert!(done.stdout.contains("1 passed"), "{}", done.stdout);
}

/// The clipboard serves what was copied a moment after it was copied.
fn reads(clipboard: &mut arboard::Clipboard, wanted: &str) {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let text = clipboard.get_text().unwrap_or_default();
        if text == wanted {
            return;
        }
        assert!(Instant::now() < deadline, "{text:?} in place of {wanted:?}");
        std::thread::yield_now();
    }
}

fn on_a_desktop() {
    const CANARY: &str = "canary-of-the-clipboard";
    let secret = || Secret::new(CANARY.to_owned());
    let ours = SystemClipboard::default();
    let mut other = arboard::Clipboard::new().unwrap();
    assert_eq!(ours.clear_if_ours(), Ok(false), "nothing was copied");

    ours.copy_secret(&secret()).unwrap();
    reads(&mut other, CANARY);
    assert_eq!(ours.clear_if_ours(), Ok(true));
    reads(&mut other, "");
    assert_eq!(ours.clear_if_ours(), Ok(false), "once");

    // Somebody copied since: elsewhere, then here.
    ours.copy_secret(&secret()).unwrap();
    reads(&mut other, CANARY);
    other.set_text("theirs").unwrap();
    reads(&mut other, "theirs");
    assert_eq!(ours.clear_if_ours(), Ok(false));
    reads(&mut other, "theirs");
    ours.copy_secret(&secret()).unwrap();
    reads(&mut other, CANARY);
    ours.copy_text("an identifier").unwrap();
    assert_eq!(ours.clear_if_ours(), Ok(false));
    reads(&mut other, "an identifier");

    // The same secret again, by whomever: it is what was copied last.
    ours.copy_secret(&secret()).unwrap();
    other.set_text(CANARY).unwrap();
    reads(&mut other, CANARY);
    assert_eq!(ours.clear_if_ours(), Ok(true));
}
