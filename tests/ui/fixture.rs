//! A window's model as in everyday use: six profiles in three groups, in every state.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use poolkey::app::kept::StoreReport;
use poolkey::app::{
    Attempt, Driver, Effect, Event, Exports, Model, Notice, ProfileState, Sheet, SignInPhase,
    SignInSheet, StoreState,
};
use poolkey::domain::sign_in::{Answer, Challenge, Heard, Move, Reply, SignIn};
use poolkey::domain::{
    AwsCredentials, AwsSaid, Caller, FlowStep, ManagedLogin, Mend, Place, PoolClient, Problem,
    ProblemKind, Profile, RoleChoice, Secret, Session, SignInMethod, StepState,
};

/// In no label, name or value of any accessibility node.
pub const SECRET_KEY: &str = "canarySECRETkeyWJalrXUtnFEMIK7MDENGbPxR";

/// What the fake driver was asked, and what it answers.
#[derive(Default)]
pub struct Tape {
    /// Every effect, in order.
    pub effects: Vec<Effect>,
    /// Handed out one by one.
    pub events: VecDeque<Event>,
}

/// Records effects and replays events.
pub struct FakeDriver(pub Rc<RefCell<Tape>>);

impl Driver for FakeDriver {
    fn run(&mut self, effect: Effect) {
        self.0.borrow_mut().effects.push(effect);
    }

    fn next_event(&mut self) -> Option<Event> {
        self.0.borrow_mut().events.pop_front()
    }
}

/// The fixed time.
pub fn now() -> Timestamp {
    "2026-11-21T14:22:14Z".parse().expect("a time")
}

/// A profile in a group.
pub fn profile(name: &str, group: Option<&str>, username: &str, region: &str) -> Profile {
    let pool = format!("{region}_aB3dE5gH7");
    let identity_pool = format!("{region}:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e");
    let user_pool = PoolClient {
        user_pool_id: pool.parse().expect("a pool"),
        client_id: "1h57kf5cpq17m0eml12EXAMPLE".parse().expect("a client"),
        has_client_secret: true,
    };
    let identity_pool = identity_pool.parse().expect("an identity pool");
    Profile {
        group: group.map(str::to_owned),
        username: Some(username.to_owned()),
        ..Profile::of_user_pool(name.parse().expect("a name"), user_pool, identity_pool)
    }
}

/// Credentials with `seconds` left of an hour; negative ones have expired.
pub fn session(seconds: i64) -> Session {
    let expires_at = now() + SignedDuration::from_secs(seconds);
    let identity = "eu-west-1:1699ebc0-7900-4099-b910-2df94f52a030";
    Session {
        identity_id: identity.parse().expect("an identity"),
        credentials: AwsCredentials {
            access_key_id: "ASIAQ3EXAMPLE7UZ4".to_owned(),
            secret_access_key: Secret::new(SECRET_KEY.to_owned()),
            session_token: Secret::new("canaryTOKEN".repeat(120).chars().take(1312).collect()),
            expires_at,
        },
        username: "ana@acme.example".to_owned(),
        groups: vec!["developers".to_owned(), "on-call".to_owned()],
        roles: Vec::new(),
        logins: vec!["cognito-idp.eu-west-1.amazonaws.com/eu-west-1_aB3dE5gH7".to_owned()],
        role_choice: RoleChoice::default(),
        caller: Some(Caller {
            account: "123456789012".to_owned(),
            arn: "arn:aws:sts::123456789012:assumed-role/acme-prod-developers/\
                  CognitoIdentityCredentials"
                .to_owned(),
        }),
        obtained_at: expires_at - SignedDuration::from_hours(1),
    }
}

fn done(detail: &str, millis: u64) -> StepState {
    StepState::Done {
        detail: detail.to_owned(),
        took: Some(Duration::from_millis(millis)),
    }
}

/// The steps of a finished exchange.
pub fn finished_steps() -> [StepState; 4] {
    [
        done("SRP + TOTP", 214),
        done("cached", 0),
        done("Enhanced flow", 96),
        done("2 places", 2),
    ]
}

/// A profile with credentials that have `seconds` left.
pub fn live(profile: Profile, seconds: i64) -> ProfileState {
    ProfileState {
        refreshable: true,
        session: Some(session(seconds)),
        steps: finished_steps(),
        exports: Exports {
            keys_elsewhere: false,
            credentials_file: Place::Ours {
                expires_at: Some(now() + SignedDuration::from_secs(seconds)),
            },
            credential_process: Place::Ours { expires_at: None },
            web_identity: Place::Empty,
            credentials_path: "~/.aws/credentials".to_owned(),
            config_path: "~/.aws/config".to_owned(),
            warnings: Vec::new(),
        },
        ..ProfileState::new(profile)
    }
}

/// A window that has read its configuration, without profiles.
pub fn empty_model() -> Model {
    let mut model = Model::new(now(), false);
    model.loaded = true;
    model.config_path = "/home/ana/.config/poolkey/config.toml".into();
    model.store = StoreState::Ready(StoreReport {
        name: "Secret Service".to_owned(),
        remark: None,
    });
    model
}

