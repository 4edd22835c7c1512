//! The command line of a `credential_process`, quoted so that every SDK splits it the same way.
//!
//! botocore splits like a POSIX shell but runs none; JavaScript and Rust run a shell. Only text
//! that means the same to both passes. Deliberately absent: escaping, which they do not share.

use std::path::Path;

use crate::domain::{Problem, ProblemKind};

/// `"/absolute/program" arguments…` for this operating system.
pub fn process_command(program: &Path, arguments: &[&str]) -> Result<String, Problem> {
    if !program.is_absolute() {
        return Err(refused("the program's path is not absolute"));
    }
    let program = program
        .to_str()
        .ok_or_else(|| refused("the program's path is not Unicode"))?;
    let program = format!("\"{}\"", inside_quotes(program, cfg!(windows))?);
    with_arguments(program, arguments, cfg!(windows))
}

/// By its whole path: Windows looks into the current folder as well. Without quotes, which `cmd /C`
/// may take away, and with backslashes, as only programs of Windows read it.
const WSL: &str = "C:\\Windows\\System32\\wsl.exe";

/// The same for a program of this WSL distribution that Windows calls.
pub fn process_command_in_wsl(
    distribution: &str,
    program: &Path,
    arguments: &[&str],
) -> Result<String, Problem> {
    let program = program.to_str().filter(|_| program.is_absolute());
    let program =
        program.ok_or_else(|| refused("the program's path is not absolute, or not Unicode"))?;
    let arguments = [&["-d", distribution, "--exec", program], arguments].concat();
    with_arguments(WSL.to_owned(), &arguments, true)
}

/// The first word of a command, with its quotes; nothing where that sets a variable.
pub(super) fn program(command: &str) -> &str {
    let end = match command.strip_prefix('"') {
        Some(quoted) => quoted.find('"').map(|at| at + 2),
        None => command.find(char::is_whitespace),
    };
    let word = command.get(..end.unwrap_or(command.len()));
    word.filter(|word| !word.contains('=')).unwrap_or_default()
}

fn with_arguments(
    mut command: String,
    arguments: &[&str],
    windows: bool,
) -> Result<String, Problem> {
    for argument in arguments {
        command.push(' ');
        if !argument.is_empty() && argument.bytes().all(is_plain) {
            command.push_str(argument);
        } else {
            let argument = inside_quotes(argument, windows)?;
            command.extend(["\"", argument, "\""]);
        }
    }
    Ok(command)
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.,:/@+=".contains(&byte)
}

/// Checks that `text` stands for itself between double quotes.
fn inside_quotes(text: &str, windows: bool) -> Result<&str, Problem> {
    let meaning = if windows { "\"%" } else { "\"$`~'\\!" };
    if let Some(bad) = text.chars().find(|c| meaning.contains(*c)) {
        return Err(refused(&format!("it contains {bad}")));
    }
    if text.chars().any(char::is_control) {
        return Err(refused(
            "it contains a line break or another control character",
        ));
    }
    if windows && text.ends_with('\\') {
        return Err(refused("it ends with a backslash"));
    }
    if [" #", " ;"].iter().any(|comment| text.contains(comment)) {
        return Err(refused(
            "the JavaScript SDK takes a part of it for a comment",
        ));
    }
    Ok(text)
}

fn refused(why: &str) -> Problem {
    let sentence = format!("The command cannot be written so that every SDK runs it: {why}");
    Problem::new(ProblemKind::Usage, sentence)
        .hint("Move or rename the program or the profile, without special characters")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn quotes_the_program_and_what_is_not_plain() {
        let program = Path::new("/opt/my apps/poolkey");
        let command = process_command(program, &["credential-process", "a b", "ä@x"]);
        let expected = "\"/opt/my apps/poolkey\" credential-process \"a b\" \"ä@x\"";
        assert_eq!(command.as_deref(), Ok(expected));
        assert!(process_command(Path::new("poolkey"), &[]).is_err());
    }

    #[cfg(unix)] // as everything inside WSL
    #[test]
    fn windows_calls_into_wsl() {
        let program = Path::new("/opt/my apps/poolkey");
        let command = process_command_in_wsl("Debian", program, &["credential-process", "a b"]);
        let expected = "C:\\Windows\\System32\\wsl.exe -d Debian --exec \"/opt/my apps/poolkey\" credential-process \"a b\"";
        assert_eq!(command.as_deref(), Ok(expected));
        assert!(process_command_in_wsl("De\"bian", program, &[]).is_err());
    }

    #[test]
    fn refuses_what_readers_disagree_about() {
        for text in [
            "$HOME", "~/x", "it's", "a\\b", "a\"b", "a`b`", "a\nb", "a #b", "a ;b", "!",
        ] {
            assert!(inside_quotes(text, false).is_err(), "{text}");
        }
        for text in ["%PATH%", "a\"b", "C:\\dir\\"] {
            assert!(inside_quotes(text, true).is_err(), "{text}");
        }
        assert_eq!(
            inside_quotes("C:\\My Apps\\x.exe", true),
            Ok("C:\\My Apps\\x.exe")
        );
    }
}
