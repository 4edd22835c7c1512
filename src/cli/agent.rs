//! `agent`: keeps profiles fresh until somebody interrupts it, one line on standard error for each
//! thing that happened.
//!
//! Deliberately absent: what is due and how it is done (see `ops::agent`), and a sign-in.

use std::path::Path;
use std::pin::{Pin, pin};
use std::time::Duration;

use futures_util::future::maybe_done;

use super::output::{Output, note};
use super::signals::interrupted;
use super::{passphrase, prompt};
use crate::adapters::lock::agent_lock;
use crate::adapters::notifications;
use crate::adapters::sleep::SleepWatch;
use crate::domain::{ClockWatch, Farewell, Problem, ProblemKind};
use crate::ops::Deps;
use crate::ops::agent::{Agent, Said};

/// A desktop may take long to answer.
const LONGEST_TELLING: Duration = Duration::from_secs(2);

/// Looks, does what is due, waits, and looks again; once, if that is asked for.
pub async fn run(
    once: bool,
    state_dir: &Path,
    deps: &Deps,
    output: &Output,
) -> Result<(), Problem> {
    let _only = agent_lock(state_dir)?;
    prompt::unless_interrupted(&deps.unbroken, passphrase::unlock(deps, output)).await?;
    // From here on a signal ends it at once, but for a refresh whose answer has to be stored. One
    // that came while the last of that was done still counts when it is asked for next.
    let mut stop = pin!(maybe_done(interrupted()));
    if !once {
        note("Keeping profiles fresh until interrupted.");
    }
    let (mut agent, mut watch) = (Agent::default(), SleepWatch::start());
    loop {
        let look = Box::pin(agent.look(deps));
        let Ok(look) = deps.unbroken.unless(stop.as_mut(), look).await else {
            return Ok(());
        };
        for said in &look.said {
            note(&line(said));
            if let Said::Ends(farewell) = said
                && look.notifications
            {
                tell_desktop(farewell.clone(), output.is_verbose()).await;
            }
        }
        output.calls(&deps.calls.take());
        if look.store_changed {
            return Err(store_changed());
        }
        if once {
            return first_problem(look.said);
        }
        while let Ok(left) = Duration::try_from(deps.clock.now().duration_until(look.again_at))
            && !left.is_zero()
        {
            if is_stopped(stop.as_mut(), left.min(ClockWatch::PAUSE)).await {
                return Ok(());
            }
            if watch.has_jumped() {
                agent.woke(deps.clock.now());
                break;
            }
        }
    }
}

/// Waits so long, or until the signal.
async fn is_stopped(stop: Pin<&mut impl Future<Output = ()>>, wait: Duration) -> bool {
    tokio::select! {
        () = stop => true,
        () = tokio::time::sleep(wait) => false,
    }
}

/// A service manager starts it again, and that one uses the new store.
fn store_changed() -> Problem {
    Problem::new(
        ProblemKind::SecretStore,
        "The configuration names another secret store now",
    )
    .hint("Start it again: poolkey agent")
}

/// For a script: what was due and is not done.
fn first_problem(said: Vec<Said>) -> Result<(), Problem> {
    let problem = said.into_iter().find_map(|said| match said {
        Said::Blocked(problem) | Said::Failed { problem, .. } => Some(problem),
        _ => None,
    });
    problem.map_or(Ok(()), Err)
}

fn line(said: &Said) -> String {
    match said {
        Said::Renewed(profile, end) => format!("{profile}: renewed, good until {end:.0}"),
        Said::KeysWritten(profile) => format!("{profile}: written to the credentials file"),
        Said::TokenWritten(profile, end) => {
            format!("{profile}: web identity token written, good until {end:.0}")
        }
        Said::Failed {
            profile,
            problem,
            again_at,
        } => {
            let again = again_at.map_or_else(String::new, |at| format!(" (next try at {at:.0})"));
            format!("{profile}: {}{again}", problem.sentence)
        }
        Said::Ends(farewell) => {
            format!("{}. {}", farewell.sentence(), farewell.how_to_go_on())
        }
        Said::Blocked(problem) => format!("waiting: {}", problem.sentence),
    }
}

/// Where no desktop shows it, the line on standard error says the same.
async fn tell_desktop(farewell: Farewell, is_verbose: bool) {
    let told = tokio::task::spawn_blocking(move || notifications::tell(&farewell));
    let told = tokio::time::timeout(LONGEST_TELLING, told).await;
    if let Ok(Ok(Err(why))) = told
        && is_verbose
    {
        note(&format!("note: no notification was shown: {why}"));
    }
}
