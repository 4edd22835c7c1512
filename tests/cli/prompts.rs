//! The questions on a real terminal.

use jiff::SignedDuration;
use poolkey::domain::Secret;
use poolkey::sandbox::{NewUser, Settings, Status};

use crate::local::Local;
use crate::support::Home;
use crate::terminal::Terminal;

fn at(username: &str, method: &str) -> (Local, Home) {
    let local = Local::start(Settings::default());
    let home = local.home(username, method, "public");
    (local, home)
}

/// A sign-in that has the password.
fn sign_in(local: &Local, home: &Home, username: &str) -> Terminal {
    let mut terminal = Terminal::open(home, "sign-in dev");
    terminal.secretly("Password: ", &local.password(username));
    terminal
}

#[test]
fn a_password_and_a_code_that_is_wrong_at_first() {
    let (local, home) = at("tom", "srp");
    let mut terminal = Terminal::open(&home, "sign-in dev");
    terminal.sees("Sign in").sees("Username: tom");
    terminal.secretly("Password: ", &local.password("tom"));
    terminal
        .sees("Code from your authenticator app")
        .sees("every 30 seconds")
        .answers("Code: ", "000000")
        .sees("The code is wrong")
        .answers("Code: ", &local.app_code("tom"));
    let screen = terminal.ends(0);
    assert!(screen.contains("Signed in to dev as tom"), "{screen}");
    assert!(!screen.contains(local.password("tom").trim()), "{screen}");
    assert!(!screen.contains("error:"), "{screen}");
}

#[test]
fn a_password_that_is_mistyped_is_asked_again() {
    let (local, home) = at("ana", "password");
    let mut terminal = Terminal::open(&home, "sign-in dev");
    terminal
        .secretly("Password: ", "wrong")
        .sees("The username or the password is wrong")
        .answers("Username [ana]: ", "")
        .secretly("Password: ", &local.password("ana"));
    terminal.ends(0);
    // Three times at most: the service counts, too.
    let mut terminal = Terminal::open(&home, "sign-in dev");
    for _ in 0..2 {
        terminal.secretly("Password: ", "wrong");
        terminal.answers("Username [ana]: ", "");
    }
    terminal.secretly("Password: ", "wrong");
    let screen = terminal.ends(5);
    assert!(screen.contains("error: The username"), "{screen}");
    assert_eq!(local.sandbox.calls("InitiateAuth"), 5);
}

#[test]
fn a_new_password_is_typed_twice() {
    let (local, home) = at("nina", "srp");
    let mut terminal = sign_in(&local, &home, "nina");
    terminal
        .sees("Choose a new password")
        .secretly("New password: ", "Brand-New-85!")
        .secretly("The same password again: ", "Brand-New-86!")
        .sees("These were two different passwords.")
        .secretly("New password: ", "Brand-New-85!")
        .secretly("The same password again: ", "Brand-New-85!")
        .answers("Given name: ", "Nina");
    let screen = terminal.ends(0);
    assert!(!screen.contains("Brand-New"), "{screen}");
}

#[test]
fn a_second_factor_is_chosen_by_number_and_changed() {
    let (local, home) = at("cleo", "srp");
    let mut terminal = sign_in(&local, &home, "cleo");
    terminal
        .sees("How do you want to get the code?")
        .sees("  1  Code by e-mail")
        .answers("Choice, 1 to 3: ", "4")
        .sees("That is not one of the choices.")
        .answers("Choice, 1 to 3: ", "1")
        .sees("A code was sent by e-mail to c***@e***.")
        .sees("r = send a new code, o = use another method")
        .answers("Code: ", "o")
        .sees("  3  Code by SMS")
        .answers("Choice, 1 to 3: ", "3")
        .sees("A code was sent by SMS to +*******0114.");
    let code = local.sandbox.last_code("cleo").unwrap();
    terminal.answers("Code: ", &code);
    terminal.ends(0);
}

#[test]
fn a_code_is_sent_again() {
    let (local, home) = at("sam", "srp");
    let mut terminal = sign_in(&local, &home, "sam");
    terminal.sees("A code was sent by SMS to +*******0112.");
    let first = local.next_code("sam", None);
    terminal.answers("Code: ", "R").sees("A new code was sent.");
    let second = local.next_code("sam", Some(&first));
    terminal.answers("Code: ", &second);
    terminal.ends(0);
}

