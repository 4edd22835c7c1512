//! Where things are: folders and files from options, environment and the platform's rules.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

use crate::adapters::aws_files::AwsPaths;
use crate::adapters::log_file::LogFile;
use crate::adapters::network::{Network, proxy_of_env};
use crate::adapters::wsl::Wsl;
use crate::domain::{FileSetting, IdError, Override, Problem, ProblemKind, Settings, StoreChoice};
use crate::ops::ports::Configuration;

/// What the command line says about places.
#[derive(Debug, Clone, Default)]
pub struct PlacesOptions {
    /// `--config-dir`.
    pub config_dir: Option<PathBuf>,
    /// `--state-dir`.
    pub state_dir: Option<PathBuf>,
    /// `--secret-store`.
    pub secret_store: Option<String>,
}

/// What is decided outside the configuration.
pub struct Overrides {
    /// The secret store.
    pub store: Option<Override>,
    /// The proxy.
    pub proxy: Option<Override>,
    /// The files.
    pub files: Vec<(FileSetting, Override)>,
}

/// Every place, decided.
#[derive(Debug, Clone)]
pub struct Places {
    /// Holds `profiles.toml`.
    pub config_dir: PathBuf,
    /// Holds caches, locks and the encrypted file.
    pub state_dir: PathBuf,
    /// The user's home, to shorten paths.
    pub home: PathBuf,
    /// The AWS CLI's and SDKs' files, where the settings name no others.
    pub aws: AwsPaths,
    /// `POOLKEY_PASSPHRASE_FILE`.
    pub passphrase_file: Option<PathBuf>,
    /// Inside WSL: where the Windows home may be.
    pub wsl: Option<Wsl>,
    /// Options that make a `credential_process` find the same configuration.
    pub options_for_child: Vec<String>,
    named_store: Option<(String, &'static str)>,
    named_cache: Option<bool>,
    /// Nothing of this machine counts: neither its environment nor what is set.
    pub(super) is_apart: bool,
}

impl Places {
    /// Decides from options first, then the environment, then the platform.
    ///
    /// # Errors
    /// When the operating system tells no home folder.
    pub fn find(options: &PlacesOptions) -> Result<Self, Problem> {
        let no_home = || {
            Problem::new(ProblemKind::Usage, "The system tells no home folder")
                .hint("Set HOME, or use --config-dir and --state-dir.")
        };
        let base = BaseDirs::new().ok_or_else(no_home)?;
        let project = ProjectDirs::from("", "", "poolkey").ok_or_else(no_home)?;
        let state = project
            .state_dir()
            .unwrap_or_else(|| project.data_local_dir());
        let config_dir = pick(
            options.config_dir.as_ref(),
            "POOLKEY_CONFIG_DIR",
            project.config_dir(),
        );
        let state_dir = pick(options.state_dir.as_ref(), "POOLKEY_STATE_DIR", state);
        Ok(Self {
            options_for_child: options_for_child(
                options,
                &config_dir,
                &state_dir,
                (project.config_dir(), state),
            ),
            config_dir,
            state_dir,
            aws: AwsPaths::from_env(|name| std::env::var_os(name), base.home_dir()),
            wsl: Wsl::find(Path::new("/"), |name| std::env::var_os(name)),
            home: base.home_dir().to_owned(),
            passphrase_file: env_path("POOLKEY_PASSPHRASE_FILE"),
            named_store: named_store(options),
            named_cache: named_cache(),
            is_apart: false,
        })
    }

    /// Places inside one folder, for the demo.
    #[must_use]
    pub fn inside(folder: &Path) -> Self {
        Self {
            config_dir: folder.join("config"),
            state_dir: folder.join("state"),
            home: folder.to_owned(),
            aws: AwsPaths::from_env(|_| None, folder),
            wsl: None,
            passphrase_file: None,
            options_for_child: Vec::new(),
            named_store: None,
            named_cache: None,
            is_apart: true,
        }
    }

    /// `profiles.toml`.
    #[must_use]
    pub fn config_file(&self) -> PathBuf {
        self.config_dir.join("profiles.toml")
    }

    /// The folder of the log.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.state_dir.join("logs")
    }

