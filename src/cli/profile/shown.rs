//! A profile in words and as JSON. Nothing secret is in it.

use serde_json::{Value, json};

use crate::cli::managed_login;
use crate::domain::{
    CallbackUrl, DeveloperSource, DurationSeconds, EndpointUrl, Exchange, Profile, ProfileName,
    ProviderLogin, RoleArn, RoleSessionName, SignInMethod, TokenSource,
};

/// One line of the list.
pub fn row(profile: &Profile) -> String {
    let pool = profile.user_pool.as_ref();
    let place = pool.map_or(profile.identity_pool_id.as_str(), |pool| {
        pool.user_pool_id.as_str()
    });
    format!("{:<24} {:<32} {place}", profile.name.as_str(), who(profile))
}

/// Who signs in, as far as the profile says so.
pub fn who(profile: &Profile) -> String {
    let username = || profile.username.clone();
    let or_dash = |name: Option<String>| name.unwrap_or_else(|| "-".to_owned());
    match (profile.sign_in, &profile.developer) {
        (SignInMethod::Guest, _) => "guest".to_owned(),
        (SignInMethod::Provider, _) => username().unwrap_or_else(|| profile.provider_labels()),
        (_, Some(DeveloperSource::AwsProfile(identity))) => identity.user_id.clone(),
        _ => or_dash(username()),
    }
}

/// What `profile show` says.
pub fn details(profile: &Profile) -> String {
    let mut lines = vec![line("Profile", profile.name.as_str())];
    if let Some(pool) = &profile.user_pool {
        let secret = if pool.has_client_secret {
            "in the secret store"
        } else {
            "none"
        };
        lines.extend([
            line("User pool ID", pool.user_pool_id.as_str()),
            line("App client ID", pool.client_id.as_str()),
            line("App client secret", secret),
        ]);
    }
    lines.extend([
        line("Identity pool ID", profile.identity_pool_id.as_str()),
        line("Region", profile.region().as_str()),
        line("Sign-in", profile.sign_in.label()),
    ]);
    if let Some(owner) = &profile.shares_sign_in {
        lines.push(line("Shares sign-in of", owner.as_str()));
    }
    if let Some(username) = &profile.username {
        lines.push(line("Username", username));
    }
    if let Some(login) = &profile.managed_login {
        lines.extend(managed_login::details(login));
    }
    for ProviderLogin { provider, token } in &profile.logins {
        lines.push(line(
            "Login",
            &format!("{} {}", provider.label(), source(token)),
        ));
    }
    if let Some(source) = &profile.developer {
        lines.push(line("Developer", &developer(source)));
    }
    lines.extend(exchange(&profile.exchange));
    if profile.carries_over_guest {
        lines.push(line("Guest identity", "carried over"));
    }
    if !profile.keep_fresh {
        lines.push(line("Kept fresh", "no"));
    }
    lines.extend(hosts(profile));
    lines.join("\n")
}

fn line(label: &str, value: &str) -> String {
    format!("{label:<17} {value}")
}

fn source(token: &TokenSource) -> String {
    match token {
        TokenSource::Typed => "(typed)".to_owned(),
        TokenSource::File(path) => format!("(file {})", path.display()),
        TokenSource::Command(command) => format!("(command {command})"),
        TokenSource::Browser(client) => format!(
            "(browser at {}, client {})",
            client.issuer, client.client_id
        ),
    }
}

fn developer(source: &DeveloperSource) -> String {
    match source {
        DeveloperSource::Command(command) => format!("command {command}"),
        DeveloperSource::AwsProfile(identity) => format!(
            "AWS profile {} for {} of {}{}",
            identity.aws_profile,
            identity.user_id,
            identity.provider_name,
            identity
                .token_seconds
                .map_or_else(String::new, |seconds| format!(", {seconds} seconds"))
        ),
    }
}

