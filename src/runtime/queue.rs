//! One queue for everything that writes the configuration and for reading it as a whole: what was
//! asked for last is written last, and what was read before a change was asked for is not told.
//!
//! Deliberately absent: moving secrets, which may wait for a person.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinHandle};

use super::attempts::profile_of;
use super::unfinished::Place;
use super::{Shared, World, effects};
use crate::adapters::activity;
use crate::app::kept::Loaded;
use crate::app::{Effect, Event, Work};
use crate::domain::Problem;
use crate::ops::profiles;

/// Something to be done in its turn.
struct Order {
    effect: Effect,
    /// How many changes were asked for before it.
    as_of: u64,
    /// For what must end: before whatever moves or ends everything and was asked for later.
    unfinished: Option<Place>,
    /// Set when nobody wants it any more. What has begun by then comes to its end.
    stopped: Arc<AtomicBool>,
}

/// The window's end of the queue.
pub(super) struct Queue {
    orders: mpsc::UnboundedSender<Order>,
    changes: u64,
    /// For each configuration that was read and not heard yet, how many changes it knows of.
    read: Arc<Mutex<VecDeque<u64>>>,
    demo: Arc<Mutex<Option<AbortHandle>>>,
    waiting: Vec<(Work, Weak<AtomicBool>)>,
}

/// Changes what the configuration says.
const fn writes(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::SaveSetting(_)
            | Effect::Arrange(..)
            | Effect::SaveListOrder(_)
            | Effect::SaveFolded(_)
            | Effect::SaveKeepFresh(..)
            | Effect::RememberUsername { .. }
            | Effect::Save(_)
            | Effect::Remove(_)
            | Effect::AddProfiles(_)
            | Effect::AddFound(_)
    )
}

/// True for what has its place in the queue. The demo begins after all that was asked for before.
pub(super) const fn is_ordered(effect: &Effect) -> bool {
    writes(effect) || matches!(effect, Effect::LoadProfiles | Effect::OpenDemo)
}

/// What was promised is done although the window closes, even if it has not begun by then.
pub(super) const fn must_end(effect: &Effect) -> bool {
    writes(effect)
        || matches!(
            effect,
            Effect::SignOut { .. } | Effect::ForgetIdentity(_) | Effect::ExportAgain(_)
        )
}

impl Queue {
    /// Starts the worker.
    #[expect(
        clippy::disallowed_methods,
        reason = "the window's thread waits for nothing, and no change of a person's may be lost"
    )]
    pub(super) fn new(tokio: &tokio::runtime::Runtime, shared: Shared) -> Self {
        let (orders, next) = mpsc::unbounded_channel();
        let (read, demo) = (Arc::default(), Arc::default());
        tokio.spawn(work(next, shared, Arc::clone(&read), Arc::clone(&demo)));
        Self {
            orders,
            changes: 0,
            read,
            demo,
            waiting: Vec::new(),
        }
    }

    /// Takes what has not begun out of the queue.
    pub(super) fn stop(&self, work: &Work) {
        let meant = self.waiting.iter().filter(|(other, _)| other == work);
        let meant = meant.filter_map(|(_, stopped)| stopped.upgrade());
        meant.for_each(|stopped| stopped.store(true, Ordering::Relaxed));
    }

    /// Leaves the demo that is being opened.
    pub(super) fn stop_demo(&self) {
        let opening = self.demo.lock().ok().and_then(|mut demo| demo.take());
        opening.inspect(AbortHandle::abort);
    }

    pub(super) fn push(&mut self, effect: Effect, unfinished: Option<Place>) {
        self.changes += u64::from(writes(&effect));
        let stopped = Arc::default();
        self.waiting.retain(|(_, order)| order.strong_count() > 0);
        let work = effect.work();
        let waiting = work.map(|work| (work, Arc::downgrade(&stopped)));
        self.waiting.extend(waiting);
        // The worker ends with the threads: the window is gone then.
        let _gone = self.orders.send(Order {
            effect,
            as_of: self.changes,
            unfinished,
            stopped,
        });
    }

    /// True for what was read before something changed: what it says is not so any more.
    pub(super) fn is_overtaken(&mut self, event: &Event) -> bool {
        let Ok(mut read) = self.read.lock() else {
            return false;
        };
        match event {
            Event::FoldedRead(_) => read.front().is_some_and(|as_of| *as_of < self.changes),
            Event::ProfilesLoaded(_) => read.pop_front().is_some_and(|as_of| as_of < self.changes),
            Event::Removed { .. } => {
                // The removal was under way while other work went on.
                self.changes += 1;
                false
            }
            _ => false,
        }
    }
}

