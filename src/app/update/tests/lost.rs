//! A profile that is changed, renamed or removed while something of it is on screen or runs.

use super::*;

/// `dev` under a new identity pool.
fn elsewhere() -> Profile {
    Profile {
        identity_pool_id: "eu-west-1:00000000-0000-4a4a-9b9b-c41ec41ec41e"
            .parse()
            .unwrap(),
        ..profile("dev")
    }
}

fn reloaded(profiles: Vec<Profile>) -> Event {
    Event::ProfilesLoaded(Ok(Loaded {
        profiles,
        theme: Theme::System,
        settings: crate::domain::Settings::default(),
        path: "profiles.toml".into(),
    }))
}

fn saved(profile: Profile) -> Event {
    Event::Saved {
        original: Some(name("dev")),
        result: Ok(Box::new(profile)),
    }
}

type Way = (&'static str, fn() -> Event);

const WAYS: [Way; 5] = [
    ("gone", || reloaded(vec![profile("prod")])),
    ("elsewhere in the file", || reloaded(vec![elsewhere()])),
    ("elsewhere by the form", || saved(elsewhere())),
    ("renamed", || saved(profile("development"))),
    ("removed", || Event::Removed {
        profile: name("dev"),
        result: Ok(()),
    }),
];

#[test]
fn what_runs_is_stopped_and_its_sheet_closed() {
    let begin: [fn(&mut Model) -> Attempt; 3] = [checking, asked, in_browser];
    for (way, event) in WAYS {
        for begin in begin {
            let mut model = ready(&["dev"]);
            let attempt = begin(&mut model);
            let effects = model.hear(event());
            assert!(
                matches!(effects.first(), Some(Effect::Cancel(stopped)) if *stopped == attempt),
                "{way}: {effects:?}"
            );
            assert_eq!(sheet(&model), ("closed", false), "{way}");
            assert!(
                model.profiles.iter().all(|state| state.running.is_none()),
                "{way}"
            );
        }
    }
}

#[test]
fn every_sheet_about_it_is_closed() {
    let open: [fn() -> Action; 3] = [
        || Action::SignIn(name("dev")),
        || Action::AskRename(name("dev")),
        || Action::AskPasswordChange(name("dev")),
    ];
    for (way, event) in WAYS {
        for open in open {
            let mut model = ready(&["dev"]);
            let _effects = model.act(open());
            let _effects = model.hear(event());
            assert_eq!(sheet(&model), ("closed", false), "{way}");
        }
    }
}

#[test]
fn what_stays_the_same_goes_on() {
    let grouped = || Profile {
        group: Some("Acme".to_owned()),
        ..profile("dev")
    };
    for event in [
        reloaded(vec![grouped(), profile("prod")]),
        saved(grouped()),
        Event::Removed {
            profile: name("prod"),
            result: Ok(()),
        },
    ] {
        let mut model = ready(&["dev", "prod"]);
        let attempt = asked(&mut model);
        let effects = model.hear(event);
        assert!(!kinds(&effects).contains(&"Cancel".to_owned()));
        assert_eq!(sheet(&model), ("SOFTWARE_TOKEN_MFA", false));
        assert_eq!(dev(&model).running, Some(attempt));
    }
}

#[test]
fn a_renewal_is_stopped_too() {
    for (way, event) in WAYS {
        let mut model = signed_in(60);
        let attempt = the_attempt(&model.act(Action::Renew(name("dev"))));
        let effects = model.hear(event());
        assert!(
            matches!(effects.first(), Some(Effect::Cancel(stopped)) if *stopped == attempt),
            "{way}: {effects:?}"
        );
        assert!(model.hear(succeeded(attempt)).is_empty(), "{way}");
    }
}
