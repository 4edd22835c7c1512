//! Signing in at an OpenID Connect provider that nobody here wrote (npm `oidc-provider`), through
//! its own pages: both ways to name the client, both algorithms, and refresh tokens that rotate.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use jiff::Timestamp;
use poolkey::adapters::aws_client::AwsHttp;
use poolkey::adapters::clock::ServiceClock;
use poolkey::adapters::oidc::OidcProviders;
use poolkey::crypto::browser_answer::BrowserAnswer;
use poolkey::crypto::pkce::Pkce;
use poolkey::domain::{OidcClient, Secret};
use poolkey::ops::ports::{
    Authorization, CodeGrant, OpenIdProvider, OpenIdProviders as _, ProviderGrant,
};
use serde_json::Value;

use super::env::{script, tool};
use super::process::end;
use super::servers::str_of;
use super::web::Visitor;

/// Until dropped.
struct Provider {
    child: Child,
    issuer: String,
    /// Held: it says more, and ends when nobody listens.
    _out: BufReader<ChildStdout>,
}

impl Provider {
    fn start() -> Self {
        let mut child = Command::new("node")
            .arg(script("openid_provider.mjs"))
            .arg(tool("node"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        while !line.starts_with('{') {
            line.clear();
            assert!(out.read_line(&mut line).unwrap() > 0, "it ended");
        }
        let about: Value = serde_json::from_str(&line).unwrap();
        let issuer = str_of(&about, "issuer").to_owned();
        Self {
            child,
            issuer,
            _out: out,
        }
    }

    async fn client(&self, id: &str, secret: Option<&str>) -> Box<dyn OpenIdProvider> {
        let clock = Arc::new(ServiceClock::system());
        let providers = OidcProviders::new(Arc::new(AwsHttp::new(None, clock)));
        let client = OidcClient::at(self.issuer.parse().unwrap(), id.to_owned());
        let secret = secret.map(|text| Secret::new(text.to_owned()));
        providers.discover(&client, secret).await.unwrap()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// Signs somebody in, and lets them consent.
fn code(url: &str) -> Secret {
    let mut visitor = Visitor::elsewhere();
    let page = visitor.open(url).shows(200, "name=\"login\"");
    let page = visitor.submit(&page, &[("login", "zoe"), ("password", "any")]);
    let page = page.shows(200, "value=\"consent\"");
    let back = visitor.submit(&page, &[]).url;
    let query = back.split_once('?').unwrap().1.to_owned();
    match BrowserAnswer::of_query(&Secret::new(query), "a-state", None) {
        BrowserAnswer::Code(code) => code,
        other => panic!("{other:?}"),
    }
}

struct Grant {
    code: Secret,
    verifier: Secret,
}

async fn granted(client: &dyn OpenIdProvider) -> Grant {
    let pkce = Pkce::new().unwrap();
    let callback = "http://localhost:8976/callback".parse().unwrap();
    let address = client.address(&Authorization {
        callback: &callback,
        state: "a-state",
        nonce: "a-nonce",
        challenge: &pkce.challenge,
    });
    let url = address.unwrap();
    Grant {
        code: tokio::task::spawn_blocking(move || code(&url))
            .await
            .unwrap(),
        verifier: pkce.verifier,
    }
}

fn now() -> Timestamp {
    Timestamp::now()
}

#[tokio::test]
#[ignore = "needs npm oidc-provider: ./tests/run"]
async fn people_sign_in_and_are_renewed() {
    let provider = Provider::start();
    for (id, secret) in [("public", None), ("basic", Some("a secret with + / and :"))] {
        let client = provider.client(id, secret).await;
        let grant = granted(client.as_ref()).await;
        let code_grant = || CodeGrant {
            code: &grant.code,
            verifier: &grant.verifier,
            redirect_uri: "http://localhost:8976/callback",
        };
        let ProviderGrant { refresh, id_token } =
            client.redeem(code_grant(), "a-nonce", now()).await.unwrap();
        let first = id_token.unwrap();
        let refresh = refresh.unwrap();
        let again = client.refresh(&refresh, now()).await.unwrap();
        assert!(!again.id_token.unwrap().is_same(&first));
        let rotated = again.refresh.unwrap();
        assert!(!rotated.is_same(&refresh));
        client.refresh(&rotated, now()).await.unwrap();
        // The one before has ended, and a code works once.
        let spent = client.refresh(&refresh, now()).await.unwrap_err();
        assert_eq!(spent.aws_code(), Some("invalid_grant"));
        let spent = client.redeem(code_grant(), "a-nonce", now()).await;
        assert_eq!(spent.unwrap_err().aws_code(), Some("invalid_grant"));
    }
}

#[tokio::test]
#[ignore = "needs npm oidc-provider: ./tests/run"]
async fn what_does_not_belong_together_is_refused() {
    let provider = Provider::start();
    let client = provider.client("public", None).await;
    let Grant { code, verifier } = granted(client.as_ref()).await;
    let redirect_uri = "http://localhost:8976/callback";
    let wrong = Pkce::new().unwrap().verifier;
    for (verifier, nonce, id, words) in [
        (&wrong, "a-nonce", "public", "did not accept the code"),
        (&verifier, "a-nonce", "basic", "did not accept the client"),
    ] {
        let client = provider.client(id, None).await;
        let grant = CodeGrant {
            code: &code,
            verifier,
            redirect_uri,
        };
        let problem = client.redeem(grant, nonce, now()).await.unwrap_err();
        assert!(problem.sentence.contains(words), "{problem}");
    }
    let Grant { code, verifier } = granted(client.as_ref()).await;
    let grant = CodeGrant {
        code: &code,
        verifier: &verifier,
        redirect_uri,
    };
    let granted = client.redeem(grant, "another-nonce", now()).await.unwrap();
    let problem = granted.id_token.unwrap_err();
    assert!(problem.sentence.contains("another sign-in"), "{problem}");
}
