//! Every widget in every state, on one page.

use std::sync::Arc;

use eframe::egui::{Align, CentralPanel, Color32, Frame, Id, Layout, Rect, Response, Ui, vec2};
use poolkey::domain::Secret;
use poolkey::ui::theme::{Icon, Tokens, Type, margin, size, space};
use poolkey::ui::widgets::alert::{alert_ui, warning_ui};
use poolkey::ui::widgets::button::Button;
use poolkey::ui::widgets::card::{card_title_ui, card_title_with_ui, card_ui};
use poolkey::ui::widgets::choice_row::choice_row_ui;
use poolkey::ui::widgets::code_boxes::code_boxes_ui;
use poolkey::ui::widgets::diff::diff_ui;
use poolkey::ui::widgets::dropdown::dropdown_ui;
use poolkey::ui::widgets::field::Remark;
use poolkey::ui::widgets::flow_strip::{FlowItem, Mark, flow_strip_ui};
use poolkey::ui::widgets::key_value::{key_value_ui, key_value_with_ui};
use poolkey::ui::widgets::menu::{
    menu_choice_ui, menu_frame, menu_item_ui, menu_row_ui, menu_switch_ui,
};
use poolkey::ui::widgets::meter::meter_ui;
use poolkey::ui::widgets::password_field::PasswordField;
use poolkey::ui::widgets::pill::{PillColors, pill_ui};
use poolkey::ui::widgets::ring::ring_ui;
use poolkey::ui::widgets::search_field::search_field_ui;
use poolkey::ui::widgets::secret_text::secret_line_ui;
use poolkey::ui::widgets::switch::switch_ui;
use poolkey::ui::widgets::tab_bar::tab_bar_ui;
use poolkey::ui::widgets::text_field::TextField;
use poolkey::ui::widgets::toast::toast_ui;

/// What is done to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Normal,
    Hovered,
    Pressed,
    Focused,
    Disabled,
}

impl State {
    const ALL: [Self; 5] = [
        Self::Normal,
        Self::Hovered,
        Self::Pressed,
        Self::Focused,
        Self::Disabled,
    ];
}

/// One thing that wants the pointer or the focus for a moment.
#[derive(Clone)]
pub struct Touch {
    pub rect: Rect,
    pub id: Id,
    pub state: State,
}

/// The page.
#[derive(Default)]
pub struct Gallery {
    touches: Vec<Touch>,
}

impl Gallery {
    /// What was on the page in the last frame.
    pub fn touches(&self) -> Vec<Touch> {
        self.touches.clone()
    }

    pub fn ui(&mut self, ui: &mut Ui) {
        self.touches.clear();
        let frame = Frame::new().inner_margin(margin(size::MARGIN_X, size::MARGIN_Y));
        CentralPanel::default().frame(frame).show(ui, |ui| {
            card_ui(ui, |ui| {
                card_title_ui(ui, "Buttons: normal, hovered, pressed, focused, disabled");
                self.buttons_ui(ui);
            });
            ui.add_space(space::XL);
            columns_ui(ui, |ui, column| {
                card_ui(ui, |ui| match column {
                    0 => self.fields_ui(ui),
                    1 => self.other_fields_ui(ui),
                    _ => self.menus_ui(ui),
                });
            });
            ui.add_space(space::XL);
            card_ui(ui, shown_ui);
            ui.add_space(space::XL);
            columns_ui(ui, |ui, column| match column {
                0 => card_ui(ui, lines_ui),
                1 => card_ui(ui, states_ui),
                _ => messages_ui(ui),
            });
        });
    }

    /// Remembers what a state needs.
    fn state(&mut self, state: State, response: &Response) {
        if [State::Hovered, State::Pressed, State::Focused].contains(&state) {
            let around = space::XS;
            self.touches.push(Touch {
                rect: response.rect.expand(around),
                id: response.id,
                state,
            });
        }
    }

