//! Both ways to refresh, and a clock that is wrong.

use jiff::SignedDuration;
use poolkey::sandbox::{Fault, Lifetimes, Settings};

use crate::local::{Local, short};

const REFRESH: &str = "GetTokensFromRefreshToken";

#[test]
fn rotation_refreshes_again_and_again() {
    let local = Local::start(Settings::default());
    local.sandbox.set_lifetimes(short());
    let home = local.signed_in_at("rotating");
    let mut seen = Vec::new();
    for refreshes in 1..=3 {
        // Each refresh token works once: a lost one would end this.
        seen.push(home.poolkey(&["credentials", "dev"]).ok().out);
        assert_eq!(local.sandbox.calls(REFRESH), refreshes);
    }
    seen.dedup();
    assert_eq!(seen.len(), 3);
    assert_eq!(local.sandbox.calls("InitiateAuth"), 1);
}

/// `REFRESH_TOKEN_AUTH`, for a server that knows nothing else; with a secret, its hash is made over
/// the real user name.
#[test]
fn a_server_without_rotation() {
    for client in ["public", "confidential", "devices"] {
        let local = Local::start(Settings::default());
        local.sandbox.set_lifetimes(short());
        let home = local.signed_in_at(client);
        local.sandbox.set_lifetimes(Lifetimes::default());
        local.sandbox.next_answer(REFRESH, Fault::Unknown);
        home.poolkey(&["credentials", "dev"]).ok();
        assert_eq!(local.sandbox.calls(REFRESH), 1, "{client}");
        assert_eq!(local.sandbox.calls("InitiateAuth"), 2, "{client}");
    }
}

#[test]
fn a_wrong_clock_is_told() {
    let local = Local::start(Settings::default());
    let home = local.signed_in();
    let right = home.poolkey(&["status", "dev", "--json"]).ok();
    assert_eq!(right.json()["clock_offset_seconds"], 0);
    assert_eq!(right.err, "");
    for (minutes, direction) in [(10, "behind"), (-20, "ahead of")] {
        let by = SignedDuration::from_mins(minutes);
        local.sandbox.clock().advance(by);
        let sign_in = ["sign-in", "dev", "--password-stdin"];
        home.poolkey_reads(local.password("ana"), &sign_in).ok();
        let told = home.poolkey(&["status", "dev", "--json"]).ok();
        let seconds = told.json()["clock_offset_seconds"].as_i64().unwrap();
        assert!((598..=602).contains(&seconds.abs()), "{told:?}");
        assert_eq!(seconds > 0, minutes > 0, "{told:?}");
        home.poolkey(&["status"])
            .ok()
            .says(&format!("s {direction} AWS; Poolkey allows for that"));
    }
}
