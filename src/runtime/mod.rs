//! Carries effects out: the one owner of tokio in the window.
//!
//! Each effect becomes a task whose results come back as events over a bounded channel, and `wake`
//! tells the window to look. Deliberately absent: decisions about what to do next (see `app`).

mod attempts;
mod browser;
mod changes;
mod checks;
mod discovery;
mod effects;
mod exports;
mod hand_on;
mod import;
mod password;
mod place;
mod presence;
mod previews;
mod progress;
mod providers;
mod queue;
mod settings;
mod shared;
mod token_files;
mod unfinished;
mod world;

use std::collections::HashMap;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use self::attempts::{profile_of, stoppable_attempt};
use self::place::KeptPlace;
use self::presence::Outside;
use self::queue::{Queue, is_ordered, must_end};
use self::shared::{Shared, ToWindow};
use self::unfinished::Place;
pub use self::world::{Machine, Store, World};
use crate::adapters::activity;
use crate::adapters::second_start::Claim;
use crate::adapters::tray::Picture;
use crate::app::asked::Asked;
use crate::app::{Attempt, Driver, Effect, Event, Suggestion, Work, WorkKind};
use crate::domain::{Problem, WindowPlace};

/// How long closing the window waits for work that must not be cut.
const LAST_WAIT: Duration = Duration::from_secs(8);

/// And for all else, which ends at its next pause.
const SHORT_WAIT: Duration = Duration::from_secs(1);

/// Far more than one frame brings; a full channel only delays the task that fills it.
const CHANNEL: usize = 1024;

/// Says what to type in the demo.
pub type Suggester = Arc<dyn Fn(&Asked) -> Option<Suggestion> + Send + Sync>;

/// Starts the sandbox when the person asks for the demo.
pub type OpenDemo =
    Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<World, Problem>> + Send>> + Send + Sync>;

/// Tells the window that something came back.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Runs effects on background threads.
pub struct Runtime {
    tokio: Option<tokio::runtime::Runtime>,
    shared: Shared,
    queue: Queue,
    events: mpsc::Receiver<Event>,
    attempts: HashMap<Attempt, AbortHandle>,
    works: Vec<(Work, AbortHandle)>,
    /// The last move of secrets.
    moving: Option<Attempt>,
    outside: Option<Outside>,
    place: Option<KeptPlace>,
}

/// A multi-threaded runtime with named threads, for the window and for commands.
///
/// # Errors
/// When the operating system gives no threads.
pub fn tokio_runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("poolkey-worker")
        .enable_all()
        .build()
}

impl Runtime {
    /// Starts the threads; nothing runs before the first effect.
    #[must_use]
    pub fn new(
        tokio: tokio::runtime::Runtime,
        world: World,
        open_demo: OpenDemo,
        wake: Wake,
    ) -> Self {
        let (sender, events) = mpsc::channel(CHANNEL);
        let shared = Shared {
            world: Arc::new(RwLock::new(world)),
            open_demo,
            clipboard: Arc::default(),
            window: ToWindow { sender, wake },
            cancelled: Arc::default(),
            cancelling: Arc::default(),
            entering: Arc::default(),
            browsers: Arc::default(),
            browser_turn: Arc::default(),
            brought: Arc::default(),
            watched: Arc::default(),
            endpoints: Arc::default(),
            unfinished: Arc::default(),
            new_store: Arc::default(),
            clock_offset: Arc::default(),
        };
        tokio.spawn(presence::watch_clock(shared.clone()));
        tokio.spawn(presence::ask_motion(shared.clone()));
        Self {
            outside: None,
            place: None,
            queue: Queue::new(&tokio, shared.clone()),
            tokio: Some(tokio),
            shared,
            events,
            attempts: HashMap::new(),
            works: Vec::new(),
            moving: None,
        }
    }

    /// Shows this picture in the tray once a menu is to be shown there. A second start with
    /// the same state folder calls this window.
    #[must_use]
    pub fn with_tray(mut self, picture: Picture, claim: Option<Claim>) -> Self {
        self.outside = Some(Outside::new(self.shared.window.clone(), picture, claim));
        self
    }

    /// Remembers the window's place in this file.
    #[must_use]
    pub fn with_place(mut self, file: Option<PathBuf>) -> Self {
        self.place = file.map(KeptPlace::new);
        self
    }