fn exchange(exchange: &Exchange) -> Vec<String> {
    let mut lines = vec![line("Flow", exchange.name())];
    lines.extend(exchange.role().map(|role| line("Role", role.as_str())));
    if let Exchange::Basic(basic) = exchange {
        lines.push(line("Role session name", basic.session_name()));
        let seconds = basic.duration.map(|seconds| format!("{seconds} seconds"));
        lines.extend(seconds.map(|seconds| line("Role duration", &seconds)));
        let policy = basic.policy.as_deref();
        lines.extend(policy.map(|policy| line("Session policy", policy)));
    }
    lines
}

fn hosts(profile: &Profile) -> Vec<String> {
    let endpoints = &profile.endpoints;
    let mut lines = Vec::new();
    if let Some(url) = &endpoints.url {
        lines.push(line("Endpoint", url.as_str()));
    }
    let kinds = match (endpoints.fips, endpoints.dual_stack) {
        (true, true) => "FIPS, dual-stack",
        (true, false) => "FIPS",
        (false, true) => "dual-stack",
        (false, false) => return lines,
    };
    lines.push(line("Hosts", kinds));
    lines
}

/// The keys of `profiles.toml`, null where the profile has none.
pub fn as_json(profile: &Profile) -> Value {
    let pool = profile.user_pool.as_ref();
    let basic = match &profile.exchange {
        Exchange::Enhanced { .. } => None,
        Exchange::Basic(basic) => Some(basic),
    };
    let session_name = basic.and_then(|basic| basic.session_name.as_ref());
    let mut json = json!({
        "name": profile.name.as_str(),
        "group": profile.group,
        "user_pool_id": pool.map(|pool| pool.user_pool_id.as_str()),
        "client_id": pool.map(|pool| pool.client_id.as_str()),
        "has_client_secret": profile.has_client_secret(),
        "identity_pool_id": profile.identity_pool_id.as_str(),
        "region": profile.region().as_str(),
        "sign_in": profile.sign_in.name(),
        "share_sign_in": profile.shares_sign_in.as_ref().map(ProfileName::as_str),
        "username": profile.username,
        "logins": profile.logins.iter().map(login_json).collect::<Vec<_>>(),
        "developer": profile.developer.as_ref().map(developer_json),
        "flow": profile.exchange.name(),
        "role_arn": profile.exchange.role().map(RoleArn::as_str),
        "role_session_name": session_name.map(RoleSessionName::as_str),
        "role_duration_seconds": basic.and_then(|basic| basic.duration).map(DurationSeconds::get),
        "session_policy": basic.and_then(|basic| basic.policy.as_deref()),
        "carry_over_guest": profile.carries_over_guest,
        "endpoint_url": profile.endpoints.url.as_ref().map(EndpointUrl::as_str),
        "fips": profile.endpoints.fips,
        "dual_stack": profile.endpoints.dual_stack,
        "keep_fresh": profile.keep_fresh,
    });
    managed_login::add_json(profile.managed_login.as_ref(), &mut json);
    json
}

fn login_json(login: &ProviderLogin) -> Value {
    let provider = login.provider.as_str();
    let token = login.token.name();
    match &login.token {
        TokenSource::Typed => json!({"provider": provider, "token": token}),
        TokenSource::File(path) => {
            json!({"provider": provider, "token": token, "path": path.display().to_string()})
        }
        TokenSource::Command(command) => {
            json!({"provider": provider, "token": token, "command": command})
        }
        TokenSource::Browser(client) => {
            let urls = client.callback_urls.iter().map(CallbackUrl::as_str);
            json!({
                "provider": provider,
                "token": token,
                "issuer": client.issuer.as_str(),
                "client_id": client.client_id,
                "has_client_secret": client.has_client_secret,
                "scopes": client.scopes,
                "callback_urls": urls.collect::<Vec<_>>(),
            })
        }
    }
}

fn developer_json(source: &DeveloperSource) -> Value {
    match source {
        DeveloperSource::Command(command) => json!({"command": command}),
        DeveloperSource::AwsProfile(identity) => json!({
            "aws_profile": identity.aws_profile,
            "provider_name": identity.provider_name,
            "user_id": identity.user_id,
            "token_seconds": identity.token_seconds.map(DurationSeconds::get),
        }),
    }
}
