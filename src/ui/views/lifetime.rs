//! The card with the countdown.

use eframe::egui::accesskit::Role;
use eframe::egui::{Align2, Response, Sense, Ui, WidgetInfo, vec2};
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::Actions;
use super::words::{clock, clock_and_day, countdown};
use crate::app::{Action, Model, ProfileState};
use crate::domain::{Lifetime, Session};
use crate::ui::theme::{Tokens, Type, paint_galley, space};
use crate::ui::widgets::card::card_title_with_ui;
use crate::ui::widgets::hover::text_on_hover;
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
        text_on_hover(switch, "Renew by itself while Poolkey runs").clicked()
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
    tell_countdown(ui, &response, model, session);
    paint_galley(ui, galley, Align2::LEFT_CENTER, rect.left_center());
    ui.add_space(space::L);
    meter_ui(ui, session.remaining_share(model.now), meter);
    ui.add_space(space::L);
    let sentence = expiry(model, state, session, zone);
    ui.label(Type::Small.rich(sentence, tokens.muted));
}

/// The name stays the same, so that nothing is read out each second; the words are there for who
/// asks, and the exact seconds as a number.
fn tell_countdown(ui: &Ui, response: &Response, model: &Model, session: &Session) {
    let left = session.remaining(model.now);
    let whole = session
        .obtained_at
        .duration_until(session.credentials.expires_at);
    let words = left_in_words(left);
    response.widget_info(|| WidgetInfo::labeled(Role::Timer, true, "Remaining lifetime"));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(words.as_str());
        node.set_value(words.as_str());
        node.set_numeric_value(left.as_secs_f64().max(0.0));
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(whole.as_secs_f64());
    });
}

/// `42 minutes 17 seconds left`, `1 hour 2 minutes 3 seconds left`.
fn left_in_words(left: SignedDuration) -> String {
    let seconds = left.as_secs().max(0);
    let parts = [
        (seconds / 3600, "hour"),
        (seconds / 60 % 60, "minute"),
        (seconds % 60, "second"),
    ];
    let mut words: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}{}", if count == 1 { "" } else { "s" }))
        .collect();
    if words.is_empty() {
        words.push("0 seconds".to_owned());
    }
    format!("{} left", words.join(" "))
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
