//! Carries edits out: locks, reads, decides everything, keeps what was there, and only then writes.
//!
//! What can be refused is refused, and what can fail has failed, before the first of the files is
//! replaced. Deliberately absent: what the edits are.

use std::path::PathBuf;
use std::time::Duration;

use zeroize::Zeroizing;

use super::change::FileChange;
use super::diff::masked_diff;
use super::document::Document;
use super::history::{Deed, History, Step};
use super::refusal::Refusal;
use super::rules::orphans;
use super::section::SectionId;
use super::store::{self, Held, Ready};
use crate::domain::Problem;

/// From one text to the next.
pub type Change<'a> = dyn Fn(&Document) -> Result<Document, Refusal> + 'a;

/// A file under its lock, and what is in it.
type Opened = (Held, Zeroizing<Vec<u8>>);

/// What happens to one section.
pub struct Edit<'a> {
    /// The file, as configured.
    pub path: PathBuf,
    /// The section.
    pub id: SectionId<'a>,
    /// The edit.
    pub change: Box<Change<'a>>,
}

/// Whether files are written, how long their locks are waited for, and where changes are noted.
pub struct Writer<'a> {
    /// Only tell what would change: not even a lock file is made.
    pub dry_run: bool,
    /// The wait for each lock.
    pub wait: Duration,
    /// None where nothing is kept.
    pub history: Option<&'a History>,
}

/// One file's edit, decided.
struct Plan {
    before: Document,
    after: Document,
    diff: String,
    orphans: Vec<String>,
}

impl Plan {
    fn changes(&self) -> bool {
        self.before.text() != self.after.text()
    }
}

impl Writer<'_> {
    /// Applies the edits: files in the order given, all or none as far as can be known before.
    pub fn apply(&self, deed: Deed, edits: &[Edit<'_>]) -> Result<Vec<FileChange>, Problem> {
        if self.dry_run {
            let plans = edits
                .iter()
                .map(|edit| plan(edit, store::read(&edit.path)?));
            let plans: Vec<Plan> = plans.collect::<Result<_, Problem>>()?;
            return Ok(told(edits, plans, false));
        }
        let targets = edits.iter().map(|edit| store::target(&edit.path));
        let targets: Vec<PathBuf> = targets.collect::<Result<_, Problem>>()?;
        if let ([first, second], [_, _]) = (targets.as_slice(), edits)
            && first == second
        {
            // One file for both: the second edit goes on from the first.
            let each = edits
                .iter()
                .map(|edit| self.apply(deed, std::slice::from_ref(edit)));
            return Ok(each.collect::<Result<Vec<_>, _>>()?.concat());
        }
        loop {
            let held = self.hold(edits, &targets)?;
            let (held, bytes): (Vec<Held>, Vec<_>) = held.into_iter().unzip();
            let plans = edits
                .iter()
                .zip(bytes)
                .map(|(edit, bytes)| plan(edit, bytes));
            let plans: Vec<Plan> = plans.collect::<Result<_, Problem>>()?;
            let mut again = false;
            for (held, _) in held.iter().zip(&plans).filter(|(_, plan)| plan.changes()) {
                again |= held.make_folder()?;
            }
            // Where a folder was missing there was no lock either.
            if !again {
                self.write(deed, edits, &held, &plans)?;
                return Ok(told(edits, plans, true));
            }
        }
    }

    /// All locks, taken in the same order by everybody.
    fn hold(&self, edits: &[Edit<'_>], targets: &[PathBuf]) -> Result<Vec<Opened>, Problem> {
        let mut order: Vec<usize> = (0..edits.len()).collect();
        order.sort_by_key(|at| targets.get(*at));
        let mut held = Vec::new();
        for at in order {
            if let Some(edit) = edits.get(at) {
                held.push((at, store::hold(&edit.path, self.wait)?));
            }
        }
        held.sort_by_key(|(at, _)| *at);
        Ok(held.into_iter().map(|(_, held)| held).collect())
    }

    fn write(
        &self,
        deed: Deed,
        edits: &[Edit<'_>],
        held: &[Held],
        plans: &[Plan],
    ) -> Result<(), Problem> {
        let changed = || {
            let all = edits.iter().zip(held).zip(plans);
            all.filter(|(_, plan)| plan.changes())
        };
        let ready = changed().map(|((_, held), plan)| held.prepare(plan.after.text()));
        let ready: Vec<Ready<'_>> = ready.collect::<Result<_, Problem>>()?;
        if ready.is_empty() {
            return Ok(());
        }
        if let Some(history) = self.history {
            let steps = changed().zip(&ready).map(|(((edit, held), plan), ready)| {
                let refused = |refusal: Refusal| refusal.problem(&edit.path);
                Ok(Step {
                    path: PathBuf::from(edit.path.to_string_lossy().into_owned()),
                    id: edit.id,
                    text: plan.before.text(),
                    before: plan.before.block(edit.id).map_err(refused)?,
                    after: plan.after.block(edit.id).map_err(refused)?,
                    stood: held.stamp(),
                    stands: ready.stamp(),
                })
            });
            let steps: Vec<Step<'_>> = steps.collect::<Result<_, Problem>>()?;
            history.note(deed, &steps)?;
        }
        ready.into_iter().try_for_each(Ready::put)
    }
}

fn plan(edit: &Edit<'_>, bytes: Zeroizing<Vec<u8>>) -> Result<Plan, Problem> {
    let refused = |refusal: Refusal| refusal.problem(&edit.path);
    let before = Document::parse(bytes).map_err(refused)?;
    let after = (edit.change)(&before).map_err(refused)?;
    let diff = masked_diff(&edit.path, before.text(), after.text());
    Ok(Plan {
        orphans: orphans(&before, &after),
        before,
        after,
        diff,
    })
}

fn told(edits: &[Edit<'_>], plans: Vec<Plan>, wrote: bool) -> Vec<FileChange> {
    let told = edits.iter().zip(plans).map(|(edit, plan)| FileChange {
        path: edit.path.clone(),
        wrote: wrote && plan.changes(),
        diff: plan.diff,
        orphans: plan.orphans.into_iter().map(PathBuf::from).collect(),
    });
    told.collect()
}
