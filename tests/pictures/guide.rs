//! The pictures of the guide and of README: their names, and the states that only they show.
//!
//! `./tests/pictures/guide` takes them all. Deliberately absent: what other scenes show already.

use poolkey::app::{
    Attempt, EndpointAt, Event, ImportSheet, Model, Page, ProfileState, ShareSheet, Sheet,
    SignInPhase, Tab,
};
use poolkey::domain::{
    BasicFlow, DurationSeconds, Exchange, Offer, Offered, Profile, Shared, SignInMethod,
};

use crate::fixture::{managed_login, model, profile, sign_in_sheet};

/// The scenes that the guide and README show.
pub const PICTURES: [&str; 13] = [
    "basic-flow",
    "endpoint",
    "export-diff",
    "guest",
    "import-offers",
    "new-profile",
    "overview",
    "passphrase",
    "problem",
    "settings",
    "share",
    "sign-in-browser",
    "sign-in-code",
];

/// The sheet waits for the browser.
pub fn browser() -> Model {
    let mut model = model();
    if let Some(state) = model.profiles.first_mut() {
        state.profile.sign_in = SignInMethod::Browser;
        state.profile.managed_login = Some(managed_login());
        *state = ProfileState::new(state.profile.clone());
    }
    model.sheet = Some(sign_in_sheet(
        "acme-prod",
        SignInPhase::Browser {
            url: Some("https://acme.auth.eu-west-1.amazoncognito.com/oauth2/authorize".to_owned()),
            problem: None,
            at_providers: false,
        },
    ));
    model
}

/// A guest that has no credentials yet.
pub fn guest() -> Model {
    let mut model = model();
    model.selected = "acme-guest".parse().ok();
    if let Some(state) = model.profiles.get_mut(2) {
        let pool = state.profile.identity_pool_id.clone();
        let name = state.profile.name.clone();
        let group = state.profile.group.clone();
        let guest = Profile {
            group,
            ..Profile::of_identity_pool(name, SignInMethod::Guest, pool)
        };
        *state = poolkey::app::ProfileState::new(guest);
    }
    model
}

/// A profile whose role is assumed through STS.
pub fn basic() -> Model {
    let mut model = model();
    model.tab = Tab::Configuration;
    if let Some(state) = model.profiles.first_mut() {
        state.profile.exchange = Exchange::Basic(BasicFlow {
            role: "arn:aws:iam::123456789012:role/acme-prod-on-call"
                .parse()
                .unwrap(),
            session_name: None,
            duration: DurationSeconds::of_role(4 * 3600).ok(),
            policy: None,
        });
    }
    model
}

/// The container endpoint listens.
pub fn endpoint() -> Model {
    let mut model = model();
    model.tab = Tab::Export;
    let _effects = model.hear(Event::EndpointStarted {
        profile: "acme-prod".parse().unwrap(),
        result: Ok(EndpointAt {
            uri: "http://127.0.0.1:40123/credentials".to_owned(),
            token_file: "~/.local/state/poolkey/endpoints/40123.token".to_owned(),
        }),
    });
    model
}

/// Two profiles of an Amplify project.
pub fn offers() -> Model {
    let offered = |name: &str| Offered {
        source: "amplify_outputs.json".to_owned(),
        offer: Offer::Ready(Box::new(Profile {
            username: None,
            ..profile(name, None, "", "eu-west-1")
        })),
        remarks: Vec::new(),
    };
    let mut model = model();
    model.page = Page::Import;
    model.sheet = Some(Sheet::Import(Box::new(ImportSheet {
        attempt: Attempt(1),
        offers: vec![offered("shop"), offered("shop-test")],
        adding: false,
        refused: Vec::new(),
    })));
    model
}

/// A profile as a link and as text.
pub fn share() -> Model {
    let mut model = model();
    model.sheet = Some(Sheet::Share(Box::new(ShareSheet {
        profiles: vec!["acme-prod".parse().unwrap()],
        usernames: false,
        attempt: Attempt(1),
        shared: Some(Shared {
            text:
                "# Poolkey profiles: paste all of this into Poolkey under Import, or save it and \
                   run: poolkey profile import FILE\n\n[[profile]]\nname = \"acme-prod\"\n\
                   user_pool_id = \"eu-west-1_aB3dE5gH7\"\n\
                   client_id = \"1h57kf5cpq17m0eml12EXAMPLE\"\n\
                   identity_pool_id = \"eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e\"\n\
                   sign_in = \"srp\"\n"
                    .to_owned(),
            link: "poolkey://import#7LHesFtbcHJvZmlsZV1dCm5hbWUgPSAiYWNtZS1wcm9kIgp1c2VyX3Bv"
                .to_owned(),
            remarks: Vec::new(),
        }),
        problem: None,
    })));
    model
}
