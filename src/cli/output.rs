//! Where words go: results to standard output, everything else to standard error.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::{Arguments, Color, Command, ProfileCommand};
use super::report::Steps;
use crate::domain::{CallRecord, Problem, ProblemKind};
use crate::ops::{Deps, Progress};

/// How this run speaks.
pub struct Output {
    json: bool,
    verbose: bool,
    color: bool,
}

impl Output {
    /// Reads the options that concern output.
    #[must_use]
    pub fn new(arguments: &Arguments) -> Self {
        let json = matches!(
            arguments.command,
            Some(
                Command::Status { json: true, .. }
                    | Command::Doctor { json: true, .. }
                    | Command::Identity { json: true, .. }
                    | Command::Profile(
                        ProfileCommand::List { json: true }
                            | ProfileCommand::Show { json: true, .. }
                    )
            )
        ) || matches!(
            &arguments.command,
            Some(Command::Profile(ProfileCommand::Discover(options))) if options.json
        );
        Self {
            json,
            verbose: arguments.global.verbose,
            color: is_colored(arguments.global.color),
        }
    }

    /// For arguments that could not be parsed.
    #[must_use]
    pub fn before_parsing(arguments: &[OsString]) -> Self {
        Self {
            json: arguments.iter().any(|argument| argument == "--json"),
            verbose: false,
            color: is_colored(Color::Auto),
        }
    }

    /// True when JSON was asked for.
    #[must_use]
    pub const fn is_json(&self) -> bool {
        self.json
    }

    /// A result.
    ///
    /// # Errors
    /// When standard output cannot be written, as on a full disk.
    #[expect(clippy::unused_self, reason = "one handle for everything that is said")]
    pub fn result(&self, text: &str) -> Result<(), Problem> {
        let mut out = io::stdout().lock();
        written(writeln!(out, "{text}").and_then(|()| out.flush()))
    }

    /// A result as JSON.
    ///
    /// # Errors
    /// As [`Output::result`].
    pub fn json(&self, value: &Value) -> Result<(), Problem> {
        self.result(&format!("{value:#}"))
    }

    /// Something to know, for a person.
    #[expect(clippy::unused_self, reason = "one handle for everything that is said")]
    pub fn note(&self, text: &str) {
        note(text);
    }

    /// True when each step is to be told.
    #[must_use]
    pub const fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// The first line of something that is asked.
    pub fn heading(&self, text: &str) {
        let (bold, plain) = if self.color {
            ("\x1b[1m", "\x1b[0m")
        } else {
            ("", "")
        };
        self.note(&format!("{bold}{text}{plain}"));
    }

    /// True when standard error may have colors.
    #[must_use]
    pub const fn has_colors(&self) -> bool {
        self.color
    }

    /// Where a use-case tells its steps.
    #[must_use]
    pub fn progress(&self, deps: &Deps) -> impl Progress + use<> {
        Steps::new(self.verbose, deps.calls.clone())
    }

    /// What was called, where that was asked for.
    pub fn calls(&self, calls: &[CallRecord]) {
        if self.verbose {
            for call in calls {
                self.note(&call.line());
            }
        }
    }

    /// The error as the interface promises it, and the exit code.
    pub fn fail(&self, problem: &Problem) -> ExitCode {
        let mut lines = Vec::new();
        let (red, plain) = if self.color {
            ("\x1b[31m", "\x1b[0m")
        } else {
            ("", "")
        };
        lines.push(format!("{red}error:{plain} {}", problem.sentence));
        if let Some(said) = &problem.aws {
            lines.push(said.to_string());
        }
        lines.extend(hints(problem).map(|hint| format!("hint: {hint}")));
        if self.json {
            lines.push(error_json(problem).to_string());
        }
        self.note(&lines.join("\n"));
        ExitCode::from(problem.kind.exit_code())
    }
}

/// A line on standard error, for those who tell it from elsewhere.
pub fn note(text: &str) {
    // A closed standard error cannot be told about.
    let _told = writeln!(io::stderr(), "{text}");
}

fn is_colored(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    }
}

