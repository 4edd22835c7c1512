//! Which hosts are asked: AWS's own, their FIPS and dual-stack variants, or one address for all.
//!
//! The SDK resolves the names; here is only the choice. Deliberately absent: partitions (see
//! `partition`).

use super::ids::EndpointUrl;

/// The choice of hosts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Endpoints {
    /// One address for all services instead of AWS: a sandbox, moto, `LocalStack`.
    pub url: Option<EndpointUrl>,
    /// Hosts whose cryptography is validated by FIPS 140.
    pub fips: bool,
    /// Hosts that also speak IPv6.
    pub dual_stack: bool,
}

impl Endpoints {
    /// AWS's own hosts.
    pub const AWS: Self = Self {
        url: None,
        fips: false,
        dual_stack: false,
    };

    /// One address for all.
    #[must_use]
    pub const fn at(url: EndpointUrl) -> Self {
        Self {
            url: Some(url),
            ..Self::AWS
        }
    }
}

impl From<Option<EndpointUrl>> for Endpoints {
    fn from(url: Option<EndpointUrl>) -> Self {
        Self { url, ..Self::AWS }
    }
}