#[test]
fn an_app_is_set_up_with_a_picture() {
    let (local, home) = at("mia", "srp");
    let mut terminal = sign_in(&local, &home, "mia");
    terminal
        .sees("Scan the picture")
        .sees("Key: ")
        .sees("Code: ");
    let screen = terminal.screen();
    assert!(
        screen.contains("█▀▀") || screen.contains("▄▄▄▄▄"),
        "{screen}"
    );
    let (_, key) = screen.split_once("Key: ").unwrap();
    let key = key.lines().next().unwrap().replace(' ', "");
    let code = local.code_of(&Secret::new(key));
    terminal.keys("000000\n").sees("The code is wrong");
    terminal.answers("Code: ", &code);
    terminal.ends(0);
    assert_eq!(local.sandbox.calls("AssociateSoftwareToken"), 1);
}

#[test]
fn a_device_is_remembered_or_not() {
    let local = Local::start(Settings::default());
    let home = local.home("tom", "srp", "devices");
    let mut terminal = sign_in(&local, &home, "tom");
    terminal
        .answers("Code: ", &local.app_code("tom"))
        .sees("Remember this device?")
        .answers("yes or no: ", "perhaps")
        .sees("That is not one of the choices.")
        .answers("yes or no: ", "Y");
    terminal.ends(0);
    let screen = sign_in(&local, &home, "tom").ends(0);
    assert!(!screen.contains("Code"), "{screen}");
}

#[test]
fn a_way_in_is_chosen_and_another_program_asks() {
    let (local, home) = at("otto", "choice");
    let mut terminal = Terminal::open(&home, "sign-in dev");
    terminal
        .sees("How do you want to sign in?")
        .sees("  1  Password")
        .sees("  f  I forgot the password")
        .answers("Choice, 1 to 3: ", "1")
        .sees("Press Enter alone if you forgot the password or want another method.")
        .secretly("Password: ", "")
        .answers("Letter, or Enter to type the password: ", "o")
        .answers("Choice, 1 to 3: ", "code by e-mail")
        .sees("A code was sent by e-mail");
    let code = local.sandbox.last_code("otto").unwrap();
    terminal.answers("Code: ", &code);
    terminal.ends(0);

    let home = local.home("ana", "custom", "public");
    let mut terminal = Terminal::open(&home, "sign-in dev");
    terminal
        .sees("  question  What is six times seven?")
        .answers("Answer: ", "41")
        .answers("Answer: ", "42")
        .sees("  question  Say <b>friend</b>")
        .answers("Answer: ", "mellon");
    let screen = terminal.ends(0);
    assert!(!screen.contains('\u{7}'), "{screen:?}");
}

#[test]
fn a_forgotten_password() {
    let (local, home) = at("ana", "srp");
    let mut terminal = Terminal::open(&home, "sign-in dev");
    terminal
        .sees("Press Enter alone if you forgot the password.")
        .secretly("Password: ", "")
        .answers("Letter, or Enter to type the password: ", "f")
        .sees("Reset your password")
        .sees("A code was sent by e-mail to a***@e***.");
    let code = local.sandbox.last_code("ana").unwrap();
    terminal
        .answers("Code: ", "000000")
        .secretly("New password: ", "Brand-New-87!")
        .secretly("The same password again: ", "Brand-New-87!")
        .sees("The code is wrong")
        .answers("Code: ", &code)
        .secretly("New password: ", "Brand-New-87!")
        .secretly("The same password again: ", "Brand-New-87!");
    let screen = terminal.ends(0);
    assert!(screen.contains("Signed in to dev as ana"), "{screen}");
}

#[test]
fn an_account_is_confirmed_with_a_code_that_is_sent_again() {
    let (local, home) = at("uma", "srp");
    let mut terminal = sign_in(&local, &home, "uma");
    terminal
        .sees("Confirm your account")
        .sees("r = send a new code")
        .answers("Code: ", "r")
        .sees("A code was sent by e-mail to u***@e***.");
    let code = local.sandbox.last_code("uma").unwrap();
    terminal
        .answers("Code: ", "000000")
        .sees("The code is wrong");
    terminal.answers("Code: ", &code);
    terminal.ends(0);
}

