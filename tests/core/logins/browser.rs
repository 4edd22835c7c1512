//! Signing in at an OpenID Connect provider's own pages, and what it is renewed with.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::SignedDuration;
use poolkey::domain::{
    AwsSaid, KeptLogin, LoginProvider, OidcClient, Problem, ProblemKind, Secret, TokenSource,
};
use poolkey::ops::browser::{BrowserWatch, Pastes};
use poolkey::ops::{logins, session};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::{JoinHandle, spawn_blocking};

use super::odd::answers;
use super::with_pages;
use crate::support::{Bench, Quiet, secret};
use crate::watched_vault::WatchedVault;
use crate::web::{Page, Visitor};

/// Waits with Poolkey.
struct Watch {
    opened: Sender<String>,
    refused: Sender<Problem>,
    pastes: Pastes,
}

#[async_trait]
impl BrowserWatch for Watch {
    fn opened(&self, url: &str) {
        self.opened.try_send(url.to_owned()).unwrap();
    }

    fn opens(&self) -> bool {
        false
    }

    fn not_opened(&self, problem: &Problem) {
        panic!("{problem}");
    }

    async fn pasted(&self) -> Secret {
        self.pastes.next().await
    }

    fn paste_refused(&self, problem: &Problem) {
        self.refused.try_send(problem.clone()).unwrap();
    }
}

/// A sign-in that waits for the browser.
struct Attempt {
    url: String,
    watch: Arc<Watch>,
    refused: Receiver<Problem>,
    running: JoinHandle<Result<(), Problem>>,
}

fn provider(bench: &Bench) -> LoginProvider {
    bench.profile.logins[0].provider.clone()
}

async fn begin(bench: &Bench) -> Result<Attempt, Problem> {
    let (opened, mut urls) = channel(16);
    let (refusing, refused) = channel(16);
    let watch = Arc::new(Watch {
        opened,
        refused: refusing,
        pastes: Pastes::default(),
    });
    let (deps, profile, provider) = (bench.deps.clone(), bench.profile.clone(), provider(bench));
    let watching = watch.clone();
    let running = tokio::spawn(async move {
        super::browser_sign_in(&deps, &profile, &provider, &*watching).await
    });
    tokio::select! {
        biased;
        url = urls.recv() => Ok(Attempt { url: url.unwrap(), watch, refused, running }),
        ended = async { while !running.is_finished() { tokio::task::yield_now().await } } => {
            let () = ended;
            Err(Problem::new(ProblemKind::Unexpected, "it ended before the browser was opened"))
        }
    }
}

/// The person is known to the provider already: it answers at once.
async fn at_once(url: &str, mut visitor: Visitor) -> Page {
    let url = format!("{url}&prompt=none&login_hint=ana");
    spawn_blocking(move || visitor.open(&url)).await.unwrap()
}

async fn signed_in(bench: &Bench) {
    let attempt = begin(bench).await.unwrap();
    let page = at_once(&attempt.url, Visitor::default()).await;
    page.shows(200, "You are signed in");
    attempt.running.await.unwrap().unwrap();
}

async fn kept(bench: &Bench) -> Option<KeptLogin> {
    let login = &bench.profile.logins[0];
    bench.deps.vault.login(&bench.profile, login).await.unwrap()
}

fn change(bench: &mut Bench, change: impl FnOnce(&mut OidcClient)) {
    let TokenSource::Browser(client) = &mut bench.profile.logins[0].token else {
        panic!("another source");
    };
    change(client);
}

#[tokio::test]
async fn a_person_chooses_on_the_page_and_is_exchanged() {
    let bench = with_pages("poolkey-desktop").await;
    let attempt = begin(&bench).await.unwrap();
    for part in [
        "response_type=code",
        "scope=openid+email",
        "code_challenge_method=S256",
        "nonce=",
    ] {
        assert!(attempt.url.contains(part), "{part} in {}", attempt.url);
    }
    let url = attempt.url.clone();
    let choose = move || {
        let mut visitor = Visitor::default();
        let page = visitor.open(&url).shows(200, "Choose who you are");
        visitor.submit(&page, &[("person", "zoe")])
    };
    let page = spawn_blocking(choose).await.unwrap();
    page.shows(200, "You are signed in");
    attempt.running.await.unwrap().unwrap();
    let obtained = bench.vouched_for().await.unwrap();
    assert_eq!(obtained.session.logins, [provider(&bench).to_string()]);
    assert!(obtained.sign_in_kept);
    assert!(
        obtained.session.username.contains("zoe"),
        "{}",
        obtained.session.username
    );
}