    fn buttons_ui(&mut self, ui: &mut Ui) {
        type Make = fn() -> Button<'static>;
        let make: [(&str, Make); 8] = [
            ("primary", || Button::primary("Refresh now")),
            ("secondary", || Button::secondary("Open console")),
            ("icon and text", || {
                Button::secondary("New profile").with_icon(Icon::PLUS)
            }),
            ("ghost", || Button::ghost("Cancel")),
            ("danger", || Button::danger("Remove…")),
            ("quiet", || Button::quiet("Reveal")),
            ("aside", || Button::aside("copy")),
            ("icon", || Button::icon(Icon::GEAR, "Settings")),
        ];
        for state in State::ALL {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::XL;
                for (name, make) in make {
                    let response = ui
                        .push_id((name, state as u8), |ui| {
                            ui.add_enabled(state != State::Disabled, make())
                        })
                        .inner;
                    self.state(state, &response);
                }
            });
            ui.add_space(space::L);
        }
    }

    fn fields_ui(&mut self, ui: &mut Ui) {
        let some = |text: &str| text.to_owned();
        card_title_ui(ui, "Text fields");
        let mut field = |ui: &mut Ui, state: State, field: TextField<'_>| {
            let response = field.show(ui);
            // The halo and the line are the field's frame, which is wider than what is typed in.
            self.state(
                state,
                &Response {
                    rect: response.rect.expand2(vec2(size::CONTROL_HEIGHT, 0.0)),
                    ..response
                },
            );
            ui.add_space(space::XL);
        };
        let (mut id, mut none) = (some("eu-west-1_aB3dE5gH7"), String::new());
        let checked = TextField::new("User pool ID", &mut id).mono();
        field(ui, State::Normal, checked.trailing("eu-west-1", true));
        let empty = TextField::new("User name", &mut none).placeholder("ana@acme.example");
        field(ui, State::Normal, empty);
        let mut typed = some("ana@acme.example");
        field(ui, State::Focused, TextField::new("Focused", &mut typed));
        let mut wrong = some("eu-west-2");
        let remark = Remark::Error(some("A user pool ID looks like eu-west-1_aB3dE5gH7"));
        let refused = TextField::new("With an error", &mut wrong).mono();
        field(ui, State::Normal, refused.remark(Some(remark)));
        let mut odd = some("eu-west-2:9f0c1d2e");
        let remark = Remark::Warning(some("This pool is in another Region: rarely meant"));
        let odd = TextField::new("With a warning", &mut odd).mono();
        field(ui, State::Normal, odd.remark(Some(remark)));
        let mut fixed = some("acme-prod");
        let help = Remark::Help(some("Where the name is used"));
        let fixed = TextField::new("Read only, with help", &mut fixed).read_only(true);
        field(ui, State::Normal, fixed.remark(Some(help)));
    }

    fn other_fields_ui(&mut self, ui: &mut Ui) {
        card_title_ui(ui, "Other fields");
        let mut typed = "hunter2hunter2".to_owned();
        PasswordField::new("Password", &mut typed)
            .trailing("in the secret store")
            .show(ui);
        ui.add_space(space::XL);
        let options = [(0, "Password (SRP)"), (1, "Browser")];
        dropdown_ui(
            ui,
            "Sign-in with",
            &mut 0,
            &options,
            Some("SRP never sends it"),
        );
        ui.add_space(space::XL);
        let response = search_field_ui(ui, &mut String::new(), "Search profiles", "Ctrl F");
        self.state(State::Normal, &response);
        ui.add_space(space::XL);
        for (digits, enabled, wrong) in [
            ("", true, false),
            ("418", true, true),
            ("418402", false, false),
        ] {
            ui.push_id(digits, |ui| {
                code_boxes_ui(ui, &mut digits.to_owned(), enabled, wrong);
            });
            ui.add_space(space::L);
        }
        for state in [
            State::Normal,
            State::Hovered,
            State::Focused,
            State::Disabled,
        ] {
            let id = ("choice", state as u8);
            let row = |ui: &mut Ui| choice_row_ui(ui, "Text message", state != State::Disabled);
            let response = ui.push_id(id, row).inner;
            self.state(state, &response);
            ui.add_space(space::L);
        }
    }

    fn menus_ui(&mut self, ui: &mut Ui) {
        card_title_ui(ui, "Menus, switches, tabs");
        menu_frame(ui).show(ui, |ui| {
            menu_item_ui(ui, Some(Icon::MONITOR), "System", true);
            let response = menu_item_ui(ui, Some(Icon::SUN), "Light", false);
            self.state(State::Hovered, &response);
            let response = menu_row_ui(ui, "Duplicate");
            self.state(State::Focused, &response);
            menu_switch_ui(ui, "Hide while sharing the screen", true);
            menu_choice_ui(
                ui,
                "Sign out everywhere",
                "Every device of this person has to sign in again",
            );
        });
        ui.add_space(space::XL);
        for state in [State::Normal, State::Focused, State::Disabled] {
            ui.horizontal(|ui| {
                for on in [false, true] {
                    let response = ui
                        .push_id(("switch", on, state as u8), |ui| {
                            ui.add_enabled_ui(state != State::Disabled, |ui| {
                                switch_ui(ui, on, "Keep fresh")
                            })
                            .inner
                        })
                        .inner;
                    if on {
                        self.state(state, &response);
                    }
                    ui.add_space(space::XL);
                }
            });
            ui.add_space(space::XL);
        }
        tab_bar_ui(ui, &["Overview", "Tokens", "Export"], 1);
    }
}

