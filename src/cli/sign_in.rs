//! `sign-in`: asks on the terminal what it was not given, or fails with the challenge's name.

use super::args::{Answer, SignIn};
use super::output::Output;
use super::passphrase;
use super::prompt::{self, Lines};
use crate::crypto::totp;
use crate::domain::sign_in::{Pending, QuestionKind};
use crate::domain::{Problem, ProblemKind, Profile, Secret, Tokens};
use crate::ops::ports::VaultState;
use crate::ops::session::{self, Obtained};
use crate::ops::sign_in::{self, Outcome};
use crate::ops::{Deps, Progress};

/// Signs in and keeps the result.
pub async fn run(options: SignIn, deps: &Deps, output: &Output) -> Result<(), Problem> {
    let profile = deps.profile(&options.profile).await?;
    let mut person = Person::new(options)?;
    let remark = open_store(deps, &person, output).await?;
    let username = person.username(&profile)?;
    let password = person.password()?;
    let progress = output.progress();
    let mut outcome = sign_in::begin(deps, &profile, &username, &password, &progress).await?;
    drop(password);
    let tokens = loop {
        match outcome {
            Outcome::Tokens(tokens) => break tokens,
            Outcome::Asked(pending, problem) => {
                let answer = person.answer(deps, &pending, problem, output)?;
                outcome = sign_in::answer(deps, &profile, *pending, &answer, &progress).await?;
            }
        }
    };
    finish(deps, &profile, tokens, &progress, output).await?;
    if let Some(remark) = remark {
        output.note(&format!("note: {remark}"));
    }
    Ok(())
}

/// The store is tried before the password is asked: a sign-in that cannot be kept is said first.
/// The remark on the store goes first where somebody types; programs read an error's first line.
async fn open_store(
    deps: &Deps,
    person: &Person,
    output: &Output,
) -> Result<Option<String>, Problem> {
    let mut state = deps.vault.probe().await?;
    loop {
        match state {
            VaultState::Ready { remark, .. } => {
                return Ok(match remark {
                    Some(remark) if person.may_ask() => {
                        output.note(&format!("note: {remark}"));
                        None
                    }
                    remark => remark,
                });
            }
            VaultState::NeedsPassphrase { problem, .. } if !person.may_ask() => {
                return Err(problem);
            }
            VaultState::NeedsPassphrase { is_new, problem } => {
                output.note(&problem.sentence);
                state = deps.vault.unlock(passphrase::ask(is_new)?).await?;
            }
        }
    }
}

async fn finish(
    deps: &Deps,
    profile: &Profile,
    tokens: Tokens,
    progress: &dyn Progress,
    output: &Output,
) -> Result<(), Problem> {
    let Obtained {
        session, remark, ..
    } = session::finish_sign_in(deps, profile, tokens, progress).await?;
    let minutes = session.remaining(deps.clock.now()).as_mins();
    let mut lines = vec![
        format!("Signed in to {} as {}", profile.name, session.username),
        format!("Identity ID  {}", session.identity_id),
    ];
    if let Some(caller) = &session.caller {
        lines.push(format!("Account      {}", caller.account));
        lines.push(format!("Role         {}", caller.role()));
    }
    lines.push(format!("Credentials  valid for {minutes} minutes"));
    output.result(&lines.join("\n"))?;
    if let Some(remark) = remark {
        output.note(&format!("note: {}", remark.sentence));
    }
    Ok(())
}

/// Whoever signs in: what was given beforehand, and whether more may be asked.
struct Person {
    options: SignIn,
    password: Option<Secret>,
    totp_secret: Option<Secret>,
    given_code_used: bool,
}

impl Person {
    fn new(options: SignIn) -> Result<Self, Problem> {
        let wanted = usize::from(options.password_stdin) + usize::from(options.totp_secret_stdin);
        let mut lines = Lines::read(wanted)?;
        let password = options
            .password_stdin
            .then(|| lines.take("password"))
            .transpose()?;
        let totp_secret = options
            .totp_secret_stdin
            .then(|| lines.take("TOTP secret"))
            .transpose()?;
        Ok(Self {
            options,
            password,
            totp_secret,
            given_code_used: false,
        })
    }

    fn may_ask(&self) -> bool {
        !self.options.no_input && prompt::can_ask()
    }

    fn username(&self, profile: &Profile) -> Result<String, Problem> {
        if let Some(username) = self.options.username.as_ref().or(profile.username.as_ref()) {
            return Ok(username.clone());
        }
        if !self.may_ask() {
            return Err(missing("USERNAME", "--username"));
        }
        prompt::text("Username")
    }

    fn password(&mut self) -> Result<Secret, Problem> {
        match self.password.take() {
            Some(password) => Ok(password),
            None if self.may_ask() => prompt::secret("Password"),
            None => Err(missing("PASSWORD", "--password-stdin")),
        }
    }

    /// A given answer is used once: sent again it would only be wrong again.
    fn answer(
        &mut self,
        deps: &Deps,
        pending: &Pending,
        problem: Option<Problem>,
        output: &Output,
    ) -> Result<Secret, Problem> {
        let kind = pending.question.kind;
        if !self.given_code_used
            && let Some(answer) = self.given(deps, kind)?
        {
            self.given_code_used = true;
            return Ok(answer);
        }
        if !self.may_ask() {
            let option = format!("--answer {}=…", kind.response_key().to_lowercase());
            return Err(problem.unwrap_or_else(|| missing(kind.challenge_name(), &option)));
        }
        if let Some(problem) = problem {
            output.note(&problem.sentence);
        }
        prompt::secret(kind.prompt())
    }

    fn given(&self, deps: &Deps, kind: QuestionKind) -> Result<Option<Secret>, Problem> {
        let name = kind.response_key().to_lowercase();
        let answer = self
            .options
            .answers
            .iter()
            .find(|answer| answer.name == name);
        if let Some(Answer { value, .. }) = answer {
            return Ok(Some(Secret::new(value.clone())));
        }
        match (&self.totp_secret, kind) {
            (Some(shared), QuestionKind::SoftwareToken) => {
                let code = totp::code_at(shared, deps.clock.now());
                code.map(Some).ok_or_else(|| {
                    Problem::new(ProblemKind::Usage, "The TOTP secret is not base32 text")
                })
            }
            (None, _) => Ok(None),
        }
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
