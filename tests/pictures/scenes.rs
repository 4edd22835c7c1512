//! What pictures are taken of: every view, in both themes.

use std::time::Duration;

use eframe::egui::{Vec2, vec2};
use jiff::SignedDuration;
use poolkey::app::{
    Action, FilesChange, FilesPreview, FilesSheet, Model, Page, ProfileState, Sheet, SignInPhase,
    StoreState, Suggestion, Tab, Theme,
};
use poolkey::domain::sign_in::SignIn;
use poolkey::domain::{
    CallOutcome, CallRecord, Claim, ClaimValue, ExportTarget, Place, Problem, ProblemKind, Secret,
    SeenToken, SignInMethod, StoreChoice, TokenReading,
};

use crate::account::{looked, page as account_page};
use crate::fixture::{empty_model, model, now, question, refused, sign_in_sheet};
use crate::guide;

/// The window's usual size, and the smallest.
const USUAL: Vec2 = vec2(1180.0, 760.0);
const SMALL: Vec2 = vec2(760.0, 520.0);
/// The usual one with text at 200 %.
const NARROW: Vec2 = vec2(590.0, 380.0);
/// The smallest one with text at 200 %.
const LOW: Vec2 = vec2(380.0, 260.0);

pub enum What {
    Window(fn() -> Model),
    Gallery,
}

pub struct Scene {
    pub name: &'static str,
    pub theme: Theme,
    pub size: Vec2,
    pub what: What,
    /// Whether its picture is kept and compared with.
    pub kept: bool,
}

impl Scene {
    pub fn file_name(&self) -> String {
        let theme = match self.theme {
            Theme::Light => "light",
            _ => "dark",
        };
        format!("{}-{theme}", self.name)
    }
}

/// Every scene, dark and light. The kept ones are few and small.
#[expect(clippy::too_many_lines, reason = "one line a scene")]
pub fn all() -> Vec<Scene> {
    let both = [Theme::Dark, Theme::Light];
    let dark = [Theme::Dark];
    let mut scenes = Vec::new();
    let mut add = |name, size, what: fn() -> What, kept: &[Theme]| {
        scenes.extend(both.map(|theme| Scene {
            name,
            theme,
            size,
            what: what(),
            kept: kept.contains(&theme),
        }));
    };
    add("gallery", vec2(1180.0, 1570.0), || What::Gallery, &both);
    macro_rules! windows {
        ($($name:literal $size:ident $model:expr, $kept:expr;)*) => {
            $(add($name, $size, || What::Window($model), $kept);)*
        };
    }
    windows! {
        "first-run" USUAL empty_model, &dark;
        "overview" USUAL model, &both;
        "overview-small" SMALL model, &dark;
        "signed-out" USUAL || selected("field-emea"), &[];
        "expired" USUAL || selected("field-apac"), &[];
        "sign-in" USUAL signing_in, &dark;
        "sign-in-code" USUAL || asking(question()), &both;
        "sign-in-refused" USUAL wrong_password, &[];
        "sign-in-small" SMALL || asking(question()), &[];
        "problem" USUAL problem, &dark;
        "tokens" USUAL || tab(Tab::Tokens), &dark;
        "export" USUAL || tab(Tab::Export), &dark;
        "export-diff" USUAL diff, &dark;
        "activity" USUAL || tab(Tab::Activity), &dark;
        "configuration" USUAL || tab(Tab::Configuration), &both;
        "new-profile" USUAL || page(Page::NewProfile), &[];
        "import" USUAL import, &dark;
        "discover" USUAL || looked(model()), &[];
        "discover-small" SMALL || looked(model()), &[];
        "discover-before" USUAL || account_page(model()), &[];
        "shortcuts" USUAL || act(Action::OpenShortcuts), &[];
        "palette" USUAL || act(Action::OpenPalette), &dark;
        "notices" USUAL notices, &[];
        "rename" USUAL || sheet(Sheet::Rename("acme-prod".parse().unwrap())), &[];
        "settings" USUAL settings, &dark;
        "about" USUAL || act(Action::OpenAbout), &[];
        "overview-large" USUAL large, &dark;
        "selected" USUAL several, &[];
        "overview-narrow" NARROW model, &[];
        "problem-narrow" NARROW problem, &[];
        "settings-low" LOW || act(Action::OpenSettings), &[];
        "overview-low" LOW model, &[];
        "configuration-low" LOW || tab(Tab::Configuration), &[];
        "export-diff-low" LOW diff, &[];
        "sign-in-low" LOW || asking(question()), &[];
        "import-offers-low" LOW guide::offers, &[];
        "import-low" LOW import, &[];
        "discover-low" LOW || looked(model()), &[];
        "notices-low" LOW notices, &[];
        "tokens-none" USUAL || signed_out(Tab::Tokens), &[];
        "export-none" USUAL || signed_out(Tab::Export), &[];
        "activity-none" USUAL || signed_out(Tab::Activity), &[];
        "keychain-locked" USUAL locked, &[];
        "keychain-slow" USUAL slow, &[];
        "tokens-failed" USUAL failed, &[];
        "sign-in-browser" USUAL guide::browser, &[];
        "guest" USUAL guide::guest, &[];
        "basic-flow" USUAL guide::basic, &[];
        "endpoint" USUAL guide::endpoint, &[];
        "import-offers" USUAL guide::offers, &[];
        "share" USUAL guide::share, &[];
        "passphrase" USUAL || sheet(Sheet::Passphrase { is_new: true, problem: None }), &[];
    }
    scenes
}

