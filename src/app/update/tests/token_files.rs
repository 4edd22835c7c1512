//! Token files: which are watched, and when a new token is reason to renew.

use super::*;
use crate::domain::{ProviderLogin, TokenSource};

fn with_file(text: &str, path: &str) -> Profile {
    let login = ProviderLogin {
        provider: "accounts.google.com".parse().unwrap(),
        token: TokenSource::File(path.into()),
    };
    let identity_pool = profile(text).identity_pool_id;
    Profile {
        logins: vec![login],
        ..Profile::of_identity_pool(name(text), SignInMethod::Provider, identity_pool)
    }
}

fn read(profiles: Vec<Profile>) -> Event {
    Event::ProfilesLoaded(Ok(Loaded {
        profiles,
        theme: Theme::System,
        settings: crate::domain::Settings::default(),
        path: "profiles.toml".into(),
    }))
}

fn watched(effects: &[Effect]) -> Option<Vec<(String, String)>> {
    effects.iter().find_map(|effect| match effect {
        Effect::WatchTokenFiles(files) => {
            let text = |(name, path): &(ProfileName, std::path::PathBuf)| {
                (name.to_string(), path.display().to_string())
            };
            Some(files.iter().map(text).collect())
        }
        _ => None,
    })
}

fn pair(name: &str, path: &str) -> (String, String) {
    (name.to_owned(), path.to_owned())
}

#[test]
fn the_files_of_all_profiles_are_watched_and_only_told_anew_when_they_change() {
    let mut model = ready(&["dev"]);
    let both = || vec![with_file("a", "~/t"), profile("dev"), with_file("b", "/t")];
    let effects = model.hear(read(both()));
    let expected = [pair("a", "~/t"), pair("b", "/t")];
    assert_eq!(watched(&effects).as_deref(), Some(&expected[..]));
    assert_eq!(watched(&model.hear(read(both()))), None);
    let other = super::profiles::saved(Some("a"), with_file("a", "~/u"));
    let expected = [pair("a", "~/u"), pair("b", "/t")];
    assert_eq!(watched(&model.hear(other)).as_deref(), Some(&expected[..]));
    let removed = |text: &str| Event::Removed {
        profile: name(text),
        result: Ok(()),
    };
    let effects = model.hear(removed("b"));
    assert_eq!(watched(&effects), Some(vec![pair("a", "~/u")]));
    assert_eq!(watched(&model.hear(removed("a"))), Some(Vec::new()));
    assert_eq!(watched(&model.hear(removed("dev"))), None);
}

#[test]
fn a_new_token_renews_what_is_not_live_failed_or_is_due() {
    let changed = || Event::TokenFileChanged {
        profile: name("dev"),
    };
    for (minutes_left, has_failed, keep_fresh, renews) in [
        (None, false, true, true),
        (Some(-1), false, true, true),
        (Some(15), false, true, true),
        (Some(17), false, true, false),
        (Some(60), false, true, false),
        (Some(60), true, true, true),
        (Some(-1), true, false, false),
    ] {
        let mut model = Model::new(now(), false);
        for event in [
            store_works(),
            read(vec![with_file("dev", "~/t")]),
            kept("dev", minutes_left, true),
        ] {
            let _effects = model.hear(event);
        }
        let state = model.profile_mut(&name("dev")).unwrap();
        state.problem = has_failed.then(|| problem(ProblemKind::File));
        state.profile.keep_fresh = keep_fresh;
        if let Some(session) = &mut state.session {
            // Short sessions are renewed later than others.
            session.obtained_at = now() - SignedDuration::from_hours(1);
        }
        let case = format!("{minutes_left:?} {has_failed} {keep_fresh}");
        let effects = model.hear(changed());
        let expected: &[&str] = if renews { &["Renew"] } else { &[] };
        assert_eq!(kinds(&effects), expected, "{case}");
        // One is under way: it reads the newest token.
        assert!(!renews || model.hear(changed()).is_empty(), "{case}");
    }
}

#[test]
fn nothing_is_renewed_before_the_store_is_there_or_after_the_profile_went() {
    let mut model = Model::new(now(), false);
    let changed = || Event::TokenFileChanged {
        profile: name("dev"),
    };
    let _effects = model.hear(read(vec![with_file("dev", "~/t")]));
    assert!(model.hear(changed()).is_empty());
    let mut model = ready(&["other"]);
    assert!(model.hear(changed()).is_empty());
}
