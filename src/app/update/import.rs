//! Import: nothing is added that was not shown before. What is handed on is in `share`.

use std::path::PathBuf;

use crate::app::import::{ImportEvent, ImportFrom, ImportSheet, ImportWish, Imported};
use crate::app::{Attempt, Effect, Model, Page, Sheet, Tab};
use crate::domain::{Offer, Offered, Problem, Profile};

impl Model {
    pub(super) fn import_wished(&mut self, wish: ImportWish) -> Vec<Effect> {
        match wish {
            ImportWish::Close => self.close_import(),
            ImportWish::ChooseFile => self.choose_import_file(),
            ImportWish::LookAt(from) => self.import(from),
            ImportWish::Found => self.import_found(),
            ImportWish::Add(profiles) => self.add_imported(profiles),
            ImportWish::ShareUsernames(on) => self.share_usernames(on),
            ImportWish::CopyLink => self.copy_share(true),
            ImportWish::CopyText => self.copy_share(false),
            ImportWish::Save => self.save_share(),
        }
    }

    pub(super) fn import_heard(&mut self, event: ImportEvent) -> Vec<Effect> {
        match event {
            ImportEvent::Chosen { attempt, result } => self.import_chosen(attempt, result),
            ImportEvent::Read { attempt, result } => self.import_read(attempt, result),
            ImportEvent::Added(imported) => self.imported(imported),
            ImportEvent::Shared { attempt, result } => self.shared(attempt, result),
            ImportEvent::Saved(result) => self.share_saved(result),
            // Each in its turn: see `import_waiting`.
            ImportEvent::Opened(what) => {
                self.import.waiting.push_back(ImportFrom::opened(what));
                Vec::new()
            }
        }
    }

    pub(super) fn open_import(&mut self) -> Vec<Effect> {
        self.page = Page::Import;
        self.import.problem = None;
        vec![Effect::FindProfiles, Effect::LookAround]
    }

    fn close_import(&mut self) -> Vec<Effect> {
        self.import.running = None;
        self.import.choosing = false;
        self.page = Page::Profile;
        Vec::new()
    }

    /// Once: a second press while the dialog is open does nothing.
    fn choose_import_file(&mut self) -> Vec<Effect> {
        if self.import.choosing {
            return Vec::new();
        }
        let attempt = self.new_attempt();
        self.import.running = Some(attempt);
        self.import.choosing = true;
        self.import.problem = None;
        vec![Effect::ChooseImportFile(attempt)]
    }

    fn import_chosen(
        &mut self,
        attempt: Attempt,
        chosen: Result<Option<PathBuf>, Problem>,
    ) -> Vec<Effect> {
        if self.import.running != Some(attempt) {
            return Vec::new();
        }
        self.import.running = None;
        self.import.choosing = false;
        match chosen {
            Ok(Some(file)) => self.import(ImportFrom::File(file)),
            Ok(None) => Vec::new(),
            Err(problem) => {
                self.import.problem = Some(problem);
                Vec::new()
            }
        }
    }

    /// Looks at what was dropped, pasted, typed or opened. What lies over the window is not taken
    /// away by a link: it waits.
    fn import(&mut self, from: ImportFrom) -> Vec<Effect> {
        if !self.may_offer() {
            self.import.waiting.push_back(from);
            return Vec::new();
        }
        let attempt = self.new_attempt();
        self.page = Page::Import;
        self.import.running = Some(attempt);
        self.import.choosing = false;
        self.import.problem = None;
        vec![Effect::ReadImport { attempt, from }]
    }

    /// Nothing lies over the window that would be lost, and the names that are taken are known.
    fn may_offer(&self) -> bool {
        let is_free = match &self.sheet {
            None | Some(Sheet::Share(_)) => true,
            Some(Sheet::Import(sheet)) => !sheet.adding,
            Some(_) => false,
        };
        self.loaded && is_free
    }

    /// After everything else: what waited for its turn.
    pub(super) fn import_waiting(&mut self) -> Vec<Effect> {
        if !self.may_offer() {
            return Vec::new();
        }
        if let Some((attempt, offers)) = self.import.offered.take() {
            self.sheet = Some(Sheet::Import(Box::new(ImportSheet {
                attempt,
                offers,
                adding: false,
                refused: Vec::new(),
            })));
        }
        // What was opened before it is shown, and dealt with, first.
        let is_reading = self.import.running.is_some() && !self.import.choosing;
        if is_reading || matches!(self.sheet, Some(Sheet::Import(_))) {
            return Vec::new();
        }
        match self.import.waiting.pop_front() {
            Some(from) => self.import(from),
            None => Vec::new(),
        }
    }

    fn import_read(
        &mut self,
        attempt: Attempt,
        result: Result<Vec<Offered>, Problem>,
    ) -> Vec<Effect> {
        if self.import.running != Some(attempt) {
            return Vec::new();
        }
        self.import.running = None;
        match result {
            Ok(offers) => self.import.offered = Some((attempt, offers)),
            Err(problem) => self.import.problem = Some(problem),
        }
        Vec::new()
    }

    /// What was found in the AWS files.
    fn import_found(&mut self) -> Vec<Effect> {
        let attempt = self.new_attempt();
        let offers = self.found.iter().map(|found| {
            let why = found.why.clone();
            let (offer, remarks) = if let Some(profile) = &found.profile {
                (Offer::Ready(profile.clone()), vec![why])
            } else {
                let name = found.section.clone();
                (Offer::Useless { name, why }, Vec::new())
            };
            Offered {
                source: format!("[{}] in {}", found.section, found.file),
                offer,
                remarks,
            }
            .tidied()
        });
        let offers = offers.collect();
        self.import.offered = Some((attempt, offers));
        Vec::new()
    }

    fn add_imported(&mut self, profiles: Vec<Profile>) -> Vec<Effect> {
        match &mut self.sheet {
            Some(Sheet::Import(sheet)) if !sheet.adding && !profiles.is_empty() => {
                sheet.adding = true;
                sheet.refused.clear();
                self.after_removals(Effect::AddProfiles(profiles))
            }
            _ => Vec::new(),
        }
    }

    /// Those that are there now leave the sheet; it closes when nothing was refused.
    fn imported(&mut self, imported: Imported) -> Vec<Effect> {
        let Imported { added, refused } = imported;
        if let Some(Sheet::Import(sheet)) = &mut self.sheet {
            sheet.adding = false;
            if refused.is_empty() {
                self.sheet = None;
            } else {
                sheet.refused = refused;
            }
        } else {
            for (_, problem) in &refused {
                self.tell_problem(problem);
            }
        }
        let Some(first) = added.first() else {
            return Vec::new();
        };
        let told = match added.as_slice() {
            [one] => format!("{one} added"),
            more => format!("{} profiles added", more.len()),
        };
        self.tell(told);
        self.selected = Some(first.clone());
        self.page = Page::Profile;
        self.tab = Tab::Overview;
        vec![Effect::LoadProfiles]
    }
}
