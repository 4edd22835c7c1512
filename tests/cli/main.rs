//! The program as people and SDKs run it: in a home of its own, against a spawned sandbox.
//!
//! Nothing of the environment is handed on; nothing sleeps, waiting is polling with a deadline.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop where it stands"
)]

mod accounts;
mod agent;
mod aws_files;
mod bad_input;
mod broker;
mod broker_store;
mod browser;
mod challenges;
mod configuration;
mod console;
mod credentials;
mod devices;
mod discover;
mod doctor;
mod exec;
mod imports;
mod killed_writers;
mod local;
mod manual;
mod network;
#[cfg(target_os = "linux")]
mod offers;
mod output;
mod passwords;
mod processes;
mod profiles;
#[cfg(target_os = "linux")]
mod prompts;
mod providers;
mod refreshes;
mod roads;
mod roads_profiles;
mod serve;
mod serve_ends;
#[cfg(target_os = "linux")]
mod session_cache;
mod sessions;
mod settings;
mod sign_in;
mod sign_out;
mod stores;
#[path = "../support/mod.rs"]
mod support;
#[cfg(target_os = "linux")]
mod terminal;
mod undo;
mod ways_in;
mod wrong_clock;
