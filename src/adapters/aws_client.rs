//! What all three AWS clients share: one HTTP client, time-outs, retries, trust, proxy and clock.
//!
//! Deliberately absent: the default credential chain (`developer` and `accounts` read one AWS
//! profile, which its person named). The other Cognito calls go out unsigned; with expired keys in a
//! user's files the chain could hang or leak a signature.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::{HttpConnectorSettings, SharedHttpClient};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use super::activity::{ActivityLog, CallRecorder};
use super::clock::ServiceClock;
use super::log_file::LogFile;
use super::network::Network;
use super::service_clock::{ClockMeter, SigningTime};
use crate::domain::{EndpointUrl, Problem, ProblemKind};

const CONNECT: Duration = Duration::from_secs(5);
const ATTEMPT: Duration = Duration::from_secs(10);
const WHOLE_CALL: Duration = Duration::from_secs(25);
const NICE_TO_HAVE: Duration = Duration::from_secs(6);
const MOST_ATTEMPTS: u32 = 3;

/// Makes the HTTP clients; opens nothing before the first call.
pub struct AwsHttp {
    network: Network,
    clock: Arc<ServiceClock>,
    calls: Arc<ActivityLog>,
    /// One for each [`Road`].
    clients: [OnceLock<SharedHttpClient>; 3],
}

/// How a server is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Road {
    /// With TLS, through a proxy where the environment names one.
    Proxied,
    /// With TLS, on this machine: never through a proxy.
    Direct,
    /// On this machine without TLS, so that no certificates are read: they cost more than the rest.
    Plain,
}

impl Road {
    fn to(endpoint_url: Option<&EndpointUrl>) -> Self {
        match endpoint_url {
            Some(url) if url.is_loopback() && url.as_str().starts_with("http://") => Self::Plain,
            Some(url) if url.is_loopback() => Self::Direct,
            _ => Self::Proxied,
        }
    }
}

impl AwsHttp {
    /// Without a `network` the system's certificates are trusted, and only the environment's proxy
    /// is asked. `clock` hears of the service's time in each answer.
    #[must_use]
    pub fn new(network: Option<Network>, clock: Arc<ServiceClock>) -> Self {
        Self {
            network: network.unwrap_or_else(Network::of_system),
            calls: Arc::new(ActivityLog::new(clock.clone())),
            clock,
            clients: Default::default(),
        }
    }

    /// Each call is also written to this file.
    #[must_use]
    pub fn logging(mut self, file: Option<LogFile>) -> Self {
        self.calls = Arc::new(ActivityLog::new(self.clock.clone()).writing(file));
        self
    }

    /// Asks AWS through a client of the test's own.
    #[cfg(test)]
    pub fn through(client: SharedHttpClient, clock: Arc<ServiceClock>) -> Self {
        let http = Self::new(None, clock);
        let _first = http.clients[Road::Proxied as usize].set(client);
        http
    }

    /// The HTTP client for AWS, or for an endpoint. An address on this machine is never asked
    /// through a proxy.
    ///
    /// # Errors
    /// When the extra certificates cannot be read.
    pub fn client(&self, endpoint_url: Option<&EndpointUrl>) -> Result<SharedHttpClient, Problem> {
        let road = Road::to(endpoint_url);
        let slot = &self.clients[road as usize];
        if let Some(client) = slot.get() {
            return Ok(client.clone());
        }
        let built = self.build(road)?;
        Ok(slot.get_or_init(|| built).clone())
    }

    /// A connector for a request that is not the SDK's, with the same certificates and proxy. It
    /// follows no redirect; the caller bounds time and size.
    ///
    /// # Errors
    /// As [`AwsHttp::client`].
    pub fn connector(&self, url: &str) -> Result<Connector, Problem> {
        let url = url.parse::<EndpointUrl>().ok();
        let road = Road::to(url.as_ref());
        let proxy = self.proxy(road)?;
        Ok(connector(proxy, self.tls(road)?, None))
    }

