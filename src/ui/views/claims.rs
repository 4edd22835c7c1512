//! The rows of a token: header, then each claim with what its name means.
//!
//! Meanings: RFC 7519, section 4.1; OpenID Connect Core 1.0, sections 2 and 5.1; the Cognito
//! developer guide, "Understanding user pool JSON web tokens".

use eframe::egui::accesskit::Role;
use eframe::egui::text::LayoutJob;
use eframe::egui::{Align2, Sense, Ui, WidgetInfo, vec2};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Actions;
use super::words::{ago, clock_and_day, until};
use crate::app::Action;
use crate::domain::{Claim, ClaimValue, SeenToken};
use crate::ui::theme::{Tokens, Type, paint_galley, size, space};
use crate::ui::widgets::key_value::copy_button_ui;

/// Draws the rows.
pub fn claims_ui(
    ui: &mut Ui,
    now: Timestamp,
    token: &SeenToken,
    zone: &TimeZone,
    actions: &mut Actions,
) {
    let header = token.reading.header.iter();
    let header: Vec<String> = header
        .map(|claim| format!("{} {}", claim.name, lines(claim, now, zone)))
        .collect();
    let mut row = |name: &str, value: &str| {
        if row_ui(ui, &token.title, name, value) {
            actions.push(Action::CopyText {
                what: "Claim",
                text: value.to_owned(),
            });
        }
    };
    row("Header", &header.join("\n"));
    for claim in &token.reading.claims {
        row(&claim.name, &lines(claim, now, zone));
    }
}

/// The value in words, a list with an entry a line.
fn lines(claim: &Claim, now: Timestamp, zone: &TimeZone) -> String {
    match &claim.value {
        ClaimValue::Text(text) | ClaimValue::Json(text) => text.clone(),
        ClaimValue::List(items) if items.is_empty() => "none".to_owned(),
        ClaimValue::List(items) => items.join("\n"),
        ClaimValue::Time(at) => {
            let distance = if *at > now {
                until(now, *at)
            } else {
                ago(now, *at)
            };
            format!("{}, {distance}", clock_and_day(now, *at, zone))
        }
    }
}

/// True when its copy button was clicked.
fn row_ui(ui: &mut Ui, title: &str, name: &str, value: &str) -> bool {
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    let mut job = LayoutJob::default();
    job.wrap.max_width = (width - size::COPY_ROOM).max(0.0);
    job.wrap.break_anywhere = true;
    job.append(name, 0.0, Type::SmallStrong.format(tokens.text));
    if let Some(meaning) = meaning(name) {
        job.append(meaning, space::M, Type::Small.format(tokens.muted));
    }
    job.append("\n", 0.0, Type::Small.format(tokens.muted));
    job.append(value, 0.0, Type::Mono.format(tokens.text));
    let galley = ui.painter().layout_job(job);
    let size = vec2(width, galley.size().y + space::L);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let spoken = format!("{name}: {}", value.replace('\n', ", "));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    paint_galley(ui, galley, Align2::LEFT_TOP, rect.min);
    copy_button_ui(ui, rect, &format!("{title}: {name}"))
}

/// What a name means; none for names that are somebody's own.
fn meaning(name: &str) -> Option<&'static str> {
    Some(match name {
        "Header" => "How it is signed",
        "cognito:groups" => "Groups in the user pool, by precedence",
        "cognito:roles" => "Roles of those groups",
        "cognito:preferred_role" => "Role of the group that goes first",
        "cognito:username" | "username" => "Name in the user pool",
        "sub" => "Who, the same for ever",
        "iss" => "Who made it",
        "aud" | "client_id" => "For which app client",
        "azp" => "For which client",
        "token_use" => "ID or access token",
        "scope" => "What it may be used for",
        "auth_time" => "When somebody signed in",
        "iat" => "When it was made",
        "exp" => "When it expires",
        "nbf" => "Not good before",
        "jti" => "This token's own ID",
        "origin_jti" => "The sign-in it belongs to: revoked together",
        "event_id" => "The sign-in's ID in the user pool's log",
        "nonce" => "Ties it to one browser sign-in",
        "at_hash" => "Ties it to its access token",
        "amr" => "How somebody proved who they are",
        "email" => "E-mail address",
        "email_verified" => "The address was checked",
        "phone_number" => "Phone number",
        "phone_number_verified" => "The number was checked",
        "device_key" => "The device it was made for",
        "identities" => "Accounts at other providers",
        "version" => "Version of the access token",
        _ => return None,
    })
}
