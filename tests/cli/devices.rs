//! Devices: confirmed at the first sign-in, proved at the second, named at each refresh.

use poolkey::sandbox::{Lifetimes, Settings};

use crate::local::{Local, short};
use crate::support::Home;

/// `tom` signs in with password and code; the device is remembered or not.
fn first_sign_in(local: &Local, answer: Option<&str>) -> Home {
    let home = local.home("tom", "srp", "devices");
    let code = format!("software_token_mfa_code={}", local.app_code("tom"));
    let sign_in = ["sign-in", "dev", "--password-stdin", "--answer", &code];
    let remember = answer.into_iter().flat_map(|answer| ["--answer", answer]);
    let arguments: Vec<&str> = sign_in.into_iter().chain(remember).collect();
    let ran = home.poolkey_reads(local.password("tom"), &arguments).ok();
    let is_noted = ran.err.contains("remember_device=yes");
    assert_eq!(is_noted, answer.is_none(), "{ran:?}");
    assert_eq!(local.sandbox.calls("ConfirmDevice"), 1);
    assert_eq!(local.sandbox.calls("UpdateDeviceStatus"), 1);
    home
}

#[test]
fn a_remembered_device_stands_for_the_code() {
    let local = Local::start(Settings::default());
    let home = first_sign_in(&local, Some("remember_device=YES"));
    let before = local.sandbox.calls("RespondToAuthChallenge");
    let again = ["-v", "sign-in", "dev", "--password-stdin"];
    home.poolkey_reads(local.password("tom"), &again)
        .ok()
        .says("SRP + device");
    // The password's proof, DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER.
    assert_eq!(local.sandbox.calls("RespondToAuthChallenge"), before + 3);
    assert_eq!(local.sandbox.calls("ConfirmDevice"), 1);
    // Another machine has no such device.
    let other = local.home("tom", "srp", "devices");
    other
        .poolkey_reads(
            local.password("tom"),
            &["sign-in", "dev", "--password-stdin"],
        )
        .fails(3)
        .says("SOFTWARE_TOKEN_MFA");
}

#[test]
fn a_device_that_is_not_remembered_is_asked_for_the_code() {
    for answer in [None, Some("remember_device=no")] {
        let local = Local::start(Settings::default());
        let home = first_sign_in(&local, answer);
        home.poolkey_reads(
            local.password("tom"),
            &["sign-in", "dev", "--password-stdin"],
        )
        .fails(3)
        .says("SOFTWARE_TOKEN_MFA");
    }
}

/// The sandbox refuses a tracked sign-in's refresh without its device key, as the service does.
#[test]
fn a_refresh_names_the_device() {
    let local = Local::start(Settings::default());
    local.sandbox.set_lifetimes(short());
    let home = first_sign_in(&local, Some("remember_device=yes"));
    local.sandbox.set_lifetimes(Lifetimes::default());
    home.poolkey(&["credentials", "dev"]).ok();
    assert_eq!(local.refreshes(), 1);
    home.poolkey(&["sign-out", "dev", "--everywhere"]).ok();
}