fn columns_ui(ui: &mut Ui, mut contents: impl FnMut(&mut Ui, usize)) {
    ui.spacing_mut().item_spacing.x = space::XL;
    ui.columns(3, |columns| {
        for (number, ui) in columns.iter_mut().enumerate() {
            // The toolkit's columns stretch their lines of text.
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.x = space::M;
                contents(ui, number);
            });
        }
    });
}

fn shown_ui(ui: &mut Ui) {
    let item = |title, detail: &str, mark| FlowItem {
        title,
        detail: detail.to_owned(),
        mark,
    };
    flow_strip_ui(
        ui,
        &[
            item("Sign-in", "SRP + TOTP · 214 ms", Mark::Done),
            item("Identity ID", "asking", Mark::Current),
            item("AWS credentials", "refused", Mark::Failed),
            item("Exported", "waiting", Mark::Waiting),
        ],
    );
}

fn lines_ui(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    card_title_with_ui(ui, "Lines", |ui| ui.add(Button::quiet("Reveal")));
    key_value_ui(ui, "Account", "1234 5678 9012", true, true);
    key_value_ui(
        ui,
        "Groups",
        "developers, on-call and many others that do not fit",
        false,
        false,
    );
    let end = |ui: &mut Ui| ui.add(Button::aside("change"));
    key_value_with_ui(ui, "Role", "acme-prod-developers", true, end);
    let secret = Secret::new("not a secret ".repeat(40));
    secret_line_ui(
        ui,
        "Session token",
        &secret,
        false,
        Some("1 312 characters"),
    );
    ui.add_space(space::L);
    meter_ui(ui, 0.7, tokens.accent);
    ui.add_space(space::M);
    meter_ui(ui, 0.1, tokens.warning);
    ui.add_space(space::M);
    meter_ui(ui, 0.0, tokens.danger);
    ui.add_space(space::L);
    diff_ui(
        ui,
        "--- config\n+++ config\n@@ -1 +1,2 @@\n [profile x]\n+[profile acme]\n-region = eu",
    );
}

fn states_ui(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    card_title_ui(ui, "States and text");
    ui.horizontal(|ui| {
        let pill = |front: Color32, back: Color32| PillColors { front, back };
        pill_ui(ui, "Valid", pill(tokens.accent, tokens.accent_tint));
        pill_ui(ui, "Expiring", pill(tokens.warning, tokens.warning_tint));
        pill_ui(ui, "Expired", pill(tokens.danger, tokens.danger_tint));
    });
    ui.add_space(space::L);
    let row = ui.available_rect_before_wrap();
    let rings = [
        (0.0, tokens.accent),
        (0.1, tokens.warning),
        (0.7, tokens.accent),
        (1.0, tokens.danger),
    ];
    let mut at = row.min + vec2(size::RING, size::RING / 2.0);
    for (share, color) in rings {
        ring_ui(ui, at, share, color);
        at.x += 2.0 * size::RING;
    }
    ui.add_space(size::RING + space::L);
    let kinds = [
        Type::Countdown,
        Type::Hero,
        Type::Title,
        Type::SheetTitle,
        Type::Heading,
        Type::Strong,
        Type::Body,
        Type::Mono,
        Type::Small,
        Type::SmallStrong,
        Type::Caption,
    ];
    for kind in kinds {
        ui.label(kind.rich(format!("{kind:?} 0123456789"), tokens.text));
        ui.add_space(space::XXS);
    }
    ui.label(Type::Body.rich("Secondary ⌘ → … × · ✓", tokens.muted));
}

fn messages_ui(ui: &mut Ui) {
    warning_ui(
        ui,
        "This computer's clock is 3 min behind: AWS refuses signed requests",
    );
    ui.add_space(space::L);
    alert_ui(
        ui,
        "The code is wrong or has expired. Type the one that is shown now",
    );
    ui.add_space(space::L);
    let toasts: [Arc<str>; 2] = [
        "Copied. The clipboard forgets it after 45 seconds".into(),
        "acme-guest: the network cannot be reached".into(),
    ];
    for (number, text) in toasts.iter().enumerate() {
        ui.push_id(number, |ui| {
            let offer = (number == 0).then_some("Undo");
            toast_ui(ui, text, number == 1, offer)
        });
        ui.add_space(space::L);
    }
}
