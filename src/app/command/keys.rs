//! Keys of a command, and how they are written.

/// A key together with what is held down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keys {
    /// Command on a Mac, Ctrl elsewhere.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Option on a Mac.
    pub alt: bool,
    /// What is pressed then.
    pub key: Key,
}

/// A key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A capital letter, a digit or a mark, as written on it.
    Char(char),
    /// Enter.
    Enter,
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// Of the keys above the digits, with its number.
    Function(u8),
}

impl Keys {
    /// Together with Ctrl, or Command on a Mac.
    #[must_use]
    pub const fn command(key: Key) -> Self {
        Self {
            command: true,
            shift: false,
            alt: false,
            key,
        }
    }

    /// Together with Alt, or Option on a Mac.
    #[must_use]
    pub const fn alt(key: Key) -> Self {
        Self {
            command: false,
            shift: false,
            alt: true,
            key,
        }
    }

    /// Alone: a key that nothing is typed with.
    #[must_use]
    pub const fn alone(number: u8) -> Self {
        Self {
            command: false,
            shift: false,
            alt: false,
            key: Key::Function(number),
        }
    }

    /// And Shift.
    #[must_use]
    pub const fn shift(self) -> Self {
        Self {
            shift: true,
            ..self
        }
    }

    /// As it is written on this kind of machine: `Ctrl Shift T`, `⇧ ⌘ T`.
    #[must_use]
    pub fn text(self, is_mac: bool) -> String {
        let held = if is_mac {
            [(self.alt, "Option"), (self.shift, "⇧"), (self.command, "⌘")]
        } else {
            [
                (self.command, "Ctrl"),
                (self.alt, "Alt"),
                (self.shift, "Shift"),
            ]
        };
        let mut text = String::new();
        for (_, name) in held.into_iter().filter(|(is_held, _)| *is_held) {
            text.push_str(name);
            text.push(' ');
        }
        match self.key {
            Key::Char(char) => text.push(char),
            Key::Enter => text.push_str("Enter"),
            Key::Up => text.push('↑'),
            Key::Down => text.push('↓'),
            Key::Function(number) => {
                text.push('F');
                text.push_str(&number.to_string());
            }
        }
        text
    }
}
