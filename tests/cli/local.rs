//! A sandbox inside the test, so that a test can move its clock, change its lifetimes and break its
//! answers, for processes that run outside.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use poolkey::adapters::lock::ProfileLocks;
use poolkey::crypto::totp;
use poolkey::domain::Secret;
use poolkey::ops::ports::Locks as _;
use poolkey::sandbox::{DescribedUser, Lifetimes, Running, Sandbox, Settings};

use crate::support::{Home, POOLKEY, Ran};

/// Far longer than anything here takes, far shorter than a person waits.
pub const DEADLINE: Duration = Duration::from_secs(40);

/// A sandbox on threads of its own.
pub struct Local {
    pub sandbox: Running,
    /// Held, or the sandbox stops.
    _threads: tokio::runtime::Runtime,
}

/// Credentials that are due as soon as they come: well below the two minutes at which even the
/// shortest are renewed, because the service's clock is known to about a second only.
pub fn short() -> Lifetimes {
    Lifetimes {
        credentials: Duration::from_secs(90),
        ..Lifetimes::default()
    }
}

impl Local {
    pub fn start(settings: Settings) -> Self {
        let threads = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let sandbox = threads.block_on(Sandbox::start(settings)).unwrap();
        Self {
            sandbox,
            _threads: threads,
        }
    }

    /// A home with the profile `dev` for that user, sign-in method and app client.
    pub fn home(&self, username: &str, method: &str, client: &str) -> Home {
        let home = Home::new();
        let found = self.sandbox.description();
        let mut clients = found.clients.iter();
        let client = clients.find(|known| known.name == client).unwrap();
        let options = [
            ("--user-pool-id", found.user_pool_id),
            ("--client-id", client.client_id),
            ("--identity-pool-id", found.identity_pool_id),
            ("--endpoint-url", found.endpoint.as_str()),
            ("--username", username),
            ("--sign-in", method),
        ];
        let mut arguments = vec!["profile", "add", "dev"];
        arguments.extend(options.iter().flat_map(|(name, value)| [*name, *value]));
        arguments.extend(client.client_secret.map(|_| "--client-secret-stdin"));
        home.poolkey_reads(client.client_secret.unwrap_or_default(), &arguments)
            .ok();
        home
    }

    /// A home where `dev` is signed in as `ana`.
    pub fn signed_in(&self) -> Home {
        self.signed_in_at("public")
    }

    /// The same at that app client.
    pub fn signed_in_at(&self, client: &str) -> Home {
        let home = self.home("ana", "srp", client);
        home.poolkey_reads(
            self.password("ana"),
            &["sign-in", "dev", "--password-stdin"],
        )
        .ok();
        home
    }

    /// Adds a profile and signs in as `ana`.
    pub fn sign_in(&self, home: &Home, name: &str) {
        let found = self.sandbox.description();
        let options = [
            ("--user-pool-id", found.user_pool_id),
            ("--client-id", found.clients[0].client_id),
            ("--identity-pool-id", found.identity_pool_id),
            ("--endpoint-url", found.endpoint.as_str()),
            ("--username", "ana"),
        ];
        let mut arguments = vec!["profile", "add", name];
        arguments.extend(options.iter().flat_map(|(name, value)| [*name, *value]));
        home.poolkey(&arguments).ok();
        home.poolkey_reads(self.password("ana"), &["sign-in", name, "--password-stdin"])
            .ok();
    }

    fn user(&self, username: &str) -> &DescribedUser {
        let mut users = self.sandbox.description().users.iter();
        users.find(|user| user.username == username).unwrap()
    }

    /// A user's password as a line.
    pub fn password(&self, username: &str) -> String {
        format!("{}\n", self.user(username).password)
    }

    /// What a user's authenticator app shows now, by the sandbox's clock.
    pub fn app_code(&self, username: &str) -> String {
        let shared = Secret::new(self.user(username).totp_secret.unwrap().to_owned());
        self.code_of(&shared)
    }

    /// What an authenticator app with that key shows now.
    pub fn code_of(&self, key: &Secret) -> String {
        let code = totp::code_at(key, self.sandbox.clock().now()).unwrap();
        code.expose().to_owned()
    }

    /// The code that is sent to a user after `before`.
    pub fn next_code(&self, username: &str, before: Option<&str>) -> String {
        let deadline = Instant::now() + DEADLINE;
        loop {
            match self.sandbox.last_code(username) {
                Some(code) if Some(code.as_str()) != before => return code,
                _ => assert!(Instant::now() < deadline, "no code for {username}"),
            }
            std::thread::yield_now();
        }
    }

    /// As `signed_in`, with credentials that are due; the next ones last an hour.
    pub fn due(&self) -> Home {
        self.sandbox.set_lifetimes(short());
        let home = self.signed_in();
        self.sandbox.set_lifetimes(Lifetimes::default());
        home
    }

    pub fn refreshes(&self) -> usize {
        self.sandbox.calls("GetTokensFromRefreshToken")
    }

    /// Waits until so many calls of an operation arrived.
    pub fn wait_for(&self, operation: &str, calls: usize) {
        let deadline = Instant::now() + DEADLINE;
        while self.sandbox.calls(operation) < calls {
            assert!(Instant::now() < deadline, "{operation} did not come");
            std::thread::yield_now();
        }
    }
}

/// `poolkey …`, running.
pub fn spawn(home: &Home, arguments: &[&str]) -> Child {
    home.command(POOLKEY)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

pub fn end(child: Child) -> Ran {
    Ran::from(child.wait_with_output().unwrap())
}

/// Takes the lock of `dev` as another process would.
pub fn lock(home: &Home) -> Box<dyn Send + Sync> {
    let locks = ProfileLocks::new(
        home.path(".local/state/poolkey/locks"),
        Duration::from_secs(5),
    );
    tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(locks.lock(&"dev".parse().unwrap()))
        .unwrap_or_else(|problem| panic!("{problem}"))
}
