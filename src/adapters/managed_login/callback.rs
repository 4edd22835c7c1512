//! Listens on a registered callback address of this machine for the browser to come back.
//!
//! Only on loopback addresses; only `GET` on the exact path, with the registered host and port as
//! `Host` (another name that leads here is a web page's trick). Deliberately absent: what the query
//! means (see `ops::browser`), and any log of it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri, header};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};

use super::page;
use super::ports::{Leaving, bind};
use crate::domain::{CallbackUrl, Problem, ProblemKind, Secret};
use crate::ops::ports::{Callback, Returned};

/// Browsers that may wait for their page at once.
const MOST_WAITING: usize = 8;
/// A code, a state and an error's description are far shorter.
const MOST_QUERY_BYTES: usize = 8 * 1024;
/// How long a page may take to leave.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// A listener at one address.
pub(super) struct Listener {
    url: CallbackUrl,
    arrivals: mpsc::Receiver<Returned>,
    /// Dropped, it ends the servers.
    running: Option<watch::Sender<()>>,
    servers: Vec<JoinHandle<()>>,
    leaving: Arc<Leaving>,
    deadline: Instant,
    patience: Duration,
    registered: String,
}

/// What a request is compared with.
struct Door {
    hosts: Vec<String>,
    path: String,
    arrivals: mpsc::Sender<Returned>,
}

impl Drop for Listener {
    /// Also when the sign-in is cancelled.
    fn drop(&mut self) {
        self.leaving.leave(std::mem::take(&mut self.servers));
    }
}

/// Listens at the first address whose port is free.
pub(super) async fn listen(
    urls: &[CallbackUrl],
    patience: Duration,
    leaving: &Arc<Leaving>,
) -> Result<Listener, Problem> {
    leaving.left().await;
    let registered = urls
        .iter()
        .map(CallbackUrl::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    for url in urls {
        if let Some(sockets) = bind(url).await {
            return Ok(serve(url, sockets, patience, registered, leaving.clone()));
        }
    }
    Err(Problem::new(
        ProblemKind::Usage,
        "No port is free for the browser to come back to",
    )
    .hint(format!("These addresses are taken or cannot be used here: {registered}."))
    .hint("End the program that uses them, or register another address with the app client and add it to callback_urls in the profile."))
}

fn serve(
    url: &CallbackUrl,
    sockets: Vec<TcpListener>,
    patience: Duration,
    registered: String,
    leaving: Arc<Leaving>,
) -> Listener {
    let (sender, arrivals) = mpsc::channel(MOST_WAITING);
    let (running, stop) = watch::channel(());
    let door = Arc::new(Door::of(url, sender));
    let serve = |socket| {
        let router = Router::new().fallback(answer).with_state(door.clone());
        let mut stop = stop.clone();
        let server = axum::serve(socket, router).with_graceful_shutdown(async move {
            // Nothing is ever sent: the end of the sender is the signal.
            let _ended = stop.changed().await;
        });
        tokio::spawn(async move {
            let _ended = server.await;
        })
    };
    Listener {
        url: url.clone(),
        arrivals,
        running: Some(running),
        servers: sockets.into_iter().map(serve).collect(),
        leaving,
        deadline: Instant::now() + patience,
        patience,
        registered,
    }
}

impl Door {
    fn of(url: &CallbackUrl, arrivals: mpsc::Sender<Returned>) -> Self {
        let mut hosts = vec![format!("{}:{}", url.host(), url.port())];
        // A browser leaves the scheme's own port out.
        if url.port() == 80 {
            hosts.push(url.host().to_owned());
        }
        let path = if url.path().is_empty() {
            "/"
        } else {
            url.path()
        };
        Self {
            hosts,
            path: path.to_owned(),
            arrivals,
        }
    }

    /// The query of the request that is waited for, or the status for all others.
    fn query(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<Secret, StatusCode> {
        let mut hosts = headers.get_all(header::HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        let is_ours = host.is_some_and(|host| self.hosts.iter().any(|known| known == host));
        if !is_ours || hosts.next().is_some() || uri.authority().is_some() {
            return Err(StatusCode::MISDIRECTED_REQUEST);
        }
        if uri.path() != self.path {
            return Err(StatusCode::NOT_FOUND);
        }
        if method != Method::GET {
            return Err(StatusCode::METHOD_NOT_ALLOWED);
        }
        let query = uri.query().unwrap_or_default();
        if query.len() > MOST_QUERY_BYTES {
            return Err(StatusCode::URI_TOO_LONG);
        }
        Ok(Secret::new(query.to_owned()))
    }
}

async fn answer(
    State(door): State<Arc<Door>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let query = match door.query(&method, &uri, &headers) {
        Ok(query) => query,
        Err(status) => return page::refused(status),
    };
    let (show, shown) = oneshot::channel();
    let returned = Returned {
        query,
        page: Box::new(move |worked, text| {
            // A browser that went away misses its page.
            let _missed = show.send(page::ending(worked, text));
        }),
    };
    if door.arrivals.try_send(returned).is_err() {
        return page::over();
    }
    shown.await.unwrap_or_else(|_| page::over())
}

#[async_trait]
impl Callback for Listener {
    fn url(&self) -> &CallbackUrl {
        &self.url
    }

    async fn next(&mut self) -> Result<Returned, Problem> {
        match timeout_at(self.deadline, self.arrivals.recv()).await {
            Ok(Some(returned)) => Ok(returned),
            Ok(None) | Err(_) => Err(nobody_came(self.patience, &self.registered)),
        }
    }

    async fn close(&mut self) {
        self.arrivals.close();
        // Whoever still waits is told that it is over.
        while self.arrivals.try_recv().is_ok() {}
        self.running = None;
        let servers = std::mem::take(&mut self.servers);
        let ended = async {
            for server in servers {
                let _ended = server.await;
            }
        };
        // A browser that does not read its page does not hold up the sign-in.
        let _in_time = timeout(LAST_WAIT, ended).await;
    }
}

fn nobody_came(patience: Duration, registered: &str) -> Problem {
    let time = match patience.as_secs() {
        seconds if seconds > 60 && seconds % 60 == 0 => format!("{} minutes", seconds / 60),
        1 => "one second".to_owned(),
        seconds => format!("{seconds} seconds"),
    };
    Problem::new(
        ProblemKind::SignInNeeded,
        format!("The browser did not come back within {time}"),
    )
    .hint(format!(
        "If it shows redirect_mismatch or an error page, register these callback addresses with the app client, letter by letter: {registered}."
    ))
    .hint("If the browser is on another machine, paste the address where it ended.")
}

#[cfg(test)]
#[path = "callback_tests.rs"]
mod callback_tests;
