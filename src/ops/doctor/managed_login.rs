//! The managed login pages: whether the domain answers, and whether it knows client and callbacks.
//!
//! The service sends a browser to `/login`, straight to a provider, or to `/error`; only that is
//! read. Deliberately absent: following it.

use futures_util::future::join_all;

use super::line::{Line, Silence};
use crate::domain::{AwsSaid, CallbackUrl, Check, CheckId, Problem, ProblemKind, Profile};
use crate::ops::browser::authorization_url;
use crate::ops::ports::{Deps, Page};

const ID: CheckId = CheckId::ManagedLogin;
const OPERATION: &str = "Managed login";

/// Each callback address is tried, because each has to be registered.
pub(super) async fn check(deps: &Deps, profile: &Profile, line: &Line<'_>) -> Check {
    let Some(login) = profile.managed_login.as_ref() else {
        return Check::skipped(ID, "The profile has no managed login domain");
    };
    let pages = login.callback_urls.iter().map(async |callback| {
        let url = match authorization_url(profile, callback) {
            Ok(url) => url,
            Err(problem) => return Err(Silence::Here(problem)),
        };
        let page = line.visit(deps.probes.page(&url)).await?;
        Ok(refused(&page, callback).map(|error| (callback, error)))
    });
    let mut refusals = Vec::new();
    for page in join_all(pages).await {
        match page {
            Ok(refusal) => refusals.extend(refusal),
            Err(silence) => return silence.check(ID),
        }
    }
    let Some((callback, error)) = refusals.first() else {
        return Check::passed(ID, format!("{} opens the sign-in page", login.domain));
    };
    let problem = explained(&login.domain.to_string(), callback, error);
    if refusals.len() < login.callback_urls.len() {
        return Check::warned(ID, problem);
    }
    Check::failed(ID, problem)
}

/// The error that a page begins with.
fn refused(page: &Page, callback: &CallbackUrl) -> Option<String> {
    let Some(location) = &page.location else {
        return (page.status != 200).then(|| format!("HTTP {}", page.status));
    };
    let (address, query) = location.split_once('?').unwrap_or((location, ""));
    let is_back = address == callback.as_str();
    if !is_back && !address.ends_with("/error") {
        return None;
    }
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    let find = |name: &str| pairs.iter().find(|(key, _)| key == name);
    // A browser that is signed in already is sent back with a code.
    let error = find("error").map_or("unknown", |(_, error)| error);
    Some(error.to_owned())
}

fn explained(domain: &str, callback: &CallbackUrl, error: &str) -> Problem {
    let problem = |sentence: String, hint: String| {
        Problem::new(ProblemKind::Refused, sentence)
            .hint(hint)
            .said(AwsSaid::new(OPERATION, error, ""))
    };
    match error {
        "redirect_mismatch" => problem(
            format!("The app client does not know the callback address {callback}"),
            "Register it letter by letter under the app client's login pages, and check the client ID.".to_owned(),
        ),
        "invalid_scope" => problem(
            "The app client does not allow the profile's scopes".to_owned(),
            "Allow them under the app client's login pages, or change scopes in the profile.".to_owned(),
        ),
        _ if error.starts_with("HTTP") => Problem::new(
            ProblemKind::Refused,
            format!("{domain} answers {error} instead of a sign-in page"),
        )
        .hint("Check the domain on the user pool's Domain page, and that the client ID is right."),
        _ => problem(
            format!("{domain} does not open the sign-in page"),
            "Check the app client's login pages: flow, scopes, providers.".to_owned(),
        ),
    }
}
