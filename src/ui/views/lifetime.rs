//! The card with the countdown.

use eframe::egui::accesskit::Role;
use eframe::egui::{Align2, Sense, Ui, WidgetInfo, vec2};
use jiff::tz::TimeZone;

use super::Actions;
use super::words::{clock, clock_and_day, countdown};
use crate::app::{Action, Model, ProfileState};
use crate::domain::{Lifetime, Session};
use crate::ui::theme::{Tokens, Type, paint_galley, space};
use crate::ui::widgets::card::card_title_with_ui;
use crate::ui::widgets::meter::meter_ui;
use crate::ui::widgets::switch::switch_ui;

/// Draws the card.
pub fn lifetime_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    session: &Session,
    zone: &TimeZone,
    actions: &mut Actions,
) {
    let tokens = Tokens::of(ui);
    let switched = card_title_with_ui(ui, "Remaining lifetime", |ui| {
        let switch = switch_ui(ui, state.profile.keep_fresh, "Keep fresh");
        ui.label(Type::Small.rich("Keep fresh", tokens.muted));
        switch
            .on_hover_text("Renew by itself while Poolkey runs")
            .clicked()
    });
    if switched {
        actions.push(Action::ToggleKeepFresh(state.profile.name.clone()));
    }
    let (number, meter) = match session.lifetime(model.now) {
        Lifetime::Valid => (tokens.text, tokens.accent),
        Lifetime::Expiring => (tokens.warning, tokens.warning),
        Lifetime::Expired => (tokens.danger, tokens.danger),
    };
    let text = countdown(session.remaining(model.now));
    let galley = Type::Countdown.line(ui, &text, number, f32::INFINITY);
    let size = vec2(ui.available_width(), Type::Countdown.line_height());
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let spoken = format!("Remaining lifetime: {text}");
    response.widget_info(|| WidgetInfo::labeled(Role::Timer, true, &spoken));
    paint_galley(ui, galley, Align2::LEFT_CENTER, rect.left_center());
    ui.add_space(space::L);
    meter_ui(ui, session.remaining_share(model.now), meter);
    ui.add_space(space::L);
    let sentence = expiry(model, state, session, zone);
    ui.label(Type::Small.rich(sentence, tokens.muted));
}

fn expiry(model: &Model, state: &ProfileState, session: &Session, zone: &TimeZone) -> String {
    let at = clock_and_day(model.now, session.credentials.expires_at, zone);
    let renewal = match state.standing().renews_at() {
        Some(due) if due <= model.now => "renews by itself now".to_owned(),
        Some(due) => format!("renews by itself at {}", clock(due, zone)),
        None if state.refreshable => "does not renew by itself".to_owned(),
        None => "a new sign-in is needed then".to_owned(),
    };
    match session.lifetime(model.now) {
        Lifetime::Expired => format!("Expired at {at}"),
        _ => format!("Expires at {at} · {renewal}"),
    }
}
