//! A window under test: a shell in a harness, with a driver that records.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Rect, Theme, Vec2, vec2};
use egui_kittest::kittest::{NodeT, Queryable, by};
use egui_kittest::{Harness, Node};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use poolkey::app::{Effect, Event, Model};
use poolkey::ui::{Parts, Shell};

use super::fixture::{FakeDriver, Tape, now};

/// A window under test.
pub struct Window {
    pub harness: Harness<'static, Shell>,
    tape: Rc<RefCell<Tape>>,
    clock: Rc<Cell<Timestamp>>,
}

/// Opens a window in the dark theme; the effects of the start are dropped.
pub fn open(model: Model) -> Window {
    open_in(Theme::Dark, model)
}

/// Opens a window in a theme.
pub fn open_in(theme: Theme, model: Model) -> Window {
    open_sized(theme, vec2(1180.0, 760.0), model)
}

/// Opens a window of a size.
pub fn open_sized(theme: Theme, size: Vec2, model: Model) -> Window {
    let tape = Rc::new(RefCell::new(Tape::default()));
    let clock = Rc::new(Cell::new(now()));
    let (driver, ticking) = (FakeDriver(tape.clone()), clock.clone());
    let mut harness = Harness::builder()
        .with_size(size)
        .with_theme(theme)
        .build_eframe(move |creation| {
            let parts = Parts {
                model,
                driver: Box::new(driver),
                clock: Box::new(move || ticking.get()),
                zone: TimeZone::UTC,
                motion: false,
            };
            Shell::new(&creation.egui_ctx, parts)
        });
    harness.run();
    tape.borrow_mut().effects.clear();
    Window {
        harness,
        tape,
        clock,
    }
}

impl Window {
    /// The thing with this role and name.
    pub fn get<'a>(&'a self, role: Role, name: &'a str) -> Node<'a> {
        self.harness.get(by().role(role).label(name))
    }

    /// True when something has this name.
    pub fn has(&self, name: &str) -> bool {
        self.harness
            .query_all_by_label_contains(name)
            .next()
            .is_some()
    }

    /// True when there is a button of this name that can be pressed.
    pub fn can_press(&self, name: &str) -> bool {
        !self.get(Role::Button, name).accesskit_node().is_disabled()
    }

    /// Presses a button.
    pub fn press(&mut self, name: &str) {
        self.click(Role::Button, name);
    }

    /// Clicks on something.
    pub fn click(&mut self, role: Role, name: &str) {
        self.get(role, name).click();
        self.harness.run();
    }

    /// Gives a field the focus and types into it.
    pub fn write(&mut self, role: Role, name: &str, text: &str) {
        self.get(role, name).focus();
        self.harness.run();
        self.get(role, name).type_text(text);
        self.harness.run();
    }

    /// Puts other text into a field that may have some.
    pub fn replace(&mut self, name: &str, text: &str) {
        self.get(Role::TextInput, name).focus();
        self.harness.run();
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.harness.run();
        if text.is_empty() {
            self.key(Key::Backspace);
        } else {
            self.type_text(text);
        }
    }

    /// Types into whatever has the focus.
    pub fn type_text(&mut self, text: &str) {
        let event = eframe::egui::Event::Text(text.to_owned());
        self.harness.event(event);
        self.harness.run();
    }

    /// Pastes into whatever has the focus.
    pub fn paste(&mut self, text: &str) {
        let event = eframe::egui::Event::Paste(text.to_owned());
        self.harness.event(event);
        self.harness.run();
    }

    /// Presses a key.
    pub fn key(&mut self, key: Key) {
        self.harness.key_press(key);
        self.harness.run();
    }

    /// Presses a key together with Ctrl (Command on a Mac).
    pub fn ctrl(&mut self, key: Key) {
        self.harness.key_press_modifiers(Modifiers::COMMAND, key);
        self.harness.run();
    }

    /// Lets an event arrive.
    pub fn tell(&mut self, event: Event) {
        self.tape.borrow_mut().events.push_back(event);
        self.harness.run();
    }

    /// Lets time pass.
    pub fn wait(&mut self, seconds: i64) {
        let span = jiff::SignedDuration::from_secs(seconds);
        self.clock.set(self.clock.get() + span);
        self.harness.run();
    }

    /// The effects since the last call.
    pub fn effects(&self) -> Vec<Effect> {
        std::mem::take(&mut self.tape.borrow_mut().effects)
    }

    /// The value of a field.
    pub fn value(&self, role: Role, name: &str) -> String {
        self.get(role, name).value().unwrap_or_default()
    }

    /// Pairs of texts and controls on the right side or in a sheet that lie over each other.
    pub fn overlaps(&self) -> Vec<String> {
        let roles = [
            Role::Alert,
            Role::Button,
            Role::ComboBox,
            Role::Label,
            Role::MenuItem,
            Role::PasswordInput,
            Role::TextInput,
        ];
        let sidebar = 264.0;
        let root = self.harness.root();
        let shown: Vec<(String, Rect)> = root
            .children_recursive()
            .filter(|node| roles.contains(&node.accesskit_node().role()))
            .map(|node| {
                let name = node.accesskit_node().label();
                let name = name.or_else(|| node.value()).unwrap_or_default();
                (name, node.rect().shrink(0.5))
            })
            .filter(|(_, rect)| rect.left() > sidebar)
            .collect();
        let mut found = Vec::new();
        for (number, (name, rect)) in shown.iter().enumerate() {
            for (other, place) in shown.iter().skip(number + 1) {
                if rect.intersects(*place) {
                    found.push(format!("{name} {rect:?} over {other} {place:?}"));
                }
            }
        }
        found
    }

    /// Every text that assistive technology can read.
    pub fn texts(&self) -> String {
        let root = self.harness.root();
        root.children_recursive()
            .flat_map(|node| {
                let node = node.accesskit_node();
                [
                    node.label(),
                    node.value(),
                    node.description(),
                    node.placeholder().map(str::to_owned),
                ]
            })
            .flatten()
            .collect::<Vec<_>>()
            .join("\n")
    }
}
