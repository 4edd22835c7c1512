//! How the window looks: palettes, type scale, sizes, fonts, icons, and egui's style made from them.
//!
//! Colors and sizes are data, `assets/themes/*.toml`: views and widgets name them through
//! [`Tokens::of`], [`Type`], [`space`], [`size`], [`radius`]. A test refuses literals in views.
//! Deliberately absent: anything of the domain.

pub mod apply;
#[cfg(test)]
mod contrast;
mod data;
pub mod fonts;
pub mod icons;
pub mod scale;
pub mod text;
pub mod tokens;

pub use icons::Icon;
pub use scale::{margin, motion, radius, size, space};
pub use text::{Type, paint_galley, paint_line, two_lines};
pub use tokens::Tokens;
