//! `sign-in`: asks on the terminal what it was not given, or fails with the challenge's name.

use super::args::SignIn as Options;
use super::browser::{self, Browser};
use super::output::Output;
use super::passphrase;
use super::person::Person;
use super::providers::{self, Providers};
use super::unattended;
use crate::domain::sign_in::{Finished, Move, QuestionKind, SignIn};
use crate::domain::{Problem, ProblemKind, Profile};
use crate::ops::logins::{self, Brought};
use crate::ops::ports::VaultState;
use crate::ops::session::{self, Obtained};
use crate::ops::sign_in::{self, Outcome};
use crate::ops::{Deps, Progress, profiles};

/// How often a password may be typed: the service locks the account after five.
const MOST_TRIES: u8 = 3;

/// Signs in and keeps the result.
pub async fn run(mut options: Options, deps: &Deps, output: &Output) -> Result<(), Problem> {
    let profile = deps.profile(&options.profile).await?;
    browser::check(&options, &profile)?;
    unattended::check(&options, &profile)?;
    let forgotten = options.forgot_password;
    let is_default = !forgotten && !options.password_stdin && options.username.is_none();
    let browser = Browser::new(&options.browser, options.no_input, output);
    let mut username = options.username.clone().or(profile.username.clone());
    let announced = std::mem::take(&mut options.tokens);
    let mut person = Person::new(options, output).await?;
    let given = providers::read(announced).await?;
    let remark = open_store(deps, &person, output).await?;
    let progress = output.progress(deps);
    let providers = Providers {
        deps,
        profile: &profile,
        browser: &browser,
        may_ask: person.may_ask(),
        progress: &progress,
    };
    let given = providers.check(given)?;
    let brought = providers.bring(given).await?;
    let is_served = is_default && serves(deps, &profile, output).await;
    if is_served || unattended::is_meant(&profile) {
        logins::keep(deps, &profile, &brought).await?;
        let obtained = session::renew(deps, &profile, &progress).await?;
        report(deps, &profile, obtained, output)?;
        tell(remark, output);
        return Ok(());
    }
    let finished = if browser.is_wanted(&profile) && !forgotten {
        None
    } else {
        answer_all(
            deps,
            &profile,
            &mut person,
            forgotten,
            &mut username,
            &progress,
        )
        .await?
    };
    if let Some(finished) = finished {
        finish(&providers, finished, &brought, output).await?;
        remember(deps, &profile, username, output).await;
    } else {
        if !browser.is_wanted(&profile) {
            passkey(&profile, &person, output)?;
        }
        let finished = browser.sign_in(deps, &profile, username, &progress).await?;
        finish(&providers, finished, &brought, output).await?;
    }
    tell(remark, output);
    Ok(())
}

/// True, and said, where another profile's sign-in is kept that this one shares.
async fn serves(deps: &Deps, profile: &Profile, output: &Output) -> bool {
    let Some(owner) = &profile.shares_sign_in else {
        return false;
    };
    let is_kept = session::is_renewable(deps, profile).await;
    let is_kept = is_kept.unwrap_or_default();
    if is_kept {
        output.note(&format!("{} uses the sign-in of {owner}.", profile.name));
    }
    is_kept
}

fn tell(remark: Option<String>, output: &Output) {
    if let Some(remark) = remark {
        output.note(&format!("note: {remark}"));
    }
}

/// Who signed in is not asked for the next time. A profile that says so stays as it is: another
/// name was for this once.
async fn remember(deps: &Deps, profile: &Profile, username: Option<String>, output: &Output) {
    let Some(username) = username.filter(|_| profile.username.is_none()) else {
        return;
    };
    let written = profiles::remember_username(deps, &profile.name, username).await;
    if let Err(problem) = written {
        output.note(&format!(
            "note: the username was not remembered: {}",
            problem.sentence
        ));
    }
}

/// The pool takes nothing but a passkey. A browser is not opened where nobody sits.
fn passkey(profile: &Profile, person: &Person<'_>, output: &Output) -> Result<(), Problem> {
    if person.may_ask() {
        output.note("This goes on in the browser: the user pool asks for a passkey.");
        return Ok(());
    }
    let needed = "WEB_AUTHN is needed: a passkey, which only a browser can use";
    Err(
        Problem::new(ProblemKind::SignInNeeded, needed).hint(format!(
            "Sign in with managed login: poolkey sign-in {} --browser",
            profile.name
        )),
    )
}

