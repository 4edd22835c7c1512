//! Accounts that cannot sign in yet: forgotten and reset passwords, unconfirmed addresses.

use poolkey::sandbox::Settings;

use crate::answering::Answering;
use crate::local::Local;
use crate::support::Home;

const SIGN_IN: [&str; 3] = ["sign-in", "dev", "--password-stdin"];
const FORGOTTEN: [&str; 5] = [
    "sign-in",
    "dev",
    "--forgot-password",
    "--answer",
    "confirmation_code=-",
];

fn at(username: &str, client: &str) -> (Local, Home) {
    let local = Local::start(Settings::default());
    let home = local.home(username, "srp", client);
    (local, home)
}

#[test]
fn a_forgotten_password() {
    for client in ["public", "confidential"] {
        let (local, home) = at("ana", client);
        home.poolkey(&["sign-in", "dev", "--forgot-password"])
            .fails(3)
            .says("RESET_REQUIRED")
            .says("A code was sent by e-mail to a***@e***.");
        let before = local.sandbox.last_code("ana");
        let arguments = [&FORGOTTEN[..], &["--new-password-stdin"]].concat();
        let mut run = Answering::start(&home, &arguments);
        run.line("Brand-New-82!");
        run.line(&local.next_code("ana", before.as_deref()));
        let ran = run.ended().ok();
        assert!(ran.out.starts_with("Signed in to dev as ana\n"), "{ran:?}");
        assert_eq!(local.sandbox.calls("ConfirmForgotPassword"), 1);
        home.poolkey_reads(local.password("ana"), &SIGN_IN).fails(5);
        home.poolkey_reads("Brand-New-82!\n", &SIGN_IN).ok();
    }
}

#[test]
fn a_wrong_code_and_a_weak_password_are_asked_again() {
    let (local, home) = at("ana", "public");
    let answers = [
        "confirmation_code=-",
        "confirmation_code=-",
        "new_password=-",
        "new_password=-",
        "new_password=-",
    ];
    let answers = answers.into_iter().flat_map(|answer| ["--answer", answer]);
    let arguments: Vec<&str> = FORGOTTEN.into_iter().chain(answers).collect();
    let mut run = Answering::start(&home, &arguments);
    let code = local.next_code("ana", None);
    run.line("000000").line("Brand-New-82!");
    run.line(&code).line("short");
    run.line(&code).line("Brand-New-82!");
    let ran = run.ended().ok();
    let wrong = ran.err.find("The code is wrong").unwrap();
    let weak = ran.err.find("Password not long enough").unwrap();
    assert!(wrong < weak, "{ran:?}");
    assert_eq!(local.sandbox.calls("ForgotPassword"), 1);
}

#[test]
fn a_password_that_was_reset() {
    let (local, home) = at("rita", "public");
    home.poolkey_reads(local.password("rita"), &SIGN_IN)
        .fails(3)
        .says("RESET_REQUIRED")
        .says("confirmation_code=");
    // The administrator's message; here, the one that the person asked for.
    home.poolkey(&["sign-in", "dev", "--forgot-password"])
        .fails(3);
    let code = local.sandbox.last_code("rita").unwrap();
    let answer = format!("confirmation_code={code}");
    let arguments = [&SIGN_IN[..], &["--new-password-stdin", "--answer", &answer]].concat();
    let input = format!("{}Brand-New-83!\n", local.password("rita"));
    home.poolkey_reads(input, &arguments).ok();
    assert_eq!(local.sandbox.calls("ForgotPassword"), 1);
}

#[test]
fn an_account_that_was_never_confirmed() {
    let (local, home) = at("uma", "public");
    home.poolkey_reads(local.password("uma"), &SIGN_IN)
        .fails(3)
        .says("UNCONFIRMED")
        .says("confirmation_code=");
    let wrong = [&SIGN_IN[..], &["--answer", "confirmation_code=000000"]].concat();
    home.poolkey_reads(local.password("uma"), &wrong).fails(5);
    assert_eq!(local.sandbox.calls("ConfirmSignUp"), 1);
}
