//! Goes through the scenes: sizes the window, lets it settle, takes the picture.
//!
//! There is one pointer and one focus, but the gallery shows many things hovered, pressed and
//! focused: each such thing gets a picture of its own, and its piece is put into the whole.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};

use eframe::egui::{
    self, ColorImage, Context, Event, Memory, PointerButton, Pos2, RawInput, Rect,
    ScreenshotCallback, Ui, ViewportCommand,
};
use jiff::tz::TimeZone;
use poolkey::ui::theme::Tokens;
use poolkey::ui::theme::apply::install;
use poolkey::ui::{Parts, Shell};

use crate::Job;
use crate::files;
use crate::fixture::{FakeDriver, now};
use crate::gallery::{Gallery, State, Touch};
use crate::scenes::{Scene, What};

/// Frames until menus, sheets and scroll areas know their sizes.
const SETTLE: u32 = 5;
/// Frames until a window that cannot get its size is an error.
const PATIENCE: u32 = 500;
/// Away from everything.
const NOWHERE: Pos2 = Pos2::new(1.0, 1.0);

/// How the comparison went.
#[derive(Default)]
pub struct Outcome {
    /// Pictures that were taken and are as they should be.
    pub good: usize,
    /// What is wrong with the others.
    pub bad: Vec<String>,
}

enum Shown {
    Window(Box<Shell>),
    Gallery(Gallery),
}

/// Where a scene stands.
enum Phase {
    Sizing,
    Settling,
    Waiting,
}

/// The window that takes its own picture.
pub struct Camera {
    job: Job,
    scenes: VecDeque<Scene>,
    shown: Option<Shown>,
    phase: Phase,
    frames: u32,
    touches: VecDeque<Touch>,
    touched: Option<Touch>,
    events: Vec<Event>,
    picture: Option<ColorImage>,
    arrived: Arc<Mutex<Option<Arc<ColorImage>>>>,
    outcome: Arc<Mutex<Outcome>>,
}

impl Camera {
    pub fn new(job: Job, scenes: Vec<Scene>) -> Self {
        Self {
            job,
            scenes: scenes.into(),
            shown: None,
            phase: Phase::Sizing,
            frames: 0,
            touches: VecDeque::new(),
            touched: None,
            events: Vec::new(),
            picture: None,
            arrived: Arc::default(),
            outcome: Arc::default(),
        }
    }

    pub fn result(&self) -> Arc<Mutex<Outcome>> {
        self.outcome.clone()
    }

    fn size_window(&mut self, ctx: &Context) {
        let Some(scene) = self.scenes.front() else {
            ctx.send_viewport_cmd(ViewportCommand::Close);
            return;
        };
        ctx.set_zoom_factor(1.0);
        let off = ctx.content_rect().size() - scene.size;
        if off.abs().max_elem() > 1.0 {
            assert!(self.frames < PATIENCE, "the display is too small");
            if self.frames % 20 == 1 {
                ctx.send_viewport_cmd(ViewportCommand::InnerSize(scene.size));
            }
            return;
        }
        // No place, no focus and no open menu of the scene before.
        ctx.memory_mut(|memory| *memory = Memory::default());
        let shown = match &scene.what {
            What::Window(model) => {
                let mut model = model();
                model.theme = scene.theme;
                let parts = Parts {
                    model,
                    driver: Box::new(FakeDriver(std::rc::Rc::default())),
                    clock: Box::new(now),
                    zone: TimeZone::UTC,
                    motion: false,
                };
                Shown::Window(Box::new(Shell::new(ctx, parts)))
            }
            What::Gallery => {
                install(ctx, false);
                ctx.set_theme(match scene.theme {
                    poolkey::app::Theme::Light => egui::Theme::Light,
                    _ => egui::Theme::Dark,
                });
                Shown::Gallery(Gallery::default())
            }
        };
        self.shown = Some(shown);
        self.events.push(Event::PointerMoved(NOWHERE));
        self.phase = Phase::Settling;
        self.frames = 0;
    }

    fn take(&mut self, ctx: &Context) {
        let arrived = self.arrived.clone();
        let callback = ScreenshotCallback::new(move |picture| {
            *arrived.lock().unwrap() = Some(picture);
        });
        ctx.send_viewport_cmd(ViewportCommand::Screenshot(callback));
        self.phase = Phase::Waiting;
        self.frames = 0;
    }

