//! "Why was I refused?": what AWS's refusals mean, and what mends them with this profile's own IDs.
//!
//! A refusal is recognized by its code first, a part of its message second. The adapters call
//! [`recognized`] and so have a title; `Problem::about` adds cause, steps, command and console page
//! where the profile is known. Deliberately absent: decisions. A message may change any day, so it
//! only ever chooses words; what nothing here recognizes keeps AWS's own.
//!
//! # Adding a row
//!
//! 1. Find the table: [`sign_in`] and [`codes`] for a person at a user pool, [`app_client`] for what
//!    an administrator set there, [`tokens`] for a sign-in that is kept, [`managed_login`] for the
//!    browser, [`identity_pool`] and [`logins`] for the exchange, [`sts`] for roles.
//! 2. `row(code, part, title)`: the first row that fits is taken, so general ones stand last. `part`
//!    is looked for anywhere in the message and in any case; an empty one always fits. Narrow it
//!    with `.of(operation)` where the code means something else elsewhere, with `.only(who)` where
//!    it means something else to a guest or another provider, and use `.quoting()` where only AWS
//!    knows what is wrong.
//! 3. `.why(…)` in one or two sentences, `.steps(…)` numbered for the reader, `.command(…)` what
//!    mends it: a command that keeps the settings it does not change (`commands`), or one that only
//!    reads. `.page(…)` is one of the console pages in `pages`.
//!    `.mended_in(…)` names the profile's field where the configuration can mend it.
//! 4. `<name>` in any of these is filled from the profile (the names are in `fill`). A step, command
//!    or page whose name this profile lacks is left out; of several commands the first that can be
//!    filled is taken.
//! 5. Provoke it in `tests/core/refusals` and look at the text that `UPDATE=1` stores.

mod app_client;
mod codes;
mod commands;
mod fill;
mod identity_pool;
mod logins;
mod managed_login;
mod pages;
mod sign_in;
mod sts;
#[cfg(test)]
mod tests;
mod tokens;

use self::fill::{Filling, Style};
use super::profile::ProfileField;
use super::{AwsSaid, Mend, Problem, ProblemKind, Profile, SignInMethod};

const NOT_AUTHORIZED: &str = "NotAuthorizedException";
const BAD_PARAMETER: &str = "InvalidParameterException";
const NOT_FOUND: &str = "ResourceNotFoundException";

/// The operation of what managed login sends back to the callback address.
pub const MANAGED_LOGIN: &str = "Managed login";
/// The operation of what `/oauth2/token` answers.
pub const TOKEN_ENDPOINT: &str = "The token endpoint";

/// All tables, the ones for single operations first.
static TABLES: [&[Row]; 8] = [
    managed_login::ROWS,
    identity_pool::ROWS,
    logins::ROWS,
    sts::ROWS,
    codes::ROWS,
    tokens::ROWS,
    app_client::ROWS,
    sign_in::ROWS,
];

/// Whose refusal a row is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Anyone,
    /// Nobody signed in.
    Guest,
    /// Other providers' tokens only.
    Provider,
    /// Somebody's own backend vouches.
    Developer,
}

/// One refusal that is known.
#[derive(Clone, Copy)]
struct Row {
    operation: Option<&'static str>,
    /// Empty: any code of the operation.
    code: &'static str,
    part: &'static str,
    who: Who,
    title: &'static str,
    /// The title ends with what AWS said, because only that tells what is wrong.
    quotes: bool,
    why: &'static str,
    steps: &'static [&'static str],
    commands: &'static [&'static str],
    page: Option<&'static str>,
    field: Option<ProfileField>,
}

const fn row(code: &'static str, part: &'static str, title: &'static str) -> Row {
    Row {
        operation: None,
        code,
        part,
        who: Who::Anyone,
        title,
        quotes: false,
        why: "",
        steps: &[],
        commands: &[],
        page: None,
        field: None,
    }
}

impl Row {
    const fn of(mut self, operation: &'static str) -> Self {
        self.operation = Some(operation);
        self
    }

    const fn only(mut self, who: Who) -> Self {
        self.who = who;
        self
    }

    const fn quoting(mut self) -> Self {
        self.quotes = true;
        self
    }

