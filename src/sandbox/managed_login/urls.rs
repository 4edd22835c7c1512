//! Where managed login may send a browser: what is registered with an app client.
//!
//! Compared as text, as the service does: no "any port" rule for loopback addresses, no normalising.

/// The ports registered, so that an app finds a free one.
const PORTS: [u16; 3] = [8976, 8977, 8978];
const HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// A client's registered URLs.
#[derive(Clone)]
pub(in crate::sandbox) struct Urls {
    pub(in crate::sandbox) callback: Vec<String>,
    pub(in crate::sandbox) logout: Vec<String>,
}

impl Urls {
    pub(in crate::sandbox) fn calls_back(&self, url: &str) -> bool {
        self.callback.iter().any(|known| known == url)
    }

    pub(super) fn logs_out(&self, url: &str) -> bool {
        self.logout.iter().any(|known| known == url)
    }
}

impl Default for Urls {
    fn default() -> Self {
        let all = |path: &str| {
            let hosts = HOSTS.iter();
            hosts
                .flat_map(|host| PORTS.map(|port| format!("http://{host}:{port}/{path}")))
                .collect()
        };
        Self {
            callback: all("callback"),
            logout: all("signed-out"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_same_text_is_registered() {
        let urls = Urls::default();
        for known in [
            "http://localhost:8976/callback",
            "http://127.0.0.1:8978/callback",
            "http://[::1]:8977/callback",
        ] {
            assert!(urls.calls_back(known), "{known}");
        }
        for other in [
            "http://localhost:8979/callback",
            "http://localhost:8976/callback/",
            "https://localhost:8976/callback",
            "http://localhost:8976/Callback",
            "http://localhost:8976/signed-out",
        ] {
            assert!(!urls.calls_back(other), "{other}");
        }
        assert!(urls.logs_out("http://localhost:8976/signed-out"));
        assert!(!urls.logs_out("http://localhost:8976/callback"));
    }
}
