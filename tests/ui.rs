//! The window, driven by accessible names and keys. No pixels, no display, no network.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

mod ui {
    pub mod account;
    pub mod fixture;
    pub mod support;

    mod accounts;
    mod activity;
    mod browser;
    mod checks;
    mod choices;
    mod commands;
    mod configuration;
    mod discover;
    mod exchanged;
    mod export;
    mod first_look;
    mod import;
    mod in_sight;
    mod keyboard;
    mod layout;
    mod low;
    mod managed_login;
    mod overview;
    mod questions;
    mod resets;
    mod roads;
    mod settings;
    mod sheets;
    mod shell;
    mod sidebar;
    mod sign_in;
    mod sign_out;
    mod states;
    mod tokens;
    mod ways;
}
