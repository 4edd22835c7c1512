//! The store of the window: a model, what people ask of it, what it asks of the runtime, and what
//! comes back.
//!
//! `Model::act(Action)` and `Model::hear(Event)` are pure and return effects as data. Deliberately
//! absent: input and output, threads, the clock (`Event::Clock` brings the time), and the toolkit.

pub mod action;
pub mod asked;
pub mod checks;
pub mod command;
mod course;
pub mod discovery;
pub mod doing;
pub mod effect;
pub mod event;
pub mod files;
mod fuzzy;
pub mod import;
pub mod kept;
pub mod list;
pub mod lock;
pub mod model;
pub mod notice;
pub mod palette;
pub mod presence;
pub mod profile_state;
pub mod report;
pub mod settings;
pub mod sheet;
pub mod update;

pub use crate::domain::Theme;
pub use action::{Action, ProfileDraft};
pub use command::Command;
pub use discovery::Discovery;
pub use doing::{Course, Doing, Spot, Work, WorkKind};
pub use effect::Effect;
pub use event::Event;
pub use files::{
    Endpoint, EndpointAt, FilesChange, FilesPreview, FilesSheet, FoundProfile, LastChange,
};
pub use import::{
    ImportEvent, ImportFrom, ImportSheet, ImportState, ImportWish, Imported, ShareSheet,
};
pub use list::{ListState, Row, Rows, Section};
pub use lock::Lock;
pub use model::{Exports, Model, Notice, Page, StoreState, Suggestion, Tab};
pub use notice::{NoticeList, NoticeOffer, OfNotices, Told};
pub use palette::{Hit, Offer, Pick, hits};
pub use presence::Presence;
pub use profile_state::ProfileState;
pub use settings::{MoveStage, SettingsEvent, StoreMove, Trial};
pub use sheet::{Sheet, Shown, SignInPhase, SignInSheet};

/// Identifies one attempt at something; answers of an older attempt are dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Attempt(pub u64);

/// What the window's shell needs from whoever carries effects out.
pub trait Driver {
    /// Starts an effect; its results arrive later through [`Driver::next_event`].
    fn run(&mut self, effect: Effect);
    /// The next result, if there is one. Never blocks.
    fn next_event(&mut self) -> Option<Event>;
}