    /// The AWS files: environment, settings, else those in the home.
    #[must_use]
    pub fn aws_files(&self, settings: &Settings) -> AwsPaths {
        if self.is_apart {
            return self.aws.clone();
        }
        AwsPaths::decided(|name| std::env::var_os(name), settings, &self.home)
    }

    /// Proxy and certificates: environment, else settings.
    #[must_use]
    pub fn network(&self, settings: &Settings) -> Option<Network> {
        let of_env = |name: &str| std::env::var_os(name);
        (!self.is_apart).then(|| Network::decide(of_env, settings, &self.home))
    }

    /// Where the person wants one.
    #[must_use]
    pub fn log(&self, settings: &Settings) -> Option<LogFile> {
        settings.log.then(|| LogFile::new(self.logs()))
    }

    /// What an option or a variable decides in place of the configuration.
    #[must_use]
    pub fn overrides(&self) -> Overrides {
        let store = self.named_store.as_ref().map(|(value, by)| Override {
            by: (*by).to_owned(),
            value: value.clone(),
        });
        let files = FileSetting::ALL.into_iter().filter_map(|file| {
            let path = env_path(file.variable())?;
            let by = file.variable().to_owned();
            let value = path.display().to_string();
            Some((file, Override { by, value }))
        });
        Overrides {
            store,
            proxy: proxy_of_env(|name| std::env::var_os(name)),
            files: files.collect(),
        }
    }

    /// The folder with the tokens of container endpoints.
    #[must_use]
    pub fn endpoints(&self) -> PathBuf {
        self.state_dir.join("endpoints")
    }

    /// The store: option, environment, configuration, else automatic.
    ///
    /// # Errors
    /// A name that is none of the stores.
    pub fn secret_store(&self, configuration: &Configuration) -> Result<StoreChoice, Problem> {
        let parse = |text: &str, from: &str| {
            text.parse().map_err(|error: IdError| {
                Problem::new(ProblemKind::Usage, format!("{from}: {error}"))
            })
        };
        if let Some((text, from)) = &self.named_store {
            return parse(text, from);
        }
        match &configuration.secret_store {
            Some(text) => parse(text, "secret_store"),
            None => Ok(StoreChoice::Auto),
        }
    }

    /// Whether sessions may also lie in the kernel: environment, configuration, else they may.
    #[must_use]
    pub fn caches_sessions(&self, configuration: &Configuration) -> bool {
        let configured = || configuration.session_cache.unwrap_or(true);
        self.named_cache.unwrap_or_else(configured)
    }
}

fn named_store(options: &PlacesOptions) -> Option<(String, &'static str)> {
    if let Some(text) = &options.secret_store {
        return Some((text.clone(), "--secret-store"));
    }
    std::env::var("POOLKEY_SECRET_STORE")
        .ok()
        .filter(|text| !text.is_empty())
        .map(|text| (text, "POOLKEY_SECRET_STORE"))
}

/// Who names the variable wants something of it: only what is surely "on" is.
fn named_cache() -> Option<bool> {
    std::env::var_os("POOLKEY_SESSION_CACHE")
        .filter(|text| !text.is_empty())
        .map(|text| text == "on")
}

fn env_path(name: &str) -> Option<PathBuf> {
    std::env::var_os(name)
        .filter(|text: &OsString| !text.is_empty())
        .map(PathBuf::from)
}

fn pick(option: Option<&PathBuf>, variable: &str, default: &Path) -> PathBuf {
    option
        .cloned()
        .or_else(|| env_path(variable))
        .unwrap_or_else(|| default.to_owned())
}

/// Only what differs from the defaults, as absolute paths: the SDK that calls has other folders.
fn options_for_child(
    options: &PlacesOptions,
    config_dir: &Path,
    state_dir: &Path,
    (default_config, default_state): (&Path, &Path),
) -> Vec<String> {
    let mut arguments = Vec::new();
    for (name, folder, default) in [
        ("--config-dir", config_dir, default_config),
        ("--state-dir", state_dir, default_state),
    ] {
        if folder != default {
            let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
            arguments.extend([name.to_owned(), absolute.display().to_string()]);
        }
    }
    if let Some((store, _)) = named_store(options) {
        arguments.extend(["--secret-store".to_owned(), store]);
    }
    arguments
}