    fn keep_place(&mut self, place: WindowPlace) {
        if let (Some(kept), Some(tokio)) = (&mut self.place, &self.tokio) {
            kept.keep(place, tokio);
        }
    }

    /// The clock of the world that effects happen in, for the window.
    #[must_use]
    pub fn clock(&self) -> Box<dyn Fn() -> Timestamp> {
        let shared = self.shared.clone();
        Box::new(move || shared.world().deps.clock.now())
    }
}

impl Driver for Runtime {
    fn run(&mut self, effect: Effect) {
        self.attempts.retain(|_, task| !task.is_finished());
        self.works.retain(|(_, task)| !task.is_finished());
        if let Effect::Cancel(attempt) = effect {
            self.shared.cancel(attempt);
            if let Some(task) = self.attempts.remove(&attempt) {
                task.abort();
            }
            return;
        }
        if let Effect::Stop(work) = effect {
            let tasks = self.works.iter().filter(|(other, _)| *other == work);
            tasks.for_each(|(_, task)| task.abort());
            self.queue.stop(&work);
            if work.kind == WorkKind::Demo {
                self.queue.stop_demo();
            }
            return;
        }
        if let Effect::KeepPlace(place) = effect {
            self.keep_place(place);
            return;
        }
        if matches!(effect, Effect::ShowTray(_) | Effect::LeaveCalls) {
            if let Some(outside) = &mut self.outside {
                outside.carry_out(effect);
            }
            return;
        }
        self.spawn(effect);
    }

    fn next_event(&mut self) -> Option<Event> {
        while let Ok(event) = self.events.try_recv() {
            if !self.queue.is_overtaken(&event) {
                return Some(event);
            }
            if matches!(event, Event::ProfilesLoaded(_)) {
                self.run(Effect::LoadProfiles);
            }
        }
        None
    }
}

impl Runtime {
    /// What takes time becomes a task.
    fn spawn(&mut self, effect: Effect) {
        let Some(tokio) = &self.tokio else {
            return;
        };
        // Taken before the work begins: closing the window must not come between.
        let place = must_end(&effect).then(|| Place::take(&self.shared.unfinished));
        if is_ordered(&effect) {
            return self.queue.push(effect, place);
        }
        if let Effect::MoveSecrets { attempt, .. } = &effect {
            self.moving = Some(*attempt);
        }
        let attempt = stoppable_attempt(&effect);
        let work = effect.work();
        let ended = work.clone();
        let (shared, world) = (self.shared.clone(), self.shared.world());
        let profile = profile_of(&effect).cloned();
        let task = tokio.spawn(activity::about(profile, async move {
            let _unfinished = match place {
                Some(place) => Some(place.await),
                None => None,
            };
            // Secrets may have moved while it waited for them.
            let world = shared.same_world(&world).unwrap_or(world);
            effects::carry_out(shared.clone(), world, effect).await;
            shared.tell_calls_now();
            shared.tell_clock_offset().await;
            if let Some(work) = ended {
                shared.tell(Event::Ended(work)).await;
            }
        }));
        if let Some(work) = work {
            self.works.push((work, task.abort_handle()));
        }
        if let Some(attempt) = attempt {
            self.attempts.insert(attempt, task.abort_handle());
        }
    }
}

impl Drop for Runtime {
    /// Lets a renewal come to its end, within limits, when the window closes.
    fn drop(&mut self) {
        let Some(tokio) = self.tokio.take() else {
            return;
        };
        self.events.close();
        // From now on a start opens a window of its own.
        self.outside = None;
        // It stops where nothing is lost by it, which is sooner than it would be cut.
        self.moving.inspect(|attempt| self.shared.cancel(*attempt));
        let unfinished = self.shared.unfinished.clone();
        // A renewal that is still not done is left to the next start. While this is held no other
        // begins.
        let _nothing_begins =
            tokio.block_on(async { tokio::time::timeout(LAST_WAIT, unfinished.write()).await });
        self.place.as_ref().inspect(|place| place.keep_at_last());
        drop(self.shared.watched.take());
        if let Ok(mut endpoints) = self.shared.endpoints.lock() {
            endpoints.clear();
        }
        // Nobody is left who would do it when its time is over.
        let _cleared = self.shared.clipboard.clear_if_ours();
        // Whatever still holds the demo lets go of it, so that its home is removed.
        tokio.shutdown_timeout(SHORT_WAIT);
    }
}
