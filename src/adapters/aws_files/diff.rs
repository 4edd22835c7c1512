//! What an edit changes, as a unified diff without a secret in it.
//!
//! Values are shown only on changed lines and only for keys known to be harmless; everything else
//! that could hold a secret, comments and other programs' arguments included, becomes `…`. Deliberately absent: more than one
//! hunk. An edit touches one section.

use std::fmt::Write as _;
use std::path::Path;

use super::command::program;
use super::lines::{Line, line_ends, lines};
use super::rules::PROCESS;
use super::section::{CREATED_MARK, TAKEN_MARK};

const CONTEXT: usize = 3;
/// Bytes compared at once.
const BLOCK: usize = 4096;
/// Beyond this many comparisons the changed part is shown as replaced as a whole.
const LARGEST_TABLE: usize = 250_000;
const HARMLESS: [&str; 8] = [
    "role_arn",
    "role_session_name",
    "web_identity_token_file",
    "region",
    "output",
    "x_security_token_expires",
    PROCESS,
    "aws_access_key_id",
];

/// The diff between two texts of the file at `path`; empty where they are the same.
pub fn masked_diff(path: &Path, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let head = same_head(before, after);
    let tail = same_tail(before, after, head);
    let above = last_lines(before.get(..head).unwrap_or_default(), CONTEXT);
    let rest = before.get(before.len() - tail..).unwrap_or_default();
    let below: Vec<_> = lines(rest).take(CONTEXT).collect();
    let gone: Vec<_> = changed(before, head, tail).collect();
    let come: Vec<_> = changed(after, head, tail).collect();

    let from = line_ends(before.get(..head - above.len()).unwrap_or_default());
    let above: Vec<_> = lines(above).collect();
    let old_count = above.len() + gone.len() + below.len();
    let new_count = above.len() + come.len() + below.len();
    let mut diff = format!("--- {0}\n+++ {0}\n", path.display());
    let (a, b) = (first(from, old_count), first(from, new_count));
    // Writing to a text cannot fail.
    let _written = writeln!(diff, "@@ -{a},{old_count} +{b},{new_count} @@");
    for line in &above {
        show(&mut diff, ' ', line);
    }
    middle(&mut diff, &gone, &come);
    for line in &below {
        show(&mut diff, ' ', line);
    }
    diff
}

/// How many bytes of whole lines the two have in common at the beginning.
fn same_head(before: &str, after: &str) -> usize {
    let (a, b) = (before.as_bytes(), after.as_bytes());
    // Block by block: comparing memory is much faster than comparing bytes.
    let blocks = a.chunks_exact(BLOCK).zip(b.chunks_exact(BLOCK));
    let blocks = blocks.take_while(|(a, b)| a == b).count() * BLOCK;
    let ends = (
        a.get(blocks..).unwrap_or_default(),
        b.get(blocks..).unwrap_or_default(),
    );
    let rest = ends.0.iter().zip(ends.1).take_while(|(a, b)| a == b);
    let same = blocks + rest.count();
    let whole = a.get(..same).unwrap_or_default();
    whole
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1)
}

/// The same at the end, not reaching into the first `head` bytes of either.
fn same_tail(before: &str, after: &str, head: usize) -> usize {
    let (a, b) = (before.as_bytes(), after.as_bytes());
    let (a, b) = (
        a.get(head..).unwrap_or_default(),
        b.get(head..).unwrap_or_default(),
    );
    let blocks = a.rchunks_exact(BLOCK).zip(b.rchunks_exact(BLOCK));
    let blocks = blocks.take_while(|(a, b)| a == b).count() * BLOCK;
    let front = |text: &[u8]| text.len() - blocks;
    let ends = (
        a.get(..front(a)).unwrap_or_default(),
        b.get(..front(b)).unwrap_or_default(),
    );
    let rest = ends.0.iter().rev().zip(ends.1.iter().rev());
    let mut same = blocks + rest.take_while(|(a, b)| a == b).count();
    // A line begins after the end of another, in both.
    let begins = |text: &[u8], tail: usize| {
        let at = text.len() - tail;
        at.checked_sub(1)
            .is_none_or(|above| text.get(above) == Some(&b'\n'))
    };
    while !(begins(a, same) && begins(b, same)) {
        let tail = a.get(a.len() - same..).unwrap_or_default();
        let line = tail.iter().position(|byte| *byte == b'\n');
        same -= line.map_or(same, |at| at + 1);
        if same == 0 {
            break;
        }
    }
    same
}

/// The last lines of `text`, at most `count`.
fn last_lines(text: &str, count: usize) -> &str {
    let mut from = text.len();
    for _ in 0..count {
        let above = text.get(..from).unwrap_or_default();
        let above = above.strip_suffix('\n').unwrap_or(above);
        from = above.rfind('\n').map_or(0, |at| at + 1);
    }
    text.get(from..).unwrap_or_default()
}

fn changed(text: &str, head: usize, tail: usize) -> impl Iterator<Item = Line<'_>> {
    lines(text.get(head..text.len() - tail).unwrap_or_default())
}

/// A range that holds no line is named by the line before it.
fn first(from: usize, count: usize) -> usize {
    if count == 0 { from } else { from + 1 }
}

fn same(a: &Line<'_>, b: &Line<'_>) -> bool {
    a.body == b.body && a.eol == b.eol
}

