//! How `serve` ends while something is under way.

use std::io::{BufRead as _, BufReader};
use std::time::{Duration, Instant};

use poolkey::sandbox::{Fault, Settings};

use crate::local::Local;
use crate::serve::Serving;

/// An SDK waits for two seconds; the refresh token that is being replaced must not be lost with it.
#[test]
fn what_a_client_set_going_ends_well_without_it() {
    let local = Local::start(Settings::default());
    assert!(local.sandbox.set_rotation("public", Some(Duration::ZERO)));
    let home = local.due();
    let serving = Serving::start(&home, &[]);
    let refresh = "GetTokensFromRefreshToken";
    let delay = Fault::Delay(Duration::from_millis(600));
    local.sandbox.next_answer(refresh, delay);
    let stream = serving.ask();
    local.wait_for(refresh, 1);
    drop(stream);
    // Being ended waits for it, too.
    assert_eq!(serving.end("-TERM").code, Some(0));
    home.poolkey(&["credential-process", "dev"]).ok();
    assert_eq!(local.refreshes(), 1);
}

/// What hangs: the request, and the line that the next signal waits for.
#[test]
fn an_answer_that_hangs_holds_up_no_end() {
    for (operation, told) in [
        ("GetCredentialsForIdentity", None),
        ("GetTokensFromRefreshToken", Some("A second signal ends")),
    ] {
        let local = Local::start(Settings::default());
        let home = local.due();
        let mut serving = Serving::start(&home, &[]);
        let asked = local.sandbox.calls(operation);
        let hanging = Fault::Delay(Duration::from_secs(6));
        local.sandbox.next_answer(operation, hanging);
        let _stream = serving.ask();
        local.wait_for(operation, asked + 1);
        let (begun, file) = (Instant::now(), serving.file.clone());
        if let Some(told) = told {
            serving.signal("-TERM");
            let err = serving.child.stderr.take().unwrap();
            let mut lines = BufReader::new(err).lines().map_while(Result::ok);
            assert!(lines.any(|line| line.contains(told)));
            serving.signal("-HUP");
            assert_eq!(serving.child.wait().unwrap().code(), Some(0));
        } else {
            // The terminal was closed.
            assert_eq!(serving.end("-HUP").code, Some(0));
        }
        assert!(begun.elapsed() < Duration::from_secs(5), "{operation}");
        assert!(!file.exists());
    }
}
