//! Poolkey turns an Amazon Cognito sign-in into temporary AWS credentials: a window and a command
//! line in one binary, made of this library.
//!
//! # Bird's-eye view
//!
//! ```text
//!       Action (user)                 Effect (data)
//!  ui ───────────────►  app::Model  ───────────────►  runtime ──► ops ──► ports ◄── adapters
//!  ▲   &Model                ▲                            │
//!  └──────────────────────── └──────── Event (result) ────┘   + wake()
//! ```
//!
//! The window draws an [`app::Model`], pushes [`app::Action`]s, and gets [`app::Effect`]s to hand to
//! the [`runtime`], whose results come back as [`app::Event`]s. The command line calls the same
//! [`ops`] without a model. Behind `ops` stand traits ([`ops::ports`]); the [`adapters`] fill them
//! with the AWS SDK, the system's keychain and files. [`ops::session`] is the one broker of
//! credentials: window, commands and `credential_process` all ask it, under one lock a profile.
//!
//! # Map
//!
//! | module | holds |
//! |---|---|
//! | [`domain`] | pure values and rules: identifiers, profiles, sessions, the sign-in state machine, problems |
//! | [`crypto`] | pure computations with secrets: SRP, secret hash, TOTP, random bytes |
//! | [`ops`] | the use-cases over ports |
//! | [`adapters`] | one outside thing per file, foreign types converted at the edge |
//! | [`app`] | the window's store: model, actions, effects, events |
//! | [`runtime`] | carries effects out: tokio, attempts, cancellation |
//! | [`ui`] | egui: shell, drafts, theme, widgets, views |
//! | [`cli`] | clap: one file a command, output, prompts, exit codes |
//! | [`sandbox`] | a local Cognito on the wire, for the demo and the tests |
//! | [`bootstrap`] | the composition root |
//!
//! May be used by: `domain ← crypto ← ops ← adapters` · `domain ← app ← ui` ·
//! `app, ops, adapters ← runtime` · `ops, adapters ← cli` · `domain, crypto ← sandbox` ·
//! `bootstrap` sees all. `tests/tidy` keeps these rules.
//!
//! # Invariants: what is deliberately absent
//!
//! - No secret outside [`domain::Secret`] and the draft it is typed in. It has no `Display`, no
//!   `Clone` and a mute `Debug`; only adapters, `crypto` and two widgets read it.
//! - No AWS type outside `adapters`, and none is ever printed: the SDK's own `Debug` shows tokens.
//! - No credential chain. The Cognito calls go out unsigned, but for the one that a developer's
//!   backend makes and those that list what an account has: these are signed with the AWS profile
//!   that is named, and with nothing else.
//! - No decision in a view and no input or output in the model: both are tested as tables.
//! - No clock in `domain`, `ops` and `app`: time is handed in.
//! - No write to an AWS file but through `adapters::safe_file`, and none to a section that Poolkey
//!   did not make, unless somebody asks.
//! - No parameter and no answer in the record of a call: [`domain::CallRecord`] may be shown to
//!   anybody.
//! - No copy of a refresh token outside the secret store; of a session there is one in the kernel,
//!   where Linux has that, and [`bootstrap::quick`] answers with it before anything else is made.
//! - No retry of a refresh by the SDK: a rotating refresh token works once.
//! - No tokio in `domain`, `crypto`, `ops`, `app` and `ui`; no egui outside `ui`.

pub mod adapters;
pub mod app;
pub mod bootstrap;
pub mod cli;
pub mod crypto;
pub mod domain;
pub mod ops;
pub mod runtime;
pub mod sandbox;
pub mod ui;