/// One after the other. A removal and the demo begin in their turn and hold nobody up: they may
/// take a while.
async fn work(
    mut orders: mpsc::UnboundedReceiver<Order>,
    shared: Shared,
    read: Arc<Mutex<VecDeque<u64>>>,
    demo: Arc<Mutex<Option<AbortHandle>>>,
) {
    while let Some(order) = orders.recv().await {
        let begins_only = matches!(order.effect, Effect::Remove(_) | Effect::OpenDemo);
        let task = begin(order, shared.clone(), read.clone(), &demo);
        if let Some(task) = task.filter(|_| !begins_only) {
            let _ended = task.await;
        }
    }
}

/// None for what was stopped before its turn.
fn begin(
    order: Order,
    shared: Shared,
    read: Arc<Mutex<VecDeque<u64>>>,
    demo: &Mutex<Option<AbortHandle>>,
) -> Option<JoinHandle<()>> {
    // Held from the look until the demo can be stopped in the other way.
    let mut demo = demo.lock().unwrap_or_else(PoisonError::into_inner);
    if order.stopped.load(Ordering::Relaxed) {
        return None;
    }
    let is_demo = matches!(order.effect, Effect::OpenDemo);
    let ended = order.effect.work();
    let profile = profile_of(&order.effect).cloned();
    // A task of its own: the others' turns come even if this one panics.
    let task = tokio::spawn(activity::about(profile, async move {
        let _unfinished = match order.unfinished {
            Some(place) => Some(place.await),
            None => None,
        };
        let world = shared.world();
        let turn = Turn {
            shared: &shared,
            unheard: &read,
            as_of: order.as_of,
        };
        carry_out(&turn, world, order.effect).await;
        shared.tell_calls_now();
        shared.tell_clock_offset().await;
        if let Some(work) = ended {
            shared.tell(Event::Ended(work)).await;
        }
    }));
    if is_demo {
        *demo = Some(task.abort_handle());
    }
    Some(task)
}

/// What an order may use in its turn.
struct Turn<'a> {
    shared: &'a Shared,
    unheard: &'a Mutex<VecDeque<u64>>,
    as_of: u64,
}

async fn carry_out(turn: &Turn<'_>, world: World, effect: Effect) {
    let profiles = &world.deps.profiles;
    let written = match effect {
        Effect::LoadProfiles => return turn.load(&world).await,
        Effect::Arrange(names, arrangement) => {
            if let Err(problem) = profiles.arrange(&names, &arrangement).await {
                turn.shared.tell(Event::Trouble(problem)).await;
                // The window shows what the file says.
                turn.load(&world).await;
            }
            return;
        }
        Effect::SaveListOrder(order) => profiles.sort(order).await,
        Effect::SaveFolded(folded) => profiles.fold(&folded).await,
        Effect::SaveKeepFresh(name, on) => profiles::keep_fresh(&world.deps, &name, on).await,
        Effect::RememberUsername { profile, username } => {
            profiles::remember_username(&world.deps, &profile, username).await
        }
        other => return effects::carry_out(turn.shared.clone(), world, other).await,
    };
    if let Err(problem) = written {
        turn.shared.tell(Event::Trouble(problem)).await;
    }
}

impl Turn<'_> {
    async fn load(&self, world: &World) {
        let loaded = world.deps.profiles.load().await;
        if let Ok(mut read) = self.unheard.lock() {
            read.push_back(self.as_of);
        }
        if let Ok(configuration) = &loaded {
            let folded = configuration.folded.clone();
            self.shared.tell(Event::FoldedRead(folded)).await;
        }
        let loaded: Result<Loaded, Problem> = loaded.map(|configuration| Loaded {
            profiles: configuration.profiles,
            theme: configuration.theme,
            settings: configuration.settings,
            path: configuration.path,
        });
        self.shared.tell(Event::ProfilesLoaded(loaded)).await;
    }
}
