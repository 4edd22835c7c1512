//! A container endpoint that listens while settings change.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

use poolkey::app::{Driver as _, Effect, EndpointAt, Event, SettingsEvent};
use poolkey::domain::{Problem, SettingChange, StoreChoice, Surroundings};
use poolkey::ops::Deps;
use poolkey::runtime::{Machine, Runtime, Store, tokio_runtime};

use crate::support::{Bench, bench};
use crate::watched_vault::WatchedVault;
use crate::window::{until, window_on};

/// Other adapters from now on.
struct Others(Deps);

impl Machine for Others {
    fn surroundings(&self) -> Result<Surroundings, Problem> {
        Ok(Surroundings::default())
    }
    fn reconnect(&self, _: &Deps) -> Result<Deps, Problem> {
        Ok(self.0.clone())
    }
    fn open_store(&self, _: StoreChoice) -> Result<Store, Problem> {
        panic!("nothing moves here")
    }
}

fn window(bench: &Bench, others: Deps) -> Runtime {
    window_on(bench, Some(Arc::new(Others(others))))
}

/// The first line of what it answers.
fn asked(at: &EndpointAt) -> String {
    let rest = at.uri.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let token = std::fs::read_to_string(&at.token_file).unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let request = format!(
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {}\r\nConnection: close\r\n\r\n",
        token.trim()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

/// Another proxy or another certificate counts for the next answer; nobody has to start it again.
#[test]
fn what_listens_goes_on_with_the_adapters_that_the_settings_say() {
    let threads = tokio_runtime().unwrap();
    let mut bench = threads.block_on(async {
        let bench = bench("ana").await;
        let profiles = &bench.deps.profiles;
        profiles.put(None, &bench.profile).await.unwrap();
        bench.sign_in().await;
        bench
    });
    let first = bench.deps.clone();
    let watched = WatchedVault::watch(&mut bench, &["session"]);
    let others = std::mem::replace(&mut bench.deps, first);
    let mut window = window(&bench, others);
    window.run(Effect::StartEndpoint(Box::new(bench.profile.clone())));
    let heard = until(&mut window, |event| {
        matches!(event, Event::EndpointStarted { .. })
    });
    let Some(Event::EndpointStarted { result: Ok(at), .. }) = heard.last() else {
        panic!("{heard:?}");
    };
    let answer = asked(at);
    assert!(answer.contains(" 200 "), "{answer}");
    let proxy = "http://127.0.0.1:9".parse().ok();
    window.run(Effect::SaveSetting(SettingChange::Proxy(proxy)));
    let _heard = until(&mut window, |event| {
        let saved = |event: &SettingsEvent| {
            matches!(event, SettingsEvent::SettingSaved { result: Ok(()), .. })
        };
        matches!(event, Event::Settings(event) if saved(event))
    });
    assert!(!asked(at).contains(" 200 "), "the others were asked");
    let _asked = watched.place("session");
}
