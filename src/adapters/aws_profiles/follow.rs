//! What sections refer to a profile by, when it gets another name.

use super::UserAwsProfiles;
use super::told::absolute;
use crate::adapters::aws_files::Renamed;
use crate::adapters::blocking::blocking;
use crate::domain::Problem;
use crate::ops::ports::Served;

impl UserAwsProfiles {
    pub(super) async fn follow(
        &self,
        former: Served<'_>,
        profile: Served<'_>,
    ) -> Result<(), Problem> {
        let command = |served: Served<'_>| self.command(served.profile.as_str()).ok();
        // Where the program's place is unknown no entry runs it.
        let command = command(former).zip(command(profile));
        let command = command.map(|(from, to)| Renamed { from, to });
        let file = Renamed {
            from: absolute(former.token_file)?,
            to: absolute(profile.token_file)?,
        };
        let name = Renamed {
            from: former.profile.to_string(),
            to: profile.profile.to_string(),
        };
        let files = self.files.clone();
        blocking(move || {
            files.follow_keys(&name)?;
            if let Some(command) = &command {
                files.follow_process(command)?;
            }
            files.follow_token_file(&file)
        })
        .await
    }
}
