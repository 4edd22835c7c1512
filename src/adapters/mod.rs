//! One outside thing per file: AWS, the secret store, files, the clock.
//!
//! Foreign types are converted at the edge and go no further. Deliberately absent: decisions, which
//! belong to `ops` and `domain`.

pub mod accounts;
pub mod activity;
pub mod authenticator;
pub mod aws_client;
pub mod aws_files;
pub mod aws_profiles;
pub mod blocking;
pub mod claims;
pub mod clipboard;
pub mod clock;
pub mod config_file;
pub mod console;
pub mod container;
pub mod credential_text;
pub mod developer;
pub mod file_lock;
pub mod folder;
pub mod hand_over;
#[cfg(unix)]
pub mod hang_up;
pub mod identities;
pub mod identity_pool;
pub mod imports;
pub mod lock;
pub mod log_file;
mod looks;
pub mod managed_login;
pub mod motion;
pub mod network;
pub mod notifications;
pub mod oidc;
pub mod probes;
mod profile_keys;
pub mod refusal;
pub mod safe_file;
pub mod second_start;
pub mod service_clock;
pub mod sleep;
pub mod sts;
pub mod terminal;
pub mod token_files;
pub mod token_sources;
pub mod tray;
pub mod user_pool;
pub mod vault;
pub mod window_place;
pub mod wsl;

#[cfg(test)]
mod endpoint_tests;
#[cfg(test)]
mod safe_file_tests;
