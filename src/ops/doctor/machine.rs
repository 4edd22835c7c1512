//! This machine: where secrets are kept, and its clock.

use jiff::SignedDuration;

use crate::domain::{Check, CheckId, Problem, ProblemKind, clock_direction, clock_error};
use crate::ops::ports::{Deps, VaultState};

/// A request that is signed at a time further off is refused by most services of AWS.
const REFUSED_FROM: SignedDuration = SignedDuration::from_mins(5);

/// Writes, reads and deletes a trial entry.
pub(super) async fn secret_store(deps: &Deps) -> Check {
    const ID: CheckId = CheckId::SecretStore;
    match deps.vault.probe().await {
        Ok(VaultState::Ready { name, remark: None }) => {
            Check::passed(ID, format!("{name} takes and gives back a trial entry"))
        }
        Ok(VaultState::Ready {
            name,
            remark: Some(remark),
        }) => Check::passed(ID, format!("{name} works. {remark}").trim_end_matches('.')),
        Ok(VaultState::NeedsPassphrase {
            is_new: true,
            problem,
        }) => Check::warned(ID, problem),
        Ok(VaultState::NeedsPassphrase { problem, .. }) | Err(problem) => {
            Check::failed(ID, problem)
        }
    }
}

/// Compared with the answers that came; none says nothing.
pub(super) fn clock(deps: &Deps, has_answer: bool) -> Check {
    const ID: CheckId = CheckId::Clock;
    if !has_answer {
        return Check::skipped(
            ID,
            "No service answered, so there is nothing to compare it with",
        );
    }
    let offset = deps.clock.offset();
    let Some(off) = clock_error(offset) else {
        return Check::passed(ID, "It agrees with AWS");
    };
    let by = off.abs();
    let by = if by < SignedDuration::from_mins(2) {
        format!("{} seconds", by.as_secs())
    } else {
        format!("{} minutes", by.as_mins())
    };
    let sentence = format!("This machine's clock is {by} {} AWS", clock_direction(off));
    let problem = Problem::new(ProblemKind::Usage, sentence)
        .hint("Set the clock, or let the system set it from the network.");
    if off.abs() < REFUSED_FROM {
        return Check::warned(ID, problem);
    }
    let else_where =
        "Poolkey allows for it, but from 5 minutes on AWS refuses what other programs sign.";
    Check::failed(ID, problem.hint(else_where))
}
