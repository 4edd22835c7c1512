//! The keys outside the profiles: what is set for the whole program.
//!
//! A value that is none of those there are is told with its line, and never written over.

use std::path::PathBuf;

use toml_edit::{Table, TableLike};

use super::edit::{put, put_switch, put_text};
use super::reader::Reader;
use crate::domain::{Amount, FileSetting, Problem, Setting, SettingChange, Settings, Theme};

/// All of them but the theme.
pub(super) fn read(reader: &Reader<'_>, root: &Table) -> Result<Settings, Problem> {
    let mut settings = Settings::default();
    for setting in Setting::ALL {
        if let Some(on) = reader.switch(root, setting.name())? {
            settings.apply(&SettingChange::Switch(setting, on));
        }
    }
    for amount in Amount::ALL {
        let number = reader.number(root, amount.name(), |number| amount.check(number))?;
        if let Some(number) = number {
            settings.apply(&SettingChange::Amount(amount, number));
        }
    }
    for file in FileSetting::ALL {
        let path = reader.text(root, file.name())?;
        let path = path.filter(|path| !path.trim().is_empty());
        settings.apply(&SettingChange::File(file, path.map(PathBuf::from)));
    }
    settings.proxy = reader.parsed(root, "proxy")?;
    Ok(settings)
}

pub(super) fn theme(reader: &Reader<'_>, root: &Table) -> Result<Theme, Problem> {
    let Some(written) = reader.text(root, "theme")? else {
        return Ok(Theme::default());
    };
    let known = Theme::ALL.into_iter().find(|theme| theme.name() == written);
    known.ok_or_else(|| {
        let names = Theme::ALL.map(Theme::name).join(", ");
        reader.wrong(root.get("theme"), &format!("theme is one of: {names}"))
    })
}

/// The default is not written, but stays where somebody wrote it.
pub(super) fn write(root: &mut dyn TableLike, change: &SettingChange) {
    let key = change.name();
    match change {
        SettingChange::Theme(theme) => put_text(root, key, Some(theme.name())),
        SettingChange::Switch(setting, on) => {
            put_switch(root, key, *on, Settings::default().get(*setting));
        }
        SettingChange::Amount(amount, number) => {
            if *number == amount.default() && root.get(key).is_none() {
                return;
            }
            put(root, key, i64::from(*number).into());
        }
        SettingChange::Proxy(proxy) => {
            put_text(
                root,
                key,
                proxy.as_ref().map(ToString::to_string).as_deref(),
            );
        }
        SettingChange::File(_, path) => {
            let path = path.as_ref().map(|path| path.display().to_string());
            put_text(root, key, path.as_deref());
        }
    }
}
