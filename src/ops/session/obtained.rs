//! What asking for credentials brings: a session, and in words what went wrong beside it.

use crate::domain::{Problem, ProblemKind, Session};

/// A session, and what could not be kept of it.
#[derive(Debug)]
pub struct Obtained {
    /// Works now.
    pub session: Session,
    /// True when the next renewal needs no password, at least in this process.
    pub sign_in_kept: bool,
    /// The refresh token or the session could not be stored, or the session is old because a
    /// renewal was refused; or whose the guest's identity is now.
    pub remark: Option<Problem>,
}

/// What the store did not do for a sign-in.
#[derive(Debug)]
pub(in crate::ops) enum Unkept {
    /// It did not take the refresh token: this process holds it.
    SignIn(Problem),
    /// It did not forget what was there before.
    FormerStays(Problem),
}

impl Unkept {
    /// In the store's own words.
    pub(in crate::ops) fn into_problem(self) -> Problem {
        let (Self::SignIn(problem) | Self::FormerStays(problem)) = self;
        problem
    }
}

/// Something else failed after that. The store's failure must not go unsaid.
pub(in crate::ops) fn hint_at(problem: Problem, stored: &Result<(), Unkept>) -> Problem {
    let (what, why) = match stored {
        Ok(()) => return problem,
        Err(Unkept::SignIn(why)) => ("The sign-in could not be stored", why),
        Err(Unkept::FormerStays(why)) => ("The former sign-in is still stored", why),
    };
    problem.hint(format!("{what}: {}.", why.sentence))
}

impl Obtained {
    pub(super) const fn cached(session: Session) -> Self {
        Self {
            session,
            sign_in_kept: true,
            remark: None,
        }
    }

    /// The first thing that was not kept is the one to tell.
    pub(super) fn note(&mut self, problem: Option<Problem>) {
        if self.remark.is_none() {
            self.remark = problem.map(|problem| but("Signed in, but not kept for later", problem));
        }
    }

    /// What became of the guest is good to know, but no failure.
    pub(super) fn note_guest(&mut self, remark: Option<String>) {
        if self.remark.is_none() {
            self.remark = remark.map(|what| Problem::new(ProblemKind::Unexpected, what));
        }
    }

    /// A refresh token that the store does not take is lost with this process, and that goes
    /// before everything else.
    pub(super) fn note_sign_in(&mut self, stored: Result<(), Unkept>) {
        if let Err(unkept) = stored {
            self.remark = Some(match unkept {
                Unkept::SignIn(problem) => but("Signed in, but only until Poolkey ends", problem),
                Unkept::FormerStays(problem) => {
                    but("Signed in, but the former sign-in is still stored", problem)
                }
            });
        }
    }

    /// Why there is nothing newer.
    pub(super) fn note_not_renewed(&mut self, problem: Problem) {
        self.remark = Some(but("The credentials could not be renewed", problem));
    }
}

fn but(what: &str, problem: Problem) -> Problem {
    let sentence = format!("{what}: {}", problem.sentence);
    Problem {
        sentence,
        ..problem
    }
}
