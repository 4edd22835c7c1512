//! Moves entries of the file as the text they are: each takes along the comment lines right above
//! it, its own tables below, and every blank, comment and line end inside.
//!
//! What stands between two entries stays where it is, and so does the comment at the file's very
//! beginning: that one is about the file. Deliberately absent: which entries move (see
//! `domain::arranged`).

use std::ops::Range;

use toml_edit::{Document, Item, Table};

use super::LIST;

/// The text with its entries in another order, given as indices into the present one. None where
/// the text is not what was counted: then nothing moves.
pub(super) fn reordered(text: &str, order: &[usize]) -> Option<String> {
    let blocks = blocks(text)?;
    if blocks.len() != order.len() {
        return None;
    }
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut after = String::with_capacity(text.len() + ending.len());
    let mut end = 0;
    for (place, index) in blocks.iter().zip(order) {
        after.push_str(text.get(end..place.start)?);
        let block = text.get(blocks.get(*index)?.clone())?;
        after.push_str(block);
        let is_last = place.end == text.len();
        if !block.ends_with('\n') && !is_last {
            after.push_str(ending);
        }
        end = place.end;
    }
    after.push_str(text.get(end..)?);
    Some(after)
}

/// Where each entry stands, comment lines and line ends included.
fn blocks(text: &str) -> Option<Vec<Range<usize>>> {
    let document = Document::parse(text).ok()?;
    let Some(list) = document.as_table().get(LIST) else {
        return Some(Vec::new());
    };
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for table in list.as_array_of_tables()? {
        let header = table.span()?.start;
        let first = text.get(..header)?.rfind('\n').map_or(0, |at| at + 1);
        let least = blocks.last().map_or(0, |before| before.end);
        let start = above(text, first).max(least);
        let content_end = last_of(table).max(header);
        let line = text.get(content_end..)?.find('\n');
        let end = line.map_or(text.len(), |at| content_end + at + 1);
        blocks.push(start..end);
    }
    Some(blocks)
}

/// Where the comment lines that touch the line at `first` begin. Those that reach up to the file's
/// beginning belong to the file.
fn above(text: &str, first: usize) -> usize {
    let mut start = first;
    while start > 0 {
        let before = text.get(..start - 1).unwrap_or_default();
        let at = before.rfind('\n').map_or(0, |at| at + 1);
        let line = text.get(at..start).unwrap_or_default();
        if !line.trim_start().starts_with('#') {
            return start;
        }
        start = at;
    }
    first
}

/// The last byte of the table and of everything in it.
fn last_of(table: &Table) -> usize {
    let own = table.span().map_or(0, |span| span.end.saturating_sub(1));
    let inner = table.iter().map(|(_, item)| match item {
        Item::Table(table) => last_of(table),
        Item::ArrayOfTables(list) => list.iter().map(last_of).max().unwrap_or_default(),
        item => item.span().map_or(0, |span| span.end.saturating_sub(1)),
    });
    inner.max().unwrap_or_default().max(own)
}