    const fn why(mut self, why: &'static str) -> Self {
        self.why = why;
        self
    }

    const fn steps(mut self, steps: &'static [&'static str]) -> Self {
        self.steps = steps;
        self
    }

    const fn command(mut self, commands: &'static [&'static str]) -> Self {
        self.commands = commands;
        self
    }

    const fn page(mut self, page: &'static str) -> Self {
        self.page = Some(page);
        self
    }

    /// The configuration is where it can be mended, or one of the places.
    const fn mended_in(mut self, field: ProfileField) -> Self {
        self.field = Some(field);
        self
    }

    fn fits(&self, said: &AwsSaid, who: Who) -> bool {
        (self.code.is_empty() || said.code == self.code)
            && self.operation.is_none_or(|asked| asked == said.operation)
            && (self.who == Who::Anyone || self.who == who)
            && holds(&said.message, self.part)
    }

    fn sentence(&self, said: &AwsSaid) -> String {
        let words = words(&said.message);
        if self.quotes && !words.is_empty() {
            return format!("{}: {words}", self.title);
        }
        self.title.to_owned()
    }

    /// AWS's console knows nothing of pools at another address.
    fn mend(&self, filling: &Filling<'_>) -> Mend {
        let mut commands = self.commands.iter();
        Mend {
            why: filling.fill(self.why, Style::Text).unwrap_or_default(),
            command: commands.find_map(|command| filling.fill(command, Style::Shell)),
            console_url: self
                .page
                .filter(|_| filling.profile.endpoints.url.is_none())
                .and_then(|page| filling.fill(page, Style::Url)),
        }
    }
}

fn holds(message: &str, part: &str) -> bool {
    let message = message.to_ascii_lowercase();
    message.contains(&part.to_ascii_lowercase())
}

/// Without what the title says already, and without the full stop.
fn words(message: &str) -> &str {
    const SAID_ALREADY: [&str; 3] = [
        "Password did not conform with policy:",
        "Password does not conform to policy:",
        "Invalid attributes given,",
    ];
    let rest = SAID_ALREADY
        .iter()
        .find_map(|prefix| message.strip_prefix(prefix));
    rest.unwrap_or(message).trim().trim_end_matches('.')
}

fn find(said: &AwsSaid, who: Who) -> Option<&'static Row> {
    let mut rows = TABLES.into_iter().flatten();
    rows.find(|row| row.fits(said, who))
}

fn who(profile: &Profile) -> Who {
    match profile.sign_in {
        SignInMethod::Guest => Who::Guest,
        SignInMethod::Provider => Who::Provider,
        SignInMethod::Developer => Who::Developer,
        _ => Who::Anyone,
    }
}

/// The refusal with its title. `Problem::about` says the rest.
#[must_use]
pub fn recognized(said: AwsSaid) -> Problem {
    Problem::new(ProblemKind::Refused, general_sentence(&said)).said(said)
}

/// The sentence while nobody knows whose refusal it is.
fn general_sentence(said: &AwsSaid) -> String {
    find(said, Who::Anyone).map_or_else(
        || "AWS refused the request".to_owned(),
        |row| row.sentence(said),
    )
}

impl Problem {
    /// A refusal with cause, steps, command and console page for this profile; whatever else it is,
    /// and what has them already, stays as it is. Hints that others gave come after the steps.
    #[must_use]
    pub fn about(mut self, profile: &Profile) -> Self {
        if self.kind != ProblemKind::Refused || self.mend.is_some() {
            return self;
        }
        let Some(said) = &self.aws else {
            return self;
        };
        let Some(row) = find(said, who(profile)) else {
            return self;
        };
        // The title may stand within a longer sentence.
        let general = general_sentence(said);
        self.sentence = self.sentence.replace(&general, &row.sentence(said));
        let filling = Filling { profile, said };
        let steps = row.steps.iter();
        let mut hints: Vec<String> = steps
            .filter_map(|step| filling.fill(step, Style::Text))
            .collect();
        let mend = row.mend(&filling);
        let remark = mend.command.as_deref().and_then(commands::remark);
        hints.extend(remark.map(str::to_owned));
        self.mend = Some(Box::new(mend));
        self.field = row.field;
        hints.append(&mut self.hints);
        self.hints = hints;
        self
    }
}
