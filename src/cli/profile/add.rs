//! `profile add`: what was typed becomes a profile, or a sentence on what does not go together.
//!
//! Deliberately absent: the rules themselves (see `domain::profile`).

use crate::adapters::{config_file::session_policy, safe_file};
use crate::cli::args::{ExchangeOptions, Flow, ProfileAdd};
use crate::cli::output::Output;
use crate::cli::prompt::Lines;
use crate::domain::{
    Endpoints, Exchange, ExchangeParts, Fault, PoolClient, Problem, ProblemKind, Profile,
    ProfileName, Secret, SignInMethod,
};
use crate::ops::{Deps, profiles};

/// Adds a profile.
pub async fn run(options: ProfileAdd, deps: &Deps, output: &Output) -> Result<(), Problem> {
    useless(&options)?;
    let client_secret = if options.client_secret_stdin {
        Some(checked(Lines::read(1).await?.take("app client secret")?)?)
    } else {
        None
    };
    let others = deps.profiles.load().await?.profiles;
    let profile = profile(options, client_secret.is_some(), &others)?;
    if let Some(fault) = profile.faults(&others).first() {
        return Err(faulty(fault));
    }
    profiles::save(deps, None, &profile, client_secret.as_ref()).await?;
    let remarks = [
        unencrypted(&profile),
        profile.region_mismatch(),
        could_share(&profile, &others),
    ];
    for remark in remarks.into_iter().flatten() {
        output.note(&format!("note: {remark}"));
    }
    output.note(&format!(
        "{name} added. Sign in with: poolkey sign-in {name}",
        name = profile.name
    ));
    Ok(())
}

fn profile(
    options: ProfileAdd,
    has_client_secret: bool,
    others: &[Profile],
) -> Result<Profile, Problem> {
    // What cannot be shared at all is said by the rules.
    let shared = options.share_sign_in.as_ref();
    let shared = shared.filter(|name| options.sign_in.uses_user_pool() && **name != options.name);
    let owner = shared.map(|name| owner(name, others)).transpose()?;
    let method = match owner {
        Some(owner) if options.user_pool_id.is_none() => owner.sign_in,
        _ => options.sign_in,
    };
    let user_pool = match (options.user_pool_id, options.client_id) {
        (None, None) if owner.is_some() => owner.and_then(|owner| owner.user_pool.clone()),
        _ if !method.uses_user_pool() => None,
        (Some(user_pool_id), Some(client_id)) => Some(PoolClient {
            user_pool_id,
            client_id,
            has_client_secret,
        }),
        _ => {
            let sentence = format!("Signing in with {method} needs --user-pool-id and --client-id");
            let hint = "The Cognito console shows both. Without a user pool: --sign-in guest, \
                        provider or developer.";
            return Err(Problem::new(ProblemKind::Usage, sentence).hint(hint));
        }
    };
    let developer = options.logins.developer();
    let carries_over_guest = options.exchange.carry_over_guest;
    let mut profile = Profile {
        group: options.group,
        user_pool,
        username: options
            .username
            .or_else(|| owner.and_then(|owner| owner.username.clone())),
        managed_login: options
            .managed_login
            .managed_login()
            .or_else(|| owner.and_then(|owner| owner.managed_login.clone())),
        shares_sign_in: options.share_sign_in,
        logins: options.logins.logins,
        developer,
        exchange: exchange(options.exchange)?,
        carries_over_guest,
        endpoints: Endpoints {
            url: options
                .endpoints
                .endpoint_url
                .or_else(|| owner.and_then(|owner| owner.endpoints.url.clone())),
            fips: options.endpoints.fips,
            dual_stack: options.endpoints.dual_stack,
        },
        ..Profile::of_identity_pool(options.name, method, options.identity_pool_id)
    };
    if method == SignInMethod::Browser && profile.managed_login.is_none() {
        return Err(Problem::new(
            ProblemKind::Usage,
            "The browser needs to know where managed login is",
        )
        .hint("Give it with --domain: the user pool's prefix domain or its custom domain."));
    }
    if let (Some(client), Some(owner)) = (profile.user_pool.as_mut(), owner) {
        // The secret of an app client is kept once for all that share its sign-in.
        client.has_client_secret |= owner.has_client_secret();
    }
    Ok(profile)
}

