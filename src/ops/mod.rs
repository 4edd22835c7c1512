//! The use-cases, shared by the window and the command line.
//!
//! Async functions over the traits in `ports`; no runtime, no file, no SDK is named here. The
//! session broker (`session`) is what every face of the program asks for credentials.

pub mod agent;
pub mod browser;
pub mod console;
pub mod deps;
pub mod discover;
pub mod doctor;
pub mod exchange;
pub mod export;
pub mod id_tokens;
pub mod identity;
pub mod import;
pub mod logins;
pub mod password;
pub mod ports;
pub mod profiles;
mod proofs;
mod refresh;
pub mod secrets;
mod seen;
pub mod session;
pub mod settings;
pub mod sharing;
pub mod sign_in;
pub mod sign_out;
pub mod unbroken;
pub mod web_identity;

pub use deps::Deps;
pub use id_tokens::IdTokens;
pub use ports::{Progress, Unseen};
pub use unbroken::Unbroken;