#[test]
fn a_sign_in_that_takes_too_long_starts_over_by_itself() {
    let local = Local::start(Settings::default());
    let user = NewUser {
        delivered_mfa: &[poolkey::sandbox::Mfa::Sms],
        phone: Some("+15555550119"),
        status: Status::MustChangePassword,
        ..NewUser::plain("eve", "Demo-Valley-19!", "eve@example.com")
    };
    local.sandbox.add_user(&user).unwrap();
    let home = local.home("eve", "srp", "public");
    let mut terminal = Terminal::open(&home, "sign-in dev");
    terminal
        .secretly("Password: ", "Demo-Valley-19!")
        .secretly("New password: ", "Brand-New-88!");
    local.sandbox.clock().advance(SignedDuration::from_mins(4));
    // What was typed is given again: the next thing asked is the code.
    terminal
        .secretly("The same password again: ", "Brand-New-88!")
        .sees("It took too long, so the sign-in was started again.")
        .sees("Code from the SMS");
    let code = local.sandbox.last_code("eve").unwrap();
    terminal.answers("Code: ", &code);
    let screen = terminal.ends(0);
    assert_eq!(screen.matches("New password: ").count(), 1, "{screen}");
}

#[test]
fn another_password() {
    let local = Local::start(Settings::default());
    let home = local.signed_in();
    let mut terminal = Terminal::open(&home, "change-password dev");
    terminal
        .secretly("Present password: ", &local.password("ana"))
        .secretly("New password: ", "Brand-New-89!")
        .secretly("The same password again: ", "Brand-New-98!")
        .sees("two different passwords")
        .secretly("New password: ", "Brand-New-89!")
        .secretly("The same password again: ", "Brand-New-89!");
    let screen = terminal.ends(0);
    assert!(screen.ends_with("The sign-in stays.\n"), "{screen}");
    assert!(!screen.contains("Brand-New"), "{screen}");
}

#[test]
fn ctrl_c_ends_it_and_the_terminal_shows_what_is_typed_again() {
    let (_local, home) = at("ana", "srp");
    let mut terminal = Terminal::open(&home, "sign-in dev");
    // Without the line's end, once nothing is shown.
    terminal
        .secretly("Password: ", "")
        .sees("Letter")
        .keys("\n");
    terminal.hidden("Password: ").keys("secr\u{3}");
    let screen = terminal.ends(3);
    assert!(
        screen.contains("error: Interrupted before the last answer"),
        "{screen}"
    );
}

#[test]
fn nobody_is_asked_where_input_is_not_wanted() {
    let (_local, home) = at("ana", "srp");
    let screen = Terminal::open(&home, "sign-in dev --no-input").ends(3);
    assert!(screen.starts_with("error: PASSWORD is needed"), "{screen}");
}

/// The file that was chosen, or the one that stands in for a keychain, which is said.
#[test]
fn a_new_passphrase_is_asked_until_it_was_typed_twice() {
    for (store, said) in [
        ("file", "Secrets are kept in an encrypted file, which needs"),
        (
            "auto",
            "No keychain here, so secrets are kept in an encrypted",
        ),
    ] {
        let (local, mut home) = at("ana", "srp");
        home.set("POOLKEY_PASSPHRASE_FILE", "")
            .set("POOLKEY_SECRET_STORE", store)
            .set("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
        let mut terminal = Terminal::open(&home, "sign-in dev");
        terminal
            .sees(said)
            .secretly("New passphrase", "short")
            .sees("at least 8 characters")
            .secretly("New passphrase", "open sesame")
            .secretly("The same passphrase again", "open sesam")
            .sees("These were two different passphrases.")
            .secretly("New passphrase", "open sesame")
            .secretly("The same passphrase again", "open sesame")
            .secretly("Password: ", &local.password("ana"));
        let screen = terminal.ends(0);
        assert!(!screen.contains("sesam"), "{screen}");
    }
}

/// What was forgotten is not asked for without end.
#[test]
fn a_passphrase_has_three_tries() {
    let (local, mut home) = at("ana", "srp");
    home.set("POOLKEY_PASSPHRASE_FILE", "")
        .set("POOLKEY_SECRET_STORE", "file");
    let mut terminal = Terminal::open(&home, "sign-in dev");
    terminal
        .secretly("New passphrase", "open sesame")
        .secretly("The same passphrase again", "open sesame")
        .secretly("Password: ", &local.password("ana"));
    let _signed_in = terminal.ends(0);
    let refused = "The passphrase does not open the encrypted file";
    let mut terminal = Terminal::open(&home, "credentials dev");
    terminal
        .secretly("Passphrase of the encrypted file", "close sesame")
        .sees(refused)
        .secretly("Passphrase of the encrypted file", "close sesame")
        .sees(refused)
        .secretly("Passphrase of the encrypted file", "close sesame")
        .sees("removes secrets.age in the state folder");
    let _refused = terminal.ends(4);
}
