//! Poolkey against software that nobody here wrote: a keyring daemon, an emulator of Amazon
//! Cognito, the AWS SDK for Python, other sign-in clients, a browser.
//!
//! All tests are ignored, so that a plain `cargo test` needs none of it. `./tests/run` installs the
//! tools (`tests/tools/`) and runs them; a tool that is missing then is a failure, not a skip.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

mod aws_cli;
mod browser;
mod cli_commands;
mod clipboard;
mod completions;
mod desktop;
mod endpoint;
mod env;
mod exec;
mod forms;
mod ini;
mod keychain;
mod keychain_inside;
mod keychain_missing;
mod keyring;
mod ministack;
mod ministack_accounts;
mod ministack_basic;
mod ministack_browser;
mod ministack_discover;
mod ministack_exchange;
mod ministack_refusals;
mod ministack_sign_out;
mod old_server;
mod openid_provider;
mod presence;
mod process;
mod reference_clients;
mod refresh_windows;
mod scripted_browser;
mod sdks;
mod servers;
mod shared_devices;
mod shared_identities;
mod snippets;
mod store;
mod targets;
#[path = "../support/web.rs"]
mod web;
mod web_identity;
mod webdriver;