#[tokio::test]
async fn the_refresh_token_brings_the_next_one_unasked() {
    let bench = with_pages("poolkey-desktop").await;
    signed_in(&bench).await;
    bench.vouched_for().await.unwrap();
    let first = kept(&bench).await.unwrap();
    assert_eq!(bench.sandbox.calls("oidc/token"), 1);
    bench.sandbox.clock().advance(SignedDuration::from_hours(2));
    assert!(
        logins::missing(&bench.deps, &bench.profile)
            .await
            .unwrap()
            .is_empty()
    );
    bench.vouched_for().await.unwrap();
    assert_eq!(bench.sandbox.calls("oidc/token"), 2);
    let second = kept(&bench).await.unwrap();
    assert!(!second.token.is_same(&first.token));
    assert!(
        second
            .refresh_token
            .unwrap()
            .is_same(&first.refresh_token.unwrap())
    );
    // The new one serves.
    bench.vouched_for().await.unwrap();
    assert_eq!(bench.sandbox.calls("oidc/token"), 2);
    // Long after, the provider has ended it: that is definitive.
    bench
        .sandbox
        .clock()
        .advance(SignedDuration::from_hours(24 * 400));
    let problem = bench.vouched_for().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded, "{problem}");
    assert!(problem.sentence.contains("has ended"), "{problem}");
    assert!(kept(&bench).await.is_none());
}

/// What the person did in the browser, and a renewal, work from memory.
#[tokio::test]
async fn a_store_that_takes_nothing_costs_neither_sign_in_nor_renewal() {
    let mut bench = with_pages("poolkey-desktop").await;
    bench.use_encrypted_file();
    let blocked = crate::unstored::block(&bench);
    signed_in(&bench).await;
    bench.sandbox.clock().advance(SignedDuration::from_hours(2));
    let obtained = bench.vouched_for().await.unwrap();
    assert!(obtained.sign_in_kept, "the next renewal asks nobody");
    let remark = obtained.remark.unwrap().sentence;
    assert!(remark.contains("only until Poolkey ends"), "{remark}");
    let held = kept(&bench).await.unwrap();
    std::fs::remove_dir(blocked).unwrap();
    kept(&bench).await.unwrap();
    // Another process finds it now.
    bench.use_encrypted_file();
    let stored = kept(&bench).await.unwrap();
    assert!(stored.token.is_same(&held.token));
}

#[tokio::test]
async fn a_renewed_token_serves_also_where_the_store_fails() {
    let mut bench = with_pages("poolkey-desktop").await;
    signed_in(&bench).await;
    bench.vouched_for().await.unwrap();
    bench.sandbox.clock().advance(SignedDuration::from_hours(2));
    WatchedVault::watch(&mut bench, &["keep_login"]);
    let obtained = bench.vouched_for().await.unwrap();
    assert!(obtained.remark.unwrap().sentence.contains("It is asleep"));
}

#[tokio::test]
async fn a_client_with_a_secret_needs_it() {
    let mut bench = with_pages("poolkey-secret").await;
    change(&mut bench, |client| client.has_client_secret = true);
    assert!(begin(&bench).await.is_err());
    let (deps, profile) = (&bench.deps, &bench.profile);
    let right = "demo-secret-of-the-sandbox-oidc-client";
    for (given, works) in [("wrong", false), (right, true)] {
        let stored = logins::keep_secret(deps, profile, &provider(&bench), &secret(given)).await;
        stored.unwrap();
        let attempt = begin(&bench).await.unwrap();
        let page = at_once(&attempt.url, Visitor::default()).await;
        let ended = attempt.running.await.unwrap();
        if works {
            page.shows(200, "You are signed in");
            ended.unwrap();
        } else {
            page.shows(400, "did not accept the client");
            assert_eq!(ended.unwrap_err().aws_code(), Some("invalid_client"));
        }
    }
}

