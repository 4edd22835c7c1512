//! The only composition root: options and environment become adapters, real or for the sandbox.
//!
//! Deliberately absent: anything a person sees.

mod calls;
mod demo;
mod machine;
mod places;
mod program;
#[cfg(target_os = "linux")]
mod quick;

use std::sync::Arc;
use std::time::Duration;

pub use calls::calls_of;
pub use demo::{Demo, demo};
pub use machine::ThisMachine;
pub use places::{Places, PlacesOptions};
#[cfg(target_os = "linux")]
pub use quick::{Quick, quick};

use crate::adapters::accounts::SignedAccounts;
use crate::adapters::aws_client::AwsHttp;
use crate::adapters::aws_files::{AwsFiles, History};
use crate::adapters::aws_profiles::UserAwsProfiles;
use crate::adapters::claims::JwtClaims;
use crate::adapters::clock::ServiceClock;
use crate::adapters::config_file::ConfigFile;
use crate::adapters::console::ConsoleSignIn;
use crate::adapters::developer::DeveloperCalls;
use crate::adapters::identities::IdentityFile;
use crate::adapters::identity_pool::IdentityPools;
use crate::adapters::imports::ImportFiles;
use crate::adapters::lock::ProfileLocks;
use crate::adapters::managed_login::BrowserLogins;
use crate::adapters::oidc::OidcProviders;
use crate::adapters::probes::SystemProbes;
use crate::adapters::sts::StsCalls;
use crate::adapters::terminal::{SystemTerminal, Way};
use crate::adapters::token_files::WebIdentityFiles;
use crate::adapters::token_sources::LocalTokens;
use crate::adapters::user_pool::UserPools;
#[cfg(target_os = "linux")]
use crate::adapters::vault::KernelCache;
use crate::adapters::vault::{SecretVault, SessionCache, StorePlan};
use crate::domain::{Problem, Settings, StoreChoice};
use crate::ops::ports::{Configuration, Locks, Vault};
use crate::ops::{Deps, IdTokens, Unbroken};

/// How long the secret store may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// Somebody may be answering the keychain's prompt.
    Person,
    /// An SDK waits.
    Program,
}

impl Patience {
    /// How long to wait for another process that renews the same profile. With what a refresh may
    /// take it stays below the minute that an SDK waits.
    const fn lock_wait(self) -> Duration {
        match self {
            Self::Person => Duration::from_mins(1),
            Self::Program => Duration::from_secs(20),
        }
    }

    const fn duration(self) -> Duration {
        match self {
            Self::Person => Duration::from_mins(2),
            Self::Program => Duration::from_secs(15),
        }
    }
}

/// Adapters for the places, and the secret store the person chose.
///
/// # Errors
/// A configuration that names an unknown store, or no threads.
pub fn real(places: &Places, patience: Patience) -> Result<Deps, Problem> {
    real_by(places, patience, Arc::new(ServiceClock::system()))
}

fn real_by(places: &Places, patience: Patience, clock: Arc<ServiceClock>) -> Result<Deps, Problem> {
    // A configuration that cannot be read is reported by whoever needs it.
    let configuration = ConfigFile::new(places.config_file()).read();
    let configuration = configuration.unwrap_or_default();
    let choice = places.secret_store(&configuration)?;
    let vault = vault(places, &configuration, choice, patience, &clock)?;
    let parts = Parts {
        locks: locks(places, patience, choice),
        way: way(choice),
        settings: configuration.settings,
        vault: Arc::new(vault),
        clock,
    };
    Ok(assemble(places, parts))
}

fn vault(
    places: &Places,
    configuration: &Configuration,
    choice: StoreChoice,
    patience: Patience,
    clock: &Arc<ServiceClock>,
) -> Result<SecretVault, Problem> {
    let plan = StorePlan {
        choice,
        file: places.state_dir.join("secrets.age"),
        passphrase_file: places.passphrase_file.clone(),
    };
    let vault = SecretVault::new(plan, patience.duration())?;
    let cache = session_cache(choice, places, configuration);
    Ok(vault.with_clock(clock.clone()).with_cache(cache))
}

/// A store that is decided outside the configuration does not change with it.
fn locks(places: &Places, patience: Patience, choice: StoreChoice) -> Arc<dyn Locks> {
    let locks = ProfileLocks::new(places.state_dir.join("locks"), patience.lock_wait());
    Arc::new(if places.overrides().store.is_some() {
        locks
    } else {
        locks.while_store_is(choice, places.config_file())
    })
}