/// Whose sign-in is shared: what is not said about user pool and person is as there.
fn owner<'a>(name: &ProfileName, others: &'a [Profile]) -> Result<&'a Profile, Problem> {
    let owner = others.iter().find(|other| other.name == *name);
    owner.ok_or_else(|| {
        let sentence = format!("There is no profile {name} whose sign-in could be shared");
        Problem::new(ProblemKind::Usage, sentence).hint("See: poolkey profile list")
    })
}

fn exchange(options: ExchangeOptions) -> Result<Exchange, Problem> {
    let parts = ExchangeParts {
        basic: options.flow == Flow::Basic,
        role: options.role_arn,
        session_name: options.role_session_name,
        duration: options.role_duration,
        policy: options.session_policy.map(policy).transpose()?,
    };
    Exchange::try_from(parts).map_err(|fault| faulty(&fault))
}

/// JSON, or `@` and the file that holds it.
fn policy(given: String) -> Result<String, Problem> {
    let refused = |why: String| Problem::new(ProblemKind::Usage, why).hint("See --session-policy.");
    let text = match given.strip_prefix('@') {
        None => given,
        Some(path) => {
            let bytes = safe_file::read(path.as_ref())?;
            if bytes.is_empty() {
                return Err(refused(format!("There is no session policy in {path}")));
            }
            let text = std::str::from_utf8(&bytes);
            let text = text.map_err(|_| refused(format!("{path} is not UTF-8 text")))?;
            text.trim().to_owned()
        }
    };
    session_policy(text).map_err(|error| refused(error.to_string()))
}

/// Options of a user pool where there is none.
fn useless(options: &ProfileAdd) -> Result<(), Problem> {
    let method = options.sign_in;
    let of_user_pool = [
        ("--user-pool-id", options.user_pool_id.is_some()),
        ("--client-id", options.client_id.is_some()),
        ("--client-secret-stdin", options.client_secret_stdin),
        ("--domain", options.managed_login.domain.is_some()),
    ];
    match of_user_pool.into_iter().find(|(_, is_given)| *is_given) {
        Some((option, _)) if !method.uses_user_pool() => {
            let sentence =
                format!("{option} is of no use here: signing in as {method} has no user pool");
            let hint = "Leave it out, or choose another method with --sign-in.";
            Err(Problem::new(ProblemKind::Usage, sentence).hint(hint))
        }
        _ => Ok(()),
    }
}

/// The options that say what a key of the file says.
fn faulty(fault: &Fault) -> Problem {
    let options = match fault.key {
        "developer" => "--developer-command and --developer-aws-profile".to_owned(),
        "role_duration_seconds" => "--role-duration".to_owned(),
        key => format!("--{}", key.replace('_', "-")),
    };
    let hint = format!("See {options}, and poolkey profile add --help.");
    Problem::new(ProblemKind::Usage, fault.sentence.clone()).hint(hint)
}

/// Somebody else's sign-in would do as well.
fn could_share(profile: &Profile, others: &[Profile]) -> Option<String> {
    if profile.shares_sign_in.is_some() {
        return None;
    }
    let mut same = others
        .iter()
        .filter(|other| profile.may_share_sign_in(other) && is_same_person(profile, other));
    let owner = same.next()?.sign_in_name();
    Some(format!(
        "{owner} signs in at the same place: with --share-sign-in {owner} one sign-in would serve \
         both"
    ))
}

/// As far as the profiles say.
fn is_same_person(one: &Profile, other: &Profile) -> bool {
    let names = one.username.as_ref().zip(other.username.as_ref());
    names.is_none_or(|(one, other)| one == other)
}

/// An endpoint elsewhere that hears everything in the clear.
fn unencrypted(profile: &Profile) -> Option<String> {
    let url = profile.endpoints.url.as_ref()?;
    let in_the_clear = url.as_str().starts_with("http://") && !url.is_loopback();
    in_the_clear.then(|| {
        format!(
            "{} is not encrypted: tokens and passwords can be read on the way",
            url.as_str()
        )
    })
}

/// The API model's length; its characters are checked by the service.
fn checked(secret: Secret) -> Result<Secret, Problem> {
    if (24..=64).contains(&secret.char_count()) {
        return Ok(secret);
    }
    Err(Problem::new(
        ProblemKind::Usage,
        "An app client secret has 24 to 64 characters",
    ))
}
