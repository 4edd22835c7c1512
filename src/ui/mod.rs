//! The native window, drawn with egui.
//!
//! It shows an [`crate::app::Model`], gives it what people ask for, and hands its effects to a
//! [`crate::app::Driver`]. Deliberately absent: tokio, AWS, files, the environment, the clock
//! (handed in), and everything that decides.

pub mod draft;
mod keys;
pub mod place;
pub mod shell;
pub mod shortcuts;
pub mod theme;
pub mod views;
pub mod wake;
pub mod widgets;
pub mod window;

pub use shell::{Parts, Shell};
pub use window::{Wake, run, tray_picture};
