//! The container credentials endpoint: SDKs ask `http://127.0.0.1:PORT/credentials` with a token from
//! a file (`AWS_CONTAINER_CREDENTIALS_FULL_URI` and `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`).
//!
//! Bound to one loopback address; whoever asks has to know the token (see `token_file`) and to be no
//! web page (see `door`). Who does not say what it wants in time is cut off. Only so many are
//! listened to at once: then whoever said nothing for longest goes, so that silent connections, which
//! anybody on this machine can make, keep no program out. What a request set going is brought to its end also where the client has gone:
//! it may be renewing a token that works once. Deliberately absent: TLS (no SDK asks for it at a
//! loopback address), CORS, a redirect, a second request on one connection.

mod answer;
mod door;
mod token_file;

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use futures_util::future::BoxFuture;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::{AbortHandle, JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use self::door::Door;
use self::token_file::TokenFile;
use super::blocking::blocking;
use crate::domain::{AwsCredentials, Problem, ProblemKind, ProfileName};
use crate::ops::{Deps, Unseen, session};

/// The one path.
const PATH: &str = "/credentials";
/// Connections at once.
const MOST_CONNECTIONS: usize = 128;
/// What may be set going at once.
const MOST_ANSWERS: u32 = 32;
/// How long a client may take to say what it wants.
const HEADER_WAIT: Duration = Duration::from_secs(3);
/// How long credentials may take: by then no SDK waits any more.
const LONGEST: Duration = Duration::from_secs(50);
/// How long an answer may take to leave when the endpoint ends.
const LAST_WAIT: Duration = Duration::from_secs(3);
/// After a connection that could not be taken: the system is short of something.
const PAUSE: Duration = Duration::from_millis(50);

/// Credentials to hand out.
#[derive(Debug)]
pub struct Vended {
    /// With enough lifetime left.
    pub credentials: AwsCredentials,
    /// Twelve digits, where they are known.
    pub account: Option<String>,
}

/// Where the credentials come from: asked anew for each request that is let in.
pub type Source = Arc<dyn Fn() -> BoxFuture<'static, Result<Vended, Problem>> + Send + Sync>;

/// Told about each request that was refused, in one line without a secret.
pub type Refused = Arc<dyn Fn(&str) + Send + Sync>;

/// Where the endpoint listens and puts its token.
pub struct EndpointOptions {
    /// 0 takes any free one.
    pub port: u16,
    /// Where the token goes.
    pub token: TokenPlace,
    /// Who is told of refusals.
    pub refused: Option<Refused>,
}

/// Where the token goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenPlace {
    /// A folder of Poolkey's own: the file is named by the port, and what endpoints left there that
    /// were killed is removed.
    Folder(PathBuf),
    /// This file. It may be there already where it is empty, or an endpoint's that is no more.
    File(PathBuf),
}

/// A running endpoint. Dropped, it stops and takes its token file along.
pub struct ContainerEndpoint {
    port: u16,
    token: Arc<TokenFile>,
    answers: Arc<Semaphore>,
    /// Dropped, it ends the listening.
    running: Option<watch::Sender<()>>,
    listening: JoinHandle<()>,
}

/// What every connection needs.
struct Service {
    door: Door,
    source: Source,
    answers: Arc<Semaphore>,
    refused: Option<Refused>,
}

/// The broker's credentials of a profile, whatever the configuration says of it by then.
#[must_use]
pub fn broker(deps: Deps, profile: ProfileName) -> Source {
    Arc::new(move || {
        let (deps, profile) = (deps.clone(), profile.clone());
        Box::pin(async move {
            let profile = deps.profile(profile.as_str()).await?;
            let obtained = session::credentials(&deps, &profile, &Unseen).await?;
            let session = obtained.session;
            Ok(Vended {
                credentials: session.credentials,
                account: session.caller.map(|caller| caller.account),
            })
        })
    })
}

impl ContainerEndpoint {
    /// Takes the port, writes the token file, and answers from then on.
    ///
    /// # Errors
    /// A port that is taken ([`ProblemKind::Usage`]), or a token file that cannot be written or is
    /// somebody else's ([`ProblemKind::File`]).
    pub async fn start(options: EndpointOptions, source: Source) -> Result<Self, Problem> {
        let EndpointOptions {
            port,
            token,
            refused,
        } = options;
        let not_bound = |error: std::io::Error| port_taken(port, &error);
        let address = SocketAddrV4::new(Ipv4Addr::LOCALHOST, port);
        let listener = TcpListener::bind(address).await.map_err(not_bound)?;
        let port = listener.local_addr().map_err(not_bound)?.port();
        let token = Arc::new(blocking(move || TokenFile::create(&token, port)).await?);
        let answers = Arc::new(Semaphore::new(MOST_ANSWERS as usize));
        let service = Arc::new(Service {
            door: Door::new(port, token.clone()),
            source,
            answers: answers.clone(),
            refused,
        });
        let (running, stop) = watch::channel(());
        Ok(Self {
            port,
            token,
            answers,
            running: Some(running),
            listening: tokio::spawn(listen(listener, service, stop)),
        })
    }

