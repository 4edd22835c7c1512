//! What can be done on a real terminal instead of answering, and what Ctrl-C says.

use std::time::Duration;

use poolkey::sandbox::{Fault, Mfa, NewUser, Settings};

use crate::local::Local;
use crate::support::Home;
use crate::terminal::Terminal;

const CONFIG: &str = ".config/poolkey/profiles.toml";

/// A home whose profile does not say who signs in.
fn nameless(local: &Local, method: &str) -> Home {
    let home = local.home("ana", method, "public");
    let config = home.read(CONFIG).replace("username = \"ana\"\n", "");
    assert!(!config.contains("username"), "{config}");
    home.write(CONFIG, config);
    home
}

#[test]
fn another_method_instead_of_an_address() {
    let local = Local::start(Settings::default());
    let user = NewUser {
        must_set_up: &[Mfa::SoftwareToken, Mfa::Email],
        ..NewUser::plain("eve", "Demo-Valley-19!", "")
    };
    local.sandbox.add_user(&user).unwrap();
    let home = local.home("eve", "srp", "public");
    let mut terminal = Terminal::open(&home, "sign-in dev");
    terminal
        .secretly("Password: ", "Demo-Valley-19!")
        .answers("Choice, 1 to 2: ", "Code by e-mail")
        .sees("Set up codes by e-mail")
        .sees("o = use another method")
        .answers("E-mail address: ", "o")
        .answers("Choice, 1 to 2: ", "Code by e-mail")
        .answers("E-mail address: ", "eve@example.com")
        .sees("A code was sent by e-mail to e***@e***.");
    let code = local.sandbox.last_code("eve").unwrap();
    terminal.answers("Code: ", &code);
    terminal.ends(0);
}

/// Who is asked for the name has not been offered anything for it by then.
#[test]
fn a_forgotten_password_of_whoever_was_typed() {
    let local = Local::start(Settings::default());
    let home = nameless(&local, "srp");
    let mut terminal = Terminal::open(&home, "sign-in dev");
    terminal
        .answers("Username: ", "f")
        .sees("Press Enter alone if you forgot the password.")
        .secretly("Password: ", "wrong")
        .sees("The username or the password is wrong")
        .answers("Username [f]: ", "ana")
        .sees("Press Enter alone if you forgot the password.")
        .secretly("Password: ", "")
        .answers("Letter, or Enter to type the password: ", "f")
        .sees("A code was sent by e-mail to a***@e***.");
    let code = local.sandbox.last_code("ana").unwrap();
    terminal
        .answers("Code: ", &code)
        .secretly("New password: ", "Brand-New-90!")
        .secretly("The same password again: ", "Brand-New-90!");
    let screen = terminal.ends(0);
    assert!(!screen.contains("remember"), "{screen}");
    // The name that worked is known from then on.
    let mut terminal = Terminal::open(&home, "sign-in dev");
    terminal
        .sees("Username: ana")
        .secretly("Password: ", "Brand-New-90!");
    terminal.ends(0);
}

#[test]
fn three_passwords_are_not_typed_in_vain() {
    let local = Local::start(Settings::default());
    let home = local.home("ana", "srp", "public");
    let screen = Terminal::open(&home, "change-password dev").ends(3);
    assert!(
        screen.starts_with("error: dev is not signed in"),
        "{screen}"
    );
}

#[test]
fn ctrl_c_where_nothing_was_asked() {
    let local = Local::start(Settings::default());
    let home = local.signed_in();
    let delay = Fault::Delay(Duration::from_secs(30));
    local.sandbox.next_answer("RevokeToken", delay);
    let mut terminal = Terminal::open(&home, "sign-out dev");
    local.wait_for("RevokeToken", 1);
    // Telling the pool is brought to its end, unless somebody insists.
    terminal.keys("\u{3}").sees("Ctrl-C again").keys("\u{3}");
    let screen = terminal.ends(1);
    assert!(
        screen.contains("error: Interrupted before it was done"),
        "{screen}"
    );
}
