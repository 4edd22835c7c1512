//! What the list remembers between frames: what is typed into its search, where the keyboard is in
//! it, which rows there are, and what is being dragged.
//!
//! Deliberately absent: what is selected, marked and collapsed, which the model has.

use eframe::egui::Id;

use crate::app::list::Haystacks;
use crate::app::{Model, Row, Rows};
use crate::domain::{ListOrder, ProfileName};
use crate::ui::theme::size;

/// A row that the keyboard can be at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cursor {
    /// A profile.
    Profile(ProfileName),
    /// A heading, by the key of its section.
    Heading(String),
}

/// What the rows were made of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Made {
    changes: u64,
    revision: u64,
    search: String,
    order: ListOrder,
}

/// What the list remembers between frames.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a wish that goes with any other"
)]
pub struct ListDraft {
    /// The search.
    pub search: String,
    /// The list's widget, which the rows' are made from.
    pub list_id: Option<Id>,
    /// The field of the sheet for a new name.
    pub name: String,
    /// True until that field has been given the keyboard.
    pub name_wanted: bool,
    /// The row that the keyboard is at, or comes to.
    pub cursor: Option<Cursor>,
    /// Where a range of marked rows began.
    pub anchor: Option<ProfileName>,
    /// The row at the cursor is to be brought into sight.
    pub sight_wanted: bool,
    /// The list is to begin at its top.
    pub top_wanted: bool,
    /// The keyboard is to come to the row at the cursor.
    pub focus_wanted: bool,
    /// The rows being dragged.
    pub dragged: Vec<ProfileName>,
    /// The row whose menu the pointer opened, beside it and not beside the row.
    pub menu_at_pointer: bool,
    /// The first and last row that were in sight.
    pub in_sight: (usize, usize),
    haystacks: Haystacks,
    made: Option<Made>,
    rows: Rows,
    tops: Vec<f32>,
    listed: (Option<ProfileName>, bool),
    sheet_of: Option<String>,
}

impl ListDraft {
    /// Brings the rows up to date. While the pointer is over them, rows that are sorted by time stay
    /// where they are.
    pub fn follow(&mut self, model: &Model, hovered: bool) {
        let made = Made {
            changes: model.list.changes(),
            revision: model.list.revision,
            search: self.search.trim().to_owned(),
            order: model.settings.list_order,
        };
        let stays = |before: &Made| {
            let is_held = hovered && made.order == ListOrder::Expiry;
            is_held
                && Made {
                    changes: made.changes,
                    ..before.clone()
                } == made
        };
        let is_made = self
            .made
            .as_ref()
            .is_some_and(|before| *before == made || stays(before));
        if !is_made || self.made.is_none() {
            let places = self.haystacks.matching(model, &made.search);
            self.rows = Rows::of(model, &places, !made.search.is_empty());
            self.tops = tops(&self.rows.rows);
            let before = self.made.replace(made);
            let searched = |made: &Option<Made>| made.as_ref().map(|made| made.search.clone());
            // Whatever was in sight before, the best match is the first row.
            self.top_wanted |= !self.search.is_empty() && searched(&before) != searched(&self.made);
        }
        self.follow_selection(model);
    }

    /// The cursor goes where the selection goes, and both into sight; once more when a search no
    /// longer hides the others.
    fn follow_selection(&mut self, model: &Model) {
        let is_plain = self.search.is_empty();
        if self.listed.0 == model.selected && self.listed.1 == is_plain {
            return;
        }
        let is_selected = self.listed.0 != model.selected;
        self.listed = (model.selected.clone(), is_plain);
        self.cursor = model.selected.clone().map(Cursor::Profile);
        self.sight_wanted = is_selected || is_plain;
    }

    /// The sheets of the list begin with what they are about.
    pub fn follow_sheet(&mut self, about: Option<String>, begin: &str) {
        if self.sheet_of == about {
            return;
        }
        self.name_wanted = about.is_some();
        begin.clone_into(&mut self.name);
        self.sheet_of = about;
    }

    /// From top to bottom.
    #[must_use]
    pub const fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Where each row begins, and where the last one ends.
    #[must_use]
    pub fn tops(&self) -> &[f32] {
        &self.tops
    }

    /// The first profile.
    #[must_use]
    pub fn first(&self, model: &Model) -> Option<Cursor> {
        let state = model.profiles.get(*self.rows.profiles.first()?)?;
        Some(Cursor::Profile(state.profile.name.clone()))
    }

    /// What the row at `index` is.
    #[must_use]
    pub fn at(&self, model: &Model, index: usize) -> Option<Cursor> {
        match self.rows.rows.get(index)? {
            Row::Heading { section, .. } => Some(Cursor::Heading(section.key())),
            Row::Profile(place) => {
                let state = model.profiles.get(*place)?;
                Some(Cursor::Profile(state.profile.name.clone()))
            }
        }
    }

    /// The row that the cursor is at; the first profile's where it is nowhere.
    #[must_use]
    pub fn cursor_index(&self, model: &Model) -> Option<usize> {
        let is_at = |row: &Row| match (row, &self.cursor) {
            (Row::Heading { section, .. }, Some(Cursor::Heading(key))) => section.key() == *key,
            (Row::Profile(place), Some(Cursor::Profile(name))) => {
                let state = model.profiles.get(*place);
                state.is_some_and(|state| state.profile.name == *name)
            }
            _ => false,
        };
        let mut rows = self.rows.rows.iter();
        let found = rows.position(is_at);
        found.or_else(|| {
            let mut rows = self.rows.rows.iter();
            rows.position(|row| matches!(row, Row::Profile(_)))
        })
    }

    /// The profiles between two, in the order shown, ends included.
    #[must_use]
    pub fn between(
        &self,
        model: &Model,
        one: &ProfileName,
        other: &ProfileName,
    ) -> Vec<ProfileName> {
        let names: Vec<&ProfileName> = self
            .rows
            .profiles
            .iter()
            .filter_map(|place| Some(&model.profiles.get(*place)?.profile.name))
            .collect();
        let at = |wanted: &ProfileName| names.iter().position(|name| *name == wanted);
        let (Some(one), Some(other)) = (at(one), at(other)) else {
            return vec![other.clone()];
        };
        let range = names
            .get(one.min(other)..=one.max(other))
            .unwrap_or_default();
        range.iter().map(|name| (*name).clone()).collect()
    }
}

fn tops(rows: &[Row]) -> Vec<f32> {
    let mut top = 0.0;
    let mut tops = Vec::with_capacity(rows.len() + 1);
    tops.push(top);
    for row in rows {
        top += match row {
            Row::Heading { .. } => size::GROUP_HEIGHT,
            Row::Profile(_) => size::ROW_HEIGHT,
        };
        tops.push(top);
    }
    tops
}
