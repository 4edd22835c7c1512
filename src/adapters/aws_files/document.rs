//! The text of one AWS file, edited by splicing: what is not ours keeps every byte.
//!
//! Comments, order, unknown keys, indentation, CRLF, and a missing newline at the end all stay as
//! they are. Deliberately absent: a parsed model that is written back (that is how comments and
//! settings get lost), `Debug` (the text holds secrets), and anything that touches a disk.

use std::ops::Range;

use zeroize::Zeroizing;

use super::find::find;
use super::lines::line_ending;
use super::refusal::Refusal;
use super::section::{CREATED_MARK, Entry, Owner, Section, SectionId, TAKEN_MARK};
use super::text::{readable, survives};

/// A key of ours and the value it gets.
pub type Setting<'a> = (&'a str, &'a str);

/// Whether an existing section gets our mark. A section we create always does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// Leave the section whose it is.
    Leave,
    /// Mark it as taken over.
    TakeOver,
}

/// One AWS file's text.
pub struct Document {
    text: Zeroizing<String>,
}

impl Document {
    /// Accepts what all SDKs can read as text.
    pub fn parse(bytes: Zeroizing<Vec<u8>>) -> Result<Self, Refusal> {
        Ok(Self {
            text: readable(bytes)?,
        })
    }

    /// Another document's text.
    pub(super) fn of(text: &str) -> Self {
        Self {
            text: Zeroizing::new(text.to_owned()),
        }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same, on its own.
    pub(super) fn into_text(self) -> Zeroizing<String> {
        self.text
    }

    /// The section, if it is there once.
    pub fn section(&self, id: SectionId<'_>) -> Result<Option<Section>, Refusal> {
        find(&self.text, id)
    }

    /// The first line of a setting's value.
    pub fn value(&self, section: &Section, key: &str) -> Result<Option<&str>, Refusal> {
        Ok(section
            .entry(key)?
            .and_then(|entry| self.text.get(entry.value.clone())))
    }

    /// The document with `settings` in the section and the keys in `drop` gone from it. A section
    /// that is not there is appended, marked as ours.
    pub fn put(
        &self,
        id: SectionId<'_>,
        settings: &[Setting<'_>],
        drop: &[&str],
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        self.put_into(self.section(id)?, id, settings, drop, stamp)
    }

    /// [`Self::put`] where the section was looked up already.
    pub fn put_into(
        &self,
        section: Option<Section>,
        id: SectionId<'_>,
        settings: &[Setting<'_>],
        drop: &[&str],
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        if let Some((key, _)) = settings.iter().find(|(_, value)| !survives(value)) {
            return Err(Refusal::UnsafeValue {
                key: (*key).to_owned(),
            });
        }
        let Some(section) = section else {
            return self.append(id, settings);
        };
        let mut splices = Vec::new();
        if stamp == Stamp::TakeOver && section.owner == Owner::Foreign {
            splices.push(self.mark(&section));
            // `[ name ]` and `[profile "name"]` are not read by every SDK.
            splices.push(Splice::new(section.inside.clone(), &[&id.inside()]));
        }
        for entry in section
            .entries
            .iter()
            .filter(|entry| drop.contains(&entry.key.as_str()))
        {
            splices.extend(removal(entry));
        }
        let mut missing = Vec::new();
        for (key, value) in settings {
            match section.entry(key)? {
                None => missing.push((*key, *value)),
                Some(entry) => splices.extend(self.replacement(entry, key, value)?),
            }
        }
        splices.push(self.addition(&section, &missing, drop));
        self.spliced(splices)
    }

    /// The document without these keys of the section and without our mark; without the section
    /// altogether where nothing else is set in it.
    pub fn take(&self, id: SectionId<'_>, keys: &[&str]) -> Result<Self, Refusal> {
        let Some(section) = self.section(id)? else {
            return self.unchanged();
        };
        let (ours, others): (Vec<_>, Vec<_>) = section
            .entries
            .iter()
            .partition(|entry| keys.contains(&entry.key.as_str()));
        let mut splices: Vec<_> = ours.into_iter().flat_map(removal).collect();
        splices.extend(section.mark.clone().map(Splice::delete));
        if others.is_empty() {
            splices.extend(section.gap.clone().map(Splice::delete));
            splices.push(Splice::delete(section.header.clone()));
        }
        self.spliced(splices)
    }

    /// The same document: the answer where there is nothing to do.
    pub fn unchanged(&self) -> Result<Self, Refusal> {
        self.spliced(Vec::new())
    }

    fn append(&self, id: SectionId<'_>, settings: &[Setting<'_>]) -> Result<Self, Refusal> {
        let eol = line_ending(&self.text);
        let inside = id.inside();
        let end = self.text.len();
        let mut pieces = Vec::new();
        if !self.text.is_empty() {
            if !self.text.ends_with('\n') {
                pieces.push(eol);
            }
            pieces.push(eol);
        }
        pieces.extend([CREATED_MARK, eol, "[", &inside, "]", eol]);
        for (key, value) in settings {
            pieces.extend([key, " = ", value, eol]);
        }
        self.spliced(vec![Splice::new(end..end, &pieces)])
    }

    fn mark(&self, section: &Section) -> Splice {
        let eol = self.eol(&section.header_eol);
        Splice::new(
            section.header.start..section.header.start,
            &[TAKEN_MARK, eol],
        )
    }

    /// A value that already stands there readably keeps its line as it is.
    fn replacement(&self, entry: &Entry, key: &str, value: &str) -> Result<Vec<Splice>, Refusal> {
        let old = self
            .text
            .get(entry.value.clone())
            .ok_or(Refusal::Inconsistent)?;
        if old == value && entry.plain && entry.continuation.is_empty() {
            return Ok(Vec::new());
        }
        // The indentation stays: without it, indented settings below would become a continuation.
        let margin = self
            .text
            .get(entry.margin.clone())
            .ok_or(Refusal::Inconsistent)?;
        let eol = self
            .text
            .get(entry.eol.clone())
            .ok_or(Refusal::Inconsistent)?;
        let mut splices = removal(entry);
        splices.push(Splice::new(
            entry.line.end..entry.line.end,
            &[margin, key, " = ", value, eol],
        ));
        Ok(splices)
    }

    /// New settings go below the last one that stays: nothing indented can follow there, which
    /// botocore would take for a continuation of what we add.
    fn addition(&self, section: &Section, missing: &[Setting<'_>], drop: &[&str]) -> Splice {
        let kept = section
            .entries
            .iter()
            .rev()
            .find(|entry| !drop.contains(&entry.key.as_str()));
        let (at, eol) = match kept {
            Some(entry) => (entry.end(), &entry.eol),
            None => (section.header.end, &section.header_eol),
        };
        let eol = self.eol(eol);
        let unfinished = self
            .text
            .get(..at)
            .is_some_and(|above| !above.ends_with('\n'));
        let mut pieces = Vec::new();
        for (key, value) in missing {
            let line = [*key, " = ", *value];
            if unfinished {
                pieces.push(eol);
                pieces.extend(line);
            } else {
                pieces.extend(line);
                pieces.push(eol);
            }
        }
        Splice::new(at..at, &pieces)
    }

    fn eol<'a>(&'a self, of: &Range<usize>) -> &'a str {
        match self.text.get(of.clone()) {
            Some(eol) if !eol.is_empty() => eol,
            _ => line_ending(&self.text),
        }
    }

    pub(super) fn spliced(&self, mut splices: Vec<Splice>) -> Result<Self, Refusal> {
        splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
        // Room for everything at once: a buffer that grows leaves copies of secrets behind.
        let added: usize = splices.iter().map(|splice| splice.text.len()).sum();
        let mut text = Zeroizing::new(String::with_capacity(self.text.len() + added));
        let mut done = 0;
        for splice in &splices {
            text.push_str(
                self.text
                    .get(done..splice.range.start)
                    .ok_or(Refusal::Inconsistent)?,
            );
            text.push_str(&splice.text);
            done = splice.range.end;
        }
        text.push_str(self.text.get(done..).ok_or(Refusal::Inconsistent)?);
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            // A file without a newline at its end keeps that, so that an edit can be taken back.
            let shorter = text
                .strip_suffix("\r\n")
                .or(text.strip_suffix('\n'))
                .map(str::len);
            text.truncate(shorter.unwrap_or(usize::MAX));
        }
        Ok(Self { text })
    }
}

/// Replaces `range` by `text`.
pub(super) struct Splice {
    range: Range<usize>,
    text: Zeroizing<String>,
}

impl Splice {
    pub(super) fn new(range: Range<usize>, pieces: &[&str]) -> Self {
        Self {
            range,
            text: Zeroizing::new(pieces.concat()),
        }
    }

    pub(super) fn delete(range: Range<usize>) -> Self {
        Self {
            range,
            text: Zeroizing::new(String::new()),
        }
    }
}

fn removal(entry: &Entry) -> Vec<Splice> {
    [&entry.line]
        .into_iter()
        .chain(&entry.continuation)
        .cloned()
        .map(Splice::delete)
        .collect()
}