#[tokio::test]
async fn strangers_and_half_a_code_change_nothing() {
    let bench = with_pages("poolkey-desktop").await;
    let mut attempt = begin(&bench).await.unwrap();
    let elsewhere = at_once(&attempt.url, Visitor::elsewhere()).await.url;
    let (callback, query) = elsewhere.split_once('?').unwrap();
    let stranger = format!("{callback}?code=stolen&state=wrong");
    let page = spawn_blocking(move || Visitor::default().open(&stranger));
    page.await
        .unwrap()
        .shows(400, "does not belong to the sign-in");
    attempt.watch.pastes.put(secret("halfacode"));
    let refused = attempt.refused.recv().await.unwrap();
    assert_eq!(refused.aws_code(), Some("invalid_grant"));
    attempt
        .watch
        .pastes
        .put(secret(&format!("{callback}?{query}")));
    attempt.running.await.unwrap().unwrap();
    assert!(kept(&bench).await.is_some());
}

#[tokio::test]
async fn a_refusal_in_the_browser_is_the_answer() {
    let bench = with_pages("poolkey-desktop").await;
    let attempt = begin(&bench).await.unwrap();
    let url = format!("{}&prompt=none&login_hint=nobody", attempt.url);
    let page = spawn_blocking(move || Visitor::default().open(&url));
    page.await.unwrap().shows(400, "refused the sign-in");
    let problem = attempt.running.await.unwrap().unwrap_err();
    assert_eq!(problem.aws_code(), Some("login_required"));
    assert!(kept(&bench).await.is_none());
}

#[tokio::test]
async fn an_issuer_that_is_another_one_is_not_trusted() {
    for (from, to, words) in [
        ("127.0.0.1", "localhost", "is another issuer's"),
        ("/oidc", "/nowhere", "no provider gives (HTTP 400)"),
        (
            "http://127.0.0.1",
            "http://acme.example",
            "begin with https://",
        ),
    ] {
        let mut bench = with_pages("poolkey-desktop").await;
        change(&mut bench, |client| {
            let issuer = client.issuer.as_str().replace(from, to);
            client.issuer = issuer.parse().unwrap();
        });
        let watch = Watch {
            opened: channel(16).0,
            refused: channel(16).0,
            pastes: Pastes::default(),
        };
        let (deps, profile) = (&bench.deps, &bench.profile);
        let provider = provider(&bench);
        let ended = super::browser_sign_in(deps, profile, &provider, &watch);
        let problem = ended.await.unwrap_err();
        assert!(problem.sentence.contains(words), "{to}: {problem}");
    }
}

/// The kept token has to be renewed.
async fn expire(bench: &Bench) {
    let kept = KeptLogin {
        expires_at: Some(bench.sandbox.clock().now()),
        ..kept(bench).await.unwrap()
    };
    let login = &bench.profile.logins[0];
    let stored = bench
        .deps
        .vault
        .keep_login(&bench.profile, login, Some(&kept));
    stored.await.unwrap();
}

#[tokio::test]
async fn a_renewed_token_is_the_same_persons() {
    let mut bench = with_pages("poolkey-desktop").await;
    signed_in(&bench).await;
    expire(&bench).await;
    let before = kept(&bench).await.unwrap();
    let zoe = bench.sandbox.provider_token("accounts.google.com", "zoe");
    answers(&mut bench, Ok(zoe));
    let problem = bench.vouched_for().await.unwrap_err();
    assert!(problem.sentence.contains("another person"), "{problem}");
    let after = kept(&bench).await.unwrap();
    assert!(after.token.is_same(&before.token));
}

#[tokio::test]
async fn what_is_left_serves_when_another_provider_ends_its_sign_in() {
    let mut bench = with_pages("poolkey-desktop").await;
    signed_in(&bench).await;
    let first = bench.vouched_for().await.unwrap().session;
    expire(&bench).await;
    bench.minutes_pass(50);
    let said = AwsSaid::new("The provider", "invalid_grant", "");
    let ended = Problem::new(ProblemKind::Refused, "It has ended").said(said);
    answers(&mut bench, Err(ended));
    let (deps, profile) = (&bench.deps, &bench.profile);
    let left = session::credentials(deps, profile, &Quiet).await.unwrap();
    assert_eq!(
        left.session.credentials.access_key_id,
        first.credentials.access_key_id
    );
    assert!(!left.sign_in_kept);
}
