//! `change-password` without a terminal.

use poolkey::sandbox::Settings;

use crate::local::Local;

const CHANGE: [&str; 4] = [
    "change-password",
    "dev",
    "--password-stdin",
    "--new-password-stdin",
];
const SIGN_IN: [&str; 3] = ["sign-in", "dev", "--password-stdin"];

#[test]
fn another_password_and_the_sign_in_stays() {
    let local = Local::start(Settings::default());
    let home = local.due();
    let input = format!("{}Brand-New-84!\n", local.password("ana"));
    let ran = home.poolkey_reads(&input, &CHANGE).ok();
    assert_eq!(
        ran.err,
        "The password of dev was changed. The sign-in stays.\n"
    );
    assert_eq!(ran.out, "");
    home.poolkey(&["credentials", "dev"]).ok();
    home.poolkey_reads(local.password("ana"), &SIGN_IN).fails(5);
    home.poolkey_reads("Brand-New-84!\n", &SIGN_IN).ok();
}

#[test]
fn refusals_name_the_password_that_is_wrong() {
    let local = Local::start(Settings::default());
    let home = local.signed_in();
    home.poolkey_reads("wrong\nBrand-New-84!\n", &CHANGE)
        .fails(5)
        .says("The present password is wrong");
    let weak = format!("{}short\n", local.password("ana"));
    home.poolkey_reads(&weak, &CHANGE)
        .fails(5)
        .says("Password not long enough")
        .says("Choose another one.");
    home.poolkey_reads(local.password("ana"), &SIGN_IN).ok();
}

#[test]
fn what_is_missing_is_named() {
    let local = Local::start(Settings::default());
    let home = local.signed_in();
    home.poolkey(&CHANGE[..2]).fails(3).says("--password-stdin");
    home.poolkey_reads("x\n", &CHANGE[..3])
        .fails(3)
        .says("--new-password-stdin");
    home.poolkey_reads("x\n", &CHANGE)
        .fails(2)
        .says("new password");
    // Before any password is missing.
    let home = local.home("ana", "srp", "public");
    home.poolkey(&CHANGE[..2])
        .fails(3)
        .says("poolkey sign-in dev");
}
