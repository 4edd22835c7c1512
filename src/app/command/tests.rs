//! The list of commands: no two alike, none that other things already use, none for nobody.

use super::{Command, Group, Key, Keys};

/// What text fields and the clipboard take, with whatever Shift adds.
const TAKEN: [char; 6] = ['A', 'C', 'V', 'X', 'Y', 'Z'];

/// What text fields take like a terminal does; the palette gives up one of them.
const LIKE_A_TERMINAL: [char; 4] = ['H', 'K', 'U', 'W'];

fn with_keys() -> Vec<(Command, Keys)> {
    let all = Command::all();
    all.flat_map(|command| command.all_keys().map(move |keys| (command, keys)))
        .collect()
}

#[test]
fn no_two_commands_have_the_same_keys() {
    let all = with_keys();
    for (number, (command, keys)) in all.iter().enumerate() {
        for (other, taken) in all.iter().skip(number + 1) {
            assert_ne!(keys, taken, "{command:?} and {other:?}");
        }
    }
    assert!(all.len() > 15, "{}", all.len());
}

#[test]
fn no_command_takes_a_key_that_edits_text() {
    for (command, keys) in with_keys() {
        if matches!(keys.key, Key::Function(_)) {
            continue;
        }
        assert!(keys.command || keys.alt, "{command:?} would be typed");
        let Key::Char(char) = keys.key else {
            assert!(keys.command || keys.key != Key::Enter, "{command:?}");
            continue;
        };
        assert!(!TAKEN.contains(&char), "{command:?} takes {char}");
        let like_a_terminal = LIKE_A_TERMINAL.contains(&char) && !keys.shift;
        assert!(
            !like_a_terminal || command == Command::Palette,
            "{command:?} takes {char}"
        );
        assert!(
            !char.is_lowercase(),
            "{command:?}: keys are written as capitals"
        );
    }
}

#[test]
fn no_two_commands_are_called_the_same_and_none_is_left_out_of_its_group() {
    let labels: Vec<&str> = Command::all().map(Command::label).collect();
    for (number, label) in labels.iter().enumerate() {
        assert!(!label.is_empty());
        assert!(
            !labels.iter().skip(number + 1).any(|other| other == label),
            "{label}"
        );
    }
    let grouped: usize = Group::ALL
        .map(|group| group.commands().count())
        .iter()
        .sum();
    assert_eq!(grouped, labels.len());
}

#[test]
fn words_to_find_a_command_by_are_written_as_they_are_looked_for() {
    for command in Command::all() {
        assert_eq!(
            command.words(),
            command.words().to_lowercase(),
            "{command:?}"
        );
    }
}

#[test]
fn keys_are_written_as_on_the_machine() {
    let keys = Keys::command(Key::Char('T')).shift();
    assert_eq!(keys.text(false), "Ctrl Shift T");
    assert_eq!(keys.text(true), "⇧ ⌘ T");
    assert_eq!(Keys::alt(Key::Down).text(false), "Alt ↓");
    assert_eq!(Keys::command(Key::Enter).text(false), "Ctrl Enter");
    assert_eq!(Keys::alone(1).text(false), "F1");
}
