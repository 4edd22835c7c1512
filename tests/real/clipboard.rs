//! The clipboard of an X11 desktop: a copied secret is taken away again, and nothing else is.

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

fn on_a_desktop() {
    let secret = || Secret::new("canary-of-the-clipboard".to_owned());
    let ours = SystemClipboard::default();
    let mut other = arboard::Clipboard::new().unwrap();
    assert_eq!(ours.clear_if_ours(), Ok(false), "nothing was copied");

    ours.copy_secret(&secret()).unwrap();
    assert_eq!(other.get_text().unwrap(), "canary-of-the-clipboard");
    assert_eq!(ours.clear_if_ours(), Ok(true));
    assert!(other.get_text().unwrap_or_default().is_empty());
    assert_eq!(ours.clear_if_ours(), Ok(false), "once");

    // Somebody copied since: elsewhere, then here.
    ours.copy_secret(&secret()).unwrap();
    other.set_text("theirs").unwrap();
    assert_eq!(ours.clear_if_ours(), Ok(false));
    assert_eq!(other.get_text().unwrap(), "theirs");
    ours.copy_secret(&secret()).unwrap();
    ours.copy_text("an identifier").unwrap();
    assert_eq!(ours.clear_if_ours(), Ok(false));
    assert_eq!(other.get_text().unwrap(), "an identifier");

    // The same secret again, by whomever: it is what was copied last.
    ours.copy_secret(&secret()).unwrap();
    other.set_text("canary-of-the-clipboard").unwrap();
    assert_eq!(ours.clear_if_ours(), Ok(true));
}
