//! One section of the text: its header, its settings, and whether Poolkey made it.
//!
//! Only places in the text are kept, never a value, so nothing here can leak a secret. Deliberately
//! absent: where the section is found (see `find`).

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::lines::Line;
use super::refusal::Refusal;

/// The remark directly above a section that Poolkey created.
pub const CREATED_MARK: &str = "# managed by Poolkey";
/// The remark directly above a section that existed before and was taken over when asked to.
pub const TAKEN_MARK: &str = "# managed by Poolkey (taken over)";

/// Which of the two files: they spell their headers differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AwsFile {
    /// `~/.aws/credentials`: `[name]`.
    Credentials,
    /// `~/.aws/config`: `[profile name]`, and `[default]`.
    Config,
}

/// A section by file and profile name.
#[derive(Clone, Copy)]
pub struct SectionId<'a> {
    /// The file it is in.
    pub file: AwsFile,
    /// The profile's name.
    pub name: &'a str,
}

impl SectionId<'_> {
    /// What stands between the brackets when we write it.
    pub fn inside(&self) -> String {
        match self.file {
            AwsFile::Config if self.name != "default" => format!("profile {}", self.name),
            _ => self.name.to_owned(),
        }
    }

    /// True where some SDK takes `inside` for this section.
    pub fn is(&self, inside: &str) -> bool {
        let inside = inside.trim();
        if self.file == AwsFile::Credentials {
            return inside == self.name;
        }
        if self.name == "default" && inside == "default" {
            return true;
        }
        let Some(rest) = inside.strip_prefix("profile") else {
            return false;
        };
        let name = rest.trim_start();
        name.len() < rest.len() && unquoted(name) == self.name
    }
}

fn unquoted(name: &str) -> &str {
    ['"', '\'']
        .iter()
        .find_map(|quote| name.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(name)
}

/// Who a section belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// No mark: somebody else's.
    Foreign,
    /// Poolkey created it.
    Created,
    /// It was there before; Poolkey writes it since somebody said so.
    TakenOver,
}

/// One setting, with the indented lines that continue it.
pub struct Entry {
    /// In lower case; empty for a line no reader understands.
    pub key: String,
    /// Counted from one.
    pub number: usize,
    /// The first line, with its ending.
    pub line: Range<usize>,
    /// The white space before the key.
    pub margin: Range<usize>,
    /// The line's own ending.
    pub eol: Range<usize>,
    /// The trimmed value on the first line.
    pub value: Range<usize>,
    /// Lower-case key and `=`: the only form that all SDKs read.
    pub plain: bool,
    /// Lines that belong to the value.
    pub continuation: Vec<Range<usize>>,
}

impl Entry {
    fn read(line: &Line<'_>) -> Self {
        let range = line.range();
        let (key, plain, value) = match line.setting() {
            Some((key, delimiter, value)) => {
                let lower = key.to_ascii_lowercase();
                let plain = delimiter == '=' && lower == key;
                (lower, plain, value)
            }
            None => (String::new(), false, range.end..range.end),
        };
        Self {
            key,
            number: line.number,
            margin: range.start..range.start + line.margin().len(),
            eol: range.end - line.eol.len()..range.end,
            value,
            plain,
            continuation: Vec::new(),
            line: range,
        }
    }

    /// Where the setting ends, continuation included.
    pub fn end(&self) -> usize {
        self.continuation
            .last()
            .map_or(self.line.end, |last| last.end)
    }
}

/// One section as it stands in the text.
pub struct Section {
    /// Whose it is.
    pub owner: Owner,
    /// The ownership mark's line.
    pub mark: Option<Range<usize>>,
    /// The empty line directly above the mark.
    pub gap: Option<Range<usize>>,
    /// The header's line.
    pub header: Range<usize>,
    /// The header's line ending.
    pub header_eol: Range<usize>,
    /// What stands between the brackets.
    pub inside: Range<usize>,
    /// The settings, in order.
    pub entries: Vec<Entry>,
    level: Option<usize>,
}

impl Section {
    /// The section that begins at `line`, with the two lines above it.
    pub fn open(line: &Line<'_>, inside: Range<usize>, above: [Option<Line<'_>>; 2]) -> Self {
        let [gap, mark] = above;
        let owner = match mark.map(|line| line.body) {
            Some(CREATED_MARK) => Owner::Created,
            Some(TAKEN_MARK) => Owner::TakenOver,
            _ => Owner::Foreign,
        };
        let mark = mark.filter(|_| owner != Owner::Foreign);
        let gap = gap.filter(|line| mark.is_some() && line.body.is_empty());
        let header = line.range();
        Self {
            owner,
            mark: mark.map(|line| line.range()),
            gap: gap.map(|line| line.range()),
            header_eol: header.end - line.eol.len()..header.end,
            header,
            inside,
            entries: Vec::new(),
            level: None,
        }
    }

    /// The same rule as configparser: more indented than the setting above means its continuation.
    pub fn read(&mut self, line: &Line<'_>) {
        let indent = line.indent();
        if self.level.is_some_and(|level| indent > level)
            && let Some(last) = self.entries.last_mut()
        {
            last.continuation.push(line.range());
            return;
        }
        self.level = Some(indent);
        self.entries.push(Entry::read(line));
    }

    /// The one setting with this key; two of them are refused, as botocore refuses the whole file.
    pub fn entry(&self, key: &str) -> Result<Option<&Entry>, Refusal> {
        let mut same = self.entries.iter().filter(|entry| entry.key == key);
        let first = same.next();
        match same.next() {
            Some(second) => Err(Refusal::DuplicateKey {
                line: second.number,
                key: key.to_owned(),
            }),
            None => Ok(first),
        }
    }

    /// From the mark to the last setting: what an edit of ours may touch.
    pub fn block(&self) -> Range<usize> {
        let first = self.mark.as_ref().unwrap_or(&self.header);
        let last = self.entries.last();
        first.start..last.map_or(self.header.end, Entry::end)
    }

    /// True where a setting's key starts with `prefix`.
    pub fn has_key_like(&self, prefix: &str) -> bool {
        self.entries
            .iter()
            .any(|entry| entry.key.starts_with(prefix))
    }
}
