//! Tokens of other providers: from files, commands, a person, and the providers' own pages.

mod browser;
mod odd;
mod sources;
mod window;

use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use poolkey::domain::{
    LoginProvider, OidcClient, Problem, Profile, ProviderLogin, Secret, SignInMethod, TokenSource,
};
use poolkey::ops::browser::BrowserWatch;
use poolkey::ops::logins;
use poolkey::ops::ports::Deps;
use poolkey::ops::session::{self, Obtained};

use crate::support::{Bench, Quiet, bench};
use crate::web::callback_urls;

const GOOGLE: &str = "accounts.google.com";
const FACEBOOK: &str = "graph.facebook.com";

/// A bench whose profile is vouched for by these providers alone.
async fn vouched(logins: Vec<(&str, TokenSource)>) -> Bench {
    let mut bench = bench("ana").await;
    let pool = bench.sandbox.description().identity_pools[1].identity_pool_id;
    let logins = logins.into_iter().map(|(provider, token)| ProviderLogin {
        provider: provider.parse().unwrap(),
        token,
    });
    bench.profile = Profile {
        endpoints: bench.profile.endpoints.clone(),
        logins: logins.collect(),
        ..Profile::of_identity_pool(
            "dev".parse().unwrap(),
            SignInMethod::Provider,
            pool.parse().unwrap(),
        )
    };
    bench
}

/// What somebody typed, kept.
pub async fn keep_typed(
    deps: &Deps,
    profile: &Profile,
    provider: &LoginProvider,
    token: Secret,
) -> Result<(), Problem> {
    let brought = logins::typed(deps, profile, provider, token)?;
    logins::keep(deps, profile, &[brought]).await
}

/// What the browser brought, kept.
async fn browser_sign_in(
    deps: &Deps,
    profile: &Profile,
    provider: &LoginProvider,
    watch: &dyn BrowserWatch,
) -> Result<(), Problem> {
    let brought = logins::browse(deps, profile, provider, watch, &Quiet).await?;
    logins::keep(deps, profile, &[brought]).await
}

/// One whose person signs in at the sandbox's OpenID Connect provider.
async fn with_pages(client_id: &str) -> Bench {
    let mut bench = vouched(Vec::new()).await;
    bench.profile.logins = vec![pages(&bench, client_id)];
    bench
}

/// A sign-in at the sandbox's OpenID Connect provider.
fn pages(bench: &Bench, client_id: &str) -> ProviderLogin {
    let urls = callback_urls("localhost");
    let registered: Vec<&str> = urls.iter().map(String::as_str).collect();
    bench.sandbox.set_oidc_callback_urls(&registered);
    let issuer = &bench.sandbox.description().oidc.issuer;
    let key = issuer.strip_prefix("http://").unwrap();
    let client = OidcClient {
        callback_urls: urls.iter().map(|url| url.parse().unwrap()).collect(),
        scopes: vec!["email".to_owned()],
        ..OidcClient::at(issuer.parse().unwrap(), client_id.to_owned())
    };
    ProviderLogin {
        provider: key.parse().unwrap(),
        token: TokenSource::Browser(client),
    }
}

impl Bench {
    fn token(&self, provider: &str, minutes: i64) -> String {
        let at = self.sandbox.clock().now() + SignedDuration::from_mins(minutes);
        self.sandbox.provider_token_until(provider, "zoe", at)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.home.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    async fn vouched_for(&self) -> Result<Obtained, poolkey::domain::Problem> {
        session::renew(&self.deps, &self.profile, &Quiet).await
    }
}

fn file(path: &str) -> TokenSource {
    TokenSource::File(Path::new(path).to_owned())
}
