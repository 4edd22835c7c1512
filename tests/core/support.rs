//! A sandbox, a standing clock, and the real adapters on both.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use poolkey::adapters::accounts::SignedAccounts;
use poolkey::adapters::aws_client::AwsHttp;
use poolkey::adapters::aws_files::{AwsFiles, AwsPaths, History};
use poolkey::adapters::aws_profiles::UserAwsProfiles;
use poolkey::adapters::claims::JwtClaims;
use poolkey::adapters::clock::ServiceClock;
use poolkey::adapters::config_file::ConfigFile;
use poolkey::adapters::console::ConsoleSignIn;
use poolkey::adapters::developer::DeveloperCalls;
use poolkey::adapters::identities::IdentityFile;
use poolkey::adapters::identity_pool::IdentityPools;
use poolkey::adapters::lock::ProfileLocks;
use poolkey::adapters::managed_login::BrowserLogins;
use poolkey::adapters::oidc::OidcProviders;
use poolkey::adapters::probes::SystemProbes;
use poolkey::adapters::sts::StsCalls;
use poolkey::adapters::terminal::{SystemTerminal, Way};
use poolkey::adapters::token_files::WebIdentityFiles;
use poolkey::adapters::token_sources::LocalTokens;
use poolkey::adapters::user_pool::UserPools;
use poolkey::adapters::vault::{SecretVault, StoreChoice, StorePlan};
use poolkey::crypto::totp;
use poolkey::domain::sign_in::{Answer, Finished, Move, SignIn};
use poolkey::domain::{
    Endpoints, FlowStep, ManagedLogin, PoolClient, Problem, Profile, Secret, Session, StepState,
};
use poolkey::ops::session::{self, Obtained};
use poolkey::ops::sign_in::{self, Outcome};
use poolkey::ops::{Deps, IdTokens, Progress, Unbroken};
use poolkey::sandbox::{Clock as SandboxClock, Running, Sandbox, Settings};

/// Nobody watches.
pub struct Quiet;

impl Progress for Quiet {
    fn step(&self, _step: FlowStep, _state: StepState) {}
}

/// Everything a test needs.
pub struct Bench {
    /// The local Cognito.
    pub sandbox: Running,
    /// The real adapters.
    pub deps: Deps,
    /// `ana` or `tom` at the public client, with SRP.
    pub profile: Profile,
    /// How far this machine's clock is ahead of the sandbox's.
    pub off: Arc<Mutex<SignedDuration>>,
    /// Holds every file of this bench.
    pub home: tempfile::TempDir,
}

/// A bench for that user, with clocks that agree.
pub async fn bench(username: &str) -> Bench {
    bench_with(username, SignedDuration::ZERO).await
}

/// A bench whose machine has a wrong clock.
pub async fn bench_with(username: &str, off: SignedDuration) -> Bench {
    let service = SandboxClock::standing_at(whole_second(Timestamp::now()));
    let sandbox = Sandbox::start(Settings {
        clock: service.clone(),
        ..Settings::default()
    })
    .await
    .unwrap();
    let home = tempfile::tempdir().unwrap();
    let off = Arc::new(Mutex::new(off));
    let machine = off.clone();
    let deps = deps(home.path(), move || {
        service.now() + *machine.lock().unwrap()
    });
    let profile = profile(&sandbox, username);
    Bench {
        sandbox,
        deps,
        profile,
        off,
        home,
    }
}

