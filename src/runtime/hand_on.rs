//! The effects that hand credentials on without a file: clipboard, terminal, console, endpoint.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use tokio::sync::RwLock;

use super::progress::Quiet;
use super::{Shared, World};
use crate::adapters::container::{self, ContainerEndpoint, EndpointOptions, Source, TokenPlace};
use crate::adapters::{activity, credential_text};
use crate::app::effect::CopyText;
use crate::app::{EndpointAt, Event};
use crate::domain::{CredentialForm, Problem, ProblemKind, Profile, ProfileName, Secret};
use crate::ops::session::Obtained;
use crate::ops::{console, session};

/// The endpoints that listen.
pub(super) type Endpoints = Mutex<HashMap<ProfileName, ContainerEndpoint>>;

/// How often a secret is taken off a clipboard that another program holds, and the pause between.
const CLEAR_TRIES: u32 = 10;
const CLEAR_PAUSE: Duration = Duration::from_secs(1);

/// Puts text on the clipboard.
pub(super) async fn copy(shared: &Shared, what: &'static str, text: CopyText) {
    let clipboard = shared.clipboard.clone();
    let secret = matches!(text, CopyText::Secret(_));
    let copied = tokio::task::spawn_blocking(move || match text {
        CopyText::Plain(text) => clipboard.copy_text(&text),
        CopyText::Secret(secret) => clipboard.copy_secret(&secret),
    });
    let ended = |_| {
        let sentence = "The clipboard did not take it";
        Err(Problem::new(ProblemKind::Unexpected, sentence))
    };
    let result = copied.await.unwrap_or_else(ended);
    let copied = Event::Copied {
        what,
        secret,
        result,
    };
    shared.tell(copied).await;
}

/// Credentials with enough lifetime left. Who waits may stop waiting: a renewal that began comes to
/// its end all the same.
pub(super) async fn obtain(
    shared: &Shared,
    world: &World,
    profile: &Profile,
) -> Result<Obtained, Problem> {
    let (shared, world) = (shared.clone(), world.clone());
    let (whose, profile) = (profile.name.clone(), profile.clone());
    to_its_end(Box::pin(activity::about(Some(whose), async move {
        let (_unfinished, world) = shared.begin(&world).await;
        session::credentials(&world.deps, &profile, &Quiet).await
    })))
    .await
}

/// Runs on when nobody waits for it any more.
pub(super) async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, Problem>> + Send + 'static,
) -> Result<T, Problem> {
    let ended = |_| {
        let sentence = "The work ended without a result";
        Err(Problem::new(ProblemKind::Unexpected, sentence))
    };
    tokio::spawn(work).await.unwrap_or_else(ended)
}

/// Puts credentials with enough lifetime left there.
pub(super) async fn copy_credentials(
    shared: &Shared,
    world: &World,
    profile: &Profile,
    form: CredentialForm,
) {
    match obtain(shared, world, profile).await {
        Ok(obtained) => {
            let region = profile.region();
            let mut text = credential_text::render(&profile.name, &obtained.session, &region, form);
            let text = CopyText::Secret(Secret::new(std::mem::take(&mut *text)));
            copy(shared, "Credentials", text).await;
        }
        Err(problem) => shared.tell(Event::Trouble(problem)).await,
    }
}

/// Empties the clipboard, unless somebody has put something else there. Another program may have it
/// open just now.
pub(super) async fn clear_clipboard(shared: &Shared) {
    for _ in 0..CLEAR_TRIES {
        let clipboard = shared.clipboard.clone();
        let cleared = tokio::task::spawn_blocking(move || clipboard.clear_if_ours()).await;
        if matches!(cleared, Ok(Ok(_))) {
            return;
        }
        tokio::time::sleep(CLEAR_PAUSE).await;
    }
}

/// Opens a terminal whose shell has the credentials.
pub(super) async fn open_terminal(shared: &Shared, world: &World, profile: &Profile) {
    let opened = async {
        let session = obtain(shared, world, profile).await?.session;
        let terminal = world.deps.terminal.as_ref();
        terminal
            .open(&profile.name, &session, &profile.region())
            .await
    };
    let result = opened.await;
    let profile = profile.name.clone();
    shared.tell(Event::TerminalOpened { profile, result }).await;
}

