//! The window, driven by accessible names and keys. No pixels, no display, no network.

mod ui {
    pub mod fixture;
    pub mod support;

    mod configuration;
    mod overview;
    mod sheets;
    mod shell;
    mod sidebar;
    mod sign_in;
}
