//! A move that dies at each of its steps.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use super::*;
use crate::domain::{Arrangement, ListOrder, Profile, SettingChange};
use crate::ops::ports::Configuration;

/// Nothing here waits.
fn run<T>(work: impl Future<Output = T>) -> T {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("nothing here waits"),
    }
}

/// How many writes are left until the process dies.
#[derive(Clone)]
struct Life(Arc<AtomicUsize>);

impl Life {
    fn of(writes: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(writes)))
    }

    fn spend(&self) -> Result<(), Problem> {
        let dead = || Problem::new(ProblemKind::Unexpected, "dead");
        let left = |left: usize| left.checked_sub(1);
        let spent = self.0.try_update(Ordering::SeqCst, Ordering::SeqCst, left);
        spent.map(|_| ()).map_err(|_| dead())
    }
}

struct Shelf {
    life: Life,
    /// What it gives back instead of what was put in.
    garbles: bool,
    texts: Mutex<BTreeMap<String, String>>,
}

impl Shelf {
    fn new(life: &Life, texts: &[(&str, &str)]) -> Self {
        let texts = texts
            .iter()
            .map(|(key, text)| ((*key).into(), (*text).into()));
        Self {
            life: life.clone(),
            garbles: false,
            texts: Mutex::new(texts.collect()),
        }
    }

    fn texts(&self) -> BTreeMap<String, String> {
        self.texts.lock().unwrap().clone()
    }
}

#[async_trait]
impl Entries for Shelf {
    async fn entries(&self, of: &ProfileName) -> Result<Vec<Entry>, Problem> {
        let texts = self.texts.lock().unwrap();
        let kinds = ["sign-in", "session"].into_iter();
        let entries = kinds.map(|kind| {
            let key = format!("{of}/{kind}");
            let text = texts.get(&key).map(|text| Secret::new(text.clone()));
            Entry { key, text }
        });
        Ok(entries.collect())
    }

    async fn put_entry(&self, entry: &Entry) -> Result<(), Problem> {
        self.life.spend()?;
        if self.garbles {
            return Err(Problem::new(ProblemKind::SecretStore, "another text"));
        }
        let mut texts = self.texts.lock().unwrap();
        match &entry.text {
            Some(text) => texts.insert(entry.key.clone(), text.expose().to_owned()),
            None => texts.remove(&entry.key),
        };
        Ok(())
    }
}

struct File {
    life: Life,
    store: Mutex<Option<String>>,
}

#[async_trait]
impl Profiles for File {
    async fn load(&self) -> Result<Configuration, Problem> {
        Ok(Configuration::default())
    }
    async fn put(&self, _: Option<&ProfileName>, _: &Profile) -> Result<(), Problem> {
        Ok(())
    }
    async fn remove(&self, _: &ProfileName) -> Result<(), Problem> {
        Ok(())
    }
    async fn set(&self, key: &'static str, value: &str) -> Result<(), Problem> {
        assert_eq!(key, "secret_store");
        self.life.spend()?;
        *self.store.lock().unwrap() = Some(value.to_owned());
        Ok(())
    }
    async fn arrange(&self, _: &[ProfileName], _: &Arrangement) -> Result<(), Problem> {
        Ok(())
    }
    async fn sort(&self, _: ListOrder) -> Result<(), Problem> {
        Ok(())
    }
    async fn fold(&self, _: &[String]) -> Result<(), Problem> {
        Ok(())
    }
    async fn change(&self, _: &SettingChange) -> Result<(), Problem> {
        Ok(())
    }
}

const SECRETS: [(&str, &str); 3] = [
    ("ana/sign-in", "refresh"),
    ("ana/session", "keys"),
    ("tom/sign-in", "other"),
];

struct Bench {
    from: Shelf,
    to: Shelf,
    file: File,
}

impl Bench {
    fn new(writes: usize) -> Self {
        let life = Life::of(writes);
        Self {
            from: Shelf::new(&life, &SECRETS),
            // Left there by an older move: tom has signed out since.
            to: Shelf::new(&life, &[("tom/session", "stale")]),
            file: File {
                life,
                store: Mutex::default(),
            },
        }
    }

    fn go(&self, go_on: &(dyn Fn(usize, usize) -> bool + Sync)) -> Result<usize, Problem> {
        let names = ["ana", "tom"].map(|name| name.parse().unwrap());
        run(async {
            let mut entries = Vec::new();
            for name in &names {
                entries.extend(self.from.entries(name).await?);
            }
            copied(&entries, &self.to, go_on).await?;
            let copied = Copied {
                entries,
                to: StoreChoice::File,
                _lock: Box::new(()),
            };
            let settled = settled(&self.file, &self.from, &self.to, &copied, || ());
            Ok(settled.await?.0)
        })
    }

    /// What the configuration leads to.
    fn chosen(&self) -> &Shelf {
        match self.file.store.lock().unwrap().as_deref() {
            None => &self.from,
            Some("file") => &self.to,
            Some(other) => panic!("{other}"),
        }
    }
}

fn all() -> BTreeMap<String, String> {
    let owned = |(key, text): (&str, &str)| (key.to_owned(), text.to_owned());
    SECRETS.map(owned).into()
}

#[test]
fn all_of_them_move_and_nothing_stays_behind() {
    let bench = Bench::new(usize::MAX);
    let told = Mutex::new(Vec::new());
    let moved = bench.go(&|done, of| {
        told.lock().unwrap().push((done, of));
        true
    });
    assert_eq!(moved, Ok(3));
    assert_eq!(bench.to.texts(), all(), "and nothing of the older move");
    assert_eq!(bench.from.texts(), BTreeMap::new());
    assert_eq!(told.into_inner().unwrap().last(), Some(&(4, 4)));
}

#[test]
fn whoever_dies_under_way_loses_nothing() {
    let mut switched = 0;
    for writes in 0..=8 {
        let bench = Bench::new(writes);
        let _ended = bench.go(&|_, _| true);
        assert_eq!(bench.chosen().texts(), all(), "after {writes} writes");
        switched += usize::from(std::ptr::eq(bench.chosen(), &raw const bench.to));
    }
    // Four entries are written, then the file: from the fifth write on the new store counts.
    assert_eq!(switched, 4);
}

#[test]
fn a_move_that_is_stopped_or_refused_leaves_no_copies() {
    let bench = Bench::new(usize::MAX);
    let why = bench.go(&|done, _| done < 2).unwrap_err();
    assert_eq!(why.sentence, "The move was stopped");
    assert_eq!((bench.chosen().texts(), bench.from.texts()), (all(), all()));
    assert!(!bench.to.texts().keys().any(|key| key.starts_with("ana")));

    let mut bench = Bench::new(usize::MAX);
    bench.to.garbles = true;
    assert_eq!(bench.go(&|_, _| true).unwrap_err().sentence, "another text");
    assert_eq!(bench.chosen().texts(), all());
}
