//! Signed in: by password, with a second factor, at another provider, with a client secret, at once.

use std::net::TcpStream;

use jiff::SignedDuration;
use poolkey::domain::FlowStep;
use poolkey::ops::browser::sign_out_url;

use super::{Attempt, ana, exchanged, managed, register, skewed, visit_as};
use crate::support::Bench;
use crate::web::{Page, Visitor, callback_urls, has_ipv6, parameter};

const GOOD: &str = "You are signed in";

/// A sign-in of `ana` from the first page to the last.
async fn signed_in(bench: &Bench) -> Page {
    let attempt = Attempt::begin(bench).await;
    let page = attempt.visit(ana).await.shows(200, GOOD);
    let obtained = exchanged(bench, attempt.end().await.unwrap()).await;
    assert_eq!(obtained.session.username, "ana");
    assert!(obtained.sign_in_kept && obtained.remark.is_none());
    page
}

#[tokio::test]
async fn a_password_on_the_pools_own_page() {
    let bench = managed().await;
    let attempt = Attempt::begin(&bench).await;
    let asked = |name: &str| parameter(&attempt.url, name).unwrap_or_default();
    assert_eq!(asked("code_challenge_method"), "S256");
    assert_eq!(asked("response_type"), "code");
    for name in ["state", "nonce", "code_challenge"] {
        assert_eq!(asked(name).len(), 43, "{name}");
    }
    assert_eq!(parameter(&attempt.url, "identity_provider"), None);
    let page = attempt.visit(ana).await.shows(200, GOOD);
    // What it ended at works no more: the code is spent and nobody listens.
    assert_eq!(attempt.steps.0.lock().unwrap().as_slice(), ["Browser"]);
    let obtained = exchanged(&bench, attempt.end().await.unwrap()).await;
    let ended_at = page.url.split('/').nth(2).unwrap();
    assert!(TcpStream::connect(ended_at).is_err(), "somebody listens");
    assert_eq!(obtained.session.username, "ana");
    assert_eq!(bench.sandbox.calls("oauth2/token"), 1);
    assert_eq!(bench.sandbox.calls("jwks.json"), 1);
    let called = bench.deps.calls.take();
    for (operation, arrived) in [
        ("POST /oauth2/token", "oauth2/token"),
        ("GET jwks.json", "jwks.json"),
    ] {
        let call = called.iter().find(|call| call.operation == operation);
        let call = call.unwrap_or_else(|| panic!("{called:?}"));
        assert_eq!(call.request_id, bench.sandbox.last_request_id(arrived));
        assert!(call.outcome.is_ok() && call.step() == Some(FlowStep::SignIn));
    }
    // The refresh token is as good as any other.
    let kept = bench.kept().await.unwrap();
    assert!(!kept.is_empty());
    bench.renew().await.unwrap();
    assert_eq!(bench.refreshes(), 1);
}

#[tokio::test]
async fn a_second_factor_is_the_pages_business() {
    let bench = managed().await;
    let attempt = Attempt::begin(&bench).await;
    let code = bench.code().expose().to_owned();
    let password = bench.password("tom").expose().to_owned();
    let page = attempt
        .visit(move |visitor, url| {
            let page = visitor.open(url);
            let fields = [("username", "tom"), ("password", &*password)];
            let page = visitor.submit(&page, &fields).shows(200, "id=\"verify\"");
            let page = visitor.submit(&page, &[("code", "000000")]);
            let page = page.shows(200, "id=\"error\"");
            visitor.submit(&page, &[("code", &code)])
        })
        .await;
    page.shows(200, GOOD);
    let obtained = exchanged(&bench, attempt.end().await.unwrap()).await;
    assert_eq!(obtained.session.username, "tom");
}

