//! Sign-ins at other providers: typed tokens kept, browsers opened, and the exchange; and the token
//! files that are watched.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

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
use crate::ops::logins::{self, Brought};
use crate::ops::{Deps, sign_out};

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

/// By profile: for a user pool's sign-in under way, until it is known who that is.
#[derive(Default)]
pub(super) struct BroughtTokens(Mutex<HashMap<ProfileName, Vec<Brought>>>);

impl BroughtTokens {
    /// In the place of what an earlier sign-in, given up, left.
    fn put(&self, profile: &ProfileName, brought: Vec<Brought>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(profile.clone(), brought);
    }

    pub(super) fn take(&self, profile: &ProfileName) -> Vec<Brought> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(profile).unwrap_or_default()
    }
}

/// Nothing is kept before everything is there: a sign-in that is given up leaves nothing behind.
pub(super) async fn sign_in(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    profile: Profile,
    tokens: Vec<(LoginProvider, Secret)>,
) {
    let brought = match bring(shared, world, attempt, &profile, tokens).await {
        Ok(brought) => brought,
        Err(problem) => return shared.tell(Event::Failed { attempt, problem }).await,
    };
    let (shared, world) = (shared.clone(), world.clone());
    let name = profile.name.clone();
    // A task of its own: what is kept and renewed now must not be torn down half-way.
    let finishing = tokio::spawn(activity::about(Some(name), async move {
        finish(&shared, &world, attempt, &profile, &brought).await;
        shared.tell_calls_now();
    }));
    let _ended = finishing.await;
}

/// Keeps what was brought and exchanges it. If the person cancelled meanwhile, that is undone.
async fn finish(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    profile: &Profile,
    brought: &[Brought],
) {
    let kept = {
        let (_unfinished, world) = &shared.begin(world).await;
        logins::keep(&world.deps, profile, brought).await
    };
    match kept {
        Ok(()) => renew(shared, world, attempt, profile, true).await,
        Err(problem) => shared.tell(Event::Failed { attempt, problem }).await,
    }
    if shared.is_cancelled(attempt) {
        let (_unfinished, world) = &shared.begin(world).await;
        let undone = sign_out::undo_logins(&world.deps, profile, brought).await;
        if let Ok(Some(problem)) | Err(problem) = undone {
            shared.tell(Event::Trouble(problem)).await;
        }
        load_session(shared, world, profile).await;
    }
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

/// All that a person brings: nothing of it is asked for again at the next renewal.
async fn bring(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    profile: &Profile,
    tokens: Vec<(LoginProvider, Secret)>,
) -> Result<Vec<Brought>, Problem> {
    let deps = &world.deps;
    let typed = |(provider, token)| logins::typed(deps, profile, &provider, token);
    let mut brought = tokens
        .into_iter()
        .map(typed)
        .collect::<Result<Vec<_>, _>>()?;
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
            brought.push(logins::browse(deps, profile, &provider, &watch, &steps).await?);
        }
    }
    Ok(brought)
}

/// For a user pool's sign-in that follows.
pub(super) async fn keep_tokens(
    shared: &Shared,
    world: &World,
    profile: &Profile,
    tokens: Vec<(LoginProvider, Secret)>,
) {
    let mut brought = Vec::with_capacity(tokens.len());
    for (provider, token) in tokens {
        match logins::typed(&world.deps, profile, &provider, token) {
            Ok(typed) => brought.push(typed),
            Err(problem) => shared.tell(Event::Trouble(problem)).await,
        }
    }
    shared.brought.put(&profile.name, brought);
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
