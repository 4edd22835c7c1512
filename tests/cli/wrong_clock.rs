//! Machines whose clock is wrong, as a person at a terminal sees it.

use jiff::SignedDuration;
use poolkey::sandbox::{Clock, Settings};

use crate::local::Local;

/// The service is ahead of this machine by so many seconds.
fn service_ahead(seconds: i64) -> Local {
    let clock = Clock::system();
    clock.advance(SignedDuration::from_secs(seconds));
    Local::start(Settings {
        clock,
        ..Settings::default()
    })
}

#[test]
fn status_tells_of_a_clock_that_is_more_than_half_a_minute_wrong() {
    for (ahead, told) in [
        (-7_200, Some("ahead of AWS")),
        (-40, Some("ahead of AWS")),
        (-20, None),
        (0, None),
        (20, None),
        (40, Some("behind AWS")),
        (7_200, Some("behind AWS")),
    ] {
        let local = service_ahead(ahead);
        let home = local.signed_in();
        let ran = home.poolkey(&["status", "dev", "--json"]).ok();
        let said = ran.err.contains("this machine's clock");
        assert_eq!(said, told.is_some(), "{ahead}: {ran:?}");
        assert!(told.is_none_or(|text| ran.err.contains(text)), "{ran:?}");
        let status = ran.json();
        let offset = status["clock_offset_seconds"].as_i64().unwrap();
        assert!((offset - ahead).abs() <= 3, "{ahead}: {offset}");
        let left = status["remaining_seconds"].as_i64().unwrap();
        assert!((3_500..=3_602).contains(&left), "{ahead}: {left}");
    }
}

/// A new process knows the offset from what is kept: nothing is renewed before its time.
#[test]
fn good_credentials_are_not_renewed_and_due_ones_are() {
    for ahead in [-7_200, 7_200] {
        let local = service_ahead(ahead);
        let home = local.signed_in();
        home.poolkey(&["credential-process", "dev"]).ok();
        assert_eq!(local.refreshes(), 0, "{ahead}");
        let home = local.due();
        home.poolkey(&["credential-process", "dev"]).ok();
        assert_eq!(local.refreshes(), 1, "{ahead}");
        home.poolkey(&["credential-process", "dev"]).ok();
        assert_eq!(local.refreshes(), 1, "{ahead}");
    }
}
