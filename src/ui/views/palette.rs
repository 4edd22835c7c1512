//! The palette: every command and every profile, found by a few letters.
//!
//! What is typed stays in its draft and is forgotten when the palette closes.

use eframe::egui::{Context, Ui};

use super::Actions;
use crate::app::command::Group;
use crate::app::{Action, Command, Hit, Model, Offer, Sheet, hits};
use crate::ui::shortcuts::keys_text;
use crate::ui::theme::space;
use crate::ui::widgets::found_list::{
    FoundRow, choose, found_list_ui, nothing_found_ui, upper_panel_ui,
};
use crate::ui::widgets::search_field::search_field_ui;

const NAME: &str = "Commands and profiles";

/// What is typed, and what it leaves.
#[derive(Default)]
pub struct PaletteDraft {
    is_open: bool,
    typed: String,
    /// What it left when it was looked at last.
    searched: Option<String>,
    /// As they were when the palette opened.
    offers: Vec<Offer>,
    hits: Vec<Hit>,
    chosen: usize,
}

impl PaletteDraft {
    /// Begins anew each time the palette opens.
    pub fn follow(&mut self, model: &Model) {
        let is_open = matches!(model.sheet, Some(Sheet::Palette));
        if is_open && !self.is_open {
            self.offers = model.offers();
            self.searched = None;
        } else if !is_open && self.is_open {
            *self = Self::default();
        }
        self.is_open = is_open;
    }

    fn search(&mut self) {
        if self.searched.as_ref() != Some(&self.typed) {
            self.hits = hits(&self.offers, &self.typed);
            self.searched = Some(self.typed.clone());
            self.chosen = 0;
        }
    }

    fn offer(&self, number: usize) -> Option<(&Offer, &Hit)> {
        let hit = self.hits.get(number)?;
        Some((self.offers.get(hit.offer)?, hit))
    }
}

/// Draws the palette while it is open.
pub fn palette_ui(ui: &Ui, model: &Model, draft: &mut PaletteDraft, actions: &mut Actions) {
    if !matches!(model.sheet, Some(Sheet::Palette)) {
        return;
    }
    let mut taken = None;
    let escaped = upper_panel_ui(ui.ctx(), NAME, |ui| {
        draft.search();
        let entered = choose(ui, &mut draft.chosen, draft.hits.len());
        let field = search_field_ui(ui, &mut draft.typed, NAME, "Esc");
        if !field.has_focus() {
            field.request_focus();
        }
        if entered {
            taken = Some(draft.chosen);
        }
        draft.search();
        if draft.hits.is_empty() {
            nothing_found_ui(ui, "Nothing has this name");
            return;
        }
        ui.add_space(space::S);
        let ctx = ui.ctx().clone();
        let row = |number| {
            let (offer, hit) = draft.offer(number)?;
            Some(FoundRow {
                label: &offer.label,
                at: &hit.at,
                remark: remark(model, offer),
                keys: keys(&ctx, model, offer),
            })
        };
        let clicked = found_list_ui(ui, field.id, draft.chosen, draft.hits.len(), row);
        taken = clicked.or(taken);
    });
    if let Some((offer, _)) = taken.and_then(|number| draft.offer(number)) {
        actions.push(Action::Pick(offer.pick.clone()));
    } else if escaped {
        actions.push(Action::CloseSheet);
    }
}

/// Which profile it is about, or what kind of thing it is.
fn remark<'a>(model: &'a Model, offer: &Offer) -> &'a str {
    let command = offer.pick.command;
    match (command, command.group()) {
        (Command::Show, _) => "Profile",
        (_, Group::Go | Group::Window) => command.group().label(),
        _ if offer.pick.profile.is_some() => "",
        _ => model.selected.as_ref().map_or("", |name| name.as_str()),
    }
}

/// Keys are about the profile that is shown.
fn keys(ctx: &Context, model: &Model, offer: &Offer) -> Option<String> {
    let about = offer.pick.profile.as_ref();
    let fits = about.is_none() || about == model.selected.as_ref();
    keys_text(ctx, offer.pick.command).filter(|_| fits)
}
