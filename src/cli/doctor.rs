//! `doctor`: what is wrong, why, and what to do; a line a check, then each failure in full.
//!
//! Deliberately absent: the looking itself (see `ops::doctor`).

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::output::{Output, hints, problem_json};
use super::passphrase;
use crate::domain::{Check, Outcome, Problem, ProblemKind, Profile};
use crate::ops::Deps;
use crate::ops::doctor::{Findings, Report, Subject, check_all, first_failure, together};

/// Nobody watches: the lines come in order, at the end.
struct Quiet;

impl Report for Quiet {
    fn checked(&self, _check: &Check) {}
}

/// One profile, or all.
///
/// # Errors
/// When a check failed, with the kind of the first one that did.
pub async fn run(name: Option<&str>, deps: &Deps, output: &Output) -> Result<(), Problem> {
    let profiles = match name {
        Some(name) => vec![deps.profile(name).await?],
        None => deps.profiles.load().await?.profiles,
    };
    // A store that stays locked is a finding like any other, but who leaves the question leaves.
    if let Err(problem) = passphrase::unlock(deps, output).await
        && problem.kind != ProblemKind::SecretStore
    {
        return Err(problem);
    }
    let subjects: Vec<Subject<'_>> = profiles.iter().map(Subject::of).collect();
    let findings = check_all(deps, &subjects, &Quiet).await;
    if output.is_json() {
        output.json(&as_json(name.is_some(), &profiles, &findings))?;
    } else {
        output.result(&as_text(&profiles, &findings))?;
    }
    verdict(&findings)
}

fn verdict(findings: &Findings) -> Result<(), Problem> {
    let all = || {
        findings
            .machine
            .iter()
            .chain(findings.profiles.iter().flatten())
    };
    let Some(problem) = first_failure(all()).and_then(|first| first.problem.as_ref()) else {
        return Ok(());
    };
    let count = all().filter(|check| check.has_failed()).count();
    let sentence = match count {
        1 => format!("1 check failed: {}", problem.sentence),
        _ => format!("{count} checks failed; the first: {}", problem.sentence),
    };
    Err(Problem::new(problem.kind, sentence).hint("What to do stands below the list of checks."))
}

fn as_json(is_one: bool, profiles: &[Profile], findings: &Findings) -> Value {
    let entry = |name: Option<&str>, checks: &[Check]| {
        let checks: Vec<Value> = checks.iter().map(check_json).collect();
        json!({ "profile": name, "checks": checks })
    };
    let mut entries: Vec<Value> = profiles
        .iter()
        .zip(&findings.profiles)
        .map(|(profile, checks)| {
            let checks = together(&findings.machine, checks);
            entry(Some(profile.name.as_str()), &checks)
        })
        .collect();
    if entries.is_empty() {
        entries.push(entry(None, &findings.machine));
    }
    match entries.pop() {
        Some(only) if is_one => only,
        last => {
            entries.extend(last);
            Value::Array(entries)
        }
    }
}

fn check_json(check: &Check) -> Value {
    json!({
        "name": check.id.name(),
        "title": check.id.title(),
        "outcome": check.outcome.name(),
        "detail": check.detail,
        "problem": check.problem.as_deref().map(problem_json),
    })
}

fn as_text(profiles: &[Profile], findings: &Findings) -> String {
    let mut text = String::new();
    let mut section = |title: &str, checks: &[Check]| {
        let _infallible = writeln!(text, "{title}");
        for check in checks {
            let (mark, title) = (mark(check.outcome), check.id.title());
            let _infallible = writeln!(text, "  {mark:<4}  {title:<16} {}", check.detail);
        }
        let told = checks
            .iter()
            .filter(|check| check.outcome <= Outcome::Warned);
        for check in told {
            text.push_str(&explained(check));
        }
        text.push('\n');
    };
    section("This machine", &findings.machine);
    for (profile, checks) in profiles.iter().zip(&findings.profiles) {
        section(profile.name.as_str(), checks);
    }
    if profiles.is_empty() {
        text.push_str("No profiles yet. Add one with: poolkey profile add\n");
    }
    text.trim_end().to_owned()
}

const fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "ok",
        Outcome::Warned => "warn",
        Outcome::Failed => "FAIL",
        Outcome::Skipped => "skip",
    }
}

/// What happened, what AWS said, why, what to do, with which command.
fn explained(check: &Check) -> String {
    let Some(problem) = &check.problem else {
        return String::new();
    };
    let mut lines = vec![format!("{}: {}", check.id.title(), problem.sentence)];
    lines.extend(problem.aws.as_ref().map(ToString::to_string));
    lines.extend(hints(problem));
    let mut text = String::from("\n");
    for (number, line) in lines.iter().enumerate() {
        let indent = if number == 0 { "  " } else { "    " };
        let _infallible = writeln!(text, "{indent}{line}");
    }
    text
}