#[tokio::test]
async fn straight_to_another_provider() {
    for (provider, username) in [
        ("Google", "Google_112233445566778899001"),
        ("ExampleSAML", "ExampleSAML_fern@example.com"),
    ] {
        let mut bench = managed().await;
        let login = bench.profile.managed_login.as_mut().unwrap();
        login.identity_provider = Some(provider.to_owned());
        let attempt = Attempt::begin(&bench).await;
        let page = attempt
            .visit(|visitor, url| {
                let page = visitor.open(url).shows(200, "id=\"continue\"");
                assert!(!page.has("password"));
                visitor.submit(&page, &[])
            })
            .await;
        page.shows(200, GOOD);
        let done = format!("Browser ({provider})");
        assert_eq!(*attempt.steps.0.lock().unwrap(), [done]);
        let obtained = exchanged(&bench, attempt.end().await.unwrap()).await;
        assert_eq!(obtained.session.username, username);
        bench.renew().await.unwrap();
    }
}

#[tokio::test]
async fn a_provider_chosen_on_the_page() {
    let bench = managed().await;
    let attempt = Attempt::begin(&bench).await;
    let page = attempt
        .visit(|visitor, url| {
            let page = visitor.open(url);
            let page = visitor.click(&page, "provider-Google");
            visitor.submit(&page, &[])
        })
        .await;
    page.shows(200, GOOD);
    attempt.end().await.unwrap();
}

#[tokio::test]
async fn with_a_client_secret() {
    let mut bench = managed().await;
    bench.confidential(None).await;
    signed_in(&bench).await;
    bench.renew().await.unwrap();
}

#[tokio::test]
async fn the_username_is_filled_in() {
    let mut bench = managed().await;
    bench.profile.username = Some("ana@example.com".to_owned());
    let attempt = Attempt::begin(&bench).await;
    let page = attempt.visit(Visitor::open).await;
    page.shows(200, "value=\"ana@example.com\"");
    attempt.running.abort();
}

#[tokio::test]
async fn every_kind_of_loopback_address() {
    let mut bench = managed().await;
    let hosts: &[&str] = if has_ipv6() {
        &["127.0.0.1", "[::1]"]
    } else {
        &["127.0.0.1"]
    };
    for host in hosts {
        register(&mut bench, &callback_urls(host));
        let page = signed_in(&bench).await;
        assert!(page.url.starts_with(&format!("http://{host}:")), "{page:?}");
    }
}

#[tokio::test]
async fn a_browser_that_remembers_until_it_is_signed_out() {
    let mut bench = managed().await;
    let login = bench.profile.managed_login.as_mut().unwrap();
    login.logout_url = Some("http://localhost:8976/signed-out".to_owned());
    let sign_out = sign_out_url(&bench.profile).unwrap();

    let attempt = Attempt::begin(&bench).await;
    let mut visitor = visit_as(Visitor::default(), &attempt.url, |visitor, url| {
        ana(visitor, url).shows(200, GOOD);
        std::mem::take(visitor)
    })
    .await;
    attempt.end().await.unwrap();

    let attempt = Attempt::begin(&bench).await;
    visitor = visit_as(visitor, &attempt.url, |visitor, url| {
        // Nothing is asked.
        visitor.open(url).shows(200, GOOD);
        std::mem::take(visitor)
    })
    .await;
    attempt.end().await.unwrap();

    let attempt = Attempt::begin(&bench).await;
    let page = visit_as(visitor, &attempt.url, move |visitor, url| {
        let page = visitor.open(&sign_out);
        assert_eq!(page.url, "http://localhost:8976/signed-out");
        visitor.open(url)
    })
    .await;
    page.shows(200, "id=\"sign-in\"");
    attempt.running.abort();
}

#[tokio::test]
async fn signed_out_without_a_registered_address() {
    let bench = managed().await;
    let url = sign_out_url(&bench.profile).unwrap();
    let page = visit_as(Visitor::default(), &url, Visitor::open).await;
    page.shows(200, "id=\"sign-in\"");
}

/// No other call measured the service's clock before.
#[tokio::test]
async fn on_a_machine_with_a_wrong_clock() {
    for minutes in [-180, -10, 10, 180] {
        let bench = skewed(SignedDuration::from_mins(minutes)).await;
        signed_in(&bench).await;
        assert_eq!(
            bench.deps.clock.offset(),
            SignedDuration::from_mins(-minutes)
        );
    }
}