/// Sends the browser to the console, signed in.
pub(super) async fn open_console(shared: &Shared, world: &World, profile: &Profile) {
    // What is due is renewed first; then the rest can be stopped anywhere.
    let result = match obtain(shared, world, profile).await {
        Ok(_) => {
            // Secrets may move, and not while they are read here.
            let (_unfinished, world) = shared.begin(world).await;
            console::open(&world.deps, profile, None, &Quiet).await
        }
        Err(problem) => Err(problem),
    };
    let profile = profile.name.clone();
    shared.tell(Event::ConsoleOpened { profile, result }).await;
}

/// Serves a profile's credentials until the window closes or somebody stops it.
pub(super) async fn start_endpoint(shared: &Shared, world: &World, profile: &Profile) {
    let options = EndpointOptions {
        port: 0,
        token: TokenPlace::Folder(world.endpoints.clone()),
        refused: None,
    };
    let source = to_the_end(&shared.unfinished, broker(shared, world, &profile.name));
    let started = ContainerEndpoint::start(options, source).await;
    let result = started.map(|endpoint| {
        let at = EndpointAt {
            uri: endpoint.uri(),
            token_file: endpoint.token_file().display().to_string(),
        };
        if let Ok(mut endpoints) = shared.endpoints.lock() {
            endpoints.insert(profile.name.clone(), endpoint);
        }
        at
    });
    let profile = profile.name.clone();
    shared
        .tell(Event::EndpointStarted { profile, result })
        .await;
}

/// Asks with the adapters of the moment: secrets may move while it is served. Nothing here keeps the
/// demo's home.
fn broker(shared: &Shared, world: &World, name: &ProfileName) -> Source {
    let (deps, name) = (world.deps.clone(), name.clone());
    let (now, keep) = (Arc::downgrade(&shared.world), Arc::downgrade(&world.keep));
    Arc::new(move || {
        let now = now.upgrade();
        let now = now.as_ref().and_then(|world| world.read().ok());
        let same = now.filter(|now| Weak::ptr_eq(&Arc::downgrade(&now.keep), &keep));
        let deps = same.map_or_else(|| deps.clone(), |now| now.deps.clone());
        container::broker(deps, name.clone())()
    })
}

/// A window that closes waits for what an endpoint set going: a refresh token may be answered and
/// not yet stored.
fn to_the_end(unfinished: &Arc<RwLock<()>>, source: Source) -> Source {
    let unfinished = unfinished.clone();
    Arc::new(move || {
        let (unfinished, source) = (unfinished.clone(), source.clone());
        Box::pin(async move {
            let _unfinished = unfinished.read().await;
            source().await
        })
    })
}

/// Stops serving them; who is being answered gets the answer.
pub(super) async fn stop_endpoint(shared: &Shared, profile: &ProfileName) {
    let stopped = match shared.endpoints.lock() {
        Ok(mut endpoints) => endpoints.remove(profile),
        Err(_) => None,
    };
    if let Some(endpoint) = stopped {
        endpoint.close().await;
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn a_closing_window_waits_for_what_an_endpoint_asked() {
        let unfinished = Arc::new(RwLock::new(()));
        let (begun, gate) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let (tells, waits) = (begun.clone(), gate.clone());
        let source: Source = Arc::new(move || {
            let (tells, waits) = (tells.clone(), waits.clone());
            Box::pin(async move {
                tells.add_permits(1);
                let _opened = waits.acquire().await;
                Err(Problem::new(ProblemKind::Network, "No credentials"))
            })
        });
        let asked = tokio::spawn(to_the_end(&unfinished, source)());
        let _begun = begun.acquire().await.unwrap();
        assert!(unfinished.try_write().is_err(), "it is being answered");
        gate.add_permits(1);
        assert!(asked.await.unwrap().is_err());
        assert!(unfinished.try_write().is_ok());
    }
}
