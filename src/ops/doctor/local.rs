//! What can be seen without a network: what the profile says, what it leans on, the AWS files.

use futures_util::future::join3;

use crate::domain::{
    Check, CheckId, DeveloperSource, Exchange, ExportTarget, Exports, Partition, Place, Problem,
    ProblemKind, Profile, SignInMethod, TokenSource,
};
use crate::ops::ports::Deps;

pub(super) async fn checks(deps: &Deps, profile: &Profile) -> Vec<Check> {
    let (shared, sources, files) = join3(
        shared_sign_in(deps, profile),
        token_sources(deps, profile),
        aws_files(deps, profile),
    )
    .await;
    vec![configuration(profile), shared, sources, files]
}

fn usage(sentence: impl Into<String>, hint: impl Into<String>) -> Problem {
    Problem::new(ProblemKind::Usage, sentence).hint(hint)
}

/// What no parser can see: parts that are valid alone, but not together.
fn configuration(profile: &Profile) -> Check {
    const ID: CheckId = CheckId::Configuration;
    if let Some(problem) = fault(profile) {
        return Check::failed(ID, problem);
    }
    if let Some(remark) = profile.region_mismatch() {
        let sentence = remark.trim_end_matches('.');
        return Check::warned(ID, usage(sentence, "Compare both IDs with the console's."));
    }
    let url = profile.endpoints.url.as_ref();
    if let Some(url) = url.filter(|url| url.as_str().starts_with("http:") && !url.is_loopback()) {
        let sentence = format!("Passwords and tokens go to {url} without TLS");
        return Check::warned(ID, usage(sentence, "Use https:// for anything but this machine."));
    }
    Check::passed(
        ID,
        format!("{}, {} flow", profile.sign_in.label(), profile.exchange.name()),
    )
}

fn fault(profile: &Profile) -> Option<Problem> {
    let method = profile.sign_in;
    let label = method.label();
    let in_form = "Complete the profile's configuration.";
    if method.uses_user_pool() && profile.user_pool.is_none() {
        return Some(usage(format!("{label} needs a user pool and an app client"), in_form));
    }
    if method == SignInMethod::Browser && profile.managed_login.is_none() {
        return Some(usage("The browser sign-in needs a managed login domain", in_form));
    }
    if method == SignInMethod::Provider && profile.logins.is_empty() {
        return Some(usage("The profile names no provider to sign in with", in_form));
    }
    if method == SignInMethod::Developer && profile.developer.is_none() {
        return Some(usage("The profile does not say who vouches for the person", in_form));
    }
    let pool = profile.user_pool.as_ref();
    let region = pool.map(|pool| pool.user_pool_id.region());
    if region.is_some_and(|region| Partition::of(&region) == Partition::China) {
        return Some(usage(
            "There are no user pools in the regions of China",
            "Sign in with another provider, or use a user pool of another region.",
        ));
    }
    let is_saml = profile.logins.iter().any(|login| login.provider.is_saml());
    if is_saml && matches!(profile.exchange, Exchange::Basic(_)) {
        return Some(usage(
            "A SAML provider does not work with the basic flow",
            "Choose the enhanced flow in the profile's configuration.",
        ));
    }
    None
}

async fn shared_sign_in(deps: &Deps, profile: &Profile) -> Check {
    const ID: CheckId = CheckId::SharedSignIn;
    let Some(name) = &profile.shares_sign_in else {
        return Check::skipped(ID, "The profile has a sign-in of its own");
    };
    match deps.profile(name.as_str()).await {
        Err(problem) => Check::failed(ID, problem),
        Ok(other) if other.shares_sign_in.is_some() => Check::failed(
            ID,
            usage(
                format!("{name} shares another profile's sign-in itself"),
                "Share the sign-in of the profile that signs in.",
            ),
        ),
        Ok(other) if profile.signs_in_at_the_same_place(&other) => {
            Check::passed(ID, format!("A sign-in of {name} is good for this profile"))
        }
        Ok(_) => Check::failed(
            ID,
            usage(
                format!("{name} signs in elsewhere"),
                "Profiles that share a sign-in have the same user pool, app client and endpoint.",
            ),
        ),
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
    for (label, command) in commands {
        match deps.probes.program(command).await {
            Ok(program) => found.push(format!("{label}: {}", program.display())),
            Err(problem) => return Check::failed(ID, problem),
        }
    }
    if found.is_empty() {
        return Check::skipped(ID, "No token comes from a file, a command or another provider");
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
        let problem = rest.iter().fold(problem, |problem, more| problem.hint(more));
        return Check::warned(ID, problem.hint("Keep one of the two under this name."));
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
            format!("Remove [{name}] from {path}, or export under another name with --aws-profile."),
        )
    })
}
