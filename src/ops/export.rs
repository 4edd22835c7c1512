//! Putting a profile's credentials where the AWS CLI and SDKs look.

use std::sync::Arc;

use super::ports::{AwsProfiles, Content, Deps, Progress, Unseen, WriteOrder, Written};
use super::{session, web_identity};
use crate::domain::{
    AwsHomeId, Exchange, ExportTarget, FlowStep, Problem, ProblemKind, Profile, Region, RoleArn,
    Session, StepState,
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
    match options.target {
        ExportTarget::CredentialsFile => {
            let obtained = session::credentials(deps, profile, progress).await?;
            let content = Content::Keys(&obtained.session.credentials, &profile.name);
            write(deps, profile, options, content, progress).await
        }
        ExportTarget::CredentialProcess => {
            can_answer(deps, profile)?;
            let content = Content::Process(&profile.name);
            write(deps, profile, options, content, progress).await
        }
        ExportTarget::WebIdentity => {
            let token_file = deps.token_files.path(&profile.name);
            let content = Content::WebIdentity {
                role: role(profile, options)?,
                session_name: &session_name(profile),
                token_file: &token_file,
            };
            let shown = ExportOptions {
                dry_run: true,
                ..options.clone()
            };
            let seen = write(deps, profile, &shown, content, &Unseen).await?;
            if !options.dry_run && (options.take_over || !seen.foreign) {
                // An SDK that finds the section finds the token.
                web_identity::write(deps, profile, progress).await?;
            }
            let mut written = write(deps, profile, options, content, progress).await?;
            written.warnings.extend(lost(profile));
            Ok(written)
        }
    }
}

/// Whether a process that an SDK starts would have what it needs.
fn can_answer(deps: &Deps, profile: &Profile) -> Result<(), Problem> {
    if deps.vault.outlives_process() || profile.asks_nobody() {
        return Ok(());
    }
    let sentence = format!(
        "A credential_process of {} could not answer: the secret store memory forgets the sign-in \
         with this process",
        profile.name
    );
    Err(Problem::new(ProblemKind::Usage, sentence)
        .hint("Use another secret store, or export to the credentials file"))
}

async fn write(
    deps: &Deps,
    profile: &Profile,
    options: &ExportOptions,
    content: Content<'_>,
    progress: &dyn Progress,
) -> Result<Written, Problem> {
    let started = deps.stopwatch();
    progress.step(FlowStep::Export, StepState::Running("writing".to_owned()));
    let region = options.region.clone().unwrap_or_else(|| profile.region());
    let order = WriteOrder {
        aws_profile: options
            .aws_profile
            .as_deref()
            .unwrap_or(profile.name.as_str()),
        content,
        region: &region,
        keep_region: options.region.is_none(),
        take_over: options.take_over,
        dry_run: options.dry_run,
    };
    let files = of_home(deps, options.files)?;
    let written = files.write(order).await?;
    if !options.dry_run {
        web_identity::remove_orphans(deps, &written.orphans).await?;
    }
    let took = Some(deps.since(started));
    progress.step(
        FlowStep::Export,
        StepState::Done {
            detail: "1 profile".to_owned(),
            took,
        },
    );
    Ok(written)
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

/// The role that STS is asked for: its ARN is not in the credentials, which name no path.
fn role<'a>(profile: &'a Profile, options: &'a ExportOptions) -> Result<&'a RoleArn, Problem> {
    let named = options.role.as_ref();
    named.or_else(|| profile.exchange.role()).ok_or_else(|| {
        let sentence = format!(
            "{} names no role that a web identity could assume",
            profile.name
        );
        Problem::new(ProblemKind::Usage, sentence)
            .hint("Name one with --role-arn; its trust policy must allow the identity pool")
    })
}

/// The basic flow's, or else the profile's name: STS wants two characters, and knows all that a name
/// may have.
fn session_name(profile: &Profile) -> String {
    match (&profile.exchange, profile.name.as_str()) {
        (Exchange::Basic(basic), _) if basic.session_name.is_some() => {
            basic.session_name().to_owned()
        }
        (_, short) if short.len() < 2 => format!("poolkey-{short}"),
        (_, name) => name.to_owned(),
    }
}

/// What the SDKs do not ask STS for, although Poolkey would.
fn lost(profile: &Profile) -> Option<String> {
    let Exchange::Basic(basic) = &profile.exchange else {
        return None;
    };
    let what = match (&basic.policy, basic.duration) {
        (Some(_), _) => {
            "SDKs assume the role without this profile's session policy: they get all that the role allows"
        }
        (None, Some(_)) => "SDKs assume the role for an hour, whatever this profile's duration is",
        (None, None) => return None,
    };
    Some(what.to_owned())
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
