//! Signing in to a user pool: carries out the steps of the state machine.
//!
//! Deliberately absent: prompting (the caller asks the person) and keeping anything (see
//! `session`). SRP's two calls run back to back; the pool allows only seconds between them.

use std::time::Duration;

use super::ports::{AppClient, Deps, FirstCall, PasswordProof, Progress};
use crate::crypto::random;
use crate::crypto::srp::{self, Ephemeral, PasswordChallenge};
use crate::domain::sign_in::{Challenge, Pending, SignIn, Step};
use crate::domain::{
    FlowStep, Problem, ProblemKind, Profile, Secret, SignInMethod, StepState, Tokens,
};

/// Where a sign-in stands after a call.
#[derive(Debug)]
pub enum Outcome {
    /// Signed in.
    Tokens(Tokens),
    /// The person has to answer first; a problem says why the last answer was not accepted.
    Asked(Box<Pending>, Option<Problem>),
}

/// Begins: both calls of SRP, or the one of `USER_PASSWORD_AUTH`.
///
/// # Errors
/// What the user pool refuses, or why it could not be reached.
pub async fn begin(
    deps: &Deps,
    profile: &Profile,
    username: &str,
    password: &Secret,
    progress: &dyn Progress,
) -> Result<Outcome, Problem> {
    progress.step(
        FlowStep::SignIn,
        StepState::Running("checking your password".to_owned()),
    );
    let started = deps.clock.now();
    let client = deps.app_client(profile).await?;
    let mut sign_in = SignIn::new(username.to_owned());
    let (step, detail) = match profile.sign_in {
        SignInMethod::Srp => (
            with_srp(deps, &client, &mut sign_in, password).await?,
            "SRP",
        ),
        SignInMethod::Password => {
            let call = FirstCall::Password(password.duplicate());
            let reply = deps.user_pool.initiate(&client, username, call).await?;
            (sign_in.hear(reply)?, "Password")
        }
    };
    conclude(
        step,
        sign_in,
        detail.to_owned(),
        deps.since(started),
        progress,
    )
}

/// Goes on with the person's answer. A wrong code asks again and keeps the sign-in.
///
/// # Errors
/// What the user pool refuses for good, or why it could not be reached.
pub async fn answer(
    deps: &Deps,
    profile: &Profile,
    pending: Pending,
    answer: &Secret,
    progress: &dyn Progress,
) -> Result<Outcome, Problem> {
    progress.step(
        FlowStep::SignIn,
        StepState::Running("checking your code".to_owned()),
    );
    let started = deps.clock.now();
    let client = deps.app_client(profile).await?;
    let reply = match deps
        .user_pool
        .answer(&client, &pending.question, answer)
        .await
    {
        Ok(reply) => reply,
        Err(problem) if may_answer_again(&problem) => {
            return Ok(Outcome::Asked(Box::new(pending), Some(problem)));
        }
        Err(problem) => return Err(problem),
    };
    let Pending {
        mut sign_in,
        detail,
        took,
        ..
    } = pending;
    let step = sign_in.hear(reply)?;
    let detail = format!("{detail} + TOTP");
    conclude(step, sign_in, detail, took + deps.since(started), progress)
}

/// A wrong or used-up code leaves the session as it was; so does a call that never arrived.
fn may_answer_again(problem: &Problem) -> bool {
    matches!(
        problem.aws_code(),
        Some("CodeMismatchException" | "ExpiredCodeException")
    ) || (problem.kind == ProblemKind::Network && problem.aws.is_none())
}

async fn with_srp(
    deps: &Deps,
    client: &AppClient,
    sign_in: &mut SignIn,
    password: &Secret,
) -> Result<Step, Problem> {
    let random = random::bytes::<32>().ok_or_else(|| {
        Problem::new(
            ProblemKind::Unexpected,
            "The operating system gives no random numbers",
        )
    })?;
    let ephemeral = Ephemeral::from_bytes(random.as_slice()).map_err(bad_challenge)?;
    let first = FirstCall::Srp {
        srp_a: ephemeral.srp_a(),
    };
    let username = sign_in.username().to_owned();
    let reply = deps.user_pool.initiate(client, &username, first).await?;
    match sign_in.hear(reply)? {
        Step::ProvePassword(challenge) => {
            let proof = prove(deps, client, sign_in, &ephemeral, challenge, password)?;
            sign_in.hear(deps.user_pool.prove_password(client, proof).await?)
        }
        other => Ok(other),
    }
}

fn prove(
    deps: &Deps,
    client: &AppClient,
    sign_in: &SignIn,
    ephemeral: &Ephemeral,
    challenge: Challenge,
    password: &Secret,
) -> Result<PasswordProof, Problem> {
    let timestamp = srp::timestamp(deps.clock.now());
    let asked = PasswordChallenge {
        pool_name: client.user_pool_id.pool_name(),
        user_id_for_srp: sign_in.username(),
        salt_hex: challenge.parameter("SALT"),
        srp_b_hex: challenge.parameter("SRP_B"),
        secret_block: challenge.parameter("SECRET_BLOCK"),
        timestamp: &timestamp,
    };
    let signature =
        srp::password_claim_signature(ephemeral, &asked, password).map_err(bad_challenge)?;
    Ok(PasswordProof {
        secret_block: challenge.parameter("SECRET_BLOCK").to_owned(),
        signature,
        timestamp,
        username: sign_in.username().to_owned(),
        session: challenge.session,
    })
}

fn bad_challenge(error: srp::SrpError) -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        format!("The user pool's challenge is not valid: {error}"),
    )
    .hint("Something between you and AWS may have changed the answer: check proxy and endpoint.")
}

fn conclude(
    step: Step,
    sign_in: SignIn,
    detail: String,
    took: Duration,
    progress: &dyn Progress,
) -> Result<Outcome, Problem> {
    match step {
        Step::Finish(tokens) => {
            progress.step(
                FlowStep::SignIn,
                StepState::Done {
                    detail,
                    took: Some(took),
                },
            );
            Ok(Outcome::Tokens(tokens))
        }
        Step::Ask(question) => Ok(Outcome::Asked(
            Box::new(Pending {
                sign_in,
                question,
                detail,
                took,
            }),
            None,
        )),
        Step::ProvePassword(_) => Err(Problem::new(
            ProblemKind::Unexpected,
            "The user pool asks for the password a second time",
        )),
    }
}
