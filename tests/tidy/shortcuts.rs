//! Keys of the whole window are bound in one place, from the list of commands.
//!
//! What a widget does with a key while the keyboard is on it stays its own.

use crate::source::sources;

const BINDING: [&str; 3] = ["KeyboardShortcut", "consume_shortcut", "Modifiers::COMMAND"];

#[test]
fn no_view_binds_a_key_of_the_window() {
    let views = sources("src/ui").into_iter();
    let views = views.filter(|file| file.name != "ui/shortcuts.rs");
    let wrong: Vec<String> = views
        .flat_map(|file| {
            let used = BINDING.into_iter().filter(|word| file.mentions(word));
            used.map(|word| format!("{}: {word}", file.path))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