/// Six profiles, the first one selected.
pub fn model() -> Model {
    let mut model = empty_model();
    let acme = Some("Acme");
    let field = Some("Field app");
    model.profiles = vec![
        live(
            profile("acme-prod", acme, "ana@acme.example", "eu-west-1"),
            42 * 60 + 17,
        ),
        live(
            profile("acme-staging", acme, "ana@acme.example", "eu-west-1"),
            6 * 60 + 30,
        ),
        live(
            profile("acme-guest", acme, "guest@acme.example", "eu-west-1"),
            58 * 60 + 40,
        ),
        ProfileState::new(profile(
            "field-emea",
            field,
            "otp@field.example",
            "eu-central-1",
        )),
        live(
            profile("field-apac", field, "otp@field.example", "ap-southeast-2"),
            -90,
        ),
        live(
            profile("demo", Some("Sandbox"), "ana@example.com", "eu-west-1"),
            59 * 60 + 1,
        ),
    ];
    if let Some(demo) = model.profiles.last_mut() {
        demo.profile.endpoints.url = "http://127.0.0.1:5000".parse().ok();
    }
    if let Some(staging) = model.profiles.get_mut(1) {
        staging.profile.keep_fresh = false;
    }
    if let Some(expired) = model.profiles.get_mut(4) {
        expired.refreshable = false;
    }
    model.selected = "acme-prod".parse().ok();
    model
}

/// A refusal of the identity pool.
pub fn refusal() -> Problem {
    let mut refusal = Problem::new(
        ProblemKind::Refused,
        "The identity pool does not accept tokens from this user pool",
    )
    .said(AwsSaid {
        operation: "GetId",
        code: "NotAuthorizedException".to_owned(),
        message: "Token is not from a supported provider of this identity pool.".to_owned(),
    })
    .hint("In the Cognito console open the identity pool eu-west-1:9f0c…c41e")
    .hint("User access → Add identity provider → Amazon Cognito user pool")
    .hint("User pool eu-west-1_aB3dE5gH7, app client 1h57kf5cpq17m0eml12EXAMPLE");
    refusal.mend = Some(Box::new(Mend {
        why: String::new(),
        command: Some("aws cognito-identity update-identity-pool --cli-input-json …".to_owned()),
        console_url: Some(
            "https://eu-west-1.console.aws.amazon.com/cognito/v2/identity".to_owned(),
        ),
    }));
    refusal
}

/// A profile whose exchange was refused.
pub fn refused(mut state: ProfileState) -> ProfileState {
    state.problem = Some(refusal());
    state.session = None;
    state.steps = [
        done("SRP + TOTP", 214),
        StepState::Failed("refused".to_owned()),
        StepState::Idle,
        StepState::Idle,
    ];
    state
}

/// Managed login as a profile has it.
pub fn managed_login() -> ManagedLogin {
    let domain = "acme.auth.eu-west-1.amazoncognito.com";
    ManagedLogin::at(domain.parse().expect("a domain"))
}

/// A challenge as it comes over the wire.
pub fn challenge(name: &str, parameters: &[(&str, &str)]) -> Heard {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Heard::Reply(Reply::Challenge(Challenge {
        name: name.to_owned(),
        parameters: parameters.iter().map(owned).collect(),
        available: Vec::new(),
        session: Some(Secret::new("canary-session".to_owned())),
    }))
}

/// A sign-in whose person typed name and password, and to which the user pool then said this.
pub fn sign_in_after(method: SignInMethod, heard: impl IntoIterator<Item = Heard>) -> Box<SignIn> {
    let mut sign_in = Box::new(SignIn::new(method, Some("ana@acme.example".to_owned())));
    let answer = Answer::of("password", Secret::new("canary-hunter2".to_owned()))
        .with_text("username", "ana@acme.example");
    let _call = sign_in.take(Move::Answer(answer)).expect("a call");
    for heard in heard {
        let _step = sign_in.hear(heard).expect("a step");
    }
    assert!(sign_in.question().is_some(), "nothing is asked");
    sign_in
}

/// A sign-in that waits for six digits.
pub fn question() -> SignInPhase {
    let code = challenge("SOFTWARE_TOKEN_MFA", &[]);
    SignInPhase::Asking(sign_in_after(SignInMethod::Srp, [code]))
}

/// The sign-in sheet of a profile.
pub fn sign_in_sheet(profile: &str, phase: SignInPhase) -> Sheet {
    Sheet::SignIn(Box::new(SignInSheet {
        profile: profile.parse().expect("a name"),
        phase,
    }))
}

/// Marks a profile as signing in.
pub fn running(state: &mut ProfileState, doing: &str) {
    state.running = Some(Attempt(1));
    state.steps = Default::default();
    state.steps[FlowStep::SignIn as usize] = StepState::Running(doing.to_owned());
}

/// A notice that stays.
pub fn notice(id: u64, text: &str, is_problem: bool) -> Notice {
    Notice {
        id,
        text: text.to_owned(),
        is_problem,
        ..Notice::default()
    }
}
