//! Several processes at once: nothing lost, one refresh, a lock that is waited for.

use std::time::{Duration, Instant};

use crate::local::{end, lock, spawn};
use crate::support::{Home, Spawned, add, signed_in};

#[test]
fn profiles_added_at_once_are_all_there() {
    let sandbox = Spawned::start();
    let home = Home::new();
    let mut names: Vec<String> = (0..12).map(|number| format!("p{number}")).collect();
    let children: Vec<_> = names
        .iter()
        .map(|name| spawn(&home, &add(name, &sandbox)))
        .collect();
    for child in children {
        end(child).ok();
    }
    let listed = home.poolkey(&["profile", "list", "--json"]).ok().json();
    let mut found: Vec<_> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|profile| profile["name"].as_str().unwrap().to_owned())
        .collect();
    found.sort();
    names.sort();
    assert_eq!(found, names);
}

#[test]
fn one_of_four_that_add_the_same_name_wins() {
    let sandbox = Spawned::start();
    let home = Home::new();
    let children = ["ana", "tom", "eve", "bob"].map(|user| {
        let arguments = [&add("dev", &sandbox)[..], &["--username", user]].concat();
        spawn(&home, &arguments)
    });
    let mut codes = children.map(|child| end(child).code);
    codes.sort_unstable();
    assert_eq!(codes, [Some(0), Some(2), Some(2), Some(2)]);
}

#[test]
fn exports_at_once_are_all_there() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let names: Vec<String> = (0..6).map(|number| format!("p{number}")).collect();
    let to = ["export", "dev", "--to", "credential-process"];
    let children: Vec<_> = names
        .iter()
        .map(|name| spawn(&home, &[&to[..], &["--aws-profile", name]].concat()))
        .collect();
    for child in children {
        end(child).ok();
    }
    let config = home.read(".aws/config");
    for name in names {
        assert!(config.contains(&format!("[profile {name}]")), "{config}");
    }
}

#[test]
fn good_credentials_do_not_wait_for_the_lock() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let _held = lock(&home);
    home.poolkey(&["credential-process", "dev"]).ok();
}

#[test]
fn a_sign_out_waits_for_the_lock() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let held = lock(&home);
    let mut child = spawn(&home, &["sign-out", "dev"]);
    let deadline = Instant::now() + Duration::from_millis(500);
    while Instant::now() < deadline {
        assert!(child.try_wait().unwrap().is_none(), "it did not wait");
        std::thread::yield_now();
    }
    drop(held);
    end(child).ok();
    home.poolkey(&["credentials", "dev"]).fails(3);
}
