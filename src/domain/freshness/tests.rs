//! The schedule as tables.

use std::collections::HashSet;
use std::time::Duration;

use super::*;
use crate::domain::problem::{AwsSaid, Problem, ProblemKind};
use crate::domain::session::{AwsCredentials, RoleChoice};
use crate::domain::{Secret, SignInMethod};

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn profile(name: &str) -> Profile {
    let pool = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";
    Profile::of_identity_pool(
        name.parse().unwrap(),
        SignInMethod::Guest,
        pool.parse().unwrap(),
    )
}

/// Of so many minutes, from now.
fn session(minutes: i64) -> Session {
    Session {
        identity_id: "eu-west-1:0a".parse().unwrap(),
        credentials: AwsCredentials {
            access_key_id: "ASIA".to_owned(),
            secret_access_key: Secret::new("s".to_owned()),
            session_token: Secret::new("t".to_owned()),
            expires_at: now() + SignedDuration::from_mins(minutes),
        },
        username: "ana".to_owned(),
        groups: Vec::new(),
        roles: Vec::new(),
        logins: Vec::new(),
        role_choice: RoleChoice::default(),
        caller: None,
        obtained_at: now(),
    }
}

#[test]
fn renewals_lie_between_the_margin_and_the_end_and_not_together() {
    for minutes in [1, 2, 5, 15, 60, 720] {
        let session = session(minutes);
        let (due, end) = (
            session.renews_at(RefreshMargin::default()),
            session.credentials.expires_at,
        );
        let margin = due.duration_until(end);
        let mut moments = HashSet::new();
        for number in 0..200 {
            let name: ProfileName = format!("profile-{number}").parse().unwrap();
            let at = scheduled(&name, &session, RefreshMargin::default());
            assert_eq!(
                at,
                scheduled(&name, &session, RefreshMargin::default()),
                "the same for whoever asks"
            );
            let jitter = due.duration_until(at);
            assert!(jitter >= SignedDuration::ZERO, "{minutes}: {jitter:?}");
            assert!(jitter <= LONGEST_JITTER && jitter < margin, "{minutes}");
            moments.insert(at);
        }
        // Nearly every second that there is.
        let span = LONGEST_JITTER.min(margin / PART_OF_MARGIN).as_secs();
        let seconds = usize::try_from(span).unwrap() + 1;
        assert!(
            moments.len() * 10 >= seconds * 9,
            "{minutes}: {}",
            moments.len()
        );
    }
}

#[test]
fn an_hour_is_renewed_ahead_of_what_sdks_call_too_late() {
    let session = session(60);
    let advisory = session.credentials.expires_at - SignedDuration::from_mins(15);
    for number in 0..200 {
        let name = format!("profile-{number}").parse().unwrap();
        assert!(scheduled(&name, &session, RefreshMargin::default()) < advisory);
    }
}

#[test]
fn who_is_renewed_and_who_is_told() {
    let (live, backoff) = (session(60), Backoff::default());
    // keep_fresh, renewable, kept, renews, tells
    for (keep_fresh, renewable, kept, renews, tells) in [
        (true, true, true, true, false),
        (true, false, true, false, true),
        (false, true, true, false, false),
        (false, false, true, false, false),
        (true, true, false, false, false),
        (true, false, false, false, false),
    ] {
        let profile = Profile {
            keep_fresh,
            ..profile("dev")
        };
        let standing = Standing {
            profile: &profile,
            session: kept.then_some(&live),
            renewable,
            backoff: &backoff,
        };
        let case = format!("{keep_fresh} {renewable} {kept}");
        assert_eq!(standing.renews_at().is_some(), renews, "{case}");
        assert_eq!(standing.tells_at().is_some(), tells, "{case}");
        for (minutes, in_time) in [(49, false), (50, true), (59, true), (60, false)] {
            let then = now() + SignedDuration::from_mins(minutes);
            assert_eq!(
                standing.is_to_be_told(then),
                tells && in_time,
                "{case} {minutes}"
            );
        }
        assert!(!standing.is_due(now()), "{case}");
        let late = now() + SignedDuration::from_mins(46);
        assert_eq!(standing.is_due(late), renews, "{case}");
    }
}

#[test]
fn failures_are_waited_out() {
    // What fails one after the other, after waking up or not, and the waits in seconds.
    type Case<'a> = (&'a [&'a Problem], bool, &'a [i64]);
    let of = |kind| Problem::new(kind, "It did not work");
    let throttled =
        of(ProblemKind::Refused).said(AwsSaid::new("GetId", "TooManyRequestsException", ""));
    let (network, store) = (of(ProblemKind::Network), of(ProblemKind::SecretStore));
    let (refused, file) = (of(ProblemKind::Refused), of(ProblemKind::File));
    let cases: [Case<'_>; 7] = [
        (
            &[&network; 8],
            false,
            &[60, 120, 240, 300, 300, 300, 300, 300],
        ),
        (&[&network; 5], true, &[5, 10, 20, 60, 120]),
        (&[&file; 4], false, &[60, 120, 240, 300]),
        (&[&store; 6], true, &[60, 120, 240, 480, 600, 600]),
        (&[&refused, &refused], false, &[3600, 3600]),
        (
            &[&throttled; 7],
            false,
            &[60, 120, 240, 480, 960, 1920, 3600],
        ),
        (&[&network, &refused, &network], true, &[5, 3600, 10]),
    ];
    for (problems, woke, waits) in cases {
        let mut backoff = Backoff::default();
        if woke {
            backoff.woke(now());
        }
        for (problem, wait) in problems.iter().zip(waits) {
            backoff.failed(problem, now());
            let until = now() + SignedDuration::from_secs(*wait);
            assert_eq!(backoff.quiet_until(), Some(until), "{problem:?} {woke}");
        }
        backoff.succeeded(&session(60), RefreshMargin::default(), now());
        assert_eq!(backoff, Backoff::default());
        backoff.succeeded(&session(1), RefreshMargin::default(), now());
        assert!(
            backoff.quiet_until() > Some(now()),
            "due at once, but not every second"
        );
    }
}

#[test]
fn waking_up_ends_the_wait_for_the_network_alone() {
    for (kind, stays) in [(ProblemKind::Network, false), (ProblemKind::Refused, true)] {
        let mut backoff = Backoff::default();
        for _ in 0..7 {
            backoff.failed(&Problem::new(kind, "It did not work"), now());
        }
        let before = backoff.quiet_until();
        backoff.woke(now());
        assert_eq!(backoff.quiet_until(), before.filter(|_| stays), "{kind:?}");
        // The clock was set back by a day: nobody waits for a day.
        let yesterday = now() - SignedDuration::from_hours(24);
        backoff.woke(yesterday);
        assert!(backoff.quiet_until() <= Some(yesterday + SignedDuration::from_hours(1)));
    }
}

#[test]
fn a_sleep_and_a_clock_that_was_set_are_seen() {
    // Seconds that the wall clock went and that passed.
    for (went, passed, jumped) in [
        (15, 15, false),
        (18, 15, false),
        (15, 18, false),
        (600, 15, true),
        (-3600, 15, true),
        (15, 600, true),
        (20, 15, true),
    ] {
        let mut watch = ClockWatch::new(now(), Duration::from_secs(100));
        let wall = now() + SignedDuration::from_secs(went);
        let monotonic = Duration::from_secs(100 + passed);
        assert_eq!(watch.jumped(wall, monotonic), jumped, "{went} {passed}");
        assert!(!watch.jumped(wall, monotonic), "told once");
    }
}
