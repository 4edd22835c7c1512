//! Makes egui's own style follow the tokens, for the few widgets that are egui's: labels, text
//! editing, scroll bars, menus, tooltips.
//!
//! Deliberately absent: anything a widget of `widgets/` paints itself.

use eframe::egui::style::{ScrollStyle, Selection, WidgetVisuals, Widgets};
use eframe::egui::{Context, CornerRadius, Shadow, Stroke, Style, TextStyle, Theme, Visuals, vec2};

use super::fonts;
use super::scale::{margin, motion, radius, size, space};
use super::text::Type;
use super::tokens::{DARK, LIGHT, Tokens};

/// Gives a context the fonts and both styles. `motion` is off in tests and where the system asks
/// for reduced motion.
pub fn install(ctx: &Context, motion: bool) {
    ctx.set_fonts(fonts::definitions());
    for (theme, tokens) in [(Theme::Dark, &DARK), (Theme::Light, &LIGHT)] {
        ctx.set_style_of(theme, style(theme, tokens, motion));
    }
}

fn style(theme: Theme, tokens: &Tokens, motion: bool) -> Style {
    let mut style = Style {
        visuals: visuals(theme, tokens),
        animation_time: if motion { motion::SECONDS } else { 0.0 },
        ..Style::default()
    };
    style.text_styles = [
        (TextStyle::Body, Type::Body),
        (TextStyle::Button, Type::Strong),
        (TextStyle::Small, Type::Small),
        (TextStyle::Heading, Type::Title),
        (TextStyle::Monospace, Type::Mono),
    ]
    .map(|(style, kind)| (style, kind.font()))
    .into();
    style.spacing.item_spacing = vec2(space::M, 0.0);
    style.spacing.interact_size = vec2(space::XXXL, Type::Body.line_height());
    style.spacing.button_padding = vec2(size::BUTTON_PADDING, space::S);
    style.spacing.menu_margin = margin(space::S, space::S);
    style.spacing.scroll = ScrollStyle {
        bar_width: space::S,
        ..ScrollStyle::floating()
    };
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = motion::TOOLTIP_SECONDS;
    style
}

fn visuals(theme: Theme, tokens: &Tokens) -> Visuals {
    let mut visuals = theme.default_visuals();
    visuals.override_text_color = None;
    // What an empty field shows; nothing else of ours is weak.
    visuals.weak_text_color = Some(tokens.placeholder);
    visuals.widgets = widgets(tokens);
    visuals.selection = Selection {
        bg_fill: tokens.accent.gamma_multiply(0.30),
        stroke: Stroke::new(size::LINE, tokens.accent),
    };
    visuals.hyperlink_color = tokens.accent;
    visuals.faint_bg_color = tokens.raised;
    visuals.extreme_bg_color = tokens.background;
    visuals.text_edit_bg_color = Some(tokens.background);
    visuals.code_bg_color = tokens.raised;
    visuals.warn_fg_color = tokens.warning;
    visuals.error_fg_color = tokens.danger;
    visuals.window_corner_radius = CornerRadius::same(radius::SHEET);
    visuals.menu_corner_radius = CornerRadius::same(radius::CARD);
    visuals.window_fill = tokens.card;
    visuals.window_stroke = Stroke::new(size::LINE, tokens.line);
    visuals.panel_fill = tokens.background;
    let shadow = |blur, y| Shadow {
        offset: [0, y],
        blur,
        spread: 0,
        color: tokens.shadow,
    };
    visuals.window_shadow = shadow(40, 16);
    visuals.popup_shadow = shadow(20, 8);
    visuals.text_cursor.stroke = Stroke::new(1.5, tokens.text);
    visuals.text_cursor.blink = false;
    visuals
}

fn widgets(tokens: &Tokens) -> Widgets {
    let state = |fill, stroke, text| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(size::LINE, stroke),
        corner_radius: CornerRadius::same(radius::CONTROL),
        fg_stroke: Stroke::new(size::LINE, text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: state(tokens.card, tokens.line, tokens.text),
        inactive: state(tokens.raised, tokens.line, tokens.text),
        hovered: state(tokens.hovered, tokens.line, tokens.text),
        active: state(tokens.hovered, tokens.accent, tokens.text),
        open: state(tokens.raised, tokens.line, tokens.text),
    }
}
