//! Why a file is left alone, with the line to look at.
//!
//! Deliberately absent: anything that was read from the file. A refusal ends up on a terminal and
//! in reports, and the files hold secrets.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::domain::{Problem, ProblemKind};

/// A file or a value the editor does not touch. Lines are counted from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The file begins with a UTF-8 byte order mark: botocore and Rust fail on it.
    ByteOrderMark,
    /// The bytes of this line are not UTF-8.
    NotUtf8 {
        /// The first such line.
        line: usize,
    },
    /// A NUL byte: not a text file.
    NulByte {
        /// The first such line.
        line: usize,
    },
    /// A carriage return inside a line: a line end to botocore, none to the others.
    LoneCarriageReturn {
        /// The first such line.
        line: usize,
    },
    /// The section is there twice.
    DuplicateSection {
        /// The second header.
        line: usize,
    },
    /// `[default]` and `[profile default]` are both there: SDKs disagree about which counts.
    TwoDefaults {
        /// The second header.
        line: usize,
    },
    /// A header with a second closing bracket: the SDKs disagree about the name.
    TwoBrackets {
        /// The header.
        line: usize,
    },
    /// A setting we write is there twice.
    DuplicateKey {
        /// The second setting.
        line: usize,
        /// One of our own key names.
        key: String,
    },
    /// A header with white space before it: the SDKs disagree about what it is.
    IndentedHeader {
        /// The header.
        line: usize,
    },
    /// The value would be read back differently by some SDK.
    UnsafeValue {
        /// One of our own key names.
        key: String,
    },
    /// The section carries no mark of ours.
    NotOurs {
        /// The header's text.
        inside: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// A section that is to be taken back is not as Poolkey left it.
    ChangedSince {
        /// The header's text.
        inside: String,
        /// The file as it was before, where there was one.
        backup: Option<PathBuf>,
    },
    /// The edit does not fit the text: a fault of this program, caught before anything is written.
    Inconsistent,
}

impl Refusal {
    /// The refusal as people read it, for the file at `path`.
    pub fn problem(&self, path: &Path) -> Problem {
        if let Self::NotOurs { hint, .. } = self {
            let sentence = format!("{self} in {} was not made by Poolkey", path.display());
            return Problem::new(ProblemKind::Usage, sentence).hint(*hint);
        }
        if let Self::ChangedSince { backup, .. } = self {
            let sentence = format!("{self} in {} was changed since by others", path.display());
            return Problem::new(ProblemKind::File, sentence).hint(match backup {
                Some(backup) => format!(
                    "Look at it yourself: the file as it was before is {}",
                    backup.display()
                ),
                None => "Look at it yourself: the file did not exist before".to_owned(),
            });
        }
        let (kind, hint) = match self {
            Self::NotOurs { .. } | Self::UnsafeValue { .. } => (ProblemKind::Usage, None),
            Self::Inconsistent | Self::ChangedSince { .. } => (ProblemKind::Unexpected, None),
            Self::ByteOrderMark => (ProblemKind::File, Some("Save it as UTF-8 without a BOM")),
            Self::NotUtf8 { .. } | Self::NulByte { .. } => {
                (ProblemKind::File, Some("Save it as UTF-8 text"))
            }
            Self::LoneCarriageReturn { .. } => {
                (ProblemKind::File, Some("Save it with LF or CRLF line ends"))
            }
            Self::DuplicateSection { .. } | Self::DuplicateKey { .. } => (
                ProblemKind::File,
                Some("Remove one of the two; the AWS CLI cannot read the file either"),
            ),
            Self::TwoDefaults { .. } => (
                ProblemKind::File,
                Some("Make one of [default] and [profile default]; each counts for some SDKs only"),
            ),
            Self::TwoBrackets { .. } => (
                ProblemKind::File,
                Some("Remove what follows the section's name"),
            ),
            Self::IndentedHeader { .. } => (
                ProblemKind::File,
                Some("Remove the white space before the bracket"),
            ),
        };
        let problem = Problem::new(kind, format!("{} was left alone: {self}", path.display()));
        match hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ByteOrderMark => f.write_str("it begins with a byte order mark"),
            Self::NotUtf8 { line } => write!(f, "line {line} is not UTF-8"),
            Self::NulByte { line } => write!(f, "line {line} has a NUL byte"),
            Self::LoneCarriageReturn { line } => {
                write!(f, "line {line} has a carriage return in the middle")
            }
            Self::DuplicateSection { line } => {
                write!(f, "line {line} begins the same section a second time")
            }
            Self::TwoDefaults { line } => {
                write!(f, "line {line} begins the default profile a second time")
            }
            Self::TwoBrackets { line } => {
                write!(f, "line {line} has a section header with a second bracket")
            }
            Self::DuplicateKey { line, key } => write!(f, "line {line} sets {key} a second time"),
            Self::IndentedHeader { line } => {
                write!(
                    f,
                    "line {line} has a section header with white space before it"
                )
            }
            Self::UnsafeValue { key } => {
                write!(
                    f,
                    "the value for {key} cannot be written so that every SDK reads it"
                )
            }
            Self::NotOurs { inside, .. } | Self::ChangedSince { inside, .. } => {
                write!(f, "Section [{inside}]")
            }
            Self::Inconsistent => f.write_str("the edit does not fit the file"),
        }
    }
}

impl std::error::Error for Refusal {}
