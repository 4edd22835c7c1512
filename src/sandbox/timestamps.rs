//! TIMESTAMP of `PASSWORD_VERIFIER`: read leniently, signed canonically.
//!
//! The service parses the text like Java's lenient `SimpleDateFormat`, formats it anew and checks
//! the signature over that. So `Sep 05` is understood and yet refused as a wrong password, which is
//! the trap a client has to avoid. Deliberately absent: any language but English.

use std::time::Duration;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::error::Refusal;

const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The time a client wrote.
pub(super) fn parse(text: &str) -> Result<Timestamp, Refusal> {
    lenient(text).ok_or_else(|| {
        Refusal::invalid_parameter(
            "TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.",
        )
    })
}

/// Whether `written` is near enough to `now`.
pub(super) fn is_near(written: Timestamp, now: Timestamp, tolerance: Duration) -> bool {
    let away = now.duration_since(written).abs();
    SignedDuration::try_from(tolerance).is_ok_and(|tolerance| away <= tolerance)
}

fn lenient(text: &str) -> Option<Timestamp> {
    let mut words = text.split_whitespace();
    let (weekday, month, day) = (words.next()?, words.next()?, words.next()?);
    let (time, zone, year) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() || !matches!(zone, "UTC" | "GMT") {
        return None;
    }
    position(&DAYS, weekday)?;
    let month = i8::try_from(position(&MONTHS, month)?.saturating_add(1)).ok()?;
    let mut clock = time.split(':').map(number);
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    if clock.next().is_some() || year.len() != 4 {
        return None;
    }
    let year = year.parse().ok().filter(|year: &i16| *year > 0)?;
    let civil = DateTime::new(year, month, number(day)?, hour, minute, second, 0).ok()?;
    civil
        .to_zoned(TimeZone::UTC)
        .ok()
        .map(|zoned| zoned.timestamp())
}

fn position(names: &[&str], word: &str) -> Option<usize> {
    names
        .iter()
        .position(|name| word.eq_ignore_ascii_case(name))
}

/// One or two digits.
fn number(word: &str) -> Option<i8> {
    let digits = (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| word.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::srp::timestamp;

    #[test]
    fn lenient_in_and_canonical_out() {
        for text in [
            "Thu Nov 5 01:02:03 UTC 2026",
            "Thu Nov 05 01:02:03 UTC 2026",
            "Thu Nov  5 1:2:3 UTC 2026",
            "THU nov 5 01:02:03 UTC 2026",
            "Mon Nov 5 01:02:03 UTC 2026",
        ] {
            assert_eq!(
                timestamp(parse(text).unwrap()),
                "Thu Nov 5 01:02:03 UTC 2026",
                "{text}"
            );
        }
    }

    #[test]
    fn other_languages_and_formats_are_refused() {
        for text in [
            "",
            "2026-11-05T01:02:03Z",
            "Do Nov 5 01:02:03 UTC 2026",
            "Thu Dez 5 01:02:03 UTC 2026",
            "Thu Nov 5 01:02 UTC 2026",
            "Thu Nov 5 01:02:03 CET 2026",
            "Thu Nov 45 01:02:03 UTC 2026",
            "Thu Nov 5 01:02:03 UTC 26",
            "Thu Nov 5 01:02:03 UTC 2026 x",
        ] {
            let refusal = parse(text).unwrap_err();
            assert_eq!(refusal.code, "InvalidParameterException", "{text}");
        }
    }

    #[test]
    fn the_clock_may_be_wrong_by_the_tolerance() {
        let now = Timestamp::UNIX_EPOCH;
        let written = Timestamp::from_second(300).unwrap();
        assert!(is_near(written, now, Duration::from_mins(5)));
        assert!(!is_near(written, now, Duration::from_secs(299)));
        assert!(!is_near(now, written, Duration::from_secs(299)));
    }
}
