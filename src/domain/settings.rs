//! What a person switches on and off for the whole program.
//!
//! Deliberately absent: what belongs to one profile (see `profile`), and colors (see `app::theme`).

use super::arrangement::ListOrder;

/// Every switch, as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Closing the window hides it, where a tray icon can bring it back; renewing goes on.
    pub close_to_tray: bool,
    /// The desktop is told before a sign-in ends.
    pub notifications: bool,
    /// How the list of profiles is sorted.
    pub list_order: ListOrder,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            close_to_tray: false,
            notifications: true,
            list_order: ListOrder::default(),
        }
    }
}

/// One switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// [`Settings::close_to_tray`].
    CloseToTray,
    /// [`Settings::notifications`].
    Notifications,
}

impl Setting {
    /// In the order shown.
    pub const ALL: [Self; 2] = [Self::Notifications, Self::CloseToTray];

    /// The key in the configuration file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CloseToTray => "close_to_tray",
            Self::Notifications => "notifications",
        }
    }
}

impl Settings {
    /// How a switch stands.
    #[must_use]
    pub const fn get(self, setting: Setting) -> bool {
        match setting {
            Setting::CloseToTray => self.close_to_tray,
            Setting::Notifications => self.notifications,
        }
    }

    /// Sets a switch.
    pub const fn set(&mut self, setting: Setting, on: bool) {
        match setting {
            Setting::CloseToTray => self.close_to_tray = on,
            Setting::Notifications => self.notifications = on,
        }
    }
}