fn selected(name: &str) -> Model {
    let mut model = model();
    model.selected = name.parse().ok();
    model
}

/// A tab of a profile that nobody has signed in to.
fn signed_out(tab: Tab) -> Model {
    let mut model = selected("field-emea");
    model.tab = tab;
    model
}

/// What is kept cannot be read before the passphrase is typed.
fn locked() -> Model {
    let mut model = selected("field-emea");
    model.store = StoreState::Locked {
        is_new: false,
        problem: Problem::new(ProblemKind::SecretStore, "It is locked"),
    };
    model
}

/// The keychain asks somebody, and what it keeps is not known.
fn slow() -> Model {
    let mut model = selected("field-emea");
    let _begun = model.act(Action::RetryStore);
    for doing in &mut model.doing {
        doing.since = now() - SignedDuration::from_secs(1);
    }
    model
}

fn failed() -> Model {
    let mut model = problem();
    model.tab = Tab::Tokens;
    model
}

fn tab(tab: Tab) -> Model {
    let mut model = model();
    model.tab = tab;
    if let Some(state) = model.profiles.first_mut() {
        state.tokens = vec![token("ID token"), token("Access token")];
    }
    model.calls = calls().into();
    model
}

fn page(page: Page) -> Model {
    let mut model = model();
    model.page = page;
    model
}

fn sheet(sheet: Sheet) -> Model {
    let mut model = model();
    model.sheet = Some(sheet);
    model
}

fn act(action: Action) -> Model {
    let mut model = model();
    let _effects = model.act(action);
    model
}

/// Nobody is signed in yet.
fn asking(phase: SignInPhase) -> Model {
    let mut model = sheet(sign_in_sheet("acme-prod", phase));
    if let Some(state) = model.profiles.first_mut() {
        *state = ProfileState::new(state.profile.clone());
    }
    model
}

fn signing_in() -> Model {
    let name = Some("ana@acme.example".to_owned());
    let sign_in = Box::new(SignIn::new(SignInMethod::Srp, name));
    asking(SignInPhase::Asking(sign_in))
}

/// In the demo, which says what to type.
fn wrong_password() -> Model {
    let wrong = Problem::new(
        ProblemKind::Refused,
        "The username or the password is wrong",
    );
    let wrong = wrong.hint("Check the username, and type the password again.");
    let name = Some("ana@acme.example".to_owned());
    let sign_in = SignIn::new(SignInMethod::Srp, name).after(wrong);
    let mut model = asking(SignInPhase::Asking(Box::new(sign_in)));
    model.suggestion = Some(Suggestion {
        label: "Demo password",
        value: "Correct-Horse-9".to_owned(),
    });
    model
}

fn import() -> Model {
    let mut model = act(Action::OpenImport);
    let files = ["credentials", "config"];
    model.surroundings.aws_files = files.map(|name| format!("/home/ana/.aws/{name}"));
    model
}