/// From the first question to the tokens; none where only the browser goes on. `username` becomes
/// what is typed meanwhile.
async fn answer_all(
    deps: &Deps,
    profile: &Profile,
    person: &mut Person<'_>,
    mut forgotten: bool,
    username: &mut Option<String>,
    progress: &dyn Progress,
) -> Result<Option<Finished>, Problem> {
    let mut sign_in = Box::new(SignIn::new(profile.sign_in, profile.username.clone()));
    let mut tries = 1;
    loop {
        let Some(question) = sign_in.question() else {
            return Err(Problem::new(
                ProblemKind::Unexpected,
                "The sign-in stopped without a question",
            ));
        };
        let now = deps.clock.now();
        let moved = if std::mem::take(&mut forgotten) {
            person.forgets_password(question, now).await?
        } else {
            person.moves(question, now).await?
        };
        if let Some(typed) = typed(&moved) {
            *username = Some(typed.to_owned());
        }
        let done = done_before_browser(&question.kind);
        match sign_in::go_on(deps, profile, sign_in, moved, progress).await {
            Ok(Outcome::Finished(finished)) => return Ok(Some(*finished)),
            Ok(Outcome::Asked(asked)) => sign_in = asked,
            Ok(Outcome::Browser) => {
                person.hears(done);
                return Ok(None);
            }
            Err(problem)
                if tries < MOST_TRIES && person.may_ask() && may_retype(profile, &problem) =>
            {
                tries += 1;
                let again = SignIn::new(profile.sign_in, username.clone());
                sign_in = Box::new(again.after(problem));
            }
            Err(problem) => return Err(problem),
        }
    }
}

/// Who signs in, where the move says so.
fn typed(moved: &Move) -> Option<&str> {
    match moved {
        Move::Answer(answer) => answer.text("username"),
        Move::ForgotPassword { username } => Some(username),
        Move::Resend | Move::OtherMethod => None,
    }
}

/// What the answer has done for good, where no further question would say so.
const fn done_before_browser(kind: &QuestionKind) -> Option<&'static str> {
    match kind {
        QuestionKind::ResetPassword => Some("The new password is set."),
        QuestionKind::ConfirmAccount => Some("The account is confirmed."),
        _ => None,
    }
}

/// A password that nobody sees is easily mistyped.
fn may_retype(profile: &Profile, problem: &Problem) -> bool {
    let is_wrong = problem.aws.as_ref().is_some_and(|said| {
        said.code == "NotAuthorizedException"
            && said.message.contains("Incorrect username or password")
    });
    is_wrong && profile.sign_in.begins_with_password()
}

/// The store is tried before the password is asked: a sign-in that cannot be kept is said first.
/// The remark on the store goes first where somebody types; programs read an error's first line.
async fn open_store(
    deps: &Deps,
    person: &Person<'_>,
    output: &Output,
) -> Result<Option<String>, Problem> {
    let mut tries = passphrase::TRIES;
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
            VaultState::NeedsPassphrase { problem, .. } if tries == 0 => return Err(problem),
            VaultState::NeedsPassphrase { is_new, problem } => {
                tries -= 1;
                output.note(&problem.sentence);
                state = deps
                    .vault
                    .unlock(passphrase::ask(is_new, output).await?)
                    .await?;
            }
        }
    }
}

async fn finish(
    providers: &Providers<'_>,
    finished: Finished,
    brought: &[Brought],
    output: &Output,
) -> Result<(), Problem> {
    let Providers {
        deps,
        profile,
        progress,
        ..
    } = *providers;
    let finishing = session::finish_sign_in(deps, profile, finished, brought, progress);
    let obtained = match finishing.await {
        // Another person signed in: the tokens of the one before went with their sign-in.
        Err(problem) if providers.are_missing(&problem).await => {
            let brought = providers.bring(Vec::new()).await?;
            logins::keep(deps, profile, &brought).await?;
            session::renew(deps, profile, progress).await
        }
        obtained => obtained,
    };
    report(deps, profile, obtained?, output)
}

/// Who that is now, in which role and for how long.
fn report(
    deps: &Deps,
    profile: &Profile,
    obtained: Obtained,
    output: &Output,
) -> Result<(), Problem> {
    let Obtained {
        session, remark, ..
    } = obtained;
    // To the nearest: the exchange itself took a moment.
    let seconds = session.remaining(deps.clock.now()).as_secs();
    let minutes = (seconds + 30) / 60;
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
    tell(remark.map(|remark| remark.sentence), output);
    Ok(())
}
