//! Starting and stopping a sandbox, and the handle that tests change it by.
//!
//! Deliberately absent: another bind address than 127.0.0.1, and access to the state itself: each
//! change a test needs has a name.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::clients::Flow;
use super::clock::{Clock, Lifetimes};
use super::connection::{Cut, CuttableListener};
use super::custom;
use super::description::Description;
use super::server::{Service, router};
use super::traffic::{Fault, Traffic};
use super::users::{NewUser, Status, User};
use super::world::{Call, POOL_NAME, World};
use crate::domain::Secret;

/// How long a shutdown waits for answers under way.
const LAST_ANSWERS: Duration = Duration::from_secs(1);

/// How a sandbox is to run.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The port, or 0 for any free one.
    pub port: u16,
    /// The clock everything expires by.
    pub clock: Clock,
    /// How long what it hands out is good for.
    pub lifetimes: Lifetimes,
    /// One line per request on standard error: operation, status, time. Never a secret.
    pub log: bool,
}

/// The local Cognito.
#[derive(Debug)]
pub struct Sandbox;

impl Sandbox {
    /// Starts a sandbox on the current tokio runtime.
    ///
    /// # Errors
    /// The port is taken, or the operating system gives no random numbers.
    pub async fn start(settings: Settings) -> io::Result<Running> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, settings.port)).await?;
        let port = listener.local_addr()?.port();
        let clock = settings.clock.clone();
        // Making the RSA key takes too long for a thread that has other tasks.
        let world =
            tokio::task::spawn_blocking(move || World::new(clock, settings.lifetimes, port))
                .await
                .map_err(io::Error::other)?
                .map_err(|refusal| io::Error::other(refusal.message.into_owned()))?;
        let service = Arc::new(Service {
            world,
            traffic: Traffic::default(),
            log: settings.log,
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let app = router(Arc::clone(&service)).into_make_service_with_connect_info::<Cut>();
        let server = axum::serve(CuttableListener(listener), app).with_graceful_shutdown(async {
            // A dropped handle stops the sandbox too.
            let _stopped = stopped.await;
        });
        let task = tokio::spawn(async move { server.await });
        Ok(Running {
            description: Description::at(port),
            clock: settings.clock,
            service,
            stop,
            task,
        })
    }
}

/// A running sandbox. It stops when this is dropped.
pub struct Running {
    description: Description,
    clock: Clock,
    pub(super) service: Arc<Service>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    /// Where it listens and who can sign in.
    #[must_use]
    pub const fn description(&self) -> &Description {
        &self.description
    }

    /// The handle that moves its time.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// How many requests for `operation` arrived, such as `GetId`.
    #[must_use]
    pub fn calls(&self, operation: &str) -> usize {
        self.service.traffic.calls(operation)
    }

    /// The request ID of the last answer to `operation`.
    #[must_use]
    pub fn last_request_id(&self, operation: &str) -> Option<String> {
        self.service.traffic.last_request_id(operation)
    }

    /// What happens to the next answer of `operation`; several wait in line.
    pub fn next_answer(&self, operation: &str, fault: Fault) {
        self.service.traffic.next_answer(operation, fault);
    }

    /// Stops it: no new connections, one second for the answers under way.
    pub async fn shutdown(self) {
        drop(self.stop);
        let mut task = self.task;
        if tokio::time::timeout(LAST_ANSWERS, &mut task).await.is_err() {
            task.abort();
        }
    }

    /// Adds a user, in place of one of the same name.
    ///
    /// # Errors
    /// The operating system gives no random numbers.
    pub fn add_user(&self, new: &NewUser<'_>) -> io::Result<()> {
        let user = User::new(POOL_NAME, new)
            .map_err(|refusal| io::Error::other(refusal.message.into_owned()))?;
        self.service
            .world
            .call(|call| call.state.directory.put(user));
        Ok(())
    }

    /// Deletes a user; its refresh tokens are refused from then on.
    pub fn delete_user(&self, username: &str) {
        self.service
            .world
            .call(|call| call.state.directory.remove(username));
    }

    /// Enables or disables a user; false when there is none of that name.
    #[must_use]
    pub fn set_enabled(&self, username: &str, enabled: bool) -> bool {
        self.change_user(username, |user| user.enabled = enabled)
    }

    /// Sets how far a user is; false when there is none of that name.
    #[must_use]
    pub fn set_status(&self, username: &str, status: Status) -> bool {
        self.change_user(username, |user| user.status = status)
    }

    /// Gives a user a passkey to choose, or takes it away; false when there is none of that name.
    #[must_use]
    pub fn set_passkey(&self, username: &str, has_passkey: bool) -> bool {
        self.change_user(username, |user| user.has_passkey = has_passkey)
    }

    /// The newest code that was sent to a user, by whatever medium.
    #[must_use]
    pub fn last_code(&self, username: &str) -> Option<String> {
        self.service
            .world
            .call(|call| call.state.inbox.last_code(username))
    }

    /// True when this is a user's present password. Nobody keeps the password itself.
    #[must_use]
    pub fn is_password(&self, username: &str, password: &Secret) -> bool {
        let found = |call: &mut Call<'_>| call.state.directory.get(username);
        let user = self.service.world.call(found);
        user.is_some_and(|user| user.verifier.matches(POOL_NAME, &user.username, password))
    }

    /// The key of a user's authenticator app, where it is a second factor.
    #[must_use]
    pub fn app_key(&self, username: &str) -> Option<Secret> {
        let found = |call: &mut Call<'_>| call.state.directory.get(username);
        let user = self.service.world.call(found)?;
        user.totp_secret.as_ref().map(|key| key.duplicate())
    }

    /// The right answer to a question of the custom challenges, as a client shows it.
    #[must_use]
    pub fn custom_answer(&self, question: &str) -> Option<&'static str> {
        custom::answer_to(question)
    }

    /// Forgets every device of a user, as an administrator would.
    pub fn forget_devices(&self, username: &str) {
        self.service
            .world
            .call(|call| call.state.devices.forget_all(username));
    }

    /// Turns refresh token rotation of a client on, with a grace period, or off.
    #[must_use]
    pub fn set_rotation(&self, client_name: &str, grace: Option<Duration>) -> bool {
        self.service.world.call(|call| {
            call.state
                .change_client(client_name, |client| client.rotation = grace)
        })
    }

    /// Sets the flows a client allows; false when there is none of that name.
    #[must_use]
    pub fn set_flows(&self, client_name: &str, flows: &[Flow]) -> bool {
        self.service.world.call(|call| {
            call.state
                .change_client(client_name, |client| client.flows = flows.to_vec())
        })
    }

    /// Replaces the callback URLs a client has registered for managed login.
    #[must_use]
    pub fn set_callback_urls(&self, client_name: &str, urls: &[&str]) -> bool {
        let urls: Vec<String> = urls.iter().map(|url| (*url).to_owned()).collect();
        self.service.world.call(|call| {
            call.state
                .change_client(client_name, |client| client.urls.callback = urls)
        })
    }

    /// Sets the lifetimes; those of refresh tokens, sessions and secret blocks change at once.
    pub fn set_lifetimes(&self, lifetimes: Lifetimes) {
        self.service
            .world
            .call(|call| call.state.lifetimes = lifetimes);
    }

    fn change_user(&self, username: &str, change: impl FnOnce(&mut User)) -> bool {
        self.service
            .world
            .call(|call| call.state.directory.change(username, change))
    }
}
