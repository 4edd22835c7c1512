//! The building blocks of the views.
//!
//! Each paints itself from the tokens, is reached by keyboard, shows where the focus is, and has
//! an accessible name. Deliberately absent: profiles, sessions and everything else of the domain
//! (the one exception is the secret type, which a few widgets take in or show).

pub mod alert;
pub mod bell;
pub mod button;
pub mod card;
pub mod check_box;
pub mod choice_row;
pub mod code_boxes;
pub mod diff;
pub mod dropdown;
pub mod empty_state;
pub mod field;
pub mod flow_strip;
pub mod focus;
pub mod found_list;
pub mod heading;
pub mod hover;
pub mod key_value;
pub mod keys;
pub mod list_row;
pub mod menu;
pub mod meter;
pub mod password_field;
pub mod picker;
pub mod pill;
pub mod qr_code;
pub mod ring;
pub mod search_field;
pub mod secret_text;
pub mod sheet;
pub mod switch;
pub mod tab_bar;
pub mod text_area;
pub mod text_field;
pub mod toast;
