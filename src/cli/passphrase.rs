//! The encrypted file's passphrase, asked on the terminal where one is missing.

use super::output::Output;
use super::prompt;
use crate::domain::{Problem, SHORTEST_PASSPHRASE, Secret};
use crate::ops::Deps;
use crate::ops::ports::VaultState;

/// Whoever does not know it by then should hear what can be done.
pub const TRIES: usize = 3;

/// Opens the store for a command that reads it, if somebody can be asked. Where nobody can, the
/// command itself says what is missing.
pub async fn unlock(deps: &Deps, output: &Output) -> Result<(), Problem> {
    if !prompt::can_ask() || !deps.vault.is_locked().await? {
        return Ok(());
    }
    let mut tries = TRIES;
    while let VaultState::NeedsPassphrase { problem, .. } =
        deps.vault.unlock(ask(false, output).await?).await?
    {
        tries -= 1;
        if tries == 0 {
            return Err(problem);
        }
        output.note(&problem.sentence);
    }
    Ok(())
}

/// Asks; a new passphrase twice, because nobody sees it.
pub async fn ask(is_new: bool, output: &Output) -> Result<Secret, Problem> {
    if !is_new {
        return prompt::secret("Passphrase of the encrypted file").await;
    }
    loop {
        let first = prompt::secret("New passphrase for the encrypted file").await?;
        if first.char_count() < SHORTEST_PASSPHRASE {
            output.note(&format!(
                "A passphrase has at least {SHORTEST_PASSPHRASE} characters. A few words make a good one."
            ));
            continue;
        }
        let second = prompt::secret("The same passphrase again").await?;
        if first.is_same(&second) {
            return Ok(first);
        }
        output.note("These were two different passphrases.");
    }
}
