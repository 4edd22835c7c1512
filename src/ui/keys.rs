//! One step of the keyboard per frame, and where the keyboard goes when a sheet closes.
//!
//! The toolkit moves the focus between frames, so whatever is typed right behind Tab or Enter in
//! the same frame would still go to the field before: a slow machine, or a password manager that
//! types, fits a whole form into one. Deliberately absent: what keys mean.

use std::collections::VecDeque;

use eframe::egui::{Context, Event, Id, Key, Memory};

/// Events that wait for a later frame.
#[derive(Default)]
pub struct OneStep(VecDeque<Event>);

impl OneStep {
    /// Leaves in `events` what belongs to this frame, what waited first; true when more waits.
    pub fn take(&mut self, events: &mut Vec<Event>) -> bool {
        self.0.extend(events.drain(..));
        while let Some(event) = self.0.pop_front() {
            let moves = moves_focus(&event);
            events.push(event);
            if moves {
                break;
            }
        }
        !self.0.is_empty()
    }
}

/// Gives the keyboard back to what had it before a sheet opened.
#[derive(Default)]
pub struct Before {
    /// What had it last while no sheet was open; none for who works with the pointer.
    focused: Option<Id>,
    was_open: bool,
    /// True where it is to be given back in this frame.
    is_due: bool,
}

impl Before {
    /// Looks at a frame that is about to be drawn.
    pub fn follow(&mut self, ctx: &Context, is_open: bool) {
        if std::mem::replace(&mut self.was_open, is_open) && !is_open {
            // In this frame the sheet still keeps what lies below it from the keyboard.
            self.is_due = self.focused.is_some();
            if self.is_due {
                ctx.request_repaint();
            }
            return;
        }
        if is_open {
            return;
        }
        if std::mem::take(&mut self.is_due)
            && let Some(id) = self.focused
        {
            ctx.memory_mut(|memory| memory.request_focus(id));
            return;
        }
        if ctx.input(|input| input.pointer.any_pressed()) {
            self.focused = None;
        }
        // What is disabled while a sheet is on its way has lost it by then.
        self.focused = ctx.memory(Memory::focused).or(self.focused);
    }
}

const fn moves_focus(event: &Event) -> bool {
    matches!(
        event,
        Event::Key {
            key: Key::Tab | Key::Enter | Key::Escape,
            pressed: true,
            ..
        }
    )
}

#[cfg(test)]
mod tests {
    use eframe::egui::Modifiers;

    use super::*;

    fn key(key: Key, pressed: bool) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    #[test]
    fn what_is_typed_behind_tab_waits_for_the_next_frame() {
        let mut keys = OneStep::default();
        let mut events = vec![text("x"), key(Key::Tab, true), text("a"), text("b")];
        assert!(keys.take(&mut events));
        assert_eq!(events, [text("x"), key(Key::Tab, true)]);
        let mut events = vec![text("c"), key(Key::Enter, true), key(Key::Enter, false)];
        assert!(keys.take(&mut events));
        let enter = key(Key::Enter, true);
        assert_eq!(events, [text("a"), text("b"), text("c"), enter]);
        let mut events = Vec::new();
        assert!(!keys.take(&mut events));
        assert_eq!(events, [key(Key::Enter, false)]);
    }

    #[test]
    fn nothing_else_waits() {
        let mut keys = OneStep::default();
        let mut events = vec![text("a"), key(Key::Tab, false), key(Key::ArrowDown, true)];
        let all = events.clone();
        assert!(!keys.take(&mut events));
        assert_eq!(events, all);
    }
}