const fn way(choice: StoreChoice) -> Way {
    match choice {
        StoreChoice::Memory => Way::Environment,
        _ => Way::Store,
    }
}

/// Beside a store that stays, and on Linux only: the others read their keychain fast enough.
#[cfg(target_os = "linux")]
fn session_cache(
    store: StoreChoice,
    places: &Places,
    configuration: &Configuration,
) -> Option<Arc<dyn SessionCache>> {
    let cache = kernel_cache(store, places, configuration)?;
    Some(Arc::new(cache))
}

#[cfg(target_os = "linux")]
fn kernel_cache(
    store: StoreChoice,
    places: &Places,
    configuration: &Configuration,
) -> Option<KernelCache> {
    let is_on = places.caches_sessions(configuration);
    KernelCache::beside(store, &places.state_dir, is_on)
}

#[cfg(not(target_os = "linux"))]
const fn session_cache(
    _store: StoreChoice,
    _places: &Places,
    _configuration: &Configuration,
) -> Option<Arc<dyn SessionCache>> {
    None
}

/// What the adapters are made of.
struct Parts {
    settings: Settings,
    vault: Arc<dyn Vault>,
    locks: Arc<dyn Locks>,
    way: Way,
    clock: Arc<ServiceClock>,
}

fn assemble(places: &Places, parts: Parts) -> Deps {
    let Parts {
        settings,
        vault,
        locks,
        way,
        clock,
    } = parts;
    let http = AwsHttp::new(places.network(&settings), clock.clone());
    let http = Arc::new(http.logging(places.log(&settings)));
    let aws = places.aws_files(&settings);
    let backups = places.state_dir.join("aws-backups");
    let history = History::new(backups, "", clock.clone(), AwsFiles::LOCK_WAIT);
    let files = AwsFiles::new(aws.clone(), AwsFiles::LOCK_WAIT).keeping(history);
    let program = program::this();
    let terminal = SystemTerminal::new(program.clone(), places.options_for_child.clone(), way);
    let aws_profiles = UserAwsProfiles::new(
        files,
        places.home.clone(),
        program,
        places.options_for_child.clone(),
    )
    .beside(places.wsl.clone())
    .apart(places.is_apart);
    Deps {
        calls: http.calls().clone(),
        user_pool: Arc::new(UserPools::new(http.clone())),
        managed_login: Arc::new(BrowserLogins::new(http.clone())),
        tokens: Arc::new(LocalTokens::new(places.home.clone())),
        openid: Arc::new(OidcProviders::new(http.clone())),
        identity_pool: Arc::new(IdentityPools::new(http.clone())),
        sts: Arc::new(StsCalls::new(http.clone())),
        console: Arc::new(ConsoleSignIn::new(http.clone())),
        probes: Arc::new(SystemProbes::new(http.clone(), places.home.clone())),
        accounts: Arc::new(SignedAccounts::new(http.clone(), aws.clone())),
        developer: Arc::new(DeveloperCalls::new(http, aws)),
        terminal: Arc::new(terminal),
        vault,
        identities: Arc::new(IdentityFile::new(places.state_dir.join("identities.json"))),
        aws_profiles: Arc::new(aws_profiles),
        token_files: Arc::new(WebIdentityFiles::new(places.state_dir.join("web-identity"))),
        profiles: Arc::new(ConfigFile::new(places.config_file())),
        imports: Arc::new(ImportFiles::new(places.home.clone())),
        locks,
        clock,
        claims: Arc::new(JwtClaims),
        id_tokens: IdTokens::default(),
        unbroken: Unbroken::default(),
    }
}

/// The store and paths of a demo: nothing of this machine is touched.
fn in_memory(places: &Places) -> Result<Deps, Problem> {
    let plan = StorePlan {
        choice: StoreChoice::Memory,
        file: places.state_dir.join("secrets.age"),
        passphrase_file: None,
    };
    let clock = Arc::new(ServiceClock::system());
    let vault = SecretVault::new(plan, Patience::Program.duration())?;
    let parts = Parts {
        settings: Settings::default(),
        vault: Arc::new(vault.with_clock(clock.clone())),
        locks: Arc::new(ProfileLocks::new(
            places.state_dir.join("locks"),
            Patience::Program.lock_wait(),
        )),
        way: way(StoreChoice::Memory),
        clock,
    };
    Ok(assemble(places, parts))
}
