//! What is set for the whole program: looked at, then written; and a request that tries the way to
//! AWS.
//!
//! Deliberately absent: what follows for the running program (its adapters are made anew in
//! `bootstrap`).

use crate::domain::{FileSetting, Problem, ProblemKind, Profile, SettingChange};
use crate::ops::ports::{Deps, Route};

/// Writes a setting that is of use.
///
/// # Errors
/// Why it is of no use, or why it cannot be written: nothing has changed then.
pub async fn change(deps: &Deps, change: &SettingChange) -> Result<(), Problem> {
    if let SettingChange::File(file, Some(path)) = change {
        match file {
            FileSetting::Ca => deps.probes.certificates(path).await?,
            FileSetting::AwsCredentials | FileSetting::AwsConfig => {
                deps.probes.writable(path).await?;
            }
        }
    }
    deps.profiles.change(change).await
}

/// Asks where the profile signs in for a document that everybody may read, and says in a sentence
/// what happened.
///
/// # Errors
/// Why no answer came.
pub async fn try_network(deps: &Deps, profile: &Profile) -> Result<String, Problem> {
    let began = deps.stopwatch();
    let endpoints = &profile.endpoints;
    let pool = profile.user_pool.as_ref().map(|pool| &pool.user_pool_id);
    let address = match (&endpoints.url, pool) {
        (Some(url), _) => url.to_string(),
        (None, Some(pool)) => format!("https://{}", pool.provider_name()),
        (None, None) => {
            let region = profile.region();
            let suffix = crate::domain::Partition::of(&region).dns_suffix();
            format!("https://cognito-identity.{region}.{suffix}")
        }
    };
    let route = deps.probes.route(&address).await?;
    let hinted = |problem: Problem| match &route.proxy {
        Some(proxy) => problem.hint(format!("The request went through the proxy {proxy}.")),
        None => problem,
    };
    let (who, status) = if let Some(pool) = pool {
        let status = deps.probes.key_document(pool, endpoints).await;
        ("The user pool", status.map_err(hinted)?)
    } else {
        let page = deps.probes.page(&address).await.map_err(hinted)?;
        ("The identity pool's service", page.status)
    };
    if pool.is_some() && status != 200 {
        let sentence = format!("The answer is not the user pool's: HTTP {status}");
        let problem = Problem::new(ProblemKind::Network, sentence);
        return Err(hinted(problem).hint("Check the user pool ID, the endpoint and the proxy."));
    }
    let took = deps.since(began).as_millis();
    Ok(format!("{who} answered in {took} ms{}", way(&route)))
}

fn way(route: &Route) -> String {
    let proxy = match &route.proxy {
        Some(proxy) => format!(", through the proxy {proxy}"),
        None => ", without a proxy".to_owned(),
    };
    match &route.ca_bundle {
        Some(path) => format!("{proxy}, with the certificates in {}", path.display()),
        None => proxy,
    }
}
