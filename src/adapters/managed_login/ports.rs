//! The ports of this machine that a browser comes back to: taken, and free again.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::domain::CallbackUrl;

/// An aborted server is gone within a few turns of its thread.
const LONGEST: Duration = Duration::from_secs(2);

/// Servers of listeners that were dropped: aborted, but each has its port until it is gone.
#[derive(Default)]
pub(super) struct Leaving(Mutex<Vec<JoinHandle<()>>>);

impl Leaving {
    /// Aborts servers, and remembers them until they are gone.
    pub(super) fn leave(&self, mut servers: Vec<JoinHandle<()>>) {
        for server in &servers {
            server.abort();
        }
        let mut leaving = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        leaving.append(&mut servers);
    }

    /// Waits until their ports are free again. Bounded: a port that stays taken is said then.
    pub(super) async fn left(&self) {
        let servers = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let gone = async {
            for server in servers {
                let _aborted = server.await;
            }
        };
        let _in_time = timeout(LONGEST, gone).await;
    }
}

/// All sockets of the address, or none. `localhost` is both loopback addresses: a browser may pick
/// either, and whoever else listens on one of them must not get the code.
pub(super) async fn bind(url: &CallbackUrl) -> Option<Vec<TcpListener>> {
    let (v4, v6) = (
        IpAddr::from(Ipv4Addr::LOCALHOST),
        IpAddr::from(Ipv6Addr::LOCALHOST),
    );
    let addresses: &[IpAddr] = match url.host() {
        "localhost" => &[v4, v6],
        "[::1]" => &[v6],
        _ => &[v4],
    };
    let mut sockets = Vec::new();
    for address in addresses {
        match TcpListener::bind(SocketAddr::new(*address, url.port())).await {
            Ok(socket) => sockets.push(socket),
            // This machine has only one of the two protocols.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::AddrNotAvailable | ErrorKind::Unsupported
                ) || is_no_such_family(&error) => {}
            Err(_) => return None,
        }
    }
    (!sockets.is_empty()).then_some(sockets)
}

/// `EAFNOSUPPORT`, which has no kind of its own everywhere.
fn is_no_such_family(error: &std::io::Error) -> bool {
    let code = error.raw_os_error();
    match std::env::consts::OS {
        "linux" => code == Some(97),
        "windows" => code == Some(10047),
        _ => code == Some(47),
    }
}
