//! Tokens on their way to whoever shows them.

use super::ports::{Deps, Progress};
use crate::domain::{Secret, SeenToken};

/// Tells the tokens that can be read; what is no JSON Web Token says nothing to anybody.
fn show(deps: &Deps, progress: &dyn Progress, tokens: &[(&str, &Secret)]) {
    let seen = tokens.iter().filter_map(|(title, token)| {
        Some(SeenToken {
            title: (*title).to_owned(),
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
