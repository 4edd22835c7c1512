//! `sign-in`: asks on the terminal what it was not given, or fails with the challenge's name.

use super::args::{Answer as Answered, SignIn as Options};
use super::browser::Browser;
use super::output::Output;
use super::passphrase;
use super::prompt::{self, Lines};
use crate::crypto::totp;
use crate::domain::sign_in::{Answer, Field, Finished, Input, Move, Question, SignIn};
use crate::domain::{Problem, ProblemKind, Profile, Secret};
use crate::ops::ports::VaultState;
use crate::ops::session::{self, Obtained};
use crate::ops::sign_in::{self, Outcome};
use crate::ops::{Deps, Progress};

/// Signs in and keeps the result.
pub async fn run(options: Options, deps: &Deps, output: &Output) -> Result<(), Problem> {
    let profile = deps.profile(&options.profile).await?;
    let browser = Browser::new(
        &options.browser,
        options.no_input,
        options.username.as_ref(),
        output,
    );
    let mut person = Person::new(options)?;
    let remark = open_store(deps, &person, output).await?;
    let progress = output.progress();
    let mut sign_in = Box::new(SignIn::new(profile.sign_in, profile.username.clone()));
    let finished = loop {
        if browser.is_wanted(&profile) {
            break browser.sign_in(deps, &profile, &progress).await?;
        }
        let Some(question) = sign_in.question() else {
            return Err(missing("an answer", "--answer"));
        };
        let answer = person.answer(deps, &profile, question, output)?;
        let moved = Move::Answer(answer);
        match sign_in::go_on(deps, &profile, sign_in, moved, &progress).await? {
            Outcome::Finished(finished) => break *finished,
            Outcome::Asked(asked) => sign_in = asked,
            Outcome::Browser => break browser.sign_in(deps, &profile, &progress).await?,
        }
    };
    finish(deps, &profile, finished, &progress, output).await?;
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
    finished: Finished,
    progress: &dyn Progress,
    output: &Output,
) -> Result<(), Problem> {
    let Obtained {
        session, remark, ..
    } = session::finish_sign_in(deps, profile, finished, progress).await?;
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
    options: Options,
    password: Option<Secret>,
    totp_secret: Option<Secret>,
}

impl Person {
    fn new(options: Options) -> Result<Self, Problem> {
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
        profile: &Profile,
        question: &Question,
        output: &Output,
    ) -> Result<Answer, Problem> {
        if let Some(problem) = &question.problem {
            if !self.may_ask() {
                return Err(problem.clone());
            }
            output.note(&problem.sentence);
        }
        let mut answer = Answer::default();
        for field in question.fields() {
            answer = match (&*field.name, &field.input) {
                ("username", _) => answer.with_text("username", self.username(profile)?),
                ("password", _) => answer.with("password", self.password()?),
                (name, Input::Choice(_) | Input::Text) => {
                    let value = self.value(deps, question, &field)?;
                    answer.with_text(name, value.expose())
                }
                (name, _) => answer.with(name, self.value(deps, question, &field)?),
            };
        }
        Ok(answer)
    }

    fn value(
        &mut self,
        deps: &Deps,
        question: &Question,
        field: &Field,
    ) -> Result<Secret, Problem> {
        if let Some(given) = self.given(deps, &field.name)? {
            return Ok(given);
        }
        if !self.may_ask() {
            let option = format!("--answer {}=…", field.name);
            return Err(missing(question.challenge_name(), &option));
        }
        prompt::secret(question.title())
    }

    fn given(&mut self, deps: &Deps, name: &str) -> Result<Option<Secret>, Problem> {
        let given = self.options.answers.iter();
        let place = given.clone().position(|answer| answer.name == name);
        if let Some(place) = place {
            let Answered { value, .. } = self.options.answers.remove(place);
            return Ok(Some(Secret::new(value)));
        }
        match self.totp_secret.take() {
            Some(shared) if name == "software_token_mfa_code" => {
                let code = totp::code_at(&shared, deps.clock.now());
                code.map(Some).ok_or_else(|| {
                    Problem::new(ProblemKind::Usage, "The TOTP secret is not base32 text")
                })
            }
            kept => {
                self.totp_secret = kept;
                Ok(None)
            }
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