    /// For `AWS_CONTAINER_CREDENTIALS_FULL_URI`.
    #[must_use]
    pub fn uri(&self) -> String {
        format!("http://127.0.0.1:{}{PATH}", self.port)
    }

    /// For `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`: an absolute path.
    #[must_use]
    pub fn token_file(&self) -> &Path {
        self.token.path()
    }

    /// Ends it: nobody is let in any more, and what is under way comes to its end.
    pub async fn close(mut self) {
        self.running = None;
        // The connections go when there is nothing left to answer.
        let _under_way = timeout(LONGEST, self.answers.acquire_many(MOST_ANSWERS)).await;
        let _in_time = timeout(LAST_WAIT, &mut self.listening).await;
    }
}

impl Drop for ContainerEndpoint {
    fn drop(&mut self) {
        self.listening.abort();
        self.token.remove();
    }
}

async fn listen(listener: TcpListener, service: Arc<Service>, mut stop: watch::Receiver<()>) {
    let mut connections = JoinSet::new();
    // Oldest first, with whether it has said what it wants.
    let mut silent: VecDeque<(AbortHandle, Arc<AtomicBool>)> = VecDeque::new();
    loop {
        tokio::select! {
            biased;
            // Nothing is ever sent: the end of the sender is the signal.
            _ = stop.changed() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept(), if connections.len() < MOST_CONNECTIONS => {
                let Ok((stream, _)) = accepted else {
                    sleep(PAUSE).await;
                    continue;
                };
                let spoke = Arc::new(AtomicBool::new(false));
                let task = connections.spawn(serve(stream, service.clone(), spoke.clone()));
                silent.push_back((task, spoke));
                silent.retain(|(task, spoke)| {
                    !task.is_finished() && !spoke.load(Ordering::Relaxed)
                });
                // The newest has had no time yet.
                if connections.len() == MOST_CONNECTIONS && silent.len() > 1
                    && let Some((oldest, _)) = silent.pop_front()
                {
                    oldest.abort();
                }
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// One request on one connection.
async fn serve(stream: TcpStream, service: Arc<Service>, spoke: Arc<AtomicBool>) {
    let answer = service_fn(move |request: Request<Incoming>| {
        spoke.store(true, Ordering::Relaxed);
        let service = service.clone();
        async move { Ok::<_, std::convert::Infallible>(service.answer(&request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_WAIT)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), answer);
    // Who went away, or sent no HTTP, has nothing to be told.
    let _ended = timeout(LONGEST + LAST_WAIT + HEADER_WAIT, connection).await;
}

impl Service {
    async fn answer(&self, request: &Request<Incoming>) -> Response<Body> {
        if let Err(refusal) = self.door.admit(request) {
            if let Some(told) = &self.refused {
                told(&refusal.line(request.method(), request.uri()));
            }
            return refusal.response();
        }
        match self.credentials().await {
            Ok(vended) => answer::credentials(&vended),
            Err(problem) => {
                if let Some(told) = &self.refused {
                    told(&format!("Answered without credentials: {problem}"));
                }
                answer::problem(&problem)
            }
        }
    }

    /// On a task of its own, which goes on where the client does not wait.
    async fn credentials(&self) -> Result<Vended, Problem> {
        let Ok(place) = self.answers.clone().acquire_owned().await else {
            return Err(ended());
        };
        let asked = (self.source)();
        let asking = tokio::spawn(async move {
            let vended = asked.await;
            drop(place);
            vended
        });
        match timeout(LONGEST, asking).await {
            Ok(Ok(vended)) => vended,
            Ok(Err(_)) => Err(ended()),
            Err(_) => Err(Problem::new(
                ProblemKind::Network,
                "The credentials did not come in time",
            )),
        }
    }
}

fn ended() -> Problem {
    Problem::new(ProblemKind::Unexpected, "The endpoint is ending")
}

fn port_taken(port: u16, error: &std::io::Error) -> Problem {
    let sentence = format!("Port {port} of this machine cannot be listened on: {error}");
    Problem::new(ProblemKind::Usage, sentence)
        .hint("End the program that uses it, or choose another port; 0 takes any free one.")
}

/// A refusal that a client is told.
struct Refusal {
    status: StatusCode,
    message: &'static str,
}