fn deps(home: &std::path::Path, machine: impl Fn() -> Timestamp + Send + Sync + 'static) -> Deps {
    let clock = Arc::new(ServiceClock::on(machine));
    let http = Arc::new(AwsHttp::new(None, clock.clone()));
    let plan = StorePlan {
        choice: StoreChoice::Memory,
        file: home.join("secrets.age"),
        passphrase_file: None,
    };
    let vault = SecretVault::new(plan, Duration::from_secs(30))
        .unwrap()
        .with_clock(clock.clone());
    let paths = AwsPaths {
        credentials: home.join("credentials"),
        config: home.join("config"),
    };
    Deps {
        imports: std::sync::Arc::new(poolkey::adapters::imports::ImportFiles::new(
            home.to_owned(),
        )),
        calls: http.calls().clone(),
        user_pool: Arc::new(UserPools::new(http.clone())),
        managed_login: Arc::new(BrowserLogins::new(http.clone())),
        tokens: Arc::new(LocalTokens::new(home.to_owned())),
        openid: Arc::new(OidcProviders::new(http.clone())),
        identity_pool: Arc::new(IdentityPools::new(http.clone())),
        sts: Arc::new(StsCalls::new(http.clone())),
        probes: Arc::new(SystemProbes::new(http.clone(), home.to_owned())),
        console: Arc::new(ConsoleSignIn::new(http.clone())),
        terminal: Arc::new(SystemTerminal::new(
            Err("a test".to_owned()),
            Vec::new(),
            Way::Environment,
        )),
        accounts: Arc::new(SignedAccounts::new(http.clone(), paths.clone())),
        developer: Arc::new(DeveloperCalls::new(http, paths.clone())),
        vault: Arc::new(vault),
        identities: Arc::new(IdentityFile::new(home.join("identities.json"))),
        aws_profiles: Arc::new(UserAwsProfiles::new(
            AwsFiles::new(paths, AwsFiles::LOCK_WAIT).keeping(History::new(
                home.join("aws-backups"),
                "",
                clock.clone(),
                AwsFiles::LOCK_WAIT,
            )),
            home.to_owned(),
            Err("a test".to_owned()),
            Vec::new(),
        )),
        token_files: Arc::new(WebIdentityFiles::new(home.join("web-identity"))),
        profiles: Arc::new(ConfigFile::new(home.join("profiles.toml"))),
        locks: Arc::new(ProfileLocks::new(
            home.join("locks"),
            std::time::Duration::from_secs(30),
        )),
        clock,
        claims: Arc::new(JwtClaims),
        id_tokens: IdTokens::default(),
        unbroken: Unbroken::default(),
    }
}

fn profile(sandbox: &Running, username: &str) -> Profile {
    let description = sandbox.description();
    let user_pool = PoolClient {
        user_pool_id: description.user_pool_id.parse().unwrap(),
        client_id: description.clients[0].client_id.parse().unwrap(),
        has_client_secret: false,
    };
    let identity_pool = description.identity_pool_id.parse().unwrap();
    Profile {
        username: Some(username.to_owned()),
        managed_login: Some(ManagedLogin::at(description.domain.parse().unwrap())),
        endpoints: Endpoints::at(description.endpoint.parse().unwrap()),
        ..Profile::of_user_pool("dev".parse().unwrap(), user_pool, identity_pool)
    }
}

pub fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

impl Bench {
    /// Goes over to the app client of that name.
    pub fn use_client(&mut self, name: &str) {
        let clients = &self.sandbox.description().clients;
        let client = clients.iter().find(|client| client.name == name).unwrap();
        self.profile.user_pool.as_mut().unwrap().client_id = client.client_id.parse().unwrap();
    }

    /// Goes over to the app client with a secret, stored as given or as it is.
    pub async fn confidential(&mut self, client_secret: Option<&str>) {
        self.use_client("confidential");
        self.profile.user_pool.as_mut().unwrap().has_client_secret = true;
        let client = &self.sandbox.description().clients[1];
        let stored = secret(client_secret.or(client.client_secret).unwrap());
        self.deps
            .vault
            .keep_client_secret(&self.profile, &stored)
            .await
            .unwrap();
    }

    /// Secrets in a file that is encrypted: opened anew, as another process would.
    pub fn use_encrypted_file(&mut self) {
        let passphrase = self.home.path().join("passphrase");
        std::fs::write(&passphrase, "open sesame\n").unwrap();
        let plan = StorePlan {
            choice: StoreChoice::File,
            file: self.home.path().join("secrets.age"),
            passphrase_file: Some(passphrase),
        };
        let vault = SecretVault::new(plan, Duration::from_secs(30)).unwrap();
        self.deps.vault = Arc::new(vault.with_clock(self.deps.clock.clone()));
    }

