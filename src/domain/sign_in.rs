//! The sign-in state machine: what the user pool answered decides the next step.
//!
//! Pure: no network, no clock. `ops::sign_in` carries the steps out. Deliberately absent: a list
//! of expected orders; any challenge may follow any other, up to a cap.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::problem::{Problem, ProblemKind};
use super::secret::Secret;
use super::session::Tokens;

/// More challenges than this in one sign-in means that something loops.
const MOST_CHALLENGES: u8 = 10;

/// What a user pool answers to `InitiateAuth` and `RespondToAuthChallenge`.
#[derive(Debug)]
pub enum Reply {
    /// Signed in.
    Tokens(Tokens),
    /// Something is asked first.
    Challenge(Challenge),
}

/// A challenge as it came over the wire.
pub struct Challenge {
    /// `PASSWORD_VERIFIER`, `SOFTWARE_TOKEN_MFA`, ….
    pub name: String,
    /// `ChallengeParameters`: they hold the secret block and user attributes, so `Debug` hides them.
    pub parameters: BTreeMap<String, String>,
    /// To be sent back wherever it is present; `USER_SRP_AUTH` has none at first.
    pub session: Option<Secret>,
}

impl Challenge {
    /// A parameter, or the empty text.
    #[must_use]
    pub fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Challenge({})", self.name)
    }
}

/// Something only the person can answer.
#[derive(Debug)]
pub struct Question {
    /// What is asked.
    pub kind: QuestionKind,
    /// The user name for the answer: the real one, not the alias.
    pub username: String,
    /// Echoed with the answer.
    pub session: Option<Secret>,
}

/// The questions Poolkey can put to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionKind {
    /// The six digits of an authenticator app.
    SoftwareToken,
}

impl QuestionKind {
    /// The challenge's name on the wire.
    #[must_use]
    pub const fn challenge_name(self) -> &'static str {
        match self {
            Self::SoftwareToken => "SOFTWARE_TOKEN_MFA",
        }
    }

    /// The key of the answer on the wire; in lower case it is the name of an `--answer`.
    #[must_use]
    pub const fn response_key(self) -> &'static str {
        match self {
            Self::SoftwareToken => "SOFTWARE_TOKEN_MFA_CODE",
        }
    }

    /// What is asked, for a person.
    #[must_use]
    pub const fn prompt(self) -> &'static str {
        match self {
            Self::SoftwareToken => "Code from your authenticator app",
        }
    }
}

/// A sign-in that waits for the person: everything needed to go on with the answer.
#[derive(Debug)]
pub struct Pending {
    /// The machine so far.
    pub sign_in: SignIn,
    /// What was asked.
    pub question: Question,
    /// The methods so far, for the report: `SRP`, `SRP + TOTP`.
    pub detail: String,
    /// Time spent waiting for the user pool so far.
    pub took: Duration,
}

/// What to do next.
#[derive(Debug)]
pub enum Step {
    /// Answer `PASSWORD_VERIFIER` at once: the pool allows a few seconds.
    ProvePassword(Challenge),
    /// Ask the person.
    Ask(Question),
    /// Done.
    Finish(Tokens),
}

/// One sign-in: the typed name and how many challenges have come.
#[derive(Debug, Clone)]
pub struct SignIn {
    username: String,
    challenges: u8,
}

impl SignIn {
    /// A sign-in for the name or alias that was typed.
    #[must_use]
    pub const fn new(username: String) -> Self {
        Self {
            username,
            challenges: 0,
        }
    }

    /// The name to answer with: the pool's real user name as soon as it has told it.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.username
    }

    /// Takes the pool's reply and says what comes next.
    ///
    /// # Errors
    /// A problem for a challenge Poolkey does not know, or for too many of them.
    pub fn hear(&mut self, reply: Reply) -> Result<Step, Problem> {
        let challenge = match reply {
            Reply::Tokens(tokens) => return Ok(Step::Finish(tokens)),
            Reply::Challenge(challenge) => challenge,
        };
        self.challenges += 1;
        if self.challenges > MOST_CHALLENGES {
            return Err(Problem::new(
                ProblemKind::Unexpected,
                "The user pool asks one challenge after another",
            ));
        }
        for name in ["USER_ID_FOR_SRP", "USERNAME"] {
            if let Some(real) = challenge
                .parameters
                .get(name)
                .filter(|real| !real.is_empty())
            {
                self.username.clone_from(real);
                break;
            }
        }
        match challenge.name.as_str() {
            "PASSWORD_VERIFIER" => Ok(Step::ProvePassword(challenge)),
            "SOFTWARE_TOKEN_MFA" => Ok(Step::Ask(Question {
                kind: QuestionKind::SoftwareToken,
                username: self.username.clone(),
                session: challenge.session,
            })),
            other => Err(unsupported(other)),
        }
    }
}

fn unsupported(challenge_name: &str) -> Problem {
    Problem::new(
        ProblemKind::SignInNeeded,
        format!("The user pool asks for {challenge_name}, which Poolkey cannot answer"),
    )
    .hint("Ask the pool's administrator which sign-in your account needs.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn challenge(name: &str, parameters: &[(&str, &str)]) -> Reply {
        Reply::Challenge(Challenge {
            name: name.to_owned(),
            parameters: parameters
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
            session: Some(Secret::new("canary-session".to_owned())),
        })
    }

    fn tokens() -> Reply {
        let secret = || Secret::new("canary-token".to_owned());
        Reply::Tokens(Tokens {
            id: secret(),
            access: secret(),
            refresh: Some(secret()),
        })
    }

    #[test]
    fn password_then_code_then_tokens() {
        let mut sign_in = SignIn::new("ana@example.com".to_owned());
        let step = sign_in
            .hear(challenge(
                "PASSWORD_VERIFIER",
                &[("USER_ID_FOR_SRP", "ana")],
            ))
            .unwrap();
        assert!(matches!(step, Step::ProvePassword(_)));
        assert_eq!(sign_in.username(), "ana");
        let step = sign_in.hear(challenge("SOFTWARE_TOKEN_MFA", &[])).unwrap();
        let Step::Ask(question) = step else {
            panic!("{step:?}")
        };
        assert_eq!(
            (question.kind, question.username.as_str()),
            (QuestionKind::SoftwareToken, "ana")
        );
        assert!(matches!(sign_in.hear(tokens()), Ok(Step::Finish(_))));
    }

    #[test]
    fn an_unknown_challenge_is_named() {
        let problem = SignIn::new("ana".to_owned())
            .hear(challenge("DANCE", &[]))
            .unwrap_err();
        assert_eq!(problem.kind, ProblemKind::SignInNeeded);
        assert!(problem.sentence.contains("DANCE"));
    }

    #[test]
    fn a_loop_of_challenges_ends() {
        let mut sign_in = SignIn::new("ana".to_owned());
        let heard = (0..20).map(|_| sign_in.hear(challenge("PASSWORD_VERIFIER", &[])));
        assert_eq!(heard.flatten().count(), usize::from(MOST_CHALLENGES));
    }

    #[test]
    fn debug_hides_parameters_and_tokens() {
        let shown = format!(
            "{:?} {:?}",
            challenge("X", &[("SECRET_BLOCK", "canary-block")]),
            tokens()
        );
        assert!(!shown.contains("canary"), "{shown}");
    }
}
