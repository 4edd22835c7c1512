//! What is typed on the settings page until it is taken.

use crate::app::{Model, Page};
use crate::domain::FileSetting;

/// The fields. They begin as what is set, and follow it when it changes.
#[derive(Default)]
pub struct SettingsDraft {
    /// Address of the proxy.
    pub proxy: String,
    /// In the order of [`FileSetting::ALL`].
    pub files: [String; 3],
    /// What was set when they began.
    seen: Option<(String, [String; 3])>,
}

impl SettingsDraft {
    /// Follows the model.
    pub fn follow(&mut self, model: &Model) {
        if model.page != Page::Settings {
            *self = Self::default();
            return;
        }
        let proxy = model.settings.proxy.as_ref();
        let proxy = proxy.map(ToString::to_string).unwrap_or_default();
        let files = FileSetting::ALL.map(|file| {
            let path = model.settings.file(file);
            path.map(|path| path.display().to_string())
                .unwrap_or_default()
        });
        let before = self.seen.take();
        let (proxy_before, files_before) =
            before.unwrap_or_else(|| (String::new(), <_>::default()));
        if proxy_before != proxy {
            self.proxy.clone_from(&proxy);
        }
        for ((text, now), before) in self.files.iter_mut().zip(&files).zip(&files_before) {
            if now != before {
                text.clone_from(now);
            }
        }
        self.seen = Some((proxy, files));
    }
}
