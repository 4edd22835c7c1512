//! `profile add|list|show|remove`. Nothing secret is ever printed.

use serde_json::{Value, json};

use super::args::{ProfileAdd, ProfileCommand};
use super::managed_login;
use super::output::Output;
use super::prompt::Lines;
use crate::domain::{EndpointUrl, PoolClient, Problem, ProblemKind, Profile, Secret, SignInMethod};
use crate::ops::{Deps, profiles};

/// Runs one of them.
pub async fn run(command: ProfileCommand, deps: &Deps, output: &Output) -> Result<(), Problem> {
    match command {
        ProfileCommand::Add(options) => add(*options, deps, output).await,
        ProfileCommand::List { .. } => {
            let profiles = deps.profiles.load().await?.profiles;
            if output.is_json() {
                return output.json(&profiles.iter().map(as_json).collect());
            }
            let rows: Vec<String> = profiles.iter().map(row).collect();
            if rows.is_empty() {
                output.note("No profiles yet. Add one with: poolkey profile add");
                return Ok(());
            }
            output.result(&rows.join("\n"))
        }
        ProfileCommand::Show { name, .. } => {
            let profile = deps.profile(&name).await?;
            if output.is_json() {
                return output.json(&as_json(&profile));
            }
            output.result(&details(&profile))
        }
        ProfileCommand::Remove { name } => {
            let profile = deps.profile(&name).await?;
            if let Some(remark) = profiles::remove(deps, &profile.name).await? {
                output.note(&format!("note: {remark}"));
            }
            output.note(&format!(
                "{name} removed. What was exported to the AWS files stays."
            ));
            Ok(())
        }
    }
}

async fn add(options: ProfileAdd, deps: &Deps, output: &Output) -> Result<(), Problem> {
    let client_secret = if options.client_secret_stdin {
        Some(checked(Lines::read(1).await?.take("app client secret")?)?)
    } else {
        None
    };
    let user_pool = PoolClient {
        user_pool_id: options.user_pool_id,
        client_id: options.client_id,
        has_client_secret: client_secret.is_some(),
    };
    let profile = Profile {
        group: options.group,
        sign_in: options.sign_in,
        username: options.username,
        managed_login: options.managed_login.managed_login(),
        endpoints: options.endpoint_url.into(),
        ..Profile::of_user_pool(options.name, user_pool, options.identity_pool_id)
    };
    if profile.sign_in == SignInMethod::Browser && profile.managed_login.is_none() {
        return Err(Problem::new(
            ProblemKind::Usage,
            "The browser needs to know where managed login is",
        )
        .hint("Give it with --domain: the user pool's prefix domain or its custom domain."));
    }
    profiles::save(deps, None, &profile, client_secret.as_ref()).await?;
    if let Some(remark) = unencrypted(&profile) {
        output.note(&format!("note: {remark}"));
    }
    if let Some(remark) = profile.region_mismatch() {
        output.note(&format!("note: {remark}"));
    }
    output.note(&format!(
        "{name} added. Sign in with: poolkey sign-in {name}",
        name = profile.name
    ));
    Ok(())
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

fn row(profile: &Profile) -> String {
    let who = profile.username.as_deref().unwrap_or("-");
    format!(
        "{:<24} {:<32} {}",
        profile.name.as_str(),
        who,
        pool_name(profile)
    )
}

/// Where the profile signs in, in a word.
fn pool_name(profile: &Profile) -> &str {
    let pool = profile.user_pool.as_ref();
    pool.map_or(profile.sign_in.name(), |pool| pool.user_pool_id.as_str())
}

fn details(profile: &Profile) -> String {
    let mut lines = vec![format!("Profile           {}", profile.name)];
    if let Some(pool) = &profile.user_pool {
        let secret = if pool.has_client_secret {
            "in the secret store"
        } else {
            "none"
        };
        lines.extend([
            format!("User pool ID      {}", pool.user_pool_id),
            format!("App client ID     {}", pool.client_id),
            format!("App client secret {secret}"),
        ]);
    }
    lines.extend([
        format!("Identity pool ID  {}", profile.identity_pool_id),
        format!("Region            {}", profile.region()),
        format!("Sign-in           {}", profile.sign_in.label()),
    ]);
    if let Some(username) = &profile.username {
        lines.push(format!("Username          {username}"));
    }
    if let Some(login) = &profile.managed_login {
        lines.extend(managed_login::details(login));
    }
    if let Some(url) = &profile.endpoints.url {
        lines.push(format!("Endpoint          {url}"));
    }
    lines.join("\n")
}

fn as_json(profile: &Profile) -> Value {
    let pool = profile.user_pool.as_ref();
    let mut json = json!({
        "name": profile.name.as_str(),
        "group": profile.group,
        "user_pool_id": pool.map(|pool| pool.user_pool_id.as_str()),
        "client_id": pool.map(|pool| pool.client_id.as_str()),
        "has_client_secret": profile.has_client_secret(),
        "identity_pool_id": profile.identity_pool_id.as_str(),
        "region": profile.region().as_str(),
        "sign_in": profile.sign_in.name(),
        "username": profile.username,
        "endpoint_url": profile.endpoints.url.as_ref().map(EndpointUrl::as_str),
    });
    managed_login::add_json(profile.managed_login.as_ref(), &mut json);
    json
}
