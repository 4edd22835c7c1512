//! The sheet while the sign-in goes on in the browser: the address for another browser, and a
//! field for what that one ended at.
//!
//! Deliberately absent: a web view. The password is typed where the person's password manager is.

use eframe::egui::{Align, Layout, Ui};

use super::draft::SignInDraft;
use super::message::room_ui;
use super::{WIDEST, enter, pad_ui};
use crate::app::Action;
use crate::domain::{Problem, Profile};
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::views::Actions;
use crate::ui::views::words::with_hint;
use crate::ui::widgets::alert::alert_ui;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::password_field::PasswordField;
use crate::ui::widgets::sheet::sheet_buttons_ui;

/// A sign-in that waits for the browser.
pub(super) struct Waiting<'a> {
    /// None while the browser is being opened.
    pub url: Option<&'a str>,
    /// True when nothing waits for the browser any more.
    pub ended: bool,
    /// Why what was pasted is no good, or why it ended.
    pub problem: Option<&'a Problem>,
    /// Where.
    pub profile: &'a Profile,
}

/// Adds the sheet's contents.
pub(super) fn browser_ui(
    ui: &mut Ui,
    waiting: &Waiting<'_>,
    draft: &mut SignInDraft,
    actions: &mut Actions,
) {
    let top = ui.cursor().top();
    let tokens = Tokens::of(ui);
    ui.add_space(space::XS);
    let (heading, text) = words(waiting);
    ui.label(Type::Body.rich(heading, tokens.text));
    ui.label(Type::Small.rich(text, tokens.muted));
    ui.add_space(space::XL);
    let entered = if waiting.ended {
        again_ui(ui, draft, actions);
        false
    } else {
        address_ui(ui, waiting, actions);
        ui.add_space(space::XXL);
        paste_ui(ui, draft)
    };
    ui.add_space(space::L);
    room_ui(ui, |ui| {
        if let Some(problem) = waiting.problem {
            alert_ui(ui, &with_hint(problem));
        }
    });
    pad_ui(ui, top);
    let pasted = buttons_ui(ui, waiting, draft, actions);
    let text = draft.value("pasted");
    if (pasted || entered) && !text.edit().trim().is_empty() {
        actions.push(Action::PasteCode(text.hand_over()));
        draft.focus_wanted = true;
    }
}

const fn words(waiting: &Waiting<'_>) -> (&'static str, &'static str) {
    let page = "The sign-in page opens there. This sheet closes by itself when you are signed in";
    match waiting.url {
        _ if waiting.ended => (
            "The browser did not sign you in",
            "Nothing waits for the browser any more",
        ),
        Some(_) => ("Sign in in the browser", page),
        None => ("Opening the browser…", page),
    }
}

/// The one thing left to do.
fn again_ui(ui: &mut Ui, draft: &mut SignInDraft, actions: &mut Actions) {
    let again = ui.add(Button::secondary("Open the browser again"));
    if std::mem::take(&mut draft.focus_wanted) {
        again.request_focus();
    }
    if again.clicked() {
        actions.push(Action::UseBrowser { username: None });
    }
}

fn address_ui(ui: &mut Ui, waiting: &Waiting<'_>, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        let copy = ui.add_enabled(waiting.url.is_some(), Button::secondary("Copy the address"));
        if copy.clicked()
            && let Some(url) = waiting.url
        {
            actions.push(Action::CopyText {
                what: "Address",
                text: url.to_owned(),
            });
        }
        let again = ui.add_enabled(waiting.url.is_some(), Button::ghost("Open it again"));
        if again.clicked() {
            actions.push(Action::UseBrowser { username: None });
        }
    });
}

/// True when Enter was pressed in the field.
fn paste_ui(ui: &mut Ui, draft: &mut SignInDraft) -> bool {
    let muted = Tokens::of(ui).muted;
    let text = "Is the browser on another machine? Its last page does not load there. Paste that \
                page's address here";
    ui.label(Type::Small.rich(text, muted));
    ui.add_space(space::M);
    let field = PasswordField::new("Address or code", draft.value("pasted").edit()).show(ui);
    if std::mem::take(&mut draft.focus_wanted) {
        field.request_focus();
    }
    field.lost_focus() && enter(ui)
}

/// True when Continue was clicked.
fn buttons_ui(
    ui: &mut Ui,
    waiting: &Waiting<'_>,
    draft: &mut SignInDraft,
    actions: &mut Actions,
) -> bool {
    ui.add_space(space::M);
    sheet_buttons_ui(ui, |ui| {
        let typed = !draft.value("pasted").is_empty();
        let next = Button::primary("Continue").min_width(WIDEST);
        let clicked = !waiting.ended && ui.add_enabled(typed, next).clicked();
        if ui.add(Button::secondary("Cancel")).clicked() {
            actions.push(Action::CloseSheet);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if waiting.profile.sign_in.asks_here()
                && ui.add(Button::quiet("Use another method")).clicked()
            {
                actions.push(Action::SignIn(waiting.profile.name.clone()));
            }
        });
        clicked
    })
}
