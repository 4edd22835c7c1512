//! `CUSTOM_AUTH`: what a customer's Lambda functions would ask, from a script.
//!
//! Two questions come one after the other, after the password where the client begins with
//! `CHALLENGE_NAME=SRP_A`:
//!
//! | question | right answer |
//! |---|---|
//! | "What is six times seven?" | `42` |
//! | markup and a control character around "friend", to be shown as plain text | `mellon` |
//!
//! A wrong answer asks again; the third one in a sign-in ends it. The answer `boom` makes the
//! Lambda fail. After the questions come second factors only where a password was proved.
//! Deliberately absent: Lambda triggers that a test could write.

use serde_json::json;

use super::attempts::{Attempt, Step};
use super::clients::{Client, Flow};
use super::error::{Answer, Refusal};
use super::input::Parameters;
use super::next_challenge;
use super::password_verifier;
use super::response::Response;
use super::users::User;
use super::world::Call;

struct Question {
    text: &'static str,
    hint: &'static str,
    answer: &'static str,
}

const QUESTIONS: [Question; 2] = [
    Question {
        text: "What is six times seven?",
        hint: "Two digits",
        answer: "42",
    },
    Question {
        text: "Say <b>friend</b>\u{7} and enter",
        hint: "In Elvish",
        answer: "mellon",
    },
];

/// How many answers may be wrong in one sign-in before the script ends it.
const TRIES: u8 = 3;

/// The right answer to a question, as a client shows it.
pub(super) fn answer_to(shown: &str) -> Option<&'static str> {
    // A client shows something else for what steers a terminal.
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|letter| letter.is_alphanumeric())
    }
    let mut asked = QUESTIONS.iter();
    let asked = asked.find(|asked| letters(asked.text).eq(letters(shown)));
    asked.map(|asked| asked.answer)
}

/// `InitiateAuth`.
pub(super) fn begin(
    call: &mut Call<'_>,
    client: &Client,
    user: Option<&User>,
    typed: &str,
    parameters: Parameters<'_>,
) -> Answer {
    let name = user.map_or(typed, |user| user.username.as_str());
    let attempt = Attempt::begun(call, client, name, Flow::Custom, parameters);
    match parameters.text("CHALLENGE_NAME") {
        None => ask(call, attempt, 0, 0),
        Some("SRP_A") => {
            password_verifier::offer(call, &attempt, user, parameters.required("SRP_A")?)
        }
        Some(_) => Err(Refusal::invalid_parameter("Invalid CHALLENGE_NAME")),
    }
}

/// The question, or what comes after the last one.
pub(super) fn ask(call: &mut Call<'_>, mut attempt: Attempt, question: usize, wrong: u8) -> Answer {
    let Some(asked) = QUESTIONS.get(question) else {
        // The script issues tokens itself unless a password, and what belongs to it, came first.
        attempt.second_factor |= !attempt.by_srp;
        return next_challenge::after_first_factor(call, attempt);
    };
    let parameters = json!({
        "USERNAME": attempt.username,
        "question": asked.text,
        "hint": asked.hint,
    });
    let step = Step::Custom { question, wrong };
    next_challenge::ask(call, attempt, step, "CUSTOM_CHALLENGE", &parameters)
}

/// The response to `CUSTOM_CHALLENGE`. A wrong answer is answered too, so it uses up its session.
pub(super) fn answer(call: &mut Call<'_>, response: &Response<'_>) -> Answer {
    let resumed = response.resume(call, |step| match step {
        Step::Custom { question, wrong } => Some((*question, *wrong)),
        _ => None,
    })?;
    let given = response.fields.required("ANSWER")?;
    if given == "boom" {
        return Err(Refusal::new(
            400,
            "UserLambdaValidationException",
            "DefineAuthChallenge failed with error The answer was boom.",
        ));
    }
    let (question, wrong) = resumed.step;
    let is_right = QUESTIONS
        .get(question)
        .is_some_and(|asked| asked.answer == given);
    response.spend(call);
    // Nobody has the right answers of somebody who does not exist.
    if is_right && resumed.anybody().is_some() {
        return ask(call, resumed.attempt, question.saturating_add(1), wrong);
    }
    let wrong = wrong.saturating_add(1);
    if wrong >= TRIES {
        return Err(Refusal::wrong_password());
    }
    ask(call, resumed.attempt, question, wrong)
}
