//! Tokens on their way to whoever shows them.

use super::ports::{Deps, Login, Progress};
use crate::domain::{Profile, Secret, SeenToken};

/// Tells the tokens that can be read; what is no JSON Web Token says nothing to anybody.
pub(super) fn show<T: ToString + Sync>(
    deps: &Deps,
    progress: &dyn Progress,
    tokens: &[(T, &Secret)],
) {
    let seen = tokens.iter().filter_map(|(title, token)| {
        Some(SeenToken {
            title: title.to_string(),
            token: token.duplicate(),
            reading: deps.claims.read_all(token)?,
        })
    });
    progress.tokens(seen.collect());
}

/// Tells both tokens of a user pool.
pub(super) fn show_user_pool(deps: &Deps, progress: &dyn Progress, id: &Secret, access: &Secret) {
    show(
        deps,
        progress,
        &[("ID token", id), ("Access token", access)],
    );
}

/// Tells the tokens of other providers that go into an exchange.
pub(super) fn show_logins(deps: &Deps, profile: &Profile, progress: &dyn Progress, all: &[Login]) {
    let mut shown = Vec::new();
    for own in &profile.logins {
        let mut logins = all.iter();
        let login = logins.find(|login| login.provider_name == own.provider.as_str());
        let title = || format!("{} {}", own.provider.label(), own.provider.token_kind());
        shown.extend(login.map(|login| (title(), &login.token)));
    }
    show(deps, progress, &shown);
}