/// How writing a result went.
///
/// # Errors
/// When standard output could not be written.
pub fn written(result: io::Result<()>) -> Result<(), Problem> {
    match result {
        Ok(()) => Ok(()),
        // The reader has what it wanted, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Problem::new(
            ProblemKind::File,
            format!("Standard output cannot be written: {error}"),
        )
        .hint("Make room where the output goes, or send it elsewhere.")),
    }
}

/// What can always be done, where nothing more precise is known.
const fn last_resort(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Unexpected => "Try again. If it happens every time, please report it.",
        ProblemKind::Usage => "See: poolkey --help",
        ProblemKind::SignInNeeded => "Sign in with: poolkey sign-in",
        ProblemKind::SecretStore => "Choose another store with --secret-store.",
        ProblemKind::Refused => "Ask the administrator of the pool what AWS means.",
        ProblemKind::Network => "Check the network, then try again.",
        ProblemKind::File => "Check the file and its folder; nothing was changed.",
    }
}

/// Cause, what to do in order, the command and the console page; always something.
pub fn hints(problem: &Problem) -> impl Iterator<Item = String> {
    let mend = problem.mend.as_deref();
    let why = mend.map(|mend| mend.why.clone());
    let is_numbered = mend.is_some() && problem.hints.len() > 1;
    let steps = (1..).zip(&problem.hints).map(move |(number, hint)| {
        if is_numbered {
            format!("{number}. {hint}")
        } else {
            hint.clone()
        }
    });
    let command = mend.and_then(|mend| mend.command.as_ref());
    let page = mend.and_then(|mend| mend.console_url.as_ref());
    let fallback = problem.hints.is_empty().then(|| last_resort(problem.kind));
    why.filter(|why| !why.is_empty())
        .into_iter()
        .chain(fallback.map(str::to_owned))
        .chain(steps)
        .chain(command.map(|command| format!("AWS CLI: {command}")))
        .chain(page.map(|page| format!("AWS console: {page}")))
}

fn error_json(problem: &Problem) -> Value {
    json!({ "error": problem_json(problem) })
}

/// A problem as the error object has it.
#[must_use]
pub fn problem_json(problem: &Problem) -> Value {
    let said = problem.aws.as_deref();
    let mend = problem.mend.as_deref();
    json!({
        "kind": problem.kind.name(),
        "message": problem.sentence,
        "hint": match problem.hints.as_slice() {
            [] => last_resort(problem.kind).to_owned(),
            hints => hints.join(" "),
        },
        "why": mend.map(|mend| mend.why.as_str()),
        "steps": problem.hints,
        "command": mend.and_then(|mend| mend.command.as_deref()),
        "console_url": mend.and_then(|mend| mend.console_url.as_deref()),
        "aws_code": said.map(|said| said.code.as_str()),
        "aws_message": said.map(|said| said.message.as_str()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Mend;

    #[test]
    fn hints_come_in_the_order_in_which_they_are_needed() {
        let problem = |hints: &[&str]| {
            let problem = Problem::new(ProblemKind::Refused, "No");
            hints
                .iter()
                .fold(problem, |problem, hint| problem.hint(*hint))
        };
        let lines = |problem: &Problem| hints(problem).collect::<Vec<_>>();
        assert_eq!(lines(&problem(&["a", "b"])), ["a", "b"]);
        assert_eq!(lines(&problem(&[])), [last_resort(ProblemKind::Refused)]);
        let mut known = problem(&["a", "b"]);
        known.mend = Some(Box::new(Mend {
            why: "Because.".to_owned(),
            command: Some("aws iam x".to_owned()),
            console_url: Some("https://console".to_owned()),
        }));
        let all = [
            "Because.",
            "1. a",
            "2. b",
            "AWS CLI: aws iam x",
            "AWS console: https://console",
        ];
        assert_eq!(lines(&known), all);
        let json = error_json(&known);
        assert_eq!(json["error"]["steps"], json!(["a", "b"]));
        assert_eq!(json["error"]["hint"], "a b");
        assert_eq!(json["error"]["command"], "aws iam x");
        known.mend = Some(Box::default());
        known.hints.pop();
        assert_eq!(lines(&known), ["a"]);
        assert_eq!(error_json(&problem(&[]))["error"]["why"], Value::Null);
    }
}
