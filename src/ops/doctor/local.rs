//! What can be seen without a network: what the profile says, what it leans on, the AWS files.

use futures_util::future::join3;

use crate::domain::{
    Check, CheckId, DeveloperSource, ExportTarget, Exports, Fault, Partition, Place, Problem,
    ProblemKind, Profile, TokenSource,
};
use crate::ops::ports::Deps;

/// The key of faults in a shared sign-in.
const SHARING: &str = "share_sign_in";
const IN_FORM: &str = "Correct it in the profile's configuration.";

pub(super) async fn checks(deps: &Deps, profile: &Profile) -> Vec<Check> {
    let (configuration, sources, files) = join3(
        deps.profiles.load(),
        token_sources(deps, profile),
        aws_files(deps, profile),
    )
    .await;
    let others = configuration.map(|read| read.profiles).unwrap_or_default();
    let faults = profile.faults(&others);
    vec![
        self::configuration(profile, &faults),
        shared_sign_in(profile, &faults),
        sources,
        files,
    ]
}

fn usage(sentence: impl Into<String>, hint: impl Into<String>) -> Problem {
    Problem::new(ProblemKind::Usage, sentence).hint(hint)
}

/// Parts that are valid alone, but not together.
fn configuration(profile: &Profile, faults: &[Fault]) -> Check {
    const ID: CheckId = CheckId::Configuration;
    let mut own = faults.iter().filter(|fault| fault.key != SHARING);
    if let Some(first) = own.next() {
        let problem = usage(&first.sentence, IN_FORM);
        return Check::failed(
            ID,
            own.fold(problem, |problem, fault| problem.hint(&fault.sentence)),
        );
    }
    let region = profile
        .user_pool
        .as_ref()
        .map(|pool| pool.user_pool_id.region());
    if region.is_some_and(|region| Partition::of(&region) == Partition::China) {
        let sentence = "There are no user pools in the regions of China";
        let hint = "Sign in with another provider, or use a user pool of another region.";
        return Check::failed(ID, usage(sentence, hint));
    }
    if let Some(remark) = profile.region_mismatch() {
        let sentence = remark.trim_end_matches('.');
        return Check::warned(ID, usage(sentence, "Compare both IDs with the console's."));
    }
    let url = profile.endpoints.url.as_ref();
    if let Some(url) = url.filter(|url| url.as_str().starts_with("http:") && !url.is_loopback()) {
        let sentence = format!("Passwords and tokens go to {url} without TLS");
        return Check::warned(
            ID,
            usage(sentence, "Use https:// for anything but this machine."),
        );
    }
    let (method, flow) = (profile.sign_in.label(), profile.exchange.name());
    Check::passed(ID, format!("{method}, {flow} flow"))
}

fn shared_sign_in(profile: &Profile, faults: &[Fault]) -> Check {
    const ID: CheckId = CheckId::SharedSignIn;
    let Some(owner) = &profile.shares_sign_in else {
        return Check::skipped(ID, "The profile has a sign-in of its own");
    };
    match faults.iter().find(|fault| fault.key == SHARING) {
        Some(fault) => Check::failed(ID, usage(&fault.sentence, IN_FORM)),
        None => Check::passed(ID, format!("A sign-in of {owner} is good for this profile")),
    }
}

/// Files are opened, commands are found; nothing is run here.
async fn token_sources(deps: &Deps, profile: &Profile) -> Check {
    const ID: CheckId = CheckId::TokenSources;
    let mut found = Vec::new();
    let mut commands = Vec::new();
    for login in &profile.logins {
        let label = login.provider.label();
        match &login.token {
            TokenSource::File(path) => match deps.probes.token_file(path).await {
                Ok(()) => found.push(format!("{label}: {}", path.display())),
                Err(problem) => return Check::failed(ID, problem),
            },
            TokenSource::Command(command) => commands.push((label, command)),
            TokenSource::Typed => found.push(format!("{label}: typed")),
            TokenSource::Browser(client) => found.push(format!("{label}: {}", client.issuer)),
        }
    }
    if let Some(DeveloperSource::Command(command)) = &profile.developer {
        commands.push(("Your backend", command));
    }
    let mut unseen = None;
    for (label, command) in commands {
        match deps.probes.program(command).await {
            Ok(Some(program)) => found.push(format!("{label}: {}", program.display())),
            Ok(None) => unseen = Some(label),
            Err(problem) => return Check::failed(ID, problem),
        }
    }
    if let Some(label) = unseen {
        let sentence = format!("{label}: only a shell knows which program the command begins with");
        let hint = "Whether it works shows under Sign-in, or in a terminal.";
        return Check::warned(ID, usage(sentence, hint));
    }
    if found.is_empty() {
        return Check::skipped(
            ID,
            "No token comes from a file, a command or another provider",
        );
    }
    Check::passed(ID, found.join(", "))
}

async fn aws_files(deps: &Deps, profile: &Profile) -> Check {
    const ID: CheckId = CheckId::AwsFiles;
    let exports = match deps.aws_profiles.read(profile.name.as_str()).await {
        Ok(exports) => exports,
        Err(problem) => return Check::failed(ID, problem),
    };
    if let Some(problem) = hidden(profile, &exports) {
        return Check::failed(ID, problem);
    }
    if let Some((first, rest)) = exports.warnings.split_first() {
        let problem = Problem::new(ProblemKind::Usage, first);
        let problem = rest.iter().fold(problem, Problem::hint);
        return Check::warned(
            ID,
            problem.hint("Of two that hide each other keep one under this name."),
        );
    }
    let count = exports.count();
    Check::passed(
        ID,
        match count {
            0 => "Nothing is exported under this name".to_owned(),
            1 => "1 section, and nothing hides it".to_owned(),
            _ => format!("{count} sections"),
        },
    )
}

/// Keys that are not Poolkey's win over its `credential_process` in most SDKs.
fn hidden(profile: &Profile, exports: &Exports) -> Option<Problem> {
    let process = exports.place(ExportTarget::CredentialProcess);
    let keys = exports.place(ExportTarget::CredentialsFile);
    let is_hidden = matches!(process, Place::Ours { .. }) && *keys == Place::Foreign;
    let path = &exports.credentials_path;
    let name = &profile.name;
    is_hidden.then(|| {
        usage(
            format!("Keys in {path} hide Poolkey's credential_process of {name}"),
            format!(
                "Remove [{name}] from {path}, or export under another name with --aws-profile."
            ),
        )
    })
}
