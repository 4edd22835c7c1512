//! The keys of the commands, as the toolkit names them: the one place where the window binds keys.
//!
//! Deliberately absent: which keys a command has (see `app::command`), and the keys of single
//! widgets, which only act where the keyboard is.

use eframe::egui::{self, Context, Event, Modifiers, Ui};

use crate::app::command::{Key, Keys};
use crate::app::{Action, Command, Model, Pick, Sheet};

/// What the keys of this frame ask for; the views no longer see those keys. What is not possible
/// now leaves its keys alone.
pub fn asked(ui: &Ui, model: &Model) -> Vec<Action> {
    let in_palette = matches!(model.sheet, Some(Sheet::Palette));
    let mut actions = Vec::new();
    for command in Command::all() {
        let asks = |event: &Event| command.all_keys().any(|keys| is(event, keys));
        if !ui.input(|input| input.events.iter().any(asks)) {
            continue;
        }
        let Some(action) = command.action(model) else {
            continue;
        };
        ui.input_mut(|input| input.events.retain(|event| !asks(event)));
        // From inside the palette as if it had been picked there: the palette closes.
        actions.push(if in_palette && command != Command::Palette {
            Action::Pick(Pick::of(command))
        } else {
            action
        });
    }
    actions
}

/// As the keys of a command are written on this machine.
#[must_use]
pub fn keys_text(ctx: &Context, command: Command) -> Option<String> {
    Some(command.keys()?.text(ctx.os().is_mac()))
}

fn is(event: &Event, keys: Keys) -> bool {
    let Event::Key {
        key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return false;
    };
    // Most keyboards have the plus above the equals sign.
    let is_plus = keys.key == Key::Char('+') && *key == egui::Key::Equals;
    (is_plus || *key == egui_key(keys.key)) && fits(*modifiers, keys)
}

/// Nothing else may be held, so that Ctrl Shift T is not Ctrl T; but some keyboards write a mark
/// with Shift.
fn fits(held: Modifiers, keys: Keys) -> bool {
    let is_mark = matches!(keys.key, Key::Char(char) if char.is_ascii_punctuation());
    let shift = keys.shift == held.shift || is_mark;
    shift && keys.command == held.command && keys.alt == held.alt
}

fn egui_key(key: Key) -> egui::Key {
    match key {
        Key::Enter => egui::Key::Enter,
        Key::Up => egui::Key::ArrowUp,
        Key::Down => egui::Key::ArrowDown,
        // A test knows that each is a key: these never fall back.
        Key::Char(char) => egui::Key::from_name(&char.to_string()).unwrap_or(egui::Key::F35),
        Key::Function(number) => {
            egui::Key::from_name(&format!("F{number}")).unwrap_or(egui::Key::F35)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_s_key_is_a_key() {
        for command in Command::all() {
            for keys in command.all_keys() {
                assert_ne!(egui_key(keys.key), egui::Key::F35, "{command:?}");
            }
        }
    }

    #[test]
    fn shift_tells_letters_apart_but_not_marks() {
        let held = Modifiers {
            shift: true,
            ..Modifiers::COMMAND
        };
        assert!(!fits(held, Keys::command(Key::Char('T'))));
        assert!(fits(held, Keys::command(Key::Char('T')).shift()));
        assert!(fits(held, Keys::command(Key::Char('/'))));
        assert!(!fits(Modifiers::NONE, Keys::command(Key::Char('/'))));
    }
}
