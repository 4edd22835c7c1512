//! The use-cases through the real adapters and the real AWS SDK, against the sandbox.
//!
//! Time is a clock that stands until a test moves it; secrets are kept in memory; nothing sleeps.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "core/failures.rs"]
mod failures;
#[path = "core/identity.rs"]
mod identity;
#[path = "core/refresh.rs"]
mod refresh;
#[path = "core/rotation.rs"]
mod rotation;
#[path = "core/save.rs"]
mod save;
#[path = "core/sign_in.rs"]
mod sign_in;
#[path = "core/sign_out.rs"]
mod sign_out;
#[path = "core/support.rs"]
mod support;
