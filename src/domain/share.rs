//! What of a profile may be handed to somebody else: where to sign in, and nothing of this machine
//! or of a person.
//!
//! Secrets are no part of a profile anyway. Deliberately absent: the forms it is handed over in (see
//! `adapters::imports`).

use super::profile::{Exchange, Profile, ProviderLogin, TokenSource};

/// Profiles in the forms in which they are handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// A Poolkey profile file: to be saved, or pasted as it is.
    pub text: String,
    /// The same in one line: `poolkey://import#…`.
    pub link: String,
    /// What was left out, a sentence each, without full stop.
    pub remarks: Vec<String>,
}

/// The profiles as they may leave this machine, and what was left out of them. `with_usernames` says
/// that the names of people may go along.
#[must_use]
pub fn shareable(profiles: &[Profile], with_usernames: bool) -> (Vec<Profile>, Vec<String>) {
    let mut remarks = Vec::new();
    let shared = profiles
        .iter()
        .filter_map(|profile| shared(profile, profiles, with_usernames, &mut remarks))
        .collect();
    (shared, remarks)
}

fn shared(
    profile: &Profile,
    all: &[Profile],
    with_usernames: bool,
    remarks: &mut Vec<String>,
) -> Option<Profile> {
    let name = &profile.name;
    if profile.developer.is_some() {
        remarks.push(format!(
            "{name} gets its token by a command or an AWS profile of this machine and is left out"
        ));
        return None;
    }
    let mut profile = profile.clone();
    profile.favorite = false;
    for ProviderLogin { provider, token } in &mut profile.logins {
        // A command line may hold anything, and a path names a home folder.
        if matches!(token, TokenSource::Command(_) | TokenSource::File(_)) {
            remarks.push(format!(
                "Where the token of {} comes from is left out of {name}: it is asked for",
                provider.label()
            ));
            *token = TokenSource::Typed;
        }
    }
    let owner = profile.shares_sign_in.as_ref();
    if owner.is_some_and(|owner| !all.iter().any(|other| other.name == *owner)) {
        profile.shares_sign_in = None;
    }
    if !with_usernames {
        profile.username = None;
        if let Exchange::Basic(basic) = &mut profile.exchange {
            basic.session_name = None;
        }
    }
    if profile.has_client_secret() {
        remarks.push(format!(
            "The app client secret of {name} is not part of it: hand it over another way"
        ));
    }
    Some(profile)
}

/// True where an offered profile says nothing that this one does not say: both as they would be
/// handed over. Heading, person and what is set for the list are the person's own.
#[must_use]
pub fn is_same(offered: &Profile, here: &Profile) -> bool {
    let bare = |profile: &Profile| {
        let shared = shared(profile, &[], false, &mut Vec::new())?;
        Some(Profile {
            group: None,
            keep_fresh: true,
            margin: here.margin,
            ..shared
        })
    };
    bare(offered).is_some_and(|offered| bare(here) == Some(offered))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DeveloperSource, SignInMethod};

    fn profile(name: &str) -> Profile {
        let pool = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";
        Profile::of_identity_pool(
            name.parse().unwrap(),
            SignInMethod::Provider,
            pool.parse().unwrap(),
        )
    }

    #[test]
    fn nothing_of_this_machine_leaves_it() {
        let mut one = profile("one");
        one.username = Some("canary@example.com".to_owned());
        one.shares_sign_in = Some("canary".parse().unwrap());
        for (provider, token) in [
            (
                "accounts.google.com",
                TokenSource::Command("get-token --password canary".to_owned()),
            ),
            (
                "idp.example",
                TokenSource::File("/home/canary/token".into()),
            ),
        ] {
            one.logins.push(ProviderLogin {
                provider: provider.parse().unwrap(),
                token,
            });
        }
        let mut two = profile("two");
        two.developer = Some(DeveloperSource::Command("canary".to_owned()));
        let (shared, remarks) = shareable(&[one.clone(), two], false);
        assert_eq!(shared.len(), 1);
        assert_eq!(remarks.len(), 3, "{remarks:?}");
        assert!(!format!("{shared:?}{remarks:?}").contains("canary"));
        let (shared, _) = shareable(&[one], true);
        assert!(format!("{shared:?}").contains("canary@example.com"));
    }

    #[test]
    fn a_sign_in_stays_shared_where_its_owner_goes_along() {
        let owner = profile("owner");
        let mut other = profile("other");
        other.shares_sign_in = Some(owner.name.clone());
        let (shared, _) = shareable(&[owner, other.clone()], false);
        assert!(shared[1].shares_sign_in.is_some());
        let (shared, _) = shareable(&[other], false);
        assert!(shared[0].shares_sign_in.is_none());
    }

    #[test]
    fn what_is_the_person_s_own_makes_no_other_profile() {
        let offered = profile("one");
        let mut here = profile("one");
        here.favorite = true;
        here.group = Some("Work".to_owned());
        here.username = Some("ana".to_owned());
        here.keep_fresh = false;
        assert!(is_same(&offered, &here));
        here.carries_over_guest = true;
        assert!(!is_same(&offered, &here));
        let mut elsewhere = profile("one");
        elsewhere.endpoints = crate::domain::Endpoints::at("http://a.example".parse().unwrap());
        assert!(!is_same(&elsewhere, &offered));
        assert!(!is_same(&profile("two"), &offered));
    }
}
