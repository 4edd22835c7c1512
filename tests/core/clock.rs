//! Machines whose clock is wrong: signing in works, lifetimes are the service's, nothing is renewed
//! too early or too late.

use jiff::SignedDuration;
use poolkey::domain::sign_in::Move;
use poolkey::domain::{Lifetime, SignInMethod};

use crate::support::{asked, bench, bench_with};

/// In minutes: what a person does not notice, and a time zone taken for another.
const OFF: [i64; 6] = [-180, -6, -1, 1, 6, 180];

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

#[tokio::test]
async fn signing_in_works_and_the_lifetime_is_right() {
    for off in OFF {
        for method in [SignInMethod::Srp, SignInMethod::Password] {
            let mut bench = bench_with("ana", minutes(off)).await;
            bench.profile.sign_in = method;
            let session = bench.sign_in().await;
            let clock = &bench.deps.clock;
            assert_eq!(clock.offset(), minutes(-off), "{method}");
            assert_eq!(clock.now(), bench.sandbox.clock().now());
            assert_eq!(session.remaining(clock.now()), minutes(60), "{off}");
            assert_eq!(session.lifetime(clock.now()), Lifetime::Valid);
            assert_eq!(session.obtained_at, clock.now());
            // Signed by the right time at once, not by the wrong one first.
            assert!(session.caller.is_some(), "{off}");
            assert_eq!(bench.sandbox.calls("GetCallerIdentity"), 1, "{off}");
        }
    }
}

#[tokio::test]
async fn renewed_when_due_and_not_before() {
    for off in OFF {
        let bench = bench_with("ana", minutes(off)).await;
        bench.sign_in().await;
        for _ in 0..3 {
            bench.minutes_pass(43);
            for _ in 0..3 {
                bench.credentials().await.unwrap();
            }
            let before = bench.refreshes();
            bench.minutes_pass(1);
            for _ in 0..3 {
                bench.credentials().await.unwrap();
            }
            assert_eq!(bench.refreshes(), before + 1, "{off}");
        }
        assert_eq!(bench.refreshes(), 3, "{off}");
    }
}

/// A code is computed from the right time too.
#[tokio::test]
async fn a_code_after_the_password() {
    for off in OFF {
        let bench = bench_with("tom", minutes(off)).await;
        let outcome = bench.begin("tom", &bench.password("tom")).await.unwrap();
        let sign_in = asked(outcome, "SOFTWARE_TOKEN_MFA");
        let answer = poolkey::domain::sign_in::Answer::of("software_token_mfa_code", bench.code());
        bench.go_on(sign_in, Move::Answer(answer)).await.unwrap();
    }
}

#[tokio::test]
async fn seconds_are_noise() {
    for off in [-2, -1, 0, 1, 2] {
        let bench = bench_with("ana", SignedDuration::from_secs(off)).await;
        bench.sign_in().await;
        assert_eq!(bench.deps.clock.offset(), SignedDuration::ZERO, "{off}");
    }
}

/// The next answer tells; until then a session that has not begun by the old offset shows it.
#[tokio::test]
async fn a_clock_that_is_set_right_is_followed() {
    for off in OFF {
        let bench = bench_with("ana", minutes(off)).await;
        bench.sign_in().await;
        *bench.off.lock().unwrap() = SignedDuration::ZERO;
        let session = bench.renew().await.unwrap().session;
        assert_eq!(bench.deps.clock.offset(), SignedDuration::ZERO, "{off}");
        assert_eq!(session.remaining(bench.deps.clock.now()), minutes(60));
    }
}

/// What a step took is measured by one clock, although the offset is found out in between.
#[tokio::test]
async fn a_step_does_not_take_hours() {
    let bench = bench("ana").await;
    let watch = bench.deps.stopwatch();
    *bench.off.lock().unwrap() = SignedDuration::ZERO;
    bench.sign_in().await;
    assert_eq!(bench.deps.since(watch), std::time::Duration::ZERO);
}
