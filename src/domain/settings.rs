//! What a person sets for the whole program.
//!
//! Deliberately absent: what belongs to one profile (see `profile`), the secret store (see
//! `store_choice`: it is not set but moved), and where any of it is kept.

use std::path::PathBuf;

use super::amount::Amount;
use super::arrangement::ListOrder;
use super::proxy::ProxyAddress;
use super::refresh_margin::RefreshMargin;
use super::theme::Theme;

/// Every setting but the theme, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Closing the window hides it, where a tray icon can bring it back; renewing goes on.
    pub close_to_tray: bool,
    /// The desktop is told before a sign-in ends.
    pub notifications: bool,
    /// What is called is also written to a file.
    pub log: bool,
    /// How large the window's text is, in percent.
    pub text_size_percent: u16,
    /// Credentials with less than these minutes left are renewed.
    pub refresh_margin_minutes: u16,
    /// The window hides its contents after so many minutes without input; 0 is never.
    pub lock_after_minutes: u16,
    /// What requests go through, where the environment names no proxy.
    pub proxy: Option<ProxyAddress>,
    /// Certificates that are trusted beside the system's, where the environment names none.
    pub ca_file: Option<PathBuf>,
    /// In place of `~/.aws/credentials`, where the environment names none.
    pub aws_credentials_file: Option<PathBuf>,
    /// In place of `~/.aws/config`, where the environment names none.
    pub aws_config_file: Option<PathBuf>,
    /// How the list of profiles is sorted.
    pub list_order: ListOrder,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            close_to_tray: false,
            notifications: true,
            log: false,
            text_size_percent: Amount::TextSize.default(),
            refresh_margin_minutes: Amount::RefreshMargin.default(),
            lock_after_minutes: Amount::LockAfter.default(),
            proxy: None,
            ca_file: None,
            aws_credentials_file: None,
            aws_config_file: None,
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
    /// [`Settings::log`].
    Log,
}

impl Setting {
    /// In the order shown.
    pub const ALL: [Self; 3] = [Self::Notifications, Self::CloseToTray, Self::Log];

    /// The key in the configuration file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CloseToTray => "close_to_tray",
            Self::Notifications => "notifications",
            Self::Log => "log",
        }
    }
}

/// One file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileSetting {
    /// [`Settings::aws_credentials_file`].
    AwsCredentials,
    /// [`Settings::aws_config_file`].
    AwsConfig,
    /// [`Settings::ca_file`].
    Ca,
}

impl FileSetting {
    /// In the order shown.
    pub const ALL: [Self; 3] = [Self::AwsCredentials, Self::AwsConfig, Self::Ca];

    /// The key in the configuration file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AwsCredentials => "aws_credentials_file",
            Self::AwsConfig => "aws_config_file",
            Self::Ca => "ca_file",
        }
    }

    /// The variable that wins over it.
    #[must_use]
    pub const fn variable(self) -> &'static str {
        match self {
            Self::AwsCredentials => "AWS_SHARED_CREDENTIALS_FILE",
            Self::AwsConfig => "AWS_CONFIG_FILE",
            Self::Ca => "AWS_CA_BUNDLE",
        }
    }
}

/// Something a person sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingChange {
    /// The colors.
    Theme(Theme),
    /// A switch.
    Switch(Setting, bool),
    /// A number, within its range.
    Amount(Amount, u16),
    /// The proxy, or none.
    Proxy(Option<ProxyAddress>),
    /// A file, or the default.
    File(FileSetting, Option<PathBuf>),
}

impl SettingChange {
    /// The key in the configuration file.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Theme(_) => "theme",
            Self::Switch(setting, _) => setting.name(),
            Self::Amount(amount, _) => amount.name(),
            Self::Proxy(_) => "proxy",
            Self::File(file, _) => file.name(),
        }
    }

    /// True where it decides how the outside is reached: what is connected is made anew.
    #[must_use]
    pub const fn reconnects(&self) -> bool {
        matches!(
            self,
            Self::Proxy(_) | Self::File(..) | Self::Switch(Setting::Log, _)
        )
    }
}

impl Settings {
    /// How a switch stands.
    #[must_use]
    pub const fn get(&self, setting: Setting) -> bool {
        match setting {
            Setting::CloseToTray => self.close_to_tray,
            Setting::Notifications => self.notifications,
            Setting::Log => self.log,
        }
    }

    /// A number.
    #[must_use]
    pub const fn amount(&self, amount: Amount) -> u16 {
        match amount {
            Amount::TextSize => self.text_size_percent,
            Amount::RefreshMargin => self.refresh_margin_minutes,
            Amount::LockAfter => self.lock_after_minutes,
        }
    }

    /// A file.
    #[must_use]
    pub const fn file(&self, file: FileSetting) -> Option<&PathBuf> {
        match file {
            FileSetting::AwsCredentials => self.aws_credentials_file.as_ref(),
            FileSetting::AwsConfig => self.aws_config_file.as_ref(),
            FileSetting::Ca => self.ca_file.as_ref(),
        }
    }

    /// How long before the end credentials are renewed.
    #[must_use]
    pub const fn refresh_margin(&self) -> RefreshMargin {
        RefreshMargin::of_minutes(self.refresh_margin_minutes)
    }

    /// Takes a change. The theme is no part of this.
    pub fn apply(&mut self, change: &SettingChange) {
        match change {
            SettingChange::Theme(_) => {}
            SettingChange::Switch(setting, on) => *self.switch_mut(*setting) = *on,
            SettingChange::Amount(amount, number) => match amount {
                Amount::TextSize => self.text_size_percent = *number,
                Amount::RefreshMargin => self.refresh_margin_minutes = *number,
                Amount::LockAfter => self.lock_after_minutes = *number,
            },
            SettingChange::Proxy(proxy) => self.proxy.clone_from(proxy),
            SettingChange::File(file, path) => match file {
                FileSetting::AwsCredentials => self.aws_credentials_file.clone_from(path),
                FileSetting::AwsConfig => self.aws_config_file.clone_from(path),
                FileSetting::Ca => self.ca_file.clone_from(path),
            },
        }
    }

    const fn switch_mut(&mut self, setting: Setting) -> &mut bool {
        match setting {
            Setting::CloseToTray => &mut self.close_to_tray,
            Setting::Notifications => &mut self.notifications,
            Setting::Log => &mut self.log,
        }
    }
}
