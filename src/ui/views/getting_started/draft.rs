//! What is typed and ticked while profiles are imported.

use std::collections::{HashMap, HashSet};

use crate::app::Attempt;
use crate::app::{ImportSheet, Model, Sheet};
use crate::domain::{
    IdentityPoolId, Offer, Offered, Profile, ProfileName, free_name, is_same, settled,
};

/// The Import page and its sheet.
#[derive(Default)]
pub struct ImportDraft {
    /// Of a file.
    pub path: String,
    /// Pasted.
    pub text: String,
    /// One an offer.
    pub rows: Vec<OfferDraft>,
    /// How high each row was when it was last drawn.
    pub heights: Vec<f32>,
    shown: Option<Attempt>,
}

/// What is typed about one offer.
#[derive(Default, Clone, PartialEq, Eq)]
pub struct OfferDraft {
    /// Ticked.
    pub take: bool,
    /// The name it gets.
    pub name: String,
    /// Where the file names none.
    pub identity_pool: String,
    /// The profile of this name says the same already.
    pub is_known: bool,
}

/// What is wrong with what is typed about one offer.
#[derive(Default, Debug, Clone, PartialEq, Eq)]
pub struct OfferFault {
    /// About the name.
    pub name: Option<String>,
    /// About the identity pool.
    pub identity_pool: Option<String>,
}

impl ImportDraft {
    /// Follows the model: another sheet has other offers, and what was added is not typed again.
    pub fn follow(&mut self, model: &Model) {
        let Some(Sheet::Import(sheet)) = &model.sheet else {
            if self.shown.take().is_some() {
                self.rows.clear();
                // It was understood; a text is kept only as long as somebody may correct it.
                self.text.clear();
            }
            return;
        };
        if self.shown != Some(sheet.attempt) {
            self.shown = Some(sheet.attempt);
            self.rows = rows(sheet, model);
            self.heights.clear();
        }
        // What is added already is not added again.
        if !sheet.adding && !sheet.refused.is_empty() {
            for row in &mut self.rows {
                let is_refused = |(name, _): &(ProfileName, _)| name.as_str() == row.name.trim();
                row.take &= sheet.refused.iter().any(is_refused);
            }
        }
    }

    /// What is wrong with each row that is ticked. Each row and each profile is looked at once: this
    /// is asked in every frame.
    #[must_use]
    pub fn faults(&self, sheet: &ImportSheet, model: &Model) -> Vec<OfferFault> {
        let mut times: HashMap<&str, usize> = HashMap::new();
        for row in self.rows.iter().filter(|row| row.take) {
            *times.entry(row.name.trim()).or_default() += 1;
        }
        let names = model
            .profiles
            .iter()
            .map(|state| state.profile.name.as_str());
        let taken: HashSet<&str> = names.filter(|name| times.contains_key(name)).collect();
        let rows = self.rows.iter().zip(&sheet.offers);
        rows.map(|(row, offer)| {
            if !row.take {
                return OfferFault::default();
            }
            let name = row.name.trim();
            let is_twice = times.get(name).is_some_and(|times| *times > 1);
            Self::fault(row, offer, taken.contains(name), is_twice)
        })
        .collect()
    }

    fn fault(row: &OfferDraft, offer: &Offered, is_taken: bool, is_twice: bool) -> OfferFault {
        let name = row.name.trim();
        let name = match name.parse::<ProfileName>() {
            Err(error) => Some(error.to_string()),
            Ok(_) if is_taken => Some(format!("There is a profile {name} already")),
            Ok(_) if is_twice => Some("Two of them have this name".to_owned()),
            Ok(_) => None,
        };
        let identity_pool = match (&offer.offer, row.identity_pool.trim()) {
            (Offer::NoIdentityPool(_), "") => {
                Some("It needs the ID of an identity pool".to_owned())
            }
            (Offer::NoIdentityPool(_), text) => {
                let error = text.parse::<IdentityPoolId>().err();
                error.map(|error| error.to_string())
            }
            _ => None,
        };
        OfferFault {
            name,
            identity_pool,
        }
    }

    /// The ticked profiles, as they are to be added, where nothing is wrong with them.
    #[must_use]
    pub fn chosen(&self, sheet: &ImportSheet) -> Option<Vec<Profile>> {
        let ticked = self
            .rows
            .iter()
            .zip(&sheet.offers)
            .filter(|(row, _)| row.take);
        let named = ticked.map(|(row, offer)| {
            let profile = offer.profile(row.identity_pool.trim().parse().ok())?;
            Some((row.name.trim().parse().ok()?, profile))
        });
        Some(settled(named.collect::<Option<Vec<_>>>()?))
    }
}

/// Ticked is what lacks nothing, needs no second look and is not there already. Names that are taken
/// get a number.
fn rows(sheet: &ImportSheet, model: &Model) -> Vec<OfferDraft> {
    let mut taken: HashSet<String> = model
        .profiles
        .iter()
        .map(|state| state.profile.name.to_string())
        .collect();
    let rows = sheet.offers.iter().map(|offer| {
        let is_useless = matches!(offer.offer, Offer::Useless { .. });
        let name = match offer.name().parse::<ProfileName>() {
            Ok(name) if !is_useless => free_name(&name, |name| taken.contains(name)).to_string(),
            _ => offer.name().to_owned(),
        };
        taken.insert(name.clone());
        let is_known = is_known(offer, model);
        OfferDraft {
            take: offer.is_usual() && !is_known,
            name,
            identity_pool: String::new(),
            is_known,
        }
    });
    rows.collect()
}

/// True where the profile of this name says what is offered.
fn is_known(offer: &Offered, model: &Model) -> bool {
    let Offer::Ready(offered) = &offer.offer else {
        return false;
    };
    let here = model.profile(&offered.name);
    here.is_some_and(|here| is_same(offered, &here.profile))
}