    /// Exchanges and keeps what a sign-in brought.
    pub async fn finish(&self, finished: Finished) -> Result<Obtained, Problem> {
        session::finish_sign_in(&self.deps, &self.profile, finished, &[], &Quiet).await
    }

    /// The password of a demo user.
    pub fn password(&self, username: &str) -> Secret {
        let users = &self.sandbox.description().users;
        let user = users.iter().find(|user| user.username == username);
        secret(user.unwrap().password)
    }

    /// The code `tom`'s authenticator shows now.
    pub fn code(&self) -> Secret {
        let shared = self.sandbox.description().users[1].totp_secret.unwrap();
        totp::code_at(&secret(shared), self.sandbox.clock().now()).unwrap()
    }

    /// Begins with what the method asks for.
    pub async fn begin(&self, typed: &str, password: &Secret) -> Result<Outcome, Problem> {
        let sign_in = Box::new(SignIn::new(self.profile.sign_in, None));
        let answer = Answer::of("password", password.duplicate()).with_text("username", typed);
        self.go_on(sign_in, Move::Answer(answer)).await
    }

    /// Takes one move.
    pub async fn go_on(&self, sign_in: Box<SignIn>, moved: Move) -> Result<Outcome, Problem> {
        sign_in::go_on(&self.deps, &self.profile, sign_in, moved, &Quiet).await
    }

    /// Answers a question that has one field.
    pub async fn answer(
        &self,
        sign_in: Box<SignIn>,
        field: &str,
        value: &Secret,
    ) -> Result<Outcome, Problem> {
        let answer = Answer::of(field, value.duplicate());
        self.go_on(sign_in, Move::Answer(answer)).await
    }

    /// The tokens of a sign-in that asks nothing.
    pub async fn tokens(&self, typed: &str) -> Finished {
        finished(self.begin(typed, &self.password("ana")).await.unwrap())
    }

    /// Signs `ana` in and keeps the session.
    pub async fn sign_in(&self) -> Session {
        let tokens = self.tokens("ana").await;
        let obtained = self.finish(tokens).await.unwrap();
        assert_eq!(obtained.remark, None);
        obtained.session
    }

    pub async fn credentials(&self) -> Result<Obtained, Problem> {
        session::credentials(&self.deps, &self.profile, &Quiet).await
    }

    pub async fn renew(&self) -> Result<Obtained, Problem> {
        session::renew(&self.deps, &self.profile, &Quiet).await
    }

    /// The refresh token that is kept, as text to compare.
    pub async fn kept(&self) -> Option<String> {
        let kept = self.deps.vault.sign_in(&self.profile).await.unwrap();
        kept.map(|kept| kept.refresh_token.expose().to_owned())
    }

    /// Moves both clocks.
    pub fn minutes_pass(&self, minutes: i64) {
        self.sandbox
            .clock()
            .advance(SignedDuration::from_mins(minutes));
    }

    pub fn refreshes(&self) -> usize {
        self.sandbox.calls("GetTokensFromRefreshToken")
    }
}

/// The end of a sign-in.
pub fn finished(outcome: Outcome) -> Finished {
    match outcome {
        Outcome::Finished(finished) => *finished,
        other => panic!("not finished: {other:?}"),
    }
}

/// A sign-in that asks this.
pub fn asked(outcome: Outcome, challenge: &str) -> Box<SignIn> {
    match outcome {
        Outcome::Asked(sign_in) => {
            let question = sign_in.question().unwrap();
            assert_eq!(question.challenge_name(), challenge, "{question:?}");
            sign_in
        }
        other => panic!("not asked: {other:?}"),
    }
}

/// Expiries come in whole seconds.
fn whole_second(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap()
}
