//! `sign-out` in its three scopes: what the user pool is told, and what stays.

use poolkey::sandbox::Settings;

use crate::local::Local;

const CALLS: [&str; 3] = ["RevokeToken", "GetTokensFromRefreshToken", "GlobalSignOut"];

#[test]
fn each_scope_tells_the_pool_as_much_as_it_says() {
    let here = (Some("--here"), [0, 0, 0], "on this machine only");
    let revoke = (None, [1, 0, 0], "ended this sign-in");
    let words = "ended all sign-ins of this user";
    let everywhere = (Some("--everywhere"), [0, 1, 1], words);
    for (client, (option, calls, words)) in [
        ("public", here),
        ("public", revoke),
        ("public", everywhere),
        ("confidential", revoke),
        ("confidential", everywhere),
        ("devices", everywhere),
        ("rotating", everywhere),
    ] {
        let local = Local::start(Settings::default());
        let home = local.signed_in_at(client);
        let arguments: Vec<&str> = ["sign-out", "dev"].into_iter().chain(option).collect();
        home.poolkey(&arguments).ok().says(words).says("stay valid");
        let told = CALLS.map(|operation| local.sandbox.calls(operation));
        assert_eq!(told, calls, "{client} {option:?}");
        home.poolkey(&["credentials", "dev"]).fails(3);
    }
}

/// Two machines with the same user: only the widest scope reaches the other one.
#[test]
fn only_everywhere_ends_the_other_sign_in() {
    for (option, code) in [(None, 0), (Some("--here"), 0), (Some("--everywhere"), 3)] {
        let local = Local::start(Settings::default());
        let home = local.signed_in();
        let other = local.due();
        let arguments: Vec<&str> = ["sign-out", "dev"].into_iter().chain(option).collect();
        home.poolkey(&arguments).ok();
        let ran = other.poolkey(&["credentials", "dev"]);
        assert_eq!(ran.code, Some(code), "{option:?}: {ran:?}");
    }
}

#[test]
fn a_pool_that_is_not_reached_is_told_but_the_sign_in_is_forgotten() {
    for option in [None, Some("--everywhere")] {
        let local = Local::start(Settings::default());
        let home = local.signed_in();
        drop(local);
        let arguments: Vec<&str> = ["sign-out", "dev"].into_iter().chain(option).collect();
        home.poolkey(&arguments)
            .fails(6)
            .says("Forgotten on this machine, but the user pool was not told");
        home.poolkey(&["credentials", "dev"]).fails(3);
    }
}

#[test]
fn scopes_exclude_each_other() {
    let local = Local::start(Settings::default());
    let home = local.signed_in();
    home.poolkey(&["sign-out", "dev", "--here", "--everywhere"])
        .fails(2);
    home.poolkey(&["credentials", "dev"]).ok();
}

#[test]
fn the_browsers_own_sign_in_needs_managed_login() {
    let local = Local::start(Settings::default());
    let home = local.signed_in();
    home.poolkey(&["sign-out", "dev", "--browser", "--no-open"])
        .fails(2)
        .says("no managed login domain");
    // Nothing was forgotten over it.
    home.poolkey(&["credentials", "dev"]).ok();
}

/// Nothing is claimed of a pool that was not told.
#[test]
fn nobody_was_signed_in() {
    let local = Local::start(Settings::default());
    let home = local.home("ana", "srp", "public");
    for option in [None, Some("--here"), Some("--everywhere")] {
        let arguments: Vec<&str> = ["sign-out", "dev"].into_iter().chain(option).collect();
        let ran = home
            .poolkey(&arguments)
            .ok()
            .says("Nobody was signed in to dev");
        assert!(!ran.err.contains("ended"), "{ran:?}");
    }
    assert_eq!(CALLS.map(|call| local.sandbox.calls(call)), [0, 0, 0]);
}