/// The changed part, by longest common subsequence.
fn middle(diff: &mut String, gone: &[Line<'_>], come: &[Line<'_>]) {
    let width = come.len() + 1;
    let size = (gone.len() + 1).saturating_mul(width);
    let mut table = vec![0_usize; if size > LARGEST_TABLE { 0 } else { size }];
    let at =
        |table: &[usize], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or_default();
    if !table.is_empty() {
        for (i, a) in gone.iter().enumerate().rev() {
            for (j, b) in come.iter().enumerate().rev() {
                let best = if same(a, b) {
                    at(&table, i + 1, j + 1) + 1
                } else {
                    at(&table, i + 1, j).max(at(&table, i, j + 1))
                };
                if let Some(cell) = table.get_mut(i * width + j) {
                    *cell = best;
                }
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    loop {
        match (gone.get(i), come.get(j)) {
            (Some(a), Some(b)) if same(a, b) && !table.is_empty() => {
                show(diff, ' ', a);
                i += 1;
                j += 1;
            }
            (Some(a), b) if b.is_none() || at(&table, i + 1, j) >= at(&table, i, j + 1) => {
                show(diff, '-', a);
                i += 1;
            }
            (_, Some(b)) => {
                show(diff, '+', b);
                j += 1;
            }
            _ => return,
        }
    }
}

fn show(diff: &mut String, sign: char, line: &Line<'_>) {
    // Writing to a text cannot fail.
    let _written = writeln!(diff, "{sign}{}", masked(line, sign != ' '));
    if line.eol.is_empty() {
        diff.push_str("\\ No newline at end of file\n");
    }
}

fn masked(line: &Line<'_>, changed: bool) -> String {
    let text = line.body.trim_start();
    if text.is_empty() || matches!(line.body, CREATED_MARK | TAKEN_MARK) {
        return line.body.to_owned();
    }
    if text.starts_with(['#', ';']) {
        // Somebody may have commented a key out.
        return "# …".to_owned();
    }
    if line.margin().is_empty() && line.header().is_some() {
        let (inside, rest) = text.split_once(']').unwrap_or((text, ""));
        let rest = if rest.trim().is_empty() { "" } else { " …" };
        return format!("{inside}]{rest}");
    }
    let Some((key, _, value)) = line.setting().filter(|(key, ..)| is_key(key)) else {
        return format!("{}…", line.margin());
    };
    let value = line
        .body
        .get(value.start - line.start..value.end - line.start);
    let value = value.filter(|_| changed && line.margin().is_empty() && HARMLESS.contains(&key));
    let value = value.unwrap_or("…");
    let (value, rest) = match value.strip_prefix(program(value)) {
        Some(arguments) if key == PROCESS && !is_ours(value) => (program(value), arguments),
        _ => (value, ""),
    };
    let rest = if rest.is_empty() { "" } else { " …" };
    format!("{}{key} = {value}{rest}", line.margin())
}

/// Poolkey takes no secret on its command line, nor does what calls it out of Windows.
fn is_ours(command: &str) -> bool {
    let program = program(command).trim_matches('"');
    let file = program.rsplit(['/', '\\']).next().unwrap_or_default();
    let file = file.strip_suffix(".exe").unwrap_or(file);
    file == "poolkey" || (file == "wsl" && command.contains(" credential-process "))
}

/// A key as the SDKs know them, not the beginning of some secret on a line by itself.
fn is_key(text: &str) -> bool {
    text.len() < 40
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::masked_diff;

    #[test]
    fn shows_what_changes_and_hides_what_is_secret() {
        let before = "# aws_secret_access_key = canary\n[a]\naws_secret_access_key = canary\n\
                      region = x\ncanary==\n  canary = 1\n[b] # canary\nregion = y\naws_session_token = canary\n";
        let after = before
            .replace("region = y", "region = z")
            .replace("token = canary", "token = canary2");
        let diff = masked_diff(Path::new("f"), before, &after);
        assert!(
            !diff.contains("canary2") && !diff.contains("= canary"),
            "{diff}"
        );
        let expected = "--- f\n+++ f\n@@ -5,5 +5,5 @@\n canary = …\n   canary = …\n [b] …\n\
                        -region = y\n-aws_session_token = …\n+region = z\n+aws_session_token = …\n";
        assert_eq!(diff, expected);
    }

    #[test]
    fn of_another_program_only_its_name_is_shown() {
        let wsl = "C:\\Windows\\System32\\wsl.exe -d D --exec /p/poolkey credential-process x";
        for (command, shown) in [
            ("tool --password canary", "tool …"),
            ("\"/opt/my apps/tool\" canary", "\"/opt/my apps/tool\" …"),
            ("/bin/tool", "/bin/tool"),
            ("TOKEN=canary poolkey credential-process x", " …"),
            ("tool canary poolkey credential-process x", "tool …"),
            (
                "\"/o/poolkey\" credential-process x",
                "\"/o/poolkey\" credential-process x",
            ),
            (wsl, wsl),
        ] {
            let line = format!("credential_process = {command}\n");
            for (sign, before, after) in [('-', line.as_str(), ""), ('+', "", line.as_str())] {
                let diff = masked_diff(Path::new("f"), before, after);
                let expected = format!("{sign}credential_process = {shown}\n");
                assert!(diff.ends_with(&expected), "{diff}");
            }
        }
    }

    #[test]
    fn a_new_file_and_an_unfinished_line() {
        let diff = masked_diff(Path::new("f"), "", "[a]\nregion = x");
        let expected = "--- f\n+++ f\n@@ -0,0 +1,2 @@\n+[a]\n+region = x\n\
                        \\ No newline at end of file\n";
        assert_eq!(diff, expected);
        assert_eq!(masked_diff(Path::new("f"), "x", "x"), "");
    }

    #[test]
    fn unchanged_lines_between_changes_are_context() {
        let diff = masked_diff(
            Path::new("f"),
            "a = 1\nb = 2\nc = 3\n",
            "a = 4\nb = 2\nc = 5\n",
        );
        assert!(
            diff.ends_with("-a = …\n+a = …\n b = …\n-c = …\n+c = …\n"),
            "{diff}"
        );
    }
}
