//! Object literals in the text of a script, cut out without running it.
//!
//! Deliberately absent: expressions. What a script computes is not known to anybody who does not run
//! it.

use std::ops::Range;

/// Deeper than any configuration; a parser that calls itself stays far from the end of its stack.
pub(super) const DEEPEST: usize = 64;

/// The places of the objects in the text that are nested no deeper than [`DEEPEST`], the outer before
/// the inner. Braces in comments and texts do not count.
pub(super) fn objects(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut found: Vec<Range<usize>> = Vec::new();
    // How deep the deepest object inside each open one is.
    let mut depths: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        at = match byte {
            b'/' if rest.starts_with(b"//") => at + until(rest, b"\n"),
            b'/' if rest.starts_with(b"/*") => at + until(rest, b"*/"),
            // Dart and Python put JSON between these.
            b'\'' if rest.starts_with(b"'''") => at + 3,
            b'"' if rest.starts_with(b"\"\"\"") => at + 3,
            b'"' | b'\'' | b'`' => at + quoted(rest),
            b'{' | b'[' | b'(' => {
                open.push((*byte, at));
                depths.push(0);
                at + 1
            }
            b'}' | b']' | b')' => {
                if let (Some((opening, start)), Some(inside)) = (open.pop(), depths.pop()) {
                    let depth = inside + 1;
                    if let Some(outer) = depths.last_mut() {
                        *outer = depth.max(*outer);
                    }
                    if (opening, *byte) == (b'{', b'}') && depth <= DEEPEST {
                        found.push(start..at + 1);
                    }
                }
                at + 1
            }
            _ => at + 1,
        };
    }
    found.sort_by_key(|range| range.start);
    found
}

/// The length up to and with the end, or of all of it.
fn until(rest: &[u8], end: &[u8]) -> usize {
    let found = rest
        .windows(end.len())
        .skip(1)
        .position(|window| window == end);
    found.map_or(rest.len(), |position| position + 1 + end.len())
}

/// The length of a text in quotation marks, which ends with its line unless it is a template.
fn quoted(rest: &[u8]) -> usize {
    let Some(mark) = rest.first() else {
        return 1;
    };
    let mut escaped = false;
    for (index, byte) in rest.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'\n' if *mark != b'`' => return index,
            byte if byte == mark => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        objects(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn objects_are_found_and_texts_are_not_looked_into() {
        let text = "// {a}\n/* {b} */ const x = {c: '}{', d: [{e: \"\\\"}\"}]}; `{f}` '{g}'";
        assert_eq!(
            cut(text),
            ["{c: '}{', d: [{e: \"\\\"}\"}]}", "{e: \"\\\"}\"}"]
        );
        assert_eq!(cut("const c = '''{\"a\": 1}''';"), ["{\"a\": 1}"]);
        assert_eq!(cut("don't\n{a: 1}"), ["{a: 1}"]);
        assert_eq!(cut("}{]{)}}(}"), ["{)}"; 0]);
    }

    #[test]
    fn what_is_too_deep_is_left_out() {
        let deep = |depth: usize| "{a:".repeat(depth) + "1" + &"}".repeat(depth);
        assert_eq!(objects(&deep(DEEPEST)).len(), DEEPEST);
        let found = objects(&deep(100_000));
        assert_eq!(found.len(), DEEPEST);
        assert_eq!(objects(&"{[(".repeat(100_000)).len(), 0);
    }
}
