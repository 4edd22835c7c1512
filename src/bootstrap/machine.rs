//! What is made anew while the window runs: adapters after a change of the settings, and a secret
//! store that secrets are moved to.
//!
//! Deliberately absent: when that happens.

use std::sync::Arc;

use super::{Parts, Patience, Places, assemble, locks, real_by, vault, way};
use crate::adapters::clock::ServiceClock;
use crate::adapters::config_file::ConfigFile;
use crate::adapters::vault::offered;
use crate::domain::{Problem, StoreChoice, Surroundings};
use crate::ops::Deps;
use crate::ops::ports::Configuration;
use crate::runtime::{Machine, Store};

/// This machine, and the places on it.
pub struct ThisMachine {
    places: Places,
    clock: Arc<ServiceClock>,
}

impl ThisMachine {
    /// Adapters for the places, for a person, and the machine that can make them anew.
    ///
    /// # Errors
    /// As [`real`](super::real).
    pub fn start(places: Places) -> Result<(Self, Deps), Problem> {
        let clock = Arc::new(ServiceClock::system());
        let deps = real_by(&places, Patience::Person, clock.clone())?;
        Ok((Self { places, clock }, deps))
    }

    fn configuration(&self) -> Result<Configuration, Problem> {
        ConfigFile::new(self.places.config_file()).read()
    }
}

impl Machine for ThisMachine {
    fn surroundings(&self) -> Result<Surroundings, Problem> {
        let configuration = self.configuration()?;
        let aws = self.places.aws_files(&configuration.settings);
        let overrides = self.places.overrides();
        let shown = |path: &std::path::Path| path.display().to_string();
        Ok(Surroundings {
            config_file: self.places.config_file(),
            state_dir: self.places.state_dir.clone(),
            logs_dir: self.places.logs(),
            aws_files: [shown(&aws.credentials), shown(&aws.config)],
            store: self.places.secret_store(&configuration)?,
            stores: offered().to_vec(),
            store_override: overrides.store,
            proxy_override: overrides.proxy,
            file_overrides: overrides.files,
        })
    }

    fn reconnect(&self, deps: &Deps) -> Result<Deps, Problem> {
        let configuration = self.configuration()?;
        let choice = self.places.secret_store(&configuration)?;
        let parts = Parts {
            way: way(choice),
            settings: configuration.settings,
            vault: deps.vault.clone(),
            // They know which store that is, whatever the configuration says by now.
            locks: deps.locks.clone(),
            clock: self.clock.clone(),
        };
        Ok(Deps {
            id_tokens: deps.id_tokens.clone(),
            unbroken: deps.unbroken.clone(),
            ..assemble(&self.places, parts)
        })
    }

    fn open_store(&self, choice: StoreChoice) -> Result<Store, Problem> {
        let (places, configuration) = (&self.places, self.configuration()?);
        let vault = vault(
            places,
            &configuration,
            choice,
            Patience::Person,
            &self.clock,
        )?;
        Ok(Store {
            vault: Arc::new(vault),
            locks: locks(places, Patience::Person, choice),
        })
    }
}
