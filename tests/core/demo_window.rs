//! The window without pixels: its store, the runtime and the sandbox together.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use poolkey::app::{Action, Driver as _, Effect, Event, Model, Sheet};
use poolkey::bootstrap;
use poolkey::domain::sign_in::{Answer, Move, Question};
use poolkey::domain::{FlowStep, ProfileName, Secret, SignOutScope, StepState, TokenSource};
use poolkey::runtime::{Runtime, tokio_runtime};

const PROFILE: &str = "demo-totp";
const NEW: &str = "Another-Password-7!";
/// Nothing on this machine takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

struct Window {
    model: Model,
    runtime: Runtime,
    woken: Receiver<()>,
}

impl Window {
    fn open() -> Self {
        let tokio = tokio_runtime().unwrap();
        let world = tokio.block_on(bootstrap::demo()).unwrap().world();
        let (wake, woken) = channel();
        let no_second = Arc::new(|| unreachable!("one demo is enough"));
        let wake = Arc::new(move || wake.send(()).unwrap_or_default());
        let runtime = Runtime::new(tokio, world, no_second, wake);
        let model = Model::new(runtime.clock()(), true);
        let mut window = Self {
            model,
            runtime,
            woken,
        };
        let effects = window.model.start();
        window.run(effects);
        window.wait("its profiles", |model| !model.profiles.is_empty());
        // The demo's home is nobody's: "~" would be another place.
        window.wait("its files", |model| {
            let exports = &model.profiles[0].exports;
            exports.credentials_path.contains("poolkey-demo-")
        });
        window
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.runtime.run(effect);
        }
    }

    fn act(&mut self, action: Action) {
        let effects = self.model.act(action);
        self.run(effects);
    }

    /// Lets events arrive until the window shows what is waited for.
    fn wait(&mut self, what: &str, shown: impl Fn(&Model) -> bool) {
        let now = self.runtime.clock()();
        let _renewals = self.model.hear(Event::Clock(now));
        while !shown(&self.model) {
            let woken = self.woken.recv_timeout(PATIENCE);
            assert!(woken.is_ok(), "no {what}: {:#?}", self.model);
            while let Some(event) = self.runtime.next_event() {
                let effects = self.model.hear(event);
                self.run(effects);
            }
        }
    }

    fn wait_for_question(&mut self, challenge: &str) {
        self.wait(challenge, |model| {
            let asked = question(model).map(Question::challenge_name);
            asked == Some(challenge)
        });
    }

    /// What the sandbox suggests to type.
    fn suggested(&mut self) -> Secret {
        self.wait("suggestion", |model| model.suggestion.is_some());
        let suggestion = self.model.suggestion.as_ref().unwrap();
        secret(&suggestion.value)
    }

    fn answer(&mut self, answer: Answer) {
        self.act(Action::Move(Move::Answer(answer)));
    }

    fn begin(&mut self, password: Secret) {
        let answer = Answer::of("password", password).with_text("username", "tom");
        self.answer(answer);
        self.wait_for_question("SOFTWARE_TOKEN_MFA");
    }
}

fn question(model: &Model) -> Option<&Question> {
    match &model.sheet {
        Some(Sheet::SignIn(sheet)) => sheet.phase.question(),
        _ => None,
    }
}

fn problem(model: &Model) -> Option<&str> {
    let problem = match &model.sheet {
        Some(Sheet::Password { problem, .. }) => problem.as_ref(),
        _ => question(model)?.problem.as_ref(),
    };
    problem.map(|problem| problem.sentence.as_str())
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn is_signed_in(model: &Model) -> bool {
    let state = model.profile(&PROFILE.parse().unwrap());
    state.is_some_and(|state| state.session.is_some() && state.refreshable)
}

#[test]
fn somebody_signs_in_takes_another_password_and_signs_out_everywhere() {
    let name = || PROFILE.parse().unwrap();
    let mut window = Window::open();
    window.act(Action::SignIn(name()));
    window.wait_for_question("PASSWORD");
    let password = window.suggested();
    window.begin(password.duplicate());

    window.answer(Answer::of("software_token_mfa_code", secret("000000")));
    window.wait("refusal", |model| problem(model).is_some());
    let code = window.suggested();
    window.answer(Answer::of("software_token_mfa_code", code));
    window.wait("session", is_signed_in);
    assert!(window.model.sheet.is_none());

    window.act(Action::AskPasswordChange(name()));
    let change = |previous: &Secret| Action::ChangePassword {
        previous: previous.duplicate(),
        proposed: secret(NEW),
    };
    window.act(change(&secret("Wrong-Password-1!")));
    window.wait("refusal", |model| problem(model).is_some());
    let why = problem(&window.model);
    assert_eq!(why, Some("The present password is wrong"));
    window.act(change(&password));
    window.wait("another password", |model| model.sheet.is_none());
    assert!(is_signed_in(&window.model), "the sign-in stays");

    let scope = SignOutScope::Everywhere;
    window.act(Action::SignOut {
        profile: name(),
        scope,
    });
    window.wait("sign-out", |model| !is_signed_in(model));
    assert!(window.model.notices.iter().all(|notice| !notice.is_problem));

    window.act(Action::SignIn(name()));
    window.wait_for_question("PASSWORD");
    window.begin(secret(NEW));
    window.act(Action::CloseSheet);
    assert!(!is_signed_in(&window.model));
}

#[test]
fn each_road_without_questions_ends_whatever_came_before() {
    let mut window = Window::open();
    for name in [
        "demo-guest",
        "demo-google",
        "demo-amazon",
        "demo-linked",
        "demo-developer",
    ] {
        let name: ProfileName = name.parse().unwrap();
        window.act(Action::Renew(name.clone()));
        window.wait("end", |model| {
            let state = model.profile(&name).unwrap();
            state.running.is_none() && !matches!(state.step(FlowStep::IdentityId), StepState::Idle)
        });
        let state = window.model.profile(&name).unwrap();
        assert!(state.session.is_some(), "{:?}", state.problem);
        let first = state.step(FlowStep::SignIn);
        assert!(matches!(first, StepState::Done { .. }), "{name}: {first:?}");
    }
}

#[test]
fn a_closed_demo_leaves_no_files() {
    let mut window = Window::open();
    // What hears of presses there stays until the program ends.
    window.runtime = window.runtime.with_tray((1, 1, vec![0; 4]), None);
    let profiles = window.model.profiles.iter();
    let mut logins = profiles.flat_map(|state| &state.profile.logins);
    let file = logins.find_map(|login| match &login.token {
        TokenSource::File(path) => Some(path.clone()),
        _ => None,
    });
    let file = file.unwrap();
    assert!(file.exists());
    drop(window);
    assert!(!file.exists(), "{}", file.display());
}
