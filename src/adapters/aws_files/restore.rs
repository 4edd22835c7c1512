//! Putting a section back to what it was in an older text of the same file.
//!
//! Deliberately absent: whether it may be done, and what the rest of the file was: that stays as it
//! is now, remarks inside the section included, which Poolkey never removes.

use std::ops::Range;

use zeroize::Zeroizing;

use super::document::{Document, Splice};
use super::find::headers;
use super::history::finished;
use super::lines::{line_ending, lines};
use super::refusal::Refusal;
use super::section::{Section, SectionId};

/// A line of a section: its text with its ending, and whether it is a remark or an empty line.
type Piece<'a> = (&'a str, bool);

impl Document {
    /// The section's text, from its mark to its last setting.
    pub fn block(&self, id: SectionId<'_>) -> Result<Option<&str>, Refusal> {
        let section = self.section(id)?;
        Ok(section.and_then(|section| self.text().get(section.block())))
    }

    /// The document with the section as it is in `then`, or without it where it is not in there.
    pub fn restored(&self, id: SectionId<'_>, then: &Self) -> Result<Self, Refusal> {
        let (new, old) = (self.section(id)?, then.section(id)?);
        // Where nothing else changed, every byte comes back, the place of the section included.
        let one_side = new.is_none() || old.is_none();
        if self.without(new.as_ref(), one_side)? == then.without(old.as_ref(), one_side)? {
            return Ok(Self::of(then.text()));
        }
        match (new, old) {
            (None, None) => self.unchanged(),
            (Some(new), None) => {
                let gap = new.gap.clone().map(Splice::delete);
                self.spliced(
                    gap.into_iter()
                        .chain([Splice::delete(new.block())])
                        .collect(),
                )
            }
            (Some(new), Some(old)) => self.spliced(self.woven(&new, &then.pieces(&old))),
            (None, Some(old)) => {
                let block = self.without_remarks(then, &then.pieces(&old));
                let (end, eol) = (self.text().len(), line_ending(self.text()));
                let unfinished = !self.text().is_empty() && !self.text().ends_with('\n');
                let gap = if self.text().is_empty() { "" } else { eol };
                let above = if unfinished { eol } else { "" };
                let below = if block.ends_with('\n') { "" } else { eol };
                self.spliced(vec![Splice::new(end..end, &[above, gap, &block, below])])
            }
        }
    }

    /// The lines of the section's block.
    fn pieces(&self, section: &Section) -> Vec<Piece<'_>> {
        let (block, set) = (section.block(), settings(section));
        let text = self.text().get(block.clone()).unwrap_or_default();
        let pieces = lines(text).map(|line| {
            let range = line.range();
            let is_set = set.iter().any(|set| set.start == block.start + range.start);
            (text.get(range).unwrap_or_default(), !is_set)
        });
        pieces.collect()
    }

    /// The section with the settings of `old` in the place of its own. Remarks that still stand stay
    /// where they are, with the settings around them that were there.
    fn woven(&self, new: &Section, old: &[Piece<'_>]) -> Vec<Splice> {
        let (text, eol) = (self.text(), line_ending(self.text()));
        let own = settings(new);
        let mut next = headers(text).map(|header| header.start());
        let end = next.find(|at| *at > new.header.start);
        let inside = new.block().start..end.unwrap_or(text.len());
        let here = lines(text.get(inside.clone()).unwrap_or_default());
        let here = here.map(|line| line.moved(inside.start, 0));
        let remarks = here.filter(|line| own.iter().all(|own| own.start != line.start));
        let mut remarks = remarks.collect::<Vec<_>>().into_iter();
        let mut splices: Vec<Splice> = own.iter().cloned().map(Splice::delete).collect();
        let (mut at, mut pieces) = (inside.start, Vec::new());
        let mut put = |at: usize, pieces: &mut Vec<&str>| {
            let above = text.get(..at).unwrap_or_default();
            if !pieces.is_empty() && !above.is_empty() && !above.ends_with('\n') {
                pieces.insert(0, eol);
            }
            splices.push(Splice::new(at..at, pieces));
            pieces.clear();
        };
        for (piece, is_remark) in old {
            let mut left = remarks.clone();
            let same = left.find(|line| *is_remark && line.body == finished(piece));
            if let Some(same) = same {
                put(at, &mut pieces);
                (at, remarks) = (same.range().end, left);
            } else {
                pieces.push(piece);
                if !piece.ends_with('\n') {
                    pieces.push(eol);
                }
            }
        }
        put(at, &mut pieces);
        splices
    }

    /// The lines of a section of `then` that is not here, without the remarks that are.
    fn without_remarks(&self, then: &Self, old: &[Piece<'_>]) -> Zeroizing<String> {
        let count = |text: &str, remark: &str| {
            let same = lines(text).filter(|line| line.body == finished(remark));
            same.count()
        };
        let stands = |remark: &str| {
            let text = then.text();
            !finished(remark).is_empty() && count(self.text(), remark) >= count(text, remark)
        };
        let left = old
            .iter()
            .filter(|(piece, is_remark)| !(*is_remark && stands(piece)));
        let mut block = Zeroizing::new(String::with_capacity(then.text().len()));
        left.for_each(|(piece, _)| block.push_str(piece));
        block
    }

    /// The text without the section, to be compared: its remarks stay, as they do when Poolkey
    /// removes it, and so does the empty line above it unless the section is `new` there.
    fn without(&self, section: Option<&Section>, new: bool) -> Result<Zeroizing<String>, Refusal> {
        let mut gone = Vec::new();
        if let Some(section) = section {
            gone.extend(section.gap.clone().filter(|_| new));
            gone.extend(settings(section));
        }
        let rest = self.spliced(gone.into_iter().map(Splice::delete).collect())?;
        // Whether the last line is finished depends on which section is the last.
        let mut rest = rest.into_text();
        let length = finished(&rest).len();
        rest.truncate(length);
        Ok(rest)
    }
}

/// Mark, header and settings: the lines of a section that are no remarks.
fn settings(section: &Section) -> Vec<Range<usize>> {
    let mut lines: Vec<_> = section.mark.iter().cloned().collect();
    lines.push(section.header.clone());
    for entry in &section.entries {
        lines.push(entry.line.clone());
        lines.extend(entry.continuation.iter().cloned());
    }
    lines
}
