//! An AWS account that was looked into, for the tests of the page and its picture.

use poolkey::app::{Action, Effect, Event, Model};
use poolkey::domain::discovery::{AwsSource, Found, Incomplete, Inventory, Offers};
use poolkey::domain::{AwsSaid, PoolClient, Problem, ProblemKind, Profile, Secret};

/// In no text of the window.
pub const CANARY: &str = "canaryCLIENTsecret51";

/// One of the person's AWS profiles.
pub fn source(name: &str, region: Option<&str>) -> AwsSource {
    AwsSource {
        name: name.to_owned(),
        region: region.map(|region| region.parse().unwrap()),
        endpoint_url: None,
    }
}

/// The page, with two AWS profiles.
pub fn page(mut model: Model) -> Model {
    let _effects = model.act(Action::OpenDiscover);
    let sources = vec![source("admin", Some("eu-west-1")), source("audit", None)];
    let _effects = model.hear(Event::SourcesFound(Ok(sources)));
    model
}

fn found(name: &str, pool: &str, known: Option<&str>) -> Found {
    let client = PoolClient {
        user_pool_id: "eu-west-1_aB3dE5gH7".parse().unwrap(),
        client_id: "1h57kf5cpq17m0eml12example".parse().unwrap(),
        has_client_secret: true,
    };
    let id = format!("eu-west-1:9f0c1d2e-0000-4a4a-9b9b-{:012}", pool.len());
    Found {
        profile: Profile::of_user_pool(name.parse().unwrap(), client, id.parse().unwrap()),
        identity_pool: pool.to_owned(),
        who: format!("{name} in acme-customers"),
        remarks: vec![
            "The app client has a secret: it is read and kept in your secret store".to_owned(),
        ],
        client_secret: Some(Secret::new(CANARY.to_owned())),
        known: known.map(|name| name.parse().unwrap()),
    }
}

fn denied() -> Problem {
    let said = AwsSaid::new(
        "DescribeUserPool",
        "AccessDeniedException",
        "not authorized",
    );
    Problem::new(ProblemKind::Refused, "AWS refused the request").said(said)
}

/// What was found: some of it there already, some not ready, one permission missing.
pub fn offers() -> Offers {
    let region = "eu-west-1".parse().unwrap();
    let mut inventory = Inventory::default();
    inventory.miss("cognito-idp:DescribeUserPool", &region, denied());
    Offers {
        ready: vec![
            found("acme-web", "acme", None),
            found("acme-app", "acme", None),
            found("acme-old", "legacy-pool", Some("acme-prod")),
        ],
        incomplete: vec![Incomplete {
            what: "acme-admin in acme-customers".to_owned(),
            id: "7h57kf5cpq17m0eml12example".to_owned(),
            why: "No identity pool takes its tokens".to_owned(),
        }],
        missed: inventory.missed,
    }
}

/// The page after a look.
pub fn looked(model: Model) -> Model {
    let mut model = page(model);
    let effects = model.act(Action::Discover {
        source: source("admin", None),
        regions: vec!["eu-west-1".parse().unwrap()],
    });
    let attempt = effects.iter().find_map(|effect| match effect {
        Effect::Discover { attempt, .. } => Some(*attempt),
        _ => None,
    });
    let attempt = attempt.unwrap();
    let result = Ok(Box::new(offers()));
    let _effects = model.hear(Event::Discovered { attempt, result });
    model
}
