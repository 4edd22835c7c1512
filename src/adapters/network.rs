//! The way to AWS: a proxy and certificates, from the environment or else from the settings.
//!
//! Deliberately absent: the requests.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use aws_smithy_http_client::proxy::ProxyConfig;
use hyper_util::client::proxy::matcher::Matcher;

use super::aws_files::expanded;
use crate::domain::{FileSetting, Override, Problem, ProblemKind, Settings};

/// As programs read them; the first that says something counts.
const PROXY_VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
const EXCEPT_VARIABLES: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// How requests leave this machine.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// Of the settings; none where the environment names one.
    proxy: Option<String>,
    /// Hosts that no proxy is asked for.
    except: Option<String>,
    /// Certificates trusted beside the system's.
    ca_file: Option<PathBuf>,
    ca_by: &'static str,
}

impl Network {
    /// Decides. `home`: what `~/` at the beginning of a path means.
    pub fn decide(
        get_env: impl Fn(&str) -> Option<OsString>,
        settings: &Settings,
        home: &Path,
    ) -> Self {
        let (ca_file, ca_by) = match named(&get_env, &[FileSetting::Ca.variable()]) {
            Some((_, path)) => (Some(path.into()), FileSetting::Ca.variable()),
            None => (settings.ca_file.clone(), FileSetting::Ca.name()),
        };
        let is_named = named(&get_env, &PROXY_VARIABLES).is_some();
        let proxy = settings.proxy.as_ref().filter(|_| !is_named);
        Self {
            proxy: proxy.map(ToString::to_string),
            except: named(&get_env, &EXCEPT_VARIABLES).map(|(_, hosts)| hosts),
            ca_file: ca_file.map(|path| expanded(&path, home)),
            ca_by,
        }
    }

    /// Trusting the system's certificates and asking no proxy but the environment's.
    #[must_use]
    pub fn of_system() -> Self {
        Self::default()
    }

    /// Certificates that are trusted beside the system's.
    #[must_use]
    pub fn ca_file(&self) -> Option<&Path> {
        self.ca_file.as_deref()
    }

    /// For the SDK's client.
    ///
    /// # Errors
    /// A proxy whose address nothing can be made of.
    pub fn proxy_config(&self) -> Result<ProxyConfig, Problem> {
        let Some(proxy) = &self.proxy else {
            return Ok(ProxyConfig::from_env());
        };
        let config = ProxyConfig::all(proxy.as_str()).map_err(|error| {
            Problem::new(ProblemKind::Usage, format!("proxy: {error}"))
                .hint("It is an address such as http://proxy.example:3128.")
        })?;
        Ok(match &self.except {
            Some(hosts) => config.no_proxy(hosts.as_str()),
            None => config,
        })
    }

    /// The same rules, to say which way a request goes.
    #[must_use]
    pub fn matcher(&self) -> Matcher {
        match &self.proxy {
            None => Matcher::from_env(),
            Some(proxy) => {
                let rules = Matcher::builder().all(proxy.as_str());
                rules.no(self.except.as_deref().unwrap_or_default()).build()
            }
        }
    }

    /// Why the certificates are of no use.
    #[must_use]
    pub fn bad_certificates(&self, why: &str) -> Problem {
        let path = self.ca_file.clone().unwrap_or_default();
        Problem::new(
            ProblemKind::Usage,
            format!(
                "The certificates in {} cannot be read: {why}",
                path.display()
            ),
        )
        .hint(format!("{} names a file of PEM certificates.", self.ca_by))
    }
}

/// The variable that decides the proxy, and what it says without a user and a password.
pub fn proxy_of_env(get_env: impl Fn(&str) -> Option<OsString>) -> Option<Override> {
    let (by, value) = named(get_env, &PROXY_VARIABLES)?;
    let value = match value.rsplit_once('@') {
        Some((before, host)) => match before.split_once("://") {
            Some((scheme, _)) => format!("{scheme}://{host}"),
            None => host.to_owned(),
        },
        None => value,
    };
    Some(Override {
        by: by.to_owned(),
        value,
    })
}

fn named(
    get_env: impl Fn(&str) -> Option<OsString>,
    variables: &[&'static str],
) -> Option<(&'static str, String)> {
    variables.iter().find_map(|name| {
        let value = get_env(name)?.into_string().ok()?;
        (!value.is_empty()).then_some((*name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "https://cognito-idp.eu-west-1.amazonaws.com";

    fn decided(env: &[(&str, &str)]) -> Network {
        let settings = Settings {
            proxy: "http://set.example:1".parse().ok(),
            ca_file: Some("~/ca.pem".into()),
            ..Settings::default()
        };
        let of_env = |name: &str| {
            let found = env.iter().find(|(variable, _)| *variable == name)?;
            Some(OsString::from(found.1))
        };
        Network::decide(of_env, &settings, Path::new("/home/ana"))
    }

    #[test]
    fn the_environment_wins() {
        let network = decided(&[]);
        assert_eq!(network.proxy.as_deref(), Some("http://set.example:1"));
        assert_eq!(network.ca_file(), Some(Path::new("/home/ana/ca.pem")));
        let problem = network.bad_certificates("gone");
        assert!(problem.hints[0].contains("ca_file"));

        let env = [("HTTPS_PROXY", "http://x:2"), ("AWS_CA_BUNDLE", "/b.pem")];
        let network = decided(&env);
        assert_eq!(network.proxy, None, "what is made reads the environment");
        assert_eq!(network.ca_file(), Some(Path::new("/b.pem")));
        assert!(network.bad_certificates("gone").hints[0].contains("AWS_CA_BUNDLE"));
        assert!(decided(&[("HTTPS_PROXY", "")]).proxy.is_some());
    }

    #[test]
    fn exceptions_hold_for_the_settings_proxy_as_well() {
        let to = |network: &Network| {
            let proxy = network.matcher().intercept(&HOST.parse().unwrap());
            proxy.map(|proxy| proxy.uri().to_string())
        };
        assert_eq!(to(&decided(&[])).as_deref(), Some("http://set.example:1/"));
        assert_eq!(to(&decided(&[("NO_PROXY", "amazonaws.com")])), None);
    }

    #[test]
    fn a_variable_is_shown_without_its_password() {
        let told = |text: &str| {
            let of_env = |name: &str| (name == "ALL_PROXY").then(|| OsString::from(text));
            proxy_of_env(of_env).unwrap()
        };
        for (text, shown) in [
            ("http://ana:can@ary@proxy:1", "http://proxy:1"),
            ("ana:canary@proxy", "proxy"),
            ("http://proxy:1", "http://proxy:1"),
        ] {
            let told = told(text);
            assert_eq!(
                (told.by.as_str(), told.value.as_str()),
                ("ALL_PROXY", shown)
            );
        }
    }
}
