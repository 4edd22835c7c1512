//! What is chosen on the page, and what is left out of what was found.

use std::collections::BTreeSet;

use crate::app::{Model, Page};
use crate::domain::discovery::{AwsSource, Found, Offers};
use crate::domain::{ProfileName, Region};

/// The page's fields.
#[derive(Default)]
pub struct DiscoverDraft {
    /// Which of the AWS profiles.
    pub source: usize,
    /// Typed, with commas between them.
    pub regions: String,
    /// Ticked though they are not at first, or the other way round.
    turned: BTreeSet<ProfileName>,
    /// Whose region was filled in.
    filled_for: Option<String>,
}

impl DiscoverDraft {
    /// Follows the model: another AWS profile has another region, and a page that was left keeps
    /// nothing.
    pub fn follow(&mut self, model: &Model) {
        if model.page != Page::Discover {
            self.turned.clear();
            return;
        }
        let Some(Ok(sources)) = &model.discovery.sources else {
            return;
        };
        if self.source >= sources.len() {
            self.source = 0;
        }
        let Some(source) = sources.get(self.source) else {
            return;
        };
        if self.filled_for.as_ref() != Some(&source.name) {
            self.filled_for = Some(source.name.clone());
            let region = source.region.as_ref();
            self.regions = region.map(ToString::to_string).unwrap_or_default();
        }
    }

    /// The AWS profile that is chosen.
    #[must_use]
    pub fn chosen_source<'a>(&self, model: &'a Model) -> Option<&'a AwsSource> {
        let sources = model.discovery.sources.as_ref()?.as_ref().ok()?;
        sources.get(self.source)
    }

    /// The regions as typed, each once.
    ///
    /// # Errors
    /// Why one of them is none.
    pub fn parsed_regions(&self) -> Result<Vec<Region>, String> {
        let typed = self.regions.split([',', ' ', ';']);
        let typed = typed.filter(|text| !text.is_empty());
        let mut regions: Vec<Region> = typed
            .map(|text| text.parse().map_err(|error| format!("{text}: {error}")))
            .collect::<Result<_, _>>()?;
        regions.sort();
        regions.dedup();
        Ok(regions)
    }

    /// True where it is to be added.
    #[must_use]
    pub fn is_chosen(&self, found: &Found) -> bool {
        let is_turned = self.turned.contains(&found.profile.name);
        found.known.is_none() && found.is_usual() != is_turned
    }

    /// Ticks a profile, or no longer.
    pub fn turn(&mut self, name: &ProfileName) {
        if !self.turned.remove(name) {
            self.turned.insert(name.clone());
        }
    }

    /// What is to be added.
    #[must_use]
    pub fn chosen(&self, offers: &Offers) -> Vec<ProfileName> {
        let chosen = offers.fresh().filter(|found| self.is_chosen(found));
        chosen.map(|found| found.profile.name.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_parsed_once_each() {
        let parsed = |text: &str| {
            let draft = DiscoverDraft {
                regions: text.to_owned(),
                ..DiscoverDraft::default()
            };
            draft.parsed_regions().map(|regions| {
                let texts: Vec<String> = regions.iter().map(ToString::to_string).collect();
                texts.join(" ")
            })
        };
        assert_eq!(parsed(""), Ok(String::new()));
        let both = Ok("eu-west-1 us-east-1".to_owned());
        assert_eq!(parsed("us-east-1, eu-west-1,us-east-1"), both);
        assert!(
            parsed("eu-west-1 Ireland")
                .unwrap_err()
                .starts_with("Ireland")
        );
    }
}