    /// The proxy and the certificates.
    #[must_use]
    pub const fn network(&self) -> &Network {
        &self.network
    }

    /// Measures the service's clock; for each client.
    #[must_use]
    pub fn meter(&self) -> ClockMeter {
        ClockMeter(self.clock.clone())
    }

    /// Records what is called; for each client.
    #[must_use]
    pub fn recorder(&self) -> CallRecorder {
        CallRecorder(self.calls.clone())
    }

    /// Every call that goes through here, also without the SDK.
    #[must_use]
    pub const fn calls(&self) -> &Arc<ActivityLog> {
        &self.calls
    }

    /// For a client that signs.
    #[must_use]
    pub fn signing_time(&self) -> SigningTime {
        SigningTime(self.clock.clone())
    }

    /// For calls that go out without the SDK: they tell it what they measure.
    #[must_use]
    pub const fn clock(&self) -> &Arc<ServiceClock> {
        &self.clock
    }

    fn build(&self, road: Road) -> Result<SharedHttpClient, Problem> {
        let (context, proxy) = (self.tls(road)?, self.proxy(road)?);
        Ok(
            Builder::new().build_with_connector_fn(move |settings, _components| {
                connector(proxy.clone(), context.clone(), settings.cloned())
            }),
        )
    }

    fn proxy(&self, road: Road) -> Result<ProxyConfig, Problem> {
        match road {
            Road::Proxied => self.network.proxy_config(),
            Road::Direct | Road::Plain => Ok(ProxyConfig::disabled()),
        }
    }

    /// What is trusted, where anything has to be.
    fn tls(&self, road: Road) -> Result<Option<TlsContext>, Problem> {
        if road == Road::Plain {
            return Ok(None);
        }
        let mut trust = TrustStore::default();
        if let Some(path) = self.network.ca_file() {
            let pem = std::fs::read(path);
            let pem = pem.map_err(|error| self.network.bad_certificates(&error.to_string()))?;
            trust = trust.with_pem_certificate(pem);
        }
        let context = TlsContext::builder().with_trust_store(trust).build();
        context.map(Some).map_err(|error| {
            Problem::new(ProblemKind::Network, format!("TLS cannot start: {error}"))
        })
    }
}

fn connector(
    proxy: ProxyConfig,
    context: Option<TlsContext>,
    settings: Option<HttpConnectorSettings>,
) -> Connector {
    let mut connector = Connector::builder().proxy_config(proxy);
    connector.set_connector_settings(settings);
    match context {
        Some(context) => connector
            .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
            .tls_context(context)
            .build(),
        None => connector.build_http(),
    }
}

/// Bounded in every direction.
#[must_use]
pub fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT)
        .operation_attempt_timeout(ATTEMPT)
        .operation_timeout(WHOLE_CALL)
        .build()
}

/// A few attempts with back-off, for calls that may be repeated.
#[must_use]
pub fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(MOST_ATTEMPTS)
}

/// For a call that may fail, because its answer is only shown or the rest is done: nobody waits long
/// for it.
#[must_use]
pub fn short_timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT)
        .operation_timeout(NICE_TO_HAVE)
        .build()
}

/// One attempt: the answer to a lost refresh must not burn a rotated token.
#[must_use]
pub fn no_retries() -> RetryConfig {
    RetryConfig::disabled()
}

/// The address as the SDK wants it.
#[must_use]
pub fn endpoint(url: Option<&EndpointUrl>) -> Option<String> {
    url.map(|url| url.as_str().trim_end_matches('/').to_owned())
}

/// Emulators answer so to an operation they do not have; AWS has it everywhere.
#[must_use]
pub fn is_unknown_operation(problem: &Problem) -> bool {
    matches!(
        problem.aws_code(),
        Some(
            "UnknownOperationException"
                | "InvalidAction"
                | "NotImplemented"
                | "UnsupportedOperation"
        )
    )
}
