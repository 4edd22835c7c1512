//! What stands in the AWS files for a profile, told as the window and the commands show it.
//!
//! Deliberately absent: finding it (see `aws_files::status`).

use super::UserAwsProfiles;
use super::told::{config_place, keys_place, name};
use crate::adapters::aws_files::{AwsFiles, Status};
use crate::adapters::blocking::blocking;
use crate::domain::{AwsProfileName, Exports, Problem, ProfileName};
use crate::ops::ports::ReadExports;

/// What stands there, and whether another section has the profile's keys.
type Standing = (Status, bool);

pub(super) fn standing(files: &AwsFiles, name: &AwsProfileName) -> Result<Standing, Problem> {
    let held = files.held_by(name.as_str())?;
    let elsewhere = held.iter().any(|held| held.name != *name);
    Ok((files.status(name)?, elsewhere))
}

impl UserAwsProfiles {
    pub(super) fn exports(&self, (status, keys_elsewhere): Standing) -> Exports {
        let paths = self.files.paths();
        Exports {
            credentials_file: keys_place(&status),
            keys_elsewhere,
            credential_process: config_place(&status, status.has_process),
            web_identity: config_place(&status, status.has_web_identity),
            credentials_path: self.shown(&paths.credentials),
            config_path: self.shown(&paths.config),
            warnings: status.warnings,
        }
    }

    /// Each file is read and understood once, however many are asked for.
    pub(super) async fn all_exports(&self, names: &[ProfileName]) -> Result<ReadExports, Problem> {
        let (files, names) = (self.files.clone(), names.to_vec());
        let work = move || {
            let files = files.as_read();
            let each = names.into_iter().map(|profile| {
                let found = name(profile.as_str()).and_then(|name| standing(&files, &name));
                (profile, found)
            });
            Ok(each.collect::<Vec<_>>())
        };
        let all = blocking(work).await?.into_iter();
        let all = all.map(|(name, found)| (name, found.map(|found| self.exports(found))));
        Ok(all.collect())
    }
}
