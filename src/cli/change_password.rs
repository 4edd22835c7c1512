//! `change-password`: the present password and another one, from standard input or the terminal.

use super::args::ChangePassword;
use super::output::Output;
use super::prompt::{self, Lines};
use crate::domain::{Problem, ProblemKind, Secret};
use crate::ops::{Deps, password};

/// Changes the password of whoever is signed in.
pub async fn run(options: ChangePassword, deps: &Deps, output: &Output) -> Result<(), Problem> {
    let profile = deps.profile(&options.profile).await?;
    // Three passwords are not asked for in vain.
    password::can_change(deps, &profile).await?;
    let (previous, proposed) = passwords(&options, output).await?;
    let remark = password::change(deps, &profile, (&previous, &proposed), &|| true).await?;
    output.note(&format!(
        "The password of {} was changed. The sign-in stays.",
        profile.name
    ));
    if let Some(remark) = remark {
        output.note(&format!(
            "note: sign in again with it, the sign-in could not be kept: {}",
            remark.sentence
        ));
    }
    Ok(())
}

async fn passwords(options: &ChangePassword, output: &Output) -> Result<(Secret, Secret), Problem> {
    let count = usize::from(options.password_stdin) + usize::from(options.new_password_stdin);
    let mut lines = Lines::read(count).await?;
    let mut line = |is_given: bool, what| is_given.then(|| lines.take(what)).transpose();
    let previous = line(options.password_stdin, "password")?;
    let proposed = line(options.new_password_stdin, "new password")?;
    let may_ask = !options.no_input && prompt::can_ask();
    let previous = match previous {
        Some(given) => given,
        None if may_ask => prompt::secret("Present password").await?,
        None => return Err(missing("The present password", "--password-stdin")),
    };
    let proposed = match proposed {
        Some(given) => given,
        None if may_ask => twice(output).await?,
        None => return Err(missing("The new password", "--new-password-stdin")),
    };
    Ok((previous, proposed))
}

/// Until it is typed the same way twice.
async fn twice(output: &Output) -> Result<Secret, Problem> {
    loop {
        let first = prompt::secret("New password").await?;
        let second = prompt::secret("The same password again").await?;
        if !first.is_empty() && first.is_same(&second) {
            return Ok(first);
        }
        output.note("These were two different passwords, or none.");
    }
}

fn missing(what: &str, option: &str) -> Problem {
    Problem::new(
        ProblemKind::SignInNeeded,
        format!("{what} is needed and nobody can be asked"),
    )
    .hint(format!(
        "Give it with {option}, or run this on a terminal without --no-input."
    ))
}
