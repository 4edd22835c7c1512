//! What the editor of the files tells, in the words of the ports.
//!
//! Deliberately absent: anything that reads or writes.

use std::path::Path;

use crate::adapters::aws_files::{Change, Owner, Status};
use crate::domain::{Place, Problem, ProblemKind};
use crate::ops::ports::Written;

/// Only botocore expands `~`, and each program has another working folder.
pub fn absolute(path: &Path) -> Result<String, Problem> {
    let text = path.to_str().filter(|_| path.is_absolute());
    text.map(str::to_owned).ok_or_else(|| {
        let sentence = format!("{} is no absolute path in Unicode", path.display());
        Problem::new(ProblemKind::Usage, sentence)
    })
}

/// As the use-cases hear of it.
pub fn written(change: Change) -> Written {
    Written {
        diff: change.diff(),
        warnings: change.warnings,
        foreign: change.foreign,
    }
}

/// What the credentials file has.
pub const fn keys_place(status: &Status) -> Place {
    match status.credentials {
        None => Place::Empty,
        Some(Owner::Foreign) => Place::Foreign,
        Some(Owner::Created | Owner::TakenOver) => Place::Ours {
            expires_at: status.expires_at,
        },
    }
}

/// A config section of ours that has neither a process nor a web identity only carries the region of
/// the keys.
pub const fn config_place(status: &Status, is_there: bool) -> Place {
    match (status.config, is_there) {
        (Some(Owner::Foreign), _) => Place::Foreign,
        (Some(Owner::Created | Owner::TakenOver), true) => Place::Ours { expires_at: None },
        _ => Place::Empty,
    }
}
