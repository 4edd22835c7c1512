//! "Discover": looking into an AWS account, and adding what was found.

use crate::app::{Attempt, Discovery, Effect, Model, Page, ProfileDraft, Tab};
use crate::domain::discovery::{AwsSource, Offers, Progress};
use crate::domain::{Problem, ProfileName, Region, Secret};

impl Model {
    pub(super) fn open_discover(&mut self) -> Vec<Effect> {
        self.page = Page::Discover;
        vec![Effect::FindSources]
    }

    /// What was found holds app clients' secrets: it goes with the page, whatever took that away.
    pub(super) fn leave_discover(&mut self) -> Vec<Effect> {
        if self.page == Page::Discover {
            return Vec::new();
        }
        let effects = self.stop_discovering();
        self.discovery = Discovery {
            adding: self.discovery.adding,
            ..Discovery::default()
        };
        effects
    }

    pub(super) fn sources_found(&mut self, result: Result<Vec<AwsSource>, Problem>) -> Vec<Effect> {
        self.discovery.sources = Some(result);
        Vec::new()
    }

    pub(super) fn discover(&mut self, source: AwsSource, regions: Vec<Region>) -> Vec<Effect> {
        if regions.is_empty() {
            return Vec::new();
        }
        let mut effects = self.stop_discovering();
        let attempt = self.new_attempt();
        self.discovery.running = Some(attempt);
        self.discovery.progress = Progress::default();
        self.discovery.result = None;
        effects.push(Effect::Discover {
            attempt,
            source: Box::new(source),
            regions,
        });
        effects
    }

    pub(super) fn stop_discovering(&mut self) -> Vec<Effect> {
        let running = self.discovery.running.take();
        running.map(Effect::Cancel).into_iter().collect()
    }

    pub(super) fn discovering(&mut self, attempt: Attempt, progress: Progress) -> Vec<Effect> {
        if self.discovery.running == Some(attempt) {
            self.discovery.progress = progress;
        }
        Vec::new()
    }

    pub(super) fn discovered(
        &mut self,
        attempt: Attempt,
        result: Result<Box<Offers>, Problem>,
    ) -> Vec<Effect> {
        if self.discovery.running == Some(attempt) {
            self.discovery.running = None;
            self.discovery.result = Some(result);
        }
        Vec::new()
    }

    /// Once at a time: a second press would add them twice.
    pub(super) fn add_discovered(&mut self, names: &[ProfileName]) -> Vec<Effect> {
        if self.discovery.adding {
            return Vec::new();
        }
        let fresh = self.discovery.offers().map(Offers::fresh);
        let chosen = fresh.into_iter().flatten();
        let chosen = chosen.filter(|found| names.contains(&found.profile.name));
        let drafts: Vec<ProfileDraft> = chosen
            .map(|found| ProfileDraft {
                original: None,
                profile: found.profile.clone(),
                client_secret: found.client_secret.as_ref().map(Secret::duplicate),
                login_secrets: Vec::new(),
            })
            .collect();
        if drafts.is_empty() {
            return Vec::new();
        }
        self.discovery.adding = true;
        self.after_removals(Effect::AddFound(drafts))
    }

    /// Leads to the first of them; where one was refused the page stays.
    pub(super) fn found_added(
        &mut self,
        added: &[ProfileName],
        refused: &[(ProfileName, Problem)],
    ) -> Vec<Effect> {
        self.discovery.adding = false;
        for (name, problem) in refused {
            let sentence = format!("{name} was not added: {}", problem.sentence);
            self.tell_problem(&Problem {
                sentence,
                ..problem.clone()
            });
        }
        let Some(first) = added.first().cloned() else {
            return Vec::new();
        };
        self.tell(match added.len() {
            1 => format!("{first} added"),
            several => format!("{several} profiles added"),
        });
        if let Some(Ok(offers)) = &mut self.discovery.result {
            let mut ready = offers.ready.iter_mut();
            while let Some(found) = ready.find(|found| added.contains(&found.profile.name)) {
                found.known = Some(found.profile.name.clone());
                found.client_secret = None;
            }
        }
        if refused.is_empty() && self.page == Page::Discover {
            self.page = Page::Profile;
            self.selected = Some(first);
            self.tab = Tab::Overview;
        }
        vec![Effect::LoadProfiles]
    }
}
