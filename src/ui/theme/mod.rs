//! How the window looks: palettes, type scale, fonts, icons, and egui's style made from them.
//!
//! Deliberately absent: anything of the domain.

pub mod apply;
pub mod fonts;
pub mod icons;
pub mod text;
pub mod tokens;

pub use icons::Icon;
pub use text::{Type, paint_galley, paint_line};
pub use tokens::Tokens;
