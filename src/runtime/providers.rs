//! Sign-ins at other providers: typed tokens kept, browsers opened, and the exchange; and the token
//! files that are watched.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tokio::sync::oneshot;

use super::attempts::renew;
use super::browser::Window;
use super::effects::load_session;
use super::progress::Steps;
use super::{Shared, World};
use crate::adapters::activity;
use crate::app::{Attempt, Event};
use crate::domain::{
    LoginProvider, Problem, ProblemKind, Profile, ProfileName, Secret, TokenSource,
};
use crate::ops::{Deps, logins, sign_out};

/// Ends with what replaces it.
#[derive(Default)]
pub(super) struct WatchedFiles(Mutex<Option<Guard>>);

type Guard = Box<dyn Send + Sync>;

impl WatchedFiles {
    fn replace(&self, guard: Option<Guard>) -> Option<Guard> {
        let mut present = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *present, guard)
    }

    /// Ends the watch with what is returned.
    pub(super) fn take(&self) -> Option<Guard> {
        self.replace(None)
    }
}

pub(super) async fn sign_in(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    profile: Profile,
    tokens: Vec<(LoginProvider, Secret)>,
) {
    let (shared, world) = (shared.clone(), world.clone());
    let name = profile.name.clone();
    // Dropped when the attempt is stopped.
    let (wanted, stopped) = oneshot::channel::<()>();
    // A task of its own: what is kept must not be torn down half-way, and is undone by the one
    // that kept it.
    let working = tokio::spawn(activity::about(Some(name), async move {
        let mut brought = Vec::new();
        let bringing = bring(&shared, &world, attempt, &profile, tokens, &mut brought);
        let ended = tokio::select! {
            biased;
            _ = stopped => None,
            ended = bringing => Some(ended),
        };
        match ended {
            Some(Ok(())) => renew(&shared, &world, attempt, &profile, true).await,
            Some(Err(problem)) => shared.tell(Event::Failed { attempt, problem }).await,
            None => {}
        }
        if shared.is_cancelled(attempt) {
            undo(&shared, &world, &profile, &brought).await;
        }
        shared.tell_calls_now();
    }));
    let _ended = working.await;
    drop(wanted);
}

async fn undo(
    shared: &Shared,
    world: &World,
    profile: &Profile,
    brought: &[(LoginProvider, Secret)],
) {
    let _unfinished = shared.unfinished.read().await;
    let undone = sign_out::undo_logins(&world.deps, profile, brought).await;
    if let Ok(Some(problem)) | Err(problem) = undone {
        shared.tell(Event::Trouble(problem)).await;
    }
    load_session(shared, world, profile).await;
}

/// True where sign-ins at other providers' pages are all that the exchange lacks.
pub(super) async fn lacks_browser(deps: &Deps, profile: &Profile, problem: &Problem) -> bool {
    if problem.kind != ProblemKind::SignInNeeded {
        return false;
    }
    let missing = logins::missing(deps, profile).await.unwrap_or_default();
    let browses = |provider: &LoginProvider| {
        let login = logins::login_of(profile, provider);
        login.is_ok_and(|login| matches!(login.token, TokenSource::Browser(_)))
    };
    !missing.is_empty() && missing.iter().all(browses)
}

/// All that a person brings: nothing of it is asked for again at the next renewal. `brought` becomes
/// what was kept of it.
async fn bring(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    profile: &Profile,
    tokens: Vec<(LoginProvider, Secret)>,
    brought: &mut Vec<(LoginProvider, Secret)>,
) -> Result<(), Problem> {
    let deps = &world.deps;
    let typed = tokens.iter();
    brought.extend(typed.map(|(provider, token)| (provider.clone(), token.duplicate())));
    keep(world, profile, tokens).await?;
    let steps = Steps {
        shared: shared.clone(),
        attempt,
    };
    for provider in logins::to_bring(deps, profile).await? {
        let login = logins::login_of(profile, &provider)?;
        if matches!(login.token, TokenSource::Browser(_)) {
            // A cancelled one has its port until its task is torn down.
            let _turn = shared.browser_turn.lock().await;
            let watch = Window::new(shared, attempt);
            logins::browser_sign_in(deps, profile, &provider, &watch, &steps).await?;
            let kept = deps.vault.login(profile, login).await?;
            brought.extend(kept.map(|kept| (provider, kept.token)));
        }
    }
    Ok(())
}

async fn keep(
    world: &World,
    profile: &Profile,
    tokens: Vec<(LoginProvider, Secret)>,
) -> Result<(), Problem> {
    for (provider, token) in tokens {
        logins::keep_typed(&world.deps, profile, &provider, token).await?;
    }
    Ok(())
}

/// For a user pool's sign-in that follows.
pub(super) async fn keep_tokens(
    shared: &Shared,
    world: &World,
    profile: &Profile,
    tokens: Vec<(LoginProvider, Secret)>,
) {
    if let Err(problem) = keep(world, profile, tokens).await {
        shared.tell(Event::Trouble(problem)).await;
    }
}

/// Watches these files, and no others any more.
pub(super) async fn watch(shared: &Shared, world: &World, files: Vec<(ProfileName, PathBuf)>) {
    let paths = files.iter().map(|(_, path)| path.clone()).collect();
    let telling = shared.clone();
    let changed = move |changed: &Path| {
        for (profile, _) in files.iter().filter(|(_, path)| path == changed) {
            let profile = profile.clone();
            telling.tell_now(Event::TokenFileChanged { profile });
        }
    };
    let (guard, problems) = world.deps.tokens.watch(paths, Box::new(changed)).await;
    drop(shared.watched.replace(Some(guard)));
    for problem in problems {
        shared.tell(Event::Trouble(problem)).await;
    }
}
