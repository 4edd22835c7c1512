//! Putting a profile's credentials where the AWS CLI and SDKs look.

mod holds;

use std::sync::Arc;

use self::holds::{Holds, holds, lost};
use super::ports::{AwsProfiles, Deps, Progress, WriteOrder, Written};
use super::web_identity;
use crate::domain::{
    AwsHomeId, ExportTarget, FlowStep, Problem, Profile, Region, RoleArn, Session, StepState,
};

/// What the person asked for.
#[derive(Debug, Clone)]
pub struct ExportOptions {
    /// Where to.
    pub target: ExportTarget,
    /// The section's name; the profile's own where none is given.
    pub aws_profile: Option<String>,
    /// For the config file; where none is given, what is set there stays, else the identity pool's.
    pub region: Option<Region>,
    /// For a web identity; the profile's where none is given.
    pub role: Option<RoleArn>,
    /// Whose AWS files.
    pub files: AwsHomeId,
    /// Even over a section that Poolkey did not make.
    pub take_over: bool,
    /// Only say what would change.
    pub dry_run: bool,
}

impl ExportOptions {
    /// The plain case.
    #[must_use]
    pub const fn to(target: ExportTarget) -> Self {
        Self {
            target,
            aws_profile: None,
            region: None,
            role: None,
            files: AwsHomeId::Own,
            take_over: false,
            dry_run: false,
        }
    }
}

/// Writes the section; for the credentials file with credentials that have enough lifetime left, for
/// a web identity after the file with its token.
///
/// # Errors
/// No credentials, a section that is not ours, or a file that cannot be written.
pub async fn export(
    deps: &Deps,
    profile: &Profile,
    options: &ExportOptions,
    progress: &dyn Progress,
) -> Result<Written, Problem> {
    let one = std::slice::from_ref(profile);
    let mut written = export_all(deps, one, options, progress).await?;
    Ok(written.pop().transpose()?.unwrap_or_default())
}

/// The same for several profiles, each in the section of its own name: one change of the files, once
/// everything is there that can be had. What one of them lacks does not stop the others.
///
/// # Errors
/// A file that cannot be read or written.
pub async fn export_all(
    deps: &Deps,
    profiles: &[Profile],
    options: &ExportOptions,
    progress: &dyn Progress,
) -> Result<Vec<Result<Written, Problem>>, Problem> {
    let mut each = Vec::new();
    for profile in profiles {
        each.push((profile, holds(deps, profile, options, progress).await));
    }
    if options.target == ExportTarget::WebIdentity && !options.dry_run {
        let seen = write_all(deps, &each, options, true).await?;
        for ((profile, holds), seen) in each.iter_mut().zip(seen) {
            let may = |seen: &Written| options.take_over || !seen.foreign;
            if seen.as_ref().is_ok_and(may)
                // An SDK that finds the section finds the token.
                && let Err(problem) = web_identity::write(deps, profile, progress).await
            {
                *holds = Err(problem);
            }
        }
    }
    if each.iter().all(|(_, holds)| holds.is_err()) {
        let lack = each.into_iter().filter_map(|(_, holds)| holds.err());
        return Ok(lack.map(Err).collect());
    }
    let started = deps.stopwatch();
    progress.step(FlowStep::Export, StepState::Running("writing".to_owned()));
    let mut written = write_all(deps, &each, options, options.dry_run).await?;
    for (profile, written) in profiles.iter().zip(&mut written) {
        let Ok(one) = written else {
            continue;
        };
        if options.target == ExportTarget::WebIdentity {
            one.warnings.extend(lost(profile));
        }
        if !options.dry_run
            && let Err(problem) = web_identity::remove_orphans(deps, &one.orphans).await
        {
            *written = Err(problem);
        }
    }
    let detail = match written.iter().flatten().count() {
        0 => return Ok(written),
        1 => "1 profile".to_owned(),
        count => format!("{count} profiles"),
    };
    let took = Some(deps.since(started));
    progress.step(FlowStep::Export, StepState::Done { detail, took });
    Ok(written)
}

/// Writes those of which it is known what they hold.
async fn write_all(
    deps: &Deps,
    each: &[(&Profile, Result<Holds, Problem>)],
    options: &ExportOptions,
    dry_run: bool,
) -> Result<Vec<Result<Written, Problem>>, Problem> {
    let region = |profile: &Profile| options.region.clone().unwrap_or_else(|| profile.region());
    let regions: Vec<Region> = each.iter().map(|(profile, _)| region(profile)).collect();
    let orders = each.iter().zip(&regions);
    let orders = orders.filter_map(|((profile, holds), region)| {
        let own = profile.name.as_str();
        Some(WriteOrder {
            aws_profile: options.aws_profile.as_deref().unwrap_or(own),
            content: holds.as_ref().ok()?.content(profile),
            region,
            keep_region: options.region.is_none(),
            take_over: options.take_over,
        })
    });
    let orders: Vec<WriteOrder<'_>> = orders.collect();
    let files = of_home(deps, options.files)?;
    let mut written = files.write_all(&orders, dry_run).await?.into_iter();
    let all = each.iter().map(|(_, holds)| match holds {
        Ok(_) => written.next().unwrap_or_else(|| Ok(Written::default())),
        Err(problem) => Err(problem.clone()),
    });
    Ok(all.collect())
}

/// Writes the session's keys again into each section that still holds the profile's, however named
/// and in each home. True where anything was written.
///
/// # Errors
/// The first file that cannot be written; the others are.
pub async fn again(deps: &Deps, profile: &Profile, session: &Session) -> Result<bool, Problem> {
    let mut wrote = false;
    let mut result = Ok(());
    for home in deps.aws_profiles.homes().await {
        let written = again_at(deps, home.id, profile, session).await;
        wrote |= *written.as_ref().unwrap_or(&false);
        result = result.and(written.map(drop));
    }
    result.map(|()| wrote)
}

async fn again_at(
    deps: &Deps,
    home: AwsHomeId,
    profile: &Profile,
    session: &Session,
) -> Result<bool, Problem> {
    let files = of_home(deps, home)?;
    let keys = &session.credentials;
    let mut wrote = false;
    for section in files.keys_of(&profile.name).await? {
        if section.expires_at != Some(keys.expires_at) {
            wrote |= files.renew_keys(&section, keys, &profile.name).await?;
        }
    }
    Ok(wrote)
}

/// The AWS files of a home.
///
/// # Errors
/// When there is none of that kind.
pub fn of_home(deps: &Deps, home: AwsHomeId) -> Result<Arc<dyn AwsProfiles>, Problem> {
    match home {
        AwsHomeId::Own => Ok(deps.aws_profiles.clone()),
        AwsHomeId::Windows => deps.aws_profiles.of_home(home),
    }
}

/// Removes a section of ours, and the token file that only it named.
///
/// # Errors
/// A section that is not ours, or a file that cannot be written.
pub async fn unexport(
    deps: &Deps,
    files: &dyn AwsProfiles,
    aws_profile: &str,
    target: ExportTarget,
    dry_run: bool,
) -> Result<Written, Problem> {
    let written = files.remove(aws_profile, target, dry_run).await?;
    if !dry_run {
        web_identity::remove_orphans(deps, &written.orphans).await?;
    }
    Ok(written)
}
