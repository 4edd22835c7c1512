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

mod aws_files;
mod bad_input;
mod broker;
mod browser;
mod configuration;
mod credentials;
mod local;
mod network;
mod output;
mod processes;
mod profiles;
mod sessions;
mod sign_in;
mod stores;
#[path = "../support/mod.rs"]
mod support;
