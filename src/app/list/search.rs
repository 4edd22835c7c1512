//! Finding profiles by any of their fields.
//!
//! Deliberately absent: an index. One pass over what was put together once is fast enough for
//! thousands of profiles.

use crate::app::{Model, ProfileState};
use crate::domain::Profile;

/// Everything that a profile can be found by, in lower case, one text a profile.
#[derive(Debug, Default)]
pub struct Haystacks {
    revision: Option<u64>,
    texts: Vec<String>,
}

impl Haystacks {
    /// The places of the profiles in which every word occurs somewhere; all of them for no word.
    pub fn matching(&mut self, model: &Model, search: &str) -> Vec<usize> {
        let search = search.to_lowercase();
        let words: Vec<&str> = search.split_whitespace().collect();
        if words.is_empty() {
            return (0..model.profiles.len()).collect();
        }
        if self.revision != Some(model.list.revision) || self.texts.len() != model.profiles.len() {
            self.revision = Some(model.list.revision);
            let profiles = model.profiles.iter();
            self.texts = profiles.map(|state| haystack(&state.profile)).collect();
        }
        let all = self.texts.iter().zip(&model.profiles).enumerate();
        let found = all.filter(|(_, (text, state))| {
            let has = |word: &&str| text.contains(*word) || session_has(state, word);
            words.iter().all(has)
        });
        found.map(|(place, _)| place).collect()
    }
}

fn haystack(profile: &Profile) -> String {
    let pool = profile.user_pool.as_ref();
    let region = profile.region();
    let role = profile.exchange.role();
    let fields = [
        Some(profile.name.as_str()),
        profile.group.as_deref(),
        profile.username.as_deref(),
        Some(region.as_str()),
        pool.map(|pool| pool.user_pool_id.as_str()),
        pool.map(|pool| pool.client_id.as_str()),
        Some(profile.identity_pool_id.as_str()),
        role.map(crate::domain::RoleArn::as_str),
        profile
            .managed_login
            .as_ref()
            .map(|login| login.domain.as_str()),
        profile
            .endpoints
            .url
            .as_ref()
            .map(crate::domain::EndpointUrl::as_str),
    ];
    // A line end between them: no word reaches from one field into the next.
    let fields: Vec<&str> = fields.into_iter().flatten().collect();
    fields.join("\n").to_lowercase()
}

/// Account and role of the credentials that are here. Neither is in the configuration.
fn session_has(state: &ProfileState, word: &str) -> bool {
    let caller = state
        .session
        .as_ref()
        .and_then(|session| session.caller.as_ref());
    caller.is_some_and(|caller| {
        caller.account.contains(word) || caller.arn.to_lowercase().contains(word)
    })
}
