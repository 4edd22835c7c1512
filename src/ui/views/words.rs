//! Durations, times, states and problems in words.
//!
//! Deliberately absent: colours, and the clock: every function takes `now`.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::app::ProfileState;
use crate::domain::{
    FlowStep, Lifetime, LoginProvider, Problem, ProblemKind, Profile, SignInMethod, StepState,
};

/// What went wrong and the first thing to do about it, for the foot of a sheet.
#[must_use]
pub fn with_hint(problem: &Problem) -> String {
    match problem.hints.first() {
        Some(hint) => format!("{}. {hint}", problem.sentence),
        None => problem.sentence.clone(),
    }
}

/// `42:17`, or `1:02:03` above an hour.
#[must_use]
pub fn countdown(left: SignedDuration) -> String {
    let seconds = left.as_secs().max(0);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{rest:02}")
    } else {
        format!("{minutes:02}:{rest:02}")
    }
}

/// `42 m`, `1 h 5 m`, `<1 m`.
#[must_use]
pub fn short(left: SignedDuration) -> String {
    let minutes = left.as_secs().max(0) / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) => "<1 m".to_owned(),
        (0, minutes) => format!("{minutes} m"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} m"),
    }
}

/// `in 1 min`, `now`.
#[must_use]
pub fn until(now: Timestamp, then: Timestamp) -> String {
    let seconds = now.duration_until(then).as_secs();
    match seconds {
        ..=0 => "now".to_owned(),
        1..60 => "in less than a minute".to_owned(),
        60..3600 => format!("in {} min", seconds / 60),
        _ => format!("in {} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

/// `3 s ago`, and later as [`ago`].
#[must_use]
pub fn just_now(now: Timestamp, then: Timestamp) -> String {
    match then.duration_until(now).as_secs() {
        seconds @ 0..60 => format!("{seconds} s ago"),
        _ => ago(now, then),
    }
}

/// `18 min ago`, `now`.
#[must_use]
pub fn ago(now: Timestamp, then: Timestamp) -> String {
    let seconds = then.duration_until(now).as_secs();
    match seconds {
        ..=0 => "now".to_owned(),
        1..60 => "less than a minute ago".to_owned(),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86400 => format!("{} h {} min ago", seconds / 3600, seconds / 60 % 60),
        _ => format!("{} d ago", seconds / 86400),
    }
}

/// `15:04:31 today`, `09:00:00 tomorrow`, `09:00:00 on Nov 24`.
#[must_use]
pub fn clock_and_day(now: Timestamp, then: Timestamp, zone: &TimeZone) -> String {
    let (now, then) = (now.to_zoned(zone.clone()), then.to_zoned(zone.clone()));
    let day = if now.date() == then.date() {
        "today".to_owned()
    } else if now.date().tomorrow().is_ok_and(|day| day == then.date()) {
        "tomorrow".to_owned()
    } else if now.date().yesterday().is_ok_and(|day| day == then.date()) {
        "yesterday".to_owned()
    } else {
        then.strftime("on %b %-d").to_string()
    };
    format!("{} {day}", then.strftime("%H:%M:%S"))
}

/// `14:59`.
#[must_use]
pub fn clock(then: Timestamp, zone: &TimeZone) -> String {
    then.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// `1 312`: thousands apart.
#[must_use]
pub fn grouped(number: usize) -> String {
    spaced(&number.to_string(), 3)
}

/// `1234 5678 9012`.
#[must_use]
pub fn account(digits: &str) -> String {
    spaced(digits, 4)
}

fn spaced(digits: &str, every: usize) -> String {
    let count = digits.chars().count();
    let mut text = String::with_capacity(count + count / every);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (count - place).is_multiple_of(every) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// `eu-west-1:9f0c…c41e`: the part behind the region shortened.
#[must_use]
pub fn shortened(id: &str) -> String {
    let Some((region, rest)) = id.split_once(':') else {
        return id.to_owned();
    };
    let letters: Vec<char> = rest.chars().collect();
    if letters.len() <= 12 {
        return id.to_owned();
    }
    let head: String = letters.iter().take(4).collect();
    let tail: String = letters.iter().skip(letters.len() - 4).collect();
    format!("{region}:{head}…{tail}")
}

/// How a profile stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Ten minutes or more left.
    Valid,
    /// Less than ten minutes left.
    Expiring,
    /// Nothing left.
    Expired,
    /// Nothing kept.
    SignedOut,
    /// Something runs.
    Running,
}

/// How a profile stands, apart from problems.
#[must_use]
pub fn status(state: &ProfileState, now: Timestamp) -> Status {
    if state.running.is_some() {
        return Status::Running;
    }
    match state.lifetime(now) {
        None => Status::SignedOut,
        Some(Lifetime::Expired) => Status::Expired,
        Some(Lifetime::Expiring) => Status::Expiring,
        Some(Lifetime::Valid) => Status::Valid,
    }
}

/// At the right end of a row of the list.
#[must_use]
pub fn row_status(state: &ProfileState, now: Timestamp) -> String {
    match (status(state, now), &state.session) {
        (Status::Running, _) => running(state).to_owned(),
        (Status::Expired, _) => "expired".to_owned(),
        (_, None) if state.problem.is_some() => row_problem(state).to_owned(),
        (_, None) if state.profile.asks_nobody() => "ready".to_owned(),
        (_, None) if state.refreshable => "signed in".to_owned(),
        (Status::SignedOut, _) | (_, None) => "signed out".to_owned(),
        (_, Some(session)) => short(session.remaining(now)),
    }
}

/// Who that is, where no user name says it.
#[must_use]
pub fn who(profile: &Profile) -> String {
    match profile.sign_in {
        SignInMethod::Guest => "Guest".to_owned(),
        SignInMethod::Developer => "Developer-authenticated".to_owned(),
        SignInMethod::Provider => profile.provider_labels(),
        SignInMethod::Browser => "Browser sign-in".to_owned(),
        _ => "no user name yet".to_owned(),
    }
}

/// The keys of a logins map, for a person: `User pool eu-west-1_aB3, Google`; `none (guest)`.
#[must_use]
pub fn login_labels(logins: &[String]) -> String {
    if logins.is_empty() {
        return "none (guest)".to_owned();
    }
    let label = |key: &String| {
        if let Some((host, pool)) = key.split_once('/')
            && host.starts_with("cognito-idp.")
        {
            return format!("user pool {pool}");
        }
        if key.starts_with("cognito-identity.") {
            return "your backend".to_owned();
        }
        let provider = key.parse::<LoginProvider>();
        provider.map_or_else(|_| key.clone(), |provider| provider.label().to_owned())
    };
    logins.iter().map(label).collect::<Vec<_>>().join(", ")
}

/// What runs, in words.
#[must_use]
pub fn running(state: &ProfileState) -> &'static str {
    match state.step(FlowStep::SignIn) {
        StepState::Running(doing) if doing == "renewing" => "renewing…",
        StepState::Running(_) => "signing in…",
        _ if state.refreshable => "renewing…",
        _ => "signing in…",
    }
}

/// The word of the pill beside the title.
#[must_use]
pub fn pill(state: &ProfileState, now: Timestamp) -> &'static str {
    match status(state, now) {
        Status::Running if running(state) == "renewing…" => "Renewing…",
        Status::Running => "Signing in…",
        _ if state.problem.is_some() => problem_pill(state),
        Status::Valid => "Credentials valid",
        Status::Expiring => "Expires soon",
        Status::Expired => "Expired",
        Status::SignedOut if state.profile.asks_nobody() => "No credentials yet",
        Status::SignedOut if state.refreshable => "Signed in",
        Status::SignedOut => "Signed out",
    }
}

fn row_problem(state: &ProfileState) -> &'static str {
    match state.problem.as_ref().map(|problem| problem.kind) {
        Some(ProblemKind::Refused) => "refused",
        Some(ProblemKind::SignInNeeded) => "sign in again",
        Some(ProblemKind::Network) => "no connection",
        _ => "failed",
    }
}

fn problem_pill(state: &ProfileState) -> &'static str {
    let Some(problem) = &state.problem else {
        return "Failed";
    };
    let at_sign_in = matches!(state.step(FlowStep::SignIn), StepState::Failed(_));
    match problem.kind {
        ProblemKind::Refused if at_sign_in => "Sign-in refused",
        ProblemKind::Refused => "Exchange refused",
        ProblemKind::SignInNeeded => "Sign in again",
        ProblemKind::SecretStore => "Store problem",
        ProblemKind::Network => "No connection",
        ProblemKind::Usage => "Check the configuration",
        ProblemKind::Unexpected | ProblemKind::File => "Failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let seconds = SignedDuration::from_secs;
        assert_eq!(countdown(seconds(42 * 60 + 17)), "42:17");
        assert_eq!(countdown(seconds(3723)), "1:02:03");
        assert_eq!(countdown(seconds(-5)), "00:00");
        assert_eq!(short(seconds(42 * 60 + 17)), "42 m");
        assert_eq!(short(seconds(3900)), "1 h 5 m");
        assert_eq!(short(seconds(59)), "<1 m");
    }

    #[test]
    fn numbers_and_identifiers() {
        assert_eq!(grouped(1312), "1 312");
        assert_eq!(grouped(12), "12");
        assert_eq!(account("123456789012"), "1234 5678 9012");
        let id = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";
        assert_eq!(shortened(id), "eu-west-1:9f0c…c41e");
        assert_eq!(shortened("eu-west-1_aB3"), "eu-west-1_aB3");
    }

    #[test]
    fn days_are_local() {
        let now: Timestamp = "2026-11-21T23:30:00Z".parse().unwrap();
        let then: Timestamp = "2026-11-22T00:30:00Z".parse().unwrap();
        let utc = TimeZone::UTC;
        assert_eq!(clock_and_day(now, then, &utc), "00:30:00 tomorrow");
        let east = TimeZone::fixed(jiff::tz::offset(2));
        assert_eq!(clock_and_day(now, then, &east), "02:30:00 today");
        assert_eq!(until(now, then), "in 1 h 0 min");
        assert_eq!(ago(then, now), "1 h 0 min ago");
        assert_eq!(ago(now, then), "now");
    }
}
