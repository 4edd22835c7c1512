//! What one frame of the window costs with 5,000 profiles: the real shell, layout and tessellation.
//!
//! Scrolling, typing into the search, going down with the arrow, and the countdown that ticks.
//! CPU time of the thread: the wall clock of a busy machine says little. Painting is left out, it
//! is the graphics card's.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement may stop where it stands, and prints"
)]

mod cpu;

use std::cell::Cell;
use std::rc::Rc;

use cpu::cpu_nanoseconds;
use eframe::App as _;
use eframe::egui::{
    Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect,
    TouchPhase, Vec2, vec2,
};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use poolkey::app::kept::StoreReport;
use poolkey::app::{self, Driver, Effect, Model, ProfileState, StoreState};
use poolkey::domain::{AwsCredentials, PoolClient, Profile, RoleChoice, Secret, Session};
use poolkey::ui::{Parts, Shell};

const PROFILES: i64 = 5000;
const FRAMES: i32 = 240;

struct Nobody;

impl Driver for Nobody {
    fn run(&mut self, _effect: Effect) {}

    fn next_event(&mut self) -> Option<app::Event> {
        None
    }
}

fn now() -> Timestamp {
    "2026-11-21T14:22:14Z".parse().unwrap()
}

fn session(left: i64) -> Session {
    let expires_at = now() + SignedDuration::from_secs(left);
    Session {
        identity_id: "eu-west-1:1699ebc0-7900-4099-b910-2df94f52a030"
            .parse()
            .unwrap(),
        credentials: AwsCredentials {
            access_key_id: "ASIAQ3EXAMPLE7UZ4".to_owned(),
            secret_access_key: Secret::new("x".repeat(40)),
            session_token: Secret::new("x".repeat(1312)),
            expires_at,
        },
        username: "ana@acme.example".to_owned(),
        groups: Vec::new(),
        roles: Vec::new(),
        logins: Vec::new(),
        role_choice: RoleChoice::default(),
        caller: None,
        obtained_at: expires_at - SignedDuration::from_hours(1),
    }
}

/// Forty groups, half of the profiles with credentials.
fn model() -> Model {
    let mut model = Model::new(now(), false);
    model.loaded = true;
    model.store = StoreState::Ready(StoreReport {
        name: "Secret Service".to_owned(),
        remark: None,
    });
    model.profiles = (0..PROFILES).map(state).collect();
    model.selected = "customer-0000".parse().ok();
    model
}

fn state(number: i64) -> ProfileState {
    let pool = PoolClient {
        user_pool_id: format!("eu-west-1_aB3d{number:05}").parse().unwrap(),
        client_id: "1h57kf5cpq17m0eml12EXAMPLE".parse().unwrap(),
        has_client_secret: false,
    };
    let identity_pool = format!("eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41e{number:04}");
    let name = format!("customer-{number:04}").parse().unwrap();
    let profile = Profile {
        group: Some(format!("Team {}", number % 40)),
        username: Some(format!("ana+{number}@acme.example")),
        ..Profile::of_user_pool(name, pool, identity_pool.parse().unwrap())
    };
    let session = (number % 2 == 0).then(|| session(2400 + number % 1000));
    ProfileState {
        refreshable: session.is_some(),
        session,
        ..ProfileState::new(profile)
    }
}

/// A window without a screen.
struct Window {
    ctx: Context,
    shell: Shell,
    frame: eframe::Frame,
    clock: Rc<Cell<Timestamp>>,
    time: f64,
}

impl Window {
    fn open() -> Self {
        let ctx = Context::default();
        let clock = Rc::new(Cell::new(now()));
        let ticking = clock.clone();
        let parts = Parts {
            model: model(),
            driver: Box::new(Nobody),
            clock: Box::new(move || ticking.get()),
            zone: TimeZone::UTC,
            motion: false,
        };
        let shell = Shell::new(&ctx, parts);
        Self {
            ctx,
            shell,
            frame: eframe::Frame::_new_kittest(),
            clock,
            time: 0.0,
        }
    }

    /// Draws one frame; CPU nanoseconds.
    fn draw(&mut self, events: Vec<Event>) -> u64 {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1180.0, 760.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let (shell, frame) = (&mut self.shell, &mut self.frame);
        let before = cpu_nanoseconds();
        let output = self.ctx.run_ui(input, |ui| {
            shell.logic(ui.ctx(), frame);
            shell.ui(ui, frame);
        });
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let spent = cpu_nanoseconds() - before;
        assert!(!meshes.is_empty());
        spent
    }

    /// The costs of many frames, each with these events.
    fn run(&mut self, events: impl Fn(i32) -> Vec<Event>) -> Vec<u64> {
        (0..FRAMES)
            .map(|number| self.draw(events(number)))
            .collect()
    }

    fn tick(&self, seconds: i64) {
        self.clock
            .set(self.clock.get() + SignedDuration::from_secs(seconds));
    }
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    }
}

fn wheel(y: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: Vec2::new(0.0, y),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    }
}

fn main() {
    let mut window = Window::open();
    for _ in 0..10 {
        let _first = window.draw(vec![Event::PointerMoved(Pos2::new(120.0, 400.0))]);
    }
    let scrolling = window.run(|_| vec![wheel(-90.0)]);
    let ticking = (0..FRAMES)
        .map(|_| {
            window.tick(1);
            window.draw(Vec::new())
        })
        .collect();
    let _search = window.draw(vec![key(Key::F, Modifiers::COMMAND)]);
    let letters = ["c", "u", "s", " ", "1", "2"];
    let typing = window.run(|number| {
        let turn = usize::try_from(number).unwrap() % 12;
        match letters.get(turn) {
            Some(letter) => vec![Event::Text((*letter).to_owned())],
            None => vec![key(Key::Backspace, Modifiers::NONE)],
        }
    });
    let _into_the_list = window.draw(vec![key(Key::ArrowDown, Modifiers::NONE)]);
    let _there = window.draw(Vec::new());
    let walking = window.run(|_| vec![key(Key::ArrowDown, Modifiers::NONE)]);
    // For tests/bench, in microseconds.
    for (what, mut costs) in [
        ("scrolling", scrolling),
        ("ticking", ticking),
        ("typing", typing),
        ("walking", walking),
    ] {
        costs.sort_unstable();
        let at = |share: usize| costs[costs.len() * share / 100] / 1000;
        println!("frames {what} p50 {} p99 {}", at(50), at(99));
    }
}
