//! A sandbox inside the test, so that a test can move its clock, change its lifetimes and break its
//! answers, for processes that run outside.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use poolkey::adapters::lock::ProfileLocks;
use poolkey::ops::ports::Locks as _;
use poolkey::sandbox::{Lifetimes, Running, Sandbox, Settings};

use crate::support::{Home, POOLKEY, Ran};

/// Far longer than anything here takes, far shorter than a person waits.
pub const DEADLINE: Duration = Duration::from_secs(40);

/// A sandbox on threads of its own.
pub struct Local {
    pub sandbox: Running,
    _tokio: tokio::runtime::Runtime,
}

/// Credentials that are due as soon as they come.
pub fn short() -> Lifetimes {
    Lifetimes {
        credentials: Duration::from_mins(15),
        ..Lifetimes::default()
    }
}

impl Local {
    pub fn start(settings: Settings) -> Self {
        let tokio = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let sandbox = tokio.block_on(Sandbox::start(settings)).unwrap();
        Self {
            sandbox,
            _tokio: tokio,
        }
    }

    /// A home where `dev` is signed in as `ana`.
    pub fn signed_in(&self) -> Home {
        let home = Home::new();
        self.sign_in(&home, "dev");
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
        let password = format!("{}\n", found.users[0].password);
        home.poolkey_reads(password, &["sign-in", name, "--password-stdin"])
            .ok();
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
