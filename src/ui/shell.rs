//! The one place where model, driver and window meet.
//!
//! `logic()` brings the clock and drains the driver, also while the window is hidden; `ui()`
//! paints and applies what people asked for. Deliberately absent: decisions (the model's) and
//! layout (the views').

use std::time::Duration;

use eframe::egui;
use eframe::egui::{Context, ThemePreference, Ui, ViewportCommand};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::draft::Drafts;
use super::keys::{Before, OneStep};
use super::place::{PlaceWatch, RESTS_FOR};
use super::shortcuts;
use super::theme::apply;
use super::theme::tokens::Tokens;
use super::views::window_ui;
use super::wake::{Sight, next_wake};
use super::window::{raise, title};
use crate::app::{Action, Driver, Effect, Event, Model, Theme};

/// Tells the time.
pub type Clock = Box<dyn Fn() -> Timestamp>;

/// What a shell is made of.
pub struct Parts {
    /// What is shown first.
    pub model: Model,
    /// Carries effects out.
    pub driver: Box<dyn Driver>,
    /// Tells the time.
    pub clock: Clock,
    /// Times are shown in it.
    pub zone: TimeZone,
    /// False where things should not move: reduced motion, tests.
    pub motion: bool,
}

/// The running window.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is what the toolkit was told last"
)]
pub struct Shell {
    model: Model,
    driver: Box<dyn Driver>,
    clock: Clock,
    zone: TimeZone,
    drafts: Drafts,
    keys: OneStep,
    before: Before,
    demo_titled: bool,
    still: bool,
    minimized: u64,
    raised: u64,
    hidden: bool,
    closing: bool,
    place: PlaceWatch,
    woken: Option<Woken>,
}

/// When the window looks again.
struct Woken {
    changes: u64,
    sight: Sight,
    from: Timestamp,
    at: Option<Timestamp>,
}

impl Shell {
    /// A window in `ctx`; asks the driver for everything that is shown at first.
    #[must_use]
    pub fn new(ctx: &Context, parts: Parts) -> Self {
        apply::install(ctx, parts.motion);
        // The text size is a setting, whose keys are commands.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let mut shell = Self {
            demo_titled: parts.model.demo,
            model: parts.model,
            driver: parts.driver,
            clock: parts.clock,
            zone: parts.zone,
            drafts: Drafts::default(),
            keys: OneStep::default(),
            before: Before::default(),
            still: !parts.motion,
            minimized: 0,
            raised: 0,
            hidden: false,
            closing: false,
            place: PlaceWatch::default(),
            woken: None,
        };
        let effects = shell.model.start();
        shell.run(effects);
        shell
    }

    /// What the window knows.
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// What is being typed.
    #[must_use]
    pub const fn drafts(&self) -> &Drafts {
        &self.drafts
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.driver.run(effect);
        }
    }

    fn hear(&mut self, event: Event) {
        let effects = self.model.hear(event);
        self.run(effects);
    }

    fn follow_theme(&self, ctx: &Context) {
        let wanted = match self.model.theme {
            Theme::System => ThemePreference::System,
            Theme::Light => ThemePreference::Light,
            Theme::Dark => ThemePreference::Dark,
        };
        if ctx.options(|options| options.theme_preference) != wanted {
            ctx.set_theme(wanted);
        }
    }

    /// Everything grows and shrinks with the text.
    fn follow_text_size(&self, ctx: &Context) {
        let wanted = f32::from(self.model.settings.text_size_percent) / 100.0;
        if (ctx.zoom_factor() - wanted).abs() > f32::EPSILON {
            ctx.set_zoom_factor(wanted);
        }
    }

    /// The model says whether the window may go, and whether it is seen.
    fn follow_presence(&mut self, ctx: &Context) {
        if ctx.input(|input| input.viewport().close_requested()) && !self.closing {
            let effects = self.model.act(Action::CloseWindow);
            self.run(effects);
            if self.model.presence.leaving {
                self.closing = true;
            } else {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            }
        }
        if self.model.presence.leaving && !self.closing {
            self.closing = true;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        if self.model.presence.hidden != self.hidden {
            self.hidden = self.model.presence.hidden;
            ctx.send_viewport_cmd(ViewportCommand::Visible(!self.hidden));
        }
        if self.model.presence.minimized != self.minimized {
            self.minimized = self.model.presence.minimized;
            ctx.send_viewport_cmd(ViewportCommand::Minimized(true));
        }
        if self.model.presence.raised != self.raised {
            self.raised = self.model.presence.raised;
            raise(ctx, self.model.presence.only_minimizes);
        }
    }

    /// The place of the window is kept while it is open: at its end nothing may be left to do.
    fn keep_place(&mut self, ctx: &Context, now: Timestamp) {
        if self.hidden {
            return;
        }
        if let Some(place) = self.place.follow(ctx, now, self.closing) {
            self.driver.run(Effect::KeepPlace(place));
        } else if self.place.is_waiting() {
            ctx.request_repaint_after(RESTS_FOR.unsigned_abs());
        }
    }

    /// The desktop said so after the window had opened.
    fn follow_motion(&mut self, ctx: &Context) {
        if self.model.still && !std::mem::replace(&mut self.still, true) {
            apply::install(ctx, false);
        }
    }

    fn plan_next_look(&mut self, ctx: &Context) {
        let (minimized, focused) = ctx.input(|input| (input.viewport().minimized, input.focused));
        let sight = if self.hidden || minimized == Some(true) {
            Sight::Hidden
        } else {
            Sight::of_shown(focused, self.model.untouched())
        };
        // Between two changes only the clock moves, towards the same moment.
        let (changes, now) = (self.model.list.changes(), self.model.now);
        let known = self.woken.as_ref().filter(|known| {
            known.changes == changes
                && known.sight == sight
                && known.from <= now
                && known.at.is_none_or(|at| now < at)
        });
        let at = if let Some(known) = known {
            known.at
        } else {
            let wait = next_wake(&self.model, sight);
            let wait = wait.and_then(|wait| SignedDuration::try_from(wait).ok());
            let at = wait.and_then(|wait| now.checked_add(wait).ok());
            self.woken = Some(Woken {
                changes,
                sight,
                from: now,
                at,
            });
            at
        };
        if let Some(wait) = at.and_then(|at| Duration::try_from(now.duration_until(at)).ok()) {
            ctx.request_repaint_after(wait);
        }
    }
}

