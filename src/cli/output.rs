//! Where words go: results to standard output, everything else to standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::{Arguments, Color, Command, ProfileCommand};
use super::report::Steps;
use crate::domain::{Problem, ProblemKind};
use crate::ops::Progress;

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
                    | Command::Profile(
                        ProfileCommand::List { json: true }
                            | ProfileCommand::Show { json: true, .. }
                    )
            )
        );
        let color = match arguments.global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        };
        Self {
            json,
            verbose: arguments.global.verbose,
            color,
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
        match writeln!(out, "{text}").and_then(|()| out.flush()) {
            Ok(()) => Ok(()),
            // The reader has what it wanted, as `head` does.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Problem::new(
                ProblemKind::File,
                format!("Standard output cannot be written: {error}"),
            )),
        }
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
        // A closed standard error cannot be told about.
        let _told = writeln!(io::stderr(), "{text}");
    }

    /// Where a use-case tells its steps.
    #[must_use]
    pub fn progress(&self) -> impl Progress + use<> {
        Steps::new(self.verbose)
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
        lines.extend(problem.hints.iter().map(|hint| format!("hint: {hint}")));
        if self.json {
            lines.push(error_json(problem).to_string());
        }
        self.note(&lines.join("\n"));
        ExitCode::from(problem.kind.exit_code())
    }
}

fn error_json(problem: &Problem) -> Value {
    let said = problem.aws.as_deref();
    json!({"error": {
        "kind": problem.kind.name(),
        "message": problem.sentence,
        "hint": problem.hints.join(" "),
        "aws_code": said.map(|said| said.code.as_str()),
        "aws_message": said.map(|said| said.message.as_str()),
    }})
}
