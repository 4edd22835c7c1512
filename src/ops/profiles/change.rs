//! What moves in the secret store when a profile gets another name or another sign-in.
//!
//! Deliberately absent: the configuration file, which is written between carrying and forgetting.

use super::Belongings;
use super::typed::{Replaced, TypedSecrets};
use crate::domain::{Problem, ProblemKind, Profile};
use crate::ops::export::of_home;
use crate::ops::ports::{Deps, Served};
use crate::ops::sharing;

/// A profile as it was and as it will be.
pub(super) struct Change<'a> {
    before: Option<&'a Profile>,
    after: &'a Profile,
    /// Others used the sign-in that it had.
    had_partners: bool,
}

impl<'a> Change<'a> {
    pub(super) fn of(
        profiles: &'a [Profile],
        before: Option<&'a Profile>,
        after: &'a Profile,
    ) -> Result<Self, Problem> {
        let was_owner = before.filter(|before| before.shares_sign_in.is_none());
        let had_partners =
            before.is_some_and(|before| sharing::others_among(profiles, before).next().is_some());
        if let Some(before) = was_owner
            && had_partners
            && after.shares_sign_in.is_some()
        {
            let sentence = format!("Other profiles use the sign-in of {}", before.name);
            return Err(Problem::new(ProblemKind::Usage, sentence)
                .hint("Let those share the other sign-in first."));
        }
        Ok(Self {
            before,
            after,
            had_partners,
        })
    }

    fn renamed(&self) -> Option<&'a Profile> {
        self.before.filter(|before| before.name != self.after.name)
    }

    /// The profile before, where its sign-in will lie elsewhere.
    fn moved(&self) -> Option<&'a Profile> {
        let moves = |before: &&Profile| before.sign_in_name() != self.after.sign_in_name();
        self.before.filter(moves)
    }

    /// True when it had a sign-in of its own.
    fn owned(&self) -> bool {
        let before = self.before.as_ref();
        before.is_some_and(|before| before.shares_sign_in.is_none())
    }

    /// True when it will use another profile's.
    const fn joins(&self) -> bool {
        self.after.shares_sign_in.is_some()
    }

    /// Secrets to their new place.
    pub(super) async fn carry(&self, deps: &Deps) -> Result<(), Problem> {
        let moved = self.moved();
        let Some(before) = moved.or(self.renamed()) else {
            return Ok(());
        };
        let mut kept = Belongings::of(deps, before).await?;
        let is_same_place = before.signs_in_at_the_same_place(self.after);
        // Those lie under the sign-in's name for all that share it, and are carried as they lie.
        kept.logins.clear();
        // A refresh token has one place, and a session goes with what brought it.
        if moved.is_none() {
            (kept.sign_in, kept.device, kept.client_secret) = (None, None, None);
        } else if self.joins() || !self.owned() {
            (kept.sign_in, kept.device, kept.session) = (None, None, None);
        }
        if self.joins() || !self.after.has_client_secret() {
            kept.client_secret = None;
        }
        // A record is written for the new configuration: another pool must not get this one's tokens.
        if !is_same_place {
            (kept.sign_in, kept.device) = (None, None);
        }
        if !before.leads_to_the_same_place(self.after) {
            kept.session = None;
        }
        kept.put_back(deps, self.after).await?;
        let (from, to) = (before.sign_in_name(), self.after.sign_in_name());
        if moved.is_none() {
            return Ok(());
        }
        // Tokens go with the sign-in beside which they lie; a client's secret is no person's.
        if self.owned() && !self.joins() && is_same_place {
            deps.vault.copy_logins(from, to).await?;
        }
        deps.vault.copy_login_secrets(from, to).await
    }

    /// The problem that led here is the one to tell, also where this fails.
    pub(super) async fn take_back(
        &self,
        deps: &Deps,
        secrets: TypedSecrets<'_>,
        replaced: Replaced,
    ) {
        let (vault, after) = (&deps.vault, self.after);
        let is_new = self.before.is_none() && !self.joins();
        if is_new || self.renamed().is_some() {
            let _taken_back = vault.forget_profile(&after.name).await;
            return;
        }
        let _put_back = replaced.put_logins_back(deps, after).await;
        let carried_secret = self.moved().is_some() && !self.joins();
        let _taken_back = match replaced.client {
            Some(replaced) => vault.keep_client_secret(after, &replaced).await,
            None if secrets.client.is_some() || carried_secret => {
                vault.forget_client_secret(after).await
            }
            None => Ok(()),
        };
    }

    /// What the AWS files have of a renamed profile goes on working, in each home.
    pub(super) async fn follow(&self, deps: &Deps) -> Result<(), Problem> {
        let Some(before) = self.renamed() else {
            return Ok(());
        };
        let (from, to) = (&before.name, &self.after.name);
        let followed = async {
            if before.leads_to_the_same_place(self.after) {
                deps.token_files.copy(from, to).await?;
            }
            let (former, file) = (deps.token_files.path(from), deps.token_files.path(to));
            let served = |profile, token_file| Served {
                profile,
                token_file,
            };
            for home in deps.aws_profiles.homes().await {
                let files = of_home(deps, home.id)?;
                files
                    .follow_rename(served(from, &former), served(to, &file))
                    .await?;
            }
            Ok(())
        };
        followed.await.map_err(|problem: Problem| Problem {
            sentence: format!(
                "{to} is renamed, but what was exported as {from} no longer works: {}",
                problem.sentence
            ),
            ..problem.hint(format!("Export {to} once more"))
        })
    }

    /// What lies under names that are no more.
    pub(super) async fn forget_former(&self, deps: &Deps) -> Result<(), Problem> {
        let vault = &deps.vault;
        let Some(before) = self.before else {
            return Ok(());
        };
        if self.renamed().is_some() || !before.leads_to_the_same_place(self.after) {
            deps.token_files.remove(&before.name).await?;
        }
        let owned_another = self.moved().is_some() && self.owned();
        let has_no_secret = before.has_client_secret() && !self.after.has_client_secret();
        if self.renamed().is_some() || owned_another {
            vault.forget_profile(&before.name).await
        } else if self.moved().is_some() {
            vault.forget_credentials(&before.name).await
        } else if has_no_secret && !self.had_partners {
            vault.forget_client_secret(self.after).await
        } else {
            Ok(())
        }
    }
}
