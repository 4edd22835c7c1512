//! One step of the keyboard per frame.
//!
//! The toolkit moves the focus between frames, so whatever is typed right behind Tab or Enter in
//! the same frame would still go to the field before: a slow machine, or a password manager that
//! types, fits a whole form into one. Deliberately absent: what keys mean.

use std::collections::VecDeque;

use eframe::egui::{Event, Key};

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
