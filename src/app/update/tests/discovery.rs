//! "Discover": one look at a time, nothing of an older one, and no secret when the page is left.

use super::*;
use crate::app::{Attempt, Page};
use crate::domain::discovery::{AwsSource, Found, Offers, Progress};
use crate::domain::{PoolClient, Secret};

fn source() -> AwsSource {
    AwsSource {
        name: "admin".to_owned(),
        region: None,
        endpoint_url: None,
    }
}

fn look(model: &mut Model) -> Attempt {
    let effects = model.act(Action::Discover {
        source: source(),
        regions: vec!["eu-west-1".parse().unwrap()],
    });
    effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Discover { attempt, .. } => Some(*attempt),
            _ => None,
        })
        .unwrap()
}

fn found(text: &str, known: Option<&str>) -> Found {
    let client = PoolClient {
        user_pool_id: "eu-west-1_Acme".parse().unwrap(),
        client_id: "client1".parse().unwrap(),
        has_client_secret: true,
    };
    let pool = "eu-west-1:9f0c".parse().unwrap();
    Found {
        profile: Profile::of_user_pool(name(text), client, pool),
        identity_pool: "acme".to_owned(),
        who: "web in acme".to_owned(),
        remarks: Vec::new(),
        client_secret: Some(Secret::new("canary".to_owned())),
        known: known.map(name),
    }
}

fn with_results() -> Model {
    let mut model = ready(&["dev"]);
    assert_eq!(kinds(&model.act(Action::OpenDiscover)), ["FindSources"]);
    let attempt = look(&mut model);
    let offers = Offers {
        ready: vec![found("web", None), found("old", Some("dev"))],
        ..Offers::default()
    };
    let result = Ok(Box::new(offers));
    let _effects = model.hear(Event::Discovered { attempt, result });
    model
}

#[test]
fn the_newest_look_counts() {
    let mut model = ready(&["dev"]);
    let _effects = model.act(Action::OpenDiscover);
    let first = look(&mut model);
    let effects = model.act(Action::Discover {
        source: source(),
        regions: vec!["eu-west-1".parse().unwrap()],
    });
    assert_eq!(kinds(&effects), ["Cancel", "Discover"]);
    let progress = Progress {
        clients: crate::domain::discovery::Counted { done: 1, of: 2 },
        ..Progress::default()
    };
    let _effects = model.hear(Event::Discovering {
        attempt: first,
        progress,
    });
    assert_eq!(model.discovery.progress, Progress::default());
    let result = Ok(Box::default());
    let _effects = model.hear(Event::Discovered {
        attempt: first,
        result,
    });
    assert!(model.discovery.is_running() && model.discovery.result.is_none());
    assert_eq!(kinds(&model.act(Action::StopDiscovering)), ["Cancel"]);
    assert!(!model.discovery.is_running());
}

#[test]
fn what_is_new_is_added_once() {
    let mut model = with_results();
    let all = vec![name("web"), name("old")];
    let effects = model.act(Action::AddDiscovered(all.clone()));
    let Some(Effect::AddFound(drafts)) = effects.first() else {
        panic!("{effects:?}");
    };
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].profile.name, name("web"));
    assert!(drafts[0].client_secret.is_some());
    assert!(model.act(Action::AddDiscovered(all)).is_empty());
    let effects = model.hear(Event::FoundAdded {
        added: vec![name("web")],
        refused: Vec::new(),
    });
    assert_eq!(kinds(&effects), ["LoadProfiles"]);
    assert_eq!(model.page, Page::Profile);
    assert_eq!(model.selected, Some(name("web")));
    assert!(model.discovery.result.is_none());
}

#[test]
fn what_was_refused_keeps_the_page() {
    let mut model = with_results();
    let _effects = model.act(Action::AddDiscovered(vec![name("web")]));
    let refused = vec![(name("web"), problem(ProblemKind::SecretStore))];
    let added = Vec::new();
    assert!(model.hear(Event::FoundAdded { added, refused }).is_empty());
    assert_eq!(model.page, Page::Discover);
    let notice = model.notices.last().unwrap();
    assert!(notice.text.starts_with("web was not added") && notice.is_problem);
    assert_eq!(
        kinds(&model.act(Action::AddDiscovered(vec![name("web")]))),
        ["AddFound"]
    );
}

#[test]
fn nothing_stays_behind_the_page() {
    for leave in [Action::ClosePage, Action::Select(name("dev"))] {
        let mut model = with_results();
        let _attempt = look(&mut model);
        let effects = model.act(leave);
        assert!(
            kinds(&effects).contains(&"Cancel".to_owned()),
            "{effects:?}"
        );
        assert!(model.discovery.result.is_none() && !model.discovery.is_running());
    }
}
