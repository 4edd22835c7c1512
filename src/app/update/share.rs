//! Handing profiles on: nothing is copied or saved that was not shown before.

use std::path::PathBuf;

use crate::app::effect::CopyText;
use crate::app::import::ShareSheet;
use crate::app::{Attempt, Effect, Model, Sheet};
use crate::domain::{Problem, ProfileName, Shared, name_of};

impl Model {
    pub(super) fn share(&mut self, profiles: Vec<ProfileName>) -> Vec<Effect> {
        let mut effects = self.close_sheet();
        effects.extend(self.share_again(profiles, false));
        effects
    }

    fn share_again(&mut self, profiles: Vec<ProfileName>, usernames: bool) -> Vec<Effect> {
        let attempt = self.new_attempt();
        self.sheet = Some(Sheet::Share(Box::new(ShareSheet {
            profiles: profiles.clone(),
            usernames,
            attempt,
            shared: None,
            problem: None,
        })));
        vec![Effect::Share {
            attempt,
            profiles,
            usernames,
        }]
    }

    pub(super) fn share_usernames(&mut self, on: bool) -> Vec<Effect> {
        match self.sheet.take() {
            Some(Sheet::Share(sheet)) => self.share_again(sheet.profiles, on),
            other => {
                self.sheet = other;
                Vec::new()
            }
        }
    }

    pub(super) fn shared(
        &mut self,
        attempt: Attempt,
        result: Result<Shared, Problem>,
    ) -> Vec<Effect> {
        if let Some(Sheet::Share(sheet)) = &mut self.sheet
            && sheet.attempt == attempt
        {
            match result {
                Ok(shared) => sheet.shared = Some(shared),
                Err(problem) => sheet.problem = Some(problem),
            }
        }
        Vec::new()
    }

    /// What the sheet shows goes to the clipboard, as it is shown.
    pub(super) fn copy_share(&mut self, as_link: bool) -> Vec<Effect> {
        let Some(shared) = self.shown_share() else {
            return Vec::new();
        };
        let (what, text) = if as_link {
            ("Link", shared.link.clone())
        } else {
            ("Profile text", shared.text.clone())
        };
        vec![Effect::Copy {
            what,
            text: CopyText::Plain(text),
        }]
    }

    pub(super) fn save_share(&mut self) -> Vec<Effect> {
        let Some(shared) = self.shown_share() else {
            return Vec::new();
        };
        let stem = match &self.sheet {
            Some(Sheet::Share(sheet)) => match sheet.profiles.as_slice() {
                [one] => name_of(one.as_str()),
                _ => None,
            },
            _ => None,
        };
        let stem = stem.map_or_else(|| "profiles".to_owned(), |name| name.to_string());
        vec![Effect::SaveShare {
            file_name: format!("{stem}.poolkey.toml"),
            text: shared.text.clone(),
        }]
    }

    fn shown_share(&self) -> Option<&Shared> {
        match &self.sheet {
            Some(Sheet::Share(sheet)) => sheet.shared.as_ref(),
            _ => None,
        }
    }

    pub(super) fn share_saved(&mut self, saved: Result<Option<PathBuf>, Problem>) -> Vec<Effect> {
        match saved {
            Ok(Some(path)) => self.tell(format!("Saved to {}", path.display())),
            Ok(None) => {}
            Err(problem) => match &mut self.sheet {
                Some(Sheet::Share(sheet)) => sheet.problem = Some(problem),
                _ => self.tell_problem(&problem),
            },
        }
        Vec::new()
    }
}
