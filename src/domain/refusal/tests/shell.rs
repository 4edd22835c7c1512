//! Enough of a POSIX shell to see the words of a command.
//!
//! Deliberately absent: whatever the tables do not use; it is refused.

/// The words of the command, and of the ones whose output it takes.
pub fn commands(line: &str) -> Vec<Vec<String>> {
    let (mut all, mut words, mut word) = (Vec::new(), Vec::new(), String::new());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => word.extend(letters.by_ref().take_while(|letter| *letter != '\'')),
            '\\' => word.extend(letters.next()),
            '"' => {
                let (inner, rest) = substitution(letters.as_str());
                // What follows a pipe is jq's.
                all.extend(commands(inner.split(" | jq '").next().unwrap()));
                word.push_str("(output)");
                letters = rest.chars();
            }
            ' ' => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            letter => {
                assert!(
                    !"$`;&|<>(){}[]*?!~#\n".contains(letter),
                    "{letter} in {line}"
                );
                word.push(letter);
            }
        }
    }
    words.push(word);
    all.insert(0, words);
    all
}

/// `$(…)"`: what is within, and what follows.
fn substitution(text: &str) -> (&str, &str) {
    text.strip_prefix("$(").unwrap().rsplit_once(")\"").unwrap()
}
