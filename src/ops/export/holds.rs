//! What a profile's section is to hold: obtained before anything is written.
//!
//! Deliberately absent: the token of a web identity, which lies in a file of its own.

use std::path::PathBuf;

use super::ExportOptions;
use crate::domain::{Exchange, ExportTarget, Problem, ProblemKind, Profile, RoleArn, Session};
use crate::ops::ports::{Content, Deps, Progress};
use crate::ops::session;

/// What a profile's section is to hold.
pub(super) enum Holds {
    Keys(Session),
    Process,
    WebIdentity {
        role: RoleArn,
        session_name: String,
        token_file: PathBuf,
    },
}

impl Holds {
    pub(super) fn content<'a>(&'a self, profile: &'a Profile) -> Content<'a> {
        match self {
            Self::Keys(session) => Content::Keys(&session.credentials, &profile.name),
            Self::Process => Content::Process(&profile.name),
            Self::WebIdentity {
                role,
                session_name,
                token_file,
            } => Content::WebIdentity {
                role,
                session_name,
                token_file,
            },
        }
    }
}

/// What the section is to hold, or why there is nothing.
pub(super) async fn holds(
    deps: &Deps,
    profile: &Profile,
    options: &ExportOptions,
    progress: &dyn Progress,
) -> Result<Holds, Problem> {
    match options.target {
        ExportTarget::CredentialsFile => {
            let obtained = session::credentials(deps, profile, progress).await?;
            Ok(Holds::Keys(obtained.session))
        }
        ExportTarget::CredentialProcess => {
            can_answer(deps, profile)?;
            Ok(Holds::Process)
        }
        ExportTarget::WebIdentity => Ok(Holds::WebIdentity {
            role: role(profile, options)?.clone(),
            session_name: session_name(profile),
            token_file: deps.token_files.path(&profile.name),
        }),
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
pub(super) fn lost(profile: &Profile) -> Option<String> {
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
