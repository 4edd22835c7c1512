//! The address of a proxy, as the configuration file may have it.
//!
//! Deliberately absent: a user name and a password. The configuration file holds no secrets.

use std::fmt;
use std::str::FromStr;

use super::ids::{EndpointUrl, IdError};

/// `http://proxy.acme.example:3128`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyAddress(String);

impl ProxyAddress {
    /// The address as it was given, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ProxyAddress {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let text = text.trim();
        let wrong = || IdError::new("A proxy is an address such as http://proxy.example:3128");
        let url: EndpointUrl = text.parse().map_err(|_| wrong())?;
        let rest = url.as_str().split_once("://").map_or("", |(_, rest)| rest);
        if rest.contains('@') {
            return Err(IdError::new(
                "This file holds no passwords: put a proxy's user and password into HTTPS_PROXY",
            ));
        }
        let host = rest.strip_suffix('/').unwrap_or(rest);
        if host.is_empty() || host.contains(['/', '?', '#']) {
            return Err(wrong());
        }
        Ok(Self(text.trim_end_matches('/').to_owned()))
    }
}

impl fmt::Display for ProxyAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_nothing_secret() {
        for (good, as_str) in [
            (
                "http://proxy.acme.example:3128",
                "http://proxy.acme.example:3128",
            ),
            (" https://[::1]:8080/ ", "https://[::1]:8080"),
            ("http://proxy", "http://proxy"),
        ] {
            assert_eq!(good.parse::<ProxyAddress>().unwrap().as_str(), as_str);
        }
        for bad in [
            "",
            "proxy:3128",
            "socks5://proxy:1",
            "http://",
            "http://proxy:99999",
            "http://proxy/path",
            "http://proxy?x",
            "http://a b",
        ] {
            assert!(bad.parse::<ProxyAddress>().is_err(), "{bad}");
        }
        let refused = "http://ana:canary@proxy:1".parse::<ProxyAddress>();
        let why = refused.unwrap_err().to_string();
        assert!(why.contains("HTTPS_PROXY") && !why.contains("canary"));
    }
}
