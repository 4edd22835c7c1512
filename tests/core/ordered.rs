//! What the window writes into the configuration: in the order asked for, to the end, and never hidden
//! by what was read before.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use poolkey::app::{Driver as _, Effect, Event};
use poolkey::domain::{
    Arrangement, ListOrder, Problem, Profile, ProfileName, SettingChange, Theme,
};
use poolkey::ops::ports::{Configuration, Profiles};
use poolkey::runtime::tokio_runtime;

use crate::support::{Bench, bench};
use crate::window::{until, window};

/// The first call of all takes much longer than those after it.
struct Slow(Arc<dyn Profiles>, AtomicUsize);

impl Slow {
    async fn wait(&self) {
        let turns = match self.1.fetch_add(1, Ordering::Relaxed) {
            0 => 20_000,
            _ => 0,
        };
        for _ in 0..turns {
            tokio::task::yield_now().await;
        }
    }
}

#[async_trait]
impl Profiles for Slow {
    async fn load(&self) -> Result<Configuration, Problem> {
        let read = self.0.load().await;
        self.wait().await;
        read
    }

    async fn put(&self, former: Option<&ProfileName>, profile: &Profile) -> Result<(), Problem> {
        self.0.put(former, profile).await
    }

    async fn remove(&self, name: &ProfileName) -> Result<(), Problem> {
        self.0.remove(name).await
    }

    async fn set(&self, key: &'static str, value: &str) -> Result<(), Problem> {
        self.0.set(key, value).await
    }

    async fn change(&self, change: &SettingChange) -> Result<(), Problem> {
        self.wait().await;
        self.0.change(change).await
    }

    async fn arrange(
        &self,
        names: &[ProfileName],
        arrangement: &Arrangement,
    ) -> Result<(), Problem> {
        self.0.arrange(names, arrangement).await
    }

    async fn sort(&self, order: ListOrder) -> Result<(), Problem> {
        self.0.sort(order).await
    }

    async fn fold(&self, groups: &[String]) -> Result<(), Problem> {
        self.wait().await;
        self.0.fold(groups).await
    }
}

fn slow() -> (tokio::runtime::Runtime, Bench) {
    let threads = tokio_runtime().unwrap();
    let mut bench = threads.block_on(bench("ana"));
    let profiles = bench.deps.profiles.clone();
    bench.deps.profiles = Arc::new(Slow(profiles, AtomicUsize::new(0)));
    (threads, bench)
}

fn fold(group: &str) -> Effect {
    Effect::SaveFolded(vec![group.to_owned()])
}

#[test]
fn what_was_asked_for_last_is_written_last_although_the_window_closes() {
    let (threads, bench) = slow();
    let mut window = window(&bench);
    for group in ["a", "b", "c"] {
        window.run(fold(group));
    }
    drop(window);
    let written = threads.block_on(bench.deps.profiles.load()).unwrap();
    assert_eq!(written.folded, ["c"]);
}

/// While the configuration is read a change waits and is not wanted any more; the next one is.
#[test]
fn what_is_stopped_before_its_turn_is_not_done() {
    let (threads, bench) = slow();
    let mut window = window(&bench);
    window.run(Effect::LoadProfiles);
    let dark = Effect::SaveSetting(SettingChange::Theme(Theme::Dark));
    let work = dark.work().unwrap();
    window.run(dark);
    window.run(Effect::Stop(work));
    window.run(fold("a"));
    drop(window);
    let written = threads.block_on(bench.deps.profiles.load()).unwrap();
    assert_eq!(written.theme, Theme::System);
    assert_eq!(written.folded, ["a"]);
}

#[test]
fn what_was_read_before_a_change_is_not_told() {
    let (_threads, bench) = slow();
    let mut window = window(&bench);
    window.run(Effect::LoadProfiles);
    window.run(Effect::SaveSetting(SettingChange::Theme(Theme::Dark)));
    let loaded = |event: &Event| matches!(event, Event::ProfilesLoaded(_));
    let heard = until(&mut window, loaded);
    let Some(Event::ProfilesLoaded(Ok(first))) = heard.last() else {
        panic!("{heard:?}");
    };
    assert_eq!(first.theme, Theme::Dark);
}
