//! What follows an answer of the user pool: asking on, or exchanging and keeping; and renewals.
//!
//! Once there are tokens the work comes to its end: stopping it then means undoing it.

use super::effects::load_session;
use super::progress::Steps;
use super::{Shared, World, providers};
use crate::adapters::activity;
use crate::app::{Attempt, Effect, Event};
use crate::domain::sign_in::Finished;
use crate::domain::{Problem, Profile, ProfileName, Secret};
use crate::ops::session::{self, Obtained};
use crate::ops::sign_in::Outcome;
use crate::ops::sign_out;

pub(super) async fn go_on(
    shared: &Shared,
    world: &World,
    profile: &Profile,
    attempt: Attempt,
    outcome: Result<Outcome, Problem>,
) {
    match outcome {
        Ok(Outcome::Asked(sign_in)) => shared.tell(Event::Asked { attempt, sign_in }).await,
        Ok(Outcome::Browser) => shared.tell(Event::BrowserNeeded { attempt }).await,
        Ok(Outcome::Finished(finished)) => {
            let (shared, world, profile) = (shared.clone(), world.clone(), profile.clone());
            // A task of its own: from here on stopping means undoing, not tearing down.
            let name = profile.name.clone();
            let finishing = tokio::spawn(activity::about(Some(name), async move {
                finish(&shared, &world, &profile, attempt, *finished).await;
                shared.tell_calls_now();
            }));
            let _ended = finishing.await;
        }
        Err(problem) => shared.tell(Event::Failed { attempt, problem }).await,
    }
}

/// Exchanges and keeps. If the person cancelled meanwhile, what was kept is revoked and forgotten.
async fn finish(
    shared: &Shared,
    world: &World,
    profile: &Profile,
    attempt: Attempt,
    finished: Finished,
) {
    let (_unfinished, world) = &shared.begin(world).await;
    let steps = Steps {
        shared: shared.clone(),
        attempt,
    };
    let refresh = finished.tokens.refresh.as_ref();
    let refresh_token = refresh.map(Secret::duplicate);
    let brought = shared.brought.take(&profile.name);
    let finishing = session::finish_sign_in(&world.deps, profile, finished, &brought, &steps);
    let obtained = finishing.await;
    let failed = obtained.is_err();
    let browses = match &obtained {
        Err(problem) => providers::lacks_browser(&world.deps, profile, problem).await,
        Ok(_) => false,
    };
    if shared.is_cancelled(attempt) {
        let undone = sign_out::undo(&world.deps, profile, refresh_token.as_ref()).await;
        if let Ok(Some(problem)) | Err(problem) = undone {
            shared.tell(Event::Trouble(problem)).await;
        }
    } else if browses {
        shared.tell(Event::LoginsNeeded { attempt }).await;
    } else {
        conclude(shared, attempt, obtained).await;
    }
    if failed {
        // The sign-in itself may be kept by now: another try needs no password.
        load_session(shared, world, profile).await;
    }
}

pub(super) async fn renew(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    profile: &Profile,
    forced: bool,
) {
    let (_unfinished, world) = &shared.begin(world).await;
    let steps = Steps {
        shared: shared.clone(),
        attempt,
    };
    let obtained = if forced {
        session::renew(&world.deps, profile, &steps).await
    } else {
        session::credentials(&world.deps, profile, &steps).await
    };
    conclude(shared, attempt, obtained).await;
}

async fn conclude(shared: &Shared, attempt: Attempt, obtained: Result<Obtained, Problem>) {
    shared
        .tell(match obtained {
            Ok(Obtained {
                session,
                sign_in_kept,
                remark,
            }) => Event::Succeeded {
                attempt,
                session: Box::new(session),
                refreshable: sign_in_kept,
                remark,
            },
            Err(problem) => Event::Failed { attempt, problem },
        })
        .await;
}

/// A renewal is never torn down half-way: a rotated refresh token that was answered but not yet
/// stored would be lost. Its events are dropped by the model instead.
pub(super) const fn stoppable_attempt(effect: &Effect) -> Option<Attempt> {
    match effect {
        Effect::SignIn { attempt, .. }
        | Effect::BrowserSignIn { attempt, .. }
        | Effect::Check { attempt, .. }
        | Effect::Discover { attempt, .. }
        | Effect::ProviderSignIn { attempt, .. } => Some(*attempt),
        _ => None,
    }
}

/// Whose calls an effect makes.
pub(super) fn profile_of(effect: &Effect) -> Option<&ProfileName> {
    match effect {
        Effect::SignIn { profile, .. }
        | Effect::BrowserSignIn { profile, .. }
        | Effect::ProviderSignIn { profile, .. }
        | Effect::ChangePassword { profile, .. }
        | Effect::Renew { profile, .. }
        | Effect::SignOut { profile, .. }
        | Effect::Remove(profile)
        | Effect::CopyCredentials { profile, .. }
        | Effect::StartEndpoint(profile)
        | Effect::OpenTerminal(profile)
        | Effect::OpenConsole(profile)
        | Effect::WriteTokenFile(profile)
        | Effect::ExportAgain(profile) => Some(&profile.name),
        Effect::PreviewFiles(_, change) | Effect::ChangeFiles { change, .. } => {
            change.section().map(|(name, _)| name)
        }
        Effect::Save(draft) => Some(&draft.profile.name),
        _ => None,
    }
}
