//! Putting a section back to what it was in an older text of the same file.
//!
//! Deliberately absent: whether it may be done, and what the rest of the file was: that stays as it
//! is now.

use zeroize::Zeroizing;

use super::document::{Document, Splice};
use super::history::finished;
use super::lines::line_ending;
use super::refusal::Refusal;
use super::section::{Section, SectionId};

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
        let block = old.as_ref().and_then(|old| then.text().get(old.block()));
        match (new, block) {
            (None, None) => self.unchanged(),
            (Some(new), None) => {
                let gap = new.gap.clone().map(Splice::delete);
                self.spliced(
                    gap.into_iter()
                        .chain([Splice::delete(new.block())])
                        .collect(),
                )
            }
            (Some(new), Some(block)) => {
                let place = new.block();
                let ended = block.ends_with('\n') || place.end == self.text().len();
                let eol = if ended { "" } else { line_ending(self.text()) };
                self.spliced(vec![Splice::new(place, &[block, eol])])
            }
            (None, Some(block)) => {
                let (end, eol) = (self.text().len(), line_ending(self.text()));
                let unfinished = !self.text().is_empty() && !self.text().ends_with('\n');
                let gap = if self.text().is_empty() { "" } else { eol };
                let above = if unfinished { eol } else { "" };
                let below = if block.ends_with('\n') { "" } else { eol };
                self.spliced(vec![Splice::new(end..end, &[above, gap, block, below])])
            }
        }
    }

    /// The text without the section, to be compared: its remarks stay, as they do when Poolkey
    /// removes it, and so does the empty line above it unless the section is `new` there.
    fn without(&self, section: Option<&Section>, new: bool) -> Result<Zeroizing<String>, Refusal> {
        let mut gone = Vec::new();
        if let Some(section) = section {
            gone.extend(section.gap.clone().filter(|_| new));
            gone.extend(section.mark.clone());
            gone.push(section.header.clone());
            for entry in &section.entries {
                gone.push(entry.line.clone());
                gone.extend(entry.continuation.iter().cloned());
            }
        }
        let rest = self.spliced(gone.into_iter().map(Splice::delete).collect())?;
        // Whether the last line is finished depends on which section is the last.
        let mut rest = rest.into_text();
        let length = finished(&rest).len();
        rest.truncate(length);
        Ok(rest)
    }
}
