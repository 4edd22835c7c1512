//! Where tokens come from is judged as the session broker sees it, and in its time.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use poolkey::domain::{
    CheckId, Endpoints, Outcome, Problem, ProviderLogin, SignInMethod, TokenSource, UserPoolId,
};
use poolkey::ops::ports::{Page, Probes, Route};
use poolkey::ops::profiles;

use super::{failed, found, outcome};
use crate::exchange::{open_bench, without_pool};
use crate::support::Bench;

const GOOGLE: &str = "accounts.google.com";

/// Signed in with a token that lies in the person's home.
async fn with_a_token() -> Bench {
    let mut bench = open_bench().await;
    let token = bench.sandbox.provider_token(GOOGLE, "ana");
    std::fs::write(bench.home.path().join("google"), token).unwrap();
    bench.profile = without_pool(&bench, "google", SignInMethod::Provider);
    use_token(&mut bench, TokenSource::File("~/google".into()));
    bench
}

fn use_token(bench: &mut Bench, token: TokenSource) {
    bench.profile.logins = vec![ProviderLogin {
        provider: GOOGLE.parse().unwrap(),
        token,
    }];
}

#[tokio::test]
async fn what_works_does_not_fail() {
    let mut bench = with_a_token().await;
    bench.renew().await.unwrap();
    let checks = bench.examine().await;
    assert_eq!(failed(&checks), [], "{checks:#?}");
    let sources = found(&checks, CheckId::TokenSources);
    assert_eq!(sources.outcome, Outcome::Passed, "{sources:?}");

    let file = bench.home.path().join("google");
    let command = format!("A=b cat '{}'", file.display());
    use_token(&mut bench, TokenSource::Command(command));
    bench.renew().await.unwrap();
    let checks = bench.examine().await;
    assert_eq!(failed(&checks), [], "{checks:#?}");
    assert_eq!(outcome(&checks, CheckId::TokenSources), Outcome::Warned);
}

/// Time runs out at once for everything that waits.
struct NoTime(Arc<dyn Probes>);

#[async_trait]
impl Probes for NoTime {
    async fn key_document(&self, pool: &UserPoolId, endpoints: &Endpoints) -> Result<u16, Problem> {
        self.0.key_document(pool, endpoints).await
    }

    async fn page(&self, url: &str) -> Result<Page, Problem> {
        self.0.page(url).await
    }

    async fn route(&self, url: &str) -> Result<Route, Problem> {
        self.0.route(url).await
    }

    async fn certificates(&self, path: &Path) -> Result<(), Problem> {
        self.0.certificates(path).await
    }

    async fn writable(&self, path: &Path) -> Result<(), Problem> {
        self.0.writable(path).await
    }

    async fn token_file(&self, path: &Path) -> Result<(), Problem> {
        self.0.token_file(path).await
    }

    async fn program(&self, command: &str) -> Result<Option<PathBuf>, Problem> {
        self.0.program(command).await
    }

    async fn pause(&self, _time: Duration) {}
}

/// A command may take longer than a call, and says so itself when it takes too long.
#[tokio::test]
async fn a_slow_command_is_not_the_network() {
    let mut bench = with_a_token().await;
    let file = bench.home.path().join("google");
    use_token(
        &mut bench,
        TokenSource::Command(format!("cat '{}'", file.display())),
    );
    // One that is not saved is not exchanged.
    let saved = profiles::save(&bench.deps, None, &bench.profile, None).await;
    saved.unwrap();
    bench.renew().await.unwrap();
    bench.deps.probes = Arc::new(NoTime(bench.deps.probes.clone()));
    let checks = bench.examine().await;
    assert_eq!(
        outcome(&checks, CheckId::SignIn),
        Outcome::Passed,
        "{checks:#?}"
    );
    assert_eq!(
        outcome(&checks, CheckId::Network),
        Outcome::Passed,
        "{checks:#?}"
    );
}