/// Three profiles are marked.
fn several() -> Model {
    let mut model = model();
    let names = model.profiles.iter().take(3);
    model.list.marked = names.map(|state| state.profile.name.clone()).collect();
    model
}

/// Text twice as large.
fn large() -> Model {
    let mut model = model();
    model.settings.text_size_percent = 200;
    model
}

fn problem() -> Model {
    let mut model = model();
    let state = model.profiles.remove(0);
    model.profiles.insert(0, refused(state));
    model
}

/// As Poolkey writes it and shows it: what others have set in a file is not shown.
fn diff() -> Model {
    let mut model = tab(Tab::Export);
    if let Some(state) = model.profiles.first_mut() {
        state.exports.credential_process = Place::Empty;
    }
    let change = FilesChange::Write {
        profile: Box::new(model.profiles[0].profile.clone()),
        target: ExportTarget::CredentialProcess,
        role: None,
    };
    let diff = "--- ~/.aws/config\n+++ ~/.aws/config\n@@ -4,3 +4,8 @@\n \n [profile tools]\n \
                region = …\n+\n+# managed by Poolkey\n+[profile acme-prod]\n\
                +credential_process = \"/usr/bin/poolkey\" credential-process acme-prod\n\
                +region = eu-west-1\n";
    let warning = "acme-prod also has keys in ~/.aws/credentials: most SDKs use those, not \
                   credential_process";
    model.sheet = Some(Sheet::Files(Box::new(FilesSheet {
        change,
        preview: FilesPreview {
            left_out: Vec::new(),
            diff: diff.to_owned(),
            warnings: vec![warning.to_owned()],
            foreign: false,
        },
    })));
    model
}

/// With a store that secrets could move to.
fn settings() -> Model {
    let mut model = act(Action::OpenSettings);
    model.surroundings.stores = vec![StoreChoice::SecretService, StoreChoice::File];
    model
}

fn notices() -> Model {
    let mut model = model();
    for (id, text, is_problem) in [
        (
            1,
            "Copied. The clipboard forgets it after 45 seconds",
            false,
        ),
        (2, "acme-guest: the network cannot be reached", true),
    ] {
        model
            .notices
            .push(crate::fixture::notice(id, text, is_problem));
    }
    model
}

fn token(title: &str) -> SeenToken {
    let text = |name: &str, value: &str| Claim {
        name: name.to_owned(),
        value: ClaimValue::Text(value.to_owned()),
    };
    let at = |name: &str, minutes| Claim {
        name: name.to_owned(),
        value: ClaimValue::Time(now() + SignedDuration::from_mins(minutes)),
    };
    SeenToken {
        title: title.to_owned(),
        token: Secret::new("made up".to_owned()),
        reading: TokenReading {
            header: vec![text("alg", "RS256"), text("kid", "abcExampleKid1=")],
            claims: vec![
                text("sub", "0a1b2c3d-1111-4a4a-9b9b-c41ec41ec41e"),
                text(
                    "iss",
                    "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_aB3dE5gH7",
                ),
                text("token_use", "id"),
                at("auth_time", -18),
                at("exp", 42),
            ],
        },
    }
}

fn calls() -> Vec<CallRecord> {
    let refused = CallOutcome::Refused("NotAuthorizedException".to_owned());
    let call = |service: &str, operation: &str, ago: i64, outcome: CallOutcome| CallRecord {
        profile: "acme-prod".parse().ok(),
        service: service.to_owned(),
        operation: operation.to_owned(),
        began_at: now() - SignedDuration::from_secs(ago),
        took: Duration::from_millis(212),
        attempts: 1,
        request_id: Some(format!("0a1b2c3d-0000-4a4a-9b9b-{ago:012}")),
        outcome,
    };
    let pool = "Cognito user pool";
    let identity = "Cognito identity pool";
    vec![
        call(pool, "InitiateAuth", 1080, CallOutcome::Answered),
        call(pool, "RespondToAuthChallenge", 1079, CallOutcome::Answered),
        call(identity, "GetId", 1078, refused),
        call(
            identity,
            "GetCredentialsForIdentity",
            900,
            CallOutcome::Answered,
        ),
        call("STS", "GetCallerIdentity", 899, CallOutcome::Answered),
    ]
}
