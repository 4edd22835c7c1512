//! The use-cases through the real adapters and the real AWS SDK, against the sandbox.
//!
//! Time is a clock that stands until a test moves it; secrets are kept in memory; nothing sleeps.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop where it stands"
)]

mod activity;
mod agent;
mod browser;
mod client_secret;
mod clock;
mod clock_browser;
mod demo_window;
mod discover;
mod doctor;
mod endpoints;
mod exchange;
mod exports;
mod failures;
mod identity;
mod logins;
mod moves;
mod ordered;
mod other_logins;
mod other_person;
mod password;
mod refresh;
mod refusals;
mod renames;
mod replaced;
mod rotation;
mod save;
mod save_logins;
mod sign_in;
mod sign_out;
mod spoiled_state;
mod stopped;
mod support;
mod unstored;
mod verdicts;
mod watched_vault;
#[path = "../support/web.rs"]
mod web;
mod web_identity;
mod window;