    /// The picture is there: the next thing to touch, or the next scene.
    fn keep(&mut self, ctx: &Context, taken: &ColorImage) {
        if let (Some(picture), Some(touch)) = (&mut self.picture, self.touched.take()) {
            paste(picture, taken, touch.rect, ctx.pixels_per_point());
            if touch.state == State::Pressed {
                self.events.push(Event::PointerMoved(NOWHERE));
                self.events.push(press(NOWHERE, false));
            }
        } else {
            self.picture = Some(taken.clone());
            if let Some(Shown::Gallery(gallery)) = &self.shown {
                self.touches = gallery.touches().into();
            }
        }
        self.phase = Phase::Settling;
        if let Some(touch) = self.touches.pop_front() {
            let middle = touch.rect.center();
            ctx.memory_mut(|memory| match memory.focused() {
                Some(id) if touch.state != State::Focused => memory.surrender_focus(id),
                _ if touch.state == State::Focused => memory.request_focus(touch.id),
                _ => {}
            });
            let pointer = if touch.state == State::Focused {
                NOWHERE
            } else {
                middle
            };
            self.events.push(Event::PointerMoved(pointer));
            if touch.state == State::Pressed {
                self.events.push(press(middle, true));
            }
            self.touched = Some(touch);
            self.frames = SETTLE - 2;
            return;
        }
        self.shown = None;
        self.phase = Phase::Sizing;
        self.frames = 0;
        if let (Some(picture), Some(scene)) = (self.picture.take(), self.scenes.pop_front()) {
            let scale = ctx.native_pixels_per_point().unwrap_or(1.0);
            self.file(&scene, &picture, scale);
        }
    }

    fn file(&self, scene: &Scene, picture: &ColorImage, scale: f32) {
        let name = scene.file_name();
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
        let mut outcome = self.outcome.lock().unwrap();
        match &self.job {
            Job::Make(folder) => {
                let scale = match scale {
                    1.0 => String::new(),
                    scale => format!("@{scale}x"),
                };
                files::write(&folder.join(format!("{name}{scale}.png")), picture);
            }
            Job::Guide(folder) => files::write_small(&folder.join(format!("{name}.png")), picture),
            Job::Bless => files::write(&kept.join(format!("{name}.png")), &files::coarse(picture)),
            Job::Check(folder) => {
                let Some(before) = files::read(&kept.join(format!("{name}.png"))) else {
                    outcome
                        .bad
                        .push(format!("{name}: no picture to compare with"));
                    return;
                };
                if let Some((why, where_)) = files::difference(&before, picture) {
                    files::write(&folder.join(format!("{name}.png")), picture);
                    files::write(&folder.join(format!("{name}-differs.png")), &where_);
                    outcome.bad.push(format!("{name}: {why}"));
                    return;
                }
            }
        }
        outcome.good += 1;
    }
}

impl eframe::App for Camera {
    fn logic(&mut self, ctx: &Context, frame: &mut eframe::Frame) {
        if let Some(Shown::Window(shell)) = &mut self.shown {
            shell.logic(ctx, frame);
        }
        ctx.request_repaint();
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.frames += 1;
        match self.phase {
            Phase::Sizing => self.size_window(ui.ctx()),
            // Nobody has touched the keyboard; a sheet's own field keeps it.
            Phase::Settling if self.frames == 2 => {
                if let Some(Shown::Window(shell)) = &self.shown
                    && shell.model().sheet.is_none()
                    && let Some(id) = ui.memory(Memory::focused)
                {
                    ui.memory_mut(|memory| memory.surrender_focus(id));
                }
            }
            Phase::Settling if self.frames >= SETTLE => self.take(ui.ctx()),
            Phase::Settling => {}
            Phase::Waiting => {
                let taken = self.arrived.lock().unwrap().take();
                if let Some(taken) = taken {
                    self.keep(ui.ctx(), &taken);
                }
            }
        }
        match &mut self.shown {
            Some(Shown::Window(shell)) => shell.ui(ui, frame),
            Some(Shown::Gallery(gallery)) => gallery.ui(ui),
            None => {}
        }
    }

    fn raw_input_hook(&mut self, ctx: &Context, raw_input: &mut RawInput) {
        // The display's own pointer does not matter.
        raw_input.events.retain(|event| {
            !matches!(
                event,
                Event::PointerMoved(_) | Event::PointerGone | Event::MouseMoved(_)
            )
        });
        raw_input.events.append(&mut self.events);
        raw_input.focused = true;
        if let Some(Shown::Window(shell)) = &mut self.shown {
            shell.raw_input_hook(ctx, raw_input);
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        let background = Tokens::of_visuals(visuals).background;
        background.to_normalized_gamma_f32()
    }
}

fn press(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    }
}

/// Puts a piece of one picture into another of the same size.
fn paste(into: &mut ColorImage, from: &ColorImage, rect: Rect, scale: f32) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "places in a picture"
    )]
    let pixel = |point: f32| (point * scale).round().max(0.0) as usize;
    let [width, height] = into.size;
    let columns = pixel(rect.left()).min(width)..pixel(rect.right()).min(width);
    for row in pixel(rect.top()).min(height)..pixel(rect.bottom()).min(height) {
        let piece = row * width + columns.start..row * width + columns.end;
        into.pixels[piece.clone()].copy_from_slice(&from.pixels[piece]);
    }
}