/// True for what only somebody at the window does: the system's own events keep nothing awake.
const fn is_of_a_person(event: &egui::Event) -> bool {
    use egui::Event as E;
    matches!(
        event,
        E::Key { .. }
            | E::Text(_)
            | E::Paste(_)
            | E::Cut
            | E::Copy
            | E::Ime(_)
            | E::PointerMoved(_)
            | E::PointerButton { .. }
            | E::MouseWheel { .. }
            | E::Touch { .. }
            | E::Zoom(_)
            | E::AccessKitActionRequest(_)
    )
}

impl eframe::App for Shell {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        let now = (self.clock)();
        self.hear(Event::Clock(now));
        while let Some(event) = self.driver.next_event() {
            self.hear(event);
        }
        self.follow_theme(ctx);
        self.follow_text_size(ctx);
        self.follow_motion(ctx);
        self.follow_presence(ctx);
        self.keep_place(ctx, now);
        if self.model.demo != self.demo_titled {
            self.demo_titled = self.model.demo;
            ctx.send_viewport_cmd(ViewportCommand::Title(title(self.model.demo).to_owned()));
        }
        self.drafts.follow(&self.model);
        self.plan_next_look(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let mut actions = shortcuts::asked(ui, &self.model);
        self.before.follow(ui.ctx(), self.model.sheet.is_some());
        window_ui(ui, &self.model, &self.zone, &mut self.drafts, &mut actions);
        if actions.is_empty() {
            return;
        }
        for action in actions {
            let effects = self.model.act(action);
            self.run(effects);
        }
        self.drafts.follow(&self.model);
        ui.ctx().request_repaint();
    }

    fn raw_input_hook(&mut self, ctx: &Context, raw_input: &mut egui::RawInput) {
        if raw_input.events.iter().any(is_of_a_person) {
            // By this frame's clock: the last look may be long ago.
            let now = (self.clock)();
            self.hear(Event::Clock(now));
            self.hear(Event::Touched);
        }
        if self.keys.take(&mut raw_input.events) {
            ctx.request_repaint();
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        Tokens::of_visuals(visuals)
            .background
            .to_normalized_gamma_f32()
    }
}
