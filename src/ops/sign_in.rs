//! Signing in to a user pool: makes the calls that the state machine wants.
//!
//! Deliberately absent: prompting (the caller asks the person), deciding (see
//! `domain::sign_in`) and keeping tokens (see `session`). SRP's two calls run back to back; the
//! pool allows only seconds between them.

use super::ports::{AppClient, Deps, Progress};
use super::proofs::Proofs;
use crate::crypto::{device, random};
use crate::domain::sign_in::{
    Call, Finished, Heard, Initiate, KeptDevice, Move, NewDevice, Response, SignIn, Step,
};
use crate::domain::{FlowStep, Problem, ProblemKind, Profile, Secret, StepState};

/// Where a sign-in stands after a move.
#[derive(Debug)]
pub enum Outcome {
    /// Signed in.
    Finished(Box<Finished>),
    /// The person has to answer first: [`SignIn::question`].
    Asked(Box<SignIn>),
    /// Only managed login in the browser can go on.
    Browser,
}

/// Takes a move of the person and goes on until the next question or the end.
///
/// # Errors
/// What the user pool refuses for good, or why it could not be reached.
pub async fn go_on(
    deps: &Deps,
    profile: &Profile,
    mut sign_in: Box<SignIn>,
    moved: Move,
    progress: &dyn Progress,
) -> Result<Outcome, Problem> {
    progress.step(
        FlowStep::SignIn,
        StepState::Running("asking the user pool".to_owned()),
    );
    let client = deps.app_client(profile).await?;
    if sign_in.is_new() {
        // Without it the pool only asks for more.
        sign_in.use_device(deps.vault.device(profile).await.unwrap_or_default());
    }
    let mut proofs = Proofs::default();
    let mut step = sign_in.take(moved)?;
    let started = deps.stopwatch();
    loop {
        match step {
            Step::Call(call) => {
                let heard = make(deps, &client, *call, &mut proofs).await;
                let refused = |problem: Problem| Heard::Refused(problem.about(profile));
                step = sign_in.hear(heard.unwrap_or_else(refused))?;
            }
            Step::Ask => {
                sign_in.took += deps.since(started);
                return Ok(Outcome::Asked(sign_in));
            }
            Step::Browser => return Ok(Outcome::Browser),
            Step::Finish(finished) => {
                let took = Some(sign_in.took + deps.since(started));
                let detail = sign_in.detail();
                progress.step(FlowStep::SignIn, StepState::Done { detail, took });
                return Ok(Outcome::Finished(finished));
            }
        }
    }
}

async fn make(
    deps: &Deps,
    client: &AppClient,
    call: Call,
    proofs: &mut Proofs,
) -> Result<Heard, Problem> {
    let pool = &deps.user_pool;
    match call {
        Call::Initiate(call) => initiate(deps, client, call, proofs).await,
        Call::Respond(response) => respond(deps, client, response, proofs).await,
        Call::Associate { session } => {
            let associated = pool.associate_software_token(client, session.as_ref());
            let (secret, session) = associated.await?;
            Ok(Heard::Associated { secret, session })
        }
        Call::Verify { session, code } => {
            let verified = pool.verify_software_token(client, session.as_ref(), &code);
            verified.await.map(|session| Heard::Verified { session })
        }
        Call::ForgotPassword { username } => {
            let sent = pool.forgot_password(client, &username);
            sent.await.map(Heard::Sent)
        }
        Call::ResetPassword {
            username,
            code,
            new_password,
        } => {
            let reset = pool.reset_password(client, &username, &code, &new_password);
            reset.await.map(|()| Heard::Done)
        }
        Call::ResendConfirmation { username } => {
            let sent = pool.resend_confirmation(client, &username);
            sent.await.map(Heard::Sent)
        }
        Call::ConfirmAccount { username, code } => {
            let confirmed = pool.confirm_account(client, &username, &code);
            confirmed.await.map(|()| Heard::Done)
        }
        Call::ConfirmDevice {
            access_token,
            device,
            username,
            typed,
        } => {
            confirm_device(
                deps,
                client,
                &access_token,
                new_device(device, username, typed)?,
            )
            .await
        }
        Call::UpdateDevice {
            access_token,
            device_key,
            remembered,
        } => {
            let updated = pool.update_device(client, &access_token, &device_key, remembered);
            updated.await.map(|()| Heard::Done)
        }
    }
}

async fn initiate(
    deps: &Deps,
    client: &AppClient,
    mut call: Initiate,
    proofs: &mut Proofs,
) -> Result<Heard, Problem> {
    if call.with_srp_a {
        call.fields.push(("SRP_A".to_owned(), proofs.begin()?));
    }
    let reply = deps.user_pool.initiate(client, call).await?;
    Ok(Heard::Reply(reply))
}

async fn respond(
    deps: &Deps,
    client: &AppClient,
    mut response: Response,
    proofs: &mut Proofs,
) -> Result<Heard, Problem> {
    proofs.complete(&mut response, client, deps.clock.now())?;
    let reply = deps.user_pool.respond(client, response).await?;
    Ok(Heard::Reply(reply))
}

fn new_device(device: NewDevice, username: String, typed: String) -> Result<KeptDevice, Problem> {
    let random = random::bytes::<40>().ok_or_else(no_random_numbers)?;
    Ok(KeptDevice {
        username,
        typed,
        device_key: device.device_key,
        device_group_key: device.device_group_key,
        password: device::password(&random),
    })
}

async fn confirm_device(
    deps: &Deps,
    client: &AppClient,
    access_token: &Secret,
    device: KeptDevice,
) -> Result<Heard, Problem> {
    let salt = random::bytes::<16>().ok_or_else(no_random_numbers)?;
    let (group, key) = (&device.device_group_key, &device.device_key);
    let verifier = device::verifier(group, key, &device.password, &salt);
    let confirmed = deps
        .user_pool
        .confirm_device(client, access_token, key, &verifier);
    let ask = confirmed.await?;
    Ok(Heard::DeviceConfirmed { device, ask })
}

pub(super) fn no_random_numbers() -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        "The operating system gives no random numbers",
    )
}
